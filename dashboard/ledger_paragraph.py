"""A paragraph's own view on page "Ledger": what it asks, what could measure it, its map, its entries, its rule."""

from functools import partial
from typing import Any

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import (
    blocks,
    filters,
    layout,
    ledger_choices,
    ledger_page,
    ledger_tables,
    ledgered,
    tables,
    terms,
)
from dashboard.describe import country
from dashboard.describe import ledger as describe
from dashboard.files import ledger as ledger_views
from dashboard.files import offer
from dashboard.plates import stage
from dashboard.query import ledger
from dashboard.shell import navigation
from data.columns import BODIES, PARAGRAPHS
from data.declaration import MEASURES, commitments, measures, objectives, questions
from data.i18n import Language

# Pages that show more of what a paragraph asks.
SEE_ALSO = {3: "instruments", 25: "routes", 26: "coverage", 30: "instruments"}


def show(lang: Language, number: int, above: DeltaGenerator) -> None:
    """Show it."""
    title, count = terms.term(lang, "any_paragraph", str(number)), ledger.count(number)
    st.header(title, anchor="paragraph")
    blocks.pairs(lang, _facts(lang, number))
    _ways(lang, number)
    if count["n"] is None:
        whose = terms.term(lang, "addressed", _declared(number)["actor"])
        st.info(lang.text("This paragraph is not counted by states. It addresses: {whose}.", whose=whose))
    else:
        values = filters.values(*ledger_choices.MAP)
        stage.show(lang, "ledger_map", values, key="map.ledger", on_open=partial(filters.put, ledger_choices.WHOSE))
    blocks.remarks(ledgered.notes(lang)[:1])
    st.header(lang.text("What is held"), anchor="entries")
    whose = filters.value(ledger_choices.WHOSE)
    for said in () if whose in {ledger_choices.ALL, *BODIES} else country.membership(lang, whose):
        st.info(said)
    ledger_page.entries(lang, above)
    rule = tables.sheet(ledger_tables.rule(ledger.rule(questions(), measures(), number), lang))
    st.header(lang.text("What is looked for"), anchor="rule")
    st.markdown(_rule(lang, found=rule.rows.num_rows > 0))
    blocks.table(rule, lang.text("What is looked for"), "table.rule")
    if rule.rows.num_rows:
        offer.view(lang, ledger_views.rule(lang, number))


def _facts(lang: Language, number: int) -> list[tuple[str, str]]:
    near = objectives().filter(paragraph=number)["objective"]
    words = lang.joined(terms.term(lang, "objective", str(one)) for one in near)
    count = ledger.count(number)
    held = [(lang.text("Evidence held"), describe.counted(lang, count))] if count["n"] is not None else []
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
                terms.term(lang, "page", "explore"), terms.in_sentence(terms.term(lang, "indicator", code))
            )
            layout.link(lang, "explore", label, indicators=code)
        if (page := SEE_ALSO.get(number)) in navigation.scripts():
            layout.link(lang, str(page), lang.labelled(lang.text("See also"), terms.term(lang, "page", str(page))))


def _rule(lang: Language, *, found: bool) -> str:
    if found:
        return lang.text(
            "Besides reports, reviews and replies, what follows becomes an entry of this paragraph, for its reason."
        )
    return lang.text(
        "No treaty, law, figure or coding is declared for this paragraph: it waits for reports and reviews."
    )
