"""Feeds of what changed, as Atom (RFC 4287) and JSON Feed 1.1: of the region, of each state, of each indicator.

Days are those of releases and documents, and ids depend on what an entry is about and on its language alone: a feed
that is read again has nothing new in it until something is.
"""

import html
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple
from uuid import UUID, uuid5

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard import sending, store
from dashboard.server.addresses import document, root
from dashboard.subjects import api_addresses
from dashboard.subjects.changes import entries
from dashboard.subjects.changes.entries import FeedEntry
from dashboard.subjects.coverage.filters import INDICATOR
from dashboard.subjects.passports import keys
from dashboard.subjects.shared import AREA
from dashboard.turns import DRAWING, found_or_made
from dashboard.words import data_version, terms
from dashboard.words.source_facts import withheld
from data import manifest
from data.i18n import LANGUAGES, Language, language

ATOM = "atom"
JSON = "json"
KINDS = {ATOM: "application/atom+xml", JSON: "application/feed+json"}
PATHS = tuple(f"/{{lang}}/{place}feed.{{form}}" for place in ("", "country/{area}/", "indicator/{indicator}/"))
HEADERS = {"Cache-Control": f"public, max-age={api_addresses.MINUTES * 60}", "Access-Control-Allow-Origin": "*"}
# The space of our ids (RFC 9562): no address of this site is part of them, as a site may move.
SPACE = UUID("7d3c2a5e-6b0f-4c6e-9f57-2f4d1c7b8a10")
NAMESPACE = "http://www.w3.org/2005/Atom"
# How many are kept of each snapshot.
CACHED = 64
# The most entries of one feed, and the kinds of those whose rows JSON has.
MOST = 200
WITH_ROWS = ("revisions", "flow_revisions")


class Feed(NamedTuple):
    """A feed: its language, the state or the indicator that it is of (empty for the region), and the site's address.

    `root` ends with a slash.
    """

    lang: Language
    area: str
    indicator: str
    root: str

    @property
    def place(self) -> str:
        """Its folder below the language."""
        return f"country/{self.area}/" if self.area else f"indicator/{self.indicator}/" if self.indicator else ""

    @property
    def title(self) -> str:
        """What it is of."""
        if not self.place:
            return data_version.title(self.lang)
        label = terms.in_sentence(terms.term(self.lang, "indicator", self.indicator))
        return self.lang.labeled("Atalaya", self.lang.country(self.area) if self.area else label)

    @property
    def page(self) -> str:
        """The address of the page that it belongs to."""
        slug = "country" if self.area else "coverage" if self.indicator else "home"
        return self.at(slug, {AREA.name: self.area} if self.area else {INDICATOR.name: self.indicator})

    def at(self, slug: str, texts: Mapping[str, str]) -> str:
        """The address of a page."""
        return self.root + document(self.lang, slug, {name: [text] for name, text in texts.items() if text})

    def own(self, form: str) -> str:
        """Its own address in a form."""
        return f"{self.root}{self.lang.code}/{self.place}feed.{form}"

    def id(self, steps: str) -> str:
        """The id of something in it, by the steps of an entry."""
        return uuid5(SPACE, f"{self.lang.code}/{steps}").urn


def routes() -> list[Route]:
    """The routes of all feeds."""
    return [Route(path, _answer) for path in PATHS]


async def _answer(request: Request) -> Response:
    given = request.path_params
    code, area, indicator, form = (given.get(name, "") for name in ("lang", "area", "indicator", "form"))
    known = {"", *store.areas()}, {"", *manifest.indicators()}
    if code not in LANGUAGES or form not in KINDS or area not in known[0] or indicator not in known[1]:
        raise HTTPException(404)
    asked = Feed(language(code), area, indicator, f"{root(request)}/"), form
    made = await found_or_made(DRAWING, request.scope, partial(_content.found, *asked), partial(_content, *asked))
    return await made.response(request.headers, **HEADERS)


@store.cached_up_to(CACHED)
def _content(_snap: store.Tables, feed: Feed, form: str) -> sending.Content:
    return sending.Content(WRITERS[form](feed, entries.of(feed.lang, feed.area, feed.indicator)), KINDS[form])


def atom(feed: Feed, found: list[FeedEntry]) -> bytes:
    """A feed as Atom."""
    root = ET.Element("feed", {"xmlns": NAMESPACE, "xml:lang": feed.lang.tag})
    days = [one.day for one in found] or [entries.newest(feed.lang)]
    more = _left_out(feed, found, "subtitle")
    _texts(root, id=feed.id(feed.place), title=feed.title, updated=_moment(max(days)), **more)
    _texts(ET.SubElement(root, "author"), name="Atalaya")
    ET.SubElement(root, "link", rel="self", type=KINDS[ATOM], href=feed.own(ATOM))
    ET.SubElement(root, "link", rel="alternate", type="text/html", href=feed.page)
    for one in found[:MOST]:
        entry = ET.SubElement(root, "entry")
        _texts(entry, id=feed.id(one.id), title=one.title, updated=_moment(one.day), summary=one.summary)
        ET.SubElement(entry, "link", rel="alternate", type="text/html", href=_page(feed, one))
        ET.SubElement(entry, "category", term=_kind(one))
        ET.SubElement(entry, "content", type="html").text = _html(feed, one)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def json_feed(feed: Feed, found: list[FeedEntry]) -> bytes:
    """A feed as JSON Feed; `_atalaya`, an extension of that format, has the rows that may be passed on."""
    items = [
        {
            "id": feed.id(one.id),
            "url": _page(feed, one),
            "title": one.title,
            "summary": one.summary,
            "content_html": _html(feed, one),
            "date_published": _moment(one.day),
            "date_modified": _moment(one.day),
            "tags": [_kind(one)],
            "_atalaya": {
                "rows": [
                    {**line.row, "passport": _passport(feed, line)} for line in _open(one) if _kind(one) in WITH_ROWS
                ]
            },
        }
        for one in found[:MOST]
    ]
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.own(JSON),
        "language": feed.lang.tag,
        "authors": [{"name": "Atalaya"}],
        **_left_out(feed, found, "description"),
        "items": items,
    }
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


WRITERS: Mapping[str, Callable[[Feed, list[FeedEntry]], bytes]] = {ATOM: atom, JSON: json_feed}


def _texts(parent: ET.Element, **texts: str) -> None:
    for name, text in texts.items():
        ET.SubElement(parent, name).text = text


def _left_out(feed: Feed, found: list[FeedEntry], name: str) -> dict[str, str]:
    """By the name of its part in a feed, the sentence on the entries that a feed leaves out, if any."""
    if len(found) <= MOST:
        return {}
    n, every = feed.lang.number(MOST), feed.lang.number(len(found))
    # Translators: said of the entries of a feed; the older ones are left out.
    return {name: feed.lang.text("The newest {n} of {all} entries.", n=n, all=every)}


def _open(one: FeedEntry) -> list[entries.ChangedFigure]:
    """The lines of an entry whose figures may be passed on."""
    barred = withheld(store.snapshot().manifest)
    return [line for line in one.lines if line.sources.isdisjoint(barred)]


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _kind(one: FeedEntry) -> str:
    return one.id.partition("/")[0]


def _page(feed: Feed, one: FeedEntry) -> str:
    return feed.at(one.link.page, one.link.filters) + f"#{one.link.anchor}" * bool(one.link.anchor)


def _passport(feed: Feed, line: entries.ChangedFigure) -> str:
    return feed.at(keys.PAGE, line.passport) if line.passport else ""


def _html(feed: Feed, one: FeedEntry) -> str:
    """The content of an entry: each line leads to the passport of its figure; then, whose figures are left out."""
    lines, lang = [], feed.lang
    for line in _open(one):
        words, passport = html.escape(line.words), html.escape(_passport(feed, line))
        lines.append(f'<li><a href="{passport}">{words}</a></li>' if passport else f"<li>{words}</li>")
    sources = {source for line in one.lines for source in line.sources}
    barred = [terms.term(lang, "source", name) for name in withheld(store.snapshot().manifest) if name in sources]
    left_out = [lang.text("{source} does not allow us to pass its figures on.", source=name) for name in barred]
    first, *last = (f"<p>{html.escape(text)}</p>" for text in (one.summary, *left_out))
    return "".join([first, f"<ul>{''.join(lines)}</ul>" * bool(lines), *last])
