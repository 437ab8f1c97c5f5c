"""Make a whole briefing of a state, of two states, or of the region, from the queries of the pages."""

from collections.abc import Sequence
from datetime import date

from dashboard import store
from dashboard.briefing import chapters, charts, flows, front_matter, key, maps
from dashboard.briefing.content import Briefing, Part
from dashboard.shell import choices
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import words as states_words
from dashboard.words import terms
from data.i18n import Language

# Size in pixels of a map on a slide, and on paper: the smaller it is, the larger its text in print.
SLIDE: maps.Size = (940.0, 690.0)
PAPER: maps.Size = (900.0, 660.0)
# A state's indicators that are charted by year: detected victims, and convictions.
IN_TIME = ("detected_victims", "persons_convicted")
SOURCES = ("unodc_glotip", "worldbank_population", "du_directionality", "natural_earth")
ROLES = ("cia_factbook", "hti")
LEDGER = ("untc", "du_hti", "reference")


def of(
    lang: Language,
    area: str | None = None,
    other: str | None = None,
    *,
    root: str = "",
    size: maps.Size = SLIDE,
    today: date | None = None,
) -> Briefing:
    """The briefing of a subject.

    Args:
        area, other: ISO3; none for the region, one for a state, both for a pair.
        root: the public address, e.g. `https://example.org` (`dashboard.site`); if empty, there is no link.
        size: pixels of the maps, `SLIDE` or `PAPER`.
        today: the date of the briefing; by default today.

    Raises:
        KeyError: a state is not one of the 35.
        ValueError: the two are the same.
    """
    for code in filter(None, (area, other)):
        if code not in store.areas():
            raise KeyError(code)
    if area and area == other:
        raise ValueError(area)
    if not area:
        return _region(lang, root, size, today)
    return _pair(lang, area, other, root, size, today) if other else _state(lang, area, root, size, today)


def _region(lang: Language, root: str, size: maps.Size, today: date | None) -> Briefing:
    link = front_matter.address(lang, root, "region")
    year = choices.default_year(maps.VICTIMS)
    parts = [
        key.of_region(lang),
        maps.region(lang, year, size),
        *flows.parts(lang, size),
        chapters.ledger_of_region(lang),
        chapters.gaps_of_region(lang),
    ]
    title = lang.text("Trafficking in persons in the Americas")
    return _briefing(lang, "region", title, link, today, parts, ())


def _state(lang: Language, area: str, root: str, size: maps.Size, today: date | None) -> Briefing:
    link = front_matter.address(lang, root, "country", area=area)
    parts = [
        key.of_state(lang, area),
        *_in_time(lang, area),
        maps.region(lang, choices.default_year(maps.VICTIMS), size, (area,)),
        *flows.parts(lang, size, area),
        chapters.ledger_of_states(lang, (area,)),
        chapters.gaps_of_states(lang, (area,)),
    ]
    return _briefing(lang, area, lang.country(area), link, today, parts, tuple(states_words.membership(lang, area)))


def _in_time(lang: Language, area: str) -> Sequence[Part]:
    """A part for each indicator of `IN_TIME` that has a figure."""
    parts = []
    for code in IN_TIME:
        rows = states_query.state(area)[code]
        if chart := charts.in_time(lang, rows, terms.term(lang, "indicator", code)):
            remarks = front_matter.releases(lang, rows)
            notes = "\n".join([chart.alt, *chart.remarks, *remarks])
            parts.append(Part("key", chart.title, chart.alt, chart=chart, remarks=remarks, notes=notes))
    return parts


def _pair(lang: Language, one: str, other: str, root: str, size: maps.Size, today: date | None) -> Briefing:
    link = front_matter.address(lang, root, "explore", desk="compare", one=one, other=other)
    both = chapters.pair_of(one, other)
    parts = [
        chapters.pair_figures(lang, both),
        *chapters.pair_map(lang, both, choices.default_year(maps.VICTIMS), size),
        *chapters.pair_routes(lang, both, size),
        chapters.ledger_of_states(lang, both.states),
        chapters.gaps_of_states(lang, both.states),
    ]
    standing = [
        lang.labelled(lang.country(area), note) for area in both.states for note in states_words.membership(lang, area)
    ]
    title = lang.listing(map(lang.country, both.states))
    return _briefing(lang, f"{one}_{other}", title, link, today, parts, tuple(standing))


def _briefing(
    lang: Language,
    name: str,
    title: str,
    link: str,
    today: date | None,
    parts: Sequence[Part],
    remarks: tuple[str, ...],
) -> Briefing:
    snapshot = store.snapshot()
    last = front_matter.sources(lang, title, link, (*SOURCES, *ROLES, *LEDGER))
    return Briefing(
        lang,
        name,
        title,
        lang.text("Briefing on trafficking in persons"),
        front_matter.as_of(lang),
        front_matter.stale(lang, snapshot, today),
        link,
        snapshot.id,
        str(snapshot.manifest["created"])[:10],
        (front_matter.title(lang, title, remarks), *parts, last),
    )
