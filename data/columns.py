"""The closed lists of a snapshot's tables, and the kinds of columns they are made of."""

from collections.abc import Callable

import dataframely as dy
import polars as pl

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
BOUNDARY_KIND = ("state", "dependency", "outside", "disputed")
REDISTRIBUTE = ("rows", "derived", "none")
# Of a source's files: asked and answered; asked in vain, what is held serves; not asked this time; no longer issued;
# from a folder that stands in for the publisher; transcribed by this project.
FRESHNESS = ("fresh", "stale", "not_asked", "frozen", "mirror", "reference")


def one_of(values: tuple[str, ...]) -> Callable[[pl.Expr], pl.Expr]:
    """A check that a column holds nothing but the values of a closed list."""
    return lambda column: column.is_in(values)


def code(values: tuple[str, ...], *, key: bool = False, nullable: bool = False) -> dy.String:
    """A column of a closed list."""
    return dy.String(nullable=nullable, primary_key=key, check={"closed_list": one_of(values)})


def iso3(*, key: bool = False, nullable: bool = False) -> dy.String:
    """A country, as ISO 3166-1 alpha-3."""
    return dy.String(nullable=nullable, primary_key=key, regex="^[A-Z]{3}$")


def year(*, key: bool = False) -> dy.Int16:
    """A calendar year."""
    return dy.Int16(nullable=False, primary_key=key, min=1900, max=2100)


def text(*, nullable: bool = False) -> dy.String:
    """A text that is never empty."""
    return dy.String(nullable=nullable, min_length=1)
