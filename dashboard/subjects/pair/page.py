"""The page of two states: what is recorded between them."""

from collections.abc import Iterator, Mapping

from dashboard.store import areas
from dashboard.subjects import blocks
from dashboard.subjects.agreement import blocks as agreement
from dashboard.subjects.compare.filters import COMPARED, ONE
from dashboard.subjects.compare.query import Pair
from dashboard.subjects.explore.filters import TASK
from dashboard.subjects.movements import blocks as movements
from dashboard.subjects.movements import words as movements_words
from dashboard.subjects.pair import query, words
from dashboard.subjects.pair.blocks import asked, counted, described, opening, through, treaties
from dashboard.subjects.pair.briefing import PAIR_PAPER
from dashboard.subjects.pair.filters import OTHER, THIRD
from dashboard.subjects.pair.page_figures import MAP, ROUTES, both
from dashboard.subjects.pair.page_figures import described as described_rows
from dashboard.subjects.pair.ways import both_states, chooser
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.shared import AREA, EDITION
from dashboard.subjects.states import words as states_words
from dashboard.views.figure import Values
from dashboard.views.filters import One
from dashboard.views.page import Block, BriefingFiles, Controls, Glance, Link, Links, Page, Section, Text
from dashboard.words import countries
from data.i18n import N_, Language

# The sections with the evidence on two states beside what was counted.
EVIDENCE = ("described", "agreement")


def _alphabetical(given: Mapping[str, str]) -> Mapping[str, str]:
    """The two states in the order of their codes: each pair has one page."""
    if not {ONE.name, OTHER.name} <= given.keys():
        return {}
    return both_states(given[ONE.name], given[OTHER.name])


def _heading(lang: Language, values: Values) -> str:
    one, other, third = values.value(ONE), values.value(OTHER), values.value(THIRD)
    return words.through_heading(lang, one, other, third) if third else words.heading(lang, one, other)


def _lead(lang: Language, values: Values) -> str:
    """How many citizens of each state were detected in the other, the larger direction first."""
    one, other, edition = values.value(ONE), values.value(OTHER), values.value(EDITION)
    return "" if one == other else opening(lang, one, other, edition)


def _sections(lang: Language, values: Values) -> Iterator[Section]:
    one, other, third = values.value(ONE), values.value(OTHER), values.value(THIRD)
    pair = Pair(COMPARED.default, one, other)
    controls = Controls((ONE, OTHER, EDITION), alphabetical=(ONE.name, OTHER.name))
    if one == other:
        said = lang.text("Choose another state.")
        yield Section("", "pair", (controls, Text((said,), "notice")))
        return
    titles = _titles(lang)
    # Of two states that nothing names together the first sentence says all.
    known = query.between(one, other, values.value(EDITION)).height
    shown = [anchor for anchor in titles if known or anchor not in EVIDENCE]
    short = {**titles, "described": lang.text("Routes described in reports")}
    contents = Links([Link("", short[anchor], anchor=anchor) for anchor in shown])
    yield Section("", "pair", (controls, *blocks.edition(lang, values.value(EDITION)), contents))
    if third in pair.states:
        said = lang.text("{state} is one of the two: choose a third state for the transit.", state=lang.country(third))
        yield Section("", "through", (Text((said,), "notice"),))
    elif third:
        yield Section("", "through", tuple(through(lang, pair, third, values)))
    yield Section("", "counted", (*counted(lang, pair, values), *_ways_in(lang, pair)))
    content = {
        "described": described(lang, pair, values),
        "agreement": agreement.pair(lang, one, other, (ONE, OTHER)),
        "questions": asked(lang, pair, values),
        "treaties": treaties(lang, pair, values),
        "movements": movements.pair(lang, one, other, (ONE, OTHER)),
    }
    yield from (Section(titles[anchor], anchor, tuple(content[anchor])) for anchor in shown)


def _titles(lang: Language) -> dict[str, str]:
    """The headings of the sections, by anchor, after the first one, which has that of its figure."""
    return {
        "described": routes_words.described(lang, lang.span(routes_query.span("stated"))),
        "agreement": lang.text("Agreement of evidence"),
        "questions": lang.text("What to ask each other"),
        "treaties": lang.text("Treaties and laws of both"),
        "movements": movements_words.title(lang),
    }


def _ways_in(lang: Language, pair: Pair) -> Iterator[Block]:
    """The briefing, the ways on, and remarks on the membership of the states."""
    yield BriefingFiles(pair.one, pair.other)
    compared = {TASK.name: "compare", ONE.name: pair.one, OTHER.name: pair.other}
    states = [Link("country", lang.country(area), {AREA.name: area}) for area in pair.states]
    yield Links([*states, Link("explore", lang.text("Compare their figures"), compared)])
    for area in pair.states:
        for note in states_words.membership(lang, area):
            yield Text((lang.labeled(lang.country(area), note),), "notice")


def _scene(lang: Language, values: Values, _name: str) -> Glance:
    """Both directions in a sentence each, and the first figure that there is."""
    figures = {"map": MAP} if both(values).height else {"described": ROUTES} if described_rows(values).height else {}
    one, other, edition = values.value(ONE), values.value(OTHER), values.value(EDITION)
    return Glance(
        findings=[opening(lang, one, other, edition)],
        remarks=[*words.beside_counted(lang, query.between(one, other, edition))],
        figure=next((blocks.graphic(figure, values, part) for part, figure in figures.items()), None),
        cover=not figures,
    )


# The first state where the second is still to be chosen.
FIRST = One(ONE.name, lambda: ("", *areas()), "", label=N_("State"))


def _first(lang: Language, area: str) -> str:
    """The heading of that page: with the first state, once it is chosen."""
    return lang.text("{state} and another state", state=lang.country(area)) if area else ""


def _choices(lang: Language, values: Values) -> Iterator[Section]:
    """The page from which readers choose two states: first one, then the others, those with records first."""
    area = values.value(FIRST)
    if not area:
        yield Section("", "choose", (chooser(lang),))
        each = [Link("pair", lang.country(one), {ONE.name: one}) for one in lang.sorted_countries(areas())]
        yield Section(lang.text("The 35 states"), "states", (Links(each),))
        return
    known, name = [*lang.sorted_countries(query.partners().get(area, ()))], countries.the(lang, area)
    yield Section("", "choose", (chooser(lang, area),))
    if known:
        title = lang.text("States with figures or described routes between them and {state}", state=name)
        links = [Link("pair", lang.country(one), both_states(area, one)) for one in known]
        yield Section(title, "partners", (Links(links),))


PAIR = Page(
    slug="pair",
    title=N_("Two states"),
    purpose=N_("Victims’ citizenship, described routes, treaties in force for both, and migrants."),
    filters=(ONE, OTHER, THIRD, EDITION, row_keys.RECORD, row_keys.CITIZENSHIPS, row_keys.TREATY_ACTS),
    path=(ONE, OTHER, THIRD),
    index=Page(
        slug="pair",
        title=N_("Two states"),
        purpose=N_(
            "What is recorded between two states: victims’ citizenship, described routes, and what to ask each other."
        ),
        filters=(FIRST,),
        path=(FIRST,),
        heading=lambda lang, values: _first(lang, values.value(FIRST)),
        sections=lambda lang, values: tuple(_choices(lang, values)),
    ),
    heading=_heading,
    lead=_lead,
    sections=lambda lang, values: tuple(_sections(lang, values)),
    implied=_alphabetical,
    scene=_scene,
    state=lambda _values: "",
    paper=PAIR_PAPER,
)
