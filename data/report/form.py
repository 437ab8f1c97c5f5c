"""What a workbook holds: its sheets, the columns of each, and which line of a sheet speaks of which paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from string import ascii_uppercase

import polars as pl

from data.commitments import OF_STATES, commitments
from data.i18n import N_
from data.paragraphs import THEMES
from data.report.asked import SECRETARIAT, Asked

# The name of the form, and its version: a workbook of another version is not read.
NAME, VERSION = "atalaya-report", 1
COVER, INSTRUCTIONS = N_("Cover"), N_("Instructions")
# The rows above the first line of a sheet: codes (hidden), what the sheet is, headings.
CODES, HEADING, HEADINGS, FIRST_LINE = 1, 2, 3, 4
# How many findings there may be on a paragraph; and answers, disputed figures and disputed routes in a workbook.
PER_PARAGRAPH, PER_SHEET = 6, 60
# What a spreadsheet program takes for the name of a sheet.
LONGEST_NAME, NOT_IN_A_NAME = 31, re.compile(r"[\[\]:*?/\\'#;|]")
STATUS = {
    "not_started": N_("Not started"),
    "limited": N_("Limited"),
    "substantial": N_("Substantial"),
    "complete": N_("Complete"),
}


@dataclass(frozen=True)
class Column:
    """A column of a sheet: a stable code, its heading, what its cells hold, how wide it is, how long a text may be."""

    code: str
    heading: str
    kind: str
    width: int
    longest: int = 0
    required: bool = False


@dataclass(frozen=True)
class Sheet:
    """A sheet that is filled in: a stable code, its name, its columns, and the paragraph of each of its lines."""

    code: str
    name: str
    columns: tuple[Column, ...]
    lines: tuple[int, ...]

    @property
    def last(self) -> int:
        """The row of its last line."""
        return FIRST_LINE + len(self.lines) - 1


PARAGRAPH = (Column("paragraph", N_("Paragraph"), "locked", 11), Column("title", N_("Commitment"), "locked", 42))
FINDING = Column("finding", N_("What was done or found"), "text", 56, 2000, required=True)
PROGRESS = Column("status", N_("Status (only with a document)"), "status", 18)
DOCUMENT = (
    Column("document", N_("Title of the document"), "text", 40, 300),
    Column("issuer", N_("Issued by"), "text", 28, 200),
    Column("date", N_("Date of the document"), "date", 14),
    Column("url", N_("Address on the web"), "url", 40, 500),
)
SPAN = (Column("period_from", N_("Period from"), "date", 15), Column("period_to", N_("Period to"), "date", 15))
LINE = Column("line", N_("Line of action of the work plan"), "line", 18, 20)
ANSWERED = Column("replies_to", N_("Which entry it answers (its id)"), "id", 36, 200, required=True)
YEAR = Column("year", N_("Year"), "year", 9, required=True)
INSTEAD = (
    Column("value", N_("What the state says instead (a number, if there is one)"), "number", 18),
    Column("finding", N_("Why the figure is disputed"), "text", 56, 2000, required=True),
)
DISPUTED = (
    Column("indicator", N_("Indicator"), "indicator", 40, required=True),
    YEAR,
    Column("sex", N_("Sex"), "sex", 18, required=True),
    Column("age", N_("Age"), "age", 22, required=True),
    Column("form", N_("Form of exploitation"), "form", 28, required=True),
)
ROUTE = (
    Column("origin", N_("Citizenship (ISO 3166 code, e.g. CRI)"), "country", 18, required=True),
    Column("destination", N_("Detected in (ISO 3166 code)"), "country", 18, required=True),
    YEAR,
)


@cache
def paragraphs(area: str) -> dict[str, tuple[int, ...]]:
    """The paragraphs on which a state, or the General Secretariat, reports, by theme, in the order of the themes."""
    actors = (SECRETARIAT,) if area == SECRETARIAT else OF_STATES
    told = commitments().filter(pl.col("actor").is_in(actors))
    rows = list(told.select("theme", "paragraph").iter_rows())
    held = {theme: tuple(paragraph for one, paragraph in rows if one == theme) for theme in THEMES}
    return {theme: numbers for theme, numbers in held.items() if numbers}


def sheets(asked: Asked) -> tuple[Sheet, ...]:
    """The sheets that are filled in, in their order."""
    if asked.kind == "report":
        columns = (*PARAGRAPH, FINDING, PROGRESS, *DOCUMENT, *SPAN, LINE)
        themes = enumerate(paragraphs(asked.area).items(), start=1)
        return tuple(
            Sheet(theme, named(f"{n} {asked.language.text(THEMES[theme])}"), columns, _lines(numbers))
            for n, (theme, numbers) in themes
        )
    return tuple(
        Sheet(code, named(asked.language.text(name)), columns, (0,) * PER_SHEET)
        for code, name, columns in _answering(asked.kind)
    )


def _answering(kind: str) -> Iterator[tuple[str, str, tuple[Column, ...]]]:
    if kind == "correction":
        yield "figures", N_("Figures"), (*DISPUTED, *INSTEAD, *DOCUMENT)
        yield "flows", N_("Routes"), (*ROUTE, *INSTEAD, *DOCUMENT)
    else:
        status = (PROGRESS,) if kind == "review" else ()
        yield "answers", N_("Answers"), (ANSWERED, FINDING, *status, *DOCUMENT)


def _lines(numbers: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(number for number in numbers for _ in range(PER_PARAGRAPH))


def named(words: str) -> str:
    """The same as the name of a sheet."""
    return NOT_IN_A_NAME.sub(" ", words)[:LONGEST_NAME].strip()


def names(asked: Asked) -> tuple[str, ...]:
    """The names of all sheets, in their order."""
    told = (asked.language.text(INSTRUCTIONS), *(sheet.name for sheet in sheets(asked)))
    return named(asked.language.text(COVER)), *map(named, told)


def place(columns: tuple[Column, ...], code: str, row: int) -> str:
    """The cell of a column in a row, as a spreadsheet names it."""
    number = next(number for number, column in enumerate(columns, start=1) if column.code == code)
    return f"{ascii_uppercase[number - 1]}{row}"
