"""An agenda that is sent to page Present: it is shown, or what is wrong with it is; and nothing of it stays."""

import time
from typing import NamedTuple
from urllib.parse import urlencode

import pytest

from dashboard import received, turns
from dashboard.present import reading
from dashboard.server import agendas
from dashboard.server.documents import Documents
from dashboard.server.guard import Guard
from dashboard.subjects.meetings.agendas import delivered
from dashboard.turns import Turns
from data import meeting
from data.i18n import LANGUAGES
from data.meeting import LARGEST, Meeting, Scene
from tests import threads
from tests.attacks.heavy import DOTTED

WORDS = dict.fromkeys(LANGUAGES, "")
SMALL = Meeting(dict.fromkeys(LANGUAGES, "Ours"), (Scene("/coverage", WORDS, WORDS), Scene("/country", WORDS, WORDS)))
PLACE = "/en/present?meeting=own"
FORM = "multipart/form-data; boundary=edge"
PIECE = 65_536


class Answer(NamedTuple):
    """An answer, and how many bytes of its request the server took."""

    status: int
    headers: dict[str, str]
    text: str
    taken: int


async def nothing(_scope, _receive, send):
    await send({"type": "http.response.start", "status": 405, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def asked(place, content=b"", kind=FORM, method="POST", origin=""):
    """The answer to a request."""
    path, _, query = place.partition("?")
    headers = {"host": "testserver", "content-type": kind, "content-length": str(len(content)), "origin": origin}
    scope = {"type": "http", "method": method, "path": path, "query_string": query.encode(), "scheme": "http"}
    scope["headers"] = [(name.encode(), text.encode()) for name, text in headers.items() if text]
    scope["client"] = ("192.0.2.7", 1)
    messages, taken = [], 0

    async def receive():
        nonlocal taken
        part = content[taken : taken + PIECE]
        taken += len(part)
        return {"type": "http.request", "body": part, "more_body": taken < len(content)}

    async def send(message):
        messages.append(message)

    threads.run(Guard(Documents(nothing), ["testserver"])(scope, receive, send))
    named = {name.decode().lower(): text.decode() for name, text in messages[0]["headers"]}
    body = b"".join(message.get("body", b"") for message in messages[1:])
    return Answer(messages[0]["status"], named, body.decode(), taken)


def form(content=None, **fields):
    """A form with a file, if there is one, and some fields."""
    parts = [
        f'--edge\r\nContent-Disposition: form-data; name="{one}"\r\n\r\n{text}\r\n' for one, text in fields.items()
    ]
    sent = "".join(parts).encode()
    if content is not None:
        content = content.encode() if isinstance(content, str) else content
        head = '--edge\r\nContent-Disposition: form-data; name="agenda"; filename="mine.toml"\r\n\r\n'
        sent += head.encode() + content + b"\r\n"
    return sent + b"--edge--\r\n"


def sent(content, place=PLACE, **fields):
    return asked(place, form(content, **fields))


@pytest.fixture(autouse=True, scope="module")
def _process():
    yield
    received._WORKSHOP.close()


def test_an_agenda_is_shown():
    answer = sent(meeting.written(SMALL))
    assert answer.status == 200
    assert "My agenda: Ours" in answer.text
    assert "30 of 35 states have at least one total" in answer.text
    assert 'role="alert"' not in answer.text
    # Nobody else is given it.
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "Ours" not in asked(PLACE, method="GET").text
    assert "Ours" not in asked("/en/present", method="GET").text


def test_what_a_client_sends_is_counted_as_its_work():
    own = turns.SPENT.of("192.0.2.7")
    own.left, own.then = turns.WORK.burst, time.monotonic()
    assert sent(meeting.written(SMALL)).status == 200
    assert own.left < turns.WORK.burst
    # Also its reading, in a process of its own.
    own.left = turns.WORK.burst
    with pytest.raises(meeting.MeetingError):
        reading.agenda("agenda", DOTTED, ("192.0.2.7",))
    assert own.left < turns.WORK.burst - 0.3


def test_it_is_shown_in_the_language_and_for_the_state_of_the_request():
    answer = sent(meeting.written(SMALL), "/es/present?meeting=own&area=CRI")
    assert "Costa Rica" in answer.text
    assert "Mi agenda: Ours" in answer.text
    # A control of its page names another one.
    again = sent(None, "/es/present?meeting=own&area=CRI", kept=meeting.kept(SMALL), area="PER")
    assert again.status == 200
    assert "Perú notificó" in again.text or "Perú" in again.text
    assert '<option value="PER" selected>' in again.text


def test_what_a_browser_kept_is_shown_as_the_file_was():
    file, kept = sent(meeting.written(SMALL)), sent(None, kept=meeting.kept(SMALL))
    assert file.text == kept.text


def test_every_fault_of_a_file_is_named_and_the_agenda_of_before_stays():
    text = meeting.written(delivered("national_authorities")).replace("/coverage?reported", "/coverage?bad")
    answer = sent(text.replace('address = "/country?', 'address = "/country?area=ESP&'))
    assert answer.status == 422
    assert "2 errors found; nothing was loaded." in answer.text
    assert "mine.toml, scene 6, address" in answer.text
    assert "mine.toml, scene 7, address" in answer.text
    assert "show-data" not in answer.text
    beside = sent("[meeting", kept=meeting.kept(SMALL))
    assert beside.status == 422
    assert "My agenda: Ours" in beside.text
    assert "1 error found; nothing was loaded." in beside.text


@pytest.mark.parametrize("length", [LARGEST + 1, agendas.MOST, agendas.MOST + 1_000_000])
def test_a_file_that_is_too_large_is_refused_in_a_sentence(length):
    answer = sent(b"a" * length)
    assert answer.status == 413
    assert "The file is larger than 64 kB." in answer.text
    assert "show-data" not in answer.text


def test_of_endless_bytes_the_rest_is_not_received():
    answer = sent(b"a" * 30_000_000)
    assert answer.status == 413
    assert answer.taken < agendas.MOST + agendas.PASSED_OVER + 2 * PIECE


def test_a_file_that_takes_a_parser_too_long_is_refused():
    answer = sent(DOTTED)
    assert answer.status == 422
    assert "The file takes too much time or memory to read." in answer.text


def test_when_too_many_are_read_the_reader_is_told(monkeypatch):
    for full, status in ((Turns(1, 0, 1), 503), (Turns(1, 1, 0), 429)):
        monkeypatch.setattr(received, "TURNS", full)
        answer = sent(meeting.written(SMALL))
        assert answer.status == status
        assert "Too many files are being read now." in answer.text


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "multipart/form-data; boundary=edge"),
        (b"no form", "multipart/form-data; boundary=edge"),
        (b"no form", "multipart/form-data"),
        (b'--edge\r\nContent-Disposition: form-data; name="agenda"\r\n\r\n', "multipart/form-data; boundary=edge"),
        (b"agenda=a&kept=%ff&area=ESP&lang=xx&meeting=none", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"x", ""),
    ],
)
def test_what_is_no_form_is_answered_with_the_page(content, kind):
    answer = asked(PLACE, content, kind)
    assert answer.status in {200, 422}
    assert "<h1>Present</h1>" in answer.text


@pytest.mark.parametrize("origin", ["https://example.org", "null", "http://testserver:81"])
def test_a_page_of_another_site_cannot_show_an_agenda_here(origin):
    answer = asked(PLACE, form(kept=meeting.kept(SMALL)), origin=origin)
    assert answer.status == 403
    assert "Ours" not in answer.text
    assert asked(PLACE, form(kept=meeting.kept(SMALL)), origin="http://testserver").status == 200


def test_no_other_document_takes_anything():
    for place in ("/en/region", "/en/about", "/en/present.csv", "/present"):
        assert asked(place, form(kept="{}")).status == 405


def test_the_fields_of_a_form_may_come_as_those_of_an_address():
    content = urlencode({"kept": meeting.kept(SMALL), "area": "CRI"}).encode()
    assert "Costa Rica" in asked(PLACE, content, "application/x-www-form-urlencoded").text
