"""The parts of page "Ledger": the matrix, what is under it, the list of entries; a state's part on its own page."""

from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.export import ledger as ledger_views
from dashboard.export import offer
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
    """All paragraphs: the matrix, what must be known of it, the table, and every entry."""
    values = filters.values(*ledger_choices.MATRIX)
    component.show(lang, "ledger_matrix", values, key="matrix.ledger", on_open=_open)
    st.caption(lang.text("Choose a cell to read its entries; choose a number to read about its paragraph."))
    blocks.remarks(ledger_entries.notes(lang))
    wanted = ledger_choices.matrix()
    offer.view(lang, ledger_views.cells(lang, wanted))
    told = lang.text("Paragraph by paragraph, all states")
    st.header(told, anchor="paragraphs")
    blocks.table(ledger_entries.paragraphs_table(lang), told, "table.paragraphs")
    offer.view(lang, ledger_views.paragraphs(lang))
    label = ledger_words.listed(lang, wanted.paragraphs, ledger_entries.entries(wanted, lang).height)
    entries(lang, above, blocks.folded(label, "entries"))


def entries(lang: Language, above: DeltaGenerator, part: AbstractContextManager[bool] | None = None) -> None:
    """The list of entries, the passport of one, and what can be taken away; `part` is where they are folded away."""
    wanted = ledger_choices.listed()
    one = selected_row.Chosen(lang, ledger_choices.ENTRY, partial(entry, lang), above)
    found = ledger_entries.entries(wanted, lang)
    with part or nullcontext(enter_result=True) as seen:
        if seen and found.is_empty():
            st.markdown(lang.text("No entry is held of this choice. That does not mean that nothing was done."))
        elif seen:
            selected_row.hint(lang)
            told, view = ledger_words.listed(lang, wanted.paragraphs, found.height), ledger_views.entries(lang, wanted)
            one.table(
                ledger_entries.entries_table(wanted, lang), told, "table.entries", found, searched=True, view=view
            )
    one.finish()


def of_state(lang: Language, area: str) -> None:
    """The ledger of one state: its paragraphs by theme, and the way to its column."""
    told = lang.text("The declaration of 2018: what is held of this state")
    st.header(told, anchor="ledger")
    blocks.pairs(lang, ledger_words.themes(lang, ledger_query.themes(ledger_query.cells(ledger_query.Filter()), area)))
    st.caption(ledger_entries.notes(lang)[0])
    layout.link(lang, "ledger", lang.text("Open the ledger of this state"), state=area)


def _open(mark: str) -> None:
    """Open a paragraph, and in it the entries of the state or body that was pointed at."""
    number, _, whose = mark.partition(".")
    filters.put(ledger_choices.PARAGRAPH, number)
    filters.put(ledger_choices.WHOSE, whose or ledger_choices.ALL)
    filters.put(ledger_choices.ENTRY, ledger_choices.ENTRY.default)


# Pages that show more of what a paragraph asks.
SEE_ALSO = {3: "instruments", 25: "routes", 26: "coverage", 30: "instruments"}


def show(lang: Language, number: int, above: DeltaGenerator) -> None:
    """Show it."""
    title, count = terms.term(lang, "any_paragraph", str(number)), ledger_query.count(number)
    st.header(title, anchor="paragraph")
    blocks.pairs(lang, _facts(lang, number))
    _ways(lang, number)
    if count["n"] is None:
        whose = terms.term(lang, "addressed", _declared(number)["actor"])
        st.info(lang.text("This paragraph is not counted by states. It addresses: {whose}.", whose=whose))
    else:
        values = filters.values(*ledger_choices.MAP)
        component.show(lang, "ledger_map", values, key="map.ledger", on_open=partial(filters.put, ledger_choices.WHOSE))
    blocks.remarks(ledger_entries.notes(lang)[:1])
    st.header(lang.text("What is held"), anchor="entries")
    whose = filters.value(ledger_choices.WHOSE)
    for said in () if whose in {ledger_choices.ALL, *BODIES} else states_words.membership(lang, whose):
        st.info(said)
    entries(lang, above)
    rule = tables.sheet(ledger_tables.rule(ledger_query.rule(questions(), measures(), number), lang))
    st.header(lang.text("What is looked for"), anchor="rule")
    st.markdown(_rule(lang, found=rule.rows.num_rows > 0))
    blocks.table(rule, lang.text("What is looked for"), "table.rule")
    if rule.rows.num_rows:
        offer.view(lang, ledger_views.rule(lang, number))


def _facts(lang: Language, number: int) -> list[tuple[str, str]]:
    near = objectives().filter(paragraph=number)["objective"]
    words = lang.joined(terms.term(lang, "objective", str(one)) for one in near)
    count = ledger_query.count(number)
    held = [(lang.text("Evidence held"), ledger_words.counted(lang, count))] if count["n"] is not None else []
    return [
        (lang.text("Theme"), terms.term(lang, "theme", _declared(number)["theme"])),
        (lang.text("Addresses"), terms.term(lang, "addressed", _declared(number)["actor"])),
        (lang.text("What could measure it"), lang.text(MEASURES[number])),
        *held,
        (lang.text("Near this objective of the work plan, in our reading"), words),
    ]


def _declared(number: int) -> dict[str, Any]:
    """The paragraph in the reviewed file of commitments."""
    return commitments().row(by_predicate=pl.col("paragraph") == number, named=True)


def _ways(lang: Language, number: int) -> None:
    """The paragraph before and after, all of them, the pages that show its indicators, and what else speaks of it."""
    with st.container(key="ways", horizontal=True, gap="medium"):
        layout.link(lang, "ledger", lang.text("All paragraphs"), paragraph=ledger_choices.ALL, entry="")
        if number > 1:
            label = lang.text("← Paragraph {n}", n=number - 1)
            layout.link(lang, "ledger", label, paragraph=str(number - 1), entry="")
        if number < PARAGRAPHS:
            label = lang.text("Paragraph {n} →", n=number + 1)
            layout.link(lang, "ledger", label, paragraph=str(number + 1), entry="")
    with st.container(key="shown", horizontal=True, gap="medium"):
        for code in _declared(number)["indicators"]:
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


# What stands before the ages that a survey's figure is of.
AGES = "age: "


def entry(lang: Language, mark: str) -> bool:
    """An entry by its id: its latest version; under it what answers it, and what its earlier versions said."""
    rows = ledger_query.versions(mark)
    for row in rows.head(1).iter_rows(named=True):
        title = f"{terms.term(lang, 'actor', row['actor'])}, {terms.term(lang, 'any_paragraph', str(row['paragraph']))}"
        with st.container(border=True):
            st.subheader(title, anchor=False)
            blocks.pairs(lang, facts(lang, row))
            if replies.leads(row["url"]):
                told = lang.text("Open the document")
                st.markdown(f"[{told}]({row['url']})")
            said, quoted = ledger_words.finding(lang, row), row["kind"] in ledger_words.QUOTED
            passport.sources(lang, title, said, list(passports_query.cells(row)), quoted=quoted)
            replies.beside(lang, lang.text("Replies, reviews and corrections"), ledger_query.replies(mark))
            replies.beside(lang, lang.text("Earlier versions"), rows.slice(1))
            about = _about(row)
            replies.beside(lang, lang.text("What it answers"), about)
    return not rows.is_empty()


def facts(lang: Language, row: dict[str, Any]) -> list[tuple[str, str]]:
    """What an entry says, label and words."""
    told = [
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
    return [(label, words) for label, words in told if words]


def _status(lang: Language, row: dict[str, Any]) -> str:
    return terms.term(lang, "progress", row["status"]) if row["status"] else lang.text("no cited document states one")


def _note(lang: Language, row: dict[str, Any]) -> str:
    """A remark: on what a derived day rests, of which ages a figure is, or the words of who sent a report in."""
    note = str(row.get("note") or "")
    if note and row["kind"] == "treaty":
        return treaties_tables.basis(lang, row)
    ages = note.removeprefix(AGES)
    if note.startswith(AGES):
        return lang.labelled(lang.text("Age"), ", ".join(terms.term(lang, "age", age) for age in ages.split("; ")))
    return terms.term(lang, "reason", note) if note else ""


def _about(row: dict[str, Any]) -> pl.DataFrame:
    return ledger_query.versions(row["replies_to"] or "").head(1)
