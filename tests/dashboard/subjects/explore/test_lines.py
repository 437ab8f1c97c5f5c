import plotly.graph_objects as go
import polars as pl
import pytest

from dashboard.charts.colors import COLORS, INVISIBLE, resolved
from dashboard.charts.drawing import NOTES
from dashboard.charts.medium import PHONE, WALL
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
    outlines,
    part,
    real,
    words,
)

EN = language("en")
SIX = ("ARG", "BOL", "COL", "CRI", "MEX", "PER")


def drawn(rows=None, lang=EN, medium=WALL, **options):
    return lines(frame() if rows is None else rows, lang, medium, **options)


@pytest.mark.parametrize("medium", [WALL, PHONE])
@pytest.mark.parametrize("palette", ["light", "dark"])
def test_plotly_accepts_every_form(medium, palette):
    rates = {(RATE, "BRA", *ALL): {2018: (0.1, 0.4)}}
    for rows in (frame(), frame(SOME | rates), frame().clear(), frame({(VICTIMS, "DMA", *ALL): {}})):
        assert go.Figure(resolved(drawn(rows, medium=medium), palette)).data


@pytest.mark.parametrize("rows", [frame(), real(CONVICTED), real(CONVICTED, areas=SIX, sexes=("total", "female"))])
def test_marks_are_exactly_at_the_figures_of_the_rows(rows):
    spec = drawn(rows)
    read, pixel = heights(spec)
    silent = {name for name, spots in marks(spec).items() if "no figure" in spots[0][2]}
    assert sorted(read.keys() - silent) == names(rows)
    assert all(read[name] == pytest.approx(ends, abs=2 * pixel) for name, ends in figures(rows).items())
    masked = [marks(spec)[name] for name in names(rows, ["masked"])]
    assert {len(spots) for spots in masked} == {2}
    # Around both ends of each is a dashed outline; one lower than five pixels would not be seen as one.
    boxes = [box for some in outlines(spec).values() for box in some]
    assert len(boxes) == len(masked)
    middles = {(sum(x for x, _ in box[:4]) / 4, sum(y for _, y in box[:4]) / 4): box for box in boxes}
    for (x, low, _), (_, high, _) in masked:
        (box,) = [box for (at, y), box in middles.items() if abs(at - x) < 2 and abs(y - (low + high) / 2) < 2]
        tall = max(y for _, y in box) - min(y for _, y in box)
        assert tall == pytest.approx(max(abs(low - high), 50), abs=2)


@pytest.mark.parametrize(
    "rows", [frame(), *(real(VICTIMS, areas=some) for some in (SIX, ("CAN", "USA"))), real(CONVICTED, areas=SIX)]
)
def test_no_line_bridges_a_year_without_a_value(rows):
    steps, missing = bridges(drawn(rows), rows)
    assert missing == 0
    assert max(steps) - min(steps) <= 1


def boxes(spec):
    """The box of each name at the end of a line, in pixels."""
    labels = [(text, x / 10, y / 10) for text, x, y in words(spec, side="right")]
    return [(text, x, x + 7 * len(text), y) for text, x, y in labels if not text.startswith("<b>")]


@pytest.mark.parametrize("medium", [WALL, PHONE])
@pytest.mark.parametrize("rows", [real(VICTIMS, areas=SIX), real(RATE), real(CONVICTED, areas=SIX)])
def test_names_at_line_ends_overlap_nothing(medium, rows):
    spec = drawn(rows, medium=medium)
    room = boxes(spec)
    spots = [(x / 10, y / 10) for places in marks(spec).values() for x, y, _ in places]
    assert room
    for text, left, right, y in room:
        assert right <= (medium.across)
        assert not any(left < x < right and abs(y - at) < 7 for x, at in spots)
        assert not any(other != text and a < right and left < b and abs(y - at) < 14 for other, a, b, at in room)


def labels(spec):
    """The names beside lines, unbroken, with their places."""
    texts = words(spec, side="right") + words(spec, side="center")
    return {text.replace("<br>", " "): (x, y) for text, x, y in texts if text[0].isalpha()}


@pytest.mark.parametrize("medium", [WALL, PHONE])
def test_a_few_lines_are_each_named_by_what_differs(medium):
    six, three = real(VICTIMS, areas=SIX), real(VICTIMS, areas=SIX[:3])
    names = {EN.country(area) for area in SIX}
    assert labels(drawn(six)).keys() == names
    assert names <= set(key(drawn(six)))
    # Up to four lines have no other key, on a phone neither.
    assert labels(drawn(three, medium=medium)).keys() == {EN.country(area) for area in SIX[:3]}
    assert not names & set(key(drawn(three, medium=medium)))
    argentina = real(VICTIMS, areas=("ARG",), sexes=("total", "female"))
    assert {text for text, *_ in boxes(drawn(argentina))} == {"All sexes", "Female"}
    assert key(drawn(argentina))[0] == "<b>Detected victims, Argentina. Gap: no figure</b>"


@pytest.mark.parametrize("medium", [WALL, PHONE])
@pytest.mark.parametrize("areas", [SIX[:3], SIX[3:], ("CHL", "HND")])
def test_a_name_stands_beside_the_latest_figure_of_its_line(areas, medium):
    rows = real(VICTIMS, areas=areas)
    spec = drawn(rows, medium=medium)
    assert len(labels(spec)) == len(areas)
    for area in areas:
        reported = rows.filter((pl.col("area") == area) & pl.col("high").is_not_null())["year"]
        spots = marks(spec)[f"{area}.{VICTIMS}.{max(reported)}"]
        x, y = labels(spec)[EN.country(area)]
        # At the right of the mark, moved up or down by no more than four lines of text.
        assert 50 <= x - spots[0][0] <= 250
        assert abs(y - sum(y for _, y, _ in spots) / len(spots)) <= 10 * 4 * 18.5


def test_with_many_lines_only_the_chosen_stand_out():
    plain, chosen = drawn(real(RATE)), drawn(real(RATE), chosen=["BRA", "CAN"])
    grey = "{} gray lines: point at one to see its name"
    assert grey.format(27) in key(plain)
    assert grey.format(28) in key(chosen)
    assert {"Brazil", "Canada"} <= labels(chosen).keys()


@pytest.mark.parametrize("medium", [WALL, PHONE])
@pytest.mark.parametrize("sexes", [("total",), ("total", "female")])
def test_a_state_that_would_flatten_all_others_has_a_plot_with_its_own_scale(sexes, medium):
    rows = real(VICTIMS, sexes=sexes)
    tops = rows.filter(pl.col("high").is_not_null()).group_by("area").agg(pl.col("high").max())
    (first, most), (_, next_most) = tops.sort("high", descending=True).rows()[:2]
    assert (first, most > 5 * next_most) == ("USA", True)
    spec = drawn(rows, medium=medium)
    assert "<b>United States: a scale of its own</b>" in [text for text, *_ in words(spec)]
    for other in (False, True):
        mine = rows.filter((pl.col("area") != first) if other else (pl.col("area") == first))
        read, pixel = heights(part(spec, other=other))
        assert set(names(mine)) <= read.keys()
        assert {name[:3] for name in read} == set(mine["area"])
        assert all(read[name] == pytest.approx(ends, abs=2 * pixel) for name, ends in figures(mine).items())
        # The scale is that of these states alone.
        assert max(high for _, high in read.values()) == pytest.approx(mine["high"].max(), rel=0.02)


def test_no_state_has_a_scale_of_its_own_where_none_would_flatten_the_others():
    for rows in (real(CONVICTED), real(VICTIMS, areas=SIX), real(VICTIMS, areas=("USA",)), frame()):
        assert not [text for text, *_ in words(drawn(rows)) if "scale of its own" in text]


def test_without_a_choice_the_highest_lines_stand_out():
    """Of detected victims: the United States, which has a plot of its own, and the three highest others."""
    rows = real(VICTIMS)
    tops = rows.drop_nulls("high").group_by("area").agg(pl.col("high").max()).sort("high", descending=True)
    first, *others = tops["area"][:4].to_list()
    spec = drawn(rows)
    assert first == "USA"
    assert "Thick lines: the highest figures" in " ".join(key(spec))
    assert {EN.country(area) for area in others} <= labels(spec).keys()
    # Each has a look of its own, in the order of the names.
    series = COLORS.series[: len([first, *others])]
    drawn_in = [trace["line"]["color"] for trace in spec["data"] if trace["mode"] == "lines" and "fill" not in trace]
    assert {color for color in drawn_in if color in COLORS.series} == {*series}


def test_states_that_are_not_chosen_are_gray_and_fit_the_scale_of_the_chosen():
    chosen, every = real(VICTIMS, areas=("CRI", "PAN")), real(VICTIMS)
    others = every.filter(~pl.col("area").is_in(["CRI", "PAN"]))
    spec, alone = drawn(chosen, others=others), drawn(chosen)
    limit = chosen["high"].max()
    tops = others.filter(pl.col("high").is_not_null()).group_by("area").agg(pl.col("high").max())
    fit = set(tops.filter(pl.col("high") <= limit)["area"])
    assert {name[:3] for name in marks(spec)} == fit | {"CRI", "PAN"}
    assert f"Other states with no figure above {limit:.0f}" in key(spec)
    # The key counts the chosen states only, and the scale is theirs.
    counted = [text for text in key(spec) if text.endswith(")")]
    assert counted == [text for text in key(alone) if text.endswith(")")]
    assert words(spec, side="left") == words(alone, side="left")
    colors = {
        name[:3]: trace["marker"]["line"]["color"]
        for trace in spec["data"]
        if "customdata" in trace and trace["marker"]["color"] != INVISIBLE
        for (name,), hover in zip(trace["customdata"], trace["hovertext"], strict=True)
        if "no figure" not in hover
    }
    assert len({colors["CRI"], colors["PAN"], colors["CUB"]}) == 3
    assert {colors[area] for area in fit} == {colors["CUB"]}


def test_a_single_chosen_state_is_named_beside_gray_ones():
    chosen, others = real(VICTIMS, areas=("CRI",)), real(VICTIMS, areas=("CUB", "PAN"))
    assert "Costa Rica" in labels(drawn(chosen, others=others))
    # Beside a state that reports nothing there are no others.
    unreported = drawn(real(VICTIMS, areas=("DMA",)), others=others)
    assert {name[:3] for name in marks(unreported)} == {"DMA"}


def test_who_never_reports_is_named_in_a_note():
    assert drawn()["layout"]["meta"][NOTES] == ["No figures in these years: Dominica"]


def test_each_unit_has_a_chart_and_a_state_looks_the_same_in_both():
    rates = {(RATE, area, *ALL): {2018: 0.5, 2019: 0.6} for area in ("BRA", "BOL", "CHL")}
    spec = drawn(frame(SOME | rates))
    assert "<b>Detected victims per 100,000 population</b>" in [text for text, *_ in words(spec)]
    looks = {}
    for trace in (one for one in spec["data"] if "customdata" in one and one["marker"]["color"] != INVISIBLE):
        for (name,), hover in zip(trace["customdata"], trace["hovertext"], strict=True):
            if "no figure" not in hover:
                looks.setdefault(name[:3], set()).add(trace["marker"]["line"]["color"])
    assert {len(looks[area]) for area in ("BRA", "BOL")} == {1}


@pytest.mark.parametrize("rows", [real(VICTIMS), real(VICTIMS, areas=SIX), frame()])
def test_the_key_counts_every_year_without_a_report(rows):
    unreported = [row for row in rows.iter_rows(named=True) if row["status"] == "not_reported"]
    assert f"No figure ({len(unreported)})" in key(drawn(rows))
