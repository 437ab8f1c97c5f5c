"""The address of a scene: a page with its filters; how to check it, and the figure that it shows."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from dashboard import catalog, menu, store
from dashboard.stage import request
from dashboard.subjects import shared
from dashboard.subjects.explore import filters as explore_filters
from dashboard.subjects.ledger import filters as ledger_filters
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.states import profile
from dashboard.views.filters import LANGUAGE, Spec

PRESENT = "present"
MOST_FILTERS = 60
# The figures of page Home by section: the anchor of an address.
SECTIONS = {
    "": "region_change",
    "change": "region_change",
    "victims": "region_victims",
    # Only on stage: Home has its words in the section on the change.
    "convictions": "region_convictions",
}
# The figure of a page that has the same one whatever its filters are.
FIGURES = {
    "region": "region",
    "routes": "routes",
    "instruments": "parties_map",
    "coverage": "coverage_map",
}


class Picture(NamedTuple):
    """The figure of a scene (of `dashboard.catalog`), and the values of its filters by name."""

    name: str
    values: Mapping[str, Any]


class Link(NamedTuple):
    """A page's slug, the values of its filters as texts of an address, and a section of the page."""

    page: str
    query: Mapping[str, str]
    section: str = ""


def link(address: str) -> Link:
    """The parts of an address in which `check` finds no fault."""
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    return Link(menu.current(parts.path.removeprefix("/"), query), query, parts.fragment)


def completed(address: str, area: str) -> str:
    """The address with a state, if it is that of page Country without one; `area` is empty if none is chosen."""
    page, query, _ = link(address)
    if page != "country" or shared.AREA.name in query or not area:
        return address
    return f"/country?{urlencode({shared.AREA.name: area, **query}, safe=',')}"


def check(address: str) -> Iterator[tuple[str, str]]:
    """The faults of an address: codes of `data.meeting.FAULTS`, each with the faulty part."""
    try:
        parts = urlsplit(address)
        given = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=MOST_FILTERS)
    except ValueError:
        yield "no_link", address
        return
    page = menu.current(parts.path.removeprefix("/"), [name for name, _ in given])
    section = not parts.fragment or (page == "home" and parts.fragment in SECTIONS)
    if parts.scheme or parts.netloc or not section or not parts.path.startswith("/"):
        yield "no_link", address
    elif page == PRESENT or page not in menu.scripts():
        yield "no_page", page
    else:
        yield from _filters(page, given)


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


@store.cached
def picture(snap: store.Tables, address: str) -> Picture | None:
    """The figure that represents a page on stage; None for a table, or a figure not legible from a distance."""
    name = _name(snap, *link(address))
    query = link(address).query
    if not name:
        return None
    values = request.defaults(name, query)
    if name == "state_routes":
        evidence = _evidence(query)
        values[routes_filters.EVIDENCE.name] = evidence or routes_filters.EVIDENCE.default
        values[routes_filters.POSITION.name] = routes_filters.POSITION.default if evidence else "origin"
    return Picture(name, values)


def _name(snap: store.Tables, page: str, query: Mapping[str, str], section: str) -> str:
    if page == "home":
        return SECTIONS[section]
    if page == "country":
        return _of_state(snap, query) if shared.AREA.name in query else ""
    if page == "explore":
        return query.get(explore_filters.TASK.name, explore_filters.TASK.default)
    if page == "declaration":
        # A matrix of 37 columns cannot be read from the last row of a room.
        return "ledger_map" if _counted(snap, query) else ""
    return FIGURES.get(page, "")


def _of_state(snap: store.Tables, query: Mapping[str, str]) -> str:
    """The figure of a state: its arrows if the address has one, its years, else its citizens detected abroad."""
    if _evidence(query):
        return "state_routes"
    area, edition = query[shared.AREA.name], query.get(shared.EDITION.name, shared.EDITION.default)
    if profile.latest.of(snap, area, edition):
        return "series"
    selection = routes_filters.of_state(area, routes_filters.EVIDENCE.default, edition, "origin")
    return "" if routes_query.arrows.of(snap, selection).every.is_empty() else "state_routes"


def _evidence(query: Mapping[str, str]) -> str:
    """The kind of evidence of the arrow in the address; empty if it has none."""
    return next((name for name, spec in row_keys.ARROWS_OF.items() if query.get(spec.name)), "")


def _counted(snap: store.Tables, query: Mapping[str, str]) -> bool:
    number = query.get(ledger_filters.PARAGRAPH.name, ledger_filters.ALL)
    return number != ledger_filters.ALL and ledger_query.count.of(snap, int(number))["n"] is not None
