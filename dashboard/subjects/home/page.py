"""The page "Home": the region in one sentence, its key figures, and whether more victims are detected."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dashboard.subjects import blocks
from dashboard.subjects.coverage import filters as coverage_filters
from dashboard.subjects.home import files, query, tables, words
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.shared import EDITION, INDICATOR
from dashboard.subjects.states import words as states_words
from dashboard.subjects.states.filters import MEASURE, REGION, YEAR
from dashboard.views import address
from dashboard.views.filters import Spec
from dashboard.views.page import (
    Beside,
    Block,
    Briefing,
    Files,
    Fold,
    Graphic,
    KeyFigure,
    KeyFigures,
    Link,
    Links,
    Page,
    Remarks,
    Section,
    Table,
    Text,
)
from dashboard.words.tables import sheet
from data.i18n import N_, Language

# The agenda of the scenes that run by themselves.
MEETING = "national_authorities"


def lead(lang: Language) -> tuple[str, str]:
    """The heading of the page, and the note below it."""
    note = lang.text("“Detected” means identified by the authorities. The true number of victims is not known.")
    found, source = query.overview(), lang.text("Source: UNODC.")
    return words.headline(lang, found), " ".join(filter(None, [words.missing(lang, found), note, source]))


def key_figures(lang: Language) -> list[KeyFigure]:
    """The key figures that there are, each with a link to its view."""
    found, convicted = query.overview(), query.overview(query.CONVICTED)
    flow = query.largest_flow(*routes_filters.years())
    views = {
        "victims": ("region", _region(query.VICTIMS, found.year) if found else {}),
        "states": ("coverage", _coverage()),
        "convicted": ("region", _region(query.CONVICTED, convicted.year) if convicted else {}),
        "flow": ("routes", _routes(flow) if flow else {}),
    }
    return [
        KeyFigure(label, figure, (note,), Link(views[name][0], "", views[name][1]))
        for name, (label, figure, note) in words.key_figures(lang, found, convicted, flow).items()
    ]


def changes(lang: Language, found: query.Overview) -> tuple[str, list[str]]:
    """What the states that reported every year say of a change of victims, and two paragraphs more.

    The first is on the largest reporter and on how to read a change, the second on convictions.
    """
    said = words.changing(lang, query.panel(), found.largest)
    # The last sentence is on the largest reporter, if there is one.
    ends = max(len(said) - 1, 1)
    convicted = " ".join(words.convicted(lang, query.panel(query.CONVICTED)))
    paragraphs = (" ".join([*said[ends:], states_words.reading(lang)]), convicted)
    return _unbroken(" ".join(said[:ends])), [_unbroken(paragraph) for paragraph in paragraphs if paragraph]


def _unbroken(text: str) -> str:
    """The text with intervals that are not broken at their dash."""
    return re.sub(r"(?<=\d)[–-](?=\d)", "\u2060\\g<0>\u2060", text)


def _sections(lang: Language) -> Iterator[Section]:
    choose = blocks.states(lang, lang.text("Find your country"), large=True)
    yield Section("", "key-figures", (KeyFigures(key_figures(lang)), choose))
    found, groups = query.overview(), query.breakdowns()
    if found:
        yield Section(lang.text("Are more victims detected?"), "change", tuple(_change(lang, found)))
    if found and groups:
        yield Section(lang.text("Who are the detected victims?"), "victims", tuple(_victims(lang, found, groups)))
    yield Section("", "ways", tuple(_ways(lang)))


def _change(lang: Language, found: query.Overview) -> Iterator[Block]:
    first, paragraphs = changes(lang, found)
    yield Text((first,))
    yield Graphic("region_change", {}, "change", opens=_year)
    yield Beside([(Text((paragraph,)),) for paragraph in paragraphs])
    yield blocks.terms(lang, "fewer_than_five")
    title = lang.text("The same figures as a table")
    years = sheet(tables.by_year(lang, query.by_year(), query.panel(), found))
    yield Fold("years", title, lambda: (Text((words.rule(lang),), "small"), Table("years", title, years)))
    yield Files(files.by_year(lang, found))


def _year(mark: str) -> Link:
    """The map of the region for the year of a mark."""
    return Link("region", "", _region(query.VICTIMS, int(mark)))


def _victims(lang: Language, found: query.Overview, groups: tuple[query.Breakdown, ...]) -> Iterator[Block]:
    yield Text((words.who(lang, groups, found.largest),))
    yield Graphic("region_victims", {}, "victims")
    title = lang.text("These groups as a table")
    rows = sheet(tables.groups(lang, groups, found.largest))
    yield Fold("groups", title, lambda: (Remarks(words.groups_remarks(lang, groups)), Table("groups", title, rows)))
    yield Files(files.groups(lang, found))


def _ways(lang: Language) -> Iterator[Block]:
    """The page to print, and the ways on: the map, the presentation, the data."""
    yield Briefing()
    yield Links(
        (
            Link("region", lang.text("The map")),
            Link("present", lang.text("The presentation")),
            # The scenes run by themselves.
            Link("present", lang.text("The region in 60 seconds"), {"guided": "1", "meeting": MEETING}),
            Link("sources", lang.text("The data")),
            Link("about", lang.text("About and method")),
        )
    )


def _region(indicator: str, year: int) -> dict[str, str]:
    return _every(REGION, {INDICATOR.name: indicator, MEASURE.name: "count", YEAR.name: str(year)})


def _coverage() -> dict[str, str]:
    indicator = coverage_filters.INDICATOR
    return _every((indicator, EDITION), {indicator.name: query.VICTIMS})


def _routes(flow: query.Flow) -> dict[str, str]:
    years = routes_filters.YEARS.write(routes_filters.years())
    chosen = {routes_filters.EVIDENCE.name: "counted", routes_filters.YEARS.name: years}
    arrow = f"{flow.origin}.{flow.destination}.direct."
    return _every(routes_filters.ROUTES, chosen) | {row_keys.ARROW.name: arrow}


def _every(specs: Iterable[Spec[Any]], chosen: Mapping[str, str]) -> dict[str, str]:
    """The filters of a page, those not chosen at their defaults: on the desk a link keeps what it does not name."""
    specs = tuple(specs)
    values = address.read(specs, {name: (text,) for name, text in chosen.items()}).values
    return {spec.name: spec.write(values.value(spec)) for spec in specs}


HOME = Page(
    slug="home",
    title=N_("Home"),
    purpose=N_("Trafficking in persons in the Americas: what the 35 states report."),
    heading=lambda lang, _values: lead(lang)[0],
    lead=lambda lang, _values: lead(lang)[1],
    sections=lambda lang, _values: tuple(_sections(lang)),
)
