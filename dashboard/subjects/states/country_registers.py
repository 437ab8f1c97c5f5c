"""The section of page "Country" on the state's own registers."""

from collections.abc import Iterator

from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.passports.rows import row_table
from dashboard.subjects.shared import AREA
from dashboard.subjects.states import files, registers_words
from dashboard.subjects.states.registers import registers, rows
from dashboard.views.page import Block, Files, Heading, Text
from dashboard.words import served
from data.i18n import Language

ANCHOR = "register"


def section(lang: Language, area: str, edition: str) -> Iterator[Block]:
    """Each register beside UNODC's figures: sentences, and a table by year; nothing for a state without one."""
    found = registers(area, edition)
    for one in found:
        name = registers_words.name(lang, one)
        yield Heading(name)
        yield Text([registers_words.covered(lang, one)], "small")
        yield Text(registers_words.sentences(lang, one))
        of = {AREA.name: area, "indicator": one.indicator}
        table = registers_words.sheet(lang, one)
        yield from row_table(lang, f"register.{one.indicator}", name, table, one.rows, row_keys.FIGURE, of=of)
    if found:
        cells = served.served(rows(area, edition))
        yield Text([registers_words.apart(lang), served.sentence(lang, cells)], "small")
        yield Files(files.registers(lang, area, edition))


def verdicts(lang: Language, area: str, edition: str) -> Iterator[Block]:
    """What a register says where UNODC's latest total cannot be compared; the contents lead to the section."""
    if said := [*filter(None, (registers_words.verdict(lang, one) for one in registers(area, edition)))]:
        yield Text(said)
