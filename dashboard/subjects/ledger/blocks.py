"""Blocks that the views of page "Declaration" share: the selected entries and the passport of one, notes on a state."""

from collections.abc import Mapping
from functools import partial

from dashboard.subjects.ledger import entries, files, filters, passports, words
from dashboard.subjects.passports.rows import passport, row_table
from dashboard.subjects.shared import AREA
from dashboard.subjects.states import words as states_words
from dashboard.views.figure import Values
from dashboard.views.page import Block, Files, Passport, Text
from data.i18n import Language


def standing(lang: Language, area: str) -> tuple[Block, ...]:
    """The remarks on a state's membership of the OAS and on its reservation to the declaration."""
    return tuple(Text((remark,), "notice") for remark in states_words.membership(lang, area))


def opened(lang: Language, values: Values) -> tuple[Passport, ...]:
    """The passport of the entry that the address names."""
    return passport(lang, filters.ENTRY, values.value(filters.ENTRY), partial(passports.entry, lang))


def listed(lang: Language, values: Values) -> tuple[Block, ...]:
    """The selected entries with their files; a sentence if there are none."""
    selection = filters.list_selection(values.value)
    rows = entries.entries(selection, lang)
    if rows.is_empty():
        return (Text((lang.text("Nothing found here. This does not mean that nothing was done."),)),)
    title, sheet = words.listed(lang, selection.paragraphs, rows.height), entries.entries_table(selection, lang)
    table = row_table(lang, "entries", title, sheet, rows, filters.ENTRY, searched=True)
    return (*table, Files(files.entries(lang, selection)))


def of_actor(actor: str) -> Mapping[str, str]:
    """The parameters that choose the state or the body of a mark; all of them for a mark without one."""
    return filters.of_state(actor) if AREA.allows(actor) else {filters.ACTOR.name: actor or filters.ALL}
