"""Attacks on a running server, on loopback: readers beside them are served, and the log stays short.

The attackers are in a process of their own. Milliseconds are only reported. What other work on the machine cannot
change is judged: who is refused, which page ran, and who waits longer than whom. Numbers of clients are those of the
review of November 2026, which `docs/reliability.md` compares.
"""

import asyncio
import os
import random
import signal
import time
from collections.abc import Iterator
from itertools import cycle

import pytest

from dashboard.memory import MOST_BYTES
from tests import threads
from tests.faults.processes import resident
from tests.load.briefings import briefing
from tests.load.clients import ATTACKER, LONGEST, READER, acted, connected, got, numbers, rare_view, rested, view
from tests.load.crowd import crowd
from tests.load.readers import Waits, late, probed, reader, spread
from tests.load.servers import ALONE, READERS, Server, beside, compared, only, running, seen

pytestmark = pytest.mark.long
# Seconds of an attack, and its clients.
SECONDS, CLIENTS = float(os.environ.get("ATALAYA_LOAD_SECONDS", "15")), 40
YEARS = range(2008, 2023)


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("server")) as one:
        rested(one.monitor)
        yield one


@pytest.mark.parametrize("address", [ATTACKER, READER])
def test_forty_clients_at_nine_and_a_half_runs_a_second_leave_nobody_out(server, address):
    """Readers of another address, and readers who share the attackers' own: those who were there, and some who arrive.

    Those who arrive may wait long, because Streamlit's part of every run takes the one event loop.
    """
    page, waits, arrived, documents = server.pages["region"], Waits(), Waits(), Waits()
    years = cycle(YEARS)

    async def document():
        return await got(server.port, f"/region?lang=en&year={next(years)}")

    async def arrive(number, attack):
        await asyncio.sleep(ALONE + 1)
        await reader(server.port, page, number, attack.over, arrived)

    async def scene(attack):
        # They are drawn already, as those of a page that many read.
        for _ in YEARS:
            await document()
        arriving = [arrive(100 + number, attack) for number in range(READERS)]
        fetching = probed(document, attack.over, documents, 0.1)
        return (await asyncio.gather(beside(server, attack, waits), fetching, *arriving))[0]

    attack = {"port": server.port, "page": page, "address": address, "clients": CLIENTS, "seconds": SECONDS}
    with only(server.monitor, "region") as grown, crowd("press", **attack) as attackers:
        begun = threads.run(scene(attackers))
        answers = attackers.answers()
    each = sum(answers["whole"]) / CLIENTS
    readers = len(waits.between(begun)) / READERS, 1 + len(arrived.took) / READERS
    seen(
        f"attack from {address}: {answers['asked']} runs asked for, {answers['closed']} connections closed; the server "
        f"ran {dict(grown)}; answers of an attacker {each:.1f} whole, {answers['cut'] / CLIENTS:.1f} cut short, of a "
        f"reader {readers[0]:.1f}, of one who arrives {readers[1]:.1f}\nreaders: {compared(waits, begun)}\n"
        f"who arrive: first run {spread(arrived.first)}; then {spread(arrived.between())}\n"
        f"documents: {compared(documents, begun)}"
    )
    # Every answer was of Region, as each client reads it and as the server counts.
    assert set(answers["pages"]) <= {page}
    assert grown["region"] >= sum(answers["whole"]) + sum(len(one.first) + len(one.took) for one in (waits, arrived))
    assert waits.failed + arrived.failed + documents.failed == []
    assert len(arrived.first) == READERS
    # However long both wait: who asks for little is not answered less often than who asks for much.
    assert min(readers) >= each / 2


def test_sixty_api_connections_of_one_client_leave_a_second_client_served(server):
    waits, years = Waits(), cycle(YEARS)

    async def question():
        return await got(server.port, f"/api/v1/observations?from=2008&to={next(years)}")

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
    # The second client does not stand in the first one's queue.
    assert late(waits.between(), 0.5) < late(answers["took"], 0.5) / 2


def test_twenty_briefings_at_once_are_made_and_readers_do_not_wait_for_them(server):
    waits, page = Waits(), server.pages["country"]
    attack = {"port": server.port, "page": page, "count": 20}
    with only(server.monitor, "region", "country") as grown, crowd("brief", **attack) as attackers:
        # The process that makes them has started.
        threads.run(briefing(server.port, page, "pptx"))
        begun = threads.run(beside(server, attackers, waits))
        made = attackers.answers()
    places = {place for of_one in made["places"] for place in of_one}
    seen(
        f"20 briefings after {made['clicks']} clicks: {spread(made['took'])}; {len(places)} places in the queue were "
        f"seen; the server ran {dict(grown)}\nreaders: {compared(waits, begun)}"
    )
    assert waits.failed == []
    assert grown["region"] == len(waits.first) + len(waits.took)
    assert [size > 50_000 for size in made["sizes"]] == [True] * 20
    assert late(waits.between(begun)) < late(made["took"], 0.5) / 2
    # Those who waited saw their places.
    assert places


def refusals(server: Server) -> dict[str, float]:
    """How many requests the server has refused, by kind."""
    return {name: value for name, value in numbers(server.monitor) if name.startswith("atalaya_refusals_total")}


def test_sixty_readers_of_a_meeting_room_who_share_an_address_are_never_refused(server):
    waits, statuses = Waits(), []
    before, until = refusals(server), time.monotonic() + SECONDS

    async def person(number):
        chance = random.Random(number)  # noqa: S311
        for path in (f"/region?{view(chance)}", f"/api/v1/observations?from=2019&to={2019 + number % 3}"):
            statuses.append((await got(server.port, path))[0])  # noqa: PERF401 - one after the other
        await reader(server.port, server.pages["region"], number, lambda: time.monotonic() > until, waits, every=3)

    async def scene():
        await asyncio.gather(*(person(number) for number in range(60)))

    with only(server.monitor, "region") as grown:
        threads.run(scene())
    seen(f"60 readers: first run {spread(waits.first)}; then {spread(waits.between())}; the server ran {dict(grown)}")
    assert waits.failed == []
    assert set(statuses) == {200}
    assert refusals(server) == before
    # Each run of theirs, and no other.
    assert grown["region"] == len(waits.first) + len(waits.took)


def test_a_hundred_half_open_connections_are_closed_and_documents_served(server):
    waits = Waits()

    async def scene(attack):
        attack.begin()
        await probed(lambda: got(server.port, "/region"), attack.over, waits)

    with crowd("half_open", port=server.port, count=100) as attackers:
        threads.run(scene(attackers))
        closed = attackers.answers()["closed"]
    seen(f"closed after {min(closed):.1f} to {max(closed):.1f} s; documents meanwhile: {spread(waits.between())}")
    # They drip on for ever: whoever is not closed by the server has no end.
    assert len(closed) == 100
    assert waits.failed == []


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

    arguments = {"port": server.port, "page": server.pages["region"], "count": count}
    with only(server.monitor, "region") as grown, crowd("open_page", **arguments) as opening:
        threads.run(scene(opening))
        opened = opening.answers()
    seen(
        f"{count} at once: {spread(opened['took'])}; /livez {spread(inside.between())}; of the monitor "
        f"{spread(outside.between())}; the server ran {dict(grown)}"
    )
    assert (opened["failed"], inside.failed, outside.failed) == ([], [], [])
    assert grown["region"] == len(opened["took"]) == count
    # A probe does not stand in the queue of those who open.
    assert max(late(inside.between()), late(outside.between())) < late(opened["took"], 0.5) / 2


def test_a_flood_of_one_session_is_closed_and_leaves_few_lines(server):
    before = len(server.log.read_text().splitlines())
    flood = {"port": server.port, "page": server.pages["region"], "count": 10, "messages": 2000}
    with only(server.monitor, "region") as grown, crowd("flood", **flood) as attackers:
        attackers.begin()
        assert attackers.answers()["codes"] == [1008] * 10
        # A session that is gone may still be written to for a moment.
        time.sleep(2)
    lines = server.log.read_text().splitlines()[before:]
    notes = [line for line in lines if '"atalaya.request"' not in line]
    seen("\n".join([f"the server ran {dict(grown)}", *notes[:30]]))
    assert len(notes) <= 20
    assert not [line for line in lines if "Traceback" in line or not line.startswith("{")]


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
    """Without a list of proxies nobody's `X-Forwarded-For` counts; with it, only theirs."""
    with running(tmp_path, ATALAYA_PROXIES="127.0.0.3") as one:

        async def upload(address, forwarded):
            reading, writing = await asyncio.open_connection("127.0.0.1", one.port, local_addr=(address, 0))
            head = f"PUT /_stcore/upload_file/a/b HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: {forwarded}\r\n"
            writing.write(f"{head}Content-Length: 2\r\nConnection: close\r\n\r\n{{}}".encode())
            answer = await asyncio.wait_for(reading.read(), LONGEST)
            writing.close()
            return int(answer.split(b" ", 2)[1])

        async def scene(address):
            return [await upload(address, f"198.51.100.{number}") for number in range(90)]

        assert 429 in threads.run(scene(ATTACKER))
        assert 429 not in threads.run(scene("127.0.0.3"))


def test_memory_stays_flat_however_many_views_are_asked_for(tmp_path):
    """`ATALAYA_LOAD_RUNS=30000` is the run of the review, which took 252 MB more."""
    asked = int(os.environ.get("ATALAYA_LOAD_RUNS", "3000"))
    grown: list[float] = []

    async def views(one, number):
        chance = random.Random(number)  # noqa: S311
        async with connected(one.port) as socket:
            for run in range(asked // 4):
                await acted(socket, rare_view(chance), one.pages["region"])
                await got(one.port, f"/region?{view(chance)}&width={chance.randrange(300, 2000)}")
                if number == 0 and run % (asked // 40) == 0:
                    grown.append(resident(one.process.pid))

    async def scene(one):
        await asyncio.gather(*(views(one, number) for number in range(4)))

    with running(tmp_path) as one:
        with only(one.monitor, "region") as ran:
            threads.run(scene(one))
        kept = dict(numbers(one.monitor))["atalaya_cache_bytes"]
    seen(f"{dict(ran)} runs: {', '.join(f'{megabytes:.0f}' for megabytes in grown)} MB; {kept / 1e6:.1f} MB kept")
    assert ran["region"] == asked // 4 * 4
    assert kept <= MOST_BYTES
    half = len(grown) // 2
    assert max(grown[half:]) - grown[half] < 40
