"""What came of reading a workbook: what it says, or its faults."""

from dataclasses import dataclass
from datetime import date

from data.i18n import N_, Language
from data.report.asked import Asked
from data.report.entry import Entry
from data.report.faults import Fault

UNCHECKED = N_(
    "The text of the work plan is not loaded, so the numbers of its lines were not checked: they stand as written."
)


@dataclass(frozen=True)
class Reading:
    """What a workbook says.

    Attributes:
        language: the workbook's, or the one asked for where the workbook does not say.
        asked: what it was made for; None where that cannot be read.
        issuer, dated: who sends it, and its own date.
        entries: what it says, line by line; nothing where there is a fault.
        faults: every fault, in the order of the sheets.
    """

    language: Language
    asked: Asked | None = None
    issuer: str = ""
    dated: date | None = None
    entries: tuple[Entry, ...] = ()
    faults: tuple[Fault, ...] = ()
    # Whether it names lines of the work plan while their text is not loaded.
    unchecked: bool = False

    @property
    def remarks(self) -> tuple[str, ...]:
        """What must be said of a workbook without faults, in its language."""
        return (self.language.text(UNCHECKED),) if self.unchecked else ()
