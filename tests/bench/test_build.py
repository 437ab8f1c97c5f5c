"""How long a full build takes from a folder of the publishers' files, and how much memory."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.conftest import Report

ROOT = Path(__file__).parents[2]


@pytest.mark.real
def test_full_build(benchmark, mirror: Path, tmp_path: Path, report: Report):
    command = [sys.executable, "-m", "etl", "build", "--mirror", str(mirror), "--snapshot", str(tmp_path)]

    def build() -> int:
        return subprocess.run(command, cwd=ROOT, check=False, capture_output=True).returncode

    assert benchmark.pedantic(build, rounds=3, iterations=1) == 0
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    benchmark.extra_info["peak memory, MB"] = round(peak)
    report("ETL", "full build from the mirror", f"median {benchmark.stats.stats.median:.1f} s; peak {peak:.0f} MB")
