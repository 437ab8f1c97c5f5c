"""Which view is at an address, in which form, and where the addresses lead that are none: old ones, for example.

Every address here is relative, since a proxy may have removed a prefix.
"""

from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple
from urllib.parse import parse_qs, quote, urlencode

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import Scope

from dashboard import catalog, menu, site
from dashboard.export import cited_view
from dashboard.views.filters import LANGUAGE, Form
from dashboard.views.page import Page, Passport
from data.i18n import LANGUAGES, Language, language, match

Query = Mapping[str, Sequence[str]]
# The slug of the first page in the addresses of its files, such as `/en/home.csv`; the page itself is at `/en/`.
HOME = "home"
DOCUMENT = "html"
# The forms of a view besides its document, by the ending of its address.
ROWS = tuple(cited_view.FORMATS)
PICTURES = ("svg", "png")
BRIEFINGS = ("pdf", "pptx")
# A figure in each of its years, for a script that steps through them.
YEARS = "years"
# What changed in a state: an address of its own, beside those of the page (`dashboard.server.feeds`).
FEED = "feed"
ENDINGS = (DOCUMENT, YEARS, *ROWS, *PICTURES, *BRIEFINGS)


class AddressedView(NamedTuple):
    """A view, or a part of it, at an address.

    Attributes:
        lang, page: its language and its page.
        given: the values of filters that stand in the path, as texts by name.
        part: the name of a figure or of rows of the page; empty for the view as a whole.
        ending: its form; empty for the document.
    """

    lang: Language
    page: Page
    given: Mapping[str, str]
    part: str = ""
    ending: str = ""


def place(path: str) -> AddressedView | None:
    """What is at a path such as `es/about`, `es/country/HTI`, `es/country/HTI/victims.png`; None at another one."""
    code, slash, rest = path.partition("/")
    if code not in LANGUAGES or not slash:
        return None
    stem, dot, ending = rest.rpartition(".")
    if not dot or ending not in ENDINGS:
        stem, ending = rest, ""
    slug, *steps = stem.split("/")
    if steps[-1:] == [FEED]:
        return None
    page = catalog.pages().get(HOME if slug in {"", "index"} else slug)
    if page is None or (slug == HOME and ending in {"", DOCUMENT}):
        return None
    given = dict(zip((spec.name for spec in page.path), steps, strict=False))
    parts = steps[len(given) :]
    # With an ending the last step may name a part: `country/series.csv` has no state in its path.
    if given and ending not in {"", DOCUMENT} and not parts and list(given.values())[-1] not in page.path[-1].options:
        parts = [given.popitem()[1]]
    if len(parts) > (ending not in {"", DOCUMENT, *BRIEFINGS}):
        return None
    return AddressedView(language(code), page, given, "".join(parts), "" if ending == DOCUMENT else ending)


def leads_to(path: str, query: Query, reader: Language) -> str:
    """The address that a path leads to, with every parameter; empty if it leads nowhere else.

    Args:
        reader: the language of the request, for an old address that has none in its path.
    """
    code, *steps = path.split("/")
    if code in LANGUAGES:
        moved = {"": f"{code}/", HOME: "./", **menu.MOVED}.get("/".join(steps), "")
        return _with(moved, query) if moved else ""
    slug = menu.current(path, query)
    kept = {name: texts for name, texts in query.items() if name not in {LANGUAGE.name, "go"}}
    return document(reader, slug, kept) + _opened(slug, kept) if slug in catalog.pages() else ""


def reader(scope: Scope) -> Language:
    """The language of a request: of its path or of its parameter `lang`, else the browser's first that we have."""
    given = [*str(scope["path"]).split("/"), *parse_qs(scope["query_string"].decode("latin-1")).get(LANGUAGE.name, [])]
    code = next((one for one in reversed(given) if one in LANGUAGES), "")
    return language(code or match(Headers(scope=scope).get("accept-language")))


def with_path(place: AddressedView, query: Query) -> str:
    """Where a view leads whose address has in its query what belongs into its path, or two states in another order.

    Empty for an address that is right.
    """
    given = {name: [text] for name, text in place.given.items()}
    rest = {name: texts for name, texts in query.items() if texts[-1]}
    known = [spec.name for spec in place.page.path if spec.name in rest and rest[spec.name][-1] in spec.options]
    led = given | {name: rest.pop(name) for name in known}
    implied = place.page.implied({name: texts[-1] for name, texts in led.items()})
    led |= {name: [text] for name, text in implied.items() if name in led}
    # The first of two states is missing: no path has the second alone.
    in_path = takewhile(led.__contains__, (spec.name for spec in place.page.path))
    if place.ending or {name: led[name] for name in in_path} == given:
        return ""
    return "../" * len(given) + document(None, place.page.slug, led | rest) + _opened(place.page.slug, rest)


def root(request: Request) -> str:
    """The address of this site, without a slash at its end: the public one, or that by which the request came."""
    here = f"{request.url.scheme}://{request.url.netloc}{request.scope.get('root_path', '')}"
    return site.public_address() or here


def document(lang: Language | None, slug: str, query: Query) -> str:
    """The address of a document from the root, or without a language from the folder of the documents of one."""
    steps, rest = [], dict(query)
    for spec in catalog.pages()[slug].path:
        if spec.name not in rest:
            break
        steps.append(quote(rest.pop(spec.name)[-1], safe=""))
    path = "/".join([slug, *steps]) if slug != HOME else ""
    return _with(f"{lang.code}/{path}" if lang else path, rest)


def _opened(slug: str, query: Query) -> str:
    """The fragment of an address that names a row of a page: the passport of the last one that it names."""
    keys = [spec for spec in catalog.pages()[slug].filters if isinstance(spec, Form) and spec.columns]
    anchors = [Passport(spec, "", ()).anchor for spec in keys if query.get(spec.name, [""])[-1]]
    return f"#{anchors[-1]}" if anchors else ""


def _with(path: str, query: Query) -> str:
    parameters = [(name, text) for name, texts in query.items() for text in texts]
    return path + (f"?{urlencode(parameters, safe=',:')}" if parameters else "")
