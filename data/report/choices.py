"""What the drop-downs of a workbook offer, and which code a chosen word stands for."""

import re
from collections.abc import Mapping

from data import words
from data.i18n import Language
from data.report.form import STATUS

# The drop-downs by the kind of a column.
OFFERED: Mapping[str, Mapping[str, str]] = {
    "status": STATUS,
    "indicator": words.INDICATOR,
    "sex": words.SEX,
    "age": words.AGE,
    "form": words.FORM,
}

AGES = re.compile(r"[0-9]{1,2}(?:-[0-9]{1,2}|\+)")


def offered(kind: str, lang: Language) -> list[str]:
    """The words of a drop-down, in its order."""
    return [lang.text(word) for word in OFFERED[kind].values()]


def code(kind: str, written: str, lang: Language) -> str | None:
    """The code of a word, whatever its capitals; a code is its own word. None for any other."""
    known = {lang.text(word).casefold(): one for one, word in OFFERED[kind].items()}
    known |= {one.casefold(): one for one in OFFERED[kind]}
    # Of ages there are more than the list offers, and each is written as it is meant.
    return written if kind == "age" and AGES.fullmatch(written) else known.get(written.casefold())
