"""What page "Ledger" hands over: the entries of a choice."""

from functools import partial

from dashboard import ledger_choices, ledgered, store
from dashboard.describe import ledger as describe
from dashboard.files.views import View, named
from dashboard.query import ledger
from dashboard.query.ledger import Filter
from dashboard.snippets import ledger as lines
from data.i18n import Language


def entries(lang: Language, wanted: Filter) -> View:
    """The latest version of each entry of a choice, with what answers it."""
    rows = partial(ledger.rows, store.table("evidence"), wanted)
    span = () if wanted.whole else (f"{wanted.first}-{wanted.last}",)
    return View(
        named("ledger", *wanted.paragraphs, *wanted.actors, *wanted.grades, *span),
        describe.listed(lang, wanted.paragraphs, rows().height),
        "ledger",
        rows,
        ledger_choices.LEDGER,
        partial(lines.entries, wanted=wanted),
        key="ledger",
    )


def cells(lang: Language, wanted: Filter) -> View:
    """The cells of the matrix: for each paragraph and who answers for it the best grade, and how many entries."""
    found = ledgered.cells(wanted)
    sources = ledger.rows(store.table("evidence"), wanted)["source"].unique().sort()
    return View(
        named("ledger_cells", *wanted.paragraphs, *wanted.actors, *wanted.grades),
        describe.heading(lang, found),
        "ledger",
        lambda: found,
        ledger_choices.MATRIX,
        sources=tuple(sources),
        key="cells",
    )
