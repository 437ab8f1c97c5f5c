"""The closed lists of a snapshot's tables, and the kinds of columns they are made of."""

from collections.abc import Callable
from datetime import date

import dataframely as dy
import polars as pl
import pycountry

SEX = ("total", "female", "male", "other", "unknown")
STATUS = ("exact", "masked", "conflicting", "suspect")
FLOW_STATUS = ("exact", "masked", "questioned", "conflicting")
UNIT = ("persons", "offences", "percent", "per_100000_population")
FLOW_UNIT = ("persons", "statements")
EVIDENCE = ("counted", "stated")
ROLE = ("origin", "transit", "destination", "internal")
STATED = ("yes", "no", "no_mention")
YEAR_BASIS = ("reference", "report")
REVISION_KIND = ("revised", "new", "withdrawn", "convention")
ACTION = ("signature", "ratification", "accession", "acceptance", "approval", "succession")
GRADE = ("background", "public_document", "state_report", "reviewed", "reply")
EVIDENCE_KIND = ("narrative_coding", "treaty", "law", "statistic", "report", "review", "reply")
PROGRESS = ("not_started", "limited", "substantial", "complete")
# Who answers for a paragraph when it is no single state.
BODIES = ("OAS-GS", "COLLECTIVE")
PARAGRAPHS = 32
# The day of the declaration's text: what is not shown to come after it is background.
DECLARED = date(2018, 3, 7)
# The work plan: what a numbered line of it is, whom it asks to act, and how many objectives it serves.
LINE_KIND = ("line_of_action", "indicator")
LINE_ACTOR = ("states", "OAS-GS")
OBJECTIVES = 7
BOUNDARY_KIND = ("state", "dependency", "outside", "disputed")
REDISTRIBUTE = ("rows", "derived", "none")
# Of a source's files: asked and answered; asked in vain, what is held serves; not asked this time; no longer issued;
# from a folder that stands in for the publisher; transcribed by this project; sent in and accepted.
FRESHNESS = ("fresh", "stale", "not_asked", "frozen", "mirror", "reference", "sent")


def one_of(values: tuple[str, ...]) -> Callable[[pl.Expr], pl.Expr]:
    """A check that a column holds nothing but the values of a closed list."""
    return lambda column: column.is_in(values)


def code(values: tuple[str, ...], *, key: bool = False, nullable: bool = False) -> dy.String:
    """A column of a closed list."""
    told = f"one of {', '.join(values)}"
    check, known = {"closed_list": one_of(values)}, {"codes": values}
    return dy.String(nullable=nullable, primary_key=key, check=check, metadata=known, description=told)


def iso3(*, key: bool = False, nullable: bool = False) -> dy.String:
    """A country, as ISO 3166-1 alpha-3."""
    return dy.String(nullable=nullable, primary_key=key, regex="^[A-Z]{3}$")


def country(*, key: bool = False, nullable: bool = False) -> dy.String:
    """A country that ISO 3166-1 lists, by its alpha-3 code."""
    listed = {"iso_3166": one_of(tuple(one.alpha_3 for one in pycountry.countries))}
    return dy.String(nullable=nullable, primary_key=key, check=listed, description="an alpha-3 code of ISO 3166-1")


def year(*, key: bool = False, nullable: bool = False) -> dy.Int16:
    """A calendar year."""
    told = "a year of four digits, 1900 to 2100"
    return dy.Int16(nullable=nullable, primary_key=key, min=1900, max=2100, description=told)


def day() -> dy.Date:
    """A day."""
    return dy.Date(nullable=False, description="a day of the calendar, as YYYY-MM-DD")


def text(*, nullable: bool = False) -> dy.String:
    """A text that is never empty."""
    return dy.String(nullable=nullable, min_length=1)


# How a cell of a CSV file is written, and how it is read.
WRITTEN: dict[pl.DataType, tuple[str, Callable[[pl.Expr], pl.Expr]]] = {
    pl.Date(): ("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", lambda cell: cell.str.to_date("%Y-%m-%d", strict=False)),
    pl.Boolean(): ("^(true|false)$", lambda cell: cell == "true"),
    pl.Float64(): (r"^-?[0-9]+(\.[0-9]+)?$", lambda cell: cell.cast(pl.Float64, strict=False)),
    pl.Int16(): ("^[0-9]+$", lambda cell: cell.cast(pl.Int16, strict=False)),
    pl.Int8(): ("^[0-9]+$", lambda cell: cell.cast(pl.Int8, strict=False)),
}


def written(name: str, kind: pl.DataType) -> pl.Expr:
    """A column of text as one of `kind`; null where a cell is not written as one."""
    if kind not in WRITTEN:
        return pl.col(name)
    form, read = WRITTEN[kind]
    return pl.when(pl.col(name).str.contains(form)).then(read(pl.col(name)))
