"""The figures of page "Ledger": each as specification, heading and description, as `drawn` takes them."""

from typing import Any

from dashboard import store
from dashboard.shell import ledger_choices
from dashboard.shell.frame import View
from dashboard.stage.request import FigureRequest
from dashboard.subjects.ledger import entries as ledger_entries
from dashboard.subjects.ledger import names as ledger_names
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.ledger import words as ledger_words
from dashboard.subjects.ledger.figures.matrix import ledger_map, ledger_matrix
from dashboard.words import asof
from data.i18n import Language

Told = tuple[dict[str, Any], str, str]


def matrix(asked: FigureRequest, lang: Language, look: View) -> Told:
    """Paragraphs and who answers for them."""
    wanted = ledger_choices.matrix(asked.value)
    cells = ledger_query.cells(wanted)
    heading = ledger_words.heading(lang, cells)
    spec = ledger_matrix(ledger_entries.figure(wanted, lang), lang, **_arranged(lang, look, heading))
    return spec, heading * look.close, ledger_words.in_matrix(lang, cells)


def on_map(asked: FigureRequest, lang: Language, look: View) -> Told:
    """The best evidence of each state on a paragraph."""
    wanted = ledger_choices.on_map(asked.value)
    number, cells = wanted.paragraphs[0], ledger_query.cells(wanted)
    if cells.is_empty():
        heading = told = ledger_words.in_matrix(lang, cells)
    else:
        count = ledger_query.count(number)
        heading = f"{number}. {ledger_names.title(lang, number)} · {ledger_words.counted(lang, count)}"
        told = ledger_words.on_map(lang, number, cells, count)
    spec = ledger_map(ledger_entries.figure(wanted, lang), store.basemap(), lang, **_arranged(lang, look, heading))
    return spec, heading * look.close, told


def _arranged(lang: Language, look: View, heading: str) -> dict[str, Any]:
    title = "" if look.close else heading
    notes = [asof.short(lang, store.snapshot())]
    return {"title": title, "notes": notes, "palette": look.palette, "narrow": look.close, "size": look.size}
