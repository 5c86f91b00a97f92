"""Statistics of a class and of the items of an exercise. Plain numbers in, plain numbers out."""

import re
from collections import Counter
from collections.abc import Sequence
from statistics import StatisticsError, correlation

ENOUGH = 30  # submissions; with fewer, the correlation of an item with the rest is mostly chance
BINS = 10

NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?", re.IGNORECASE)


def share_solved(scores: Sequence[float], points: float) -> float | None:
    """The mean share of an item's points: for a test, which earns all or nothing, the share of students who solved it.

    None where nobody has a score, or nothing can be earned.
    """
    return sum(scores) / (points * len(scores)) if scores and points else None


def most_frequent(messages: Sequence[str]) -> tuple[str, int]:
    """The message that most students got, and how many; messages that differ by their numbers alone count as one.

    Among equally frequent ones the first in alphabetical order is taken; no messages give `("", 0)`.
    """
    alike: dict[str, Counter[str]] = {}
    for message in messages:
        alike.setdefault(NUMBER.sub("#", message), Counter())[message] += 1
    if not alike:
        return "", 0
    _, group = min(alike.items(), key=lambda entry: (-entry[1].total(), entry[0]))
    shown = min(group, key=lambda message: (-group[message], message))
    return shown, group.total()


def discrimination(scores: Sequence[Sequence[float]]) -> list[float | None]:
    """The corrected item-total correlation of each item.

    Pearson's correlation, over students, of an item's score with the sum of the student's *other* items. (The item
    itself is left out of the total, or it would correlate with itself: Nunnally and Bernstein, Psychometric Theory,
    3rd edition, 1994, chapter 8.)

    Parameters
    ----------
    scores : sequence of shape (students, items)
        Points without gaps.

    Returns
    -------
    list of shape (items,)
        Between -1 and 1; None for an item that everybody, or whose rest everybody, solved equally well.
    """
    totals = [sum(row) for row in scores]
    return [
        _correlation(column, [total - score for total, score in zip(totals, column, strict=True)])
        for column in zip(*scores, strict=True)
    ]


def _correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    try:
        return correlation(first, second)
    except StatisticsError:  # fewer than two students, or no variation
        return None


def histogram(points: Sequence[float], possible: float) -> list[int]:
    """How many students lie in each tenth of the possible points; full marks, and more, belong to the last."""
    counts = [0] * BINS
    for earned in points:
        counts[min(BINS - 1, max(0, int(BINS * earned / possible)))] += 1
    return counts
