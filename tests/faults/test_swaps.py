"""Snapshots that change while a server is read: nothing torn, nothing lost, the alarm set, the moment kept."""

import json
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest

from dashboard.stage import request
from data import pointer
from tests.data.damages import DAMAGES, EARLIER, flip, halve
from tests.faults.processes import Server, make_home, served, until
from tests.load.clients import VERSION
from tests.sealing import seal

pytestmark = pytest.mark.long
TURNS, PAUSE = 12, 1.0
# Seconds within which replicas turn at the end of an embargo, on a busy machine; each looks at its clock each second.
SPREAD = 2.0
QUERY = request.query("region", request.defaults("region", {"year": "2019"}), "en")
FIGURE = f"region?{urlencode({**QUERY, 'width': '720', 'dark': '0'})}"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "place"


@pytest.fixture
def name(home: Path) -> str:
    return make_home(home)


@pytest.fixture
def server(home: Path, name: str, tmp_path: Path) -> Iterator[Server]:  # noqa: ARG001 - the place has to be made
    with served(str(home), tmp_path / "log") as running:
        yield running


def shows(server: Server, name: str) -> bool:
    return bool(server.ready()["snapshot"] == name)


def test_a_new_snapshot_is_shown_and_the_figures_of_both_are_answered(server: Server, home: Path, name: str):
    before = server.get(f"/figures/{name}/{FIGURE}")
    assert before[0] == 200
    pointer.turn(str(home), EARLIER)
    until(lambda: shows(server, EARLIER))
    assert server.get(f"/figures/{name}/{FIGURE}") == before
    after = server.get(f"/figures/{EARLIER}/{FIGURE}")
    assert (after[0], after[1] != before[1]) == (200, True)
    assert server.get(f"/figures/{'f' * 12}/{FIGURE}")[0] == 404
    rows = [json.loads(server.get(f"/api/v1/{one}/observations?area=BRA&format=json")[1]) for one in (name, EARLIER)]
    assert (rows[0]["snapshot"], rows[0]["count"] > 0) == (name, True)
    # Brazil is not among the values of the other.
    assert "BRA" in rows[1]["error"]


@pytest.mark.parametrize("damage", ["a bit of a page", "half a table", "no table", "half a manifest", "no folder"])
def test_a_damaged_new_snapshot_is_not_shown(server: Server, home: Path, name: str, damage: str):
    pointer.turn(str(home), EARLIER)
    until(lambda: shows(server, EARLIER))
    DAMAGES[damage].do(home, name)
    pointer.turn(str(home), name)
    fault = str(DAMAGES[damage].fault(name))
    until(lambda: server.ready()["problem"] == fault)
    ready = server.ready()
    assert (ready["ready"], ready["snapshot"], ready["fallback"]) == (True, EARLIER, False)
    # One line, however often the place is looked at.
    time.sleep(2)
    assert server.log.read_text().count(fault) == 1


def test_damage_to_the_files_of_the_shown_snapshot_changes_no_answer(server: Server, home: Path, name: str):
    before = server.get("/api/v1/flows.csv")
    flip(home / name / "flows.parquet", 5000)
    halve(home / name / "observations.parquet")
    assert server.get("/api/v1/flows.csv") == before
    assert server.get("/api/v1/observations?area=BRA&format=csv")[0] == 200
    shutil.rmtree(home)
    until(lambda: server.ready()["problem"] == "the file current is missing")
    assert server.get("/api/v1/vintages.csv")[0] == 200


def test_no_reader_sees_two_snapshots_at_once(server: Server, home: Path, name: str):
    stop, seen, answers = threading.Event(), [], []

    def read_pages() -> None:
        while not stop.is_set():
            status, body = server.get(f"/en/region?year={2010 + len(seen) % 10}")
            seen.append((status, {*VERSION.findall(body.decode())}))

    def read_rows() -> None:
        while not stop.is_set():
            answers.append(server.get("/api/v1/observations?area=MEX,BRA&indicator=detected_victims&format=json"))
            answers.append(server.get("/en/explore"))

    threads = [threading.Thread(target=task) for task in (read_pages, read_rows)]
    for thread in threads:
        thread.start()
    try:
        for turn in range(TURNS):
            wanted = (EARLIER, name)[turn % 2]
            pointer.turn(str(home), wanted)
            until(lambda wanted=wanted: shows(server, wanted))
            time.sleep(PAUSE)
    finally:
        stop.set()
        for thread in threads:
            thread.join(120)
    assert [one for one in seen if one[0] != 200 or len(one[1]) != 1] == []
    assert set.union(*(versions for _, versions in seen)) == {name, EARLIER}
    # Printed by `make prove`.
    print(f"{TURNS} turns, {len(seen)} documents, {len(answers)} answers: each of one snapshot")  # noqa: T201
    documents = [body.decode() for status, body in answers[1::2] if status == 200]
    assert len(documents) == len(answers) // 2
    assert all(len({*VERSION.findall(page)}) == 1 for page in documents)
    for status, body in answers[::2]:
        answer = json.loads(body)
        # Without Brazil the question itself is refused.
        assert (status, answer.get("snapshot")) == (200, name) or (status == 400 and "BRA" in answer["error"])


def test_an_embargo_ends_at_the_same_second_on_every_replica(home: Path, name: str, tmp_path: Path):
    pointer.turn(str(home), EARLIER)
    with ExitStack() as stack:
        replicas = [stack.enter_context(served(str(home), tmp_path / f"log{one}")) for one in range(2)]
        at = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=12)
        seal(home / name, not_before=pointer.timestamp(at))
        pointer.wait(str(home), name, at)
        early, turned = [], {}
        while len(turned) < len(replicas):
            assert datetime.now(UTC) < at + timedelta(seconds=30)
            for replica in replicas:
                asked = datetime.now(UTC)
                shown = shows(replica, name)
                early += [asked] * (shown and datetime.now(UTC) < at)
                # The address of a figure gives nothing away before. A busy replica may answer after the moment.
                if asked < at - timedelta(seconds=1):
                    status = replica.get(f"/figures/{name}/{FIGURE}")[0]
                    assert status == 404 or datetime.now(UTC) >= at
                if shown and replica.port not in turned:
                    turned[replica.port] = (datetime.now(UTC) - at).total_seconds()
            time.sleep(0.1)
    assert early == []
    assert max(turned.values()) < SPREAD, turned


def test_a_way_back_is_seen_by_a_running_server_within_a_minute(server: Server, home: Path, name: str):
    from etl.__main__ import main

    pointer.turn(str(home), EARLIER)
    until(lambda: shows(server, EARLIER))
    begun = time.monotonic()
    assert main(["snapshots", "rollback", name, "--by", "A. Person", "--snapshot", str(home)]) == 0
    until(lambda: shows(server, name))
    assert time.monotonic() - begun < 60
