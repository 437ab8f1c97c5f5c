"""What goes with the rows of a file, in words: whose they are, what was asked, how to read a figure. Pure."""

from collections.abc import Iterable
from functools import partial

import polars as pl

from dashboard import asof, citation, disclaimer, terms
from dashboard.citation import Cited, Rest
from dashboard.describe import corrections
from dashboard.files import rights
from dashboard.files.enclosed import Enclosed
from dashboard.tables import Columns, written
from data.i18n import Language
from data.snapshot import Snapshot

Pairs = list[tuple[str, str]]


def enclosed(
    lang: Language,
    snapshot: Snapshot,
    cited: Cited,
    columns: Iterable[str],
    asked: Pairs,
    disputed: pl.DataFrame | None = None,
) -> Enclosed:
    """The account that a file gives of its rows.

    Args:
        cited: the view: its name, title, link, and the sources its rows rest on.
        columns: those of the rows.
        asked: the filters of the view in words, label and value.
        disputed: the corrections that concern the rows (`dashboard.query.corrections.corrections`), if any.
    """
    said = pl.DataFrame() if disputed is None else disputed
    names = list(columns)
    left_out = rights.withheld(snapshot.manifest)
    told = [
        (lang.text("Title"), cited.title),
        (lang.text("Snapshot"), asof.short(lang, snapshot)),
        (lang.text("Address"), cited.address),
        (lang.text("Citation"), citation.text(lang, cited)),
        *asked,
        *((corrections.heading(lang), corrections.named(lang, row)) for row in said.iter_rows(named=True)),
        *([(corrections.heading(lang), corrections.standing(lang))] if said.height else []),
        *(_reading(lang) if {"low", "high"} <= set(names) else []),
        *((lang.text("Left out: may not be passed on"), terms.term(lang, "source", name)) for name in left_out),
        *(
            (lang.labelled(lang.text("Column"), name), word)
            for name in names
            if (word := terms.term(lang, "column", name)) != name
        ),
        (lang.text("Boundaries and names"), disclaimer.disclaimer(lang)),
        (lang.text("About this file"), disclaimer.independent(lang)),
    ]
    notes = tuple((label, text) for label, text in told if text)
    sources = _sources(lang, cited.rests)
    return Enclosed(
        name=cited.name,
        title=cited.title,
        snapshot=snapshot.id,
        created=cited.created,
        address=cited.address,
        citation=citation.text(lang, cited),
        notes=notes,
        sources=sources,
        licences=licences(cited.rests),
        columns={name: terms.term(lang, "column", name) for name in names},
        sheets=(lang.text("Rows"), lang.text("Sources and licences"), lang.text("Notes")),
        account=account(lang, cited.title, notes, sources),
        disputed=corrections.table(lang, said) if said.height else pl.DataFrame(),
        disputed_name=corrections.heading(lang),
    )


def licences(rests: Iterable[Rest]) -> tuple[dict[str, str], ...]:
    """The licence of each source for other programs: what it says, and the page that says it."""
    return tuple(
        {
            "title": f"{rest.source['publisher']}: {rest.source['licence']}",
            "path": rest.source["licence_page"] or rest.source["path"],
        }
        for rest in rests
    )


def account(lang: Language, title: str, notes: Iterable[tuple[str, str]], sources: pl.DataFrame) -> str:
    """The notes and the sources as a text (Markdown)."""
    lines = [f"- {lang.labelled(label, text)}" for label, text in notes if text != title]
    held = [
        "\n".join(f"- {lang.labelled(label, text)}" for label, text in row.items() if text)
        for row in sources.iter_rows(named=True)
    ]
    parts = [f"# {title}", "\n".join(lines), f"## {lang.text('Sources and licences')}", *held]
    return "\n\n".join(parts) + "\n"


def _reading(lang: Language) -> Pairs:
    told = (
        lang.text("low and high are the least and the most that a figure can be; in an exact one both are the same."),
        lang.text("A masked figure, printed as “<5”, is 0 to 4 where its release prints no zero, else 1 to 4."),
        lang.text("A true zero is an exact 0. Not reported means no row or no figure; it is not a zero."),
        lang.text("A conflicting or implausible figure was printed, but no value of it can be used."),
    )
    return [(lang.text("How to read a figure"), sentence) for sentence in told]


def _sources(lang: Language, rests: Iterable[Rest]) -> pl.DataFrame:
    columns: Columns = {
        lang.text("Source"): lambda row: terms.term(lang, "source", row["name"]),
        lang.text("Published by"): lambda row: row["publisher"],
        lang.text("Title"): lambda row: row["title"],
        lang.text("Release"): lambda row: lang.listing(map(partial(asof.release, lang), row["named"])),
        lang.text("Licence"): lambda row: row["licence"],
        lang.text("Page of the licence"): lambda row: row["licence_page"],
        lang.text("What may be passed on"): lambda row: terms.term(lang, "redistribute", row["redistribute"]),
        lang.text("Citation"): lambda row: row["citation"],
    }
    return written(({**rest.source, "named": rest.releases} for rest in rests), columns)
