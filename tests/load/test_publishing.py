"""A snapshot is published every ten seconds while many read on three replicas: each answer is of one snapshot."""

import asyncio
import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from math import inf
from pathlib import Path

import polars as pl
import pytest

from data import pointer
from tests import threads
from tests.data.damages import EARLIER
from tests.faults.processes import make_home
from tests.load.clients import VERSION, fetched, numbers
from tests.load.cluster import WITH_PROXY, Cluster, cluster
from tests.load.readers import Seen, person, spread

pytestmark = [
    pytest.mark.long,
    WITH_PROXY,
]
# ATALAYA_PROVE_SECONDS=300 and ATALAYA_PROVE_READERS=200 repeat the proof in docs/reliability.md.
SECONDS = float(os.environ.get("ATALAYA_PROVE_SECONDS", "60"))
READERS = int(os.environ.get("ATALAYA_PROVE_READERS", "60"))
# Seconds between two actions of a reader, and between two publications.
EVERY, PUBLISHED = 5.0, 10.0
# Seconds within which a replica shows what is published, on a busy machine: it draws its first views before.
LONGEST, TWICE = 300.0, 2
YEAR = 2019
CANARY = f"/api/v1/observations?indicator=detected_victims&from={YEAR}&to={YEAR}&format=json"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "place"


@pytest.fixture
def name(home: Path) -> str:
    return make_home(home)


@pytest.fixture
def three(home: Path, name: str, tmp_path: Path) -> Iterator[Cluster]:  # noqa: ARG001 - the place has to be made
    with cluster(tmp_path, 3, ATALAYA_SNAPSHOT=str(home), ATALAYA_POLL="0.5") as made:
        yield made


def canary(home: Path, name: str) -> tuple[int, float, bool]:
    """Of a snapshot's file: how many rows the question has, the sum of their figures, and whether Brazil is there."""
    rows = pl.read_parquet(home / name / "observations.parquet").filter(
        (pl.col("indicator") == "detected_victims") & (pl.col("year") == YEAR)
    )
    return rows.height, rows["low"].sum(), "BRA" in rows["area"]


async def _publish(three: Cluster, home: Path, name: str, over: float) -> list[float]:
    """Turn from one snapshot to the other and back; the seconds until every replica showed it, of each turn."""
    took: list[float] = []
    # On a busy machine two of them may take longer.
    while (begun := time.monotonic()) < over or len(took) < TWICE:
        wanted = (EARLIER, name)[len(took) % 2]
        pointer.turn(str(home), wanted)
        while await _shown(three) != {(wanted, None)}:
            assert time.monotonic() - begun < LONGEST, f"{wanted} is not shown"
            await asyncio.sleep(0.2)
        took.append(time.monotonic() - begun)
        await asyncio.sleep(max(EVERY, begun + PUBLISHED - time.monotonic()))
    return took


async def _shown(three: Cluster) -> set[tuple[str, object]]:
    """The snapshot that each replica shows, and its problem."""
    ready = [json.loads((await fetched(port, "/readyz"))[1]) for port in three.ports]
    return {(one["snapshot"], one["problem"]) for one in ready}


async def _ask(port: int, wanted: Mapping[str, tuple[int, float, bool]], asked: list[str], faults: list[str]) -> None:
    """Ask for the canary rows and a document, until cancelled."""
    while True:
        status, body = await fetched(port, CANARY)
        answer = json.loads(body) if status == 200 else {}
        rows = answer.get("rows", [])
        found = len(rows), sum(row["low"] or 0 for row in rows), any(row["area"] == "BRA" for row in rows)
        if found != wanted.get(answer.get("snapshot", "")):
            faults.append(f"{status} {answer.get('snapshot')}: {found}")
        status, body = await fetched(port, "/en/region")
        named = {*VERSION.findall(body.decode())}
        if status != 200 or len(named) != 1 or not named <= wanted.keys():
            faults.append(f"document {status}: {named}")
        asked.append(answer.get("snapshot", ""))
        await asyncio.sleep(0.2)


async def _scene(three: Cluster, home: Path, name: str, seen: Seen, faults: list[str]) -> tuple[list[float], list[str]]:
    """Publish beside readers; the seconds of each publication, and the snapshots of the canary answers."""
    wanted = {one: canary(home, one) for one in (name, EARLIER)}
    asked: list[str] = []
    people = [person(number, three.port, seen, EVERY, inf) for number in range(READERS)]
    beside = [asyncio.create_task(one) for one in (*people, _ask(three.port, wanted, asked, faults))]
    try:
        took = await _publish(three, home, name, time.monotonic() + SECONDS)
    finally:
        for task in beside:
            task.cancel()
        ended = await asyncio.gather(*beside, return_exceptions=True)
    assert [repr(error) for error in ended if not isinstance(error, asyncio.CancelledError)] == []
    return took, asked


def test_no_answer_is_of_two_snapshots_while_many_read_and_new_ones_are_published(
    three: Cluster, home: Path, name: str
):
    assert canary(home, name) != canary(home, EARLIER)
    seen, faults = Seen(), []
    monitors = [f"http://127.0.0.1:{monitor}" for monitor in three.monitors.values()]
    took, asked = threads.run(_scene(three, home, name, seen, faults))
    counted = [dict(numbers(monitor)) for monitor in monitors]
    sys.stdout.write(
        f"\n{READERS} readers, {SECONDS:.0f} s, {len(took)} publications, each shown everywhere after at most "
        f"{max(took):.1f} s: actions {spread(seen.acted)}; {len(asked)} canary answers and documents; "
        f"memory {[round(three.resident(port)) for port in three.ports]} MB\n"
    )
    assert (faults, seen.lost) == ([], [])
    assert [versions for versions in seen.versions if len(versions) != 1] == []
    assert set.union(*seen.versions) == {name, EARLIER}
    assert {*asked} == {name, EARLIER}
    assert sum(value for one in counted for key, value in one.items() if key.startswith("atalaya_errors_total")) == 0
    assert [port for port in three.ports if "Traceback" in three.log(port).read_text("utf-8")] == []
