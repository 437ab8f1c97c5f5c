"""The desk's process: its command, its end with that of the server, its new start when it ends by itself."""

import logging
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from dashboard import __main__, desk
from data.pointer import POINTER
from tests.browser.conftest import free_port
from tests.data.damages import EARLIER, make_place

ROOT = Path(__file__).parents[2]
LONGEST = 120
# A process that says its id in a file and stays; with a second word it does not stop when it is asked to.
STAYS = """
import os, signal, sys, time
if len(sys.argv) > 2:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
with open(sys.argv[1], "a") as ids:
    ids.write(f"{os.getpid()}\\n")
time.sleep(600)
"""


@pytest.fixture
def ids(tmp_path: Path) -> Path:
    return tmp_path / "ids"


def stays(ids: Path, *stubborn: str) -> list[str]:
    return [sys.executable, "-c", STAYS, str(ids), *stubborn]


def started(ids: Path, number: int) -> int:
    """The id of the process that was started as the given one."""
    until(lambda: ids.exists() and ids.read_text().count("\n") >= number)
    return int(ids.read_text().split()[number - 1])


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + LONGEST
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def lives(process: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(process, 0)
        return True
    return False


def test_it_is_streamlit_under_a_path_with_the_settings_of_the_project():
    words = desk.command("127.0.0.1", 8502, "/atalaya")
    assert words[:5] == [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard" / "desk_app.py")]
    assert dict(zip(words[5::2], words[6::2], strict=True)) == {
        "--server.address": "127.0.0.1",
        "--server.port": "8502",
        "--server.baseUrlPath": "atalaya/desk",
        "--server.headless": "true",
        "--browser.gatherUsageStats": "false",
    }
    settings = Path(words[4]).parent / ".streamlit" / "config.toml"
    assert settings.read_text("utf-8") == (ROOT / "streamlit_config.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("host", "base", "address"),
    [
        ("127.0.0.1", "", "http://127.0.0.1:8502/desk/"),
        ("::1", "/a/b", "http://[::1]:8502/a/b/desk/"),
    ],
)
def test_its_address(host: str, base: str, address: str):
    assert desk.address(host, 8502, base) == address


@pytest.mark.parametrize("stubborn", [(), ("stubborn",)])
def test_it_ends_with_the_server(ids: Path, stubborn: tuple[str, ...], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(desk, "GRACE", 1)
    with desk.beside(stays(ids, *stubborn), 8501):
        process = started(ids, 1)
        assert lives(process)
    assert not lives(process)


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit, RuntimeError])
def test_it_ends_however_the_server_ends(ids: Path, end: type[BaseException]):
    def serve() -> None:
        with desk.beside(stays(ids), 8501):
            started(ids, 1)
            raise end

    with pytest.raises(end):
        serve()
    assert not lives(started(ids, 1))


def test_if_it_ends_by_itself_it_is_started_again_after_longer_and_longer_pauses(
    ids: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    for name, seconds in {"LOOK": 0.02, "FIRST_PAUSE": 0.05, "LONGEST_PAUSE": 0.15}.items():
        monkeypatch.setattr(desk, name, seconds)
    caplog.set_level(logging.WARNING, "atalaya.desk")
    with desk.beside(stays(ids), 8501):
        for number in range(1, 5):
            os.kill(started(ids, number), signal.SIGKILL)
        last = started(ids, 5)
    assert not lives(last)
    said = [record.getMessage() for record in caplog.records if record.name == "atalaya.desk"]
    pauses = (0.05, 0.1, 0.15, 0.15)
    assert said == [f"the desk ended with status -9; it is started again after {one} seconds" for one in pauses]


def test_a_server_that_stops_does_not_wait_for_the_pause(ids: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(desk, "LOOK", 0.02)
    begun = time.monotonic()
    with desk.beside(stays(ids), 8501):
        process = started(ids, 1)
        os.kill(process, signal.SIGKILL)
        until(lambda: not lives(process))
    assert time.monotonic() - begun < desk.FIRST_PAUSE
    assert ids.read_text().count("\n") == 1


def test_what_cannot_be_started_is_tried_again_and_ends_with_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr(desk, "FIRST_PAUSE", 0.02)
    caplog.set_level(logging.WARNING, "atalaya.desk")
    with desk.beside([str(tmp_path / "nothing")], 8501):
        until(lambda: "No such file" in caplog.text)


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_the_server_prints_both_addresses_leads_to_the_desk_and_ends_it(stop: signal.Signals):
    port, desk_port = free_port(), free_port()
    command = [sys.executable, "-m", "dashboard", "--port", str(port), "--desk-port", str(desk_port)]
    place = {**os.environ, "ATALAYA_AHEAD": "no"}
    with subprocess.Popen(command, cwd=ROOT, env=place, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            lines = [process.stdout.readline() for _ in range(2)]
            assert lines == [f"Atalaya: http://127.0.0.1:{port}\n", f"The desk: http://127.0.0.1:{desk_port}/desk/\n"]
            until(lambda: answers(f"http://127.0.0.1:{desk_port}/desk/_stcore/health"))
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/desk/region?lang=es", timeout=LONGEST) as answer:
                assert answer.url == f"http://127.0.0.1:{desk_port}/desk/region?lang=es"
            process.send_signal(stop)
            process.wait(LONGEST)
        finally:
            process.kill()
    assert not answers(f"http://127.0.0.1:{desk_port}/desk/_stcore/health")


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=LONGEST) as answer:  # noqa: S310 - ours
            return bool(answer.status == 200)
    except OSError:
        return False


def test_the_desk_alone_is_ended_by_a_signal():
    port = free_port()
    command = [sys.executable, "-m", "dashboard", "desk", "--port", str(port), "--path", "atalaya"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == f"The desk: http://127.0.0.1:{port}/atalaya/desk/\n"
            until(lambda: answers(f"http://127.0.0.1:{port}/atalaya/desk/_stcore/health"))
            assert answers(f"http://127.0.0.1:{port}/readyz")
            process.terminate()
            # After it has closed its sessions it ends as the signal says.
            assert process.wait(LONGEST) == -signal.SIGTERM
        finally:
            process.kill()


# A page of the desk before and after another snapshot is published in its place.
FOLLOWS = """
import sys, time
from pathlib import Path
from streamlit.testing.v1 import AppTest
from dashboard import store
entry, pointer, before, after = sys.argv[1:5]
def foot(name):
    page = AppTest.from_file(entry, default_timeout=120).run()
    return any(name in one.value for one in page.html)
store.keep_up()
assert foot(before) and not foot(after)
Path(pointer).write_text(after)
deadline = time.monotonic() + 120
while not foot(after):
    assert time.monotonic() < deadline
    time.sleep(0.2)
"""


def test_it_shows_a_new_snapshot_as_soon_as_it_is_published(tmp_path: Path):
    name = make_place(tmp_path)
    (tmp_path / POINTER).write_text(EARLIER)
    command = [sys.executable, "-c", FOLLOWS, str(desk.ENTRY), str(tmp_path / POINTER), EARLIER, name]
    place = {**os.environ, "ATALAYA_SNAPSHOT": str(tmp_path), "ATALAYA_POLL": "0.2"}
    subprocess.run(command, cwd=ROOT, env=place, check=True, capture_output=True, timeout=2 * LONGEST)


def test_streamlit_alone_serves_the_same_app_at_the_root(tmp_path: Path):
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(desk.SERVED), "--server.port", str(port)]
    # From any folder: the settings are found beside the script, the address to listen on among them.
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process:
        try:
            until(lambda: answers(f"http://127.0.0.1:{port}/_stcore/health"))
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/region", timeout=LONGEST) as answer:
                assert answer.headers["Content-Type"].startswith("text/html")
            assert not answers(f"http://127.0.0.1:{port}/nothing/_stcore/health")
            process.terminate()
            said, _ = process.communicate(timeout=LONGEST)
        finally:
            process.kill()
    assert "http" not in said


@pytest.mark.parametrize("taken_by", ["another program", "the server itself", "no port"])
def test_a_wrong_port_of_the_desk_gives_a_one_line_error(taken_by: str, capsys: pytest.CaptureFixture[str]):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = free_port()
        chosen = {"another program": other.getsockname()[1], "the server itself": port, "no port": 65_536}[taken_by]
        assert __main__.main(["--port", str(port), "--desk-port", str(chosen)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert f"port {chosen}" in said.err
    assert "--desk-port, or --no-desk" in said.err


@pytest.mark.parametrize(
    ("url", "public", "address"),
    [
        ("http://127.0.0.1:8502/desk/about?lang=es", "", "http://127.0.0.1:8501/es/about"),
        ("http://laptop:8502/atalaya/desk/about", "", "http://laptop:8501/atalaya/es/about"),
        ("http://[::1]:8502/desk/", "", "http://[::1]:8501/es/about"),
        ("http://10.0.0.2:8502/desk/", "https://atalaya.example", "https://atalaya.example/es/about"),
        ("", "", ""),
    ],
)
def test_a_page_of_the_desk_knows_where_its_document_is(monkeypatch, url, public, address):
    monkeypatch.setenv(desk.READING, "8501")
    assert desk.document(url, "es/about", public) == address
    monkeypatch.delenv(desk.READING)
    assert desk.document(url, "es/about", public) == (address if public else "")
