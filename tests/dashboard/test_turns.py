"""Turns at work: never too many at once, each client in its turn, and nobody left behind."""

import asyncio
import threading

import pytest

from dashboard.buckets import Buckets, Rate
from dashboard.turns import MOST_OWED, ExcessError, FullError, Turns, found_or_made
from tests import threads

LONGEST = 20


def served(turns, crowd):
    """The names in the order of their turns; `crowd` are those who wait, and the most that worked at once."""
    order, working, most, lock = [], 0, 0, threading.Lock()

    def work(names):
        nonlocal working, most
        with turns.taken(*names):
            with lock:
                working += 1
                most = max(most, working)
                order.append(names)
            with lock:
                working -= 1

    with turns.taken("first"):
        started = []
        for names in crowd:
            thread = threading.Thread(target=work, args=(names,), daemon=True)
            thread.start()
            started.append(thread)
            # Its place is taken when it waits.
            for _ in range(2000):
                if turns.waiting == len(started):
                    break
                threading.Event().wait(0.001)
            assert turns.waiting == len(started)
    for thread in started:
        thread.join(LONGEST)
    assert not any(thread.is_alive() for thread in started)
    return order, most


def test_one_at_a_time_in_the_order_of_coming():
    crowd = [(f"10.0.0.{n}",) for n in range(8)]
    assert served(Turns(1, 10, 10), crowd) == (crowd, 1)


def test_a_client_with_many_requests_does_not_go_before_one_who_came_later():
    crowd = [*[("a", f"session {n}") for n in range(20)], ("b", "one")]
    order, _ = served(Turns(1, 100, 100), crowd)
    assert len(order) == 21
    assert order.index(("b", "one")) == 1


def test_of_one_address_the_session_goes_first_that_waited_longest_since_its_last_turn():
    turns = Turns(1, 100, 100)
    served(turns, [("a", "calm")])
    served(turns, [("a", f"busy {n}") for n in range(5)])
    order, _ = served(turns, [*[("a", f"busy {n}") for n in range(5)], ("a", "calm")])
    assert order[0] == ("a", "calm")


def test_places_in_the_queue():
    turns = Turns(1, 10, 10)
    seen = []

    def wait(names):
        with turns.taken(*names):
            seen.append(names)

    with turns.taken("first"):
        assert turns.place("a") == 0
        waiting = [threading.Thread(target=wait, args=(names,)) for names in (("a", "1"), ("b", "2"))]
        for count, thread in enumerate(waiting, 1):
            thread.start()
            while turns.waiting < count:
                threading.Event().wait(0.001)
        assert (turns.place("a", "1"), turns.place("b", "2"), turns.place("b", "3")) == (1, 2, 0)
    for thread in waiting:
        thread.join(LONGEST)
    assert turns.place("b", "2") == 0


@pytest.mark.parametrize(("turns", "other"), [(Turns(1, 1, 5), "b"), (Turns(1, 5, 1), "a")])
def test_who_comes_when_all_places_are_taken_is_sent_away(turns, other):
    with turns.taken("first"):
        thread = threading.Thread(target=lambda: turns.taken("a").__enter__(), daemon=True)
        thread.start()
        while not turns.waiting:
            threading.Event().wait(0.001)
        with pytest.raises(FullError), turns.taken(other):
            pass


def test_a_full_queue_takes_the_last_place_of_who_has_the_most():
    turns, found = Turns(1, 4, 4), []

    async def wait(name):
        try:
            async with turns.awaited(name[0]):
                found.append((name, None))
        except FullError as error:
            found.append((name, type(error)))

    async def scene():
        async with turns.awaited("first"):
            tasks = []
            for name in ("a1", "a2", "a3", "a4", "b1", "b2", "b3", "a5"):
                tasks.append(asyncio.create_task(wait(name)))
                await asyncio.sleep(0)
            assert turns.waiting == 4
        await asyncio.gather(*tasks)

    threads.run(scene())
    # Two of "a" gave way to "b"; then each had half, and who came next found no place.
    assert {name: error for name, error in found if error} == {
        "a4": ExcessError,
        "a3": ExcessError,
        "b3": FullError,
        "a5": FullError,
    }
    assert [name for name, error in found if not error] == ["a1", "b1", "a2", "b2"]


def test_a_failure_gives_the_turn_back():
    turns = Turns(1, 5, 5)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), turns.taken("a"):
            raise ZeroDivisionError
    assert turns.working == 0


def test_who_waits_is_sent_away_when_the_server_stops():
    turns, sent = Turns(1, 5, 5), []

    def wait():
        try:
            with turns.taken("a"):
                pass
        except FullError:
            sent.append("away")

    with turns.taken("first"):
        thread = threading.Thread(target=wait)
        thread.start()
        while not turns.waiting:
            threading.Event().wait(0.001)
        turns.close()
        thread.join(LONGEST)
    assert sent == ["away"]
    with pytest.raises(FullError), turns.taken("b"):
        pass


async def waits(turns: Turns) -> bool:
    """A coroutine that waits for its turn."""
    async with turns.awaited("a"):
        return True


def test_coroutines_wait_without_holding_the_loop_and_may_give_up():
    turns = Turns(1, 10, 10)

    async def scene():
        async with turns.awaited("first"):
            tired, patient = asyncio.create_task(waits(turns)), asyncio.create_task(waits(turns))
            await asyncio.sleep(0)
            assert turns.waiting == 2
            tired.cancel()
        assert await patient
        with pytest.raises(asyncio.CancelledError):
            await tired

    threads.run(scene())
    assert (turns.working, turns.waiting) == (0, 0)


def test_a_turn_that_came_while_its_coroutine_gave_up_is_given_on():
    turns = Turns(1, 10, 10)

    async def scene():
        async with turns.awaited("first"):
            tired = asyncio.create_task(waits(turns))
            await asyncio.sleep(0)
        assert turns.working == 1
        tired.cancel()
        await asyncio.gather(tired, return_exceptions=True)
        return await asyncio.wait_for(waits(turns), LONGEST)

    assert threads.run(scene())
    assert turns.working == 0


def spent(seconds: float) -> Buckets:
    """The work of clients, of which "a" has used some seconds."""
    work = Buckets(Rate(1, 0.001))
    work.of("a").left -= seconds
    return work


def test_who_has_used_its_work_comes_after_everybody_else_and_one_request_at_a_time():
    turns, order, most = Turns(2, 100, 100, spent(10)), [], 0
    working = {"a": 0, "b": 0}

    async def ask(name):
        nonlocal most
        async with turns.awaited(name):
            order.append(name)
            working[name] += 1
            most = max(most, working["a"])
            await asyncio.sleep(0.001)
            working[name] -= 1

    async def scene():
        async with turns.awaited("first"), turns.awaited("second"):
            asked = [asyncio.create_task(ask(name)) for name in "aaaabbbb"]
            await asyncio.sleep(0)
            assert turns.waiting == 8
        await asyncio.gather(*asked)

    threads.run(scene())
    assert "".join(order) == "bbbbaaaa"
    assert most == 1


def test_a_turn_costs_its_seconds_shared_by_all_who_work():
    turns = Turns(2, 10, 10, spent(0))
    with turns.taken("a"), turns.taken("b"):
        threading.Event().wait(0.2)
    with turns.taken("b"):
        threading.Event().wait(0.1)
    assert [turns.work.of(name).left for name in "ab"] == pytest.approx([0.9, 0.8], abs=0.05)


def test_who_owes_too_much_is_refused_all_requests_but_one():
    turns = Turns(2, 10, 10, spent(MOST_OWED + 2))
    with turns.taken("a"):
        with pytest.raises(ExcessError), turns.taken("a"):
            pass
        with turns.taken("b"):
            pass
    with turns.taken("a"):
        pass


def test_what_is_kept_takes_no_turn_and_is_never_refused():
    turns, made = Turns(1, 10, 10, spent(MOST_OWED + 2)), []
    scope = {"client": ("a", 1)}

    async def ask(kept):
        return await found_or_made(turns, scope, lambda: kept, lambda: made.append(1) or "made")

    async def scene():
        async with turns.awaited("a"):
            found = await ask("kept")
            with pytest.raises(ExcessError):
                await ask(None)
        return found, await ask(None)

    assert threads.run(scene()) == ("kept", "made")
    assert made == [1]
