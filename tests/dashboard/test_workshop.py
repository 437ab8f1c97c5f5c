"""A process that works for another one: it has limits, and what it cannot do ends it alone."""

import sys

import pytest

from dashboard.workshop import LimitError, Workshop, WorkshopError
from tests.dashboard import hungry


@pytest.fixture
def workshop():
    made = Workshop(hungry.__name__, longest=20)
    yield made
    made.close()


@pytest.mark.parametrize("order", [("processor", 0.1), ("clock", 1.0), ("memory", 16)])
def test_what_is_within_the_limits_is_made(workshop, order):
    assert workshop.make(order)[0] == order


def test_each_order_has_the_whole_time(workshop):
    """Five times nearly all of it, in one process."""
    processes = {workshop.make(("processor", 0.4))[1] for _ in range(5)}
    assert len(processes) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the time of the processor")
def test_an_order_that_takes_too_much_of_the_processor_is_ended_and_the_next_one_is_made(workshop):
    _, before = workshop.make(("clock", 0))
    with pytest.raises(LimitError):
        workshop.make(("processor", 1000))
    _, after = workshop.make(("clock", 0))
    assert after != before


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux limits the memory")
def test_an_order_that_takes_too_much_memory_is_refused_and_the_next_one_is_made(workshop):
    with pytest.raises(LimitError):
        workshop.make(("memory", 200))
    assert workshop.make(("memory", 16))[0] == ("memory", 16)


def test_an_order_that_never_ends_is_given_up():
    workshop = Workshop(hungry.__name__, longest=2)
    try:
        with pytest.raises(LimitError):
            workshop.make(("clock", 1000))
    finally:
        workshop.close()


def test_a_process_that_ends_by_itself_is_told_from_one_that_takes_too_much(workshop):
    with pytest.raises(WorkshopError) as ended:
        workshop.make(("end", 3))
    assert not isinstance(ended.value, LimitError)
    assert workshop.make(("clock", 0))


def test_an_idle_process_ends_and_another_one_is_started(workshop):
    _, before = workshop.make(("clock", 0))
    workshop._close_when_idle()
    assert workshop.process is None
    assert workshop.make(("clock", 0))[1] != before
