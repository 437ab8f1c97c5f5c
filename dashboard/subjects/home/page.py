"""The page "Home": the region in one sentence, its key figures, and whether more victims are detected."""

import re
from collections.abc import Iterator

from dashboard.subjects import blocks, briefings
from dashboard.subjects.explore.filters import AGES, EXPLOITATION, SEXES
from dashboard.subjects.home import files, page_figures, query, tables, words
from dashboard.subjects.home.briefing import NOTHING, REGION_PAPER
from dashboard.subjects.home.key_figures import key_figures, of_region
from dashboard.subjects.pair.ways import to_pairs
from dashboard.subjects.states import words as states_words
from dashboard.subjects.states.page_figures import MAP
from dashboard.subjects.states.victims import UNKNOWN
from dashboard.views.figure import Values
from dashboard.views.page import (
    Beside,
    Block,
    BriefingFiles,
    Files,
    Fold,
    Glance,
    Heading,
    KeyFigures,
    Link,
    Links,
    Page,
    Preview,
    Section,
    Table,
    Text,
)
from dashboard.words import disclaimer
from dashboard.words.tables import sheet
from data.i18n import N_, Language
from data.meeting import OPENING

# The agenda of the scenes that run by themselves.
MEETING = "national_authorities"
# The figures of the scenes. The page has that on convictions in words.
SCENES = {
    "": page_figures.CHANGE,
    "change": page_figures.CHANGE,
    "victims": page_figures.VICTIMS,
    "convictions": page_figures.CONVICTIONS,
}


def lead(lang: Language) -> tuple[str, str]:
    """The heading of the page, and the note below it."""
    found = query.overview()
    notes = words.missing(lang, found), briefings.detected(lang), lang.text("Source: UNODC.")
    return words.headline(lang, found), " ".join(filter(None, notes))


def changes(lang: Language) -> tuple[str, str]:
    """What the states that reported every year say of a change of victims; the largest reporter, and how to read it."""
    first, *more = words.changing(lang, query.panel())
    return _unbroken(first), _unbroken(" ".join([*more, states_words.reading(lang)]))


def convictions(lang: Language) -> str:
    """What the states that reported every year say of a change of convictions; empty if they are too few."""
    return _unbroken(" ".join(words.convicted(lang, query.panel(query.CONVICTED))))


def _unbroken(text: str) -> str:
    """The text with intervals that are not broken at their dash."""
    return re.sub(r"(?<=\d)[–-](?=\d)", "\u2060\\g<0>\u2060", text)


def _sections(lang: Language) -> Iterator[Section]:
    found, groups = query.overview(), query.breakdowns()
    region = blocks.graphic(MAP, MAP.usual, "map", opens=blocks.state)
    known = (
        KeyFigures(key_figures(lang)),
        blocks.states(lang, lang.text("Find your country"), large=True),
        to_pairs(lang),
        Preview(Link("region", lang.text("The map of the region")), region, blocks.every_state(lang)),
    )
    if found:
        first, more = changes(lang)
        beside = Beside((known, tuple(_change(lang, first))))
        yield Section("", "change", (beside, *_more(lang, found, more)))
    else:
        yield Section("", "key-figures", known)
    if found and groups:
        yield Section(lang.text("Who are the detected victims?"), "victims", tuple(_victims(lang, found, groups)))
    if convicted := convictions(lang):
        yield Section(
            lang.text("Are more persons convicted?"), "convictions", (_marked(lang, convicted, query.CONVICTED),)
        )
    yield Section("", "ways", tuple(_ways(lang)))


def _marked(lang: Language, sentence: str, indicator: str) -> Text:
    """A sentence on the sums of a panel, and what the mark beside these means."""
    return Text((sentence, *page_figures.doubted(lang, indicator)))


def _change(lang: Language, sentence: str) -> Iterator[Block]:
    """The change in a sentence and a chart, which stand beside the key figures."""
    yield Heading(lang.text("Are more victims detected?"))
    yield Text((sentence,))
    yield blocks.graphic(page_figures.CHANGE, NOTHING, "change", opens=_year)


def _more(lang: Language, found: query.Overview, sentence: str) -> Iterator[Block]:
    """What is to be known of the change, and its figures."""
    yield _marked(lang, sentence, query.VICTIMS)
    yield blocks.terms(lang, "fewer_than_five")
    title = lang.text("The same figures as a table")
    rows = tables.by_year(lang, query.by_year(), query.panel(), found)
    years = Table("years", title, sheet(rows), links=[_year(year) for year in rows.to_series()])
    yield Fold("years", title, lambda: (Text((words.rule(lang),), "small"), years))
    yield Files(files.by_year(lang, found))


def _year(mark: str) -> Link:
    """The map of the region for the year of a mark."""
    return Link("region", "", of_region(query.VICTIMS, int(mark)))


def _victims(lang: Language, found: query.Overview, groups: tuple[query.Breakdown, ...]) -> Iterator[Block]:
    yield Text((words.who(lang, groups, found.largest),))
    yield blocks.graphic(page_figures.VICTIMS, NOTHING, "victims", opens=_group)
    title = lang.text("These groups as a table")
    rows = sheet(tables.groups(lang, groups, found.largest))
    links = [None if name == UNKNOWN else _group(name) for _, name in tables.named(groups)]
    yield Fold("groups", title, lambda: (Table("groups", title, rows, others={1: links}),))
    yield Files(files.groups(lang, found))


def _group(mark: str) -> Link:
    """The figures of all states for the group of a mark."""
    spec = next(spec for spec in (SEXES, AGES, EXPLOITATION) if mark in spec.options)
    return Link("explore", "", {spec.name: mark})


def _ways(lang: Language) -> Iterator[Block]:
    """The page to print, and the ways on: the map, the presentation, the data."""
    yield BriefingFiles()
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


def _scene(lang: Language, values: Values, name: str) -> Glance:
    """What a figure of the page shows; the cover of an agenda has the sentence of the page."""
    if name == OPENING:
        return Glance(findings=lead(lang)[:1], remarks=[disclaimer.independent(lang)])
    figure = SCENES[name]
    return Glance(more=page_figures.besides(lang, figure.name), figure=blocks.graphic(figure, values, name))


HOME = Page(
    slug="home",
    describes_data=True,
    title=N_("Home"),
    purpose=N_("Trafficking in persons in the Americas: what the 35 states report."),
    heading=lambda lang, _values: lead(lang)[0],
    lead=lambda lang, _values: lead(lang)[1],
    sections=lambda lang, _values: tuple(_sections(lang)),
    scene=_scene,
    scenes=(*filter(None, SCENES), OPENING),
    paper=REGION_PAPER,
)
