"""Make a whole briefing of a state, of two states, or of the region, from what its page declares."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dashboard import catalog, store
from dashboard.briefing import front_matter
from dashboard.briefing.content import Briefing
from dashboard.export import cited_view
from dashboard.views import address
from dashboard.views.figure import Values
from dashboard.views.page import Paper, Part
from data.i18n import Language


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
    paper, values = _declared(area, other)
    whole = _briefing(lang, subject_id(area, other), paper, values, root, paper.parts(lang, values))
    sources = front_matter.sources(lang, whole.title, whole.address, today)
    return replace(whole, parts=(*whole.parts, sources))


def page(lang: Language, area: str | None = None, *, root: str = "") -> Briefing:
    """A state or the region on one page; the arguments are those of `of`."""
    paper, values = _declared(area, None)
    if paper.single is None:
        raise ValueError(area)
    parts = paper.single(lang, values)
    return replace(_briefing(lang, subject_id(area, None), paper, values, root, parts), single=True)


def subject_id(area: str | None, other: str | None) -> str:
    """The id of a subject, e.g. `CRI_USA`."""
    return "_".join(filter(None, (area, other))) or "region"


def _declared(area: str | None, other: str | None) -> tuple[Paper, Values]:
    """The briefing of the page with as many states in its path, and its values."""
    given = [*filter(None, (area, other))]
    for code in given:
        if code not in store.areas():
            raise KeyError(code)
    if area and area == other:
        raise ValueError(area)
    declared = ((page, page.paper) for page in catalog.pages().values() if page.paper)
    page, paper = next(found for found in declared if found[0].needed == len(given))
    texts = {spec.name: (code,) for spec, code in zip(page.path, given, strict=False)}
    return paper, address.read(page.filters, texts).values


def _briefing(lang: Language, name: str, paper: Paper, values: Values, root: str, parts: Sequence[Part]) -> Briefing:
    snapshot, view = store.snapshot(), paper.view(lang, values)
    return Briefing(
        lang,
        name,
        view.words,
        lang.text("Briefing on trafficking in persons"),
        front_matter.as_of(lang),
        cited_view.address(lang, catalog.pages()[view.page], view.filters, root),
        snapshot.id,
        str(snapshot.manifest["created"])[:10],
        tuple(parts),
    )
