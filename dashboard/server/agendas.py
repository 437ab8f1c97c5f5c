"""Answers an agenda that a reader sends to page "Present": with the page of that agenda, or with what is wrong with it.

The agenda is read in a process of its own (`dashboard.received`) and kept nowhere: with the next request of its page
the browser sends it again.
"""

import asyncio
from collections.abc import Mapping
from contextvars import copy_context
from functools import partial
from typing import NamedTuple
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import Message, Receive, Scope, Send

from dashboard.present import reading
from dashboard.present.links import PRESENT
from dashboard.present.reading import TooManyError
from dashboard.sending import Content
from dashboard.server import pages
from dashboard.server.addresses import AddressedView
from dashboard.server.pages import Asked
from dashboard.server.refusals import EXCESS, LATER
from dashboard.subjects.meetings.filters import MEETING, OWN, OWN_AGENDA
from dashboard.subjects.meetings.page import FAULTS
from dashboard.turns import DRAWING, client
from dashboard.views.figure import Values
from data import meeting
from data.meeting import LARGEST, AgendaFault, Meeting, MeetingError

# Bytes of a request: a file, the agenda of the page that sends it, and the rest of a form. Of a larger one so many more
# are received, and forgotten: a browser reads no answer before it has sent it all.
MOST = 2 * LARGEST + 16_000
PASSED_OVER = 20_000_000
# The parts of the form: a file, or an agenda that a browser kept.
FILE = "agenda"
KEPT = "kept"
MOST_FIELDS = 20
FAULTY = 422
TOO_LARGE = 413
BUSY = 503
STATUS = {"too_large": TOO_LARGE, "not_now": BUSY}


class Sent(NamedTuple):
    """A form: its fields, and the content and the name of its file, empty if there is none."""

    fields: Mapping[str, str]
    content: bytes = b""
    name: str = ""


class Brought(NamedTuple):
    """What a request has brought: an agenda, or none; the faults of its file; whether its client sends too much."""

    agenda: Meeting | None
    faults: tuple[AgendaFault, ...] = ()
    excess: bool = False


def takes(place: AddressedView) -> bool:
    """Whether agendas are sent to a place."""
    return place.page.slug == PRESENT and not place.ending


async def answer(place: AddressedView, scope: Scope, receive: Receive, send: Send, *, desk: bool) -> None:
    """Answer a request with an agenda.

    Args:
        desk: whether there is a desk, to which documents link.
    """
    body, names = await _body(receive), (client(scope), str(id(scope)))
    form = Sent({}) if body is None else await _form(scope, body)
    if body is None:
        brought = Brought(None, (meeting.fault("too_large", "", n=LARGEST // 1000),))
    else:
        run = copy_context().run
        brought = await asyncio.get_running_loop().run_in_executor(None, run, partial(_read, form, names))
    query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    fields = {name: [text] for name, text in form.fields.items() if name != KEPT}
    own = {MEETING.name: [OWN]} if brought.agenda else {}
    made = await _document(Asked(place, {**query, **fields, **own}, desk=desk), brought, client(scope))
    status = next((STATUS.get(fault.code, FAULTY) for fault in brought.faults), 200)
    headers = {"Cache-Control": "private, no-cache"}
    if brought.excess:
        status, headers = EXCESS, headers | {"Retry-After": LATER}
    await HTMLResponse(made.body, status, headers)(scope, receive, send)


async def _document(asked: Asked, brought: Brought, who: str) -> Content:
    own = {OWN_AGENDA.name: brought.agenda} if brought.agenda else {}
    values = Values.of({**dict(asked.arrival.values.given), **own, FAULTS: brought.faults})
    asked.arrival = asked.arrival._replace(values=values)
    asked.posted = {KEPT: meeting.kept(brought.agenda)} if brought.agenda else {}
    async with DRAWING.awaited(who):
        return await run_in_threadpool(pages.fresh, asked)


async def _body(receive: Receive) -> bytes | None:
    """The body of a request; None if it is too large."""
    parts, size, more = [], 0, True
    while more and size <= MOST + PASSED_OVER:
        message = await receive()
        part = message.get("body", b"")
        size += len(part)
        more = message["type"] == "http.request" and message.get("more_body", False)
        if size <= MOST:
            parts.append(part)
    return b"".join(parts) if size <= MOST else None


async def _form(scope: Scope, body: bytes) -> Sent:
    """The form of a request; an empty one if it is none."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    # Without the application, a form that cannot be read is an error of the parser.
    bare = Request({name: scope[name] for name in ("type", "method", "headers")}, receive)
    try:
        async with bare.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=MOST) as form:
            fields = {name: text for name, text in form.items() if isinstance(text, str)}
            file = form.get(FILE)
            if isinstance(file, UploadFile):
                return Sent(fields, await file.read(), file.filename or "")
            return Sent(fields)
    except MultiPartException:
        return Sent({})


def _read(form: Sent, names: tuple[str, str]) -> Brought:
    """The agenda of a file; of one with faults they, and the agenda that the page had before."""
    faults: tuple[AgendaFault, ...] = ()
    excess = False
    kept = form.fields.get(KEPT, "").encode("utf-8", "replace")
    for kind, content, name in (("agenda", form.content, form.name), ("kept agenda", kept, "")):
        try:
            if content:
                return Brought(reading.agenda(kind, content, names, name), faults, excess)
        except MeetingError as error:
            faults, excess = faults or error.faults, excess or isinstance(error, TooManyError)
    return Brought(None, faults, excess)
