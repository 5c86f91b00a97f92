"""Is the grading fair? Wrong variants are caught, right ones accepted, and there are enough of both."""

from collections import Counter
from types import SimpleNamespace

from grading import samples, variants
from grading.build import text
from grading.build.notebook import test_id as grade_id


def test_variants_come_out_as_they_should(exercise, course, record_property):
    results = variants.run(exercise, course)
    lines = []
    for right, words in ((False, "wrong answers caught"), (True, "right answers accepted")):
        of_this_kind = [result for result in results if result.right == right]
        lines.append(f"{words}: {sum(not result.complaint for result in of_this_kind)} of {len(of_this_kind)}")
    record_property("fairness", f"{exercise.id}: {'; '.join(lines)}")
    assert not {result.name: result.complaint for result in results if result.complaint}


def test_there_are_enough_variants(exercise):
    found = variants.read_all(exercise)
    caught = Counter(name for variant in found for name in variant.fails)
    tests = [grade_id(cell) for cell in text.read(exercise.text, exercise) if cell.role == "test"]
    assert not [name for name in tests if caught[name] < 2], "each automatic item needs two wrong variants"
    assert sum(variant.right for variant in found) >= 5


def test_what_is_not_as_it_should_be_is_not_remembered(course, monkeypatch, tmp_path):
    """A busy machine may be to blame."""
    exercise = course.exercise("00_python")

    def grade_one(exercise, course, report):
        report(1, 1, SimpleNamespace(student="ada"))

    monkeypatch.setattr(variants, "CACHE", tmp_path)
    monkeypatch.setattr(variants, "_messages", lambda outcome, exercise: {"test_zscore": "It did not end in time"})
    monkeypatch.setattr("grading.autograde.autograde", grade_one)
    submitted = {"ada": samples.submission(exercise, course, {})}
    variants.grade(submitted, exercise, course, lambda name, messages: False)
    assert list(tmp_path.iterdir()) == []
    variants.grade(submitted, exercise, course, lambda name, messages: True)
    assert len(list(tmp_path.iterdir())) == 1
