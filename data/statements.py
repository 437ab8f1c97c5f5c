"""Schemas of tables that hold statements (roles, treaties, the evidence ledger, the work plan), and of migration."""

import dataframely as dy
import polars as pl

from data import columns
from data.columns import BODIES, DECLARED, OBJECTIVES, PARAGRAPHS
from data.workplan import TEXTS

# Kinds of evidence that a rule of ours finds; their grade follows from their date.
BY_RULE = ("treaty", "law", "statistic")


class Roles(dy.Schema):
    """Whether a report names a state as origin, transit or destination, or mentions internal trafficking."""

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
    """A state's action on a treaty as a source has it; no row means that no action was recorded as of the release.

    `date` is 1 January where only the year is known, and null where no date is known. Sources that differ are all kept.
    """

    area = columns.iso3(key=True)
    instrument = dy.String(nullable=False, primary_key=True, min_length=1)
    action = columns.code(columns.ACTION, key=True)
    date = dy.Date(nullable=True)
    derived = dy.Bool(nullable=False)
    source = dy.String(nullable=False, primary_key=True, min_length=1)
    release = columns.text()
    locator = columns.text()
    note = columns.text(nullable=True)
    date_precision = columns.code(columns.DATE_PRECISION)
    reservation = columns.text(nullable=True)
    transcribed = dy.Bool(nullable=False)
    inputs = dy.List(columns.cell(), nullable=False)

    @dy.rule()
    def date_as_precise_as_said(cls) -> pl.Expr:
        """A day has a date, a year has 1 January, and otherwise there is no date."""
        date, precision = pl.col("date"), pl.col("date_precision")
        new_year = (date.dt.month() == 1) & (date.dt.day() == 1)
        return (
            pl.when(precision == "none")
            .then(date.is_null())
            .when(precision == "year")
            .then(new_year.fill_null(value=False))
            .otherwise(date.is_not_null())
        )


def trust() -> list[pl.Expr]:
    """Sort keys of acts on treaties, for the sources of one act: those that need the least trust come first.

    Printed before derived, from a file before typed by a person, exactly dated before less so; then by date and source.
    """
    precision = pl.col("date_precision").replace_strict({name: at for at, name in enumerate(columns.DATE_PRECISION)})
    return [pl.col("derived"), pl.col("transcribed"), precision, pl.col("date"), pl.col("source")]


def shown_after() -> pl.Expr:
    """Whether an entry is clearly later than the declaration: by its period, else its date, else its year.

    In the year of the declaration, a year alone is not enough.
    """
    day = pl.coalesce("period_to", "date")
    late = pl.coalesce(day >= DECLARED, pl.col("year") > DECLARED.year)
    return late.fill_null(value=False)


class Evidence(dy.Schema):
    """The ledger: a row is a finding about an actor on a paragraph of the declaration (and a line of the work plan)."""

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
        """Background, which is earlier than the declaration or not about it, has no status."""
        return (pl.col("grade") != "background") | pl.col("status").is_null()

    @dy.rule()
    def figure_is_no_deed(cls) -> pl.Expr:
        """A statistic has the grade of a figure or is background, nothing else has that grade, and it has no status."""
        figure, statistic = pl.col("grade") == "figure", pl.col("kind") == "statistic"
        graded = figure | (pl.col("grade") == "background")
        return pl.when(statistic).then(graded & pl.col("status").is_null()).otherwise(~figure)

    @dy.rule()
    def status_cites_a_document(cls) -> pl.Expr:
        """A status, "not started" too, needs a dated document that says so."""
        # The columns refuse empty texts, but not blanks.
        named = pl.all_horizontal(pl.col("title", "issuer", "locator").str.strip_chars().str.len_chars() > 0)
        dated = pl.col("date").is_not_null() | pl.col("year").is_not_null()
        return pl.col("status").is_null() | (named & dated)

    @dy.rule()
    def before_is_background(cls) -> pl.Expr:
        """A treaty, law or figure that is not clearly later than the declaration is background."""
        return ~pl.col("kind").is_in(BY_RULE) | shown_after() | (pl.col("grade") == "background")


class WorkplanLines(dy.Schema):
    """The lines of action and indicators of the Second Work Plan, from its official text; empty until it is loaded."""

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
        """A line has its text in at least one language."""
        return pl.any_horizontal(pl.col(TEXTS).is_not_null())


class MigrantStock(dy.Schema):
    """People born in (or citizens of) one country who live in another: context for a route, not trafficking.

    `persons` is what the newest release prints; `low` and `high` are its interval, and equal to it for an exact figure.
    """

    origin = columns.iso3(key=True)
    destination = columns.iso3(key=True)
    year = columns.year(key=True)
    persons = dy.Int64(nullable=False, min=0)
    source = columns.text()
    release = columns.text()
    locator = columns.text()
    low = dy.Float64(nullable=False, min=0)
    high = dy.Float64(nullable=False, min=0)

    @dy.rule()
    def persons_in_interval(cls) -> pl.Expr:
        """The printed number is in the interval."""
        return pl.col("persons").is_between(pl.col("low"), pl.col("high"))


class MigrantStockVintages(MigrantStock):
    """The stocks of every earlier release; the newest one is `MigrantStock`, and what it omits is only here."""

    release = dy.String(nullable=False, primary_key=True, min_length=1)


class Movements(dy.Schema):
    """People under UNHCR's mandate, and crossings of a state by nationality: context for a route, not trafficking.

    A row is a figure of a year. `month` is the last month that it covers, if not December. `destination` of crossings
    is the state crossed; `origin` is null for nationalities that are not one country.
    """

    kind = columns.code(columns.MOVEMENT_KIND, key=True)
    origin = columns.iso3(nullable=True)
    destination = columns.iso3()
    year = columns.year()
    month = dy.Int8(nullable=True, min=1, max=11, description="the last month of a year that is not complete")
    low = dy.Float64(nullable=False, min=0)
    high = dy.Float64(nullable=False, min=0)
    unit = columns.code(columns.MOVEMENT_UNIT)
    source = dy.String(nullable=False, primary_key=True, min_length=1)
    release = columns.text()
    locator = dy.String(nullable=False, primary_key=True, min_length=1)

    @dy.rule()
    def interval_in_order(cls) -> pl.Expr:
        """The interval is in order."""
        return pl.col("low") <= pl.col("high")

    @dy.rule()
    def crossings_are_events(cls) -> pl.Expr:
        """Crossings are counted as events, all else as persons."""
        return (pl.col("kind") == "crossings") == (pl.col("unit") == "events")


class Agreement(dy.Schema):
    """Which independent kinds of evidence name a pair of states, a described route, or a role of a state.

    `about` names it (`NIC-CRI`, `COL-PAN-USA`, `CRI transit`); a row is one kind of evidence. `years` has those of the
    figures, or of the reports. `certain` is false where every figure may be zero; `only`: no other kind names it.
    """

    about = dy.String(nullable=False, primary_key=True, regex="^[A-Z]{3}(-[A-Z]{3}){1,2}$|^[A-Z]{3} [a-z]+$")
    origin = columns.iso3(nullable=True)
    transit = columns.iso3(nullable=True)
    destination = columns.iso3(nullable=True)
    area = columns.iso3(nullable=True)
    role = columns.code(columns.ROLE, nullable=True)
    kind = columns.code(columns.AGREEMENT_KIND, key=True)
    first_year = columns.year()
    last_year = columns.year()
    years = dy.List(columns.year(), nullable=False)
    certain = dy.Bool(nullable=False)
    only = dy.Bool(nullable=False)

    @dy.rule()
    def pair_or_role(cls) -> pl.Expr:
        """A row is on a pair of states (or a route), or on the role of a state."""
        pair = pl.col("origin").is_not_null() & pl.col("destination").is_not_null()
        role = pl.col("area").is_not_null() & pl.col("role").is_not_null()
        return pair != role
