from collections import Counter

import plotly.graph_objects as go
import polars as pl
import pytest

from dashboard.charts.colors import COLORS, resolved
from dashboard.charts.drawing import NOTES
from dashboard.charts.look import class_breaks, decimals
from dashboard.charts.medium import PHONE, WALL
from dashboard.subjects.explore.figures import heat_map as explore_heat_map
from dashboard.subjects.explore.figures.heat_map import heat_map
from data.i18n import language
from tests.dashboard.subjects.explore.figure_samples import (
    CONVICTED,
    RATE,
    SOME,
    VICTIMS,
    frame,
    key,
    marks,
    names,
    real,
    words,
)

EN = language("en")
EVERY = ("exact", "masked", "conflicting", "suspect", "not_reported")


def drawn(rows=None, lang=EN, medium=WALL, **options):
    return heat_map(frame() if rows is None else rows, lang, medium, **options)


def cells(spec):
    """How many cells each look has: fill, and hatch, `/` for a dashed edge or `0` for a thick one."""
    areas = [trace for trace in spec["data"] if "fill" in trace and trace["xaxis"] == "x"]
    edges = ["/" if t["line"]["dash"] != "solid" else "0" * (t["line"]["width"] > 1) for t in areas]
    signs = [t.get("fillpattern", {}).get("shape", edge) for t, edge in zip(areas, edges, strict=True)]
    looks = [(trace["fillcolor"], sign) for trace, sign in zip(areas, signs, strict=True)]
    return Counter(dict(zip(looks, (trace["x"].count(None) + 1 for trace in areas), strict=True)))


@pytest.mark.parametrize("medium", [WALL, PHONE])
@pytest.mark.parametrize("palette", ["light", "dark"])
def test_plotly_accepts_every_form(medium, palette):
    women = {(VICTIMS, "BRA", "female", "total", "total"): {2019: 4}}
    for rows in (frame(), frame(SOME | women), frame().clear()):
        assert go.Figure(resolved(drawn(rows, medium=medium), palette)).data


@pytest.mark.parametrize("rows", [frame(), real(RATE), real(CONVICTED)])
@pytest.mark.parametrize("medium", [WALL, PHONE])
def test_each_row_has_one_cell_and_one_mark(rows, medium):
    spec = drawn(rows, medium=medium)
    assert sorted(marks(spec)) == names(rows, EVERY)
    assert {len(spots) for spots in marks(spec).values()} == {1}
    assert sum(cells(spec).values()) == rows.height


def test_each_status_has_its_style_and_its_count():
    light = COLORS
    counts = cells(drawn())
    assert counts[light.surface, ""] == 11
    assert (counts[light.surface, "0"], counts[light.surface, "/"]) == (1, 1)
    assert (counts[light.surface, "x"], counts[light.surface, "."]) == (1, 1)
    assert sum(counts[color, ""] for color in light.ramp) == 5


SURVEYS = {
    ("partner_violence", "BRA", "female", "15-49", "total"): {2018: 10.5},
    ("partner_violence", "BOL", "female", "15-49", "total"): {2019: 30.0, 2020: "suspect"},
    ("child_labour_economic", "CHL", "total", "5-17", "total"): {2018: 2.5},
}


def surveys():
    """Made-up surveys of four states on one axis."""
    rows = frame(SURVEYS | {("partner_violence", "DMA", "female", "15-49", "total"): {}})
    return rows.with_columns(panel=pl.lit(0, pl.Int32))


def test_each_block_shows_its_reporting_states_and_names_the_others():
    spec = drawn(surveys())
    assert sorted(marks(spec)) == sorted(
        f"{area}.{code}.{year}.{group}"
        for code, area, group in (
            ("partner_violence", "BRA", "female.15-49.total"),
            ("partner_violence", "BOL", "female.15-49.total"),
            ("child_labour_economic", "CHL", "total.5-17.total"),
        )
        for year in range(2018, 2023)
    )
    texts = [text for text, *_ in words(spec)]
    assert "No figures in these years: Chile and Dominica" in texts
    assert "No figures in these years: Bolivia, Brazil and Dominica" in texts
    # 15 cells are drawn: 3 have a value and one is unusable.
    assert "No figure (11)" in key(spec)


def test_surveys_share_one_scale_and_one_part_of_the_key():
    entries = key(drawn(surveys()))
    assert sum(text.startswith("up to ") for text in entries) == 1
    known = entries[2 : entries.index("<b>Cells without a class</b>")]
    counts = [text.partition(" (")[2].rstrip(")") for text in known]
    assert sum(map(int, filter(None, counts))) == 3
    assert sum(text.startswith("<b>") for text in entries) == 3


def test_series_without_room_are_counted(monkeypatch):
    monkeypatch.setattr(explore_heat_map, "MOST_ROWS", 2)
    texts = [text for trace in drawn(surveys())["data"] if trace["mode"] == "text" for text in trace["text"]]
    shown = " ".join([*texts, *drawn(surveys())["layout"]["meta"][NOTES]])
    assert "1 more series not shown; choose fewer" in shown


def test_values_are_classed_as_on_the_map_of_the_region():
    rows, limits = real(RATE), [0.15, 0.6, 0.8, 1.5, 2.0]
    values = [row["high"] for row in rows.iter_rows(named=True) if row["status"] == "exact" and row["high"]]
    expected = [
        sum(low < value <= high for value in values) for low, high in zip([0, *limits], [*limits, 1e9], strict=True)
    ]
    counts = cells(drawn(rows, breaks={RATE: limits}))
    assert [counts[color, ""] for color in COLORS.ramp] == expected
    texts = ["up to 0.15", "over 0.15 to 0.6", "over 0.6 to 0.8", "over 0.8 to 1.5", "over 1.5 to 2", "over 2"]
    assert key(drawn(rows, breaks={RATE: limits}))[2:8] == [f"{t} ({n})" for t, n in zip(texts, expected, strict=True)]
    limit = class_breaks(values)[0]
    assert key(drawn(rows))[2].startswith(f"up to {EN.number(limit, decimals(limit))} ")


def test_a_part_has_its_own_classes():
    women = {(VICTIMS, area, "female", "total", "total"): {2018: 100 + n} for n, area in enumerate(["BRA", "BOL"])}
    entries = key(drawn(frame(SOME | women), breaks={VICTIMS: [11.0]}))
    place = entries.index("<b>Detected victims, Female</b>")
    assert entries[place - 2 : place] == ["up to 11 (2)", "over 11 (3)"]
    assert entries[place + 1].endswith(" (1)") or entries[place + 1] == "Reported (2)"


def test_figures_are_printed_if_there_is_room():
    texts = [text for text, *_ in words(drawn(), side="center")]
    assert {"10", "30", "0", "25", "1–4", "12", "?", "!", "7"} <= set(texts)
    phone = [text for text, *_ in words(drawn(real(CONVICTED), medium=PHONE), side="center")]
    assert not any(len(text) > 1 and int(text) < 1900 for text in phone if text.isdigit())


def test_rows_are_ordered_by_name_and_a_phone_shows_codes():
    for lang in (EN, language("pt")):
        shown = [text for text, _, _ in sorted(words(drawn(lang=lang), side="right"), key=lambda placed: placed[2])]
        assert shown == [lang.country(area) for area in lang.sorted_countries(["BRA", "BOL", "CHL", "DMA"])]
    assert [text for text, *_ in words(drawn(medium=PHONE), side="right")] == ["BOL", "BRA", "CHL", "DMA"]
