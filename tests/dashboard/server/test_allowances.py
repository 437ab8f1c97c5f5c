"""Budgets of clients, with times of their own."""

import pytest

from dashboard.buckets import REMEMBERED, Bucket, Rate
from dashboard.server.allowances import Budget
from dashboard.turns import ExcessError, FullError, named


def test_a_bucket_refills_up_to_its_limit():
    bucket = Bucket(0.0, Rate(100, 10))
    assert all(bucket.take(0.0) for _ in range(100))
    assert not bucket.take(0.0)
    assert [bucket.take(0.25) for _ in range(3)] == [True, True, False]
    assert sum(bucket.take(1e6) for _ in range(200)) == 100


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
    assert budget.clients.of("b").left == pytest.approx(2, abs=0.1)


def test_clients_are_forgotten_so_that_many_addresses_take_no_memory():
    budget = Budget(Rate(5, 1), Rate(1e9, 1))
    for n in range(REMEMBERED + 100):
        budget.take(str(n))
    assert len(budget.clients) == REMEMBERED


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
