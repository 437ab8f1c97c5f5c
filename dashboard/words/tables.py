"""The rows of a view as tables for readers: translated words, and figures in the format of the language. Pure."""

import math
import re
import statistics
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import polars as pl
import pyarrow as pa

from dashboard.words import terms
from data.i18n import N_, Language

Row = Mapping[str, Any]
Columns = Mapping[str, Callable[[Row], str]]
RATE_DIGITS = 2
# Decimals by unit; figures of other units are whole.
DIGITS = {"per_100000_population": RATE_DIGITS, "percent": 1}
NONE = "–"
LEGS = {
    "direct": N_("direct"),
    "domestic": N_("domestic"),
    "to_transit": N_("to transit"),
    "from_transit": N_("from transit"),
}
UNITS = {"counted": "persons", "stated": "statements"}
NUMBER, YEARS = re.compile(r"[\d.,–\s]+"), re.compile(r"–|\d{4}(?:\.\d+)?(?:[–,] ?\d{4})*")
# How many rows are enough to tell the kind of a column.
SAMPLE = 40
# How the browser sets the width of a column: from the first ten cells and the last one, without those twice as long as
# the mean, up to 60 characters. Then the pixels of a character, and of a cell's margins.
TEN, TWICE, WIDEST, CHARACTER, MARGINS = 10, 2, 60, 7.2, 20


@dataclass(frozen=True)
class Sheet:
    """A table of words, ready to be sent to the browser.

    Attributes:
        rows: as Arrow.
        figures: the headings of the columns of figures.
        widths: pixels, by heading, of columns whose longest text the browser would cut.
    """

    rows: pa.Table
    figures: tuple[str, ...]
    widths: Mapping[str, int]


def sheet(frame: pl.DataFrame) -> Sheet:
    """Prepare a table of words for the browser; worth caching, as it takes longer than showing the table."""
    # As Arrow, since Streamlit would convert any other form through pandas; without the metadata that Polars adds.
    arrow = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
    rows = pa.table(arrow.columns, names=frame.columns)
    lengths = {name: frame[name].cast(pl.String).str.len_chars() for name in frame.columns}
    widths = {name: width for name, found in lengths.items() if (width := _width(name, found))}
    return Sheet(rows, tuple(name for name in frame.columns if _figures(frame[name])), widths)


def holding(rows: pa.Table, text: str) -> list[int]:
    """The numbers of the rows with a cell that contains a text, in upper or lower case."""
    table = pl.DataFrame(rows)
    found = [_contains(table[name], text.lower()) for name in table.columns]
    return table.select(pl.arg_where(pl.any_horizontal(found))).to_series().to_list()


def _contains(cells: pl.Series, text: str) -> pl.Series:
    words = cells.unique()
    return cells.is_in(
        words.filter(words.cast(pl.String).str.to_lowercase().str.contains(text, literal=True)).implode()
    )


def _width(heading: str, lengths: pl.Series) -> int:
    """The pixels that the longest text of a column needs, or 0 if the browser's default is wide enough."""
    measured, longest = [*lengths[:TEN], *lengths[TEN:][-1:]], max([*lengths.top_k(1)], default=0)
    usual = [n for n in measured if n < TWICE * statistics.fmean(measured)] or [0]
    default = min(max(*usual, len(heading)), WIDEST)
    return 0 if longest <= default else math.ceil(CHARACTER * longest + MARGINS)


def _figures(cells: pl.Series) -> bool:
    """Whether a column has only numbers, intervals and dashes, as a language writes them; years are not figures.

    A figure of four digits has a separator in each language: without one it is a year, and with a point a version.
    """
    texts = cells.head(SAMPLE).to_list()
    return all(map(NUMBER.fullmatch, texts)) and not all(map(YEARS.fullmatch, texts))


def written(rows: Iterable[Row], columns: Columns) -> pl.DataFrame:
    """A table of words: under each translated heading, the text that its function returns for each row."""
    listed = list(rows)
    return pl.DataFrame({heading: [text(row) for row in listed] for heading, text in columns.items()}, strict=False)


def _state(row: Row) -> str:
    return "zero" if row["status"] == "exact" and row["high"] == 0 else str(row["status"])


def _figure(lang: Language, row: Row) -> str:
    digits = DIGITS.get(str(row.get("unit")), 0)
    return NONE if row["low"] is None else lang.interval(row["low"], row["high"], digits)


def _years(row: Row) -> str:
    return runs(row["years"])


def runs(years: Iterable[int]) -> str:
    """Years as runs: 2010–2013, 2015."""
    found: list[list[int]] = []
    for year in sorted(years):
        if found and year == found[-1][-1] + 1:
            found[-1].append(year)
        else:
            found.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in found)


def _figure_columns(lang: Language) -> dict[str, Callable[[Row], str]]:
    """The last columns of every table of observed figures."""
    return {
        lang.text("Figure"): partial(_figure, lang),
        lang.text("Meaning"): lambda row: terms.term(lang, "status", _state(row)),
        lang.text("Release"): lambda row: lang.date(row["release"]) if row["release"] else NONE,
        lang.text("Source cell"): lambda row: row["locator"] or NONE,
    }


def figures(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """The region's figures, states in alphabetical order: state, year, figure, meaning, release, cell."""
    columns = {
        lang.text("State"): lambda row: lang.country(row["area"]),
        lang.text("Year"): lambda row: NONE if row["year"] is None else str(row["year"]),
    }
    return written(ordered(frame, lang).iter_rows(named=True), columns | _figure_columns(lang))


def ordered(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Rows of states in the alphabetical order of their names."""
    order = {code: place for place, code in enumerate(lang.sorted_countries(frame["area"]))}
    return frame.sort(pl.col("area").replace_strict(order, return_dtype=pl.Int32), maintain_order=True)


def series(frames: Mapping[str, pl.DataFrame], lang: Language) -> pl.DataFrame:
    """A state's figures: indicator, year, figure, meaning, release, cell; with the years without a report."""
    columns = {
        lang.text("Indicator"): lambda row: terms.term(lang, "indicator", row["indicator"]),
        lang.text("Year"): lambda row: str(row["year"]),
    }
    return written(in_time(frames).iter_rows(named=True), columns | _figure_columns(lang))


def in_time(frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """A state's figures by indicator, the latest year first."""
    rows = [
        frame.sort("year", descending=True).select(pl.lit(code).alias("indicator"), pl.all())
        for code, frame in frames.items()
    ]
    return pl.concat(rows, how="vertical_relaxed")


def others(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Figures of the SDG database: indicator, year, of whom, figure, meaning, release, cell."""
    words = {"sex": terms.word("sex"), "age": terms.word("age"), "form": terms.word("form")}
    columns: dict[str, Callable[[Row], str]] = {
        lang.text("Indicator"): lambda row: terms.term(lang, "indicator", row["indicator"]),
        lang.text("Year"): lambda row: str(row["year"]),
        lang.text("Of whom"): lambda row: ", ".join(
            word(lang, row[part]) for part, word in words.items() if row[part] != "total"
        ),
        lang.text("Unit"): lambda row: terms.term(lang, "unit", row["unit"]),
    }
    return written(frame.iter_rows(named=True), columns | _figure_columns(lang))


def gaps(frames: Mapping[str, pl.DataFrame], lang: Language) -> pl.DataFrame:
    """By indicator: the years that a state reports, those it masks, and those without a usable figure."""
    columns = {
        lang.text("Indicator"): lambda row: terms.term(lang, "indicator", row["code"]),
        lang.text("Reported"): lambda row: runs(row["exact"]) or NONE,
        lang.text("Masked"): lambda row: runs(row["masked"]) or NONE,
        lang.text("Not reported"): lambda row: runs(row["not_reported"]) or NONE,
        lang.text("Reported, but not usable"): lambda row: runs(row["conflicting"] + row["suspect"]) or NONE,
    }
    states = ("exact", "masked", "not_reported", "conflicting", "suspect")
    rows = (
        {"code": code} | {state: frame.filter(pl.col("status") == state)["year"].to_list() for state in states}
        for code, frame in frames.items()
    )
    return written(rows, columns)


def arrows(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """The arrows of a view: from, to, leg, figure, unit, years, remark."""
    # Looked up once, not for each row: a view may have hundreds of arrows.
    legs = {leg: lang.text(words) for leg, words in LEGS.items()}
    units = {kind: terms.term(lang, "unit", unit) for kind, unit in UNITS.items()}
    doubt = {True: terms.term(lang, "status", "questioned"), False: ""}
    columns: Columns = {
        lang.text("From"): lambda row: lang.country(row["origin"]),
        lang.text("To"): lambda row: lang.country(row["destination"]),
        lang.text("Leg"): lambda row: legs["domestic" if row["origin"] == row["destination"] else row["leg"]],
        lang.text("Figure"): lambda row: lang.interval(row["low"], row["high"]),
        lang.text("Unit"): lambda row: units[row["evidence"]],
        lang.text("Years"): _years,
        lang.text("Remark"): lambda row: doubt[row["questioned"]],
    }
    return written(frame.iter_rows(named=True), columns)


def unlocated(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Records that no map can show, with the labels as printed."""
    columns: Columns = {
        lang.text("Origin, as printed"): lambda row: row["origin_label"] or NONE,
        lang.text("Transit, as printed"): lambda row: row["transit_label"] or NONE,
        lang.text("Destination, as printed"): lambda row: row["destination_label"] or NONE,
        lang.text("Figure"): lambda row: lang.interval(row["low"], row["high"]),
        lang.text("Records"): lambda row: lang.number(row["records"]),
        lang.text("Years"): _years,
    }
    return written(frame.iter_rows(named=True), columns)


def coverage(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """How many detected victims have a listed citizenship, by state and year."""
    columns: Columns = {
        lang.text("State"): lambda row: lang.country(row["area"]),
        lang.text("Year"): lambda row: str(row["year"]),
        lang.text("Victims with a listed citizenship"): lambda row: lang.interval(row["listed"], row["listed_high"]),
        lang.text("All detected victims"): partial(_total, lang),
        lang.text("Nationalities listed"): lambda row: lang.number(row["nationalities"]),
    }
    return written(frame.iter_rows(named=True), columns)


def _total(lang: Language, row: Row) -> str:
    return NONE if row["total_low"] is None else lang.interval(row["total_low"], row["total_high"])


def roles(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """The latest report year in which each role was stated."""
    columns: Columns = {
        lang.text("State"): lambda row: lang.country(row["area"]),
        lang.text("Role"): lambda row: terms.term(lang, "role", row["role"]),
        lang.text("Last stated in the report of"): lambda row: str(row["year"]),
        lang.text("Source"): lambda row: terms.term(lang, "source", row["source"]),
    }
    return written(frame.iter_rows(named=True), columns)
