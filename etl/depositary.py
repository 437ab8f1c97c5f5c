"""The status tables of a depositary of treaties: a participant a row, with the days of its signature and its deposit.

Sources of one depositary share it; each says of which treaty a file is, and when the table was read.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from data.treaties import treaties
from etl.errors import SourceError
from etl.parsed import Finding, Parsed
from etl.tabular import expect_columns, named, read_records

PARTICIPANT = "Participant"
# What the heading of a column lists: each form of an act with the mark after its day. A definitive signature and a
# participation are one form here, as the day alone does not say which of the two it is.
FORMS = {
    "Signature": ("", "signature"),
    "Succession to signature(d)": ("d", "signature"),
    "Definitive signature or participation in the Convention and the Protocol": ("", "participation"),
    "Participation(P)": ("P", "participation"),
    "Ratification": ("", "ratification"),
    "Acceptance(A)": ("A", "acceptance"),
    "Approval(AA)": ("AA", "approval"),
    "Accession(a)": ("a", "accession"),
    "Succession(d)": ("d", "succession"),
}
DEPOSITS = ("ratification", "acceptance", "approval", "accession", "succession")
AMENDED = re.compile(r" (?:of|to) the Convention as amended")
# Names of months as the collection prints them, independent of the machine's locale.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAY = re.compile(r"([0-9]{1,2}) ([A-Z][a-z]{2}) ([0-9]{4})(?: (\S+))?")
SCHEMA = {
    "label": pl.String,
    "instrument": pl.String,
    "action": pl.String,
    "date": pl.Date,
    "printed": pl.String,
    "locator": pl.String,
}


@dataclass(frozen=True)
class StatusTable:
    """A file: its source and name, its treaty (of `data.treaties`), when it was read, and where that was found."""

    source: str
    file: str
    instrument: str
    release: str
    release_basis: str

    def error(self, problem: str, row: int | None = None) -> SourceError:
        """What is wrong with the file."""
        return SourceError(problem, source=self.source, file=self.file, row=row)


def parse(content: bytes, table: StatusTable) -> Parsed:
    """Parse the table of participants of one treaty.

    Returns:
        up to two rows a participant: `label` (as printed), `instrument`, `action` (data.columns.ACTION), `date`,
        `printed` (the cell), `locator`. `read` and `kept` count participants; `part` is the instrument.

    Raises:
        SourceError: a treaty that is not declared, a form that is not known, a cell that is not a date (names row and
            column), a date before the treaty or after the release, or a participant who is blank or occurs twice.
    """
    if table.instrument not in treaties():
        raise table.error(f"{table.instrument} has no line in data/reference/treaties.csv; add it")
    acts = [
        (number, [(record[PARTICIPANT], table.instrument, *act) for act in _actions(number, record, table)])
        for number, record in _records(content, table)
    ]
    return participants(table, acts, SCHEMA)


def participants(
    table: StatusTable,
    acts: Sequence[tuple[int, Sequence[tuple[object, ...]]]],
    schema: Mapping[str, pl.DataType | type[pl.DataType]],
    reason: str = "no_action_printed",
) -> Parsed:
    """The acts on a treaty; participants without one are set aside.

    Args:
        acts: of each participant the number of its row, and its acts: the cells of `schema` but for the last one.
        schema: of the rows; the last column is `locator`.
        reason: why a participant is set aside.
    """
    rows = [(*act, f"row {number}") for number, mine in acts for act in mine]
    idle = [f"row {number}" for number, mine in acts if not mine]
    aside = [Finding(table.source, table.release, reason, "", len(idle), first=idle[0])] if idle else []
    return Parsed(
        rows=pl.DataFrame(rows, schema=schema, orient="row"),
        release=table.release,
        release_basis=table.release_basis,
        read=len(acts),
        kept=len(acts) - len(idle),
        findings=aside,
        part=table.instrument,
    )


def _records(content: bytes, table: StatusTable) -> list[tuple[int, dict[str, str]]]:
    """Each participant's row and cells by column name; none is blank or repeated."""
    place = {"source": table.source, "file": table.file}
    lines = read_records(content, encoding="utf-8", **place)
    if not lines[1:]:
        raise table.error("the table has no rows; download it again")
    header, *body = lines
    known = tuple(cell for cell in header.cells if _kinds(cell))
    binding = [cell for cell in known if set(_kinds(cell).values()) - {"signature"}]
    deposits = () if binding else (", ".join(form for form, (_, action) in FORMS.items() if action in DEPOSITS),)
    expect_columns(header.cells, (PARTICIPANT, *known, *deposits), sheet="", row=header.row, **place)
    records = named(header, body, **place)
    first: dict[str, int] = {}
    for number, record in records:
        label = record[PARTICIPANT]
        if not label or label in first:
            problem = f"{label} is already in row {first[label]}" if label else "the participant is blank"
            raise table.error(f"{problem}; correct the file", number)
        first[label] = number
    return records


def _kinds(heading: str) -> dict[str, str]:
    """The act of each mark in the column of a heading, which lists some of `FORMS`; empty for any other heading."""
    forms = AMENDED.sub("", heading).split(", ")
    return dict(FORMS[form] for form in forms) if set(forms) <= set(FORMS) else {}


def _actions(number: int, record: dict[str, str], table: StatusTable) -> list[tuple[str, date, str]]:
    """Action, date and printed cell for each action of a participant."""
    acts, opened = [], treaties()[table.instrument].opened
    for column, cell in record.items():
        if column == PARTICIPANT or not cell:
            continue
        kinds = _kinds(column)
        read = _dated(cell, kinds)
        if read is None or not (read[1] >= opened and read[1].isoformat()[: len(table.release)] <= table.release):
            marks = ", ".join(filter(None, kinds)) or "none"
            problem = f"column {column.split(',')[0]} is {cell!r}, expected a day from {opened} to {table.release}"
            problem = f"{problem} as in `8 Jun 2012` (marks after it: {marks}); compare it with the collection"
            raise table.error(problem, number)
        acts.append((*read, cell))
    return acts


def _dated(cell: str, kinds: dict[str, str]) -> tuple[str, date] | None:
    """Action and date of a cell such as `8 Jun 2012 a`; None if it cannot be parsed."""
    parts = DAY.fullmatch(cell)
    if parts is None or parts[2] not in MONTHS or (parts[4] or "") not in kinds:
        return None
    try:
        day = date(int(parts[3]), MONTHS.index(parts[2]) + 1, int(parts[1]))
    except ValueError:
        return None
    return kinds[parts[4] or ""], day
