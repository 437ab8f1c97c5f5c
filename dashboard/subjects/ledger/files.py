"""The rows of page "Declaration" as files: entries, cells of the matrix, paragraphs, and what counts as evidence."""

from functools import partial

from dashboard.subjects.ledger import filters, query, words
from dashboard.subjects.ledger.query import EntryFilter
from dashboard.views.code import Condition, Match, Snippet, any_of, has, lacks, newest
from dashboard.views.rows import Rows, file_name
from dashboard.words import terms
from data.declaration import commitments, measures, questions
from data.i18n import Language

# How many entries and replies there are on a paragraph and an actor; a cell without any has no row in the table.
COUNTED = tuple(
    Match({"paragraph": "paragraph", "actor": "actor", "n": column}, (lacks(column, "0"),), (made,), ("n",))
    for column, made in (("entries", lacks("grade", query.REPLY)), ("replies", has("grade", query.REPLY)))
)


def entries(lang: Language, selection: EntryFilter) -> Rows:
    """The latest version of each selected entry, with the replies to it."""
    rows = partial(query.rows, selection)
    span = () if selection.whole else (f"{selection.first}-{selection.last}",)
    narrowed = selection.grades or not selection.whole
    return Rows(
        file_name("ledger", *selection.paragraphs, *selection.actors, *selection.grades, *span),
        words.listed(lang, selection.paragraphs, rows().height),
        "declaration",
        rows,
        filters.LEDGER,
        _code(selection, "Of the answers the view has only those to its entries." if narrowed else ""),
        key="ledger",
    )


def cells(lang: Language, selection: EntryFilter) -> Rows:
    """The cells of the matrix: for each paragraph and actor the best grade, and how many entries."""
    rows = query.cells(selection)
    comment = (
        "The view has one row for each paragraph and actor: the best grade, and how many. No table has the order of "
        "grades: the best one is not rebuilt, nor the status and the years that the view reads from the entries."
    )
    return Rows(
        file_name("ledger_cells", *selection.paragraphs, *selection.actors, *selection.grades),
        words.matrix_measured(lang),
        "declaration",
        lambda: rows,
        filters.MATRIX,
        _code(selection, comment, COUNTED),
        sources=tuple(query.rows(selection)["source"].unique().sort()),
        key="cells",
    )


def paragraphs(lang: Language) -> Rows:
    """Every paragraph with its theme, its actor and the number of states with evidence."""
    return Rows(
        "ledger_paragraphs",
        lang.text("Paragraph by paragraph, all states"),
        "declaration",
        lambda: query.paragraphs(query.counted(), commitments()),
        (),
        _code(EntryFilter(), "The view has one row for each paragraph: the number of states with entries.", ()),
        sources=query.sources(),
        key="paragraphs",
    )


def rule(lang: Language, paragraph: int) -> Rows:
    """What counts as evidence for a paragraph, from the reviewed files; no table has it, so there is no code."""
    return Rows(
        file_name("ledger_rule", paragraph),
        f"{terms.term(lang, 'any_paragraph', str(paragraph))} · {lang.text('What counts')}",
        "declaration",
        partial(query.rule, questions(), measures(), paragraph),
        (filters.PARAGRAPH,),
        key="rule",
    )


def _code(selection: EntryFilter, comment: str, matches: tuple[Match, ...] = (Match(),)) -> Snippet:
    """The code of the latest version of each selected entry."""
    conditions = [newest("version", "id")]
    conditions += [has("paragraph", selection.paragraphs)] if selection.paragraphs else []
    conditions += [has("actor", selection.actors)] if selection.actors else []
    conditions += [has("grade", (*selection.grades, query.REPLY))] if selection.grades else []
    if not selection.whole:
        reply = has("grade", query.REPLY)
        days = (("period_from", f"<= {selection.last}"), ("period_to", f">= {selection.first}"))
        conditions += [any_of(reply, _year(day, limit)) for day, limit in days]
    return Snippet("evidence", tuple(conditions), comment, matches=matches)


def _year(day: str, limit: str) -> Condition:
    """The year of a period's first or last day, or else of the entry, is within a limit."""
    polars = f'pl.coalesce(pl.col("{day}").dt.year(), "year", pl.col("date").dt.year()) {limit}'
    years = f"ifelse(is.na({day}), ifelse(is.na(year), substr(date, 1, 4), year), substr({day}, 1, 4))"
    return Condition(polars, f"as.integer({years}) {limit}")
