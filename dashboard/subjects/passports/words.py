"""A passport in words: whose a figure is, from which cell of which file, how it was treated, how to cite it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import polars as pl

from dashboard.subjects.passports.query import Cell, Figure, Row
from dashboard.words import asof, tables, terms
from data.i18n import Language

Manifest = Mapping[str, Any]
Pairs = list[tuple[str, str]]
ENDS = (".", "!", "?", "…", ".”", ".»", ".\u00a0»")


def name(lang: Language, wanted: Figure) -> str:
    """What the figure counts, e.g. `Detected victims, Brazil, 2019`; parts of a total name the part."""
    parts = {"sex": terms.word("sex"), "age": terms.word("age"), "form": terms.word("form")}
    told = [word(lang, getattr(wanted, part)) for part, word in parts.items() if getattr(wanted, part) != "total"]
    return ", ".join(
        [terms.term(lang, "indicator", wanted.indicator), lang.country(wanted.area), str(wanted.year), *told]
    )


def value(lang: Language, row: Row) -> str:
    """The figure with its unit, or the word for why there is none."""
    if row["low"] is None:
        return terms.term(lang, "status", row["status"])
    figure = lang.interval(row["low"], row["high"], tables.DIGITS.get(row["unit"], 0))
    return _one(lang, row) or f"{figure} {terms.term(lang, 'unit', row['unit'])}"


def _one(lang: Language, row: Row) -> str:
    """A figure that some languages write with a singular, 1 or 0; empty for any other."""
    if row["low"] != row["high"] or row["low"] not in {0, 1}:
        return ""
    n = int(row["low"])
    told = {
        "persons": lang.plural("{n} person", "{n} persons", n),
        "statements": lang.plural("{n} statement", "{n} statements", n),
        "offences": lang.plural("{n} offence", "{n} offences", n),
    }
    return told.get(row["unit"], "")


def treatment(lang: Language, row: Row) -> str:
    """What was done between the printed cell and the figure shown."""
    if row.get("derived"):
        return lang.text("Computed: the count divided by the population of the year, times 100,000.")
    told = {
        "exact": lang.text("Nothing: as printed."),
        "masked": lang.text("Printed as “<5”: read as the interval that this release’s way of masking allows."),
        "conflicting": lang.text("Printed with different values under one key: none was picked, there is no figure."),
        "suspect": lang.text("Printed, but no such figure is possible: it is kept out of view and out of every sum."),
        "questioned": lang.text("As printed, and marked: implausibly large."),
        "masked_by_unodc": lang.text("The same interval as UNODC’s figure, which is masked."),
        "printed_as_zero_later": lang.text("Printed as “<5” here and as 0 in a later release: read as 0."),
    }
    return told.get(row.get("note") or "", told.get(row["status"], ""))


def total(rows: pl.DataFrame) -> Row:
    """The sum of records as a row with a figure: of one record its own, of several their interval."""
    if rows.height == 1:
        return rows.row(0, named=True)
    low, high = rows.select(pl.col("low", "high").sum()).row(0)
    return {"low": low, "high": high, "status": "", "unit": rows["unit"][0]}


def added(lang: Language, rows: pl.DataFrame) -> str:
    """What was done between the printed cells and the sum of their records."""
    if rows.height == 1:
        return treatment(lang, rows.row(0, named=True))
    return lang.text("Added up from the records below: a masked one adds the least and the most that it can be.")


def labels(rows: pl.DataFrame) -> str:
    """Records without an arrow of their own, by the labels printed for them and their years."""
    first = rows.row(0, named=True)
    places = [first[f"{end}_label"] or tables.NONE for end in ("origin", "destination")]
    through = [first["transit_label"]] if first["transit_label"] else []
    return f"{' → '.join([places[0], *through, places[1]])}, {tables.runs(rows['year'].unique())}"


def arrow(lang: Language, row: Row) -> str:
    """What an arrow is called, e.g. `Mexico → United States, 2014–2016`."""
    ends = f"{lang.country(row['origin'])} → {lang.country(row['destination'])}, {tables.runs(row['years'])}"
    return f"{ends} ({terms.in_sentence(terms.term(lang, 'status', 'questioned'))})" if row["questioned"] else ends


def role(lang: Language, row: Row) -> str:
    """What a statement is of, e.g. `Brazil, origin`."""
    return f"{lang.country(row['area'])}, {terms.in_sentence(terms.term(lang, 'role', row['role']))}"


def statement(lang: Language, row: Row) -> str:
    """What a report says of a role, e.g. `Stated, report of 2011`."""
    return lang.text("{stated}, report of {year}", stated=terms.term(lang, "stated", row["stated"]), year=row["year"])


def coded(lang: Language, row: Row) -> str:
    """What was done between a report's text and the role; and from when to when a text of several versions stood."""
    as_coded = lang.text("Nothing: as the source codes it.")
    seen = re.findall(r"(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})", row["note"] or "")
    days = lang.listing(f"{lang.date(first)} – {lang.date(last)}" for first, last in seen)
    stood = lang.text("The text was seen in these days: {days}.", days=days)
    return f"{as_coded} {stood}" if seen else as_coded


def sources(lang: Language, manifest: Manifest, found: Iterable[Cell]) -> Iterator[Pairs]:
    """For each cell a figure rests on: publisher, title, file, release, place, retrieved, hash, licence, citation."""
    for cell in dict.fromkeys(found):
        source = next(told for told in manifest["sources"] if told["name"] == cell.source)
        held: Mapping[str, Any] = next((one for one in source["releases"] if one["file"] == cell.file), {})
        yield [
            (lang.text("Published by"), source["publisher"]),
            (lang.text("Title"), source["title"]),
            (lang.text("Release"), asof.release(lang, cell.release)),
            (lang.text("File"), cell.file),
            (lang.text("Sheet and row, or record"), cell.place.replace("!", ", ")),
            (
                lang.text("Retrieved"),
                lang.date(held["retrieved"]) if held.get("retrieved") else lang.text("not recorded"),
            ),
            (lang.text("SHA-256"), str(held.get("sha256", "–"))),
            (lang.text("Licence"), source["licence"]),
        ]


def citation(lang: Language, manifest: Manifest, snapshot: str, title: str, figure: str, found: Iterable[Cell]) -> str:
    """What a reader pastes: the publishers, the very release and cell, and the snapshot that showed the figure.

    Args:
        figure: what is shown, as it stands after a colon; the words of others stay as they wrote them.
    """
    named = {source["name"]: source["citation"] for source in manifest["sources"]}
    cited = [
        f"{named[cell.source]} {asof.release(lang, cell.release)}, {cell.file}, {cell.place}."
        for cell in dict.fromkeys(found)
    ]
    seen = lang.text("Seen in: Atalaya, snapshot {id}, {date}.", id=snapshot, date=lang.date(manifest["created"][:10]))
    said = lang.labelled(title, figure)
    # The words of a report may end with a full stop, or with another sign that ends a sentence.
    return " ".join([said if said.endswith(ENDS) else f"{said}.", *cited, seen])


def releases(lang: Language, rows: pl.DataFrame) -> pl.DataFrame:
    """The figure in every release held: source, release, figure, meaning, cell."""
    columns: tables.Columns = {
        lang.text("Source"): lambda row: terms.term(lang, "source", row["source"]),
        lang.text("Release"): lambda row: asof.release(lang, row["release"]),
        lang.text("Figure"): partial(value, lang),
        lang.text("Treatment"): partial(treatment, lang),
        lang.text("Source cell"): lambda row: row["locator"],
    }
    return tables.written(rows.iter_rows(named=True), columns)


def records(lang: Language, rows: pl.DataFrame) -> pl.DataFrame:
    """The records that an arrow sums: year, figure, labels as printed, release, cell."""
    columns: tables.Columns = {
        lang.text("Year"): lambda row: str(row["year"]),
        lang.text("Figure"): partial(value, lang),
        lang.text("Origin, as printed"): lambda row: row["origin_label"] or tables.NONE,
        lang.text("Transit, as printed"): lambda row: row["transit_label"] or tables.NONE,
        lang.text("Destination, as printed"): lambda row: row["destination_label"] or tables.NONE,
        lang.text("Release"): lambda row: asof.release(lang, row["release"]),
        lang.text("Source cell"): lambda row: row["locator"],
    }
    return tables.written(rows.iter_rows(named=True), columns)


def statements(lang: Language, rows: pl.DataFrame) -> pl.DataFrame:
    """What every report held says of a role: year of the report, what it says, release, cell."""
    columns: tables.Columns = {
        lang.text("Report of"): lambda row: str(row["year"]),
        lang.text("Statement"): lambda row: terms.term(lang, "stated", row["stated"]),
        lang.text("Release"): lambda row: asof.release(lang, row["release"]),
        lang.text("Source cell"): lambda row: row["locator"],
    }
    return tables.written(rows.iter_rows(named=True), columns)


def editions(lang: Language, then: Iterable[tuple[str, Row | None]]) -> pl.DataFrame:
    """An arrow as of every release held: release, figure, years; a release may not give it."""
    columns: tables.Columns = {
        lang.text("Release"): lambda row: terms.term(lang, "edition", row["edition"]),
        lang.text("Figure"): lambda row: lang.interval(row["low"], row["high"]) if row["years"] else tables.NONE,
        lang.text("Years"): lambda row: tables.runs(row["years"]) or tables.NONE,
    }
    return tables.written(({"edition": edition, "years": [], **(row or {})} for edition, row in then), columns)
