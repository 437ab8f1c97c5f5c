"""The passport of a figure in words: whose it is, from which cell of which file, how it was treated, how to cite it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import polars as pl

from dashboard import tables, terms
from dashboard.i18n import Language
from dashboard.query.passport import Cell, Figure, Row

Manifest = Mapping[str, Any]
Pairs = list[tuple[str, str]]


def name(lang: Language, wanted: Figure) -> str:
    """What the figure counts, e.g. `Detected victims, Brazil, 2019`; parts of a total name the part."""
    parts = {"sex": terms.sex, "age": terms.age, "form": terms.form}
    told = [word(lang, getattr(wanted, part)) for part, word in parts.items() if getattr(wanted, part) != "total"]
    return ", ".join([terms.indicator(lang, wanted.indicator), lang.country(wanted.area), str(wanted.year), *told])


def value(lang: Language, row: Row) -> str:
    """The figure with its unit, or the word for why there is none."""
    figure = terms.figure(lang, row["low"], row["high"], row["status"], tables.DIGITS.get(row["unit"], 0))
    return figure if row["low"] is None else f"{figure} {terms.unit(lang, row['unit'])}"


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
    }
    if row.get("note") == "masked_by_unodc":
        return lang.text("The same interval as UNODC’s figure, which is masked.")
    return told.get(row["status"], "")


def sources(lang: Language, manifest: Manifest, found: Iterable[Cell]) -> Iterator[Pairs]:
    """For each cell a figure rests on: publisher, title, file, release, place, retrieved, hash, licence, citation."""
    for cell in dict.fromkeys(found):
        source = next(told for told in manifest["sources"] if told["name"] == cell.source)
        held: Mapping[str, Any] = next((one for one in source["releases"] if one["file"] == cell.file), {})
        yield [
            (lang.text("Published by"), source["publisher"]),
            (lang.text("Title"), source["title"]),
            (lang.text("Release"), lang.date(cell.release)),
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
    """What a reader pastes: the publishers, the very release and cell, and the snapshot that showed the figure."""
    named = {source["name"]: source["citation"] for source in manifest["sources"]}
    cited = [
        f"{named[cell.source]} {lang.date(cell.release)}, {cell.file}, {cell.place}." for cell in dict.fromkeys(found)
    ]
    seen = lang.text("Seen in: Atalaya, snapshot {id}, {date}.", id=snapshot, date=lang.date(manifest["created"][:10]))
    return " ".join([f"{lang.labelled(title, figure)}.", *cited, seen])


def releases(lang: Language, rows: pl.DataFrame) -> pl.DataFrame:
    """The figure in every release held: source, release, figure, meaning, cell."""
    columns: tables.Columns = {
        lang.text("Source"): lambda row: terms.source(lang, row["source"]),
        lang.text("Release"): lambda row: lang.date(row["release"]),
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
        lang.text("Release"): lambda row: lang.date(row["release"]),
        lang.text("Source cell"): lambda row: row["locator"],
    }
    return tables.written(rows.iter_rows(named=True), columns)
