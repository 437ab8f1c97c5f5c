"""Which document is at an address, and where the addresses lead that are none: old ones, and pages not moved yet.

Every address here is relative, since a proxy may have removed a prefix.
"""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from dashboard import catalog
from dashboard.shell import navigation
from dashboard.store import areas
from dashboard.subjects.compare.filters import ONE, OTHER
from dashboard.subjects.explore.filters import TASK
from dashboard.subjects.shared import AREA
from dashboard.views.filters import LANGUAGE
from data.i18n import LANGUAGES, Language, language


class Place(NamedTuple):
    """The address of a document: a language and the slug of a page."""

    lang: Language
    page: str


def place(path: str) -> Place | None:
    """The document at a path such as `es/about`; None at another one."""
    code, _, slug = path.partition("/")
    return Place(language(code), slug) if code in LANGUAGES and slug in catalog.pages() else None


def leads_to(path: str, query: Mapping[str, str], reader: Language) -> str:
    """The address that a path leads to, with every parameter; empty if it leads nowhere else.

    Args:
        reader: the language of the request, for an old address that has none in its path.
    """
    code, *steps = path.split("/")
    if code in LANGUAGES and steps:
        slug, filters = _streamlit(steps)
        home = slug == navigation.current("")
        found = f"{'../' * len(steps)}{'' if home else slug}?"
        return found + urlencode({**query, **filters, LANGUAGE.name: code}, safe=",:") if slug else ""
    if path in catalog.pages():
        kept = urlencode({name: text for name, text in query.items() if name != LANGUAGE.name}, safe=",:")
        return f"{reader.code}/{path}?{kept}".removesuffix("?")
    moved = navigation.current(path, query)
    if moved in {path, navigation.current("")} or moved not in navigation.scripts():
        return ""
    return f"{moved}?{urlencode(query, safe=',:')}".removesuffix("?")


def _streamlit(steps: list[str]) -> tuple[str, dict[str, str]]:
    """The page of Streamlit that stands for a document not written yet, and its filters; an empty slug for others."""
    states = areas()
    match steps:
        case [slug] if not slug or slug in navigation.scripts():
            return slug or navigation.current(""), {}
        case ["country", area] if area in states:
            return "country", {AREA.name: area}
        case ["pair", one, other] if one in states and other in states and one != other:
            first, second = sorted((one, other))
            return "explore", {TASK.name: "compare", ONE.name: first, OTHER.name: second}
    return "", {}
