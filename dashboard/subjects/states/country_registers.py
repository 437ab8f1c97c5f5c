"""The section of page "Country" on the state's own registers."""

from collections.abc import Iterator

from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.passports.rows import row_table
from dashboard.subjects.shared import AREA
from dashboard.subjects.states import files, registers_words
from dashboard.subjects.states import register_lists_words as words
from dashboard.subjects.states.register_lists import RegisterLists, lists
from dashboard.subjects.states.registers import registers, rows
from dashboard.views.page import Block, Files, Fold, Text
from dashboard.words import served
from data.i18n import Language

ANCHOR = "register"


def section(lang: Language, area: str, edition: str) -> Iterator[Block]:
    """Each register beside UNODC's figures: what both say, and folded every year; nothing for a state without one."""
    if found := registers(area, edition):
        listed = lists(area, edition)
        said = [words.difference(lang, listed)] if listed else []
        yield Text([*(" ".join(registers_words.compared(lang, one)) for one in found), *said])
        title = lang.joined(registers_words.name(lang, one) for one in found)
        yield Fold("register", title, lambda: tuple(_years(lang, area, edition)))
        if listed:
            yield Fold("register_lists", words.title(lang), lambda: tuple(_lists(lang, area, edition, listed)))


def _years(lang: Language, area: str, edition: str) -> Iterator[Block]:
    """What each register counts, its years beside UNODC's totals, and their releases."""
    for one in registers(area, edition):
        yield Text([registers_words.covered(lang, one), *registers_words.details(lang, one)])
        name, of = registers_words.name(lang, one), {AREA.name: area, "indicator": one.indicator}
        table = registers_words.sheet(lang, one)
        yield from row_table(lang, f"register.{one.indicator}", name, table, one.rows, row_keys.FIGURE, of=of)
    cells = served.served(rows(area, edition))
    yield Text([registers_words.apart(lang), served.sentence(lang, cells)], "small")
    yield Files(files.registers(lang, area, edition))


def _lists(lang: Language, area: str, edition: str, found: RegisterLists) -> Iterator[Block]:
    """The register's lists of citizenships beside UNODC's, and their releases."""
    yield words.table(lang, found, edition)
    cells = served.served(found.rows)
    yield Text([*words.reading(lang, found), registers_words.apart(lang), served.sentence(lang, cells)], "small")
    yield Files(files.register_lists(lang, area, edition))
