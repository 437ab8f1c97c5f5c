"""The tables of what is said: roles, treaties, the ledger of evidence, the work plan; and migrant stock as context."""

import dataframely as dy
import polars as pl

from data import columns
from data.columns import BODIES, DECLARED, OBJECTIVES, PARAGRAPHS
from data.workplan import TEXTS

# What the product itself finds, by a rule: its grade follows from its time.
BY_RULE = ("treaty", "law", "statistic")


class Roles(dy.Schema):
    """Whether a report calls a state an origin, transit or destination, or speaks of internal trafficking."""

    area = columns.iso3(key=True)
    year = columns.year(key=True)
    year_basis = columns.code(columns.YEAR_BASIS)
    role = columns.code(columns.ROLE, key=True)
    stated = columns.code(columns.STATED)
    source = dy.String(nullable=False, primary_key=True, min_length=1)
    release = columns.text()
    locator = columns.text()
    note = columns.text(nullable=True)


class Instruments(dy.Schema):
    """What a state did about a treaty; an absent row means no action recorded as of the release."""

    area = columns.iso3(key=True)
    instrument = dy.String(nullable=False, primary_key=True, min_length=1)
    action = columns.code(columns.ACTION, key=True)
    date = dy.Date(nullable=False)
    derived = dy.Bool(nullable=False)
    source = columns.text()
    release = columns.text()
    locator = columns.text()
    note = columns.text(nullable=True)


def shown_after() -> pl.Expr:
    """Whether an entry is shown to be of a time after the declaration: by its period, else its day, else its year.

    A year alone does not tell before from after in the year of the declaration.
    """
    day = pl.coalesce("period_to", "date")
    late = pl.coalesce(day >= DECLARED, pl.col("year") > DECLARED.year)
    return late.fill_null(value=False)


class Evidence(dy.Schema):
    """The ledger: one finding on a paragraph of the declaration (and a line of the work plan), and one actor."""

    id = dy.String(nullable=False, primary_key=True, min_length=1)
    version = dy.Int16(nullable=False, primary_key=True, min=1)
    replies_to = columns.text(nullable=True)
    paragraph = dy.Int8(nullable=False, min=1, max=PARAGRAPHS)
    line = columns.text(nullable=True)
    actor = dy.String(nullable=False, regex=f"^([A-Z]{{3}}|{'|'.join(BODIES)})$")
    period_from = dy.Date(nullable=True)
    period_to = dy.Date(nullable=True)
    grade = columns.code(columns.GRADE)
    kind = columns.code(columns.EVIDENCE_KIND)
    finding = columns.text()
    status = columns.code(columns.PROGRESS, nullable=True)
    title = columns.text()
    issuer = columns.text()
    date = dy.Date(nullable=True)
    year = dy.Int16(nullable=True, min=1900, max=2100)
    url = columns.text(nullable=True)
    locator = columns.text()
    source = columns.text()
    release = columns.text()
    note = columns.text(nullable=True)

    @dy.rule()
    def period_in_order(cls) -> pl.Expr:
        """A period ends after it begins."""
        return (pl.col("period_from") <= pl.col("period_to")).fill_null(True)

    @dy.rule()
    def background_has_no_status(cls) -> pl.Expr:
        """What lies before the declaration, or does not speak of it, says nothing of progress."""
        return (pl.col("grade") != "background") | pl.col("status").is_null()

    @dy.rule()
    def status_cites_a_document(cls) -> pl.Expr:
        """How far somebody is, "not started" too, is what a document of a known time says."""
        # Title, issuer and place are never empty; blanks alone are no words.
        named = pl.all_horizontal(pl.col("title", "issuer", "locator").str.strip_chars().str.len_chars() > 0)
        dated = pl.col("date").is_not_null() | pl.col("year").is_not_null()
        return pl.col("status").is_null() | (named & dated)

    @dy.rule()
    def before_is_background(cls) -> pl.Expr:
        """A treaty, law or figure not shown to be of a time after the declaration is background."""
        return ~pl.col("kind").is_in(BY_RULE) | shown_after() | (pl.col("grade") == "background")


class WorkplanLines(dy.Schema):
    """The lines of action and indicators of the Second Work Plan, as its official text has them; none until loaded."""

    number = dy.String(nullable=False, primary_key=True, min_length=1)
    kind = columns.code(columns.LINE_KIND)
    objective = dy.Int8(nullable=True, min=1, max=OBJECTIVES)
    actor = columns.code(columns.LINE_ACTOR)
    # A column for each language of `workplan_lines.csv`: the namespace of a class is written through `vars`.
    vars().update({name: columns.text(nullable=True) for name in TEXTS})
    source = columns.text()
    release = columns.text()
    locator = columns.text()

    @dy.rule()
    def in_some_language(cls) -> pl.Expr:
        """A line has its text in one language at least."""
        return pl.any_horizontal(pl.col(TEXTS).is_not_null())


class MigrantStock(dy.Schema):
    """People born in (or citizens of) one country who live in another: context for a route, never trafficking."""

    origin = columns.iso3(key=True)
    destination = columns.iso3(key=True)
    year = columns.year(key=True)
    persons = dy.Int64(nullable=False, min=1)
    source = columns.text()
    release = columns.text()
    locator = columns.text()
