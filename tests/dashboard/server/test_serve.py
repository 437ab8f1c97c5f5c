"""Starting the server: settings, a socket without delay, one clear line on failure."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from dashboard import __main__, store
from dashboard.server import serve
from data import pointer, shown
from tests.data.damages import EARLIER, make_place
from tests.faults.processes import until

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("path", "expected"), [("", ""), ("/", ""), ("atalaya", "/atalaya"), ("/a.b/c-d/", "/a.b/c-d")]
)
def test_a_path_before_every_address(path, expected):
    assert serve.under(path) == expected


@pytest.mark.parametrize("path", ["a b", "..", "a//b", "é", "a?b", "https://example.org"])
def test_an_invalid_path_gives_a_one_line_error(path, capsys):
    assert __main__.main(["--path", path]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert repr(path) in error


def test_accepted_connections_do_not_wait():
    listener = serve.listen("127.0.0.1", 0)
    with listener, socket.create_connection(listener.getsockname()), listener.accept()[0] as accepted:
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.mark.parametrize("documents", [True, False])
def test_documents_are_made_ahead_unless_the_operator_says_no(monkeypatch, documents):
    made = []
    monkeypatch.setattr(serve, "draw_ahead", lambda _over, *, desk: made.append(desk))
    monkeypatch.setattr(serve, "pack", lambda _stop: None)
    # At its end the block waits for what it has begun.
    with serve.working_ahead(documents=documents, desk=False):
        pass
    assert made == [False] * documents


def test_a_new_snapshot_waits_for_its_documents_a_while_and_the_others_are_made_when_it_is_shown(tmp_path, monkeypatch):
    made = []

    def endless(over, *, desk):  # noqa: ARG001 - called by its name
        made.append((store.snapshot().id, shown.shown().current.id))
        while not over():
            time.sleep(0.01)

    make_place(tmp_path)
    name = pointer.pointer(str(tmp_path)).current
    for setting, value in {"ATALAYA_SNAPSHOT": str(tmp_path), "ATALAYA_POLL": "0.1"}.items():
        monkeypatch.setenv(setting, value)
    for part, value in {"draw_ahead": endless, "pack": lambda _stop: None, "AHEAD": 0.5}.items():
        monkeypatch.setattr(serve, part, value)
    shown.shown.cache_clear()
    try:
        # A server opens it before its threads begin.
        assert shown.shown().current.id == name
        with serve.working_ahead(documents=True, desk=False):
            until(lambda: made, 60)
            pointer.turn(str(tmp_path), EARLIER)
            until(lambda: len(made) == 3, 60)
    finally:
        shown.shown.cache_clear()
    assert made == [(name, name), (EARLIER, name), (EARLIER, EARLIER)]


@pytest.fixture
def taken():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_taken_port_gives_a_one_line_error(taken, capsys):
    assert __main__.main(["--port", str(taken)]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert f"port {taken}" in error
    assert "--port" in error


def test_no_connection_is_accepted_while_pages_are_warmed_up(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]

    def warm_up():
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), 5)
        raise serve.StartError("enough")

    monkeypatch.setattr(serve, "warm_up", warm_up)
    monkeypatch.setattr(serve, "application", lambda: None)
    monkeypatch.setattr(serve, "remove_leftovers", list)
    with pytest.raises(serve.StartError, match="enough"):
        serve.serve("127.0.0.1", port)


def test_an_address_of_another_machine_gives_a_one_line_error(capsys):
    assert __main__.main(["--host", "192.0.2.1", "--port", "0"]) == 1
    assert "192.0.2.1" in capsys.readouterr().err


@pytest.mark.parametrize("content", [None, "no-such-id"])
def test_a_missing_snapshot_gives_a_one_line_error(content, tmp_path, monkeypatch, capsys):
    if content:
        (tmp_path / "current").write_text(content)
    monkeypatch.setenv("ATALAYA_SNAPSHOT", str(tmp_path))
    shown.shown.cache_clear()
    try:
        assert __main__.main(["--port", "0"]) == 1
    finally:
        shown.shown.cache_clear()
    error = capsys.readouterr().err
    assert "snapshot" in error
    assert "python -m etl build" in error
    assert "Traceback" not in error


def test_an_old_python_gives_a_one_line_error(monkeypatch, capsys):
    monkeypatch.setattr("sys.version_info", (3, 9, 2))
    assert __main__.main([]) == 1
    assert "Python 3.11 or later" in capsys.readouterr().err


def test_the_server_of_documents_needs_no_streamlit():
    script = "import sys, dashboard.server.serve as one; one.application(); print('streamlit' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_stopped_server_leaves_no_files_behind(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "dashboard", "--no-desk", "--port", str(port)]
    place = {**os.environ, "TMPDIR": str(tmp_path), "ATALAYA_AHEAD": "no"}
    with subprocess.Popen(command, cwd=ROOT, env=place, stdout=subprocess.PIPE) as process:
        # Printed when the port listens; later connections are answered once the server runs.
        assert process.stdout.readline().startswith(b"Atalaya")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/areas.csv", timeout=60) as answer:
            assert answer.read().count(b"\n") == 36
        assert list(tmp_path.glob("atalaya-*/areas.csv"))
        process.terminate()
        assert process.wait(60) == 0
    assert not list(tmp_path.glob("atalaya-*"))


@pytest.mark.parametrize(
    ("hosts", "host", "public", "said"),
    [
        ((), "0.0.0.0", "", True),  # noqa: S104 - it is not bound
        ((), "::", "", True),
        (("192.0.2.7",), "0.0.0.0", "", False),  # noqa: S104 - as above
        ((), "0.0.0.0", "https://atalaya.example.org", False),  # noqa: S104 - as above
        ((), "192.0.2.7", "", False),
        ((), "127.0.0.1", "", False),
    ],
)
def test_a_server_for_other_machines_that_knows_no_name_says_what_to_add(hosts, host, public, said):
    assert ("--name" in serve.unnamed(hosts, host, public)) is said
    names = serve.names(hosts, host, public)
    assert bool(names) is not said
    assert not {"0.0.0.0", "::"} & set(names)  # noqa: S104 - as above
