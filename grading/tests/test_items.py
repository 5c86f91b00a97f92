"""Statistics of items: numbers worked out by hand, and NumPy's as an independent check."""

import numpy as np
import pytest

from grading.results import items


def test_share_solved_is_the_mean_share_of_the_points():
    assert items.share_solved([2, 0, 2, 2], 2) == 0.75
    assert items.share_solved([0.5, 1, 3], 3) == 0.5
    assert items.share_solved([], 2) is None
    assert items.share_solved([0, 0], 0) is None


def test_messages_that_differ_by_numbers_alone_count_together():
    messages = [
        "got 12 spikes",
        "a sign is wrong",
        "got 3 spikes",
        "got 12 spikes",
        "a sign is wrong",
        "got -1.5e-3 spikes",
    ]
    assert items.most_frequent(messages) == ("got 12 spikes", 4)
    assert items.most_frequent(["b", "a", "b", "a"]) == ("a", 2)
    assert items.most_frequent([]) == ("", 0)


def test_discrimination_as_worked_out_by_hand():
    """Deviations from the mean, item against rest, and r = sum of products / root of the product of sums of squares.

    Item 1: 1 1 0 0 against 2 1 1 1: (.5 .5 -.5 -.5), (.75 -.25 -.25 -.25), r = .5 / sqrt(1 · .75)
    Item 2: 1 0 1 0 against 2 2 0 1: (.5 -.5 .5 -.5), (.75 .75 -1.25 -.25), r = -.5 / sqrt(1 · 2.75)
    Item 3: 1 1 0 1 against 2 1 1 0: (.25 .25 -.75 .25), (1 0 0 -1), r = 0
    """
    scores = [(1, 1, 1), (1, 0, 1), (0, 1, 0), (0, 0, 1)]
    assert items.discrimination(scores) == pytest.approx([0.5 / 0.75**0.5, -0.5 / 2.75**0.5, 0])


def test_an_item_is_not_correlated_with_itself():
    """Two items without any relation: with the item in its own total, r would be 0.71."""
    assert items.discrimination([(1, 1), (1, 0), (0, 1), (0, 0)]) == pytest.approx([0, 0])


def test_discrimination_agrees_with_numpy():
    scores = np.random.default_rng(1).integers(0, 4, size=(40, 7))
    expected = [np.corrcoef(scores[:, i], np.delete(scores, i, axis=1).sum(axis=1))[0, 1] for i in range(7)]
    assert items.discrimination(scores.tolist()) == pytest.approx(expected)
    assert min(expected) < 0 < max(expected)


def test_what_everybody_solved_has_no_discrimination():
    assert items.discrimination([(1, 1, 0), (1, 0, 1), (1, 0, 0)])[0] is None
    assert items.discrimination([(1, 0), (1, 1)]) == [None, None]
    assert items.discrimination([(1, 0)]) == [None, None]


def test_histogram_counts_each_tenth_and_full_marks_in_the_last():
    assert items.histogram([0, 2.5, 2.6, 13, 25.9, 26, 27], 26) == [2, 1, 0, 0, 0, 1, 0, 0, 0, 3]
    assert items.histogram([], 26) == [0] * 10
