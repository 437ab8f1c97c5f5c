"""The tables of page "Home": the same figures as in its charts."""

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from dashboard.subjects.home import words
from dashboard.subjects.home.query import Breakdown, Overview, SteadyReporters
from dashboard.subjects.states import victims_words
from dashboard.subjects.states.victims import UNKNOWN
from dashboard.words import countries, tables, terms
from data.i18n import Language


def by_year(lang: Language, rows: pl.DataFrame, panel: SteadyReporters | None, found: Overview) -> pl.DataFrame:
    """One row for each year, the latest first: states, the two parts, the sum, and the panel."""
    columns = {
        lang.text("Year"): lambda row: str(row["year"]),
        lang.text("States"): lambda row: lang.number(row["states"]),
    }
    if found.largest:
        columns |= {words.part(lang, part, found.largest): _cell(lang, part) for part in ("largest", "others")}
    columns |= {lang.text("Total"): _cell(lang, "total")}
    if panel and panel.enough:
        parts = ("all", "without") if panel.without else ("all",)
        columns |= {words.line(lang, part, panel): _cell(lang, part) for part in parts}
    return tables.written(_years(rows, panel), columns)


def _cell(lang: Language, part: str) -> Any:  # noqa: ANN401 - a function of a row
    return lambda row: words.written(lang, row[part]) if part in row else tables.NONE


def _years(rows: pl.DataFrame, panel: SteadyReporters | None) -> Iterator[dict[str, Any]]:
    """The years, the latest first, each with the rows of its parts."""
    every = pl.concat([rows, panel.rows]) if panel else rows
    for year in rows["year"].unique().sort(descending=True):
        mine, reported = every.filter(year=year), rows.filter(year=year)
        parts = {row["part"]: row for row in mine.iter_rows(named=True)}
        total = reported.select(pl.col("low", "high").sum(), pl.col("contradicted").any()).row(0, named=True)
        yield {"year": year, "states": reported["states"].sum(), "total": total, **parts}


def groups(lang: Language, found: Sequence[Breakdown], largest: str = "") -> pl.DataFrame:
    """One row for each group: victims, share, states, and the share without the largest reporter."""
    columns: tables.Columns = {
        lang.text("Breakdown"): lambda row: victims_words.title(lang, row["of"].dimension),
        lang.text("Group"): lambda row: _group(lang, row["of"], row["group"]),
        lang.text("Victims"): lambda row: lang.interval(*(row["of"].figures.get(row["group"], row["of"].unknown))),
        lang.text("Share"): lambda row: _share(lang, row["of"], row["group"]),
        # Those whose group is not known are also of states that are left out.
        lang.text("States"): lambda row: tables.NONE if row["group"] == UNKNOWN else lang.number(row["of"].states),
    }
    if any(one.without for one in found):
        label = lang.text("Share without {state}", state=countries.the(lang, largest))
        columns = {**columns, label: lambda row: _share(lang, row["of"].without, row["group"])}
    return tables.written([{"of": one, "group": name} for one, name in named(found)], columns)


def named(found: Sequence[Breakdown]) -> list[tuple[Breakdown, str]]:
    """The groups in the order of the table, with those whose group is not known (`UNKNOWN`)."""
    return [(one, name) for one in found for name in (*one.figures, UNKNOWN)]


def _group(lang: Language, found: Breakdown, name: str) -> str:
    return words.unusable(lang) if name == UNKNOWN else victims_words.group(lang, found.dimension, name)


def _share(lang: Language, found: Breakdown | None, name: str) -> str:
    share = found.share(name) if found and name in found.figures else None
    return tables.NONE if share is None else terms.percent(lang, share)
