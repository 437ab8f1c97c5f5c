"""The memory of a run does not grow with the records, where no pseudonyms are compared."""

import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from tests.etl.cases import invented

ROOT = Path(__file__).parents[3]
PERSONS = 50_000
# A file, or files, of so many times these persons, and how many MB they may take beside those of one file.
MANY = 120
MORE = 400
COUNT = r"""
import re, sys
from pathlib import Path
from etl.cases.counting import count
from etl.cases.records import read
from tests.etl.cases import invented
layout = invented.layout("sul")
count(read([Path(path) for path in sys.argv[1:]], layout, invented.TODAY), layout.values())
print(int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


def peak(paths: list[Path]) -> int:
    """The most memory, in MB, of a process that reads and counts these files."""
    command = [sys.executable, "-c", COUNT, *map(str, paths)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=True)
    return int(done.stdout)


@pytest.mark.long
def test_memory_grows_neither_with_a_file_nor_with_their_number(tmp_path):
    layout = invented.layout("sul")
    cells = invented.printed(invented.persons(PERSONS, layout), layout)
    small, large = tmp_path / "small.parquet", tmp_path / "large.parquet"
    for path, times in ((small, 1), (large, MANY)):
        pl.concat([cells] * times).write_parquet(path, row_group_size=PERSONS)
    few = peak([small])
    assert peak([large]) < few + MORE
    assert peak([small] * MANY) < few + MORE
