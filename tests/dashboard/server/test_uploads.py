"""A file that is too large is cut short but stays a valid form, and its reader reports it in words."""

import io

import pytest
from starlette.requests import Request

from dashboard.server import guard
from dashboard.server.guard import KEPT, Guard
from data.i18n import LANGUAGES, language
from data.report.faults import summary
from data.report.package import MAX_BYTES, UPLOAD_MEGABYTES, unpack
from tests import threads
from tests.dashboard.server.test_guard import upload_scope

EDGE = "----edge"
HEAD = f'--{EDGE}\r\nContent-Disposition: form-data; name="file"; filename="informe.xlsx"\r\n\r\n'.encode()
TAIL = f"\r\n--{EDGE}--\r\n".encode()


def upload(content: bytes, piece: int = 65_536, declared: int | None = None):
    """The status, the file that the application receives in the form, and the number of bytes left unread."""
    body, files, answers = io.BytesIO(HEAD + content + TAIL), [], []
    length = len(body.getvalue()) if declared is None else declared

    async def application(scope, receive, send):
        assert b"content-length" not in dict(scope["headers"])
        async with Request(scope, receive).form() as form:
            files.append(await form["file"].read())
        await send({"type": "http.response.start", "status": 204, "headers": []})

    async def receive():
        chunk = body.read(piece)
        return {"type": "http.request", "body": chunk, "more_body": body.tell() < len(body.getvalue())}

    async def send(message):
        answers.append(message)

    kind = (b"content-type", f"multipart/form-data; boundary={EDGE}".encode())
    threads.run(Guard(application)(upload_scope(length, kind), receive, send))
    return answers[0]["status"], (files or [None])[0], len(body.getvalue()) - body.tell()


@pytest.mark.parametrize("size", [0, 1, 100_000, MAX_BYTES, MAX_BYTES + 1])
@pytest.mark.parametrize("piece", [1_000, 65_536, 10_000_000])
def test_an_accepted_file_arrives_whole(size, piece):
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    assert upload(content, piece) == (204, content, 0)


@pytest.mark.parametrize("piece", [65_536, 7_000_000])
def test_a_file_that_is_too_large_is_cut_just_above_the_limit(piece):
    status, content, left = upload(b"\0" * 50_000_000, piece)
    assert (status, left) == (204, 0)
    assert MAX_BYTES < len(content) <= KEPT
    (fault,) = unpack(content).faults
    assert fault.code == "too_large"


def test_a_declared_length_over_the_limit_is_refused():
    assert upload(b"x", declared=UPLOAD_MEGABYTES * 2**20 + 1)[0] == 413


def test_an_endless_upload_is_abandoned():
    """A body without a length that never ends."""
    read = []

    async def receive():
        read.append(1)
        return {"type": "http.request", "body": b"\0" * 2**20, "more_body": True}

    async def all_of_it():
        _, shortened = guard._shortened({"headers": []}, receive)
        while (await shortened())["more_body"]:
            pass

    threads.run(all_of_it())
    assert len(read) <= UPLOAD_MEGABYTES + 4


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_message_about_large_files_is_the_same_everywhere(code):
    lang = language(code)
    faults = unpack(b"PK\x03\x04" + b"\0" * MAX_BYTES).faults
    (_, line) = summary(faults, lang)
    sentence = lang.text("Larger than {most} MB, the limit.", most=lang.number(1))
    assert sentence in line
    assert "1" in sentence
