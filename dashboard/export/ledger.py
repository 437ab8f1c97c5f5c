"""The views of the page Ledger: entries, cells of the matrix, paragraphs, and what counts as evidence."""

from functools import partial

from dashboard.export import snippets
from dashboard.export.views import View, file_name
from dashboard.shell import ledger_choices
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.ledger import words as ledger_words
from dashboard.subjects.ledger.query import Filter
from dashboard.words import terms
from data.declaration import commitments, measures, questions
from data.i18n import Language


def entries(lang: Language, wanted: Filter) -> View:
    """The latest version of each entry of a choice, with what answers it."""
    rows = partial(ledger_query.rows, wanted)
    span = () if wanted.whole else (f"{wanted.first}-{wanted.last}",)
    return View(
        file_name("ledger", *wanted.paragraphs, *wanted.actors, *wanted.grades, *span),
        ledger_words.listed(lang, wanted.paragraphs, rows().height),
        "ledger",
        rows,
        ledger_choices.LEDGER,
        snippets.entries(wanted),
        key="ledger",
    )


def cells(lang: Language, wanted: Filter) -> View:
    """The cells of the matrix: for each paragraph and actor the best grade, and how many entries."""
    found = ledger_query.cells(wanted)
    return View(
        file_name("ledger_cells", *wanted.paragraphs, *wanted.actors, *wanted.grades),
        ledger_words.heading(lang, found),
        "ledger",
        lambda: found,
        ledger_choices.MATRIX,
        snippets.cells(wanted),
        sources=tuple(ledger_query.rows(wanted)["source"].unique().sort()),
        key="cells",
    )


def paragraphs(lang: Language) -> View:
    """Every paragraph with its theme, its actors, and how many states there is evidence of."""
    return View(
        "ledger_paragraphs",
        lang.text("Paragraph by paragraph, all states"),
        "ledger",
        lambda: ledger_query.paragraphs(ledger_query.counted(), commitments()),
        (),
        snippets.paragraphs(),
        sources=ledger_query.sources(),
        key="paragraphs",
    )


def rule(lang: Language, paragraph: int) -> View:
    """What becomes evidence on a paragraph, as the reviewed files declare it; no table has it, so there is no code."""
    return View(
        file_name("ledger_rule", paragraph),
        f"{terms.term(lang, 'any_paragraph', str(paragraph))} · {lang.text('What is looked for')}",
        "ledger",
        partial(ledger_query.rule, questions(), measures(), paragraph),
        (ledger_choices.PARAGRAPH,),
        key="rule",
    )
