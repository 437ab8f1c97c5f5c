"""Facts that this project transcribed, each with its citation: names of laws, and derived dates of treaty actions."""

from datetime import timedelta

import dataframely as dy
import polars as pl

from data import columns, reviewed
from data.columns import ACTION
from data.reviewed import Reviewed, ReviewedError
from data.treaties import treaties
from etl.areas import state_codes
from etl.errors import SourceError
from etl.parsed import Parsed

SOURCE = "reference"
# How a date that is not printed was derived, and how many days it is before the printed one; pages translate it.
FROM_ENTRY_INTO_FORCE = "thirty_days_before_entry_into_force"
BASES = {FROM_ENTRY_INTO_FORCE: timedelta(days=30), "deposited_with_palermo_protocol": timedelta(0)}
BASIS = f"^(?:{'|'.join(BASES)}): [0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}$"


def basis() -> tuple[pl.Expr, pl.Expr]:
    """The code and the printed day of a basis."""
    code, day = (pl.col("basis").str.split(": ").list.get(part, null_on_oob=True) for part in (0, 1))
    return code, day.str.to_date("%Y-%m-%d", strict=False)


class CitedFact(Reviewed):
    """Base of the files: a fact about one of the 35 states, its citation, and the day it was transcribed."""

    area = dy.String(
        nullable=False,
        primary_key=True,
        check={"state": lambda area: area.is_in(state_codes())},
        description="the ISO 3166-1 alpha-3 code of a state of areas.csv",
    )
    citation = columns.text()
    transcribed = columns.day()


class Laws(CitedFact):
    """The file of states' laws; `year` is empty if the text that names the law does not date it.

    `date` is the day on which the law was passed or signed. A law of the year of the declaration needs it: the year
    alone does not say which of the two came first.
    """

    FILE = "laws.csv"
    title = columns.text()
    year = columns.year(nullable=True)
    date = columns.day(nullable=True)

    @dy.rule()
    def day_in_its_year(cls) -> pl.Expr:
        """The day of a law is in its year, and not after the day on which it was transcribed."""
        within = (pl.col("date").dt.year() == pl.col("year")) & (pl.col("date") <= pl.col("transcribed"))
        return pl.col("date").is_null() | within.fill_null(value=False)

    @dy.rule()
    def day_in_the_year_of_the_declaration(cls) -> pl.Expr:
        """A law of the year of the declaration has its day."""
        return (pl.col("year") != columns.DECLARED.year) | pl.col("date").is_not_null()

    @dy.rule()
    def passed_before_transcribed(cls) -> pl.Expr:
        """The year of a law is not after the year in which it was transcribed."""
        return pl.col("year") <= pl.col("transcribed").dt.year()


class Acts(CitedFact):
    """The file of states' actions on treaties, on days derived from what was printed."""

    FILE = "instruments.csv"
    instrument = columns.code(tuple(treaties()), key=True)
    action = columns.code(ACTION, key=True)
    date = columns.day()
    derived = dy.Bool(nullable=False, description="true or false")
    basis = dy.String(nullable=False, regex=BASIS, description=f"{' or '.join(BASES)}, then `: ` and a day")

    @dy.rule()
    def done_before_transcribed(cls) -> pl.Expr:
        """The day of an act is not after the day on which it was transcribed."""
        return pl.col("date") <= pl.col("transcribed")

    @dy.rule()
    def day_follows_from_basis(cls) -> pl.Expr:
        """The day is the one that follows from the basis."""
        how, printed = basis()
        before = how.replace_strict(BASES, default=None, return_dtype=pl.Duration)
        return pl.col("date") == printed - before


FORMS: dict[str, type[CitedFact]] = {form.FILE: form for form in (Laws, Acts)}


def parse(content: bytes, file: str) -> Parsed:
    """Parse `laws.csv` or `instruments.csv`; the name without ending is the `part`.

    Returns:
        laws: one row a state: `area` (ISO3), `title`, `year` and `date` (null where not known), `citation`, `locator`;
        instruments: `area`, `instrument`, `action` (data.columns.ACTION), `date`, `derived`, `basis` (a stable code
        and what was printed), `in_force` (the day printed for the entry into force, or null), `transcribed` (true),
        `citation`, `locator`.

    Raises:
        SourceError: an unknown file, or one that breaks its schema; the text names row and column.
    """
    if file not in FORMS:
        problem = f"this file is not known; name it {' or '.join(FORMS)}"
        raise SourceError(problem, source=SOURCE, file=file)
    try:
        rows = reviewed.parse(content, FORMS[file])
    except ReviewedError as error:
        raise SourceError(error.problem, source=SOURCE, file=file, row=error.row) from error
    facts = rows.with_columns(locator=pl.format("row {}", "row"))
    return Parsed(
        rows=(_transcribed(facts) if file == Acts.FILE else facts.drop("transcribed")).drop("row"),
        release=str(rows["transcribed"].max()),
        release_basis="day of transcription, in the file",
        read=rows.height,
        kept=rows.height,
        part=file.removesuffix(".csv"),
    )


def _transcribed(acts: pl.DataFrame) -> pl.DataFrame:
    """The acts with the day on which the treaty entered into force for the state, where that was printed."""
    code, day = basis()
    return acts.with_columns(in_force=pl.when(code == FROM_ENTRY_INTO_FORCE).then(day), transcribed=pl.lit(value=True))
