"""Builds the course, grades its exercises and reports on them."""

import sys

# jsonschema, which nbformat imports, spends more than a second on a grammar for web addresses in any alphabet if it
# finds this package. No notebook format asks for such addresses, and every process that grades would pay for it.
sys.modules.setdefault("rfc3987_syntax", None)
