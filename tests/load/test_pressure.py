"""One client must not take the site from the others: bursts, endless addresses, slow reading, and inputs of all kinds.

The attackers are in a process of their own, as in `test_attacks.py`. The proxy is known by its address only.
"""

import asyncio
import json
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle
from math import inf
from pathlib import Path
from shutil import disk_usage
from typing import Any

import pytest
import yaml

from tests import threads
from tests.browser.conftest import ROOT
from tests.load.clients import fetched, got
from tests.load.cluster import WITH_PROXY, Cluster, cluster
from tests.load.crowd import Crowd, crowd
from tests.load.pressure import INPUTS
from tests.load.readers import Waits, late, probed, spread
from tests.load.servers import Server, beside, compared, running, seen

pytestmark = pytest.mark.long
# Seconds of an attack, and between two bursts.
SECONDS, PAUSE = 25.0, 15.0
# Scripts and style sheets of a document, and the largest file of all: what draws the figures of a show.
FILES = re.compile(r'(?:src|href)="\.\./(assets/[^"]+\.(?:js|css))"')
PLOTLY = re.compile(r'\.\./(assets/[^"\\]*plotly[^"\\]*\.js)')


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("server")) as one:
        yield one


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A disk for the proxy, as large as in `deploy/compose.yaml`; only root may mount one."""
    folder = tmp_path_factory.mktemp("room")
    proxy = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text("utf-8"))["services"]["proxy"]
    size = re.search(r"size=\w+", proxy["tmpfs"][0])[0]
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)], check=False).returncode == 0
    yield folder
    if mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory, room: Path) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("three"), 3, room) as made:
        yield made


@WITH_PROXY
def test_two_bursts_for_pictures_of_one_client_leave_other_readers_no_error(three: Cluster):
    waits = {name: Waits() for name in ("documents", "pictures", "rows")}
    years = cycle(range(2003, 2023))
    paths = {"documents": "/en/region?year={}", "pictures": "/picture/region.svg?year={}", "rows": ROWS}

    async def scene(bursts: list[Crowd]) -> None:
        async def press() -> None:
            for burst in bursts:
                await asyncio.sleep(2)
                burst.begin()
                await asyncio.sleep(PAUSE)

        def look(name: str):
            return lambda: got(three.port, paths[name].format(next(years)))

        pressing = asyncio.create_task(press())
        await asyncio.gather(pressing, *(probed(look(name), pressing.done, of, 0.1) for name, of in waits.items()))

    arguments = {"port": three.port, "count": 400}
    with crowd("burst", seed=1, **arguments) as first, crowd("burst", seed=2, **arguments) as second:
        threads.run(scene([first, second]))
        answers = [first.answers(), second.answers()]
    seen(f"bursts: {answers}; " + "; ".join(f"{name} {spread(of.between())}" for name, of in waits.items()))
    assert [of.failed for of in waits.values()] == [[], [], []]
    for answer in answers:
        assert set(answer["statuses"]) <= {"200", "429"}
        assert answer["said"] == answer["statuses"].get("429", 0)
    # It was more than one client may have waiting at once.
    assert any("429" in answer["statuses"] for answer in answers)


ROWS = "/api/v1/observations?from=2003&to={}"


@dataclass
class Files:
    """What a reader of files saw: how many came whole, which did not, and the least room of the proxy's disk."""

    whole: int = 0
    torn: list[str] = field(default_factory=list)
    free: float = inf

    async def read(self, three: Cluster, expected: Mapping[str, bytes], over: Callable[[], bool]) -> None:
        """Fetch one file after the other through the proxy, until something is over."""
        for path in cycle(expected):
            if over():
                return
            status, body = await fetched(three.port, path)
            self.free = min(self.free, disk_usage(three.room).free / 1e6)
            if (status, body) == (200, expected[path]):
                self.whole += 1
            else:
                self.torn.append(f"{status} {path}: {len(body)} of {len(expected[path])} bytes")


async def files(three: Cluster) -> dict[str, bytes]:
    """The scripts and style sheets of a page by their addresses, as a replica sends them."""
    _, document = await fetched(three.ports[0], "/en/explore")
    names = sorted({*(f"/{name}" for name in FILES.findall(document.decode())), await largest(three)})
    found = {name: await fetched(three.ports[0], name) for name in names}
    return {name: body for name, (status, body) in found.items() if status == 200}


async def largest(three: Cluster) -> str:
    """The address of the largest script."""
    _, document = await fetched(three.ports[0], "/en/present")
    return f"/{PLOTLY.search(document.decode())[1]}"


def beside_files(three: Cluster, scene: str, **arguments: object) -> tuple[Files, dict[str, Any]]:
    """What a reader of files sees beside a scene, and what the scene tells."""
    read = Files()

    async def both(attack: Crowd) -> None:
        expected = await files(three)
        assert len(expected) > 2
        attack.begin()
        await read.read(three, expected, attack.over)

    with crowd(scene, port=three.port, **arguments) as attack:
        threads.run(both(attack))
        answers = attack.answers()
    kept = sum(path.stat().st_size for path in three.room.rglob("*") if path.is_file()) / 1e6
    seen(f"{scene}: {answers}; {read.whole} files whole, at least {read.free:.0f} MB free; {kept:.0f} MB kept")
    assert read.torn == []
    assert read.whole
    return read, answers


@WITH_PROXY
def test_endless_addresses_of_files_fill_nothing_and_files_come_whole(three: Cluster):
    name = json.loads(threads.run(fetched(three.ports[0], "/readyz"))[1])["snapshot"]
    figure = f"/figures/{name}/region_change?lang=en&dark=0&width={{n}}"
    script = threads.run(largest(three))
    _, answers = beside_files(three, "fill", paths=[script, script, figure], connections=24, seconds=SECONDS)
    assert set(answers["statuses"]) == {"200"}


@WITH_PROXY
def test_many_who_read_slowly_fill_no_disk_and_files_come_whole(three: Cluster):
    before = {port: three.resident(port) for port in three.ports}
    path = "/api/v1/vintages.csv"
    _, answers = beside_files(three, "drip", path=path, connections=300, seconds=SECONDS)
    grown = {port: round(three.resident(port) - before[port]) for port in three.ports}
    seen(f"memory of the replicas: {grown} MB more")
    assert set(answers["statuses"]) <= {"200", "429"}


@WITH_PROXY
def test_half_open_connections_are_closed_and_documents_served(three: Cluster):
    """By the proxy: a bare server waits for the rest of a request's head for ever."""
    waits = Waits()

    async def scene(attack: Crowd) -> None:
        attack.begin()
        await probed(lambda: got(three.port, "/en/region"), attack.over, waits)

    with crowd("half_open", port=three.port, count=100) as attackers:
        threads.run(scene(attackers))
        closed = attackers.answers()["closed"]
    seen(f"closed after {min(closed):.1f} to {max(closed):.1f} s; documents meanwhile: {spread(waits.between())}")
    # They drip on for ever: whoever is not closed has no end.
    assert len(closed) == 100
    assert waits.failed == []


def beside_senders(server: Server, what: str) -> tuple[list[float], dict[str, Any]]:
    """The waits of readers of Region beside eight requests of one client that send an agenda, and their answers."""
    waits = Waits()
    with crowd("send", port=server.port, what=what, clients=8, seconds=SECONDS / 2) as senders:
        begun = threads.run(beside(server, senders, waits))
        answers = senders.answers()
    seen(f"{what}: {answers['answers']}, {spread(answers['took'])}\nreaders: {compared(waits, begun)}")
    assert waits.failed == []
    assert not [words for words in answers["answers"] if words.startswith(("lost", "This part of the page"))]
    return waits.between(begun), answers


@pytest.fixture(scope="module")
def light(server: Server) -> float:
    """What readers wait beside an agenda that takes no time to read: one of twenty waits longer."""
    return late(beside_senders(server, "light file")[0])


@pytest.mark.parametrize("what", INPUTS)
def test_whatever_is_sent_to_be_read_other_readers_wait_as_beside_what_is_read_at_once(
    server: Server, light: float, what: str
):
    waited, _ = beside_senders(server, what)
    seen(f"beside the light one: p95 {light:.0f} ms")
    assert late(waited) < 3 * light
