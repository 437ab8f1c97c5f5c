"""The sections of page "Sources": heading, text, table and downloads; those of the sources, and of all files."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

import polars as pl
import streamlit as st

from dashboard import site, store
from dashboard.export import api_addresses, downloads
from dashboard.export.snapshot_files import shelf
from dashboard.parts.selected_row import SelectedRow
from dashboard.shell import blocks, layout
from dashboard.subjects.corrections import words as corrections_words
from dashboard.subjects.corrections.query import every
from dashboard.subjects.sources import files as sources_files
from dashboard.subjects.sources import provenance as sources_provenance
from dashboard.subjects.sources import words as sources_words
from dashboard.words import tables, terms
from data.codebook import errata
from data.i18n import Language

Rows = Callable[[], pl.DataFrame]


def titles(lang: Language) -> dict[str, str]:
    """The headings of the sections after the sources, by anchor; disputed figures and withdrawn versions if any."""
    return sources_words.titles(lang, disputed=not every().is_empty(), withdrawn=not errata().is_empty())


def contents(headings: Mapping[str, str]) -> None:
    """Show links to the sections of the page; `headings` are titles by anchor."""
    with st.container(key="contents"):
        st.markdown(" · ".join(f"[{layout.plain(title, 100)}](#{anchor})" for anchor, title in headings.items()))


def sources(lang: Language, manifest_sources: Iterable[sources_provenance.Source]) -> None:
    """Show every source, each folded under its name: its facts, its releases and the rows set aside."""
    for source in sources_provenance.alphabetical(manifest_sources, lang):
        source_id, name = source["name"], terms.term(lang, "source", source["name"])
        with blocks.folded(name, f"source.{source_id}") as opened:
            if opened:
                facts = sources_provenance.facts(source, lang)
                blocks.facts(lang, facts, source["path"], lang.text("Page of the publisher"))
                _releases_and_reasons(lang, source, name)


def _releases_and_reasons(lang: Language, source: sources_provenance.Source, name: str) -> None:
    """Show the releases of a source, and why rows were set aside or marked, with downloads."""
    source_id = source["name"]
    blocks.table(
        tables.sheet(sources_provenance.releases(source, lang)), _releases(lang, name), f"releases.{source_id}"
    )
    downloads.files(lang, sources_files.releases(lang, source_id))
    reasons = tables.sheet(sources_provenance.reasons(source, lang))
    if reasons.rows.num_rows:
        title = lang.text("{source}: rows left out or marked", source=name)
        st.subheader(title, anchor=False)
        blocks.table(reasons, title, f"reasons.{source_id}")
        downloads.files(lang, sources_files.reasons(lang, source_id))


def _releases(lang: Language, name: str) -> str:
    return lang.text("{source}: releases", source=name)


def part(
    lang: Language,
    anchor: str,
    title: str,
    sentences: Iterable[str] = (),
    sheet: tables.Sheet | None = None,
    rows: Rows | None = None,
    selected: SelectedRow | None = None,
    *,
    wrapped: bool = False,
) -> None:
    """Show a section.

    Args:
        anchor: its anchor, unique on the page.
        title: its heading, also the alternative text of its table.
        sentences: paragraphs before the table, as plain text without Markdown.
        sheet: the table; an empty one is not shown.
        rows: returns the rows for downloads; not offered if the table is empty.
        selected: shows the passport of the selected row; needs `rows`.
        wrapped: whether long texts of a table without passports are wrapped.
    """
    st.header(title, anchor=anchor)
    if paragraphs := [layout.plain(sentence, 600) for sentence in sentences]:
        st.markdown("\n\n".join(paragraphs))
    if sheet and selected and rows:
        selected.table(sheet, title, anchor, rows())
    elif sheet:
        blocks.table(sheet, title, anchor, wrapped=wrapped)
    if rows and (sheet is None or sheet.rows.num_rows):
        view = sources_files.part(anchor, title, rows)
        (downloads.view if view.code else downloads.files)(lang, view)


def disputed(lang: Language, headings: Mapping[str, str]) -> None:
    """Show the section of disputed figures, if there are any."""
    if "corrections" in headings:
        text, sheet = [corrections_words.standing(lang)], tables.sheet(corrections_words.table(lang, every()))
        part(lang, "corrections", headings["corrections"], text, sheet, every)


def everything(lang: Language) -> None:
    """Show the downloads of the snapshot, how to cite it, and the addresses for programs."""
    manifest, headings = store.snapshot().manifest, sources_words.titles(lang)
    part(lang, "downloads", headings["downloads"], sources_words.files(lang))
    with st.container(horizontal=True):
        downloads.snapshot(lang)
        # One button for all tables: sixteen buttons took a tenth of the time of a rerun.
        labels = {name: label for name, label in sources_words.tables(manifest, lang) if name in shelf().names}
        downloads.one_of(lang, lang.text("One table as a file"), labels, partial(sources_files.table, lang))
    downloads.citation_of(lang, sources_files.snapshot(lang), lang.text("Cite this data version"))
    st.header(headings["api"], anchor="api")
    with st.expander(lang.text("Addresses for programs"), key="folded.api"):
        blocks.remarks(sources_words.programs(lang, shelf().names, api_addresses.MINUTES, api_addresses.MOST_ROWS))
        root = site.public_address()
        st.code("\n".join(api_addresses.addresses(root)), language=None, wrap_lines=True)
        label = lang.text("Example: detected victims in Costa Rica and Panama since 2019")
        st.markdown(f"[{label}]({api_addresses.example(root)})")
