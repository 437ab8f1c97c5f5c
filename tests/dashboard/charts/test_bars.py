"""Blocks of bars: what is drawn solid, dashed and gray, and what can be pointed at."""

import pytest

from dashboard.charts.bars import Bar, BarBlock, bars
from dashboard.charts.colors import COLORS
from dashboard.charts.medium import PHONE, WALL, Medium
from data.i18n import language

EN = language("en")
LIGHT = COLORS
FEMALE = Bar("Female", (10.0, 10.0), "10 (50%)", "female")
MALE = Bar("Male", (4.0, 8.0), "4–8", "male")
UNKNOWN = Bar("Sex unknown", (2.0, 2.0), "2")


def drawn(*some: Bar, most: float = 20.0, medium: Medium = WALL, rest: tuple[str, ...] = ()) -> dict:
    return bars([BarBlock("Sex, 2020", "Sex known: 18", some, most, rest)], EN, medium)


def widths(spec: dict, fill: str, *, dashed: bool = False) -> list[float]:
    """The widths of the rectangles of a fill, as shares of the figure's width."""
    across = spec["layout"]["xaxis"]["range"][1]
    filled = [trace for trace in spec["data"] if trace.get("fillcolor") == fill]
    alike = [trace["x"] for trace in filled if (trace["line"]["dash"] != "solid") is dashed]
    boxes = [xs[at : at + 5] for xs in alike for at in range(0, len(xs), 6)]
    return [(max(box) - min(box)) / across for box in boxes]


def texts(spec: dict) -> list[str]:
    return [text for trace in spec["data"] if trace.get("mode") == "text" for text in trace["text"]]


def test_a_bar_is_solid_to_the_least_and_dashed_to_the_most():
    spec = drawn(FEMALE, MALE)
    assert widths(spec, LIGHT.symbol) == pytest.approx([10 / 20, 4 / 20], abs=0.001)
    assert widths(spec, LIGHT.surface, dashed=True)[0] == pytest.approx(4 / 20, abs=0.001)
    assert "Range due to figures of fewer than five" in texts(spec)


def test_exact_figures_need_no_key():
    assert "Range due to figures of fewer than five" not in texts(drawn(FEMALE, UNKNOWN))


def test_a_bar_without_a_mark_is_gray_and_opens_nothing():
    spec = drawn(FEMALE, UNKNOWN)
    assert widths(spec, LIGHT.unreported) == pytest.approx([2 / 20], abs=0.001)
    assert [mark for trace in spec["data"] for mark in trace.get("customdata") or []] == [["female"]]
    assert [text for trace in spec["data"] for text in trace.get("hovertext") or []] == ["Female: 10 (50%)"]


def test_a_bar_never_leaves_its_block():
    assert widths(drawn(FEMALE, most=5.0), LIGHT.symbol) == [1.0]


def test_every_word_is_written_and_long_lines_are_wrapped():
    long = "several figures under one label " * 6
    written = texts(drawn(FEMALE, UNKNOWN, medium=PHONE, rest=(long,)))
    assert {"<b>Sex, 2020</b>", "Sex known: 18", "Female", "10 (50%)", "Sex unknown", "2"} <= {*written}
    assert " ".join(text for text in written if "label" in text or "figures" in text).split() == long.split()


def test_a_name_never_lies_under_its_figure():
    """A long name and a long figure take two lines, and the bar begins below them."""
    long = Bar("Girls, boys and adolescents of any age or origin", (6149.0, 6155.0), "6,149–6,155 (29%)", "0-17")
    for bar, apart in ((MALE, False), (long, True)):
        places = {
            text: y
            for trace in drawn(bar, medium=PHONE)["data"]
            if trace.get("mode") == "text"
            for text, y in zip(trace["text"], trace["y"], strict=True)
        }
        assert (places[bar.words] > places[bar.name]) is apart
