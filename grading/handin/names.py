"""Whose file is it: the names that Canvas, Moodle and nbgrader's exchange give, and safe names for folders."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

# Canvas: NAME_LATE_USER_FILE_original-name-1.ipynb. NAME is that of the student or group without spaces and signs; it
# is missing, and USER is anon_xxxxx, where grading is anonymous. FILE grows with each upload.
_CANVAS = r"(?:(?P<name>.+?)_)??(?:(?P<late>LATE|late)_)?(?P<user>\d+|anon_[^_]+)_"
CANVAS = re.compile(_CANVAS + r"(?P<file>\d+)_(?P<rest>.+)", re.DOTALL)
CANVAS_TYPED = re.compile(_CANVAS + r"(?P<kind>text|link)\.html")

# Moodle: `Full Name_12345_assignsubmission_file_`, a folder or the beginning of a file's name.
MOODLE = re.compile(r"(?P<name>.+)_(?P<user>\d+)_assignsubmission_(?P<kind>[a-z]+)_?(?P<rest>.*)", re.DOTALL)

# nbgrader's exchange: student+exercise+time+random
EXCHANGE = re.compile(r"(?P<student>.+?)\+(?P<exercise>[^+]+)\+(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[^+]*)(\+[^+]+)?")

MAX_LENGTH = 80
KEPT_FORMATTING = "\u200c\u200d"  # joiners that Persian and Indian names are spelled with


@dataclass(frozen=True)
class Owner:
    """What the outer name says: the student, a number that grows with each upload, whether Canvas calls it late."""

    student: str
    user: str = ""
    name: str = ""
    late: bool = False
    upload: int = 0
    time: str = ""
    exercise: str = ""
    typed: bool = False
    rest: str = ""


def of_file(name: str, exercise_id: str) -> Owner | None:
    """The owner of a file that lies in no student's folder; None if its name does not say."""
    if found := CANVAS.fullmatch(name):
        late, upload = bool(found["late"]), int(found["file"][:18])
        return Owner(_canvas_key(found), found["user"], found["name"] or "", late, upload, rest=found["rest"])
    if found := CANVAS_TYPED.fullmatch(name):
        return Owner(_canvas_key(found), found["user"], found["name"] or "", bool(found["late"]), typed=True)
    if found := MOODLE.fullmatch(name):
        return _moodle(found)
    stem = re.sub(r"(\.ipynb)?\.[A-Za-z0-9]+$", "", name)
    student = re.sub(re.escape(exercise_id), "", stem, count=1, flags=re.IGNORECASE).strip(" _-.+")
    return Owner(student, name=student, rest=name) if student else None


def of_folder(name: str) -> Owner:
    """The owner of a folder."""
    if found := EXCHANGE.fullmatch(name):
        return Owner(found["student"], name=found["student"], time=found["time"], exercise=found["exercise"])
    if found := MOODLE.fullmatch(name):
        return _moodle(found)
    return Owner(name, name=name)


def _canvas_key(found: re.Match) -> str:
    return f"{found['name']}_{found['user']}" if found["name"] else found["user"]


def _moodle(found: re.Match) -> Owner:
    student = f"{found['name']}_{found['user']}"
    return Owner(student, found["user"], found["name"], typed=found["kind"] != "file", rest=found["rest"])


def safe(name: str) -> str:
    """A name as a folder may have it: letters of any alphabet in their composed form (NFC), nothing that means something
    to a file system, to nbgrader's patterns or to a terminal. Empty where nothing is left.
    """
    composed = unicodedata.normalize("NFC", name)
    kept = "".join(c for c in composed if c in KEPT_FORMATTING or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    made = " ".join(re.sub(r'[/\\:*?"<>|\[\]{}]+', "_", kept).split())
    made = made.strip(" .")
    if len(made) > MAX_LENGTH or len(made.encode()) > 2 * MAX_LENGTH:
        digest = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:8]
        made = (
            made.encode()[: 2 * MAX_LENGTH - 10].decode(errors="ignore")[: MAX_LENGTH - 10].rstrip(" .") + "-" + digest
        )
    return made


def folded(name: str) -> str:
    """The same for names that a disk may take for one: other letter case, or the same letters composed otherwise."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def shown(words: str) -> str:
    """Words for a terminal, in which a file's name must not do anything."""
    return "".join(c if c.isprintable() or c in KEPT_FORMATTING + "\n" else "\N{REPLACEMENT CHARACTER}" for c in words)
