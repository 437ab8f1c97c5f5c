"""The drill: everything is lost but the backup, the commands of docs/operations.md are given, and the site is the same.

Then a new version of the program replaces one replica after the other under readers. `make drill` runs this file alone
and ends with one line. Where the document starts containers, the drill starts processes; the packages are those that
are installed here.
"""

import asyncio
import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest

from data import pointer
from data.place import _s3, files, read, write
from tests import threads
from tests.data.damages import EARLIER
from tests.deploy.commands import commands
from tests.faults.processes import LEAN, ROOT, Server, make_home, s3, served
from tests.load.clients import LOST, VERSION, fetched
from tests.load.cluster import WITH_PROXY, Cluster, cluster

pytestmark = pytest.mark.long
STORE = "s3://atalaya"
PLACE = f"{STORE}/snapshots"
REPORT = ROOT / "tests" / "etl" / "recorded" / "national_reports" / "report-CRI-2018-v1.json"
LINK = re.compile(r'\s(?:href|src)="([^"]*)"')
# Pages of other sites and of the desk; briefings, which a process beside the server makes in half a minute each.
# Of views with filters those of `FIRST` stand for all.
LEFT_OUT = re.compile(r"^//|^/desk|\.(pdf|pptx)\b|\?")
# How many addresses of the site are compared, and those that are among them.
MOST = int(os.environ.get("ATALAYA_PROVE_PAGES", "80"))
FIRST = ("/en/", "/es/country/GRD", "/en/country/HTI", "/fr/letter/BRA", "/pt/region?year=2019&measure=count")
READERS, TRIES = 8, 3
DONE: list[str] = []


@pytest.fixture(scope="module", autouse=True)
def summary() -> Iterator[None]:
    """The line that a person reads in the end."""
    yield
    sys.stdout.write(f"\nDrill: {'; '.join(DONE) or 'nothing was shown'}.\n")


def step(words: str) -> None:
    """Say what happens now: the drill takes minutes."""
    sys.stdout.write(f"{datetime.now(UTC):%H:%M:%S} {words}\n")
    sys.stdout.flush()


def section(heading: str) -> list[str]:
    """The commands of a section of docs/operations.md that stand in blocks, in their order."""
    text = (ROOT / "docs" / "operations.md").read_text("utf-8")
    inside = text.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    block = "\n".join(line for line in inside.splitlines() if line.startswith("    "))
    assert block, f"the section {heading} has no commands"
    return list(commands(f"\n{block}\n"))


def given(heading: str, folder: Path, backup: Path) -> Path:
    """Give the commands of a section in a folder, as a person does; the folder in which that ends."""
    for command in section(heading):
        words = [word.replace("BACKUP", str(backup)) for word in shlex.split(command)]
        if words[0] == "cd":
            folder /= words[1]
            # Packages are installed from the lock file: see README.md. The drill takes those that are here.
            (folder / ".venv").symlink_to(ROOT / ".venv")
            continue
        done = subprocess.run(
            words, cwd=folder, env=os.environ | LEAN, capture_output=True, text=True, check=False, timeout=600
        )
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        assert "FAIL" not in done.stderr, done.stderr
    return folder


def command(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "etl", *words], cwd=ROOT, check=True, capture_output=True)


def hashes(place: str) -> dict[str, str]:
    """The hash of each file below an address."""
    return {file: hashlib.sha256(read(f"{place}/{file}")).hexdigest() for file in files(place)}


def site(server: Server) -> dict[str, tuple[int, bytes]]:
    """Pages and files of a site by their address: those of `FIRST`, then those to which they lead."""
    found: dict[str, tuple[int, bytes]] = {}
    left = list(FIRST)
    while left and len(found) < MOST:
        path = left.pop(0)
        if path in found:
            continue
        found[path] = answer(server, path, f"127.0.1.{len(found) + 1}")
        if found[path][1][:15].lower() == b"<!doctype html>":
            links = map(unescape, LINK.findall(found[path][1].decode()))
            there = sorted({urldefrag(urljoin(path, link)).url for link in links})
            left += [one for one in there if one.startswith("/") and not LEFT_OUT.search(one)]
    return found


def answer(server: Server, path: str, address: str) -> tuple[int, bytes]:
    """The answer to a client of this address: one that asked for the whole site would come after everybody else."""
    for _ in range(TRIES):
        with suppress(*LOST):
            return threads.run(fetched(server.port, path, address))
    raise TimeoutError(f"{path}: no answer")


@pytest.fixture
def drill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ATALAYA_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("ATALAYA_MIRROR", raising=False)
    return tmp_path


def test_what_was_lost_comes_back_from_its_backup(drill: Path, monkeypatch: pytest.MonkeyPatch):
    backup, empty = drill / "backup", drill / "empty"
    with s3(drill) as (_, settings):
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        step("an empty store; the repository's snapshot is published in it, and a replica serves it")
        command("snapshots", "seed", "--snapshot", PLACE)
        write(f"{STORE}/reports/{REPORT.name}", REPORT.read_bytes())
        write(f"{STORE}/raw/hti/receipts.json", b"{}")
        before = hashes(STORE)
        with served(PLACE, drill / "log", ATALAYA_AHEAD="no") as server:
            seen = site(server)
        step(f"{len(seen)} pages and files are read; the backup is made")
        given("Back up", ROOT, backup)
    step("the store, its copies and the replica are lost; the restore begins in an empty folder")
    # The store is in the memory of its process: it is lost, and so is this machine's own copy.
    shutil.rmtree(drill / "cache")
    _s3.cache_clear()
    with s3(drill) as (_, settings):
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        empty.mkdir()
        folder = given("Restore", empty, backup)
        assert hashes(STORE) == before
        step(f"{len(before)} files of the store are the same; a replica of the restored program serves them")
        with served(PLACE, drill / "log", folder, ATALAYA_AHEAD="no") as server:
            again = site(server)
    assert {status for status, _ in seen.values()} == {200}
    # Nothing has to differ: not even the dates in files, which are those of the data.
    assert again.keys() == seen.keys()
    assert [path for path in seen if again[path] != seen[path]] == []
    DONE.append(
        f"all was lost but the backup; in an empty folder {len(before)} files of the store came back, and {len(seen)} "
        "pages and files of the site, each the same byte by byte"
    )


async def reader(number: int, port: int, over: asyncio.Event, faults: list[str], versions: list[set[str]]) -> None:
    """Open pages with their style sheets, scripts and files, one after the other, until something is over."""
    while not over.is_set():
        page = f"/en/region?year={2008 + (number + len(versions)) % 14}"
        try:
            status, body = await fetched(port, page)
            text = body.decode()
            parts = sorted({urljoin(page, one) for one in map(unescape, LINK.findall(text)) if "assets/" in one})
            statuses = {part: (await fetched(port, part))[0] for part in parts}
        except LOST as error:
            faults.append(f"{page}: {error!r}")
            continue
        versions.append({*VERSION.findall(text)})
        faults += [f"{one}: {found}" for one, found in {page: status, **statuses}.items() if found != 200]
        faults += [f"{page} has no parts"] * (len(parts) < 3)
        await asyncio.sleep(0.5)


async def update(replicas: Cluster, new: Path, home: Path, faults: list[str], versions: list[set[str]]) -> None:
    """Replace one replica after the other, and publish new data when the first one is new."""
    over = asyncio.Event()
    reading = [asyncio.create_task(reader(one, replicas.port, over, faults, versions)) for one in range(READERS)]
    # Replicas that have just started draw every page for the first time, which takes a busy machine very long.
    while len(versions) < 5 * READERS:
        await asyncio.sleep(1)
    replicas.root = new
    for port in replicas.ports:
        step(f"{len(versions)} pages are read; the replica at {port} is replaced")
        await asyncio.to_thread(replicas.stop, port)
        replicas.start(port)
        await asyncio.to_thread(replicas.wait, port)
        if port == replicas.ports[0]:
            pointer.turn(str(home), EARLIER)
        # Both versions answer for some time, as the document says.
        await asyncio.sleep(10)
    over.set()
    await asyncio.gather(*reading)


@WITH_PROXY
def test_an_update_of_one_replica_after_the_other_fails_no_reader(drill: Path):
    home, new = drill / "place", drill / "new"
    name = make_home(home)
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(new)], check=True)
    sheet = new / "dashboard" / "forms" / "html" / "page.css"
    sheet.write_text(f"{sheet.read_text('utf-8')}\n.of-the-new-version {{ color: inherit; }}\n", encoding="utf-8")
    faults, versions = [], []
    with cluster(drill, 2, ATALAYA_SNAPSHOT=str(home), ATALAYA_POLL="0.5", ATALAYA_AHEAD="no") as replicas:
        begun = time.monotonic()
        threads.run(update(replicas, new, home, faults, versions))
        assert [port for port in replicas.ports if "Traceback" in replicas.log(port).read_text("utf-8")] == []
    assert faults == []
    assert [one for one in versions if len(one) != 1] == []
    assert set.union(*versions) == {name, EARLIER}
    DONE.append(
        f"two replicas were updated in turn, with new data in between, in {time.monotonic() - begun:.0f} s: "
        f"{READERS} readers opened {len(versions)} pages, no request failed, no page had two data versions"
    )
