"""What is wrong with a workbook: one fault a cell or a thing, said in the workbook's language with what to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.i18n import Language
from data.report.fault_words import FAULTS

# How much of a cell is repeated in a fault.
SHOWN = 60
Value = str | int


@dataclass(frozen=True)
class Fault:
    """One fault: a stable code, the sheet and cell (empty where it is of the whole file), and what its words need."""

    code: str
    sheet: str = ""
    cell: str = ""
    values: tuple[tuple[str, Value], ...] = ()

    def what(self, lang: Language) -> str:
        """What is wrong."""
        return self._said(lang, FAULTS[self.code][0])

    def remedy(self, lang: Language) -> str:
        """What to do."""
        return self._said(lang, FAULTS[self.code][1])

    def place(self, lang: Language) -> str:
        """Where it is: a sheet and cell, a sheet, or the file."""
        if not self.sheet:
            return lang.text("The file")
        if not self.cell:
            return lang.text("Sheet “{sheet}”", sheet=self.sheet)
        return lang.text("Sheet “{sheet}”, cell {cell}", sheet=self.sheet, cell=self.cell)

    def line(self, lang: Language) -> str:
        """All of it in one line."""
        return lang.labelled(self.place(lang), f"{self.what(lang)} {self.remedy(lang)}")

    def _said(self, lang: Language, message: str) -> str:
        written = {name: lang.number(v) if isinstance(v, int) else v for name, v in self.values}
        # Also where nothing is filled in, so that a brace is a brace in either case.
        return lang.text(message, **written) if written else lang.text(message)


def fault(code: str, sheet: str = "", cell: str = "", **values: Value) -> Fault:
    """A fault, with what stands in a cell cut to what can be read at a glance and in one line."""
    told = {name: shown(value) if isinstance(value, str) else value for name, value in values.items()}
    return Fault(code, sheet, cell, tuple(told.items()))


def shown(text: str) -> str:
    """The beginning of a text, in one line, without what no screen prints."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"


def told(faults: Sequence[Fault], lang: Language) -> list[str]:
    """All faults, one a line, after a line that counts them."""
    heading = lang.plural(
        "{n} fault was found, and nothing of the workbook was taken.",
        "{n} faults were found, and nothing of the workbook was taken.",
        len(faults),
    )
    return [heading, *(one.line(lang) for one in faults)]
