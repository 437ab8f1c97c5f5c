"""The drill: everything is lost but the backup, the commands of docs/operations.md are given, and the site is the same.

Then, under readers, a new version of the program replaces one replica after the other; a replica is lost, a snapshot is
rolled back, a key that signs is replaced, and the store is lost. `make drill` runs this file alone and ends with one
line. Where the document starts containers, the drill starts processes; the packages are those that are installed here.
"""

import asyncio
import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from html import unescape
from itertools import cycle
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from dashboard import catalog
from data import pointer
from data.i18n import LANGUAGES
from data.place import _s3, files, read, write
from tests import threads
from tests.data.damages import EARLIER
from tests.deploy.commands import commands
from tests.faults.processes import LEAN, ROOT, Server, make_home, s3, served, until
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
# How many addresses of the site are compared: those of `FIRST` (each page in one language, a view, a table), then of
# all to which they lead every so many, by the alphabet.
MOST = int(os.environ.get("ATALAYA_PROVE_PAGES", "80"))
PATHS = {"home": "", "country": "country/HTI", "letter": "letter/BRA", "pair": "pair/ARG/BRA"}
PATHS["passport"] = "passport?table=roles&area=ARG&year=2011&role=transit&source=hti"
FIRST = (
    *(f"/{code}/{PATHS.get(slug, slug)}" for slug, code in zip(catalog.pages(), cycle(LANGUAGES), strict=False)),
    "/pt/region?year=2019&measure=count",
    "/es/country/GRD",
    "/api/v1/datapackage.json",
    "/api/v1/observations.parquet",
)
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


def given(commands: Sequence[str], folder: Path, **names: object) -> Path:
    """Give commands of the document in a folder, as a person does; the folder in which that ends.

    Args:
        names: what a person writes for the names in capitals, such as `BACKUP`.
    """
    for command in commands:
        words = shlex.split(re.sub(r"\b[A-Z]{2,}\b", lambda found: str(names.get(found[0], found[0])), command))
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


def fill() -> None:
    """Publish the repository's snapshot in the empty store, with a report and what downloads leave."""
    command("snapshots", "seed", "--snapshot", PLACE)
    write(f"{STORE}/reports/{REPORT.name}", REPORT.read_bytes())
    write(f"{STORE}/raw/hti/receipts.json", b"{}")


def hashes(place: str) -> dict[str, str]:
    """The hash of each file below an address."""
    return {file: hashlib.sha256(read(f"{place}/{file}")).hexdigest() for file in files(place)}


def site(server: Server) -> tuple[dict[str, tuple[int, bytes]], int]:
    """Pages and files of a site by their address (`FIRST`), and of how many they are a part."""
    found = {path: answer(server, path, f"127.0.1.{number}") for number, path in enumerate(FIRST, 1)}
    there = set[str]()
    for path, (_, body) in found.items():
        if body[:15].lower() == b"<!doctype html>":
            there |= {urldefrag(urljoin(path, link)).url for link in map(unescape, LINK.findall(body.decode()))}
    left = sorted(one for one in there - found.keys() if one.startswith("/") and not LEFT_OUT.search(one))
    for number, path in enumerate(left[:: max(1, len(left) // (MOST - len(FIRST)))], len(FIRST) + 1):
        found[path] = answer(server, path, f"127.0.{1 + number // 200}.{1 + number % 200}")
    return found, len(FIRST) + len(left)


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
        fill()
        before = hashes(STORE)
        with served(PLACE, drill / "log", ATALAYA_AHEAD="no") as server:
            seen, all_there = site(server)
        step(f"{len(seen)} of {all_there} pages and files are read; the backup is made")
        given(section("Back up"), ROOT, BACKUP=backup)
    step("the store, its copies and the replica are lost; the restore begins in an empty folder")
    # The store is lost with its process, and so is this machine's own copy.
    shutil.rmtree(drill / "cache")
    _s3.cache_clear()
    with s3(drill) as (_, settings):
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        empty.mkdir()
        folder = given(section("Restore"), empty, BACKUP=backup)
        assert hashes(STORE) == before
        step(f"{len(before)} files of the store are the same; a replica of the restored program serves them")
        with served(PLACE, drill / "log", folder, ATALAYA_AHEAD="no") as server:
            again, _ = site(server)
    # Some addresses lead on.
    assert {path: status for path, (status, _) in seen.items() if status not in {200, 307}} == {}
    # Nothing has to differ: not even the dates in files, which are those of the data.
    assert again.keys() == seen.keys()
    assert [path for path in seen if again[path] != seen[path]] == []
    DONE.append(
        f"all was lost but the backup; in an empty folder all {len(before)} files of the store came back, and of the "
        f"site {len(seen)} of {all_there} pages and files were compared, each the same byte by byte"
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
        # What the proxy says of a replica that was lost has no version; it is among the faults.
        if status == 200:
            versions.append({*VERSION.findall(text)})
        faults += [f"{one}: {found}" for one, found in {page: status, **statuses}.items() if found != 200]
        faults += [f"{page} has no parts"] * (len(parts) < 3)
        await asyncio.sleep(0.5)


async def under_readers(
    replicas: Cluster, work: Callable[[], None], faults: list[str], versions: list[set[str]]
) -> None:
    """Do some work on replicas while readers open pages."""
    over = asyncio.Event()
    reading = [asyncio.create_task(reader(one, replicas.port, over, faults, versions)) for one in range(READERS)]
    try:
        # Replicas that have just started draw every page for the first time, which takes a busy machine very long.
        while len(versions) < 5 * READERS:
            await asyncio.sleep(1)
        await asyncio.to_thread(work)
    finally:
        over.set()
        await asyncio.gather(*reading)


def update(replicas: Cluster, new: Path, home: Path) -> None:
    """Replace one replica after the other, and publish new data when the first one is new."""
    replicas.root = new
    for port in replicas.ports:
        step(f"the replica at {port} is replaced")
        replicas.stop(port)
        replicas.start(port)
        replicas.wait(port)
        if port == replicas.ports[0]:
            pointer.turn(str(home), EARLIER)
        # Both versions answer for some time, as the document says.
        time.sleep(10)


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
        threads.run(under_readers(replicas, lambda: update(replicas, new, home), faults, versions))
        assert [port for port in replicas.ports if "Traceback" in replicas.log(port).read_text("utf-8")] == []
    assert faults == []
    assert [one for one in versions if len(one) != 1] == []
    assert set.union(*versions) == {name, EARLIER}
    DONE.append(
        f"two replicas were updated in turn, with new data in between, in {time.monotonic() - begun:.0f} s: "
        f"{READERS} readers opened {len(versions)} pages, no request failed, no page had two data versions"
    )


def shown(replicas: Cluster, snapshot: str, problem: str | None = None) -> None:
    """Wait until every replica shows a snapshot, and names a problem or none."""
    expected = {"snapshot": snapshot, "problem": problem}
    for port in replicas.ports:
        until(lambda port=port: expected.items() <= json.loads(threads.run(fetched(port, "/readyz"))[1]).items())


def lose_a_replica(replicas: Cluster) -> None:
    """Kill one replica, and start it again as Compose and Kubernetes do."""
    step("a replica is lost, and started again")
    replicas.kill(replicas.ports[0])
    time.sleep(10)
    replicas.start(replicas.ports[0])
    replicas.wait(replicas.ports[0])
    shown(replicas, EARLIER)


def roll_back(replicas: Cluster, keys: Path, name: str) -> None:
    """Go back to a snapshot, and sign it."""
    step("the data are rolled back, and signed")
    given(section("Roll back"), keys, ID=name, NAME="Operator")
    given([".venv/bin/python -m etl sign snapshot ID --trust root.json --key nightly"], keys, ID=name)
    shown(replicas, name)


def replace_a_key(replicas: Cluster, keys: Path, name: str) -> None:
    """Replace the key of the nightly job and a publisher's: the old one signs nothing more."""
    step("the key of the nightly job and a publisher's are replaced")
    given(section("Replace a key"), keys, ID=name)
    shown(replicas, name)
    again = [sys.executable, "-m", "etl", "sign", "renew", "--trust", "root.json", "--key"]
    statuses = [subprocess.run([*again, key], cwd=keys, check=False).returncode for key in ("nightly", "nightly2")]
    assert statuses == [1, 0]


def renew(replicas: Cluster, keys: Path) -> None:
    """A night passes after the backup: the signatures are renewed, and all replicas have accepted that."""
    given([".venv/bin/python -m etl sign renew --trust root.json --key nightly2"], keys)
    newest = read(f"{PLACE}/metadata/timestamp.json")
    for port in replicas.ports:
        until(lambda port=port: threads.run(fetched(port, "/signed/metadata/timestamp.json"))[1] == newest)


def lose_the_store(replicas: Cluster, store: subprocess.Popen[bytes], name: str) -> None:
    """Kill the store, which has everything in its memory."""
    step("the store is lost; the replicas go on")
    store.kill()
    store.wait(30)
    shown(replicas, name, "the file metadata/timestamp.json is unreadable")


@WITH_PROXY
def test_a_lost_replica_a_rollback_a_replaced_key_and_a_lost_store(drill: Path, monkeypatch: pytest.MonkeyPatch):
    backup, faults, versions = drill / "backup", [], []
    make_home(drill / "place")
    with ExitStack() as stack:
        store, settings = stack.enter_context(s3(drill))
        for setting, value in {**settings, "ATALAYA_SNAPSHOT": PLACE}.items():
            monkeypatch.setenv(setting, value)
        fill()
        name = pointer.pointer(PLACE).current
        command("copy", f"{drill}/place/{EARLIER}", f"{PLACE}/{EARLIER}")
        pointer.turn(PLACE, EARLIER, "Operator")
        step("two snapshots are in a store; the one that lacks a state is shown, and signed")
        clone = [f"git clone --quiet {ROOT} keys", "cd keys"]
        keys = given([*clone, *section("Signatures")], drill, PLACE=PLACE, ID=EARLIER)
        own = {"ATALAYA_TRUST": str(keys / "root.json"), "ATALAYA_POLL": "0.5", "ATALAYA_AHEAD": "no"}
        replicas = stack.enter_context(cluster(drill, 2, **own))

        def work() -> None:
            lose_a_replica(replicas)
            lost.extend(faults)
            roll_back(replicas, keys, name)
            replace_a_key(replicas, keys, name)
            given(section("Back up"), ROOT, BACKUP=backup)
            before.update(hashes(STORE))
            renew(replicas, keys)
            lose_the_store(replicas, store, name)
            step("the store is restored, where it was")
            stack.enter_context(s3(drill, urlsplit(settings["AWS_ENDPOINT_URL"]).port or 0))
            # The first two commands are for a machine that has nothing.
            given(section("Restore")[2:], keys, BACKUP=backup)
            assert hashes(STORE) == before
            shown(replicas, name, "the file metadata/timestamp.json is older than one seen before")
            given([".venv/bin/python -m etl sign snapshot ID --trust root.json --key nightly2"], keys, ID=name)
            shown(replicas, name)

        lost: list[str] = []
        before: dict[str, str] = {}
        threads.run(under_readers(replicas, work, faults, versions))
    # What a killed process was about to answer is lost: of each reader one page or what belongs to it.
    assert len(lost) <= READERS
    assert faults[len(lost) :] == []
    assert {frozenset(one) for one in versions} == {frozenset({name}), frozenset({EARLIER})}
    DONE.append(
        f"under {READERS} readers a replica was lost ({len(lost)} of their requests with it), the data were rolled "
        f"back, keys that sign were replaced and the store was lost, restored and signed: {len(versions)} pages read"
    )
