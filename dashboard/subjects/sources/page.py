"""The page "Sources": every source with its releases, what was checked before publication, and all data as files."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import get_args

from dashboard import store
from dashboard.subjects.corrections import words as corrections_words
from dashboard.subjects.corrections.query import every as disputes
from dashboard.subjects.identities import query as identities
from dashboard.subjects.identities import words as identity_words
from dashboard.subjects.passports import blocks as passports
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.passports import keys
from dashboard.subjects.passports.rows import passport, row_table
from dashboard.subjects.routes import files as routes_files
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import tables as routes_tables
from dashboard.subjects.routes.query import EvidenceKind
from dashboard.subjects.sources import checks, files, provenance, query, words
from dashboard.views.figure import Values
from dashboard.views.page import (
    Block,
    Everything,
    Files,
    Fold,
    Glance,
    Heading,
    Link,
    Links,
    Page,
    Pairs,
    Remarks,
    Section,
    Table,
    Text,
)
from dashboard.views.rows import Collect
from dashboard.words import data_version, disclaimer, terms
from dashboard.words.source_facts import open_tables
from dashboard.words.tables import Sheet, ordered, sheet
from data.codebook import errata
from data.i18n import N_, Language
from data.manifest import codebook_table
from data.meeting import CLOSING

Titles = Mapping[str, str]
# Pixels of two columns of the codebook.
TERM = 200
DEFINITION = 460


def _sections(lang: Language, values: Values) -> Iterator[Section]:
    titles = words.titles(lang, disputed=not disputes().is_empty(), withdrawn=not errata().is_empty())
    yield Section("", "overview", tuple(_overview(lang, titles)))
    yield Section(lang.text("Details of each source"), "sources", tuple(_each_source(lang)))
    for anchor, blocks in _parts(lang, titles, values):
        yield Section(titles[anchor], anchor, tuple(blocks))


def _overview(lang: Language, titles: Titles) -> Iterator[Block]:
    """Links to the sections, how current the sources are, and all of them in one table."""
    yield Links([Link("", title, anchor=anchor) for anchor, title in titles.items()])
    if warnings := data_version.warnings(lang, store.snapshot(), store.last_years()):
        yield Remarks(warnings)
    every = sheet(provenance.overview(store.snapshot().manifest["sources"], lang))
    yield Table("overview", lang.text("Sources and releases"), every, wrapped=True)
    yield Files(files.overview(lang))


def _each_source(lang: Language) -> Iterator[Fold]:
    for source in provenance.alphabetical(store.snapshot().manifest["sources"], lang):
        name = terms.term(lang, "source", source["name"])
        yield Fold(f"source.{source['name']}", name, partial(_source, lang, source, name))


def _source(lang: Language, source: data_version.Source, name: str) -> tuple[Block, ...]:
    """The facts of a source, its releases, and why rows were left out or marked."""
    source_id = source["name"]
    facts = Pairs(provenance.facts(source, lang), source["path"], lang.text("Page of the publisher"))
    title = lang.text("{source}: releases", source=name)
    releases = Table(f"releases.{source_id}", title, sheet(provenance.releases(source, lang)))
    reasons = sheet(provenance.reasons(source, lang))
    title = lang.text("{source}: rows left out or marked", source=name)
    left_out = (
        Heading(title),
        Table(f"reasons.{source_id}", title, reasons),
        Files(files.reasons(lang, source_id)),
    )
    return (facts, releases, Files(files.releases(lang, source_id)), *(left_out if reasons.rows.num_rows else ()))


def _parts(lang: Language, titles: Titles, values: Values) -> Iterator[tuple[str, Iterable[Block]]]:
    """The blocks of the sections after the sources, by anchor."""
    yield "checks", _checks(lang, titles["checks"])
    yield "identities", _identities(lang, titles["identities"])
    yield "sdg_differences", _differences(lang, titles["sdg_differences"], values)
    yield "questioned_flows", _questioned(lang, titles["questioned_flows"], values)
    if "corrections" in titles:
        yield "corrections", _disputed(lang, titles["corrections"])
    yield "unlocated", _unlocated(lang, values)
    yield "codebook", _table("codebook", titles["codebook"], _codebook(lang), codebook_table, wrapped=True)
    if "errata" in titles:
        yield "errata", _withdrawn(lang, titles["errata"])
    yield "downloads", _downloads(lang)


def _table(name: str, title: str, shown: Sheet, rows: Collect, *, wrapped: bool = False) -> tuple[Block, ...]:
    """A table with its files; nothing without rows. `rows` are those of the files."""
    if not shown.rows.num_rows:
        return ()
    return Table(name, title, shown, wrapped=wrapped), Files(files.part(name, title, rows))


def _codebook(lang: Language) -> Sheet:
    """The codebook, with terms and definitions in columns that are narrow enough for both to be seen."""
    made = sheet(words.codebook(codebook_table(), lang))
    term, definition = made.rows.column_names[3:5]
    return replace(made, widths={**made.widths, term: TERM, definition: DEFINITION})


def _checks(lang: Language, title: str) -> Iterator[Block]:
    yield Text(checks.outcome(store.snapshot().manifest, lang))
    shown = sheet(checks.checks(store.snapshot().manifest.get("checks", []), lang))
    yield from _table("checks", title, shown, files.checks)


def _identities(lang: Language, title: str) -> Iterator[Block]:
    """What the figures of each release say against each other, and what to ask their publisher."""
    rows = ordered(identities.totals(), lang)
    yield Text(identity_words.listed(lang))
    if rows.height:
        links = [keys.link(lang, "vintages", identities.cell(row)) for row in rows.iter_rows(named=True)]
        shown = sheet(identity_words.table(lang, rows))
        yield Table("identities", title, shown, searched=True, wrapped=True, links=links)
        yield Files(files.part("identities", title, identities.every))
    yield Link("letter", lang.text("Letters to publishers and states on what is missing"))


def _differences(lang: Language, title: str, values: Values) -> Iterator[Block]:
    key, rows = row_keys.DIFFERENCE, query.differing()
    yield Text(words.agreement(query.differences(), lang))
    if rows.height:
        # The table has the states in the order of their names.
        ordered_rows = ordered(rows, lang)
        shown = sheet(words.differences(rows, lang))
        yield from row_table(lang, "sdg_differences", title, shown, ordered_rows, key)
        yield Files(files.part("sdg_differences", title, query.differing))
    yield from passport(lang, key, values.value(key), partial(passports.in_both, lang))


def _questioned(lang: Language, title: str, values: Values) -> Iterator[Block]:
    key, rows = row_keys.RECORD, routes_query.questioned()
    yield Text(
        (
            lang.text(
                "Figures larger than the total of the country that detected the victims, or unusually high for their "
                "country of citizenship; the reason is in the table. They are shown unchanged, and on the map only on "
                "request."
            ),
        )
    )
    if rows.height:
        shown = sheet(provenance.questioned(rows, lang))
        yield from row_table(lang, "questioned_flows", title, shown, rows, key)
        yield Files(files.part("questioned_flows", title, routes_query.questioned))
    yield from passport(lang, key, values.value(key), partial(passports.record, lang))


def _disputed(lang: Language, title: str) -> Iterator[Block]:
    yield Text((corrections_words.standing(lang),))
    yield from _table("corrections", title, sheet(corrections_words.table(lang, disputes())), disputes)


def _unlocated(lang: Language, values: Values) -> Iterator[Block]:
    """The flows that no map can place, of each kind of evidence."""
    yield Text((lang.text("Labels as published. A region is never shown as a country."),))
    for evidence in get_args(EvidenceKind):
        key, selection = row_keys.UNLOCATED_RECORDS[evidence], routes_query.FlowFilter(evidence=evidence)
        title, rows = terms.term(lang, "evidence", evidence), routes_query.unlocated(selection)
        yield Heading(title)
        shown = sheet(routes_tables.unlocated(rows, lang, evidence))
        yield from row_table(lang, f"unlocated.{evidence}", title, shown, rows, key)
        yield Files(routes_files.unlocated(lang, evidence))
        yield from passport(lang, key, values.value(key), partial(passports.lost, lang, selection))


def _withdrawn(lang: Language, title: str) -> Iterator[Block]:
    yield Text(words.withdrawals(lang))
    yield from _table("errata", title, sheet(words.errata(errata(), lang)), errata)


def _downloads(lang: Language) -> Iterator[Block]:
    manifest = store.snapshot().manifest
    offered = open_tables(manifest)
    alone = ((label, files.table(lang, name)) for name, label in words.tables(manifest, lang) if name in offered)
    yield Text((*words.files(lang), data_version.signature(lang, store.snapshot())))
    yield Everything(files.snapshot(lang), tuple(alone))
    yield Link("api", lang.text("API: addresses for programs"))


def _scene(lang: Language, _values: Values, name: str) -> Glance:
    """Its title; the last cover of an agenda says how all data are cited."""
    if name != CLOSING:
        return Glance()
    traced, remarks = lang.text("Every figure can be traced to its source"), [disclaimer.independent(lang)]
    return Glance(findings=[traced], remarks=remarks, cited=files.snapshot(lang), cover=True)


SOURCES = Page(
    slug="sources",
    describes_data=True,
    title=N_("Sources"),
    purpose=N_("Where each figure comes from, and its license."),
    filters=(row_keys.DIFFERENCE, row_keys.RECORD, *row_keys.UNLOCATED_RECORDS.values()),
    sections=lambda lang, values: tuple(_sections(lang, values)),
    scene=_scene,
    scenes=(CLOSING,),
)
