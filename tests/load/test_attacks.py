"""Attacks on a running server, on loopback: readers beside them are served, and the log stays short.

The attackers are in a process of their own. Milliseconds are only reported. What other work on the machine cannot
change is judged: who is refused, and who waits longer than whom. Numbers of clients are those of the
review of November 2026, which `docs/reliability.md` compares.
"""

import asyncio
import os
import random
import signal
import time
from collections.abc import Iterator
from itertools import cycle
from math import inf

import pytest

from dashboard.catalog import pages
from dashboard.memory import MOST_BYTES
from dashboard.store import areas
from tests import threads
from tests.faults.processes import resident
from tests.load.clients import ATTACKER, READER, acted, fetched, got, numbers, rare_view, rested, view
from tests.load.crowd import crowd
from tests.load.readers import Waits, late, probed, reader, spread
from tests.load.servers import ALONE, READERS, Server, beside, compared, running, seen

pytestmark = pytest.mark.long
# Seconds of a robot's walk whose memory is measured; docs/reliability.md has that of ATALAYA_LOAD_WALK=900.
WALK = float(os.environ.get("ATALAYA_LOAD_WALK", "60"))
# A client that no other test is.
SECOND = "127.0.0.4"
# Seconds of an attack, and its clients.
SECONDS, CLIENTS = float(os.environ.get("ATALAYA_LOAD_SECONDS", "15")), 40
YEARS = range(2008, 2023)


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("server")) as one:
        rested(one.monitor)
        yield one


@pytest.mark.parametrize("address", [ATTACKER, READER])
def test_forty_clients_who_ask_for_documents_leave_nobody_out(server, address):
    """Readers of another address, and readers who share the attackers' own: some are there, some arrive."""
    waits, arrived = Waits(), Waits()

    async def arrive(number, attack):
        await asyncio.sleep(ALONE + 1)
        await reader(server.port, number, attack.over, arrived)

    async def scene(attack):
        arriving = [arrive(100 + number, attack) for number in range(READERS)]
        return (await asyncio.gather(beside(server, attack, waits), *arriving))[0]

    with crowd("press", port=server.port, address=address, clients=CLIENTS, seconds=SECONDS) as attackers:
        begun = threads.run(scene(attackers))
        answers = attackers.answers()
    each = sum(answers["whole"]) / CLIENTS
    readers = len(waits.between(begun)) / READERS, 1 + len(arrived.took) / READERS
    seen(
        f"attack from {address}: {answers['statuses']}; answers of an attacker {each:.1f}, of a reader "
        f"{readers[0]:.1f}, of one who arrives {readers[1]:.1f}\nreaders: {compared(waits, begun)}\n"
        f"who arrive: first view {spread(arrived.first)}; then {spread(arrived.between())}"
    )
    assert set(answers["statuses"]) <= {"200", "429"}
    assert len(arrived.first) == READERS
    if address != READER:
        assert waits.failed + arrived.failed == []
    # However long both wait: who asks for little is not answered less often than who asks for much.
    assert min(readers) >= each / 2


def test_a_robot_that_walks_through_new_addresses_comes_after_readers(server):
    """Twelve connections, until it owes work; one reader opens new views and kept ones before and meanwhile."""
    chance, new, old = random.Random(7), Waits(), Waits()  # noqa: S311
    seconds = 4 * SECONDS

    async def opened():
        return await got(server.port, rare_view(chance))

    async def again():
        return await got(server.port, "/en/region")

    async def scene(attack):
        alone = time.monotonic() + SECONDS
        await asyncio.gather(
            *(probed(look, lambda: time.monotonic() > alone, waits, every) for look, waits, every in looks)
        )
        attack.begin()
        begun = time.monotonic()
        await asyncio.gather(*(probed(look, attack.over, waits, every) for look, waits, every in looks))
        return begun

    looks = ((opened, new, 1.0), (again, old, 0.1))
    with crowd("press", port=server.port, address=ATTACKER, clients=12, seconds=seconds) as robot:
        begun = threads.run(scene(robot))
        answers = robot.answers()
    owes = begun + seconds / 2
    seen(f"a robot of 12 connections, {seconds:.0f} s: {answers['statuses']}")
    for name, waits in (("new", new), ("kept", old)):
        times = {"alone": (0.0, begun), "beside it": (begun, owes), "once it owes work": (owes, inf)}
        seen("; ".join(f"{name} views {when}: {spread(waits.between(*ends))}" for when, ends in times.items()))
    assert new.failed + old.failed == []
    assert set(answers["statuses"]) <= {"200", "429"}
    assert late(new.between(owes), 0.5) < late(new.between(begun, owes), 0.5)


def test_sixty_api_connections_of_one_client_leave_a_second_client_served(server):
    waits, years = Waits(), cycle(YEARS)

    async def question():
        # It owes no work for what other tests asked: who does comes after the flood.
        return await got(server.port, f"/api/v1/observations?from=2008&to={next(years)}", SECOND)

    async def scene(attack):
        attack.begin()
        await probed(question, attack.over, waits, SECONDS / 20)

    with crowd("question", port=server.port, clients=60, seconds=SECONDS) as attackers:
        threads.run(scene(attackers))
        answers = attackers.answers()
    seen(f"the flood: {answers['statuses']}, {spread(answers['took'])}; second client: {spread(waits.between())}")
    assert waits.failed == []
    # One client's sixty connections are no reason to refuse it either.
    assert set(answers["statuses"]) == {"200"}
    # The second client does not stand in the first one's queue; one that waits for its end has one answer or two.
    assert len(waits.between()) > 2
    assert late(waits.between(), 0.5) < late(answers["took"], 0.5) / 2


def test_twenty_briefings_at_once_are_made_and_readers_do_not_wait_for_them(server):
    waits = Waits()
    with crowd("brief", port=server.port, count=20) as attackers:
        # The process that makes them has started.
        assert threads.run(fetched(server.port, "/en/country/PER.pptx"))[0] == 200
        begun = threads.run(beside(server, attackers, waits))
        made = attackers.answers()
    seen(f"20 briefings: {spread(made['took'])}\nreaders: {compared(waits, begun)}")
    assert waits.failed == []
    assert [size > 50_000 for size in made["sizes"]] == [True] * 20
    assert late(waits.between(begun)) < late(made["took"], 0.5) / 2


def refusals(server: Server) -> dict[str, float]:
    """How many requests the server has refused, by kind."""
    return {name: value for name, value in numbers(server.monitor) if name.startswith("atalaya_refusals_total")}


def test_sixty_readers_of_a_meeting_room_who_share_an_address_are_never_refused(server):
    waits, statuses = Waits(), []
    before, until = refusals(server), time.monotonic() + SECONDS

    # Every page, each reader beginning with another one.
    slugs = [slug for slug, page in pages().items() if not (page.path or page.named)]
    every = ["/en/", *(f"/en/{slug}" for slug in slugs if slug != "home"), *(f"/en/country/{area}" for area in areas())]

    async def person(number):
        chance = random.Random(number)  # noqa: S311
        mine = [*every[number % len(every) :], *every[: number % len(every)]]
        for path in (view(chance), *mine, f"/api/v1/observations?from=2019&to={2019 + number % 3}"):
            statuses.append((await got(server.port, path))[0])  # noqa: PERF401 - one after the other
        await reader(server.port, number, lambda: time.monotonic() > until, waits, every=3)

    async def scene():
        await asyncio.gather(*(person(number) for number in range(60)))

    threads.run(scene())
    seen(f"60 readers: first view {spread(waits.first)}; then {spread(waits.between())}")
    assert waits.failed == []
    assert set(statuses) == {200}
    assert refusals(server) == before


@pytest.mark.parametrize("count", [50, 200, 500])
def test_probes_answer_while_many_open_the_page(server, count):
    inside, outside = Waits(), Waits()
    monitor = int(server.monitor.rpartition(":")[2])

    async def scene(attack):
        attack.begin()
        await asyncio.gather(
            probed(lambda: got(server.port, "/livez"), attack.over, inside),
            probed(lambda: got(monitor, "/livez"), attack.over, outside),
        )

    with crowd("open_page", port=server.port, count=count) as opening:
        threads.run(scene(opening))
        opened = opening.answers()
    seen(
        f"{count} at once: {spread(opened['took'])}; /livez {spread(inside.between())}; of the monitor "
        f"{spread(outside.between())}"
    )
    assert (opened["failed"], inside.failed, outside.failed) == ([], [], [])
    assert len(opened["took"]) == count
    # A probe does not stand in the queue of those who open.
    assert max(late(inside.between()), late(outside.between())) < late(opened["took"], 0.5) / 2


def test_an_event_loop_that_hangs_is_told_by_the_monitor(tmp_path):
    with running(tmp_path) as one:
        monitor = int(one.monitor.rpartition(":")[2])
        assert threads.run(got(monitor, "/livez"))[0] == 200
        # A stopped process answers nobody, which a probe takes for a failure as well.
        one.process.send_signal(signal.SIGSTOP)
        try:
            with pytest.raises(TimeoutError):
                threads.run(asyncio.wait_for(got(monitor, "/livez"), 3))
        finally:
            one.process.send_signal(signal.SIGCONT)


def test_a_forged_address_does_not_escape_the_budget(tmp_path):
    """Without a list of proxies nobody's `X-Forwarded-For` counts; with it, only theirs.

    Of one client so many pictures may wait; these are more, at once, each as if of another client.
    """
    asked = [f"/picture/region.svg?lang={code}&year={year}" for code in ("en", "es", "pt", "fr") for year in YEARS]
    with running(tmp_path, ATALAYA_PROXIES="127.0.0.3") as one:

        async def scene(address):
            answers = (
                fetched(one.port, path, address, headers=f"X-Forwarded-For: 198.51.100.{number}\r\n")
                for number, path in enumerate(asked)
            )
            return {status for status, _ in await asyncio.gather(*answers)}

        assert threads.run(scene(ATTACKER)) == {200, 429}
        asked = [f"{path}&shape=phone" for path in asked]
        assert threads.run(scene("127.0.0.3")) == {200}


def test_memory_stays_flat_however_many_views_are_asked_for(tmp_path):
    """`ATALAYA_LOAD_VIEWS=30000` asks for as many as the review of November 2026."""
    asked = int(os.environ.get("ATALAYA_LOAD_VIEWS", "3000"))
    grown: list[float] = []

    async def views(one, number):
        chance = random.Random(number)  # noqa: S311
        for run in range(asked // 4):
            # Of a thousand clients, as one of them owes too much work after some of these views.
            await acted(one.port, rare_view(chance), f"127.0.{10 + number}.{run % 250 + 1}")
            if number == 0 and run % (asked // 40) == 0:
                grown.append(resident(one.process.pid))

    async def scene(one):
        await asyncio.gather(*(views(one, number) for number in range(4)))

    with running(tmp_path) as one:
        threads.run(scene(one))
        kept = dict(numbers(one.monitor))["atalaya_cache_bytes"]
    seen(f"{asked} views: {', '.join(f'{megabytes:.0f}' for megabytes in grown)} MB; {kept / 1e6:.1f} MB kept")
    assert kept <= MOST_BYTES
    half = len(grown) // 2
    assert max(grown[half:]) - grown[half] < 40


def test_the_memory_after_a_walk_of_a_robot_through_new_addresses(tmp_path):
    """One client with twelve connections, which soon owes work; the memory at each fifteenth of its walk."""
    with running(tmp_path) as one:
        rested(one.monitor)
        grown = [resident(one.process.pid)]
        with crowd("press", port=one.port, address=ATTACKER, clients=12, seconds=WALK) as robot:
            robot.begin()
            while not robot.over():
                time.sleep(WALK / 15)
                grown.append(resident(one.process.pid))
            answers = robot.answers()
        kept = dict(numbers(one.monitor))["atalaya_cache_bytes"]
    seen(
        f"a robot walks for {WALK:.0f} s: {answers['statuses']}; {', '.join(f'{one:.0f}' for one in grown)} MB; "
        f"{kept / 1e6:.1f} MB kept"
    )
    assert set(answers["statuses"]) <= {"200", "429"}
    assert kept <= MOST_BYTES
