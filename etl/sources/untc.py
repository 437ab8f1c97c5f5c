"""UN Treaty Collection: signatures and deposits, from the status tables of UNTOC and two of its protocols.

The month in a file's name is that in which the table was read. Of the tables named 2014-01 it is too early: they were
read on 10 July 2014, which is therefore their release.
"""

import re
from datetime import date

import polars as pl

from etl.errors import SourceError
from etl.parsed import Finding, Parsed
from etl.tabular import expect_columns, named, read_records

SOURCE = "untc"
# The treaty's number in the collection (chapter XVIII, penal matters) is only in the file's name.
INSTRUMENTS = {"XVIII-12": "untoc", "XVIII-12-a": "palermo_protocol", "XVIII-12-b": "smuggling_protocol"}
NAME = re.compile(r"untc_(XVIII-12(?:-[ab])?)(?:_[A-Za-z][A-Za-z0-9]*)*_([0-9]{4}-(?:0[1-9]|1[0-2]))\.csv")
# The day on which tables were read whose names say something else.
READ = {"2014-01": "2014-07-10"}
PARTICIPANT, SIGNATURE, DEPOSIT = COLUMNS = (
    "Participant",
    "Signature",
    "Ratification, Acceptance(A), Approval(AA), Accession(a), Succession(d)",
)
DEPOSITS = {"": "ratification", "a": "accession", "A": "acceptance", "AA": "approval", "d": "succession"}
# The first day on which the three could be signed (article 36 of UNTOC).
OPENED = date(2000, 12, 12)
# There is only one kind of signature.
KINDS = {SIGNATURE: {"": "signature"}, DEPOSIT: DEPOSITS}
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


def parse(content: bytes, file: str) -> Parsed:
    """Parse the table of participants of one treaty.

    Returns:
        up to two rows a participant: `label` (as printed), `instrument` {palermo_protocol, untoc,
        smuggling_protocol}, `action` (data.columns.ACTION), `date`, `printed` (the cell), `locator`.
        `read` and `kept` count participants; `part` is the instrument.

    Raises:
        SourceError: a file's name or form that is not known, a cell that is not a date (names row and column), a date
            before the treaty or after the release, or a participant who is blank or occurs twice.
    """
    instrument, release = _name(file)
    records = _records(content, file)
    actions = [(number, record, _actions(number, record, release, file)) for number, record in records]
    rows = [
        (record[PARTICIPANT], instrument, *action, f"row {number}")
        for number, record, acts in actions
        for action in acts
    ]
    idle = [f"row {number}" for number, _, acts in actions if not acts]
    aside = [Finding(SOURCE, release, "no_action_printed", "", len(idle), first=idle[0])] if idle else []
    return Parsed(
        rows=pl.DataFrame(rows, schema=SCHEMA, orient="row"),
        release=release,
        release_basis="day of reading" if release in READ.values() else "file name",
        read=len(records),
        kept=len(records) - len(idle),
        findings=aside,
        part=instrument,
    )


def _name(file: str) -> tuple[str, str]:
    """The instrument and the release in a file's name."""
    parts = NAME.fullmatch(file)
    if parts is None:
        known = ", ".join(INSTRUMENTS)
        problem = f"expected a name untc_<treaty>_<title>_<year>-<month>.csv, with a treaty of {known}; rename the file"
        raise SourceError(problem, source=SOURCE, file=file)
    return INSTRUMENTS[parts[1]], READ.get(parts[2], parts[2])


def _records(content: bytes, file: str) -> list[tuple[int, dict[str, str]]]:
    """Each participant's row and cells by column name; none is blank or repeated."""
    lines = read_records(content, encoding="utf-8", source=SOURCE, file=file)
    if not lines[1:]:
        raise SourceError("the table has no rows; download it again", source=SOURCE, file=file)
    header, *body = lines
    expect_columns(header.cells, COLUMNS, source=SOURCE, file=file, sheet="", row=header.row)
    records = named(header, body, source=SOURCE, file=file)
    first: dict[str, int] = {}
    for number, record in records:
        label = record[PARTICIPANT]
        if not label or label in first:
            problem = f"{label} is already in row {first[label]}" if label else "the participant is blank"
            raise SourceError(f"{problem}; correct the file", source=SOURCE, file=file, row=number)
        first[label] = number
    return records


def _actions(number: int, record: dict[str, str], release: str, file: str) -> list[tuple[str, date, str]]:
    """Action, date and printed cell for each action of a participant."""
    acts = []
    for column in filter(record.get, KINDS):
        read = _dated(record[column], KINDS[column], release)
        if read is None:
            marks = ", ".join(filter(None, KINDS[column])) or "none"
            problem = f"column {column.split(',')[0]} is {record[column]!r}, expected a day from {OPENED} to {release}"
            problem = f"{problem} as in `8 Jun 2012` (marks after it: {marks}); compare it with the collection"
            raise SourceError(problem, source=SOURCE, file=file, row=number)
        acts.append((*read, record[column]))
    return acts


def _dated(cell: str, kinds: dict[str, str], release: str) -> tuple[str, date] | None:
    """Action and date of a cell such as `8 Jun 2012 a`; None if it cannot be parsed."""
    parts = DAY.fullmatch(cell)
    if parts is None or parts[2] not in MONTHS or (parts[4] or "") not in kinds:
        return None
    try:
        day = date(int(parts[3]), MONTHS.index(parts[2]) + 1, int(parts[1]))
    except ValueError:
        return None
    in_time = day >= OPENED and day.isoformat()[: len(release)] <= release
    return (kinds[parts[4] or ""], day) if in_time else None
