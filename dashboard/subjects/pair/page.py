"""The page of two states: what is recorded between them."""

from collections.abc import Iterator, Mapping

from dashboard.subjects import blocks
from dashboard.subjects.compare.filters import COMPARED, ONE
from dashboard.subjects.compare.query import Pair
from dashboard.subjects.explore.filters import TASK
from dashboard.subjects.pair import words
from dashboard.subjects.pair.blocks import between
from dashboard.subjects.pair.briefing import PAIR_PAPER
from dashboard.subjects.pair.filters import OTHER
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.shared import EDITION
from dashboard.views.figure import Values
from dashboard.views.page import Block, Controls, Link, Page, Section, Text
from data.i18n import N_, Language


def _alphabetical(given: Mapping[str, str]) -> Mapping[str, str]:
    """The two states in the order of their codes: each pair has one page."""
    if not {ONE.name, OTHER.name} <= given.keys():
        return {}
    first, second = sorted((given[ONE.name], given[OTHER.name]))
    return {ONE.name: first, OTHER.name: second}


def _heading(lang: Language, values: Values) -> str:
    return words.heading(lang, values.value(ONE), values.value(OTHER))


def _sections(lang: Language, values: Values) -> Iterator[Section]:
    yield Section("", "between", tuple(_blocks(lang, values)))


def _blocks(lang: Language, values: Values) -> Iterator[Block]:
    one, other, edition = values.value(ONE), values.value(OTHER), values.value(EDITION)
    compared = {TASK.name: "compare", ONE.name: one, OTHER.name: other}
    if one == other:
        yield Text((lang.text("Choose another state or the region."),), "notice")
    else:
        yield Controls((EDITION,))
        yield from blocks.edition(lang, edition)
    yield Link("explore", lang.text("Compare their figures"), compared)
    if one != other:
        yield from between(lang, Pair(COMPARED.default, one, other), values)


PAIR = Page(
    slug="pair",
    title=N_("Two states"),
    purpose=N_("Flows, treaties and migrants between two states."),
    filters=(ONE, OTHER, EDITION, row_keys.RECORD, row_keys.TREATY_ACTS, row_keys.MIGRANTS),
    path=(ONE, OTHER),
    heading=_heading,
    sections=lambda lang, values: tuple(_sections(lang, values)),
    implied=_alphabetical,
    paper=PAIR_PAPER,
)
