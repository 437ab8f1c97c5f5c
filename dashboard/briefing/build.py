"""Make a whole briefing of a state, of two states, or of the region, from the queries and words of the pages."""

from collections.abc import Sequence
from datetime import date

from dashboard import store
from dashboard.briefing import front_matter, pair, region, state
from dashboard.briefing.content import Briefing, Part
from data.i18n import Language

SOURCES = ("unodc_glotip", "du_directionality", "natural_earth", "untc", "du_hti", "reference")


def of(
    lang: Language, area: str | None = None, other: str | None = None, *, root: str = "", today: date | None = None
) -> Briefing:
    """The briefing of a subject.

    Args:
        area, other: ISO3; none for the region, one for a state, both for a pair.
        root: the public address, e.g. `https://example.org` (`dashboard.site`); if empty, there is no link.
        today: the date of the briefing; by default today.

    Raises:
        KeyError: a state is not one of the 35.
        ValueError: the two are the same.
    """
    _check(area, other)
    if area and other:
        link = front_matter.address(lang, root, "explore", desk="compare", one=area, other=other)
        title = lang.listing(map(lang.country, (area, other)))
        return _briefing(lang, f"{area}_{other}", title, link, today, pair.parts(lang, pair.pair_of(area, other)))
    name, title, link = _subject(lang, area, root)
    return _briefing(lang, name, title, link, today, state.parts(lang, area) if area else region.parts(lang))


def page(lang: Language, area: str | None = None, *, root: str = "", today: date | None = None) -> Briefing:
    """The summary of a state or of the region on one page; the arguments are those of `of`."""
    _check(area, None)
    name, title, link = _subject(lang, area, root)
    part = state.page(lang, area) if area else region.page(lang)
    return _briefing(lang, name, title, link, today, (part,), single=True)


def _check(area: str | None, other: str | None) -> None:
    for code in filter(None, (area, other)):
        if code not in store.areas():
            raise KeyError(code)
    if area and area == other:
        raise ValueError(area)


def _subject(lang: Language, area: str | None, root: str) -> tuple[str, str, str]:
    """The id, the title and the link of a state or of the region."""
    if area:
        return area, lang.country(area), front_matter.address(lang, root, "country", area=area)
    title = lang.text("Trafficking in persons in the Americas")
    return "region", title, front_matter.address(lang, root, "region")


def _briefing(
    lang: Language,
    name: str,
    title: str,
    link: str,
    today: date | None,
    parts: Sequence[Part],
    *,
    single: bool = False,
) -> Briefing:
    snapshot = store.snapshot()
    last = () if single else (front_matter.sources(lang, title, link, SOURCES, today),)
    return Briefing(
        lang,
        name,
        title,
        lang.text("Briefing on trafficking in persons"),
        front_matter.as_of(lang),
        link,
        snapshot.id,
        str(snapshot.manifest["created"])[:10],
        (*parts, *last),
        single,
    )
