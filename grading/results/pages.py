"""HTML pages that read without a network: one look, rendered Markdown with formulae, all of it cleaned."""

import base64
import re
from functools import cache
from html import escape
from pathlib import Path

import jinja2
import nh3
from latex2mathml.converter import convert
from markupsafe import Markup
from nbconvert.filters import Highlight2HTML, strip_ansi
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

TEMPLATES = Path(__file__).with_name("templates")
PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
PYTHON = ("python", "python3", "py", "ipython", "ipython3")
MAX_COLOURED = 20_000  # characters; finding the words of a program can take the square of its length
MAX_FORMULAE = 300  # of a kind that is looked for from each of its beginnings to the end of the text
BEGINS = re.compile(r"\\\\[\[(]|\\begin\{")
MATHML = {"math", "menclose", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom", "mprescripts"}
MATHML |= {"mroot", "mrow", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr"}
MATHML |= {"munder", "munderover"}
TAGS = nh3.ALLOWED_TAGS - {"article", "aside", "footer", "header", "hgroup", "nav"} | MATHML
ATTRIBUTES = nh3.ALLOWED_ATTRIBUTES | {
    "math": {"display"},
    "mover": {"accent"},
    "munder": {"accentunder"},
    "mspace": {"width"},
    "mstyle": {"displaystyle", "scriptlevel"},
    "mo": {"stretchy", "fence", "separator"},
    "mi": {"mathvariant"},
    "mtable": {"columnalign", "rowspacing"},
    "mtd": {"columnalign"},
    "span": {"class"},
    "div": {"class"},
}


class OnlyPythonInColours(IPythonRenderer):
    """Markdown as JupyterLab reads it; other languages than Python, some of which take minutes to read, without colours."""

    def block_code(self, code: str, info: str | None = None) -> str:
        known = (info or "").split()[:1]
        return super().block_code(code, known[0] if known and known[0].lower() in PYTHON else None)


class Renderer(OnlyPythonInColours):
    """Markdown as JupyterLab reads it, with MathML for formulae and pictures inside the page.

    Parameters
    ----------
    below : int
        The level of the heading that the text stands below: its own headings begin one level deeper.
    top : int, optional
        Which level of its headings that is; by default that of its first heading.
    folder : Path, optional
        Where pictures are; without one, or when a picture lies elsewhere, its description stands in its place.
    """

    def __init__(self, below: int, top: int | None, folder: Path | None) -> None:
        super().__init__(escape=False, exclude_anchor_links=True)
        self.below, self.top, self.folder = below, top, folder

    def heading(self, text: str, level: int, **attributes) -> str:
        self.top = self.top or level
        level = min(6, self.below + 1 + max(0, level - self.top))
        return f"<h{level}>{text}</h{level}>\n"

    def inline_math(self, body: str) -> str:
        return _formula(body, "inline", f"${body}$")

    def block_math(self, body: str) -> str:
        return _formula(body, "block", f"$${body}$$")

    def latex_environment(self, name: str, body: str) -> str:
        words = f"\\begin{{{name}}}{body}\\end{{{name}}}"
        return _formula(words, "block", words)

    def image(self, text: str, url: str, title: str | None = None) -> str:
        path = (self.folder / url).resolve() if self.folder else None
        known = path and path.suffix in PICTURES and path.is_relative_to(self.folder.resolve()) and path.is_file()
        if not known:
            return f"<em>[picture: {escape(text)}]</em>"
        data = base64.b64encode(path.read_bytes()).decode()
        return f'<img src="data:{PICTURES[path.suffix]};base64,{data}" alt="{escape(text)}">'


def _formula(latex: str, display: str, source: str) -> str:
    """A formula in MathML, or its source where the converter cannot read it."""
    try:
        return convert(latex, display=display)
    except Exception:  # noqa: BLE001, every kind of nonsense is possible
        return f"<code>{escape(source)}</code>"


def markdown(words: str, below: int = 3, top: int | None = None, folder: Path | None = None) -> Markup:
    """Markdown as HTML that runs nothing and loads nothing, whoever wrote it; see `Renderer`."""
    made = _rendered(words, Renderer(below, top, folder))
    schemes = {"http", "https", "mailto", "data"}
    safe = nh3.clean(made, tags=TAGS, attributes=ATTRIBUTES, attribute_filter=_only_harmless, url_schemes=schemes)
    # A formula that is wider than the screen scrolls, with the keyboard too
    return Markup(safe.replace('<math display="block"', '<math display="block" tabindex="0"'))


def formgrader_markdown(words: str) -> str:
    """Markdown on the formgrader's pages, of which `nbgrader_config.py` tells it: in bearable time, else as it was there."""
    return _rendered(words, OnlyPythonInColours(escape=False, exclude_anchor_links=True))


def _rendered(words: str, renderer: IPythonRenderer) -> str:
    """Markdown as HTML, or the plain text where too many formulae begin."""
    if len(BEGINS.findall(words)) > MAX_FORMULAE:
        return f"<pre>{escape(words)}</pre>"
    return MarkdownWithMath(renderer=renderer).render(words)


def _only_harmless(tag: str, name: str, value: str) -> str | None:
    """Pictures come from inside the page, and links lead to pages."""
    if name == "src":
        return value if re.match(r"data:image/(png|jpeg);base64,", value) else None
    if name == "href":
        return value if re.match(r"(https?:|mailto:)", value, re.IGNORECASE) else None
    return value


def last_heading(page: str, otherwise: int) -> int:
    """The level of the last heading in a piece of HTML; `otherwise` where there is none."""
    found = re.findall(r"<h([1-6])>", page)
    return int(found[-1]) if found else otherwise


def code(source: str, metadata: dict | None = None) -> Markup:
    """Python with its words marked for the style sheet, if it is not too long.

    The formgrader calls it, too, with the metadata of the cell, which nothing depends on.
    """
    if len(source) > MAX_COLOURED:
        return Markup(f'<div class="highlight"><pre>{escape(source)}</pre></div>')
    lexer = "python3" if "%%" in source else "ipython3"  # behind %%ruby or %%html IPython's reads that language
    return Markup(Highlight2HTML(pygments_lexer=lexer)(source))


def table_only(made: str) -> Markup:
    """HTML of an output, without what loads or runs something."""
    return Markup(nh3.clean(made, attributes={}, tags=nh3.ALLOWED_TAGS - {"img", "a"}, link_rel=None))


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(markdown=markdown, code=code, table_only=table_only, plain=strip_ansi)
    made.filters["last_heading"] = last_heading
    made.filters["count"] = lambda number, one, many=None: f"{number} {one if number == 1 else many or one + 's'}"
    return made


def render(template: str, **values) -> str:
    """A page from a template in `grading/results/templates/`."""
    return _environment().get_template(template).render(**values)


def write(path: Path, page: str) -> Path:
    """Write a page; a reader of the old one never sees half of the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.new")
    scratch.write_text(page, encoding="utf-8")
    return scratch.replace(path)
