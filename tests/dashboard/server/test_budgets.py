"""Budgets of clients, with times of their own."""

import asyncio
import time

import pytest

from dashboard.server.budgets import REMEMBERED, Bucket, Budget, Pace, Places, Rate
from dashboard.turns import ExcessError, FullError, named
from tests import threads


def test_a_bucket_refills_up_to_its_limit():
    bucket = Bucket(0.0, Rate(100, 10))
    assert all(bucket.take(0.0) for _ in range(100))
    assert not bucket.take(0.0)
    assert [bucket.take(0.25) for _ in range(3)] == [True, True, False]
    assert sum(bucket.take(1e6) for _ in range(200)) == 100


def test_a_reservation_says_how_long_to_wait():
    bucket = Bucket(0.0, Rate(2, 10))
    assert [bucket.reserve(0.0) for _ in range(4)] == pytest.approx([0, 0, 0.1, 0.2])
    assert bucket.reserve(10.0) == 0


def refusals(many, client, times):
    """How a client is refused when it takes something some times: None where it is not."""
    found = []
    for _ in range(times):
        try:
            many.take(client)
            found.append(None)
        except FullError as error:
            found.append(type(error))
    return found


def test_one_client_cannot_take_the_share_of_another():
    budget = Budget(Rate(5, 0.001), Rate(8, 0.001))
    assert refusals(budget, "a", 20) == [None] * 5 + [ExcessError] * 15
    # What is missing now, others have taken.
    assert refusals(budget, "b", 20) == [None] * 3 + [FullError] * 17
    # What was refused for lack of a common token is not lost.
    assert budget._of("b").left == pytest.approx(2, abs=0.1)


def test_clients_are_forgotten_so_that_many_addresses_take_no_memory():
    budget = Budget(Rate(5, 1), Rate(1e9, 1))
    for n in range(REMEMBERED + 100):
        budget.take(str(n))
    assert len(budget._clients) == REMEMBERED


def passed(messages, rate):
    """The sessions in the order in which their messages pass, and the seconds that it takes.

    `messages` are sessions that wait at once; the last one comes when the others wait.
    """
    order = []

    async def one(pace, session):
        await pace.wait("a client", session)
        order.append(session)

    async def scene():
        pace = Pace(rate, Rate(1e6, 1e6))
        # Both have had a message before.
        for session in ("reader", *{*messages}):
            await pace.wait("a client", session)
        await asyncio.sleep(0.01)
        begun = time.monotonic()
        waiting = [asyncio.create_task(one(pace, session)) for session in messages]
        await asyncio.sleep(0)
        await asyncio.gather(*waiting, asyncio.create_task(one(pace, "reader")))
        return time.monotonic() - begun

    took = threads.run(scene())
    return order, took


def test_messages_wait_for_the_rate_of_their_client_and_none_is_lost():
    order, took = passed([f"session {n}" for n in range(20)], Rate(21, 100))
    assert len(order) == 21
    assert took >= 0.15


def test_who_sends_little_does_not_wait_behind_who_sends_much():
    order, _ = passed([f"busy {n}" for n in range(20)], Rate(21, 100))
    assert order.index("reader") <= 1


def test_places_of_one_client_and_of_all():
    places = Places(5, 3)
    assert refusals(places, "a", 4) == [None, None, None, ExcessError]
    assert refusals(places, "b", 3) == [None, None, FullError]
    places.leave("a")
    assert refusals(places, "c", 1) == [None]
    assert places.taken == 5


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
        (None, ""),
    ],
)
def test_the_readers_of_one_network_count_as_one_client(host, name):
    assert named(host) == name
