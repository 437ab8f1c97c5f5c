"""Workbooks of national reports in a document: a form that downloads the chosen one."""

from collections.abc import Sequence
from typing import NamedTuple

from dashboard.export.report_workbooks import FILLED, FOR, FROM, LANG, ROOT, TO
from dashboard.forms.html.controls import Option
from dashboard.forms.html.making import Making
from dashboard.views.page import Workbooks
from data.i18n import LANGUAGES


class Choice(NamedTuple):
    """A list of the form: its id, the name of its parameter, its label, and its options."""

    id: str
    name: str
    label: str
    options: Sequence[Option]


class WorkbookForm(NamedTuple):
    """The form: the address of the workbooks, its lists, and the parameter that asks for filled ones."""

    address: str
    choices: Sequence[Choice]
    filled: str = FILLED


def order(making: Making, block: Workbooks) -> WorkbookForm:
    """The form; state and kind are one list, as not every kind is for the same states."""
    lang, first = making.lang, next(iter(block.kinds))
    whose = [
        Option(f"{kind}.{code}", f"{name} · {label}", (kind, code) == (first, block.actor))
        for kind, label in block.kinds.items()
        for code, name in block.actors[kind].items()
    ]
    lists = {
        FOR: (lang.text("State or body"), whose),
        FROM: (lang.text("First year"), _years(block, block.usual[0])),
        TO: (lang.text("Last year"), _years(block, block.usual[1])),
        LANG: (lang.text("Language"), [Option(code, name, code == lang.code) for code, name in LANGUAGES.items()]),
    }
    return WorkbookForm(
        f"{making.addresses.up}{ROOT.removeprefix('/')}",
        [Choice(making.id(f"workbook-{name}"), name, label, options) for name, (label, options) in lists.items()],
    )


def _years(block: Workbooks, usual: int) -> list[Option]:
    first, last = block.years
    return [Option(str(year), str(year), year == usual) for year in range(first, last + 1)]
