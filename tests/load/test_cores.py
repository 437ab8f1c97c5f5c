"""What one replica can do: what an action costs, how many readers it serves, and that two do twice the work."""

import asyncio
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import pytest

from tests import threads
from tests.load.clients import LOST, acted, dues, rested, view
from tests.load.cluster import WITH_PROXY, Cluster, cluster
from tests.load.readers import Waits, spread
from tests.load.servers import seen

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
    "region": lambda number: f"/en/region?measure=count&year={2010 + number % 12}",
    "home": lambda _number: "/en/",
    "country": lambda number: f"/en/country/{STATES[number % len(STATES)]}",
    "explore": lambda number: f"/en/explore?indicators={COUNTS[number % len(COUNTS)]}",
    "routes": lambda number: f"/en/routes?arrows={10 + number % 20}",
}


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
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("two"), 2) as made:
        for monitor in made.monitors.values():
            rested(f"http://127.0.0.1:{monitor}")
        yield made


async def _restless(port: int, number: int, views: Callable[[int], str], until: float) -> int:
    done = 0
    while time.monotonic() < until:
        await acted(port, views(number + done), f"127.0.2.{1 + number}")
        done += 1
    return done


def measured(two: Cluster, ports: Sequence[int], page: str = "region") -> Work:
    """What some replicas do while all are as busy as they can be with one page. Views that were made are kept."""

    async def scene(until: float) -> list[int]:
        people = [(port, number) for port in ports for number in range(RESTLESS)]
        return await asyncio.gather(*(_restless(*one, VIEWS[page], until) for one in people))

    before, begun = sum(map(two.spent, ports)), time.monotonic()
    done = threads.run(scene(begun + SECONDS))
    return Work(sum(done), time.monotonic() - begun, sum(map(two.spent, ports)) - before)


def test_an_action_costs_the_same_on_one_replica_and_on_two(two: Cluster):
    ports = two.ports
    measured(two, ports)
    one, both = measured(two, ports[:1]), measured(two, ports)
    seen(f"one replica: {one}\ntwo replicas: {both}")
    # Other work on the machine makes it less, never more.
    assert one.cores < 1.3
    # What replicas share would show here: then each action would cost more.
    assert both.cost < 2 * one.cost


@pytest.mark.parametrize("page", VIEWS)
def test_every_action_is_of_its_page(two: Cluster, page: str):
    seen(f"{page}: {measured(two, two.ports[:1], page)}")


async def _person(port: int, number: int, until: float, waits: Waits) -> None:
    """Act every five seconds on average; what is late counts from when it was due."""
    # Twenty of them share an address, as in a meeting room.
    chance, address = random.Random(number), f"127.0.1.{1 + number // 20}"  # noqa: S311
    try:
        for due in dues(chance, EVERY, until):
            await asyncio.sleep(max(due - time.monotonic(), 0))
            await acted(port, view(chance), address)
            waits.took.append((due, 1000 * (time.monotonic() - due)))
    except LOST as error:
        waits.failed.append(repr(error))


def test_a_growing_crowd_on_one_replica_is_answered(two: Cluster):
    crowds = {count: Waits() for count in CROWDS}

    async def scene() -> None:
        for count, waits in crowds.items():
            until = time.monotonic() + EACH
            await asyncio.gather(*(_person(two.ports[0], number, until, waits) for number in range(count)))

    threads.run(scene())
    for count, waits in crowds.items():
        seen(f"{count} readers who act every {EVERY:.0f} s, for {EACH:.0f} s: {spread(waits.between())}")
    assert [waits.failed for waits in crowds.values()] == [[]] * len(CROWDS)
    assert all(waits.took for waits in crowds.values())
