"""The page of two states: what is recorded between them."""

from collections.abc import Iterator, Mapping

from dashboard.subjects import blocks
from dashboard.subjects.compare.filters import COMPARED, ONE
from dashboard.subjects.compare.query import Pair
from dashboard.subjects.explore.filters import TASK
from dashboard.subjects.pair import words
from dashboard.subjects.pair.blocks import between, sentences, thirds, through
from dashboard.subjects.pair.briefing import PAIR_PAPER
from dashboard.subjects.pair.filters import OTHER, THIRD
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
    one, other, third = values.value(ONE), values.value(OTHER), values.value(THIRD)
    return words.through_heading(lang, one, other, third) if third else words.heading(lang, one, other)


def _lead(lang: Language, values: Values) -> str:
    """How many citizens of each state were detected in the other, as far as it is known."""
    one, other, edition = values.value(ONE), values.value(OTHER), values.value(EDITION)
    return "" if one == other else " ".join(sentences(lang, Pair(COMPARED.default, one, other), edition, "counted"))


def _sections(lang: Language, values: Values) -> Iterator[Section]:
    one, other, third = values.value(ONE), values.value(OTHER), values.value(THIRD)
    pair = Pair(COMPARED.default, one, other)
    if third in pair.states:
        said = lang.text("{state} is one of the two: choose a third state for the transit.", state=lang.country(third))
        yield Section("", "through", (Text((said,), "notice"),))
    elif third and one != other:
        yield Section("", "through", tuple(through(lang, pair, third, values)))
    title = words.heading(lang, one, other) if third else ""
    yield Section(title, "between", tuple(_blocks(lang, values)))


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
        pair = Pair(COMPARED.default, one, other)
        yield from thirds(lang, pair, values.value(THIRD), values)
        yield from between(lang, pair, values)


PAIR = Page(
    slug="pair",
    title=N_("Two states"),
    purpose=N_("Victims’ citizenship, described routes, treaties in force for both, and migrants."),
    filters=(ONE, OTHER, THIRD, EDITION, row_keys.RECORD, row_keys.TREATY_ACTS, row_keys.MIGRANTS),
    path=(ONE, OTHER, THIRD),
    heading=_heading,
    lead=_lead,
    sections=lambda lang, values: tuple(_sections(lang, values)),
    implied=_alphabetical,
    state=lambda _values: "",
    paper=PAIR_PAPER,
)
