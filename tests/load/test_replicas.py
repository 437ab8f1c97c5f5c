"""Three replicas behind nginx: no view is lost when one is killed."""

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
from pathlib import Path

import pytest

from tests import threads
from tests.browser.conftest import free_port
from tests.load import proxy
from tests.load.clients import fetched
from tests.load.cluster import WITH_PROXY, Cluster, cluster
from tests.load.readers import Seen, person, spread

pytestmark = [
    pytest.mark.long,
    WITH_PROXY,
]
# ATALAYA_PROVE_SECONDS=600 and ATALAYA_PROVE_READERS=200 repeat the proof in docs/reliability.md.
SECONDS = float(os.environ.get("ATALAYA_PROVE_SECONDS", "60"))
READERS = int(os.environ.get("ATALAYA_PROVE_READERS", "60"))
# Seconds between two actions of a reader, and between two killed replicas: of a short run too, one is killed.
EVERY, KILLED = 5.0, 60.0


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


def test_a_document_that_one_replica_drew_is_drawn_by_no_other(three: Cluster):
    """After a second the proxy asks whichever replica whether it still holds."""
    path, bodies = "/en/country/GRD", set()
    for _ in range(6):
        bodies.add(threads.run(fetched(three.port, path))[1])
        # The proxy counts whole seconds.
        time.sleep(2.1)
    log = (three.folder / "proxy.log").read_text("utf-8").splitlines()
    answers = [one for one in map(json.loads, filter(lambda line: line.startswith("{"), log)) if one["path"] == path]
    assert [one["status"] for one in answers] == [200] * 6
    assert [one["replied"] for one in answers] == ["200", *["304"] * 5]
    assert len({one["replica"] for one in answers}) > 1
    assert len(bodies) == 1


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
        proxy.stop(process)


def wait_until_open(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until a port accepts connections."""
    until = time.monotonic() + 20
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    pytest.fail("the proxy does not accept connections")
