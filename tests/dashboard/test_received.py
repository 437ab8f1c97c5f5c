"""What comes from outside is read in a process with limits, whatever it is; who sends it waits, nobody else."""

import threading
import time

import pytest

from dashboard import received
from dashboard.forms.desk import workbooks
from dashboard.metrics import REGISTRY
from dashboard.present import links
from dashboard.subjects.meetings import agendas
from dashboard.turns import ExcessError, Turns
from dashboard.workshop import LimitError, WorkshopError
from data import meeting
from data.report import package
from tests.attacks.heavy import DOTTED, with_attributes

READER = ("192.0.2.7", "session")


@pytest.fixture(autouse=True, scope="module")
def _process():
    yield
    received._WORKSHOP.close()


def test_an_agenda_comes_back_as_it_was_written():
    text = meeting.written(agendas.delivered("national_authorities"))
    table = received.read("agenda", READER, text.encode(), "a.toml")
    assert meeting.meeting(table, "a.toml", links.check) == agendas.delivered("national_authorities")
    kept = meeting.kept(agendas.delivered("national_authorities"))
    assert received.read("kept agenda", READER, kept.encode()) == table


def test_the_faults_that_a_reader_finds_reach_its_caller():
    with pytest.raises(meeting.MeetingError) as caught:
        received.read("agenda", READER, b"[meeting", "mine.toml")
    (fault,) = caught.value.faults
    assert (fault.code, fault.file) == ("no_toml", "mine.toml")


def test_an_agenda_that_takes_a_parser_too_long_is_refused_and_costs_this_process_nothing():
    assert len(DOTTED) < meeting.LARGEST
    received.read("kept agenda", READER, b"{}")
    begun, refused = time.process_time(), REGISTRY.get_sample_value("atalaya_refusals_total", REFUSED) or 0
    with pytest.raises(LimitError):
        received.read("agenda", READER, DOTTED, "a.toml")
    assert time.process_time() - begun < 0.5
    assert REGISTRY.get_sample_value("atalaya_refusals_total", REFUSED) == refused + 1
    # The next one is read.
    assert received.read("kept agenda", READER, b"{}") == {}


REFUSED = {"kind": "reading", "status": "413"}


@pytest.mark.parametrize("many", [300_000, 400_000])
def test_a_workbook_with_very_many_attributes_is_answered_and_costs_this_process_little(many):
    content = with_attributes(many)
    assert len(content) < package.MAX_BYTES
    received.read("kept agenda", READER, b"{}")
    workbooks._reply_targets()
    begun = time.process_time()
    found = workbooks.reading(content, READER)
    assert time.process_time() - begun < 0.5
    # A fast machine reads what a slow one refuses; nothing else is said of it.
    assert {fault.code for fault in found.faults} <= {"too_heavy"}
    assert found.faults or found.entries


def test_a_client_with_many_inputs_waits_for_others_and_is_refused_beyond_its_places(monkeypatch):
    monkeypatch.setattr(received, "TURNS", Turns(1, 100, 3))
    order = []

    def one(name):
        try:
            received.read("kept agenda", (name,), b"{}")
            order.append(name)
        except ExcessError:
            order.append("refused")

    with received.TURNS.taken("first"):
        threads = [threading.Thread(target=one, args=(name,)) for name in "aaaaab"]
        for thread in threads:
            thread.start()
            time.sleep(0.05)
    for thread in threads:
        thread.join(20)
    assert order[:2] == ["refused", "refused"]
    assert sorted(order[2:]) == ["a", "a", "a", "b"]
    assert order.index("b") <= 3


def test_a_process_that_was_ended_by_others_is_started_again(monkeypatch):
    made = []

    def make(order):
        made.append(order)
        if len(made) == 1:
            raise WorkshopError
        return {}, None

    monkeypatch.setattr(received._WORKSHOP, "make", make)
    assert received.read("kept agenda", READER, b"{}") == {}
    assert len(made) == 2
