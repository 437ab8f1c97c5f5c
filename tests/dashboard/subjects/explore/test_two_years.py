import plotly.graph_objects as go
import polars as pl
import pytest

from dashboard.charts.colors import INVISIBLE, resolved
from dashboard.charts.drawing import NOTES
from dashboard.charts.medium import PHONE, WALL
from dashboard.subjects.explore.figures.two_years import two_years
from data.i18n import language
from tests.dashboard.subjects.explore.figure_samples import (
    ALL,
    CONVICTED,
    RATE,
    SOME,
    VICTIMS,
    figures,
    frame,
    key,
    marks,
    names,
    part,
    real,
    runs,
    words,
)

EN = language("en")


def drawn(rows=None, lang=EN, **options):
    given = {"first": 2018, "last": 2022, "medium": WALL}
    return two_years(frame() if rows is None else rows, lang, **given | options)


@pytest.mark.parametrize("medium", [WALL, PHONE])
@pytest.mark.parametrize("palette", ["light", "dark"])
def test_plotly_accepts_every_form(medium, palette):
    rates = {(RATE, "BRA", *ALL): {2018: (0.1, 0.4)}}
    for rows in (frame(), frame(SOME | rates), frame().clear()):
        assert go.Figure(resolved(drawn(rows, medium=medium), palette)).data
    assert go.Figure(drawn(first=2019, last=2019)).data


@pytest.mark.parametrize("medium", [WALL, PHONE])
@pytest.mark.parametrize("code", [VICTIMS, CONVICTED, RATE])
def test_marks_are_exactly_at_the_figures_of_the_two_years(code, medium):
    rows = real(code)
    spec = drawn(rows, first=2012, last=2022, medium=medium)
    mine = rows.filter(pl.col("year").is_in([2012, 2022]))
    texts = [text for text, *_ in words(spec)]
    alone = "<b>United States: a scale of its own</b>" in texts
    assert alone is (code != RATE)
    for other in (True, False)[: 1 + alone]:
        some = mine.filter((pl.col("area") != "USA") if other else (pl.col("area") == "USA")) if alone else mine
        are_at_their_figures(part(spec, other=other) if alone else spec, some)


def are_at_their_figures(spec, mine):
    """The marks of a part with one scale are those of the rows, at their figures."""
    ticks = {float(text.replace(",", "")): x for text, x, _ in words(spec, side="center")}
    unit = (ticks[max(ticks)] - ticks[0]) / max(ticks)
    shown = {name: sorted({(x - ticks[0]) / unit for x, _, _ in spots}) for name, spots in marks(spec).items()}
    expected = figures(mine)
    assert sorted(shown) == sorted(expected) == names(mine, ["exact", "masked"])
    assert all((shown[name][0], shown[name][-1]) == pytest.approx(expected[name], abs=2 / unit) for name in expected)
    assert {len(marks(spec)[name]) for name in names(mine, ["masked"])} <= {2}


def test_rows_are_ordered_by_name():
    for lang in (EN, language("es")):
        shown = [text for text, _, _ in sorted(words(drawn(lang=lang), side="right"), key=lambda placed: placed[2])]
        assert shown == [lang.country(area) for area in lang.sorted_countries(["BRA", "BOL", "CHL", "DMA"])]
    assert [text for text, *_ in words(drawn(medium=PHONE), side="right")] == ["BOL", "BRA", "CHL", "DMA"]


def beside(spec):
    """The figures printed to the right of the rows, first year first."""
    printed = [(y, x, text) for text, x, y in words(spec, side="left")]
    return [text for _, _, text in sorted(printed)]


def test_every_end_is_printed_and_a_missing_one_is_a_dash_with_a_reason():
    rows = [("1–4", "– No figure"), ("10", "25"), ("– No figure", "! Impossible value, left out")]
    assert beside(drawn()) == [
        "<b>2018</b>",
        "<b>2022</b>",
        *(text for row in rows for text in row),
        *["– No figure"] * 2,
    ]
    phone = drawn(medium=PHONE)
    assert beside(phone)[2:] == ["1–4", "–", "10", "25", "–", "!", "–", "–"]
    assert phone["layout"]["meta"][NOTES] == ["! Impossible value, left out · – No figure"]


@pytest.mark.parametrize("medium", [WALL, PHONE])
def test_the_figures_are_to_the_right_of_all_marks(medium):
    spec = drawn(real(VICTIMS), first=2012, last=2022, medium=medium)
    ends = [x / 10 - 6 * len(text) for text, x, _ in words(spec, side="left") if not text.startswith("<b>")]
    assert max(x / 10 for spots in marks(spec).values() for x, _, _ in spots) < min(ends)


def test_a_thin_line_joins_two_figures_only_if_both_exist():
    joins = [run for look, run in runs(drawn()) if look["width"] == 1.5]
    ends = sorted(x for area in ("2018", "2022") for x, _, _ in marks(drawn())[f"BRA.detected_victims.{area}"])
    assert [[x for x, _ in run] for run in joins] == [ends]


def test_two_figures_at_one_place_do_not_cover_each_other():
    same = frame({(VICTIMS, "BOL", *ALL): {2018: (1, 4), 2022: (1, 4)}, (VICTIMS, "BRA", *ALL): {2018: 9}})
    places = marks(drawn(same))
    heights = [{y for _, y, _ in places[f"BOL.detected_victims.{year}"]} for year in (2018, 2022)]
    assert heights[0].isdisjoint(heights[1])


def test_years_differ_in_symbol_and_color_and_are_in_the_key():
    assert key(drawn())[1:3] == ["2018", "2022"]
    every = [trace["marker"] for trace in drawn()["data"] if trace["mode"] == "markers" and trace["xaxis"] == "x"]
    looks = [look for look in every if look["color"] != INVISIBLE]
    assert len({look["symbol"] for look in looks}) == len({look["color"] for look in looks}) == 2


def test_each_series_is_a_block_that_names_silent_states_and_omitted_blocks_are_counted():
    women = {(VICTIMS, "BRA", "female", "total", "total"): {2018: 6}}
    texts = [text for text, *_ in words(drawn(frame(SOME | women)), side="right")]
    assert (texts.count("Brazil"), texts.count("Bolivia"), texts.count("Dominica")) == (2, 1, 0)
    silent = [text for text in texts if text.startswith("No figures in these years")]
    assert silent[0].endswith(": Dominica")
    assert silent[1].endswith(": Bolivia, Chile and Dominica")
    assert "<b>Detected victims, Female</b>" in texts
    ages = {(VICTIMS, "BRA", sex, f"{age}+", "total"): {2018: 6} for age in range(7) for sex in ("male", "total")}
    many = drawn(frame(ages))
    assert many["layout"]["meta"][NOTES] == ["2 more series not shown; choose fewer"]
