"""The tables of a pair of states, in words."""

from collections.abc import Mapping, Sequence
from functools import partial

import polars as pl

from dashboard.charts.look import number_state
from dashboard.subjects.pair import query, words
from dashboard.subjects.routes.tables import total
from dashboard.subjects.treaties import query as treaties_query
from dashboard.subjects.treaties import tables as treaties_tables
from dashboard.words import data_version, locators, tables, terms
from dashboard.words.tables import NONE, Columns, Row
from data.i18n import Language


def counted(rows: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Counted records between two states: citizenship, where detected, year, figure, meaning, release, cell."""
    columns: Columns = {
        lang.text("Citizens of"): lambda row: lang.country(row["start"]),
        lang.text("Detected in"): lambda row: lang.country(row["end"]),
        lang.text("Year"): lambda row: str(row["year"]),
        lang.text("Figure"): lambda row: NONE if row["low"] is None else lang.interval(row["low"], row["high"]),
        lang.text("Data status"): lambda row: terms.term(lang, "status", number_state(row)),
        lang.text("Release"): lambda row: data_version.release(lang, row["release"]),
        lang.text("Source cell"): lambda row: locators.cells(lang, row["locator"]),
    }
    return tables.written(rows.iter_rows(named=True), columns)


def stated(rows: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Statements between two states: the whole route, report, forms, victims, release, cell."""
    columns: Columns = {
        lang.text("Described route"): lambda row: _route(lang, row),
        lang.text("Report of"): lambda row: str(row["year"]),
        lang.text("Form of exploitation"): lambda row: (
            ", ".join(terms.term(lang, "form", one) for one in row["form"]) or NONE
        ),
        lang.text("Victims"): lambda row: ", ".join(terms.term(lang, "profile", one) for one in row["profile"]) or NONE,
        lang.text("Release"): lambda row: data_version.release(lang, row["release"]),
        lang.text("Source cell"): lambda row: locators.cells(lang, row["locator"]),
    }
    return tables.written(rows.iter_rows(named=True), columns)


def _route(lang: Language, row: Row) -> str:
    """The points of a route by name; a region or an unknown place as printed."""
    points = [
        lang.country(row[point]) if row[point] else row[f"{point}_label"]
        for point in ("origin", "transit", "destination")
    ]
    known = [points[0] or NONE, *([points[1]] if points[1] else []), points[2] or NONE]
    return " → ".join(known)


def routes(rows: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """The routes between two states as a whole, those described most often first: route, statements, reports."""
    points = [f"{point}{label}" for point in ("origin", "transit", "destination") for label in ("", "_label")]
    named = rows.with_columns(
        pl.when(pl.col(point).is_null()).then(f"{point}_label").alias(f"{point}_label")
        for point in ("origin", "transit", "destination")
    )
    each = named.group_by(points).agg(pl.len().alias("statements"), pl.col("year").unique().sort().alias("years"))
    columns: Columns = {
        lang.text("Described route"): lambda row: _route(lang, row),
        lang.text("Statements"): lambda row: lang.number(row["statements"]),
        lang.text("Reports of"): lambda row: tables.runs(lang, row["years"]),
    }
    ordered = each.sort("statements", *points, descending=[True] + [False] * len(points), nulls_last=True)
    return tables.written(ordered.iter_rows(named=True), columns)


def sides(rows: pl.DataFrame, covered: pl.DataFrame, pair: Sequence[str], lang: Language) -> pl.DataFrame:
    """What each state counts, by year: citizens of the other one, victims with a listed citizenship, all victims.

    Args:
        rows: as from `pair.query.between`.
        covered: as from `dashboard.subjects.routes.query.coverage`, of both.
    """
    found = {
        (end, year): one
        for start, end in (pair, pair[::-1])
        for one in query.listed_years(
            rows.filter(start=start, evidence="counted"), covered.filter(pl.col("nationalities") > 0, area=end)["year"]
        )
        for year in one.years
    }

    def figure(row: Row) -> str:
        one = found.get((row["area"], row["year"]))
        return words.year_figure(lang, one) if one else lang.text("no list")

    columns: Columns = {
        lang.text("Detected in"): lambda row: lang.country(row["area"]),
        lang.text("Year"): lambda row: str(row["year"]),
        lang.text("Citizens of the other state"): figure,
        lang.text("Victims whose citizenship UNODC lists"): lambda row: (
            lang.interval(row["listed"], row["listed_high"]) if row["nationalities"] else NONE
        ),
        lang.text("All detected victims"): partial(total, lang),
    }
    return tables.written(covered.iter_rows(named=True), columns)


def instruments(
    acted: pl.DataFrame, laws: pl.DataFrame, pair: Sequence[str], lang: Language, closings: Mapping[str, str]
) -> pl.DataFrame:
    """Treaties and laws of both states: a line for each, with what each state did and since when it binds both.

    Args:
        acted: as from `treaties.query.bound`; laws: as from `treaties.query.laws`.
    """
    days = treaties_query.in_force(acted)
    acts = {(row["instrument"], row["area"]): row for row in acted.iter_rows(named=True)}
    since = lang.text("In force for both since")
    lines: list[dict[str, str]] = []
    for treaty in acted["instrument"].unique(maintain_order=True):
        done = {lang.country(area): _done(lang, acts[treaty, area], closings) for area in pair}
        last = lang.date(days[treaty]) if treaty in days else NONE
        lines.append({_INSTRUMENT: terms.term(lang, "part", treaty), **done, since: last})
    cited = {lang.country(area): law(lang, laws.filter(area=area)) for area in pair}
    lines.append({_INSTRUMENT: lang.text("Laws cited by our sources"), **cited, since: NONE})
    return pl.DataFrame(lines).rename({_INSTRUMENT: lang.text("Treaty or law")})


_INSTRUMENT = "instrument"


def _done(lang: Language, row: Row, closings: Mapping[str, str]) -> str:
    """What a state did on a treaty: what binds it, else its signature, else that nothing is recorded."""
    if row["action"]:
        return _bound(lang, row)
    if row["signature"]:
        return f"{terms.term(lang, 'action', 'signature')}, {lang.date(row['signature'])}"
    return treaties_tables.action(lang, closings, {**row, "action": None})


def law(lang: Language, laws: pl.DataFrame) -> str:
    """The laws that our sources name of a state, with their years."""
    named = [row for row in laws.iter_rows(named=True) if row["title"]]
    each = [f"{row['title']} ({row['year']})" if row["year"] else str(row["title"]) for row in named]
    return lang.joined(each) or lang.text("No law cited")


def reserved(rows: pl.DataFrame, pair: Sequence[str], lang: Language) -> pl.DataFrame:
    """The articles that reservations and declarations of two states name: a line for each treaty with any.

    Args:
        rows: as from `treaties.query.reserved`.
    """

    def named(area: str, row: Row) -> str:
        mine = rows.filter(instrument=row["instrument"], area=area)
        return treaties_tables.articles(lang, mine.row(0, named=True)) if mine.height else NONE

    columns: Columns = {
        lang.text("Reservation or declaration"): lambda row: terms.term(lang, "part", row["instrument"]),
        **{lang.country(area): partial(named, area) for area in pair},
    }
    each = [{"instrument": name} for name in treaties_query.shown() if name in set(rows["instrument"])]
    return tables.written(each, columns)


def treaties(acted: pl.DataFrame, lang: Language, closings: Mapping[str, str]) -> pl.DataFrame:
    """Treaty, state, signature, the binding action, in force since when, cells; derived days are marked."""

    def none(row: Row) -> str:
        return treaties_tables.action(lang, closings, {**row, "action": None})

    columns: Columns = {
        lang.text("Treaty"): lambda row: terms.term(lang, "part", row["instrument"]),
        lang.text("State"): lambda row: lang.country(row["area"]),
        lang.text("Signature"): lambda row: lang.date(row["signature"]) if row["signature"] else none(row),
        lang.text("Bound by"): lambda row: _bound(lang, row) if row["action"] else none(row),
        lang.text("In force since"): lambda row: lang.date(row["in_force"]) if row["in_force"] else NONE,
        lang.text("Source cell"): lambda row: locators.cells(lang, locators.BETWEEN.join(row["locators"] or [])),
    }
    return tables.written(acted.iter_rows(named=True), columns)


def _bound(lang: Language, row: Mapping[str, object]) -> str:
    """What bound the state and when, as printed, with any doubt about it."""
    day = lang.date(str(row["deposit"])) if row["deposit"] else lang.text("date unknown")
    deposit = f"{terms.term(lang, 'action', str(row['action']))}, {day}"
    if row["derived"]:
        return lang.text("{day} (calculated)", day=deposit)
    return f"{deposit}. {treaties_tables.basis(lang, row)}" if row["note"] else deposit
