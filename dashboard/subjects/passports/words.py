"""Passports in words: what a figure is, its source cell, how it was treated, and how to cite it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import polars as pl

from dashboard.charts.figure_words import note
from dashboard.subjects.derived import COUNTS, is_computed
from dashboard.subjects.identities import query as identities
from dashboard.subjects.identities import words as identity_words
from dashboard.subjects.passports.query import FIGURE_KEY, Cell, FigureKey, Row
from dashboard.subjects.routes import tables as routes_tables
from dashboard.subjects.routes import words as routes_words
from dashboard.words import data_version, locators, tables, terms
from dashboard.words.source_facts import fact
from data import number_states
from data.counting_units import counting_units, with_units
from data.i18n import Language, capitalized
from data.intervals import MASKED_BELOW
from data.manifest import registers, usual_units
from data.ratios import ratios

Manifest = Mapping[str, Any]
NamedValues = list[tuple[str, str]]
SENTENCE_ENDS = (".", "!", "?", "…", ".”", ".»", ".\u00a0»")


def name(lang: Language, key: FigureKey) -> str:
    """The name of a figure, e.g. `Detected victims, Brazil, 2019`; a group other than the total is included."""
    parts = {"sex": terms.word("sex"), "age": terms.word("age"), "form": terms.word("form")}
    group = [word(lang, getattr(key, part)) for part, word in parts.items() if getattr(key, part) != "total"]
    return ", ".join([terms.term(lang, "indicator", key.indicator), lang.country(key.area), str(key.year), *group])


def value(lang: Language, row: Row) -> str:
    """The figure with its unit, or the word for its status if there is none; what a count counts stands apart."""
    if row["low"] is None:
        return terms.term(lang, "status", row["status"])
    figure = lang.interval(row["low"], row["high"], tables.DIGITS.get(row["unit"], 0))
    if row["unit"] == "persons":
        return figure
    return _singular(lang, row) or f"{figure} {terms.term(lang, 'unit', row['unit'])}"


def _singular(lang: Language, row: Row) -> str:
    """A figure of 1 or 0 with its unit, which some languages write in the singular; empty for others."""
    if row["low"] != row["high"] or row["low"] not in {0, 1}:
        return ""
    n = int(row["low"])
    words = {
        "statements": lang.plural("{n} statement", "{n} statements", n),
        "offences": lang.plural("{n} offense", "{n} offenses", n),
    }
    return words.get(row["unit"], "")


def state(lang: Language, row: Row) -> NamedValues:
    """The state of a figure by its word; one that its publisher masks is named by its limit."""
    names = [name for name in ("low", "high", "status", "unit", "derived") if name in row]
    found = number_states.with_states(pl.LazyFrame({name: [row[name]] for name in names})).collect()["state"].item()
    limit = lang.text("Fewer than {n}", n=lang.number((row["high"] or 0) + 1))
    return [
        (terms.term(lang, "column", "state"), limit if found == "fewer_than_n" else terms.term(lang, "state", found))
    ]


def contradicted(lang: Language, row: Row) -> NamedValues:
    """What other figures of the same release say against a figure, with both; of a rate that they do so."""
    found = identities.of_figure(row)
    if row["contradicted"] and found.is_empty():
        return [(terms.term(lang, "column", "contradicted"), lang.text("yes"))]
    where, pairs = terms.term(lang, "column", "parts_locator"), []
    for one in found.iter_rows(named=True):
        said = f"{identity_words.says(lang, one)} {identity_words.asks(lang, one)}"
        pairs += [
            (terms.term(lang, "identity", one["kind"]), said),
            (where, locators.cells(lang, one["parts_locator"])),
        ]
    return pairs


def counted(lang: Language, row: Row) -> NamedValues:
    """What the state counts, or that the publisher does not state it; nothing for figures that are not counts."""
    columns = {name: [row[name]] for name in ("indicator", "area", "year")}
    frame = pl.LazyFrame(columns, schema_overrides={"year": pl.Int16})
    unit = with_units(frame, counting_units(), usual_units()).collect()["counting_unit"].item()
    return [(lang.text("Unit of count"), terms.term(lang, "counting", unit))] if unit else []


def treatment(lang: Language, row: Row) -> str:
    """How the figure shown was derived from the printed cell."""
    if "indicator" in row and is_computed(row["indicator"], row["area"]):
        return _computed(lang, row)
    if row.get("derived"):
        return lang.text("Count divided by the population of the year, times 100,000.")
    if records := re.fullmatch(r"added_up: (\d+)", row.get("note") or ""):
        n = int(records[1])
        return lang.plural("Sum of {n} record of the file.", "Sum of {n} records of the file.", n)
    sentences = {
        "exact": lang.text("Unchanged from source."),
        "masked": lang.text("Published as “<5”; shown as a range."),
        "range": lang.text("Published as a range."),
        "conflicting": lang.text("Published with different values; none is shown."),
        "suspect": lang.text("Published, but impossible; left out of every view and sum."),
        "questioned": lang.text("Unchanged from source; marked as implausibly large."),
        "masked_by_unodc": lang.text("Same range as UNODC’s figure, published as “<5”."),
        "printed_as_zero_later": lang.text("Published as “<5” here and as 0 in a later release; shown as 0."),
    }
    own = row.get("evidence") == "register" or row.get("indicator") in registers()
    wide = row["status"] == "masked" and row.get("unit") in COUNTS and (own or row["high"] >= MASKED_BELOW)
    status = "range" if wide else row["status"]
    return sentences.get(row.get("note") or "", sentences.get(status, ""))


def _computed(lang: Language, row: Row) -> str:
    """How a ratio, a share or the sum of a group is computed, or why it is not, and how many states report."""
    one = ratios().get(row["indicator"])
    noted = note(lang, row["note"])
    if row["low"] is None:
        return lang.labeled(lang.text("Not calculated"), noted) + "."
    how = lang.text("Sum of the figures below; a range adds both its ends.")
    if one:
        part, whole = terms.divided(lang, one)
        # Translators: {part} and {whole} such as “Persons convicted” and “persons prosecuted”.
        how = lang.text("{part} divided by {whole}; a range gives a range.", part=part, whole=whole)
    return f"{how} {capitalized(noted)}." if noted else how


def inputs(lang: Language, rows: pl.DataFrame) -> pl.DataFrame:
    """A table of the figures from which one is computed: which it is, its value, the cell."""
    columns: tables.Columns = {
        lang.text("Figure"): lambda row: name(lang, FigureKey(*(row[part] for part in FIGURE_KEY))),
        lang.text("Value"): partial(value, lang),
        lang.text("Source cell"): lambda row: locators.cells(lang, row["locator"]),
    }
    return tables.written(rows.iter_rows(named=True), columns)


def total(rows: pl.DataFrame) -> Row:
    """The sum of records as a row with a figure: an interval, or the record itself if there is only one."""
    if rows.height == 1:
        return rows.row(0, named=True)
    low, high = rows.select(pl.col("low", "high").sum()).row(0)
    return {"low": low, "high": high, "status": "", "unit": rows["unit"][0]}


def added(lang: Language, rows: pl.DataFrame) -> str:
    """How the sum was derived from the printed cells."""
    if rows.height == 1:
        return treatment(lang, rows.row(0, named=True))
    if rows.filter(pl.col("low") < pl.col("high")).is_empty():
        return lang.text("Sum of the records below.")
    return lang.text("Sum of the records below; “<5” adds its lowest and highest possible value.")


def labels(lang: Language, rows: pl.DataFrame) -> str:
    """A title for records without an arrow: their printed labels and years."""
    first = rows.row(0, named=True)
    places = [first[f"{end}_label"] or tables.NONE for end in ("origin", "destination")]
    through = [first["transit_label"]] if first["transit_label"] else []
    return f"{' → '.join([places[0], *through, places[1]])}, {tables.runs(lang, rows['year'].unique())}"


def arrow(lang: Language, row: Row) -> str:
    """The title of an arrow, e.g. `Mexico → United States, 2014–2016`."""
    title = f"{lang.country(row['origin'])} → {lang.country(row['destination'])}, {tables.runs(lang, row['years'])}"
    return f"{title} ({terms.in_sentence(terms.term(lang, 'status', 'questioned'))})" if row["questioned"] else title


def role(lang: Language, row: Row) -> str:
    """The title of a role, e.g. `Brazil, origin`."""
    return f"{lang.country(row['area'])}, {terms.in_sentence(terms.term(lang, 'role', row['role']))}"


def statement(lang: Language, row: Row) -> str:
    """What a report says about a role, e.g. `Stated, report of 2011`, and how many later ones do not mention it."""
    words = lang.text("{stated}, report of {year}", stated=terms.term(lang, "stated", row["stated"]), year=row["year"])
    return lang.joined(filter(None, [words, routes_words.silent(lang, row)]))


def coded(lang: Language, row: Row) -> str:
    """How a role was read from a report, and when the text was seen if it had several versions."""
    as_coded = lang.text("Unchanged from the source’s coding.")
    periods = re.findall(r"(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})", row["note"] or "")
    days = lang.listing(f"{lang.date(first)} – {lang.date(last)}" for first, last in periods)
    note = lang.text("Text seen on: {days}.", days=days)
    return f"{as_coded} {note}" if periods else as_coded


def sources(lang: Language, manifest: Manifest, cells: Iterable[Cell]) -> Iterator[NamedValues]:
    """For each source cell: publisher, title, release, file, place, retrieval date, hash and license."""
    for cell in dict.fromkeys(cells):
        source = next(entry for entry in manifest["sources"] if entry["name"] == cell.source)
        release: Mapping[str, Any] = next((file for file in source["releases"] if file["file"] == cell.file), {})
        yield [
            (lang.text("Published by"), fact(lang, source, "publisher")),
            (lang.text("Title"), fact(lang, source, "title")),
            (lang.text("Release"), data_version.release(lang, cell.release)),
            (lang.text("File"), cell.file),
            (lang.text("Sheet and row"), locators.place(lang, cell.place).replace("!", ", ")),
            (
                lang.text("Retrieved"),
                lang.date(release["retrieved"]) if release.get("retrieved") else lang.text("not recorded"),
            ),
            (lang.text("SHA-256"), str(release.get("sha256", "–"))),
            (lang.text("License"), fact(lang, source, "licence")),
        ]


def citation(lang: Language, manifest: Manifest, snapshot: str, title: str, figure: str, cells: Iterable[Cell]) -> str:
    """A citation to copy: the figure, its publishers, releases and cells, and the snapshot.

    Args:
        figure: the figure in words, as written after a colon; quotes are left unchanged.
    """
    citations = {source["name"]: fact(lang, source, "citation") for source in manifest["sources"]}
    cited = [
        f"{citations[cell.source]} {data_version.release(lang, cell.release)}, {cell.file}, {where}."
        for cell in dict.fromkeys(cells)
        for where in [locators.place(lang, cell.place)]
    ]
    seen = data_version.seen(lang, snapshot, str(manifest["created"]))
    first = lang.labeled(title, figure)
    # Quotes from reports may already end with a punctuation mark.
    return " ".join([first if first.endswith(SENTENCE_ENDS) else f"{first}.", *cited, seen])


def releases(lang: Language, rows: pl.DataFrame) -> pl.DataFrame:
    """A table of the figure in every release: source, release, figure, treatment, cell."""
    columns: tables.Columns = {
        lang.text("Source"): lambda row: terms.term(lang, "source", row["source"]),
        lang.text("Release"): lambda row: data_version.release(lang, row["release"]),
        lang.text("Figure"): partial(value, lang),
        lang.text("Treatment"): partial(treatment, lang),
        lang.text("Source cell"): lambda row: locators.cells(lang, row["locator"]),
    }
    return tables.written(rows.iter_rows(named=True), columns)


def records(lang: Language, rows: pl.DataFrame) -> pl.DataFrame:
    """A table of the records of an arrow: year, figure, printed labels, release, cell."""
    columns: tables.Columns = {
        lang.text("Year"): lambda row: str(row["year"]),
        lang.text("Figure"): partial(value, lang),
        **routes_tables.published(lang, rows["evidence"][0]),
        lang.text("Release"): lambda row: data_version.release(lang, row["release"]),
        lang.text("Source cell"): lambda row: locators.cells(lang, row["locator"]),
    }
    return tables.written(rows.iter_rows(named=True), columns)


def statements(lang: Language, rows: pl.DataFrame) -> pl.DataFrame:
    """A table of what each report says about a role: year, source, statement, release, cell."""
    columns: tables.Columns = {
        lang.text("Report of"): lambda row: str(row["year"]),
        lang.text("Source"): lambda row: terms.term(lang, "source", row["source"]),
        lang.text("Coding"): lambda row: terms.term(lang, "stated", row["stated"]),
        lang.text("Release"): lambda row: data_version.release(lang, row["release"]),
        lang.text("Source cell"): lambda row: locators.cells(lang, row["locator"]),
    }
    return tables.written(rows.iter_rows(named=True), columns)


def editions(lang: Language, arrows: Iterable[tuple[str, Row | None]]) -> pl.DataFrame:
    """A table of an arrow as of every release (release, figure, years); a release may not have it."""
    columns: tables.Columns = {
        lang.text("Release"): lambda row: terms.term(lang, "edition", row["edition"]),
        lang.text("Figure"): lambda row: lang.interval(row["low"], row["high"]) if row["years"] else tables.NONE,
        lang.text("Years"): lambda row: tables.runs(lang, row["years"]) or tables.NONE,
    }
    return tables.written(({"edition": edition, "years": [], **(row or {})} for edition, row in arrows), columns)
