"""The layout of a workbook: its sheets, their columns and drop-downs, and the paragraph of each line."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from string import ascii_uppercase

import polars as pl

from data import words
from data.declaration import OF_STATES, THEMES, commitments
from data.i18n import N_, Language
from data.report.order import SECRETARIAT, Order

# Workbooks of another version are refused.
NAME = "atalaya-report"
VERSION = 1
COVER = N_("Cover")
INSTRUCTIONS = N_("Instructions")
# Row numbers of a sheet: column codes (hidden), title, headings, first line.
CODES = 1
TITLE = 2
HEADINGS = 3
FIRST_LINE = 4
# Number of lines for each paragraph of a report, and on a sheet of any other workbook.
LINES_PER_PARAGRAPH = 6
LINES_PER_SHEET = 60
# Excel's limits for the name of a sheet.
MAX_NAME = 31
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\'#;|]")
# The earliest date of a document: Excel counts days from 1900.
EARLIEST = date(1900, 1, 1)
STATUS = {
    "not_started": N_("Not started"),
    "limited": N_("Limited"),
    "substantial": N_("Substantial"),
    "complete": N_("Complete"),
}
# The drop-downs, by kind of column.
CHOICES: Mapping[str, Mapping[str, str]] = {
    "status": STATUS,
    "indicator": words.INDICATOR,
    "sex": words.SEX,
    "age": words.AGE,
    "form": words.FORM,
}
# Words of the drop-downs in older workbooks, in lower case.
EARLIER: Mapping[str, Mapping[str, str]] = {
    "indicator": {
        "recorded offences": "offences",
        "recorded offences per 100,000 population": "offences_rate",
    },
    "form": {"forced labour": "forced_labour"},
}
AGES = re.compile(r"[0-9]{1,2}(?:-[0-9]{1,2}|\+)")


@dataclass(frozen=True)
class Column:
    """A column of a sheet: stable code, heading, kind of its cells, width, the longest text (0: no limit)."""

    code: str
    heading: str
    kind: str
    width: int
    max_length: int = 0
    required: bool = False


@dataclass(frozen=True)
class FormSheet:
    """A sheet to fill in: stable code, name, columns, and the paragraph of each line (0 for none)."""

    code: str
    name: str
    columns: tuple[Column, ...]
    lines: tuple[int, ...]

    @property
    def last(self) -> int:
        """The row of the last line."""
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
    """The paragraphs on which a state or the General Secretariat reports, by theme and in the order of the themes."""
    actors = (SECRETARIAT,) if area == SECRETARIAT else OF_STATES
    own = commitments().filter(pl.col("actor").is_in(actors))
    rows = list(own.select("theme", "paragraph").iter_rows())
    by_theme = {theme: tuple(paragraph for name, paragraph in rows if name == theme) for theme in THEMES}
    return {theme: numbers for theme, numbers in by_theme.items() if numbers}


def sheets(order: Order) -> tuple[FormSheet, ...]:
    """The sheets to fill in, in order."""
    if order.kind == "report":
        columns = (*PARAGRAPH, FINDING, PROGRESS, *DOCUMENT, *SPAN, LINE)
        themes = enumerate(paragraphs(order.area).items(), start=1)
        return tuple(
            FormSheet(theme, sheet_name(f"{n} {order.language.text(THEMES[theme])}"), columns, _lines(numbers))
            for n, (theme, numbers) in themes
        )
    return tuple(
        FormSheet(code, sheet_name(order.language.text(title)), columns, (0,) * LINES_PER_SHEET)
        for code, title, columns in _answer_sheets(order.kind)
    )


def _answer_sheets(kind: str) -> Iterator[tuple[str, str, tuple[Column, ...]]]:
    if kind == "correction":
        yield "figures", N_("Figures"), (*DISPUTED, *INSTEAD, *DOCUMENT)
        yield "flows", N_("Routes"), (*ROUTE, *INSTEAD, *DOCUMENT)
    else:
        status = (PROGRESS,) if kind == "review" else ()
        yield "answers", N_("Answers"), (ANSWERED, FINDING, *status, *DOCUMENT)


def _lines(numbers: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(number for number in numbers for _ in range(LINES_PER_PARAGRAPH))


def sheet_name(title: str) -> str:
    """A title shortened to a sheet name that Excel allows."""
    return NOT_IN_A_NAME.sub(" ", title)[:MAX_NAME].strip()


def sheet_names(order: Order) -> tuple[str, ...]:
    """The names of all sheets, in order."""
    lang = order.language
    first = (sheet_name(lang.text(title)) for title in (COVER, INSTRUCTIONS))
    return *first, *(sheet.name for sheet in sheets(order))


def cell_name(columns: tuple[Column, ...], code: str, row: int) -> str:
    """The cell of a column in a row, such as `C12`."""
    number = next(number for number, column in enumerate(columns) if column.code == code)
    return f"{ascii_uppercase[number]}{row}"


def choices(kind: str, lang: Language) -> list[str]:
    """The words of a drop-down, in order."""
    return [lang.text(word) for word in CHOICES[kind].values()]


def choice_code(kind: str, text: str, lang: Language) -> str | None:
    """The code for a word of a drop-down (or for a code), in upper or lower case; None for any other text."""
    codes = {lang.text(word).casefold(): code for code, word in CHOICES[kind].items()}
    codes |= {code.casefold(): code for code in CHOICES[kind]} | dict(EARLIER.get(kind, {}))
    # More age bands are valid than the list offers.
    return text if kind == "age" and AGES.fullmatch(text) else codes.get(text.casefold())
