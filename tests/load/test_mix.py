"""The mix of requests of a day on one replica: how many readers it serves, alone and beside a robot.

The readers are in this process, the robot in another one. Seconds are reported; refusals, losses and ratios are judged.
"""

import asyncio
import os
import random
import time
from collections import defaultdict
from collections.abc import Iterator

import pytest

from tests import threads
from tests.faults.processes import LEAN, processor_seconds, resident
from tests.load.clients import ATTACKER, LOST, dues, fetched, rested
from tests.load.crowd import crowd
from tests.load.mix import SHARES, Wanted, wanted
from tests.load.readers import late, spread
from tests.load.servers import Server, running, seen

pytestmark = pytest.mark.long
# Readers who act every so many seconds, more and more of them; for how long of each number.
CROWDS, EVERY = (25, 50, 75, 100), 5.0
EACH = float(os.environ.get("ATALAYA_PROVE_MIX_SECONDS", "30"))
# Readers beside a robot, and its connections. What readers wait for beside it at most, as against without it.
BESIDE, ROBOT = 25, 12
TIMES, SLACK = 8, 500


class Day:
    """What readers asked for, and what they were answered.

    Attributes:
        known: paths that somebody has asked for before.
        waits: milliseconds by kind, of what was new and of what was not.
    """

    def __init__(self, server: Server, known: set[Wanted]) -> None:
        self.server, self.known = server, known
        self.waits: dict[tuple[str, bool], list[float]] = defaultdict(list)
        self.failed: list[str] = []

    async def reader(self, number: int, until: float) -> None:
        """Somebody who acts again and again; twenty share an address. What is late counts from when it was due."""
        chance, address = random.Random(time.monotonic_ns() + number), f"127.0.1.{1 + number // 20}"  # noqa: S311
        for due in dues(chance, EVERY, until):
            await asyncio.sleep(max(due - time.monotonic(), 0))
            asked = wanted(chance)
            new = asked not in self.known
            self.known.add(asked)
            try:
                status, _ = await fetched(self.server.port, asked.path, address, headers=asked.headers)
            except LOST as error:
                self.failed.append(f"{asked.path}: {error!r}")
                continue
            self.waits[asked.kind, new].append(1000 * (time.monotonic() - due))
            self.failed += [] if status == 200 else [f"{asked.path}: {status}"]

    async def people(self, many: int, seconds: float) -> None:
        """So many readers for some seconds."""
        until = time.monotonic() + seconds
        await asyncio.gather(*(self.reader(number, until) for number in range(many)))

    def all(self, kind: str = "", *, new: bool | None = None) -> list[float]:
        """All waits, or those of a kind, or of what was new, or of what was not."""
        chosen = ((of, first) for of, first in self.waits if kind in ("", of) and new in (None, first))
        return [wait for key in [*chosen] for wait in self.waits[key]]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("server"), **LEAN) as one:
        rested(one.monitor)
        yield one


@pytest.fixture(scope="module")
def known() -> set[Wanted]:
    return set()


def test_a_growing_crowd_of_readers_with_the_mix_of_a_day_is_answered(server: Server, known: set[Wanted]):
    seen(f"shares: {', '.join(f'{share} % {kind}' for kind, share in SHARES.items())}")
    days = []
    for many in CROWDS:
        day = Day(server, known)
        before, begun = processor_seconds(server.process.pid, children=True), time.monotonic()
        threads.run(day.people(many, EACH))
        spent, took = processor_seconds(server.process.pid, children=True) - before, time.monotonic() - begun
        days.append(day)
        seen(
            f"{many} readers who act every {EVERY:.0f} s, for {EACH:.0f} s: {spread(day.all())}; "
            f"{1000 * spent / len(day.all()):.0f} ms of the processor each, {spent / took:.2f} cores; "
            f"{len(day.all(new=True))} new ones; {resident(server.process.pid):.0f} MB"
        )
        for kind in SHARES:
            seen(f"  {kind}: new {spread(day.all(kind, new=True))}; again {spread(day.all(kind, new=False))}")
    assert [day.failed for day in days] == [[]] * len(CROWDS)
    assert all(day.all() for day in days)


def test_beside_a_robot_the_readers_of_a_day_are_answered(server: Server, known: set[Wanted]):
    alone, beside = Day(server, known), Day(server, known)
    threads.run(alone.people(BESIDE, EACH))
    with crowd("press", port=server.port, address=ATTACKER, clients=ROBOT, seconds=2 * EACH) as robot:
        robot.begin()
        threads.run(beside.people(BESIDE, 2 * EACH))
        answers = robot.answers()
    seen(f"{BESIDE} readers, and a robot of {ROBOT} connections: {answers['statuses']}")
    for name, day in (("alone", alone), ("beside it", beside)):
        seen(f"{name}: new {spread(day.all(new=True))}; again {spread(day.all(new=False))}")
    assert alone.failed + beside.failed == []
    assert set(answers["statuses"]) <= {"200", "429"}
    assert late(beside.all(), 0.5) < TIMES * late(alone.all(), 0.5) + SLACK
