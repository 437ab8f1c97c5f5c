"""The tables of the Explore page in words, and tables that are too large for the browser."""

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import store
from dashboard.shell import blocks
from dashboard.subjects import derived
from dashboard.subjects.explore import query as explore_query
from dashboard.subjects.explore import summary
from dashboard.subjects.explore import tables as explore_tables
from dashboard.subjects.explore.query import Selection
from dashboard.words import tables
from data.i18n import LANGUAGES, language
from tests.dashboard.subjects.explore.samples import SOME, VICTIMS, WOMEN, frame, parts, row

EN = language("en")
TOTALS = Selection((VICTIMS,), first=2018, last=2020)


def test_rows_in_words_omit_columns_that_do_not_vary():
    table = explore_tables.figures(explore_query.rows.of(SOME, TOTALS), EN)
    assert table.columns == ["State", "Year", "Figure", "Unit of count", "Data status", "Release"]
    assert table.drop("Unit of count", "Release").rows() == [
        ("Argentina", "2018", "10", "Exact figure"),
        ("Argentina", "2020", " 0", "Zero"),
        ("Bolivia", "2019", " 1–4", "Fewer than five"),
        ("Chile", "2019", "  –", "Conflicting figures"),
    ]
    wider = Selection((VICTIMS, WOMEN), first=2016, last=2020, sexes=("female",), ages=())
    table = explore_tables.figures(explore_query.rows.of(SOME, wider), EN)
    assert table.columns[2:5] == ["Indicator", "Age", "Figure"]
    assert table["Figure"].to_list() == [" 7", "12.5"]


def test_a_total_that_its_parts_contradict_has_a_mark():
    rows = explore_query.rows.of(frame(row("ARG", 2019, 5) | {"contradicted": True}, row("ARG", 2020, 7)), TOTALS)
    assert explore_tables.figures(rows, EN)["Figure"].to_list() == ["5*", "7"]
    side_by_side = explore_tables.joined(derived.joined(rows, (VICTIMS,)), EN, (VICTIMS,))
    assert side_by_side["Detected victims"].to_list() == ["5*", "7"]
    assert tables.sheet(side_by_side).figures == ("Detected victims",)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_browser_that_sorts_words_sorts_the_figures(code):
    figures = [(1, 4), 0, 12, 0.004, 0.4, 1590, 987.5, 16_390, 3, 1_000_000]
    rows = explore_query.rows.of(
        frame(*(row("ARG", 2000 + at, figure) for at, figure in enumerate(figures))), Selection((VICTIMS,))
    )
    written = explore_tables.figures(rows, language(code)).rename({language(code).text("Figure"): "figure"})
    ordered = rows.select("low").with_columns(figure=written["figure"].cast(pl.String)).sort("figure")
    assert ordered["low"].to_list() == sorted(ordered["low"])


def test_parts_and_totals_in_words():
    unsummed = explore_query.unsummed(explore_query.summed.of(parts(10, female=3, male=(1, 4), sexual=11)))
    assert explore_tables.unsummed(unsummed, EN).rows() == [
        *[
            (
                "Detected victims",
                "Bolivia",
                "2019",
                "All persons",
                "10",
                "Sexual exploitation",
                "11",
                "1 more than the total",
            )
        ],
        *[
            (
                "Detected victims",
                "Bolivia",
                "2019",
                "All persons",
                "10",
                "Female; Male",
                "4–7",
                "3–6 less than the total",
            )
        ],
    ]


def test_table_size_per_cell_is_independent_of_text_length():
    rows = pl.concat([explore_query.rows.of(SOME, TOTALS)] * 500)
    sheet = tables.sheet(explore_tables.figures(rows, EN))
    assert sheet.rows.num_rows == 2000
    assert sheet.rows.nbytes < 2000 * 8 + 2000
    assert not any(field.metadata for field in sheet.rows.schema)


@pytest.mark.parametrize(("text", "expected"), [("", [0, 1, 2]), ("MÉX", [1]), ("1,2", [0]), ("no", []), ("[", [])])
def test_search_matches_any_cell_case_insensitively(text, expected):
    table = pl.DataFrame({"State": ["Peru", "México", "Peru"], "Figure": ["1,234", "5", "6"]})
    assert tables.holding(tables.sheet(table).rows, text) == expected
    kinds = table.with_columns(pl.all().cast(pl.Categorical))
    assert tables.holding(tables.sheet(kinds).rows, text) == expected


def script(searched=False):
    import polars as pl

    from dashboard.forms.desk import shown
    from dashboard.shell import filters
    from dashboard.views.filters import Form
    from dashboard.views.page import Table
    from dashboard.words import tables
    from data.i18n import language

    spec, states = Form("of", "[A-Z]{3}", ("area",)), ["ARG", "BRA", "CHL", "BRB"]
    filters.begin()
    filters.arrive("region")
    filters.use(spec)
    sheet = tables.sheet(pl.DataFrame({"area": states}))
    shown.every(language("en"), [Table("states", "four states", sheet, spec, states, searched)])


def counted(app):
    """How many rows are found, below the sentence on how to select one."""
    return app.caption[1].value


def test_a_table_too_large_for_the_browser_is_searched_by_the_server_until_a_row_can_be_chosen(monkeypatch):
    monkeypatch.setattr(blocks, "MOST_IN_BROWSER", 2)
    app = AppTest.from_function(script).run()
    assert not app.exception
    assert counted(app) == "4 rows. Search or filter to 2 rows or fewer to choose one."
    assert not app.dataframe[0].proto.selection_mode
    app.text_input[0].set_value(" br ").run()
    assert list(app.dataframe[0].value["area"]) == ["BRA", "BRB"]
    assert app.dataframe[0].proto.selection_mode
    # The second row of the matches, not of all rows.
    app.session_state["table.states"] = {"selection": {"rows": [1], "columns": [], "cells": []}}
    app.query_params["of"] = "BRB"
    app.run()
    app.text_input[0].set_value("zzz").run()
    assert not app.dataframe
    assert not app.exception


def test_a_smaller_table_can_be_searchable():
    app = AppTest.from_function(script, kwargs={"searched": True}).run()
    assert counted(app) == "4 rows"
    app.text_input[0].set_value("chl").run()
    assert (counted(app), list(app.dataframe[0].value["area"])) == ("1 row", ["CHL"])


def test_a_small_table_is_unchanged():
    app = AppTest.from_function(script).run()
    assert not app.text_input
    assert list(app.dataframe[0].value["area"]) == ["ARG", "BRA", "CHL", "BRB"]


def test_a_sum_with_a_contradicted_total_is_marked_and_the_line_below_says_in_which_years():
    """As the totals of its states are in the snapshot."""
    chosen = Selection(("detected_victims",), ("013",), 2007, 2023)
    totals = store.tables().table("observations").collect().filter(
        pl.col("area").is_in(sorted(derived.states("013"))), pl.col("year").is_between(2007, 2023),
        indicator="detected_victims", source="unodc_glotip", sex="total", age="total", form="total",
    )  # fmt: skip
    doubted = sorted(totals.filter("contradicted")["year"].unique())
    assert 2 < len(doubted) < 17
    rows = summary.table(chosen, "newest", language("en")).rows.to_pylist()
    assert [int(row["Year"]) for row in rows if row["Figure"].endswith("*")] == doubted
    for code in LANGUAGES:
        lang = language(code)
        (said,) = summary.marks(explore_query.rows(chosen, "newest"), lang)
        assert said.startswith("* ")
        assert tables.runs(lang, doubted) in said
        assert summary.marks(explore_query.figure_rows(chosen, "newest")[0], lang) == [said]
