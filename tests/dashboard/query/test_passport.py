"""Where a figure stands, and which records an arrow sums."""

import polars as pl
import pytest

from dashboard import answers, choices, store
from dashboard.query import passport, routes
from dashboard.query.passport import Cell, Figure

ROW = {
    "source": "unodc_glotip",
    "release": "2025-10-28",
    "locator": "a.xlsx#s!4; a.xlsx#s!9",
    "derived": False,
    "inputs": [],
}


def test_a_figure_printed_twice_names_both_cells():
    assert list(passport.cells(ROW)) == [
        Cell("unodc_glotip", "2025-10-28", "a.xlsx", "s!4"),
        Cell("unodc_glotip", "2025-10-28", "a.xlsx", "s!9"),
    ]


def test_a_derived_figure_names_the_cells_it_was_made_of():
    inputs = [
        {"source": "unodc_glotip", "release": "2025-10-28", "locator": "a.xlsx#s!4"},
        {"source": "worldbank_population", "release": "2026-03", "locator": "p.csv#row 7"},
    ]
    found = list(passport.cells(ROW | {"derived": True, "inputs": inputs}))
    assert [(cell.file, cell.place) for cell in found] == [("a.xlsx", "s!4"), ("p.csv", "row 7")]


def test_readings_of_every_release_the_latest_first():
    rows = passport.readings(store.table("vintages"), Figure("detected_victims", "ARG", 2019))
    assert rows["release"].to_list() == sorted(rows["release"], reverse=True)
    assert rows.height == 2
    assert set(rows.select("sex", "age", "form").unique().row(0)) == {"total"}


@pytest.mark.parametrize("evidence", ["counted", "stated"])
@pytest.mark.parametrize("areas", [("ARG",), ("COL", "USA"), ()])
def test_the_records_of_an_arrow_add_up_to_it(evidence, areas):
    wanted = routes.Filter(evidence=evidence, areas=areas, questioned=True, limit=40)
    arrows = answers.arrows(wanted).every
    assert arrows.height > 0
    for row in arrows.head(60).iter_rows(named=True):
        rows = passport.records(store.table("flows"), wanted, row)
        assert (rows["low"].sum(), rows["high"].sum()) == (row["low"], row["high"])
        assert (rows.height, sorted(set(rows["year"]))) == (row["records"], row["years"])


def test_every_figure_of_the_region_can_be_asked_for_by_its_address():
    years = store.table("observations").filter(pl.col("indicator") == "detected_victims").select("year").unique()
    for year in years.collect()["year"]:
        assert choices.FIGURE.parse(f"detected_victims_rate.{year}") == f"detected_victims_rate.{year}"
    assert choices.FIGURE.default == choices.NO_FIGURE
