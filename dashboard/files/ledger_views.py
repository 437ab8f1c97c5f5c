"""What page "Ledger" hands over: the entries of a choice, the cells of the matrix, paragraphs, the declared rule."""

from functools import partial

import polars as pl

from dashboard import ledger_choices, terms
from dashboard.describe import ledger as describe
from dashboard.files.views import View, named
from dashboard.query import ledger
from dashboard.query.ledger import Filter
from dashboard.snippets import ledger as lines
from dashboard.snippets import ledger_cells as of_cells
from data.declaration import commitments, measures, questions
from data.i18n import Language


def entries(lang: Language, wanted: Filter) -> View:
    """The latest version of each entry of a choice, with what answers it."""
    rows = partial(ledger.rows, wanted)
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
    found = ledger.cells(wanted)
    return View(
        named("ledger_cells", *wanted.paragraphs, *wanted.actors, *wanted.grades),
        describe.heading(lang, found),
        "ledger",
        lambda: found,
        ledger_choices.MATRIX,
        partial(of_cells.cells, wanted=wanted, commitments=_asked(wanted)),
        sources=tuple(ledger.rows(wanted)["source"].unique().sort()),
        key="cells",
    )


def paragraphs(lang: Language) -> View:
    """Every paragraph with its theme, whose it is, and of how many states there is evidence."""
    return View(
        "ledger_paragraphs",
        lang.text("Paragraph by paragraph, all states"),
        "ledger",
        lambda: ledger.paragraphs(ledger.counted(), commitments()),
        (),
        partial(of_cells.paragraphs, commitments=commitments()),
        sources=ledger.sources(),
        key="paragraphs",
    )


def rule(lang: Language, paragraph: int) -> View:
    """What becomes evidence on a paragraph, as the reviewed files declare it: of no table, so without lines of code."""
    return View(
        named("ledger_rule", paragraph),
        f"{terms.term(lang, 'any_paragraph', str(paragraph))} · {lang.text('What is looked for')}",
        "ledger",
        partial(ledger.rule, questions(), measures(), paragraph),
        (ledger_choices.PARAGRAPH,),
        key="rule",
    )


def _asked(wanted: Filter) -> pl.DataFrame:
    numbers = wanted.paragraphs or tuple(commitments()["paragraph"])
    return commitments().filter(pl.col("paragraph").is_in(numbers))
