"""Status of five human rights treaties, as a university project compiled it on 25 August 2022: the year, and no day.

It is a second source beside the depositary's own tables of 2015, and goes on from where they end.
"""

import re
from datetime import date

import polars as pl

from etl.depositary import StatusTable, participants
from etl.errors import SourceError
from etl.parsed import Parsed
from etl.tabular import read_table

SOURCE = "un_hr_status"
RELEASE = "2022-08-25"
INSTRUMENTS = {
    "hr_status_cedaw.csv": "cedaw",
    "hr_status_crc.csv": "child_rights",
    "hr_status_icmw.csv": "migrant_workers",
    "hr_status_op_crc_ac.csv": "children_in_conflict",
    "hr_status_op_crc_sc.csv": "sale_of_children",
}
MEMBER = "member"
YEAR = "year ratification or accession"
STATUS = "status"
# The columns of flags say the same, but for one state.
PARTY = "state party"
SIGNED = "signatory state"
STATUSES = (PARTY, SIGNED, "no action")
COLUMNS = ("iso2", MEMBER, "state party", YEAR, "signatory", "no action", STATUS, "note")
SCHEMA = {
    "label": pl.String,
    "instrument": pl.String,
    "action": pl.String,
    "date": pl.Date,
    "date_precision": pl.String,
    "locator": pl.String,
}


def parse(content: bytes, file: str) -> Parsed:
    """Parse the list of states of one treaty.

    Returns:
        one row a state that acted: `label` (as printed), `instrument`, `action` (`participation`, as the act is not
        named, or `signature`), `date` (1 January of the year; null for a signature), `date_precision`, `locator`.

    Raises:
        SourceError: a file's name is not known, or a state has no status or a party no year.
    """
    if file not in INSTRUMENTS:
        raise SourceError(f"expected {', '.join(INSTRUMENTS)}; rename the file", source=SOURCE, file=file)
    records = read_table(content, COLUMNS, source=SOURCE, file=file)
    table = StatusTable(SOURCE, file, INSTRUMENTS[file], RELEASE, "day on which it was compiled")
    return participants(table, [(number, _acts(number, record, file)) for number, record in records], SCHEMA)


def _acts(number: int, record: dict[str, str], file: str) -> list[tuple[object, ...]]:
    """The act of a state, if it acted."""
    status, year = record[STATUS], record[YEAR]
    dated = re.fullmatch(r"(?:19|20)[0-9]{2}", year, re.ASCII) is not None and year <= RELEASE[:4]
    if not record[MEMBER] or status not in STATUSES or (status == PARTY) != dated or (year and not dated):
        problem = f"expected the name of a state, {' or '.join(STATUSES)}, and the year of a party alone; compare it"
        raise SourceError(f"{problem} with the publisher's", source=SOURCE, file=file, row=number)
    act = (record[MEMBER], INSTRUMENTS[file])
    if status == PARTY:
        return [(*act, "participation", date(int(year), 1, 1), "year")]
    return [(*act, "signature", None, "none")] if status == SIGNED else []
