"""The rows of a view as a reader's table: translated words, figures written as the language writes them. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from dashboard import terms
from dashboard.i18n import Language
from dashboard.query.observed import FIGURE

RATE_DIGITS = 2


def _digits(unit: str | None) -> int:
    return RATE_DIGITS if unit == "per_100000_population" else 0


def _state(row: Mapping[str, Any]) -> str:
    return "zero" if row["status"] == "exact" and row["high"] == 0 else str(row["status"])


def _figure(lang: Language, row: Mapping[str, Any]) -> str:
    return "–" if row["low"] is None else lang.interval(row["low"], row["high"], _digits(row.get("unit")))


def _years(years: Iterable[int]) -> str:
    """Years as runs: 2010–2013, 2015."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def figures(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """The region's rows in the alphabetical order of names: state, figure, meaning, year, release, cell."""
    order = {code: place for place, code in enumerate(lang.sorted_countries(frame["area"]))}
    rows = sorted(frame.iter_rows(named=True), key=lambda row: order[row["area"]])
    return pl.DataFrame(
        [
            {
                lang.text("State"): lang.country(row["area"]),
                lang.text("Figure"): _figure(lang, row),
                lang.text("Meaning"): terms.status(lang, _state(row)),
                lang.text("Year"): "–" if row["year"] is None else str(row["year"]),
                lang.text("Release"): lang.date(row["release"]) if row["release"] else "–",
                lang.text("Source cell"): row["locator"] or "–",
            }
            for row in rows
        ]
    )


def series(frames: Mapping[str, pl.DataFrame], lang: Language) -> pl.DataFrame:
    """A state's figures: indicator, year, figure, meaning, release, cell; years without a report included."""
    return pl.DataFrame(
        [
            {
                lang.text("Indicator"): terms.indicator(lang, code),
                lang.text("Year"): str(row["year"]),
                lang.text("Figure"): _figure(lang, row),
                lang.text("Meaning"): terms.status(lang, _state(row)),
                lang.text("Release"): lang.date(row["release"]) if row["release"] else "–",
                lang.text("Source cell"): row["locator"] or "–",
            }
            for code, frame in frames.items()
            for row in frame.sort("year", descending=True).iter_rows(named=True)
        ]
    )


def arrows(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """The arrows a filter allows: from, to, through, figure, years, records, remark."""
    return pl.DataFrame(
        [
            {
                lang.text("From"): lang.country(row["origin"]),
                lang.text("To"): lang.country(row["destination"]),
                lang.text("Leg"): _leg(lang, row),
                lang.text("Figure"): lang.interval(row["low"], row["high"]),
                lang.text("Unit"): terms.unit(lang, "persons" if row["evidence"] == "counted" else "statements"),
                lang.text("Years"): _years(row["years"]),
                lang.text("Remark"): terms.status(lang, "questioned") if row["questioned"] else "",
            }
            for row in frame.iter_rows(named=True)
        ],
        schema=None if frame.height else {lang.text("From"): pl.String},
    )


def _leg(lang: Language, row: Mapping[str, Any]) -> str:
    if row["leg"] == "direct":
        return lang.text("domestic") if row["origin"] == row["destination"] else lang.text("direct")
    return lang.text("to transit") if row["leg"] == "to_transit" else lang.text("from transit")


def unlocated(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Records that no map may draw, with the labels as printed."""
    return pl.DataFrame(
        [
            {
                lang.text("Origin, as printed"): row["origin_label"] or "–",
                lang.text("Transit, as printed"): row["transit_label"] or "–",
                lang.text("Destination, as printed"): row["destination_label"] or "–",
                lang.text("Figure"): lang.interval(row["low"], row["high"]),
                lang.text("Records"): lang.number(row["records"]),
                lang.text("Years"): _years(row["years"]),
            }
            for row in frame.iter_rows(named=True)
        ]
    )


def coverage(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """How many detected victims carry a listed citizenship, by state and year."""
    return pl.DataFrame(
        [
            {
                lang.text("State"): lang.country(row["area"]),
                lang.text("Year"): str(row["year"]),
                lang.text("Victims with a listed citizenship"): lang.interval(row["listed"], row["listed_high"]),
                lang.text("All detected victims"): "–"
                if row["total_low"] is None
                else lang.interval(row["total_low"], row["total_high"]),
                lang.text("Nationalities listed"): lang.number(row["nationalities"]),
            }
            for row in frame.iter_rows(named=True)
        ]
    )


def roles(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """The latest report year in which each role was stated."""
    return pl.DataFrame(
        [
            {
                lang.text("State"): lang.country(row["area"]),
                lang.text("Role"): terms.role(lang, row["role"]),
                lang.text("Last stated in the report of"): str(row["year"]),
                lang.text("Source"): terms.source(lang, row["source"]),
            }
            for row in frame.iter_rows(named=True)
        ]
    )


def plain(frame: pl.DataFrame) -> pl.DataFrame:
    """The columns of a figure for a file: ids and numbers, no words."""
    first = [name for name in ("indicator", "area") if name in frame.columns]
    return frame.select(*first, *FIGURE)
