import plotly.graph_objects as go
import pytest

from dashboard.subjects.explore.figures.lines import lines
from data.i18n import language
from tests.dashboard.subjects.explore.figure_samples import (
    ALL,
    CONVICTED,
    RATE,
    SOME,
    VICTIMS,
    bridges,
    figures,
    frame,
    heights,
    key,
    marks,
    names,
    real,
    words,
)

EN = language("en")
SIX = ("ARG", "BOL", "COL", "CRI", "MEX", "PER")


def drawn(rows=None, lang=EN, **options):
    return lines(frame() if rows is None else rows, lang, notes=["As of today"], **options)


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("palette", ["light", "dark"])
def test_plotly_accepts_every_form(narrow, palette):
    rates = {(RATE, "BRA", *ALL): {2018: (0.1, 0.4)}}
    for rows in (frame(), frame(SOME | rates), frame().clear(), frame({(VICTIMS, "DMA", *ALL): {}})):
        assert go.Figure(drawn(rows, narrow=narrow, palette=palette, title="T")).data


@pytest.mark.parametrize("rows", [frame(), real(VICTIMS), real(CONVICTED, areas=SIX, sexes=("total", "female"))])
def test_marks_are_exactly_at_the_figures_of_the_rows(rows):
    spec = drawn(rows)
    read, pixel = heights(spec)
    silent = {name for name, spots in marks(spec).items() if "not reported" in spots[0][2]}
    assert sorted(read.keys() - silent) == names(rows)
    assert all(read[name] == pytest.approx(ends, abs=2 * pixel) for name, ends in figures(rows).items())
    assert {len(marks(spec)[name]) for name in names(rows, ["masked"])} == {2}


@pytest.mark.parametrize("rows", [frame(), real(VICTIMS, areas=SIX), real(CONVICTED, areas=SIX)])
def test_no_line_bridges_a_year_without_a_value(rows):
    steps, missing = bridges(drawn(rows), rows)
    assert missing == 0
    assert max(steps) - min(steps) <= 1


def boxes(spec):
    """The box of each name at the end of a line, in pixels."""
    labels = [(text, x / 10, y / 10) for text, x, y in words(spec, side="right")]
    return [(text, x, x + 7 * len(text), y) for text, x, y in labels if not text.startswith("<b>")]


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("rows", [real(VICTIMS, areas=SIX), real(RATE), real(CONVICTED, areas=SIX)])
def test_names_at_line_ends_overlap_nothing(narrow, rows):
    spec = drawn(rows, narrow=narrow)
    room = boxes(spec)
    spots = [(x / 10, y / 10) for places in marks(spec).values() for x, y, _ in places]
    assert room
    for text, left, right, y in room:
        assert right <= (358 if narrow else 1600)
        assert not any(left < x < right and abs(y - at) < 7 for x, at in spots)
        assert not any(other != text and a < right and left < b and abs(y - at) < 14 for other, a, b, at in room)


def test_a_few_lines_are_each_named_by_what_differs():
    rows = real(VICTIMS, areas=SIX)
    assert {text for text, *_ in boxes(drawn(rows))} == {EN.country(area) for area in SIX}
    assert {text for text, *_ in boxes(drawn(rows, narrow=True))} == set(SIX)
    assert set(key(drawn(rows))) >= {EN.country(area) for area in SIX}
    argentina = real(VICTIMS, areas=("ARG",), sexes=("total", "female"))
    assert {text for text, *_ in boxes(drawn(argentina))} == {"Both sexes", "Female"}
    assert key(drawn(argentina))[0] == "<b>Detected victims, Argentina (persons). Gap: no data</b>"


def test_with_many_lines_only_the_chosen_stand_out():
    plain, chosen = drawn(real(RATE)), drawn(real(RATE), chosen=["BRA", "CAN"])
    grey = "{} gray lines: point at one to see its name"
    assert grey.format(30) in key(plain)
    assert {grey.format(28), "Brazil", "Canada"} <= set(key(chosen))
    assert {t["line"]["width"] for t in plain["data"] if t["mode"] == "lines" and "fill" not in t} == {1}


def test_who_never_reports_is_named_in_a_note():
    notes = [note["text"] for note in drawn()["layout"]["annotations"]]
    assert notes == ["Not reported in these years: Dominica<br>As of today"]


def test_each_unit_has_a_chart_and_a_state_looks_the_same_in_both():
    rates = {(RATE, area, *ALL): {2018: 0.5, 2019: 0.6} for area in ("BRA", "BOL", "CHL")}
    spec = drawn(frame(SOME | rates))
    assert "<b>Detected victims per 100,000 population</b>" in [text for text, *_ in words(spec)]
    looks = {}
    for trace in (trace for trace in spec["data"] if "customdata" in trace):
        for (name,), hover in zip(trace["customdata"], trace["hovertext"], strict=True):
            if "not reported" not in hover:
                looks.setdefault(name[:3], set()).add(trace["marker"]["line"]["color"])
    assert {len(looks[area]) for area in ("BRA", "BOL")} == {1}
