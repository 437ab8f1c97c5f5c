"""The metadata of a file: sources and licenses, filters, how to read a figure; and which rows may be passed on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import polars as pl

from dashboard.export import citation
from dashboard.export.citation import Cited, CitedSource
from dashboard.subjects.corrections import words as corrections_words
from dashboard.views.filters import Many, One, Spec, option
from dashboard.words import data_version, disclaimer, terms
from dashboard.words.source_facts import fact, withheld
from dashboard.words.tables import Columns, written
from data.i18n import Language
from data.snapshot import Snapshot

NamedValues = list[tuple[str, str]]


@dataclass(frozen=True)
class Metadata:
    """The metadata of a file, in the reader's language.

    Attributes:
        name: the name of the file, in characters that every file system accepts.
        title: the title of the view.
        snapshot, created: id and day (ISO 8601) of the snapshot.
        address: the link to the view; empty if it has none.
        citation: the view as a text to paste.
        notes: label and sentence: snapshot, its signature, filters, how to read a figure, what is left out.
        sources: one row a source with publisher, releases and license, under headings in the reader's language.
        licenses: `title` and `path` of each license, for other programs.
        columns: the title of each column on the screens, by name.
        sheets: the names of a workbook's three sheets: rows, sources, notes.
        readme: notes and sources as one text, `README.md` of an archive.
        disputed: corrections of states to figures of the rows, as a table in words; empty if there are none.
        disputed_name: the name of its sheet.
        scripts: by file name, scripts of an archive that rebuild the rows (`dashboard.export.scripts`).
    """

    name: str
    title: str
    snapshot: str
    created: str
    address: str = ""
    citation: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    sources: pl.DataFrame = field(default_factory=pl.DataFrame)
    licenses: tuple[dict[str, str], ...] = ()
    columns: dict[str, str] = field(default_factory=dict)
    sheets: tuple[str, str, str] = ("Rows", "Sources", "Notes")
    readme: str = ""
    disputed: pl.DataFrame = field(default_factory=pl.DataFrame)
    disputed_name: str = "Disputed"
    scripts: Mapping[str, str] = field(default_factory=dict)


def metadata(
    lang: Language,
    snapshot: Snapshot,
    cited: Cited,
    columns: Iterable[str],
    filters: NamedValues,
    disputed: pl.DataFrame | None = None,
) -> Metadata:
    """The metadata of a file.

    Args:
        cited: the view: its name, title, link, and the sources of its rows.
        columns: the names of the columns of the rows.
        filters: the filters of the view in words, label and value.
        disputed: the corrections to the rows (`dashboard.subjects.corrections.query.corrections`), if any.
    """
    disputes = pl.DataFrame() if disputed is None else disputed
    names = list(columns)
    heading = corrections_words.heading(lang)
    lines = [
        (lang.text("Title"), cited.title),
        (lang.text("Data version"), data_version.built(lang, snapshot)),
        (lang.text("Signature"), data_version.signature(lang, snapshot)),
        (lang.text("Address"), cited.address),
        (lang.text("Citation"), citation.text(lang, cited)),
        *filters,
        *((heading, corrections_words.named(lang, row)) for row in disputes.iter_rows(named=True)),
        *([(heading, corrections_words.standing(lang))] if disputes.height else []),
        *(_how_to_read(lang) if {"low", "high"} <= set(names) else []),
        *(
            (lang.text("Left out: reuse not allowed"), terms.term(lang, "source", name))
            for name in withheld(snapshot.manifest)
        ),
        *_columns(lang, names),
        (lang.text("Boundaries and names"), disclaimer.disclaimer(lang)),
        (lang.text("About this file"), disclaimer.independent(lang)),
    ]
    notes = tuple((label, text) for label, text in lines if text)
    sources = _sources(lang, cited.sources)
    return Metadata(
        name=cited.name,
        title=cited.title,
        snapshot=snapshot.id,
        created=cited.created,
        address=cited.address,
        citation=citation.text(lang, cited),
        notes=notes,
        sources=sources,
        licenses=_licenses(cited.sources),
        columns={name: terms.term(lang, "column", name) for name in names},
        sheets=(lang.text("Rows"), lang.text("Sources and licenses"), lang.text("Notes")),
        readme=_readme(lang, cited.title, notes, sources),
        disputed=corrections_words.table(lang, disputes) if disputes.height else pl.DataFrame(),
        disputed_name=heading,
    )


def filters_in_words(lang: Language, specs: tuple[Spec[Any], ...], values: Mapping[str, Any]) -> NamedValues:
    """Label and value of each filter of a view; a filter without a label only changes its look and is left out."""
    return [(lang.text(spec.label), _value(lang, spec, values[spec.name])) for spec in specs if spec.label]


def open_rows(rows: pl.LazyFrame, closed_sources: Iterable[str]) -> pl.LazyFrame:
    """The rows without those of closed sources, and without figures computed from them."""
    names, schema = list(closed_sources), rows.collect_schema()
    own = [pl.col("source").is_in(names)] if "source" in schema else []
    several = [pl.col("sources").list.set_intersection(names).list.len() > 0] if "sources" in schema else []
    computed = [_computed_from(schema["inputs"], names)] if "inputs" in schema else []
    closed = [one.fill_null(value=False) for one in (*own, *several, *computed)]
    return rows.filter(~pl.any_horizontal(closed)) if names and closed else rows


def _computed_from(kind: pl.DataType, names: list[str]) -> pl.Expr:
    """Whether a figure was computed from a cell of one of the sources; a cell is a struct or a text."""
    cell = pl.element()
    struct = isinstance(kind, pl.List) and isinstance(kind.inner, pl.Struct)
    source = cell.struct.field("source") if struct else cell.str.splitn(" ", 2).struct.field("field_0")
    return pl.col("inputs").list.eval(source.is_in(names)).list.any()


def _value(lang: Language, spec: Spec[Any], value: Any) -> str:  # noqa: ANN401 - the value of any filter
    if isinstance(spec, Many):
        return ", ".join(option(lang, spec, code) for code in value) or lang.text("not restricted")
    if isinstance(spec, One):
        return option(lang, spec, value)
    if isinstance(value, bool):
        return lang.text("yes") if value else lang.text("no")
    return (
        lang.dash.join(map(str, value))
        if isinstance(value, tuple | list)
        else str(value) or lang.text("not restricted")
    )


def _how_to_read(lang: Language) -> NamedValues:
    sentences = (
        lang.text(
            "low and high are the lowest and the highest possible value of a figure; they are equal if it is exact."
        ),
        lang.text("“<5” means 1 to 4, or 0 to 4 in releases that publish no zeros."),
        lang.text("A true zero is an exact 0. Without a row or a figure nothing was published; that is not a zero."),
        lang.text("A conflicting or implausible figure was published, but it cannot be used."),
    )
    return [(lang.text("How to read a figure"), sentence) for sentence in sentences]


def _columns(lang: Language, names: Iterable[str]) -> NamedValues:
    """The titles of columns, and what is to be known of their codes."""
    unit = lang.text("What a state counts; not_stated where the publisher does not say it.")
    known = {name: terms.term(lang, "column", name) for name in names}
    titles = [(lang.labeled(lang.text("Column"), name), word) for name, word in known.items() if word != name]
    return [*titles, *([(known["counting_unit"], unit)] if "counting_unit" in known else [])]


def _sources(lang: Language, sources: Iterable[CitedSource]) -> pl.DataFrame:
    columns: Columns = {
        lang.text("Source"): lambda row: terms.term(lang, "source", row["name"]),
        lang.text("Published by"): lambda row: fact(lang, row, "publisher"),
        lang.text("Title"): lambda row: fact(lang, row, "title"),
        lang.text("Release"): lambda row: lang.listing(map(partial(data_version.release, lang), row["named"])),
        lang.text("License"): lambda row: fact(lang, row, "licence"),
        lang.text("License page"): lambda row: row["licence_page"],
        lang.text("Reuse"): lambda row: terms.term(lang, "redistribute", row["redistribute"]),
        lang.text("Citation"): lambda row: fact(lang, row, "citation"),
    }
    return written(({**one.source, "named": one.releases} for one in sources), columns)


def _licenses(sources: Iterable[CitedSource]) -> tuple[dict[str, str], ...]:
    """The license of each source for other programs: its name, and the address of its text."""
    return tuple(
        {
            "title": f"{one.source['publisher']}: {one.source['licence']}",
            "path": one.source["licence_page"] or one.source["path"],
        }
        for one in sources
    )


def _readme(lang: Language, title: str, notes: Iterable[tuple[str, str]], sources: pl.DataFrame) -> str:
    """Notes and sources as Markdown."""
    lines = [f"- {lang.labeled(label, text)}" for label, text in notes if text != title]
    blocks = [
        "\n".join(f"- {lang.labeled(label, text)}" for label, text in row.items() if text)
        for row in sources.iter_rows(named=True)
    ]
    parts = [f"# {title}", "\n".join(lines), f"## {lang.text('Sources and licenses')}", *blocks]
    return "\n\n".join(parts) + "\n"
