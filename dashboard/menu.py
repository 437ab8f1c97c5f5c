"""The pages in the order of the menu, by the scripts of the desk: a number and a slug each, such as `1_region.py`."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from dashboard import catalog
from dashboard.views.page import Page
from data.i18n import N_, Language

# Slugs that pages had before, and the parameters of page Region when it was at the root.
MOVED = {"ledger": "declaration"}
AT_ROOT = frozenset({"indicator", "measure", "year", "latest", "edition", "of"})
# Pages that the menu does not list. The links at the foot of every page, by slug.
UNLISTED = frozenset({"about", "letter", "pair"})
AT_FOOT = {
    "pair": N_("Two states"),
    "letter": N_("Letters on what is missing"),
    "sources": N_("Sources and releases"),
    "about": N_("About and method"),
}
PAGES = Path(__file__).parents[1] / "pages"
_NUMBERED = re.compile(r"(\d+)_([a-z][a-z0-9_]*)\.py")


@cache
def scripts(folder: Path = PAGES) -> dict[str, Path]:
    """Slug to script, in the order of the numbers, e.g. `region` to `.../1_region.py`."""
    found = [(name, path) for path in folder.iterdir() if (name := _NUMBERED.fullmatch(path.name))]
    return {name[2]: path for name, path in sorted(found, key=lambda pair: int(pair[0][1]))}


def title(lang: Language, slug: str) -> str:
    """The title of a page; KeyError if there is no such page."""
    return lang.text(catalog.pages()[slug].title)


def purpose(lang: Language, slug: str) -> str:
    """The purpose of a page, in one sentence; KeyError if there is no such page."""
    return lang.text(catalog.pages()[slug].purpose)


def path(page: Page, texts: Mapping[str, str]) -> str:
    """The path of a page below its language, with the texts of the filters in it; empty for the first page."""
    if page.slug == next(iter(scripts())):
        return ""
    return "/".join([page.slug, *(texts[spec.name] for spec in page.path if texts.get(spec.name))])


def current(path: str, parameters: Iterable[str] = ()) -> str:
    """The slug of the page at an address: `region` for `/?indicator=...`; an unknown path as it is.

    Args:
        path: without the slash; empty at the root.
        parameters: the names of the parameters.
    """
    if path:
        return MOVED.get(path, path)
    return "region" if AT_ROOT.intersection(parameters) else next(iter(scripts()))
