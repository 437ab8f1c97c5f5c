"""The sections of page "Declaration": all or one paragraph, entries, one entry."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from typing import Any

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import store
from dashboard.export import downloads
from dashboard.parts import passport, replies, selected_row
from dashboard.shell import blocks, filters, layout, ledger_scope, navigation
from dashboard.stage import component
from dashboard.subjects import shared
from dashboard.subjects.ledger import entries as ledger_entries
from dashboard.subjects.ledger import files as ledger_files
from dashboard.subjects.ledger import filters as ledger_filters
from dashboard.subjects.ledger import names as ledger_names
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.ledger import tables as ledger_tables
from dashboard.subjects.ledger import words as ledger_words
from dashboard.subjects.passports import query as passports_query
from dashboard.subjects.passports.replies import is_web_link
from dashboard.subjects.states import words as states_words
from dashboard.subjects.treaties import tables as treaties_tables
from dashboard.words import tables, terms
from data import declaration_text
from data.columns import PARAGRAPHS
from data.declaration import MEASURES, commitments, measures, questions
from data.i18n import Language
from data.official_text import LONGEST_TEXT

PAGE = "declaration"
# The longest text in a cell of what was found, and in the line under a paragraph's words, in letters.
LONGEST_CELL = 1000


def show_all(lang: Language, above: DeltaGenerator) -> None:
    """All paragraphs: of the chosen state in plain words, or of the region as a matrix; then every entry."""
    area, selection = ledger_filters.state(filters.value), ledger_filters.list_selection(filters.value)
    if area:
        _known(lang, area, selection)
    else:
        values = filters.values(*ledger_filters.MATRIX)
        component.show(lang, "ledger_matrix", values, key="matrix.ledger", on_open=_open)
    blocks.remarks(ledger_words.notes(lang))
    downloads.view(lang, ledger_files.cells(lang, selection))
    if not area:
        title = lang.text("Paragraph by paragraph, all states")
        with st.expander(title, key="folded.paragraphs"):
            blocks.table(ledger_entries.paragraphs_table(lang), title, "table.paragraphs")
            st.caption(ledger_words.counted_states(lang))
            downloads.view(lang, ledger_files.paragraphs(lang))
    label = ledger_words.listed(lang, selection.paragraphs, ledger_entries.entries(selection, lang).height)
    entries(lang, above, blocks.folded(label, "entries"))


def _known(lang: Language, area: str, selection: ledger_query.Filter) -> None:
    """What was found on a state's paragraphs: one sentence, its standing, the table, and the gap in one line."""
    st.header(ledger_entries.finding(selection, lang), anchor="finding")
    _standing(lang, area)
    _found_table(lang, selection)
    st.markdown(ledger_entries.nothing(selection, lang))


def _standing(lang: Language, area: str) -> None:
    """The remarks on a state's membership of the OAS and on its reservation to the declaration."""
    for remark in states_words.membership(lang, area):
        st.info(remark)


def _found_table(lang: Language, selection: ledger_query.Filter) -> None:
    sheet = ledger_entries.known(selection, lang)
    if sheet.rows.num_rows:
        # The words of a report are not Markdown.
        cells = pl.DataFrame(sheet.rows).with_columns(pl.all().map_elements(_plain, return_dtype=pl.String))
        # On a phone its rows are blocks: three columns would be very narrow.
        with st.container(key="found"):
            blocks.still(tables.sheet(cells), ledger_entries.finding(selection, lang))
        for sentence in ledger_words.coding(lang, ledger_query.found(selection)):
            st.caption(sentence)


def _plain(cell: str) -> str:
    return layout.plain(cell, LONGEST_CELL)


def entries(lang: Language, above: DeltaGenerator, section: AbstractContextManager[bool] | None = None) -> None:
    """The list of selected entries with the passport of one and downloads; `section` folds the list away."""
    selection = ledger_filters.list_selection(filters.value)
    selected = selected_row.SelectedRow(lang, ledger_filters.ENTRY, partial(entry, lang), above)
    rows = ledger_entries.entries(selection, lang)
    with section or nullcontext(enter_result=True) as is_open:
        if is_open and rows.is_empty():
            st.markdown(lang.text("Nothing found here. This does not mean that nothing was done."))
        elif is_open:
            selected_row.hint(lang)
            title, view = (
                ledger_words.listed(lang, selection.paragraphs, rows.height),
                ledger_files.entries(lang, selection),
            )
            selected.table(
                ledger_entries.entries_table(selection, lang), title, "table.entries", rows, searched=True, view=view
            )
    selected.finish()


def _open(mark: str) -> None:
    """Open the paragraph and the actor of a clicked mark, `<paragraph>.<actor>`."""
    number, _, actor = mark.partition(".")
    filters.put(ledger_filters.PARAGRAPH, number)
    filters.put(ledger_filters.ENTRY, ledger_filters.ENTRY.default)
    _open_actor(actor or ledger_filters.ALL)


def _open_actor(actor: str) -> None:
    """Choose a state or a body whose entries are shown."""
    if shared.AREA.allows(actor):
        ledger_scope.show_state(actor)
    else:
        filters.put(ledger_filters.ACTOR, actor)


# Pages with more on the subject of a paragraph.
SEE_ALSO = {3: "instruments", 25: "routes", 26: "coverage", 30: "instruments"}


def show(lang: Language, number: int, above: DeltaGenerator) -> None:
    """Show the paragraph with a number: its words, what was found, its entries, and what counts as evidence."""
    area = ledger_filters.state(filters.value)
    st.header(terms.term(lang, "any_paragraph", str(number)), anchor="paragraph")
    _official(lang, number)
    if area:
        _found_on(lang, number, area)
    elif ledger_query.count(number)["n"] is None:
        actor = terms.term(lang, "addressed", _commitment(number)["actor"])
        st.info(lang.text("This paragraph is not counted by states. It addresses: {whose}.", whose=actor))
    else:
        values = filters.values(*ledger_filters.MAP)
        component.show(lang, "ledger_map", values, key="map.ledger", on_open=_open_actor)
        if int(str(ledger_query.count(number)["counted_of"])) < len(store.areas()):
            st.caption(ledger_words.counted_states(lang))
    blocks.remarks(ledger_words.notes(lang)[:1])
    _links(lang, number)
    entries(lang, above)
    _about_paragraph(lang, number)


def _official(lang: Language, number: int) -> None:
    """The official words of a paragraph with their document, if they are loaded; else the number of the document."""
    found = declaration_text.official(number, lang.code)
    if found is None:
        st.caption(lang.text("Short title by Atalaya. Full text: {document}.", document=ledger_words.document(lang)))
        return
    st.markdown(f"> {layout.plain(found.text, LONGEST_TEXT)}")
    foreign = [lang.language_name(found.language)] if found.language != lang.code else []
    source = [lang.text("Official text"), *foreign, found.document, lang.date(found.release), found.locator]
    st.caption(layout.plain(" · ".join(source), LONGEST_CELL))


def _found_on(lang: Language, number: int, area: str) -> None:
    """What was found on one paragraph for one state, in plain words, whatever grades the list shows; its standing."""
    selection = replace(ledger_filters.list_selection(filters.value), paragraphs=(number,), actors=(area,), grades=())
    rows = ledger_query.found(selection)
    grade = rows["grade"][0] if rows.height else ledger_query.NONE
    title = lang.labelled(lang.country(area), terms.in_sentence(terms.term(lang, "cell", grade)))
    st.subheader(title, anchor="finding")
    st.markdown(layout.plain(ledger_words.found(lang, rows), LONGEST_CELL))
    _standing(lang, area)


def _about_paragraph(lang: Language, number: int) -> None:
    """Whom a paragraph addresses, what could measure it, and the rule of what counts as evidence on it."""
    rule = tables.sheet(ledger_tables.rule(ledger_query.rule(questions(), measures(), number), lang))
    title = lang.text("About this paragraph")
    with st.expander(title, key="folded.rule"):
        blocks.pairs(lang, _facts(lang, number))
        st.markdown(_rule(lang, found=rule.rows.num_rows > 0))
        blocks.table(rule, title, "table.rule")
        if rule.rows.num_rows:
            downloads.view(lang, ledger_files.rule(lang, number))
        _data_links(lang, number)


def _facts(lang: Language, number: int) -> list[tuple[str, str]]:
    return [
        (lang.text("Theme"), terms.term(lang, "theme", _commitment(number)["theme"])),
        (lang.text("Addressed to"), terms.term(lang, "addressed", _commitment(number)["actor"])),
        (lang.text("Possible indicators"), lang.text(MEASURES[number])),
    ]


def _commitment(number: int) -> dict[str, Any]:
    """The row of a paragraph in the reviewed file of commitments."""
    return commitments().row(by_predicate=pl.col("paragraph") == number, named=True)


def _links(lang: Language, number: int) -> None:
    """Links to the neighboring paragraphs and to all of them."""
    scope = filters.value(ledger_filters.SCOPE)
    with st.container(key="neighbors", horizontal=True, gap="medium"):
        layout.link(lang, PAGE, lang.text("All paragraphs"), paragraph=ledger_filters.ALL, entry="", scope=scope)
        if number > 1:
            label = lang.text("← Paragraph {n}", n=number - 1)
            layout.link(lang, PAGE, label, paragraph=str(number - 1), entry="", scope=scope)
        if number < PARAGRAPHS:
            label = lang.text("Paragraph {n} →", n=number + 1)
            layout.link(lang, PAGE, label, paragraph=str(number + 1), entry="", scope=scope)


def _data_links(lang: Language, number: int) -> None:
    """Links to the paragraph's indicators, and to related pages."""
    with st.container(key="shown", horizontal=True, gap="medium"):
        for code in _commitment(number)["indicators"]:
            label = lang.labelled(
                navigation.title(lang, "explore"), terms.in_sentence(terms.term(lang, "indicator", code))
            )
            layout.link(lang, "explore", label, indicators=code)
        if (page := SEE_ALSO.get(number)) in navigation.scripts():
            layout.link(lang, str(page), lang.labelled(lang.text("See also"), navigation.title(lang, str(page))))


def _rule(lang: Language, *, found: bool) -> str:
    if found:
        return lang.text("Besides reports and reviews, these count as evidence:")
    return lang.text("Only reports and reviews count as evidence on this paragraph.")


# The prefix of a note that gives the ages of a survey's figure.
AGES = "age: "


def entry(lang: Language, mark: str) -> bool:
    """The passport of an entry by its id: latest version, replies, earlier versions, and what it replies to."""
    rows = ledger_query.versions(mark)
    for row in rows.head(1).iter_rows(named=True):
        title = f"{terms.term(lang, 'actor', row['actor'])}, {terms.term(lang, 'any_paragraph', str(row['paragraph']))}"
        with st.container(border=True):
            st.subheader(title, anchor=False)
            blocks.pairs(lang, facts(lang, row))
            if is_web_link(row["url"]):
                label = lang.text("Open the document")
                st.markdown(f"[{label}]({row['url']})")
            finding, quoted = ledger_words.finding(lang, row), row["kind"] in ledger_words.QUOTED
            passport.sources(lang, title, finding, list(passports_query.cells(row)), quoted=quoted)
            replies.show(lang, lang.text("Replies, reviews and corrections"), ledger_query.replies(mark))
            replies.show(lang, lang.text("Earlier versions"), rows.slice(1))
            about = _about(row)
            replies.show(lang, lang.text("What it answers"), about)
    return not rows.is_empty()


def facts(lang: Language, row: dict[str, Any]) -> list[tuple[str, str]]:
    """The facts about an entry as pairs of label and words."""
    pairs = [
        (lang.text("Finding"), ledger_words.finding(lang, row)),
        (lang.text("Type of source"), ledger_names.graded(lang, row)),
        (lang.text("Kind"), terms.term(lang, "entry_kind", row["kind"])),
        (lang.text("Status"), _status(lang, row)),
        (lang.text("Period or date"), ledger_words.period(lang, row)),
        (lang.text("Document"), ledger_words.subject(lang, row)),
        (lang.text("Issued by"), ledger_tables.issuer(lang, row)),
        (lang.text("Day of the document"), ledger_words.dated(lang, row)),
        (lang.text("Line of action"), row.get("line") or ""),
        (lang.text("Remark"), _note(lang, row)),
        (lang.text("Reservation"), terms.term(lang, "reservation", row["actor"])),
        (lang.text("Version"), lang.number(row["version"]) if row["version"] > 1 else ""),
    ]
    return [(label, words) for label, words in pairs if words]


def _status(lang: Language, row: dict[str, Any]) -> str:
    return terms.term(lang, "progress", row["status"]) if row["status"] else lang.text("not reported by any source")


def _note(lang: Language, row: dict[str, Any]) -> str:
    """The remark of an entry: how a date was derived, the ages of a figure, or the words of a report."""
    note = str(row.get("note") or "")
    if note and row["kind"] == "treaty":
        return treaties_tables.basis(lang, row)
    ages = note.removeprefix(AGES)
    if note.startswith(AGES):
        return lang.labelled(lang.text("Age"), ", ".join(terms.term(lang, "age", age) for age in ages.split("; ")))
    return terms.term(lang, "reason", note) if note else ""


def _about(row: dict[str, Any]) -> pl.DataFrame:
    return ledger_query.versions(row["replies_to"] or "").head(1)
