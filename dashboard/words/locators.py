"""The cells of publishers' files in words. Pure."""

import re

from dashboard.words.tables import NONE
from data.i18n import Language

# What a locator has between cells, and between a file and the place in it.
BETWEEN = "; "
IN_FILE = "#"
_PLACE = re.compile(r"(?:row (?P<row>\d+)|line (?P<line>\d+)|(?P<cell>.*?))(?:, column (?P<column>.+))?")


def cells(lang: Language, locator: str | None) -> str:
    """The cells of a locator, e.g. `laws.csv, row 3`; a dash if there is none."""
    parted = (one.partition(IN_FILE) for one in (locator or "").split(BETWEEN))
    named = (", ".join(filter(None, [file, place(lang, where)])) for file, _, where in parted)
    return BETWEEN.join(named) or NONE


def by_file(lang: Language, locator: str) -> str:
    """The cells of a locator, each file named once, e.g. `laws.csv: row 3, row 7`."""
    places: dict[str, list[str]] = {}
    for one in dict.fromkeys(locator.split(BETWEEN)):
        file, _, where = one.partition(IN_FILE)
        places.setdefault(file, []).append(place(lang, where))
    return BETWEEN.join(lang.labeled(file, ", ".join(some)) for file, some in places.items())


def place(lang: Language, where: str) -> str:
    """The place in a file: sheet and row as in the locator (`Sheet1!4`), other rows, lines and columns in words."""
    found = _PLACE.fullmatch(where)
    if not found:
        return where
    row = lang.text("row {n}", n=found["row"]) if found["row"] else found["cell"]
    if found["line"]:
        # Translators: of a text.
        row = lang.text("line {n}", n=found["line"])
    column = lang.text("column {name}", name=found["column"]) if found["column"] else ""
    return ", ".join(filter(None, [row, column]))
