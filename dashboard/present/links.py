"""The address of a scene: a page with its filters; how to check it, and what that page says at a glance."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from dashboard import catalog, menu, store
from dashboard.subjects.meetings.filters import YOURS
from dashboard.views import address as addresses
from dashboard.views.filters import LANGUAGE, Spec
from dashboard.views.page import Glance, Page
from data.i18n import Language
from data.meeting import BARE, Meeting, Scene

PRESENT = "present"
MOST_FILTERS = 60


class SceneLink(NamedTuple):
    """A page's slug, the values of its filters as texts of an address, and a section of the page."""

    page: str
    query: Mapping[str, str]
    section: str = ""


def link(address: str) -> SceneLink:
    """The parts of an address in which `check` finds no fault."""
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    return SceneLink(menu.current(parts.path.removeprefix("/"), query), query, parts.fragment)


def completed(address: str, area: str) -> str:
    """The address with a state, if its page is that of one state and it names none; `area` may be empty."""
    page, query, _ = link(address)
    if not area or [*_lacking(page, query)] != [YOURS.name]:
        return address
    return f"/{page}?{urlencode({YOURS.name: area, **query}, safe=',')}"


def shown(agenda: Meeting, area: str) -> Sequence[Scene]:
    """The scenes of an agenda, without those of a state that wait for a choice, where none is made."""
    return [
        one for one in agenda.scenes if one.address in BARE or not [*_lacking(*link(completed(one.address, area))[:2])]
    ]


def _lacking(page: str, query: Mapping[str, str]) -> Iterator[str]:
    """What a page needs and an address does not name."""
    declared = catalog.pages()[page]
    yield from (spec.name for spec in declared.path[: declared.needed] if spec.name not in query)


def page_of(address: str) -> Page:
    """The page of the scene at an address: that from which readers choose, where the address names no state."""
    if address in BARE:
        return next(page for page in catalog.pages().values() if address in page.scenes)
    slug, query, _ = link(address)
    page = catalog.pages()[slug]
    return page.index if page.index and [*_lacking(slug, query)] else page


@store.cached
def glance(_snap: store.Tables, lang: Language, address: str) -> Glance:
    """What the page at an address says at a glance; the address may be that of a cover (`data.meeting.BARE`)."""
    page = page_of(address)
    _, query, name = (page.slug, {}, address) if address in BARE else link(address)
    values = addresses.read(page.filters, {key: (text,) for key, text in query.items()}).values
    return page.glance(lang, values, name)


def check(address: str) -> Iterator[tuple[str, str]]:
    """The faults of an address: codes of `data.meeting.FAULTS`, each with the faulty part."""
    try:
        parts = urlsplit(address)
        given = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=MOST_FILTERS)
    except ValueError:
        yield "no_link", address
        return
    page = menu.current(parts.path.removeprefix("/"), [name for name, _ in given])
    if parts.scheme or parts.netloc or not parts.path.startswith("/") or not _has(page, parts.fragment):
        yield "no_link", address
    elif page == PRESENT or page not in menu.scripts():
        yield "no_page", page
    else:
        yield from _filters(page, given)


def _has(page: str, section: str) -> bool:
    """Whether a page has a scene of this name; the first one has none."""
    return not section or (page in catalog.pages() and section in catalog.pages()[page].scenes)


def _filters(page: str, given: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    specs, seen = {spec.name: spec for spec in catalog.filters_of(page)}, set()
    for name, text in given:
        if name == LANGUAGE.name:
            yield "no_language", text
        elif name not in specs:
            yield "no_filter", name
        elif name in seen or not _valid(specs[name], text):
            yield "no_value", f"{name}={text}"
        seen.add(name)


def _valid(spec: Spec[Any], text: str) -> bool:
    try:
        spec.parse(text)
    except ValueError:
        return False
    return True
