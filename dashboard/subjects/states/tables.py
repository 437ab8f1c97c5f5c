"""The tables of pages "Region" and "Country": figures of all states in a year, and of one state over time."""

from collections.abc import Callable, Mapping
from functools import partial

import polars as pl

from dashboard.charts.figure_words import doubt, marked
from dashboard.charts.look import number_state
from dashboard.store import Tables, cached
from dashboard.subjects.states import query
from dashboard.words import locators, terms
from dashboard.words.tables import DIGITS, NONE, Columns, Row, Sheet, ordered, runs, sheet, written
from data.i18n import Language
from data.subregions import ALL


def _figure(lang: Language, row: Row) -> str:
    digits = DIGITS.get(str(row.get("unit")), 0)
    return NONE if row["low"] is None else marked(row, lang.interval(row["low"], row["high"], digits))


def _figure_columns(lang: Language) -> dict[str, Callable[[Row], str]]:
    """The last columns of every table of observed figures."""
    return {
        lang.text("Figure"): partial(_figure, lang),
        lang.text("Data status"): lambda row: lang.joined(
            [terms.term(lang, "status", number_state(row)), *doubt(row, lang)]
        ),
        lang.text("Release"): lambda row: lang.date(row["release"]) if row["release"] else NONE,
        lang.text("Source cell"): lambda row: locators.cells(lang, row["locator"]),
    }


def figures(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """The region's figures, states in alphabetical order: state, figure, meaning, year, release, cell."""
    figure, meaning, *others = _figure_columns(lang).items()
    state = lang.text("State"), lambda row: lang.country(row["area"])
    year = lang.text("Year"), lambda row: NONE if row["year"] is None else str(row["year"])
    return written(ordered(frame, lang).iter_rows(named=True), dict([state, figure, meaning, year, *others]))


def series(frames: Mapping[str, pl.DataFrame], lang: Language) -> pl.DataFrame:
    """A state's figures: indicator, year, figure, meaning, release, cell; with the years without a report."""
    columns = {
        lang.text("Indicator"): lambda row: terms.term(lang, "indicator", row["indicator"]),
        lang.text("Year"): lambda row: str(row["year"]),
    }
    return written(query.in_time(frames).iter_rows(named=True), columns | _figure_columns(lang))


def others(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Figures of other sources: indicator, year, of whom, figure, meaning, release, cell."""
    words = {"age": terms.word("age"), "form": terms.word("form")}
    columns: Columns = {
        lang.text("Indicator"): lambda row: terms.term(lang, "indicator", row["indicator"]),
        lang.text("Year"): lambda row: str(row["year"]),
        lang.text("Group"): lambda row: ", ".join(
            [
                *([] if row["sex"] == "total" else [terms.of_sex_and_age(lang, row["sex"], row["age"])]),
                *(word(lang, row[part]) for part, word in words.items() if row[part] != "total"),
            ]
        ),
        lang.text("Unit of count"): lambda row: terms.unit_word(lang, row["unit_of"]),
    }
    rows = frame.with_columns(terms.unit_of(frame).alias("unit_of"))
    return written(rows.iter_rows(named=True), {**columns, **_figure_columns(lang)})


def gaps(frames: Mapping[str, pl.DataFrame], lang: Language) -> pl.DataFrame:
    """By indicator: the years that a state reports, those it masks, and those without a usable figure."""
    columns = {
        lang.text("Indicator"): lambda row: terms.term(lang, "indicator", row["code"]),
        lang.text("Exact figure or zero"): lambda row: runs(lang, row["exact"]) or NONE,
        lang.text("Fewer than five"): lambda row: runs(lang, row["masked"]) or NONE,
        lang.text("No figure"): lambda row: runs(lang, row["not_reported"]) or NONE,
        lang.text("Reported, but not usable"): lambda row: runs(lang, row["conflicting"] + row["suspect"]) or NONE,
    }
    states = ("exact", "masked", "not_reported", "conflicting", "suspect")
    rows = (
        {"code": code} | {state: frame.filter(pl.col("status") == state)["year"].to_list() for state in states}
        for code, frame in frames.items()
    )
    return written(rows, columns)


@cached
def region_sheet(
    snap: Tables, indicator: str, year: int | None, edition: str, lang: Language, subregion: str = ALL
) -> Sheet:
    """The table of an indicator in all states of the region or of a subregion."""
    return sheet(figures(query.region.of(snap, indicator, year, edition, subregion), lang))


@cached
def series_sheet(snap: Tables, area: str, edition: str, lang: Language) -> Sheet:
    """The table of a state's figures, in the order of `query.state_rows`."""
    return sheet(series(query.state.of(snap, area, edition), lang))
