import ctypes
import gc
import platform
from pathlib import Path

import pytest

from etl.gathering import give_back_memory

PIECES, SIZE = 100_000, 1_000
STATUS = Path("/proc/self/status")


def resident_bytes() -> int:
    """Bytes of memory that the process uses, as the system counts them."""
    line = next(line for line in STATUS.read_text("ascii").splitlines() if line.startswith("VmRSS"))
    return 1024 * int(line.split()[1])


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc" or not STATUS.exists(), reason="other C libraries keep nothing")
def test_memory_freed_below_a_live_object_is_returned_to_the_system():
    pieces = [bytes(SIZE) for _ in range(PIECES)]
    full, last = resident_bytes(), pieces[-1]
    del pieces
    gc.collect()
    before = resident_bytes()
    give_back_memory()
    assert full - resident_bytes() > PIECES * SIZE / 2
    assert resident_bytes() < before
    assert len(last) == SIZE


def test_a_c_library_that_keeps_no_memory_is_not_asked_to_return_it(monkeypatch):
    collected = []
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    monkeypatch.setattr(gc, "collect", lambda: collected.append(1))
    give_back_memory()
    assert collected
