"""A part of a page that has a heading, says what it shows, shows a table of it, and hands over its rows."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

import polars as pl
import streamlit as st

from dashboard import store
from dashboard.export import api_addresses, lists, offer, views
from dashboard.export.shelf import shelf
from dashboard.parts.selected_row import Chosen
from dashboard.shell import blocks, layout
from dashboard.subjects.corrections import words as corrections_words
from dashboard.subjects.corrections.query import every
from dashboard.subjects.sources import provenance as sources_provenance
from dashboard.subjects.sources import words as sources_words
from dashboard.words import tables, terms
from data.i18n import Language

Rows = Callable[[], pl.DataFrame]


def titles(lang: Language) -> dict[str, str]:
    """The headings of the parts after the sources, by anchor; that of disputed figures where there are any."""
    return sources_words.titles(lang, disputed=not every().is_empty())


def contents(named: Mapping[str, str]) -> None:
    """The way to each part of a long page: its headings, by anchor, as links."""
    with st.container(key="contents"):
        st.markdown(" · ".join(f"[{layout.plain(title, 100)}](#{anchor})" for anchor, title in named.items()))


def sources(lang: Language, every: Iterable[sources_provenance.Source]) -> None:
    """The part of each source: whose it is and what may be done with it; folded, its releases and what is set aside."""
    for source in sources_provenance.alphabetical(every, lang):
        held, name = source["name"], terms.term(lang, "source", source["name"])
        st.header(name, anchor=held)
        blocks.facts(
            lang, sources_provenance.facts(source, lang), source["path"], lang.text("Open the publisher's page")
        )
        aside = not sources_provenance.reasons(source, lang).is_empty()
        told = lang.text("{source}: releases held, rows set aside or marked", source=name)
        with blocks.folded(told if aside else _releases(lang, name), f"releases.{held}") as opened:
            if opened:
                _held(lang, source, name)


def _held(lang: Language, source: sources_provenance.Source, name: str) -> None:
    """Each release of a source with its file, and why rows are set aside or marked, as tables and files."""
    held = source["name"]
    blocks.table(tables.sheet(sources_provenance.releases(source, lang)), _releases(lang, name), f"releases.{held}")
    offer.files(lang, lists.releases(lang, held))
    reasons = tables.sheet(sources_provenance.reasons(source, lang))
    if reasons.rows.num_rows:
        told = lang.text("{source}: rows set aside or marked", source=name)
        st.subheader(told, anchor=False)
        blocks.table(reasons, told, f"reasons.{held}")
        offer.files(lang, lists.reasons(lang, held))


def _releases(lang: Language, name: str) -> str:
    return lang.text("{source}: releases held", source=name)


def part(
    lang: Language,
    anchor: str,
    title: str,
    sentences: Iterable[str] = (),
    sheet: tables.Sheet | None = None,
    rows: Rows | None = None,
    chosen: Chosen | None = None,
) -> None:
    """Show a part.

    Args:
        anchor: its name in the address, unique on the page.
        title: its heading, and what its table is called for a reader who cannot see it.
        sentences: what must be known before the table is read; foreign words in them mean nothing to Markdown.
        sheet: the table; without rows it leaves no trace.
        rows: what the file of the part holds; without it, or without a row in the table, there is no file.
        chosen: shows the passport of a row that is chosen; it names them by columns of `rows`.
    """
    st.header(title, anchor=anchor)
    if told := [layout.plain(sentence, 600) for sentence in sentences]:
        st.markdown("\n\n".join(told))
    if sheet and chosen and rows:
        chosen.table(sheet, title, anchor, rows())
    elif sheet:
        blocks.table(sheet, title, anchor)
    if rows and (sheet is None or sheet.rows.num_rows):
        view = views.part(anchor, title, rows)
        (offer.view if view.code else offer.files)(lang, view)


def disputed(lang: Language, named: Mapping[str, str]) -> None:
    """Every figure that a state disputes, and what it says; nothing where there is none."""
    if "corrections" in named:
        told, table = [corrections_words.standing(lang)], tables.sheet(corrections_words.table(lang, every()))
        part(lang, "corrections", named["corrections"], told, table, every)


def everything(lang: Language) -> None:
    """Every table of the snapshot as files, one by one and together; how to cite it, and how a program asks for it."""
    manifest, named = store.snapshot().manifest, sources_words.titles(lang)
    part(lang, "downloads", named["downloads"], sources_words.files(manifest, lang))
    with st.container(horizontal=True):
        offer.snapshot(lang)
        # One button for all of them: sixteen took a tenth of the time of a rerun, and no one reads sixteen.
        held = {name: label for name, label in sources_words.tables(manifest, lang) if name in shelf().names}
        offer.one_of(lang, lang.text("One table as a file"), held, partial(views.table, lang))
    offer.citation_of(lang, views.snapshot(), lang.text("Cite this snapshot"))
    part(
        lang,
        "api",
        named["api"],
        sources_words.programs(manifest, lang, shelf().names, api_addresses.MINUTES, api_addresses.MOST_ROWS),
    )
    root = offer.root()
    st.code("\n".join(api_addresses.addresses(root)), language=None, wrap_lines=True)
    label = lang.text("An example: detected victims in Costa Rica and Panama since 2019")
    st.markdown(f"[{label}]({api_addresses.example(root)})")
