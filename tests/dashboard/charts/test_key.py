import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.key import (
    LETTER,
    ROW,
    SWATCH_WIDTH,
    WRAPPED,
    Item,
    flow,
    foot,
    height,
    key,
    round_examples,
    wrapped,
)
from dashboard.charts.medium import PHONE, WALL, Medium
from dashboard.charts.panels import plain, sheet
from tests.dashboard.charts.map_samples import STATES

texts = st.lists(st.text("abc ", min_size=1, max_size=30), min_size=1, max_size=12)


@given(texts, st.sampled_from([PHONE, Medium(700)]))
def test_entries_fit_the_width_and_do_not_overlap(words, medium):
    width, narrow = medium.across, medium.narrow
    placed = flow([Item(word, fill="#fff") for word in words], plain(medium))
    ends = [
        (entry.down, entry.left, entry.left + SWATCH_WIDTH + len(entry.item.text) * LETTER[narrow]) for entry in placed
    ]
    assert all(end <= width for _, _, end in ends)
    for (row, _, end), (next_row, start, _) in itertools.pairwise(ends):
        assert next_row > row or start >= end


def test_a_heading_has_its_own_row():
    heading, entry = flow([Item("Detected victims"), Item("a", fill="#fff")], plain(Medium(700)))
    assert (heading.down, entry.down) == (ROW / 2, 1.5 * ROW)
    assert entry.left == 0


def test_the_height_is_that_of_the_rows():
    swatches = [Item(name * 60, fill="red") for name in ("a", "b", "c")]
    assert height(swatches, plain(Medium(700))) == 3 * ROW
    # The lines of a heading are closer.
    assert height([Item("one"), Item("two"), Item("three")], plain(Medium(700))) == ROW + 2 * WRAPPED
    assert height([], plain(PHONE)) == 0


def test_a_swatch_may_be_a_box_with_a_symbol():
    place = sheet(frozenset(STATES), WALL, notes=1)
    item = Item("Fewer than five", "#fff", ("#000", 1.0), marker={"symbol": "circle", "size": 11})
    box, symbol, words = key(place, [item])
    assert max(box["x"]) < symbol["x"][0] < words["x"][0]
    assert words["text"] == ["Fewer than five"]
    assert all(trace["xaxis"] == "x9" for trace in (box, symbol, words))


@pytest.mark.parametrize(
    ("largest", "expected"), [(0.5, []), (1, [1]), (4.9, [2, 1]), (34, [20, 4]), (999, [500, 100]), (1000, [1000, 200])]
)
def test_examples_are_round(largest, expected):
    assert round_examples(largest) == expected


def test_notes_are_sentences_wrapped_and_kept_in_order():
    assert wrapped(["Is it?", "It is."], 150) == ["Is it?", "It is."]
    lines = wrapped(["one two three four five six", "", "seven"], 150)
    assert lines == ["one two three four five", "six.", "seven."]
    assert foot(lines)[0]["text"] == "one two three four five<br>six.<br>seven."
    assert foot([]) == []
