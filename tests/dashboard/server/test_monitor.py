"""Probes and metrics: what they say in each state, read back with a parser of the format."""

import threading
import urllib.error
import urllib.request
from datetime import UTC, datetime

import orjson
import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from dashboard import store
from dashboard.server import monitor
from dashboard.server.monitor import HANGING, Monitor
from data.snapshot import SnapshotError

OPEN_METRICS = {"Accept": "application/openmetrics-text; version=1.0.0"}


@pytest.fixture
def watched():
    """A monitor, and a function that asks it over HTTP: the status and the body."""
    one = Monitor()
    server = one.listen("127.0.0.1", 0)
    root = f"http://127.0.0.1:{server.server_port}"

    def ask(path):
        request = urllib.request.Request(root + path, headers=OPEN_METRICS)  # noqa: S310 - our own
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - our own
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    yield one, ask
    server.shutdown()
    server.server_close()


def test_before_the_start_it_is_alive_and_neither_started_nor_ready(watched):
    _, ask = watched
    assert [ask(path)[0] for path in ("/livez", "/startupz", "/readyz")] == [200, 503, 503]


def test_after_the_start_it_is_ready_until_it_stops(watched):
    one, ask = watched
    one.started = True
    one.beat()
    assert [ask(path)[0] for path in ("/livez", "/startupz", "/readyz")] == [200, 200, 200]
    content = orjson.loads(ask("/readyz")[1])
    assert content["snapshot"] == store.snapshot().id
    one.stopping = True
    assert [ask(path)[0] for path in ("/livez", "/startupz", "/readyz")] == [200, 200, 503]


def test_an_event_loop_that_hangs_is_not_alive(watched, monkeypatch):
    one, ask = watched
    one.started = True
    now = monitor.time.monotonic()
    one.beat()
    monkeypatch.setattr(monitor.time, "monotonic", lambda: now + HANGING + 1)
    assert ask("/livez")[0] == 503
    one.beat()
    assert ask("/livez")[0] == 200


def test_without_a_whole_snapshot_it_is_not_ready(watched, monkeypatch):
    one, ask = watched
    one.started = True

    def none():
        raise SnapshotError("no whole snapshot")

    monkeypatch.setattr(store, "snapshot", none)
    status, body = ask("/readyz")
    assert status == 503
    assert orjson.loads(body) == {"ready": False, "problem": "no whole snapshot"}
    assert ask("/metrics")[0] == 200


def test_other_addresses_are_not_there(watched):
    _, ask = watched
    assert ask("/")[0] == 404


def test_probes_are_answered_side_by_side(watched):
    _, ask = watched
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(ask("/livez")[0])) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert answers == [200] * 30


def test_the_metrics_are_valid_and_name_the_snapshot_and_the_age_of_each_source(watched):
    one, _ = watched
    one.gauges = {"atalaya_queue_length": ("Who waits", lambda: {"api": 3, "runs": 0})}
    families = {family.name: family for family in one.collect()}
    assert families["atalaya_snapshot"].samples[0].labels == {"id": store.snapshot().id}
    queue = {sample.labels["work"]: sample.value for sample in families["atalaya_queue_length"].samples}
    assert queue == {"api": 3, "runs": 0}
    created = datetime.fromisoformat(store.snapshot().manifest["created"]).timestamp()
    assert families["atalaya_snapshot_created_timestamp_seconds"].samples[0].value == created
    dated = {
        sample.labels["source"]: datetime.fromtimestamp(sample.value, UTC).date().isoformat()
        for sample in families["atalaya_source_release_timestamp_seconds"].samples
    }
    # The days of the publisher's files, as their names and banners give them.
    assert dated["unodc_glotip"] == "2025-10-28"
    assert dated["worldbank_population"] == "2026-03-01"
    frozen = {one["name"] for one in store.snapshot().manifest["sources"] if one.get("frozen")}
    assert frozen
    assert not frozen & dated.keys()


def test_what_is_served_is_openmetrics(watched):
    _, ask = watched
    status, body = ask("/metrics")
    assert status == 200
    names = {family.name for family in text_string_to_metric_families(body.decode())}
    assert {"atalaya_request_seconds", "atalaya_errors", "atalaya_snapshot", "atalaya_loop_lag_seconds"} <= names
