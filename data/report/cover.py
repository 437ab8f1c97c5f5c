"""The cover of a workbook: what it was asked for, in codes and in words, and a seal that tells whether they stand.

The seal is no secret: it finds what was altered by mistake, and says so before a report is taken for another's.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from data.i18n import N_
from data.report import form
from data.report.asked import KIND, Asked

# Row 1 is the heading; the columns are a code and its value (hidden), a label and its words.
FIRST = 2
ENTERED = (
    ("issuer", N_("Institution that sends it")),
    ("date", N_("Date of this report")),
)
LABELS = {
    "form": N_("Workbook"),
    "version": N_("Version of the form"),
    "kind": N_("Kind"),
    "area": N_("State"),
    "period": N_("Period"),
    "language": N_("Language"),
    "sheets": N_("Sheets"),
}
SEAL = N_("Verification code")
SEAL_ROW = FIRST + len(LABELS)
ROWS = {code: SEAL_ROW + number for number, (code, _) in enumerate(ENTERED, start=1)}
LONGEST_SEAL = 16


@dataclass(frozen=True)
class Line:
    """One line of the cover: a code and its value, for programs; a label and words, for people."""

    code: str
    value: str
    label: str
    words: str


def lines(asked: Asked) -> tuple[Line, ...]:
    """What a workbook was asked for, line by line."""
    lang, sheets = asked.language, form.names(asked)
    values = {
        "form": (form.NAME, heading(asked)),
        "version": (str(form.VERSION), str(form.VERSION)),
        "kind": (asked.kind, lang.text(KIND[asked.kind])),
        "area": (asked.area, asked.actor),
        "period": (asked.period, asked.period),
        "language": (lang.code, lang.name),
        "sheets": ("|".join(sheets), lang.listing(sheets)),
    }
    return tuple(Line(code, value, lang.text(LABELS[code]), words) for code, (value, words) in values.items())


def heading(asked: Asked) -> str:
    """What a workbook is, in a few words: `National report: Costa Rica, 2018`."""
    told = f"{asked.actor}, {asked.period}"
    return asked.language.labelled(asked.language.text(KIND[asked.kind]), told)


def seal(cells: Sequence[Sequence[str]]) -> str:
    """The verification code of the cover's lines, as their four cells stand."""
    told = json.dumps([list(line) for line in cells], ensure_ascii=False)
    return sha256(told.encode()).hexdigest()[:LONGEST_SEAL]
