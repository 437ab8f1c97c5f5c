"""The figures of page "Ledger": each as specification, heading and description, as `drawn` takes them."""

from typing import Any

from dashboard import asof, ledger_choices, ledger_terms, ledgered, store
from dashboard.describe import ledger as describe
from dashboard.figures.ledger_map import ledger_map
from dashboard.figures.ledger_matrix import ledger_matrix
from dashboard.plates.asked import Asked
from dashboard.query import ledger
from dashboard.shell.frame import View
from data.i18n import Language

Told = tuple[dict[str, Any], str, str]


def matrix(asked: Asked, lang: Language, look: View) -> Told:
    """Paragraphs and who answers for them."""
    wanted = ledger_choices.matrix(asked.value)
    cells = ledger.cells(wanted)
    heading = describe.heading(lang, cells)
    spec = ledger_matrix(ledgered.figure(wanted, lang), lang, **_arranged(lang, look, heading))
    return spec, heading * look.close, describe.in_matrix(lang, cells)


def on_map(asked: Asked, lang: Language, look: View) -> Told:
    """The best evidence of each state on a paragraph."""
    wanted = ledger_choices.on_map(asked.value)
    number, cells = wanted.paragraphs[0], ledger.cells(wanted)
    if cells.is_empty():
        heading = told = describe.in_matrix(lang, cells)
    else:
        count = ledger.count(number)
        heading = f"{number}. {ledger_terms.title(lang, number)} · {describe.counted(lang, count)}"
        told = describe.on_map(lang, number, cells, count)
    spec = ledger_map(ledgered.figure(wanted, lang), store.basemap(), lang, **_arranged(lang, look, heading))
    return spec, heading * look.close, told


def _arranged(lang: Language, look: View, heading: str) -> dict[str, Any]:
    title = "" if look.close else heading
    notes = [asof.short(lang, store.snapshot())]
    return {"title": title, "notes": notes, "palette": look.palette, "narrow": look.close, "size": look.size}
