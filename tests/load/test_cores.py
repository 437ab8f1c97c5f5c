"""What one replica can do: what an action costs, how many readers it serves, and that two do twice the work."""

import asyncio
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from typing import NamedTuple

import pytest
import websockets

from tests import threads
from tests.bench.reader import dues
from tests.load.clients import LOST, acted, connected, learned, rested, view
from tests.load.cluster import WITH_PROXY, Cluster, cluster
from tests.load.readers import Waits, spread
from tests.load.servers import only_on, seen

pytestmark = [
    pytest.mark.long,
    WITH_PROXY,
]
# Seconds of each measurement.
SECONDS = float(os.environ.get("ATALAYA_PROVE_CORES_SECONDS", "5"))
# Readers of a replica who act again as soon as they have their answer; each stays below the limit of one connection.
RESTLESS = 16
# Readers of one replica who act every so many seconds, more and more of them; for how long of each number.
CROWDS, EVERY, EACH = (100, 150, 200), 5.0, 12.0
STATES = ("ARG", "BRA", "COL", "MEX", "PER", "USA")
COUNTS = ("detected_victims", "persons_prosecuted", "persons_convicted")
# The views of a page, by number.
VIEWS: dict[str, Callable[[int], str]] = {
    "region": lambda number: f"lang=en&measure=count&year={2010 + number % 12}&go=1",
    "home": lambda _number: "lang=en&go=1",
    "country": lambda number: f"lang=en&area={STATES[number % len(STATES)]}&go=1",
    "explore": lambda number: f"lang=en&indicators={COUNTS[number % len(COUNTS)]}&go=1",
    "routes": lambda number: f"lang=en&arrows={10 + number % 20}&go=1",
}


class Replicas(NamedTuple):
    """Two replicas, and the script hash of each page."""

    cluster: Cluster
    pages: dict[str, str]


class Work(NamedTuple):
    """What replicas did together: actions, seconds, and seconds of processor time."""

    actions: int
    took: float
    spent: float

    @property
    def cost(self) -> float:
        """Milliseconds of processor time of an action."""
        return 1000 * self.spent / self.actions

    @property
    def cores(self) -> float:
        """How many cores were in use."""
        return self.spent / self.took

    def __str__(self) -> str:
        """In words."""
        return (
            f"{self.actions / self.took:.0f} actions a second on {self.cores:.2f} cores, {self.cost:.1f} ms of "
            f"processor time each: a whole core does {1000 / self.cost:.0f} a second"
        )


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replicas]:
    with cluster(tmp_path_factory.mktemp("two"), 2) as made:
        pages = threads.run(learned(made.ports[0]))
        for monitor in made.monitors.values():
            rested(f"http://127.0.0.1:{monitor}")
        yield Replicas(made, pages | {"home": pages[""]})


async def _restless(port: int, number: int, page: str, views: Callable[[int], str], until: float) -> int:
    done = 0
    async with connected(port, f"127.0.2.{1 + number}") as socket:
        while time.monotonic() < until:
            await acted(socket, views(number + done), page)
            done += 1
    return done


def measured(two: Replicas, ports: Sequence[int], page: str = "region") -> Work:
    """What some replicas do while all are as busy as they can be with one page: it and no other runs."""

    async def scene(until: float) -> list[int]:
        people = [(port, number) for port in ports for number in range(RESTLESS)]
        return await asyncio.gather(*(_restless(*one, two.pages[page], VIEWS[page], until) for one in people))

    with only_on([f"http://127.0.0.1:{two.cluster.monitors[port]}" for port in ports], page) as grown:
        before, begun = sum(map(two.cluster.spent, ports)), time.monotonic()
        done = threads.run(scene(begun + SECONDS))
        work = Work(sum(done), time.monotonic() - begun, sum(map(two.cluster.spent, ports)) - before)
    assert all(one[page] for one in grown)
    assert sum(one.total() for one in grown) == work.actions
    return work


def test_an_action_costs_the_same_on_one_replica_and_on_two(two: Replicas):
    ports = two.cluster.ports
    measured(two, ports)
    one, both = measured(two, ports[:1]), measured(two, ports)
    seen(f"one replica: {one}\ntwo replicas: {both}")
    # Other work on the machine makes it less, never more.
    assert one.cores < 1.3
    # What replicas share would show here: then each action would cost more.
    assert both.cost < 2 * one.cost


@pytest.mark.parametrize("page", VIEWS)
def test_every_action_is_of_its_page(two: Replicas, page: str):
    seen(f"{page}: {measured(two, two.cluster.ports[:1], page)}")


async def _person(socket: websockets.ClientConnection, page: str, number: int, until: float, waits: Waits) -> None:
    """Act every five seconds on average; what is late counts from when it was due."""
    chance = random.Random(number)  # noqa: S311
    try:
        for due in dues(chance, EVERY, until):
            await asyncio.sleep(max(due - time.monotonic(), 0))
            await acted(socket, view(chance), page)
            waits.took.append((due, 1000 * (time.monotonic() - due)))
    except LOST as error:
        waits.failed.append(repr(error))


def test_a_growing_crowd_on_one_replica_is_answered(two: Replicas):
    port, page = two.cluster.ports[0], two.pages["region"]
    crowds = {count: Waits() for count in CROWDS}

    async def scene() -> None:
        async with AsyncExitStack() as stack:
            people: list[websockets.ClientConnection] = []
            for count, waits in crowds.items():
                while len(people) < count:
                    # Twenty of them share an address, as in a meeting room.
                    address = f"127.0.1.{1 + len(people) // 20}"
                    people.append(await stack.enter_async_context(connected(port, address)))
                    await acted(people[-1], "lang=en&go=1", page)
                until = time.monotonic() + EACH
                acting = (_person(socket, page, number, until, waits) for number, socket in enumerate(people))
                await asyncio.gather(*acting)

    threads.run(scene())
    for count, waits in crowds.items():
        seen(f"{count} readers who act every {EVERY:.0f} s, for {EACH:.0f} s: {spread(waits.between())}")
    assert [waits.failed for waits in crowds.values()] == [[]] * len(CROWDS)
    assert all(waits.took for waits in crowds.values())
