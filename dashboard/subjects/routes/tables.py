"""The tables of the routes: arrows, records that no map can place, lists of citizenships, roles."""

from collections.abc import Mapping
from functools import partial

import polars as pl

from dashboard.store import Tables, cached
from dashboard.subjects.movements import query as movements_query
from dashboard.subjects.movements import words as movements_words
from dashboard.subjects.routes import query, words
from dashboard.words import data_version, terms
from dashboard.words.tables import NONE, Columns, Row, Sheet, runs, sheet, written
from data.i18n import N_, Language
from data.releases import ordered

LEGS = {
    "direct": N_("direct"),
    "domestic": N_("domestic"),
    "to_transit": N_("to transit"),
    "from_transit": N_("from transit"),
}


def _years(lang: Language, row: Row) -> str:
    return runs(lang, row["years"])


def _releases(lang: Language, column: str, row: Row) -> str:
    """The releases of a row, the oldest first."""
    return lang.listing(data_version.release(lang, one) for one in ordered(row[column] or [])) or NONE


def arrows(frame: pl.DataFrame, lang: Language, both: frozenset[tuple[str, str]] = frozenset()) -> pl.DataFrame:
    """The arrows of a view: their ends, figure, unit, years, releases, and a remark, also on what the sum lacks.

    Citizenship is not a route: only described routes go from country to country, on a leg. `both` are the pairs that
    both kinds of evidence name; a leg to or from a state of transit is not a pair.
    """
    # Looked up once, not for each row: a view may have hundreds of arrows.
    legs = {leg: lang.text(words) for leg, words in LEGS.items()}
    doubt = terms.term(lang, "status", "questioned")
    agreed = {code: terms.term(lang, "agreement", code) for code in ("both", "alone")}
    described = "stated" in frame["evidence"]
    start = lang.text("From") if described else lang.text("Citizens of")
    end = lang.text("To") if described else lang.text("Detected in")
    leg: Columns = {
        lang.text("Leg"): lambda row: legs["domestic" if row["origin"] == row["destination"] else row["leg"]]
    }
    columns: Columns = {
        start: lambda row: lang.country(row["origin"]),
        end: lambda row: lang.country(row["destination"]),
        lang.text("Figure"): lambda row: lang.interval(row["low"], row["high"]),
        lang.text("Unit"): lambda row: _unit(lang, row, row["evidence"]),
        **(leg if described else {}),
        lang.text("Years"): partial(_years, lang),
        lang.text("Agreement"): lambda row: _agreement(agreed, both, row),
        lang.text("Release"): partial(_releases, lang, "releases"),
        lang.text("Remark"): lambda row: doubt if row["questioned"] else remark(lang, row),
    }
    return written(frame.iter_rows(named=True), columns)


def _agreement(words: Mapping[str, str], both: frozenset[tuple[str, str]], row: Row) -> str:
    # A state and its own citizens are no pair.
    if row["leg"] != "direct" or row["questioned"] or row["origin"] == row["destination"]:
        return NONE
    return words["both" if (row["origin"], row["destination"]) in both else "alone"]


def _unit(lang: Language, row: Row, evidence: str) -> str:
    """What a figure counts."""
    n = round(row["high"])
    return lang.plural("statement", "statements", n) if evidence == "stated" else lang.plural("victim", "victims", n)


def published(lang: Language, evidence: str) -> Columns:
    """The columns of the places of a record, as published; citizenship is no way."""
    points = {
        "origin": lang.text("Origin, as published"),
        "transit": lang.text("Transit, as published"),
        "destination": lang.text("Destination, as published"),
    }
    if evidence != "stated":
        points = {
            "origin": lang.text("Citizenship, as published"),
            "destination": lang.text("Detected in, as published"),
        }
    return {heading: partial(_label, point) for point, heading in points.items()}


def _label(point: str, row: Row) -> str:
    return row[f"{point}_label"] or NONE


def unlocated(frame: pl.DataFrame, lang: Language, evidence: str) -> pl.DataFrame:
    """Records that no map can show, with the labels as printed; each described one is a statement."""
    records: Columns = {lang.text("Records"): lambda row: lang.number(row["records"])}
    columns: Columns = {
        **published(lang, evidence),
        lang.text("Figure"): lambda row: lang.interval(row["low"], row["high"]),
        lang.text("Unit"): lambda row: _unit(lang, row, evidence),
        **({} if evidence == "stated" else records),
        lang.text("Years"): partial(_years, lang),
        lang.text("Release"): partial(_releases, lang, "releases"),
        lang.text("Remark"): partial(words.flagged, lang),
    }
    return written(frame.iter_rows(named=True), columns)


def remark(lang: Language, row: Row) -> str:
    """What a sum lacks, and how many of its statements are flagged."""
    return lang.joined(filter(None, [words.left_out(lang, row), words.flagged(lang, row)]))


def coverage(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """How many detected victims have a listed citizenship, by state and year."""
    columns: Columns = {
        lang.text("State"): lambda row: lang.country(row["area"]),
        lang.text("Year"): lambda row: str(row["year"]),
        lang.text("Victims whose citizenship UNODC lists"): lambda row: lang.interval(
            row["listed"], row["listed_high"]
        ),
        lang.text("Questioned among these"): lambda row: lang.interval(row["questioned"], row["questioned_high"]),
        lang.text("All detected victims"): partial(total, lang),
        lang.text("Citizenships listed"): lambda row: lang.number(row["nationalities"]),
        lang.text("Release of the list"): partial(_releases, lang, "list_releases"),
        lang.text("Release of the total"): partial(_total_release, lang),
    }
    return written(frame.iter_rows(named=True), columns)


def total(lang: Language, row: Row) -> str:
    """The total of a state and year."""
    return NONE if row["total_low"] is None else lang.interval(row["total_low"], row["total_high"])


def _total_release(lang: Language, row: Row) -> str:
    return NONE if row["total_low"] is None else data_version.release(lang, row["release"])


def roles(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """What the newest report that speaks of each role says, of which year, and whether later ones are silent."""
    columns: Columns = {
        lang.text("State"): lambda row: lang.country(row["area"]),
        lang.text("Role"): lambda row: terms.term(lang, "role", row["role"]),
        lang.text("Coding"): lambda row: terms.term(lang, "stated", row["stated"]),
        lang.text("Newest report coded “yes” or “no”"): lambda row: str(row["year"]),
        lang.text("Since then"): partial(words.silent, lang),
        lang.text("Source"): lambda row: terms.term(lang, "source", row["source"]),
    }
    return written(frame.iter_rows(named=True), columns)


@cached
def every_sheet(snap: Tables, selection: query.FlowFilter, lang: Language, *, moved: str = "") -> Sheet:
    """The table of all arrows, also those not drawn and the questioned ones.

    Args:
        moved: the kind of people who moved that each pair of countries has beside it, as context, in a last column.
    """
    rows, both = query.arrows.of(snap, selection).listed, query.named_by_both.of(snap, selection.edition)
    found, people = arrows(rows, lang, both), movements_query.current.of(snap, moved)
    return sheet(found.hstack(_moved(rows, people, lang)) if people.height else found)


def _moved(rows: pl.DataFrame, people: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """People from the first country of each row in the second one: context, no victims."""
    pairs = rows.select("origin", "destination").join(
        people, on=["origin", "destination"], how="left", validate="m:1", maintain_order="left"
    )
    figures = pairs.select("low", "high").iter_rows()
    heading = movements_words.heading(lang, people)
    return pl.DataFrame({heading: [NONE if low is None else lang.interval(low, high) for low, high in figures]})
