"""Builds killed at any moment while a server watches: it shows one whole snapshot or the other, never anything else."""

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from data import pointer
from data.place import HERE
from etl.checking import published
from tests.faults.processes import LEAN, ROOT, served, until

pytestmark = pytest.mark.long
KILLS = 30
REPORT = ROOT / "tests" / "etl" / "recorded" / "national_reports" / "report-CRI-2018-v1.json"


def command(home: Path, reports: Path) -> list[str]:
    words = ["build", "national_reports", "--snapshot", str(home), "--reports", str(reports), "--raw", f"{home}-raw"]
    return [sys.executable, "-m", "etl", *words, "--accept", "a test", "--by", "A. Person"]


def test_a_server_shows_whole_snapshots_while_builds_are_killed(tmp_path: Path):
    home, environment = tmp_path / "place", os.environ | LEAN
    environment.pop("ATALAYA_MIRROR", None)
    shutil.copytree(HERE, home)
    reports = [tmp_path / "none", tmp_path / "one"]
    for folder in reports:
        folder.mkdir()
    # Two builds in turn, of snapshots with and without a report: each would move the pointer.
    shutil.copy(REPORT, reports[1] / REPORT.name)
    ids, begun = [], time.monotonic()
    for folder in reports:
        done = subprocess.run(command(home, folder), cwd=ROOT, env=environment, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        ids.append(pointer.pointer(str(home)).current)
    longest, moments, killed, seen = (time.monotonic() - begun) / 2, random.Random(11), 0, set()  # noqa: S311
    assert len(set(ids)) == 2
    with served(str(home), tmp_path / "log") as server:
        for turn in range(3 * KILLS):
            process = subprocess.Popen(
                command(home, reports[turn % 2]), cwd=ROOT, env=environment, stdout=-3, stderr=-3
            )
            started = time.monotonic()
            # Half of the kills fall where files are written.
            try:
                process.wait(moments.uniform(longest * 0.7 if turn % 2 else 0.5, longest))
                longest = min(longest, time.monotonic() - started)
            except subprocess.TimeoutExpired:
                killed += 1
            process.kill()
            process.wait(30)
            current = pointer.pointer(str(home)).current
            assert current in ids
            until(lambda current=current: server.ready()["snapshot"] == current)
            ready = server.ready()
            assert (ready["ready"], ready["problem"], ready["fallback"]) == (True, None, False)
            assert server.get(f"/api/v1/{current}/observations?area=CRI&format=csv")[0] == 200
            assert server.get("/region?lang=en")[0] == 200
            seen.add(current)
            if killed == KILLS:
                break
        assert "Traceback" not in server.log.read_text()
    assert killed == KILLS
    assert seen <= set(ids)
    assert [result for result in published.run(str(home)) if not result.passed] == []
