"""One replica uses one core; two do twice the work, where there are two cores for them."""

import asyncio
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
import websockets

from tests import threads
from tests.bench.reader import connected, request_run
from tests.load.cluster import WITH_NGINX, Cluster, cluster

pytestmark = [
    pytest.mark.long,
    WITH_NGINX,
]
SECONDS = float(os.environ.get("ATALAYA_PROVE_CORES_SECONDS", "20"))
# Readers of a replica who act again as soon as they have their answer; each stays below the limit of one connection.
READERS = 16


async def _restless(port: int, number: int, page: str, until: float) -> int:
    acted = 0
    async with websockets.connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        subprotocols=["streamlit"],
        max_size=None,
        local_addr=(f"127.0.2.{1 + number}", 0),
    ) as socket:
        while time.monotonic() < until:
            answer = await request_run(socket, f"lang=en&measure=count&year={2010 + acted % 12}&go=1", page)
            assert not answer.failed
            acted += 1
    return acted


async def _actions(ports: Sequence[int]) -> list[int]:
    """The actions of each replica while all are as busy as they can be."""
    async with connected(ports[0]) as socket:
        page = (await request_run(socket, "lang=en")).pages["region"]
    until = time.monotonic() + SECONDS
    people = [(port, number) for port in ports for number in range(READERS)]
    acted = await asyncio.gather(*(_restless(port, number, page, until) for port, number in people))
    return [sum(n for (port, _), n in zip(people, acted, strict=True) if port == one) for one in ports]


def measured(replicas: Cluster, ports: Sequence[int]) -> tuple[float, float, float]:
    """Actions a second, processor milliseconds of an action, and cores used, of some replicas together."""
    before = {port: replicas.spent(port) for port in ports}
    begun = time.monotonic()
    acted = threads.run(_actions(ports))
    took = time.monotonic() - begun
    spent = sum(replicas.spent(port) - before[port] for port in ports)
    assert min(acted) > 0.25 * max(acted)
    return sum(acted) / took, 1000 * spent / sum(acted), spent / took


def test_an_action_costs_the_same_on_one_replica_and_on_two(tmp_path: Path):
    with cluster(tmp_path, 2) as replicas:
        measured(replicas, replicas.ports)
        one = measured(replicas, replicas.ports[:1])
        two = measured(replicas, replicas.ports)
    for name, (speed, cost, cores) in (("one replica", one), ("two replicas", two)):
        sys.stdout.write(
            f"\n{name}: {speed:.0f} actions a second on {cores:.2f} cores, {cost:.1f} ms of processor time each: "
            f"a whole core does {1000 / cost:.0f} a second\n"
        )
    # One process never uses more than one core for pages, whatever else the machine does.
    assert one[2] < 1.3
    # What replicas share would show here: then each action would cost more.
    assert two[1] < 1.5 * one[1]
