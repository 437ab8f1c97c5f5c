"""The parts of page "Ledger": the matrix, what is under it, the list of entries; a state's part on its own page."""

from contextlib import AbstractContextManager, nullcontext
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import blocks, chosen, filters, layout, ledger_choices, ledger_passport, ledgered
from dashboard.describe import ledger as describe
from dashboard.files import ledger as ledger_views
from dashboard.files import offer
from dashboard.plates import stage
from dashboard.query import ledger
from data.i18n import Language


def matrix(lang: Language, above: DeltaGenerator) -> None:
    """All paragraphs: the matrix, what must be known of it, the table, and every entry."""
    values = filters.values(*ledger_choices.MATRIX)
    stage.show(lang, "ledger_matrix", values, key="matrix.ledger", on_open=_open)
    st.caption(lang.text("Choose a cell to read its entries; choose a number to read about its paragraph."))
    blocks.remarks(ledgered.notes(lang))
    wanted = ledger_choices.matrix()
    offer.view(lang, ledger_views.cells(lang, wanted))
    told = lang.text("Paragraph by paragraph, all states")
    st.header(told, anchor="paragraphs")
    blocks.table(ledgered.paragraphs_table(lang), told, "table.paragraphs")
    offer.view(lang, ledger_views.paragraphs(lang))
    label = describe.listed(lang, wanted.paragraphs, ledgered.entries(wanted, lang).height)
    entries(lang, above, blocks.folded(label, "entries"))


def entries(lang: Language, above: DeltaGenerator, part: AbstractContextManager[bool] | None = None) -> None:
    """The list of entries, the passport of one, and what can be taken away; `part` is where they are folded away."""
    wanted = ledger_choices.listed()
    one = chosen.Chosen(lang, ledger_choices.ENTRY, partial(ledger_passport.entry, lang), above)
    found = ledgered.entries(wanted, lang)
    with part or nullcontext(enter_result=True) as seen:
        if seen and found.is_empty():
            st.markdown(lang.text("No entry is held of this choice. That does not mean that nothing was done."))
        elif seen:
            chosen.hint(lang)
            told, view = describe.listed(lang, wanted.paragraphs, found.height), ledger_views.entries(lang, wanted)
            one.table(ledgered.entries_table(wanted, lang), told, "table.entries", found, searched=True, view=view)
    one.finish()


def of_state(lang: Language, area: str) -> None:
    """The ledger of one state: its paragraphs by theme, and the way to its column."""
    told = lang.text("The declaration of 2018: what is held of this state")
    st.header(told, anchor="ledger")
    blocks.pairs(lang, describe.themes(lang, ledger.themes(ledger.cells(ledger.Filter()), area)))
    st.caption(ledgered.notes(lang)[0])
    layout.link(lang, "ledger", lang.text("Open the ledger of this state"), state=area)


def _open(mark: str) -> None:
    """Open a paragraph, and in it the entries of the state or body that was pointed at."""
    number, _, whose = mark.partition(".")
    filters.put(ledger_choices.PARAGRAPH, number)
    filters.put(ledger_choices.WHOSE, whose or ledger_choices.ALL)
    filters.put(ledger_choices.ENTRY, ledger_choices.ENTRY.default)
