"""What the doctor finds, in words, and what each finding needs."""

from dataclasses import dataclass

from grading.handin import names

NOTE, REPAIR, PERSON = "note", "repair", "person"


@dataclass(frozen=True)
class Finding:
    """One thing about one file. `need`: a note that grading copes with, a repair, or a person."""

    student: str
    file: str
    words: str
    need: str = NOTE

    def __str__(self) -> str:
        mark = {NOTE: " ", REPAIR: "+", PERSON: "!"}[self.need]
        return names.shown(f"{mark} {self.student}: {self.file}: {self.words}")


def summary(findings: list[Finding], exercises: list[str]) -> str:
    """The last lines: who needs a person, and what the marks mean."""
    people = sorted({finding.student for finding in findings if finding.need == PERSON})
    mended = sorted({finding.student for finding in findings if finding.need == REPAIR})
    lines = [f"Looked at {', '.join(exercises)}."]
    if mended:
        lines.append(f"+ can be repaired with --repair: {', '.join(mended)}")
    lines.append(f"! need a person: {', '.join(people)}" if people else "Nothing needs a person.")
    return names.shown("\n".join(lines))
