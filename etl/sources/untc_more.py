"""UN Treaty Collection: signatures and deposits of twelve more treaties, from their status tables.

A file is named by the chapter and number of its treaty. The tables of chapters IV, V and VII were read on 14 March
2015, those of chapter XVIII on 10 July 2014.
"""

from etl import depositary
from etl.errors import SourceError
from etl.parsed import Parsed

SOURCE = "untc_more"
INSTRUMENTS = {
    "4-8": "cedaw",
    "4-11": "child_rights",
    "4-11-b": "children_in_conflict",
    "4-11-c": "sale_of_children",
    "4-13": "migrant_workers",
    "5-2": "refugee_convention",
    "5-5": "refugee_protocol",
    "7-11-a": "traffic_in_persons",
    "18-2": "slavery_amended",
    "18-3": "slavery_convention",
    "18-4": "slavery_supplement",
    "18-14": "corruption",
}
# The day on which the tables of a chapter were read.
READ = {"4": "2015-03-14", "5": "2015-03-14", "7": "2015-03-14", "18": "2014-07-10"}
ENDING = ".csv"


def parse(content: bytes, file: str) -> Parsed:
    """Parse the table of participants of one treaty (`etl.depositary`).

    Raises:
        SourceError: a file's name is not known, or `etl.depositary.parse` refuses its content.
    """
    number = file.removesuffix(ENDING)
    if number not in INSTRUMENTS or not file.endswith(ENDING):
        problem = f"expected a name of chapter and number: {', '.join(INSTRUMENTS)} with {ENDING}; rename the file"
        raise SourceError(problem, source=SOURCE, file=file)
    release = READ[number.partition("-")[0]]
    return depositary.parse(
        content, depositary.StatusTable(SOURCE, file, INSTRUMENTS[number], release, "day of reading")
    )
