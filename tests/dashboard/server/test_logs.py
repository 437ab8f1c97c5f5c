"""One line an event, without what readers typed."""

import logging

import orjson
import pytest

from dashboard.server import logs
from dashboard.server.logs import LINES


@pytest.fixture
def written(capsys):
    """A function that begins a log of a form, and one that returns its new lines; loggers are restored."""
    root = logging.getLogger()
    names = [name for name in logging.root.manager.loggerDict if name.startswith(("streamlit", "uvicorn", "atalaya"))]
    before = [
        (logging.getLogger(name), [*logging.getLogger(name).handlers], logging.getLogger(name).propagate)
        for name in names
    ]
    handlers = [*root.handlers]

    def lines():
        return capsys.readouterr().err.splitlines()

    yield logs.begin, lines
    root.handlers = handlers
    for logger, own, propagate in before:
        logger.handlers, logger.propagate = own, propagate


def fail(word):
    raise ValueError(word)


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_failure_is_one_line_with_its_place_and_without_its_words(form, written):
    begin, lines = written
    begin(form)
    try:
        fail("what a reader typed")
    except ValueError:
        logging.getLogger("streamlit.runtime").exception("Uncaught app exception\nsecond line")
    (line,) = lines()
    assert "Uncaught app exception" in line
    assert "ValueError" in line
    assert "test_logs.py" in line
    assert "typed" not in line


def test_json_has_the_fields_and_the_id_of_the_request(written):
    begin, lines = written
    begin("json")
    token = logs.REQUEST.set("abc12345")
    try:
        logging.getLogger("atalaya.request").info("answered", extra={"kind": "api", "status": 200, "milliseconds": 7})
    finally:
        logs.REQUEST.reset(token)
    (line,) = lines()
    fields = orjson.loads(line)
    assert fields.pop("time").startswith("20")
    assert fields == {
        "level": "info",
        "logger": "atalaya.request",
        "message": "answered",
        "request": "abc12345",
        "kind": "api",
        "status": 200,
        "milliseconds": 7,
    }


def test_a_flood_of_one_line_does_not_fill_the_log_and_others_pass(written):
    begin, lines = written
    begin("text")
    for _ in range(5000):
        logging.getLogger("atalaya.guard").warning("refused")
    assert len(lines()) <= LINES.burst + 2
    logging.getLogger("atalaya.guard").warning("closed")
    assert "closed" in lines()[-1]
