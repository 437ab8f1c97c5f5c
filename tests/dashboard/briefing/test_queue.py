"""Briefings are made in another process, one after the other, from the reader's snapshot."""

import os
import sys
import threading
import time
import types

import pytest

from dashboard import store, turns
from dashboard.briefing import formats, queue
from dashboard.buckets import Buckets, Rate
from dashboard.turns import Turns
from data import pointer
from data.i18n import LANGUAGES, language
from tests.dashboard.briefing.read_pdf import text as pdf_text
from tests.data.damages import EARLIER, make_place


def runpy_like(path):
    """A module as Streamlit makes it for a script."""
    module = types.ModuleType("__main__")
    module.__file__ = path
    return module


READER = ("192.0.2.7", "session")
ID = store.snapshot().id


@pytest.fixture
def workshop(monkeypatch):
    monkeypatch.setattr(queue, "TURNS", Turns(1, 50, 50))
    yield queue._WORKSHOP
    queue._WORKSHOP.close()


def test_the_file_is_the_same_as_one_made_here_and_comes_from_another_process(workshop):
    content = queue.made("pdf", "es", "CRI", None, "", store.snapshot().id, READER)
    assert workshop.process is not None
    assert workshop.process.pid != os.getpid()
    assert pdf_text(content) == pdf_text(formats.made("pdf", language("es"), "CRI", None, ""))


def test_a_briefing_is_counted_as_the_work_of_its_client_and_who_owes_much_comes_last(monkeypatch):
    order, work = [], Buckets(Rate(1.0, 0.001))
    assert queue.TURNS.work is turns.SPENT
    monkeypatch.setattr(queue, "TURNS", Turns(1, 50, 50, work))
    monkeypatch.setattr(queue, "_ordered", lambda order_: time.sleep(0.6) or order_["area"].encode())

    def ask(name, area):
        order.append((name, queue.made("pdf", "en", area, None, "", ID, (name, area))))

    ask("a", "ARG")
    ask("a", "BRA")
    assert work.of("a").left == pytest.approx(-0.2, abs=0.1)
    threads = [threading.Thread(target=ask, args=of) for of in (("c", "CHL"), ("a", "COL"), ("b", "CRI"))]
    for thread in threads:
        thread.start()
        time.sleep(0.1)
    for thread in threads:
        thread.join(20)
    # It came before "b", and owes work.
    assert [name for name, _ in order] == ["a", "a", "c", "b", "a"]


def test_a_process_that_was_killed_is_started_again(workshop):
    first = workshop.open()
    first.kill()
    assert queue.made("pptx", "en", "HTI", None, "", store.snapshot().id, READER).startswith(b"PK")
    assert workshop.process.pid != first.pid


@pytest.mark.usefixtures("workshop")
def test_it_works_beside_the_scripts_of_pages(monkeypatch):
    """While Streamlit runs a page, its script is the main module of this process."""
    monkeypatch.setitem(sys.modules, "__main__", runpy_like("dashboard/app.py"))
    monkeypatch.setattr(formats, "made", lambda *_: pytest.fail("it was made here"))
    assert queue.made("pptx", "en", "HTI", None, "", store.snapshot().id, READER).startswith(b"PK")


def test_the_process_ends_with_its_input(workshop):
    process = workshop.open()
    process.stdin.close()
    assert process.wait(60) == 0


@pytest.mark.usefixtures("workshop")
def test_a_snapshot_that_the_process_does_not_have_is_used_where_it_is_open(monkeypatch):
    made = []
    monkeypatch.setattr(formats, "made", lambda *arguments: made.append(arguments) or b"here")
    assert queue.made("pptx", "en", "HTI", None, "", "0" * 12, READER) == b"here"
    assert len(made) == 1


def test_a_briefing_is_of_the_snapshot_on_the_page_also_when_another_is_published(workshop, tmp_path, monkeypatch):
    name = make_place(tmp_path)
    monkeypatch.setenv("ATALAYA_SNAPSHOT", str(tmp_path))
    # The process starts with the one before, and then the other is published.
    workshop.open()
    pointer.turn(str(tmp_path), EARLIER)
    made = {one: pdf_text(queue.made("pdf", "en", "BRA", None, "", one, READER)) for one in (name, EARLIER, name)}
    assert all(one in text for one, text in made.items())
    # The other one has no figures of Brazil.
    assert made[name] != made[EARLIER].replace(EARLIER, name)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_reader_who_waits_sees_the_place_and_one_who_does_not_sees_nothing(code, monkeypatch):
    turns = Turns(1, 50, 50)
    monkeypatch.setattr(queue, "TURNS", turns)

    def wait(names):
        with turns.taken(*names):
            pass

    with turns.taken("first"):
        crowd = [("192.0.2.1", "a"), ("192.0.2.2", "b"), READER]
        threads = [threading.Thread(target=wait, args=(names,)) for names in crowd]
        for count, thread in enumerate(threads, 1):
            thread.start()
            while turns.waiting < count:
                threading.Event().wait(0.001)
        words = queue.place(language(code), READER)
        assert "3" in words
        assert code == "en" or words != queue.place(language("en"), READER)
        assert queue.place(language(code), ("192.0.2.9", "c")) == ""
    for thread in threads:
        thread.join(20)
    assert queue.place(language(code), READER) == ""
