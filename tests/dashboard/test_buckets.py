"""Rates of clients, with times of their own."""

import time

import pytest

from dashboard.buckets import REMEMBERED, Bucket, Buckets, Rate
from dashboard.turns import named


def test_a_bucket_refills_up_to_its_limit():
    bucket = Bucket(0.0, Rate(100, 10))
    assert all(bucket.take(0.0) for _ in range(100))
    assert not bucket.take(0.0)
    assert [bucket.take(0.25) for _ in range(3)] == [True, True, False]
    assert sum(bucket.take(1e6) for _ in range(200)) == 100


def test_one_client_cannot_take_the_share_of_another():
    clients = Buckets(Rate(5, 0.001))
    assert [clients.of("a").take(time.monotonic()) for _ in range(20)] == [True] * 5 + [False] * 15
    assert [clients.of("b").take(time.monotonic()) for _ in range(6)] == [True] * 5 + [False]


def test_clients_are_forgotten_so_that_many_addresses_take_no_memory():
    clients = Buckets(Rate(5, 1))
    for n in range(REMEMBERED + 100):
        clients.of(str(n))
    assert len(clients) == REMEMBERED


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
