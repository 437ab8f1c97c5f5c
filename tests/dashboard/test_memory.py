"""Caches keep a bounded number of bytes, whatever is asked."""

import gc
import random
import subprocess
import sys
import tracemalloc
from pathlib import Path

import polars as pl
import pytest

from dashboard.memory import Account, Kept, weigh

ROOT = Path(__file__).parents[2]


def text(n, size=1000):
    return f"{n:08}" * (size // 8)


def test_a_result_is_made_once_and_the_least_recently_used_goes_first():
    made = []
    kept = Kept(lambda n: made.append(n) or text(n), 2, ledger=Account())
    assert [kept(n) for n in (1, 2, 1, 3, 1, 2)] == [text(n) for n in (1, 2, 1, 3, 1, 2)]
    assert made == [1, 2, 3, 2]
    assert len(kept) == 2


def test_bytes_of_all_functions_together_are_bounded():
    ledger = Account(100_000)
    kept = [Kept(text, 10_000, ledger=ledger) for _ in range(5)]
    chance = random.Random(1)  # noqa: S311
    for _ in range(3000):
        assert chance.choice(kept)(chance.randrange(2000), 1000)
        assert ledger.bytes <= 100_000
    assert sum(map(len, kept)) == len(ledger)
    assert len(ledger) > 50


def test_one_that_is_larger_than_all_is_given_and_not_in_the_way_of_the_next():
    ledger = Account(1000)
    kept = Kept(text, 10, ledger=ledger)
    assert len(kept(1, 8000)) == 8000
    kept(2, 80)
    assert ledger.bytes < 1000


def test_the_bytes_of_a_cache_go_with_it():
    ledger = Account()
    kept, other = Kept(text, 10, ledger=ledger), Kept(text, 10, ledger=ledger)
    for n in range(5):
        kept(n)
        other(n)
    whole = ledger.bytes
    del kept
    gc.collect()
    assert ledger.bytes == pytest.approx(whole / 2)
    other.cache_clear()
    assert (ledger.bytes, len(ledger)) == (0, 0)


def test_a_failure_is_not_kept():
    kept = Kept(lambda n: 1 / n, 10, ledger=Account())
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            kept(0)
    assert len(kept) == 0


@pytest.mark.parametrize(
    "make",
    [
        lambda: "x" * 1_000_001,
        lambda: [float(n) + 0.5 for n in range(40_000)],
        lambda: {str(n): (n, str(n) * 3) for n in range(20_000)},
        lambda: [{"x": [k + 0.5 for k in range(100)], "name": str(n) * 5} for n in range(300)],
    ],
)
def test_the_weight_is_about_what_python_allocates(make):
    gc.collect()
    tracemalloc.start()
    value = make()
    allocated, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert weigh(value) == pytest.approx(allocated, rel=0.35)


def test_a_table_weighs_what_its_columns_take():
    assert weigh(pl.DataFrame({"x": list(range(100_000))})) >= 800_000


def test_what_is_referred_to_twice_is_weighed_once():
    inner = "x" * 100_000
    assert weigh([inner] * 20) < 110_000


LAST_READER = """
import atexit
# Functions of the end run in reverse order: this one after those of what is imported below.
atexit.register(lambda: print(kept(1)))
from dashboard.memory import Kept
kept = Kept(str, 10)
kept(1)
"""


def test_results_are_there_until_the_end_of_the_process():
    """A thread may still draw while the process ends."""
    done = subprocess.run([sys.executable, "-c", LAST_READER], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("1\n", "")
