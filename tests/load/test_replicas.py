"""Three replicas behind the proxy: no view is lost when one is killed, and none waits for one that hangs."""

import asyncio
import contextlib
import http.client
import json
import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from email.message import Message
from functools import partial
from itertools import cycle
from math import inf
from pathlib import Path

import pytest

from tests import threads
from tests.browser.conftest import free_port
from tests.faults.processes import until
from tests.load import proxy, servers
from tests.load.clients import fetched, got, numbers
from tests.load.cluster import WITH_PROXY, Cluster, cluster
from tests.load.readers import Seen, Waits, person, probed, spread

pytestmark = [
    pytest.mark.long,
    WITH_PROXY,
]
# ATALAYA_PROVE_SECONDS=600 and ATALAYA_PROVE_READERS=200 repeat the proof in docs/reliability.md.
SECONDS = float(os.environ.get("ATALAYA_PROVE_SECONDS", "60"))
READERS = int(os.environ.get("ATALAYA_PROVE_READERS", "60"))
# Seconds between two actions of a reader, and between two killed replicas: of a short run too, one is killed.
EVERY, KILLED = 5.0, 60.0
# Readers beside a replica that hangs; the seconds before, while it does, and after which nobody may wait for it.
READING, BEFORE, HANGING, SOONER = 8, 5.0, 12.0, 5.0
# What they read. After a second the proxy asks a replica whether it still holds.
VIEWS = [f"/en/region?year={year}" for year in range(2015, 2020)]


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("three"), 3) as made:
        yield made


async def _killer(replicas: Cluster, until: float) -> int:
    """Kill one replica after the other, and start each again; the number of killed ones."""
    pause, killed = min(KILLED, SECONDS / 3), 0
    while time.monotonic() + pause < until:
        await asyncio.sleep(pause)
        port = replicas.ports[killed % len(replicas.ports)]
        await asyncio.to_thread(replicas.kill, port)
        replicas.start(port)
        killed += 1
        await asyncio.to_thread(replicas.wait, port)
    return killed


async def _meeting(replicas: Cluster, seen: Seen) -> int:
    until = time.monotonic() + SECONDS
    people = (person(number, replicas.port, seen, EVERY, until) for number in range(READERS))
    killed, *_ = await asyncio.gather(_killer(replicas, until), *people)
    return killed


def test_no_view_is_lost_when_replicas_are_killed(three: Cluster):
    seen = Seen()
    killed = threads.run(_meeting(three, seen))
    memory = [round(three.resident(port)) for port in three.ports]
    sys.stdout.write(
        f"\n{READERS} readers, {SECONDS:.0f} s, {killed} replicas killed: actions {spread(seen.acted)}; asked again "
        f"{spread(seen.asked_again)}; memory {memory} MB\n"
    )
    assert killed
    assert seen.lost == []
    assert seen.acted


async def _hang(replicas: Cluster, waits: Waits) -> tuple[float, float]:
    """Readers at work while the second replica hangs; when it began, and the seconds until it was left out."""
    for port in replicas.ports:
        for path in VIEWS:
            await fetched(port, path)
    over, paths = False, cycle(VIEWS)
    look = partial(probed, lambda: got(replicas.port, next(paths)), lambda: over, waits, 0.3)
    reading = [asyncio.create_task(look()) for _ in range(READING)]
    await asyncio.sleep(BEFORE)
    written, begun, left = len(replicas.proxy_log("balance")), time.monotonic(), inf
    with replicas.hanging(replicas.ports[1]):
        while (now := time.monotonic()) < begun + HANGING:
            await asyncio.sleep(0.05)
            left = min(left, now - begun) if "replica2 is DOWN" in replicas.proxy_log("balance")[written:] else left
        over = True
        await asyncio.gather(*reading)
    await asyncio.to_thread(until, lambda: "replica2 is UP" in replicas.proxy_log("balance")[written:])
    return begun, left


def test_a_replica_that_hangs_is_left_out_within_five_seconds(three: Cluster):
    """Who waits there is answered by another one."""
    waits = Waits()
    begun, left = threads.run(_hang(three, waits))
    before, after = waits.between(0, begun - 1), waits.between(begun - 1)
    servers.seen(
        f"a replica hangs: left out after {left:.1f} s; {READING} readers before {spread(before)}, then {spread(after)}"
    )
    assert left < SOONER
    assert waits.failed == []
    assert max(after) < 1000 * SOONER + max(before)


def test_a_document_that_one_replica_drew_is_drawn_by_no_other(three: Cluster):
    """After a second the proxy asks whichever replica whether it still holds."""
    path, bodies, before = "/en/country/GRD", set(), asked(three)
    for _ in range(6):
        bodies.add(threads.run(fetched(three.port, path))[1])
        # The proxy counts whole seconds.
        time.sleep(2.1)
    answers = logged(three, path)
    assert [one["status"] for one in answers] == [200] * 6
    assert [one["replied"] for one in answers] == ["200", *["304"] * 5]
    assert [count > old for count, old in zip(asked(three), before, strict=True)].count(True) > 1
    assert len(bodies) == 1


def test_a_view_is_drawn_once_in_whatever_order_and_encoding_its_filters_are_asked_for(three: Cluster):
    path, queries = (
        "/pt/region",
        ("year=2011&measure=count", "measure=c%6Funt&&year=2011", "year=2011&subregion=&measure=count"),
    )
    bodies = {
        threads.run(fetched(three.port, f"{path}?{query}")) for query in (*queries, "utm_x=1&measure=count&year=2011")
    }
    assert ([status for status, _ in bodies], len(bodies)) == ([200], 1)
    first, *others = logged(three, path)
    assert first["kept"] == "MISS"
    assert {one["kept"] for one in others} <= {"HIT", "REVALIDATED"}


def logged(replicas: Cluster, path: str) -> list[dict[str, str]]:
    """What nginx wrote on the requests for a path."""
    lines = filter(lambda line: line.startswith("{"), replicas.proxy_log().splitlines())
    return [one for one in map(json.loads, lines) if one["path"] == path]


def asked(replicas: Cluster) -> list[float]:
    """How many documents each replica was asked for."""
    counted = (dict(numbers(f"http://127.0.0.1:{monitor}")) for monitor in replicas.monitors.values())
    return [of.get('atalaya_request_seconds_count{kind="document"}', 0) for of in counted]


CERTIFICATE = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1")
NAME = ("-addext", "subjectAltName=IP:127.0.0.1")


def answered(connection: http.client.HTTPConnection, path: str, headers: Mapping[str, str]) -> tuple[int, Message]:
    """The status and the headers of one answer."""
    connection.request("GET", path, headers=dict(headers))
    answer = connection.getresponse()
    connection.close()
    return answer.status, answer.headers


def test_behind_tls_browsers_are_sent_to_it_and_stay_there(three: Cluster, tmp_path: Path):
    """The replicas behind the configuration with a certificate, which is of this test's own."""
    folder = tmp_path / "tls"
    folder.mkdir()
    files = ("-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem"))
    subprocess.run([*CERTIFICATE, *NAME, *files], check=True, capture_output=True)
    plain, secure = free_port(), free_port()
    listen = (proxy.DEPLOY / "nginx" / "tls.conf").read_text("utf-8")
    listen = listen.replace("8443", f"127.0.0.1:{secure}").replace("8080", f"127.0.0.1:{plain}")
    context = ssl.create_default_context(cafile=str(folder / "fullchain.pem"))
    process = proxy.start(tmp_path, plain, three.ports, listen)
    try:
        wait_until_open(plain, process)
        status, moved = answered(http.client.HTTPConnection("127.0.0.1", plain), "/en/region?year=2019", {})
        assert (status, moved["Location"]) == (301, "https://127.0.0.1/en/region?year=2019")
        status, page = answered(http.client.HTTPSConnection("127.0.0.1", secure, context=context), "/en/region", {})
        assert status == 200
        assert page["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
        assert "frame-ancestors" in page["Content-Security-Policy"]
    finally:
        process.stop()


def wait_until_open(port: int, process: proxy.Proxy) -> None:
    """Wait until a port accepts connections."""
    until = time.monotonic() + 20
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    pytest.fail("the proxy does not accept connections")
