"""UN Treaty Collection: signatures and deposits, from the status tables of UNTOC and two of its protocols.

The month in a file's name is that in which the table was read. Of the tables named 2014-01 it is too early: they were
read on 10 July 2014, which is therefore their release.
"""

import re

from etl import depositary
from etl.errors import SourceError
from etl.parsed import Parsed

SOURCE = "untc"
# The treaty's number in the collection (chapter XVIII, penal matters) is only in the file's name.
INSTRUMENTS = {"XVIII-12": "untoc", "XVIII-12-a": "palermo_protocol", "XVIII-12-b": "smuggling_protocol"}
NAME = re.compile(r"untc_(XVIII-12(?:-[ab])?)(?:_[A-Za-z][A-Za-z0-9]*)*_([0-9]{4}-(?:0[1-9]|1[0-2]))\.csv")
# The day on which tables were read whose names say something else.
READ = {"2014-01": "2014-07-10"}


def parse(content: bytes, file: str) -> Parsed:
    """Parse the table of participants of one treaty (`etl.depositary`).

    Raises:
        SourceError: a file's name is not known, or `etl.depositary.parse` refuses its content.
    """
    parts = NAME.fullmatch(file)
    if parts is None:
        known = ", ".join(INSTRUMENTS)
        problem = f"expected a name untc_<treaty>_<title>_<year>-<month>.csv, with a treaty of {known}; rename the file"
        raise SourceError(problem, source=SOURCE, file=file)
    release, basis = READ.get(parts[2], parts[2]), "day of reading" if parts[2] in READ else "file name"
    table = depositary.StatusTable(SOURCE, file, INSTRUMENTS[parts[1]], release, basis)
    return depositary.parse(content, table)
