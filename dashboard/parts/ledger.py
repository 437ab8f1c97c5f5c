"""The sections of page "Declaration": matrix, paragraph, entries, entry; and the ledger section of a state's page."""

from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.export import downloads
from dashboard.export import ledger as ledger_views
from dashboard.parts import passport, replies, selected_row
from dashboard.shell import blocks, filters, layout, ledger_choices, navigation
from dashboard.stage import component
from dashboard.subjects.ledger import entries as ledger_entries
from dashboard.subjects.ledger import names as ledger_names
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.ledger import tables as ledger_tables
from dashboard.subjects.ledger import words as ledger_words
from dashboard.subjects.passports import query as passports_query
from dashboard.subjects.states import words as states_words
from dashboard.subjects.treaties import tables as treaties_tables
from dashboard.words import tables, terms
from data.columns import BODIES, PARAGRAPHS
from data.declaration import MEASURES, commitments, measures, objectives, questions
from data.i18n import Language


def matrix(lang: Language, above: DeltaGenerator) -> None:
    """All paragraphs: the matrix with its notes, the table of paragraphs, and every entry."""
    values = filters.values(*ledger_choices.MATRIX)
    component.show(lang, "ledger_matrix", values, key="matrix.ledger", on_open=_open)
    st.caption(lang.text("Choose a cell to read its entries; choose a number to read about its paragraph."))
    blocks.remarks(ledger_entries.notes(lang))
    selection = ledger_choices.matrix_selection()
    downloads.view(lang, ledger_views.cells(lang, selection))
    title = lang.text("Paragraph by paragraph, all states")
    st.header(title, anchor="paragraphs")
    blocks.table(ledger_entries.paragraphs_table(lang), title, "table.paragraphs")
    downloads.view(lang, ledger_views.paragraphs(lang))
    label = ledger_words.listed(lang, selection.paragraphs, ledger_entries.entries(selection, lang).height)
    entries(lang, above, blocks.folded(label, "entries"))


def entries(lang: Language, above: DeltaGenerator, section: AbstractContextManager[bool] | None = None) -> None:
    """The list of selected entries with the passport of one and downloads; `section` folds the list away."""
    selection = ledger_choices.list_selection()
    selected = selected_row.SelectedRow(lang, ledger_choices.ENTRY, partial(entry, lang), above)
    rows = ledger_entries.entries(selection, lang)
    with section or nullcontext(enter_result=True) as is_open:
        if is_open and rows.is_empty():
            st.markdown(lang.text("No entry is held of this choice. That does not mean that nothing was done."))
        elif is_open:
            selected_row.hint(lang)
            title, view = (
                ledger_words.listed(lang, selection.paragraphs, rows.height),
                ledger_views.entries(lang, selection),
            )
            selected.table(
                ledger_entries.entries_table(selection, lang), title, "table.entries", rows, searched=True, view=view
            )
    selected.finish()


def of_state(lang: Language, area: str) -> None:
    """The ledger of one state: its paragraphs by theme, and a link to its column of the matrix."""
    title = lang.text("The declaration of 2018: what is held of this state")
    st.header(title, anchor="ledger")
    blocks.pairs(lang, ledger_entries.themes(area, lang))
    st.caption(ledger_entries.notes(lang)[0])
    layout.link(lang, "declaration", lang.text("Open the ledger of this state"), state=area)


def _open(mark: str) -> None:
    """Open the paragraph and the actor of a clicked mark, `<paragraph>.<actor>`."""
    number, _, actor = mark.partition(".")
    filters.put(ledger_choices.PARAGRAPH, number)
    filters.put(ledger_choices.ACTOR, actor or ledger_choices.ALL)
    filters.put(ledger_choices.ENTRY, ledger_choices.ENTRY.default)


# Pages with more on the subject of a paragraph.
SEE_ALSO = {3: "instruments", 25: "routes", 26: "coverage", 30: "instruments"}


def show(lang: Language, number: int, above: DeltaGenerator) -> None:
    """Show the paragraph with a number."""
    title, count = terms.term(lang, "any_paragraph", str(number)), ledger_query.count(number)
    st.header(title, anchor="paragraph")
    blocks.pairs(lang, _facts(lang, number))
    _links(lang, number)
    if count["n"] is None:
        actor = terms.term(lang, "addressed", _commitment(number)["actor"])
        st.info(lang.text("This paragraph is not counted by states. It addresses: {whose}.", whose=actor))
    else:
        values = filters.values(*ledger_choices.MAP)
        component.show(lang, "ledger_map", values, key="map.ledger", on_open=partial(filters.put, ledger_choices.ACTOR))
    blocks.remarks(ledger_entries.notes(lang)[:1])
    st.header(lang.text("What is held"), anchor="entries")
    actor = filters.value(ledger_choices.ACTOR)
    for remark in () if actor in {ledger_choices.ALL, *BODIES} else states_words.membership(lang, actor):
        st.info(remark)
    entries(lang, above)
    rule = tables.sheet(ledger_tables.rule(ledger_query.rule(questions(), measures(), number), lang))
    st.header(lang.text("What is looked for"), anchor="rule")
    st.markdown(_rule(lang, found=rule.rows.num_rows > 0))
    blocks.table(rule, lang.text("What is looked for"), "table.rule")
    if rule.rows.num_rows:
        downloads.view(lang, ledger_views.rule(lang, number))


def _facts(lang: Language, number: int) -> list[tuple[str, str]]:
    numbers = objectives().filter(paragraph=number)["objective"]
    words = lang.joined(terms.term(lang, "objective", str(near)) for near in numbers)
    count = ledger_query.count(number)
    evidence = [(lang.text("Evidence held"), ledger_words.counted(lang, count))] if count["n"] is not None else []
    return [
        (lang.text("Theme"), terms.term(lang, "theme", _commitment(number)["theme"])),
        (lang.text("Addresses"), terms.term(lang, "addressed", _commitment(number)["actor"])),
        (lang.text("What could measure it"), lang.text(MEASURES[number])),
        *evidence,
        (lang.text("Near this objective of the work plan, in our reading"), words),
    ]


def _commitment(number: int) -> dict[str, Any]:
    """The row of a paragraph in the reviewed file of commitments."""
    return commitments().row(by_predicate=pl.col("paragraph") == number, named=True)


def _links(lang: Language, number: int) -> None:
    """Links to the neighboring paragraphs, to all of them, to the paragraph's indicators, and to related pages."""
    with st.container(key="ways", horizontal=True, gap="medium"):
        layout.link(lang, "declaration", lang.text("All paragraphs"), paragraph=ledger_choices.ALL, entry="")
        if number > 1:
            label = lang.text("← Paragraph {n}", n=number - 1)
            layout.link(lang, "declaration", label, paragraph=str(number - 1), entry="")
        if number < PARAGRAPHS:
            label = lang.text("Paragraph {n} →", n=number + 1)
            layout.link(lang, "declaration", label, paragraph=str(number + 1), entry="")
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
        return lang.text(
            "Besides reports, reviews and replies, what follows becomes an entry of this paragraph, for its reason."
        )
    return lang.text(
        "No treaty, law, figure or coding is declared for this paragraph: it waits for reports and reviews."
    )


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
            if replies.is_web_link(row["url"]):
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
        (lang.text("Grade of evidence"), ledger_names.graded(lang, row)),
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
    return terms.term(lang, "progress", row["status"]) if row["status"] else lang.text("no cited document states one")


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
