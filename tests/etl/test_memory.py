import gc
import platform
from pathlib import Path

import pytest

from etl.gathering import give_back_memory

PIECES, SIZE = 100_000, 1_000
STATUS = Path("/proc/self/status")


def held() -> int:
    """Bytes of memory that the process holds, as the system counts them."""
    line = next(line for line in STATUS.read_text("ascii").splitlines() if line.startswith("VmRSS"))
    return 1024 * int(line.split()[1])


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc" or not STATUS.exists(), reason="other C libraries keep nothing")
def test_what_was_freed_below_a_piece_that_lives_on_goes_back_to_the_system():
    pieces = [bytes(SIZE) for _ in range(PIECES)]
    full, last = held(), pieces[-1]
    del pieces
    gc.collect()
    kept = held()
    give_back_memory()
    assert full - held() > PIECES * SIZE / 2
    assert held() < kept
    assert len(last) == SIZE
