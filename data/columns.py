"""Code lists of the snapshot's tables, and the column types that the schemas share."""

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
# What a state counts: persons of any nationality; offenses; proceedings, whatever the number of persons; nationals;
# foreigners; victims named in complaints, or in files of investigations; or something of which the publisher says
# nothing, and for which no document was found.
COUNTING_UNIT = (
    *("persons", "offences", "cases", "own_nationals", "foreign_nationals"),
    *("victims_in_complaints", "victims_in_files", "not_stated"),
)
# Where a count of authorities is shown: on Region, with its rate; also as a key figure of Country; also as a response
# that titles and scenes name beside the detected victims. Each place includes those before it.
SHOWN = ("region", "country", "response")
# Of flows: victims that UNODC counts; statements of reports; victims that a state's own register counts.
EVIDENCE = ("counted", "stated", "register")
ROLE = ("origin", "transit", "destination", "internal")
STATED = ("yes", "no", "no_mention")
YEAR_BASIS = ("reference", "report")
# What figures of one release say against each other: groups by sex or age that add up to more than the total; a form
# above the total; a total that equals one form while another is above zero; more males than females in sexual
# exploitation, which is unusual and contradicts nothing.
IDENTITY = ("parts_by_sex", "parts_by_age", "form_above", "one_form", "more_males")
REVISION_KIND = ("revised", "new", "withdrawn", "convention")
# A participation is known without the act that made the state a party.
ACTION = ("signature", "ratification", "accession", "acceptance", "approval", "succession", "participation")
DATE_PRECISION = ("day", "year", "none")
# A reservation or declaration whose text names no article.
UNSPECIFIED = "unspecified"
# The grade of a reported figure, which does not show that anything was done.
GRADE = ("background", "figure", "public_document", "state_report", "reviewed", "reply")
EVIDENCE_KIND = ("narrative_coding", "treaty", "law", "statistic", "report", "review", "reply")
PROGRESS = ("not_started", "limited", "substantial", "complete")
# Who is responsible for a paragraph when it is not a single state.
BODIES = ("OAS-GS", "COLLECTIVE")
PARAGRAPHS = 32
# The day of the declaration. Evidence that is not shown to be later is background.
DECLARED = date(2018, 3, 7)
# The work plan: the kind of a numbered line, who has to act, and the number of objectives.
LINE_KIND = ("line_of_action", "indicator")
LINE_ACTOR = ("states", "OAS-GS")
OBJECTIVES = 7
# Independent kinds of evidence that a pair, a route or a role can have: victims counted by citizenship, reports of the
# US Department of State, whoever coded them, and a state's own register.
AGREEMENT_KIND = ("counted", "described", "register")
# What moved across a border, and in what it is counted: people, or crossings, which one person can make several times.
MOVEMENT_KIND = ("refugees", "asylum_seekers", "others_in_need", "crossings")
MOVEMENT_UNIT = ("persons", "events")
BOUNDARY_KIND = ("state", "dependency", "outside", "disputed")
REDISTRIBUTE = ("rows", "derived", "none")
# How current a source's files are: downloaded now; the publisher could not be reached, so earlier files are used; not
# requested in this build; no longer published; from a mirror folder; transcribed by this project; sent in and accepted.
FRESHNESS = ("fresh", "stale", "not_asked", "carried_over", "frozen", "mirror", "reference", "sent")


def one_of(values: tuple[str, ...]) -> Callable[[pl.Expr], pl.Expr]:
    """A check that a column has only the values of a code list."""
    return lambda column: column.is_in(values)


def code(values: tuple[str, ...], *, key: bool = False, nullable: bool = False) -> dy.String:
    """A column with the values of a code list."""
    description = f"one of {', '.join(values)}"
    check, known = {"closed_list": one_of(values)}, {"codes": values}
    return dy.String(nullable=nullable, primary_key=key, check=check, metadata=known, description=description)


def iso3(*, key: bool = False, nullable: bool = False) -> dy.String:
    """A country, as ISO 3166-1 alpha-3."""
    return dy.String(nullable=nullable, primary_key=key, regex="^[A-Z]{3}$")


def country(*, key: bool = False, nullable: bool = False) -> dy.String:
    """A country by its ISO 3166-1 alpha-3 code; only codes that the standard lists."""
    listed = {"iso_3166": one_of(tuple(one.alpha_3 for one in pycountry.countries))}
    return dy.String(nullable=nullable, primary_key=key, check=listed, description="an alpha-3 code of ISO 3166-1")


def year(*, key: bool = False, nullable: bool = False) -> dy.Int16:
    """A calendar year."""
    description = "a year of four digits, 1900 to 2100"
    return dy.Int16(nullable=nullable, primary_key=key, min=1900, max=2100, description=description)


def day(*, nullable: bool = False) -> dy.Date:
    """A day."""
    return dy.Date(nullable=nullable, description="a day as YYYY-MM-DD")


def text(*, nullable: bool = False) -> dy.String:
    """A text that is never empty."""
    return dy.String(nullable=nullable, min_length=1)


def cell() -> dy.Struct:
    """A cell of a source's file on which a row rests."""
    return dy.Struct({"source": text(), "release": text(), "locator": text()})


# By type: the pattern of a cell in a CSV file, and how it is parsed.
WRITTEN: dict[pl.DataType, tuple[str, Callable[[pl.Expr], pl.Expr]]] = {
    pl.Date(): ("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", lambda cell: cell.str.to_date("%Y-%m-%d", strict=False)),
    pl.Boolean(): ("^(true|false)$", lambda cell: cell == "true"),
    pl.Float64(): (r"^-?[0-9]+(\.[0-9]+)?$", lambda cell: cell.cast(pl.Float64, strict=False)),
    pl.Int16(): ("^[0-9]+$", lambda cell: cell.cast(pl.Int16, strict=False)),
    pl.Int8(): ("^[0-9]+$", lambda cell: cell.cast(pl.Int8, strict=False)),
}


def parsed_as(name: str, kind: pl.DataType) -> pl.Expr:
    """A text column parsed as `kind`; null where a cell does not match the pattern of that type."""
    if kind not in WRITTEN:
        return pl.col(name)
    form, read = WRITTEN[kind]
    return pl.when(pl.col(name).str.contains(form)).then(read(pl.col(name)))
