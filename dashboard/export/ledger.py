"""The views of page Declaration: entries, cells of the matrix, paragraphs, and what counts as evidence."""

from functools import partial

from dashboard.export import snippets
from dashboard.subjects.ledger import filters as ledger_filters
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.ledger import words as ledger_words
from dashboard.subjects.ledger.query import Filter
from dashboard.views.rows import Rows, file_name
from dashboard.words import terms
from data.declaration import commitments, measures, questions
from data.i18n import Language


def entries(lang: Language, selection: Filter) -> Rows:
    """The latest version of each selected entry, with the replies to it."""
    rows = partial(ledger_query.rows, selection)
    span = () if selection.whole else (f"{selection.first}-{selection.last}",)
    return Rows(
        file_name("ledger", *selection.paragraphs, *selection.actors, *selection.grades, *span),
        ledger_words.listed(lang, selection.paragraphs, rows().height),
        "declaration",
        rows,
        ledger_filters.LEDGER,
        snippets.entries(selection),
        key="ledger",
    )


def cells(lang: Language, selection: Filter) -> Rows:
    """The cells of the matrix: for each paragraph and actor the best grade, and how many entries."""
    rows = ledger_query.cells(selection)
    return Rows(
        file_name("ledger_cells", *selection.paragraphs, *selection.actors, *selection.grades),
        ledger_words.heading(lang, rows),
        "declaration",
        lambda: rows,
        ledger_filters.MATRIX,
        snippets.cells(selection),
        sources=tuple(ledger_query.rows(selection)["source"].unique().sort()),
        key="cells",
    )


def paragraphs(lang: Language) -> Rows:
    """Every paragraph with its theme, its actor and the number of states with evidence."""
    return Rows(
        "ledger_paragraphs",
        lang.text("Paragraph by paragraph, all states"),
        "declaration",
        lambda: ledger_query.paragraphs(ledger_query.counted(), commitments()),
        (),
        snippets.paragraphs(),
        sources=ledger_query.sources(),
        key="paragraphs",
    )


def rule(lang: Language, paragraph: int) -> Rows:
    """What counts as evidence for a paragraph, from the reviewed files; no table has it, so there is no code."""
    return Rows(
        file_name("ledger_rule", paragraph),
        f"{terms.term(lang, 'any_paragraph', str(paragraph))} · {lang.text('What counts')}",
        "declaration",
        partial(ledger_query.rule, questions(), measures(), paragraph),
        (ledger_filters.PARAGRAPH,),
        key="rule",
    )
