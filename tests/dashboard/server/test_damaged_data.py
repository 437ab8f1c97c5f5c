"""Real processes over damaged data: they end with one line, or use the previous snapshot and say so on every page."""

import html
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dashboard.catalog import pages
from data.i18n import LANGUAGES
from data.pointer import POINTER
from tests.browser.conftest import ROOT, free_port
from tests.data.damages import DAMAGES, EARLIER, halve, make_place

# The others are marked long: a process starts for each.
QUICK = (
    *("a pointer to nothing", "half a manifest"),
    *("half a table", "no table", "a bit of a page"),
)
ENDING = [name if name in QUICK else pytest.param(name, marks=pytest.mark.long) for name in DAMAGES]
SERVE, BRIEFING = ["--port", "0"], ["briefing", "--area", "CRI", "--out"]
# For root, who may read everything: a process that has given up this right.
UNPRIVILEGED = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-all"]
# The words of the notice about a damaged table.
DAMAGED = {"en": "is damaged", "es": "está dañado", "pt": "está danificado", "fr": "est endommagé"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    make_place(tmp_path)
    return tmp_path


@pytest.fixture
def name(home: Path) -> str:
    return (home / POINTER).read_text().strip()


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "dashboard", *words]


def ended(home: Path, words: list[str]) -> tuple[int, str]:
    """The exit status of a process that ends, and what it writes to stderr."""
    place = {**os.environ, "ATALAYA_SNAPSHOT": str(home)}
    done = subprocess.run(words, cwd=ROOT, env=place, capture_output=True, text=True, check=False, timeout=120)
    assert done.stdout == ""
    return done.returncode, done.stderr


@pytest.mark.parametrize("damage", ENDING)
def test_without_a_whole_snapshot_a_process_ends_with_one_line(home: Path, name: str, damage: str):
    DAMAGES[damage].do(home, name)
    fault = DAMAGES[damage].fault(name)
    for folder in {EARLIER} if fault.file.startswith(name) else {EARLIER, name}:
        shutil.rmtree(home / folder)
    line = f"atalaya: no whole snapshot in {home} ({fault}): run 'python -m etl build', or set ATALAYA_SNAPSHOT\n"
    assert ended(home, command(*SERVE)) == (1, line)


def test_a_briefing_without_a_whole_snapshot_ends_with_one_line(home: Path, name: str):
    for folder in (name, EARLIER):
        halve(home / folder / "flows.parquet")
    status, line = ended(home, command(*BRIEFING, str(home / "a.pptx")))
    assert (status, line.count("\n")) == (1, 1)
    assert f"the file {name}/flows.parquet is damaged" in line
    assert not (home / "a.pptx").exists()


def test_a_folder_that_may_not_be_read_ends_with_one_line(home: Path, name: str):
    shutil.rmtree(home / EARLIER)
    (home / name).chmod(0)
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        pytest.skip("root may read every folder, and there is no setpriv to give this right up")
    words = [*UNPRIVILEGED, *command(*SERVE)] if os.geteuid() == 0 else command(*SERVE)
    try:
        status, line = ended(home, words)
    finally:
        (home / name).chmod(0o700)
    assert (status, line.count("\n")) == (1, 1)
    assert f"the file {name}/datapackage.json is unreadable" in line


def test_a_briefing_from_the_snapshot_before_says_so_in_one_line(home: Path, name: str):
    halve(home / name / "flows.parquet")
    place = {**os.environ, "ATALAYA_SNAPSHOT": str(home)}
    words = command(*BRIEFING, str(home / "a.pptx"))
    done = subprocess.run(words, cwd=ROOT, env=place, capture_output=True, text=True, check=True, timeout=300)
    assert done.stderr.startswith(f"atalaya: the file {name}/flows.parquet is damaged; snapshot {EARLIER}, built 2026-")
    assert done.stderr.count("\n") == 1
    assert (home / "a.pptx").exists()


@contextmanager
def served(home: Path) -> Iterator[int]:
    """A server over a place, without a desk, whose stderr goes to the file `log` there; gives its port."""
    port = free_port()
    place = {**os.environ, "ATALAYA_SNAPSHOT": str(home), "ATALAYA_AHEAD": "no"}
    with (
        (home / "log").open("wb") as log,
        subprocess.Popen(
            command("--port", str(port), "--no-desk"), cwd=ROOT, env=place, stdout=subprocess.PIPE, stderr=log
        ) as process,
    ):
        try:
            # Printed when the port listens; later connections are answered once the server runs.
            assert process.stdout
            assert process.stdout.readline().startswith(b"Atalaya"), (home / "log").read_text()
            yield port
        finally:
            process.terminate()
            process.wait(60)


# A page of one row has nothing without a key.
WITHOUT_KEY = [slug for slug, page in pages().items() if not page.named]


def fetched(port: int, path: str) -> tuple[bytes, str | None]:
    """The body of an answer, and the id of its snapshot."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
        return answer.read(), answer.headers["Atalaya-Snapshot"]


def document(port: int, code: str, slug: str) -> str:
    """The document of a page in a language; that of a state or of two where a page is of these."""
    place = "/".join(["" if slug == "home" else slug, *("MEX", "USA")[: len(pages()[slug].path)]])
    return html.unescape(fetched(port, f"/{code}/{place}")[0].decode())


def warned(text: str) -> list[str]:
    """The warnings of a document."""
    return re.findall('<p class="warning"[^>]*>([^<]*)</p>', text)


def foot(text: str) -> str:
    return text.partition("<footer>")[2]


def test_a_fallback_is_told_on_every_page_and_outlives_its_folder(home: Path, name: str):
    DAMAGES["a bit of a page"].do(home, name)
    with served(home) as port:
        log = (home / "log").read_text()
        shutil.rmtree(home)
        ready = json.loads(fetched(port, "/readyz")[0])
        observations, of = fetched(port, "/api/v1/observations.csv")
        answer, _ = fetched(port, "/api/v1/flows?evidence=counted&destination=USA&format=json")
        polygons, _ = fetched(port, "/api/v1/boundaries.parquet")
        documents = {(code, slug): document(port, code, slug) for code in LANGUAGES for slug in WITHOUT_KEY}
    assert re.fullmatch(f"atalaya: the file {name}/observations.parquet is damaged; snapshot {EARLIER}, .*\n", log)
    assert ready == {
        "ready": True,
        "snapshot": EARLIER,
        "created": "2026-01-02T00:00:00Z",
        "age_days": (datetime.now(UTC).date() - date(2026, 1, 2)).days,
        "fallback": True,
        "problem": f"the file {name}/observations.parquet is damaged",
    }
    for (code, _), text in documents.items():
        (notice,) = (one for one in warned(text) if DAMAGED[code] in one)
        assert f"{name}/observations" in notice
        # The version that is shown, and its year, are at the foot.
        assert EARLIER in foot(text)
        assert "2026" in foot(text)
        assert name not in foot(text)
    assert of == EARLIER
    assert b",MEX," in observations
    assert b",BRA," not in observations
    assert json.loads(answer)["rows"]
    assert polygons.startswith(b"PAR1")


@pytest.mark.long
@pytest.mark.parametrize("damage", DAMAGES)
def test_every_damage_is_told_by_monitors_log_and_page(home: Path, name: str, damage: str):
    DAMAGES[damage].do(home, name)
    fault = DAMAGES[damage].fault(name)
    with served(home) as port:
        ready = json.loads(fetched(port, "/readyz")[0])
        text = document(port, "en", "region")
    shown = EARLIER if fault.file.startswith(name) else name
    assert (ready["ready"], ready["snapshot"], ready["fallback"], ready["problem"]) == (True, shown, True, str(fault))
    log = (home / "log").read_text()
    assert log.startswith(f"atalaya: {fault}; snapshot {shown}, ")
    assert log.count("\n") == 1
    assert [fault.file in one for one in warned(text)] == [True]
    assert shown in foot(text)


def test_a_whole_snapshot_is_served_without_a_word(home: Path, name: str):
    with served(home) as port:
        ready = json.loads(fetched(port, "/readyz")[0])
        documents = {slug: document(port, "en", slug) for slug in WITHOUT_KEY}
    assert (home / "log").read_text() == ""
    assert (ready["snapshot"], ready["fallback"], ready["problem"]) == (name, False, None)
    assert {slug: warned(text) for slug, text in documents.items() if warned(text)} == {}
