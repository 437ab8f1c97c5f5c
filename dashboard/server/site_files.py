"""What a site consists of as plain files: documents, the other views of their pages, rows, pictures and briefings.

A view beside the document of its page is a script (`forms/html/files.js`): it has the parts that differ.
"""

import gzip
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from html import unescape
from itertools import combinations, product
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlencode

import orjson

from dashboard import catalog, site, static, store
from dashboard.briefing import formats
from dashboard.export.cited_view import SAFE
from dashboard.forms.html.addresses import Addresses
from dashboard.forms.html.document import Addressed, first_page
from dashboard.forms.html.file_addresses import SHAPE, FileAddresses, WantedFile, Written, suffix
from dashboard.server import pages, pictures
from dashboard.server.addresses import HOME, AddressedView
from dashboard.stage import request, wire
from dashboard.stage.pictures import PictureRequest
from dashboard.subjects.meetings.filters import GUIDED, NOTES, YOURS
from dashboard.subjects.pair import query as pair
from dashboard.views.address import read
from dashboard.views.filters import Ranged, Span, settled, steps
from dashboard.views.page import Graphic, Page, every
from data.i18n import DEFAULT, Language, language

# The content of `<main>`, and its parts: the style sheet of its figures, its head, and its sections.
_MAIN = re.compile(r'<main id="content"[^>]*>\n(.*)</main>', re.DOTALL)
_LOOKS = re.compile(r"\s*<style>(.*?)</style>", re.DOTALL)
_PARTS = re.compile(r'<div class="head">.*?</div>|<section[ >].*?</section>', re.DOTALL)
_SECTIONS = re.compile(r'<div class="sections.*</section>\s*</div>', re.DOTALL)
_TITLE = re.compile(r"<title>(.*?)</title>")
# Scripts that the server sends as modules share no names with others; a browser loads no module from a disk.
MODULES = ("present.js",)
# What only "Explore this figure" needs, which files do not have.
OF_SERVER = ("plotly.min.js",)
PATHS_OF_TWO = 2

NamedContents = Iterator[tuple[str, bytes]]


class WrittenPage(NamedTuple):
    """A document in all languages: the slug of its page, and its path."""

    slug: str
    path: tuple[str, ...]


def written(
    languages: Sequence[str],
    areas: Iterable[str],
    slugs: Iterable[str] | None = None,
    *,
    briefings: bool = False,
) -> Written:
    """What is written in some languages, of some states.

    Args:
        slugs: of the pages; None: all.
        briefings: whether those of the region and of each state are.
    """
    states, every_page = sorted(areas), catalog.pages()
    chosen = [*map(every_page.__getitem__, every_page if slugs is None else slugs)]
    paths = {page.slug: frozenset(_paths(page, states)) for page in chosen}
    whole = [page for page in chosen if () in paths[page.slug]]
    views: dict[tuple[str, tuple[str, ...]], tuple[str, ...]]
    views = {(page.slug, ()): tuple(_views(page, states)) for page in whole}
    subjects = [(HOME, ()), *(("country", (one,)) for one in states)] if briefings else []
    return Written(tuple(languages), paths, views, frozenset(subjects))


def places(what: Written) -> list[WrittenPage]:
    """All documents; those that take long come first."""
    found = [WrittenPage(slug, path) for slug, paths in what.paths.items() for path in paths]
    return sorted(found, key=lambda one: (-len(what.views.get(one, ())), len(one.path), one))


def around(what: Written) -> NamedContents:
    """The files that are no page: the choice of the language, our scripts, style sheets and fonts."""
    # The first page that is written, if Home is not.
    home = next((slug for slug in (HOME, *what.paths) if () in what.paths.get(slug, ())), HOME)
    document = "index.html" if home == HOME else f"{home}.html"
    yield "index.html", first_page({code: f"{code}/{document}" for code in what.languages}).encode()
    for name in static.FILES.keys() - OF_SERVER:
        content = static.file(name).body
        yield static.address(name, ""), b'(() => {"use strict"\n%s\n})()' % content if name in MODULES else content


def page_files(what: Written, place: WrittenPage) -> NamedContents:
    """A document in each language with all that belongs to it, by the paths from the root."""
    declared = catalog.pages()[place.slug]
    page = declared.index if declared.index and len(place.path) < declared.needed else declared
    given = dict(zip((spec.name for spec in page.path), place.path, strict=False))
    for code in what.languages:
        yield from _in_language(what, AddressedView(language(code), page, given))


def _paths(page: Page, states: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The paths of the documents of a page; none for one that is named by its filters alone, as a row is."""
    if page.index or not (page.path or page.named):
        yield ()
    if page.needed == PATHS_OF_TWO:
        yield from ((one,) for one in states)
        yield from ((one, other) for one, other in combinations(states, 2) if other in pair.partners().get(one, ()))
    elif page.path:
        others = set(store.areas()) - set(states)
        yield from ((option,) for option in page.path[0].options if option and option not in others)


def _views(page: Page, states: Sequence[str]) -> Iterator[str]:
    """The parameters of the other views of a page: all steps of a slider; of the show its notes, and each state."""
    values = read(page.filters, {}).values
    lang, given = language(DEFAULT), dict(values.given)
    sections = page.sections(lang, values)
    years = {one.years for part in sections for one in every(part.blocks) if isinstance(one, Graphic) and one.years}
    chosen: list[dict[str, str]] = []
    for spec in [settled(one, given) for one in years]:
        chosen += [{spec.name: spec.write(value)} for value in _stepped(spec, given[spec.name])]
    if NOTES in page.filters:
        shown = [{}, {NOTES.name: NOTES.write(True)}, {GUIDED.name: GUIDED.write(True)}]
        chosen += [{**one, YOURS.name: area} for one, area in product(shown, (YOURS.default, *states))]
    for one in chosen:
        texts = {name: (text,) for name, text in one.items()}
        if query := Addresses(lang, page, read(page.filters, texts).values).query:
            yield urlencode(query, safe=SAFE)


def _stepped(spec: Ranged | Span, value: Any) -> list[Any]:  # noqa: ANN401 - a year or two, as the filter has
    """The values that a reader reaches by the steps of a slider, one after another."""
    found = [value]
    for one in found:
        found += [other for other in steps(spec, one) if other not in found]
    return found


def _in_language(what: Written, place: AddressedView) -> NamedContents:
    first, asked, addresses = _made(what, place, "")
    if not place.page.exists(asked.arrival.values):
        return
    yield addresses.document, first.encode()
    # Many views lead to the same files.
    known: set[str] = set()
    yield from _wanted(asked, addresses, known)
    folder = PurePosixPath(addresses.document).parent / addresses.folder
    for view in addresses.views:
        document, asked, addresses = _made(what, place, view)
        yield f"{folder}/{suffix(view)[1:]}.js", script(difference(first, document))
        yield from _wanted(asked, addresses, known)


def _made(what: Written, place: AddressedView, view: str) -> tuple[str, pages.Asked, FileAddresses]:
    """The document of a view, what was asked for it, and its addresses."""
    wanted: dict[str, WantedFile] = {}
    asked = pages.Asked(place, parse_qs(view), desk=False)
    addressed = partial(FileAddresses, written=what, wanted=wanted)
    document = pages.written_for(asked, addressed=addressed)
    return document, asked, addressed(place.lang, place.page, asked.arrival.values)


def script(content: Mapping[str, Any] | bytes) -> bytes:
    """Data, or data as JSON, as a script for `files.js`."""
    data = content if isinstance(content, bytes) else orjson.dumps(content, option=orjson.OPT_NON_STR_KEYS)
    return b"arrived(%s)\n" % data


def difference(first: str, document: str) -> dict[str, Any]:
    """What of a view is not as in the document of its page.

    Returns:
        `title`, `looks` (the style sheet of its figures), `count` of the parts of the page, those `parts`
        that differ by their places, and `all` sections if there are more or fewer.
    """
    (before, after) = (_MAIN.findall(one)[0] for one in (first, document))
    old, new = _PARTS.findall(before), _PARTS.findall(after)
    same, looks = len(old) == len(new), _LOOKS.match(after)
    parts = {place: one for place, one in enumerate(new) if not place or (same and one != old[place])}
    return {
        "title": unescape(_TITLE.findall(document)[0]),
        "looks": looks[1] if looks else "",
        "count": len(old),
        "parts": parts,
        "all": None if same else _SECTIONS.findall(after)[0],
    }


def _wanted(asked: pages.Asked, addresses: FileAddresses, known: set[str]) -> NamedContents:
    """The files to which a document leads and which are not known, by their paths; then they are."""
    addressed = partial(FileAddresses, written=addresses.written)
    for path, one in [*addresses.wanted.items()]:
        if path not in known:
            known.add(path)
            yield path, _content(asked, one, addressed)


def _content(asked: pages.Asked, wanted: WantedFile, addressed: Addressed) -> bytes:
    """The content of a file to which the document of a view leads."""
    lang, texts = asked.place.lang, dict(wanted.texts)
    if wanted.kind == "picture":
        return pictures.content(PictureRequest(wanted.name, wanted.texts, SHAPE), wanted.ending)
    if wanted.kind == "figure":
        return script(gzip.decompress(wire.packed(request.parse(wanted.name, texts))))
    if wanted.kind == "briefing":
        return _briefing(asked, lang, wanted.name)
    found = pages.rows_file(asked, wanted.name, wanted.ending, addressed)
    if found is None:
        raise LookupError(wanted)
    return found[2]


def _briefing(asked: pages.Asked, lang: Language, form: str) -> bytes:
    area = next(iter(asked.place.given.values()), None)
    return formats.made(form, lang, area, None, site.public_address())
