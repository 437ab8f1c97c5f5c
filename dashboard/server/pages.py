"""Answers the addresses of pages: with their documents, and with the same view in other forms by the ending."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Hashable, Iterator, Mapping, Sequence
from contextvars import copy_context
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, cached_property, partial
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qs, urlencode

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from dashboard import catalog, sending, site, static, store, turns
from dashboard.briefing import formats as briefing_formats
from dashboard.briefing import queue
from dashboard.export import cited_view
from dashboard.export.metadata import filters_in_words
from dashboard.export.snapshot_files import shelf
from dashboard.export.workbook import TooLargeError
from dashboard.forms.html.addresses import FIND, WHOLE, Addresses
from dashboard.forms.html.document import Addressed, document, years
from dashboard.server import addresses, cards, pictures
from dashboard.server.addresses import AddressedView, Query
from dashboard.server.kept import ContentCache
from dashboard.server.one_snapshot import NEWER
from dashboard.stage import pictures as drawn_pictures
from dashboard.stage import request as figure_request
from dashboard.stage.still import WIDTHS
from dashboard.subjects import api_addresses
from dashboard.turns import DRAWING, client, found_or_made
from dashboard.views.address import Arrival, read
from dashboard.views.figure import Values
from dashboard.views.filters import written
from dashboard.views.notices import sentences
from dashboard.views.page import Block, BriefingFiles, Everything, Files, Graphic, Page, Section, every
from dashboard.views.rows import Rows
from dashboard.words import data_version
from data.i18n import DEFAULT, LANGUAGES, Language, language
from data.snapshot import BOUNDARIES

# Bytes of documents that are kept, with their compressed forms.
MOST = 64_000_000
# The headers of a script's request: for the changed part of a document only, and for the drawing that fits its window.
PART = "HX-Request"
DRAWN = "Atalaya-Drawing"
# Parameters that are no filters: the form of a briefing, and the shape of a picture.
FORM = "form"
SHAPE = drawn_pictures.SHAPE
DRAWING_CLASS = "drawing"
# Set by a proxy that keeps documents: it fetches a view with filters in another order from its one address itself.
KEEPS = "Atalaya-Keeps"
LED = "X-Accel-Redirect"
FRESH = {"Cache-Control": "no-cache"}
SOON = {"Cache-Control": f"public, max-age={api_addresses.MINUTES * 60}"}
ABSENT = 404
TOO_LARGE = 413
HTML = "text/html; charset=utf-8"
# How many figures in all their years are kept, about 100 kB each when compressed.
FRAMES = 64
# The parts of a page that has all data as files, by name and ending: every table, and the outlines of the map.
ALL: Mapping[tuple[str, str], Callable[[Language], bytes]] = {
    ("snapshot", "zip"): lambda lang: shelf().archive(lang),
    (BOUNDARIES, "parquet"): lambda _lang: shelf().parquet(BOUNDARIES).read_bytes(),
}
_KEPT = ContentCache(MOST)
# The program with its texts and reviewed facts, and the endings of what it is written in.
ROOT = Path(__file__).parents[2]
CODE = (
    "dashboard/**/*",
    "data/*.py",
    *(f"data/{folder}/**/*" for folder in ("locales", "reference", "report", "scenes")),
)
WRITTEN = {".py", ".html", ".css", ".js", ".json", ".toml", ".csv", ".po", ".svg"}


class Asked:
    """A request for a view: where it is, its parameters, and what they choose.

    `posted` is what the request has sent beside them, if anything; `newer`, whether it names a snapshot that is not the
    newest; `part`, whether only what a script replaces is wanted; `drawing`, the class of the drawings that are enough,
    empty for all.
    """

    def __init__(self, place: AddressedView, query: Query, *, desk: bool) -> None:
        self.place, self.desk = place, desk
        self.posted: Mapping[str, str] = {}
        self.absent = self.newer = self.part = False
        self.drawing = ""
        specs = {spec.name for spec in place.page.filters}
        own = {FORM, SHAPE, DRAWING_CLASS} - specs if place.ending else {WHOLE, FIND}
        self.kept = {name: query[name][-1] for name in sorted(own) if query.get(name)}
        given = {name: list(texts) for name, texts in query.items() if name not in own}
        given |= {name: [text] for name, text in place.given.items()}
        implied = place.page.implied({name: texts[-1] for name, texts in given.items()})
        self.arrival: Arrival = read(place.page.filters, given | {name: [text] for name, text in implied.items()})

    def look_for(self, page: Page) -> None:
        """Note what an address names that belongs into the path of a page, where it does not exist."""
        names = {spec.name for spec in page.path} - self.place.given.keys()
        self.absent = any(one.name in names for one in self.arrival.notices)
        known = tuple(replace(one, known=True) if one.name in names else one for one in self.arrival.notices)
        self.arrival = self.arrival._replace(notices=known)

    @cached_property
    def key(self) -> tuple[Hashable, ...]:
        """All that the document of the view depends on; empty for one that is never kept.

        That is one with a text of the reader, or with what is wrong with its address.
        """
        if self.arrival.notices or FIND in self.kept:
            return ()
        place, page = self.place, self.place.page
        texts = tuple(written(page.filters, dict(self.arrival.values.given)).items())
        # The cover of a show has the date.
        made_for = store.snapshot().id, datetime.now(UTC).date()
        key = (*made_for, place.lang.code, page.slug, tuple(place.given.items()), texts, *self.kept.items())
        return (*key, self.desk, self.newer, self.part, self.drawing, *site.settings())

    @property
    def blocks(self) -> Iterator[Block]:
        """All blocks of the view."""
        for section in self.sections:
            yield from every(section.blocks)

    @cached_property
    def every_block(self) -> Sequence[Block]:
        """The same, made once."""
        return [*self.blocks]

    @cached_property
    def sections(self) -> Sequence[Section]:
        """The sections of the view, or of the one that has the figure of the address, which needs nothing more."""
        page, lang, given = self.place.page, self.place.lang, dict(self.arrival.values.given)
        others = [one.beside for one in catalog.figures().values() if one.page == page.slug and one.beside]
        views = [page.sections(lang, self.arrival.values)]
        if self.place.ending and self.place.part and not _has(views[0], self.place.part):
            views += [page.sections(lang, Values.of(given | {**beside})) for beside in others]
        return next((one for one in views[1:] if _has(one, self.place.part)), views[0])


async def answer(place: AddressedView, scope: Scope, receive: Receive, send: Send, *, desk: bool) -> None:
    """Answer a request for a view.

    Args:
        desk: whether there is a desk, to which documents link.
    """
    query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    if leads_to := addresses.with_path(place, query):
        await RedirectResponse(leads_to, headers=FRESH)(scope, receive, send)
        return
    page = place.page
    lacking = len(place.given) < page.needed
    if wrong := _wrong(place):
        # What does not exist is said on the page without it, or on that from which readers choose.
        kept = [text for _, text in itertools.takewhile(lambda one: one[0] not in wrong, place.given.items())]
        if place.ending or (not page.index and len(kept) < page.needed):
            raise HTTPException(ABSENT)
        leads_to = f"{'../' * len(place.given)}{'/'.join([page.slug, *kept])}?{urlencode(wrong)}"
        await RedirectResponse(leads_to, headers=FRESH)(scope, receive, send)
        return
    if lacking and not page.index:
        raise HTTPException(ABSENT)
    asked = Asked(place._replace(page=page.index) if lacking and page.index else place, query, desk=desk)
    asked.look_for(page)
    asked.newer = scope.get(NEWER, False)
    response = await (_file(asked, scope) if place.ending else _document(asked, scope))
    await response(scope, receive, send)


def _wrong(place: AddressedView) -> dict[str, str]:
    """What the path names that does not exist, by the name of its filter."""
    given = {spec: place.given.get(spec.name, "") for spec in place.page.path}
    return {spec.name: text for spec, text in given.items() if text and text not in spec.options}


async def _document(asked: Asked, scope: Scope) -> Response:
    headers = Headers(scope=scope)
    if KEEPS in headers and (one := _one_address(asked, scope)):
        return Response(headers={LED: one, **FRESH})
    asked.part, drawing = PART in headers, headers.get(DRAWN, "")
    asked.drawing = drawing if drawing in WIDTHS else ""
    response = sending.unchanged(headers, _version(asked.key), **FRESH) if asked.key else None
    if response is None:
        made = await found_or_made(DRAWING, scope, partial(_KEPT.found, asked.key), partial(kept, asked))
        response = await made.response(headers, **FRESH)
    response.headers["Vary"] = f"Accept-Encoding, {PART}, {DRAWN}"
    return response


def _one_address(asked: Asked, scope: Scope) -> str:
    """The one address of a view, whatever the order of its filters, their defaults and their encoding.

    Empty if the request names it already, or something that no document is kept for.
    """
    place, given = asked.place, scope["query_string"].decode("latin-1")
    query = urlencode(Addresses(place.lang, place.page, asked.arrival.values, asked.kept).query, safe=cited_view.SAFE)
    if query == given or not asked.key:
        return ""
    again = Asked(place, parse_qs(query, keep_blank_values=True), desk=asked.desk)
    again.look_for(place.page)
    return f"{scope['path']}{query and f'?{query}'}" if again.key == asked.key else ""


def fresh(asked: Asked) -> sending.Content:
    """The document of a view, made for its request only."""
    there = not asked.absent and asked.place.page.exists(asked.arrival.values)
    body = written_for(asked).encode()
    return sending.Content(body, HTML, sending.FOUND if there else ABSENT, _version(asked.key) if asked.key else "")


def kept(asked: Asked) -> sending.Content:
    """The document of a view, from the cache if it may be kept."""
    return _KEPT.get(asked.key, partial(fresh, asked)) if asked.key else fresh(asked)


def _version(key: Hashable) -> str:
    """The version of a document, the same on all replicas: one need not have drawn what a proxy has of another."""
    return sending.digits(f"{_code()} {key!r}".encode())


@cache
def _code() -> str:
    """The version of all that makes documents: the files of this program, and those that documents name."""
    made = sha256()
    for pattern in CODE:
        for path in sorted(ROOT.glob(pattern)):
            if path.suffix in WRITTEN:
                made.update(path.read_bytes())
    for name in static.FILES:
        made.update(static.file(name).version.encode())
    return made.hexdigest()


def written_for(asked: Asked, addressed: Addressed = Addresses) -> str:
    """The document of a view as a text; `addressed` is as in `document`."""
    place, values = asked.place, asked.arrival.values
    notices = list(sentences(place.lang, asked.arrival.notices, store.snapshot()))
    return document(
        place.lang,
        place.page,
        values,
        notices=notices,
        about=cards.of,
        desk=asked.desk,
        part=asked.part,
        drawings=(asked.drawing,) if asked.drawing else (),
        kept=asked.kept,
        posted=asked.posted,
        newer=asked.newer,
        addressed=addressed,
    )


async def _file(asked: Asked, scope: Scope) -> Response:
    """The view, or a part of it, in the form of its ending."""
    place = asked.place
    make: Callable[[Asked, Scope], Awaitable[Response | None]] = _other
    if place.ending in addresses.PICTURES:
        make = _picture
    elif place.ending == addresses.YEARS:
        make = _years
    try:
        found = None if asked.arrival.notices else await make(asked, scope)
    except TooLargeError as error:
        sentence = cited_view.refusal(place.lang, error.excess)
        return PlainTextResponse(f"{sentence}\n", TOO_LARGE, {"Cache-Control": "no-store"})
    if found:
        return found
    return PlainTextResponse(f"{_why_absent(asked)}\n", ABSENT, {"Cache-Control": "no-store"})


def _why_absent(asked: Asked) -> str:
    """Why there is no such file; nothing of its address is repeated."""
    lang, place = asked.place.lang, asked.place
    if asked.arrival.notices:
        # Translators: {names} are names of parameters in addresses, such as "year, measure"; they are not translated.
        sentence = lang.text(
            "There is no such file: a parameter of its address is not known, or its value does not exist. "
            "This page knows: {names}."
        )
        return sentence.format(names=", ".join(spec.name for spec in place.page.filters))
    if place.part in catalog.figures():
        return lang.text("There is no such file: there are no figures to draw for this view.")
    return lang.text("There is no such file: its address has a part that does not exist.")


async def _other(asked: Asked, scope: Scope) -> Response | None:
    """Rows, or a briefing."""
    make = _rows if asked.place.ending in addresses.ROWS else _briefing
    run, loop = copy_context().run, asyncio.get_running_loop()
    made = await loop.run_in_executor(None, run, make, asked, (client(scope), str(id(scope))))
    if made is None:
        return None
    name, kind, content = made
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    headers = SOON | disposition | data_version.compared_with(store.snapshot())
    return await sending.Content(content, kind).response(Headers(scope=scope), **headers)


def _rows(asked: Asked, who: tuple[str, str]) -> tuple[str, str, bytes] | None:
    """As `rows_file`, in the turn of a reader."""
    with turns.FILES.taken(*who):
        return rows_file(asked, asked.place.part, asked.place.ending)


def rows_file(asked: Asked, part: str, ending: str, addressed: Addressed = Addresses) -> tuple[str, str, bytes] | None:
    """Rows of a view as a file: its name, its media type, and its content; None if there are none.

    Args:
        part: the name of the rows; empty for the first ones of the page.
        ending: one of `cited_view.FORMATS`.
        addressed: as in `document`, for the address in its citation.
    """
    place, values, blocks = asked.place, asked.arrival.values, asked.every_block
    kind, whole = cited_view.FORMATS[ending][1], ALL.get((part, ending))
    if whole and any(isinstance(block, Everything) for block in blocks):
        return cited_view.file_name(part, ending), kind, whole(place.lang)
    rows = _view(blocks, part) if part else _first(asked.sections)
    if rows is None:
        return None
    words = filters_in_words(place.lang, rows.specs, dict(values.given))
    address = addressed(place.lang, place.page, values, {}).cited(rows.specs)
    content = cited_view.file_of(rows, ending, place.lang, address, words)
    return cited_view.file_name(rows.name, ending), kind, content


def _has(sections: Sequence[Section], part: str) -> bool:
    """Whether a view has a figure with a name."""
    blocks = (block for section in sections for block in every(section.blocks))
    return any(isinstance(block, Graphic) and block.part == part for block in blocks)


def _first(sections: Sequence[Section]) -> Rows | None:
    """The first rows of a page: those of a part that opens stand for that part alone."""
    blocks = (block for section in sections for block in section.blocks)
    return next((block.rows for block in blocks if isinstance(block, Files)), None)


def _view(blocks: Sequence[Block], part: str) -> Rows | None:
    """The rows of a page with a name, or those that stand after a figure with that name."""
    named = {block.rows.block: block.rows for block in reversed(blocks) if isinstance(block, Files)}
    named |= {view.block: view for block in blocks if isinstance(block, Everything) for _, view in block.tables}
    if part in named:
        return named[part]
    begun = False
    for block in blocks:
        begun = begun or (isinstance(block, Graphic) and block.part == part)
        if begun and isinstance(block, Files):
            return block.rows
    return None


async def _picture(asked: Asked, scope: Scope) -> Response | None:
    """A figure of the view, or its first one."""
    place, shape = asked.place, asked.kept.get(SHAPE, drawn_pictures.USUAL)
    figures = (block for block in asked.blocks if isinstance(block, Graphic))
    found = next((one for one in figures if not place.part or one.part == place.part), None)
    if found is None:
        return None
    texts = figure_request.query(found.name, found.values, place.lang.code)
    picture = drawn_pictures.PictureRequest(found.name, tuple(texts.items()), shape)
    if not drawn_pictures.offered(picture):
        return None
    return await pictures.answer(picture, place.ending, scope)


async def _years(asked: Asked, scope: Scope) -> Response | None:
    """A figure in each of its years."""
    place, values, drawing = asked.place, asked.arrival.values, asked.kept.get(DRAWING_CLASS, "")
    if drawing not in WIDTHS:
        return None
    view = place.lang, place.page.slug, values, place.part, drawing
    made = await found_or_made(DRAWING, scope, partial(_frames.found, *view), partial(_frames, *view))
    return await made.response(Headers(scope=scope), **SOON) if made else None


@store.cached_up_to(FRAMES)
def _frames(
    _snap: store.Tables, lang: Language, slug: str, values: Values, part: str, drawing: str
) -> sending.Content | None:
    found = years(lang, catalog.pages()[slug], values, part, drawing)
    return sending.Content(found, "application/json") if found else None


def _briefing(asked: Asked, who: tuple[str, str]) -> tuple[str, str, bytes] | None:
    """A briefing, or the one page to print."""
    place, form = asked.place, asked.kept.get(FORM, asked.place.ending)
    found = next((block for block in asked.blocks if isinstance(block, BriefingFiles)), None)
    if found is None or place.part:
        return None
    area, other, snapshot = found.area or None, found.other or None, store.snapshot().id
    forms = briefing_formats.FORMS
    if form not in briefing_formats.offered(other) or forms[form][1] != place.ending:
        return None
    content = queue.made(form, place.lang.code, area, other, site.public_address(), snapshot, who)
    return briefing_formats.name(form, place.lang, area, other, snapshot), forms[form][2], content


def first() -> None:
    """Make the first document that most readers see."""
    kept(Asked(AddressedView(language(DEFAULT), catalog.pages()[addresses.HOME], {}), {}, desk=False))


def draw_ahead(over: Callable[[], bool] = lambda: False, *, desk: bool = False) -> None:
    """Make the documents at the addresses without filters: the first reader of each would wait for a second.

    Those with a path or a key are made on request: there is one for each state, or for each row.

    Args:
        over: whether the rest is left out from now on.
        desk: as in `answer`.
    """
    for page, code in itertools.product(catalog.pages().values(), LANGUAGES):
        if page.path or page.named:
            continue
        made = kept(Asked(AddressedView(language(code), page, {}), {}, desk=desk))
        for how in sending.ENCODINGS:
            if over():
                return
            made.packed(how)
