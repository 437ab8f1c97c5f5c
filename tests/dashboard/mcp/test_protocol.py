"""The server of the tools, asked by a client of the official SDK: on standard input, and stateless over HTTP."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from dashboard import __main__ as entry
from dashboard.mcp import tools
from tests.browser.conftest import ROOT, free_port
from tests.faults.processes import until

PYTHON = ROOT / ".venv-mcp" / "bin" / "python"
WALK = Path(__file__).with_name("walk.py")
ASK = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ping"})

pytestmark = pytest.mark.skipif(not PYTHON.exists(), reason="the SDK is not installed: make mcp")


def walked(where: str) -> dict:
    done = subprocess.run(
        [str(PYTHON), str(WALK), where], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@contextmanager
def serving() -> Iterator[int]:
    port = free_port()
    words = [str(PYTHON), "-m", "dashboard", "mcp", "--http", str(port), "--name", "atalaya.example.org"]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            until(lambda: _status(port, "127.0.0.1") is not None, 60)
            yield port
        finally:
            process.terminate()


def _status(port: int, host: str, body: str = ASK) -> int | None:
    headers = {
        "Host": f"{host}:{port}",
        "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream",
    }
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        try:
            connection.request("POST", "/mcp", body, headers)
        except ConnectionRefusedError:
            return None
        return connection.getresponse().status


def check(walk: dict) -> None:
    assert [tool["name"] for tool in walk["tools"]] == [tool.__name__ for tool in tools.TOOLS]
    assert all(tool["annotations"]["read_only_hint"] and len(tool["description"]) > 100 for tool in walk["tools"])
    assert "never zero" in walk["instructions"]
    *answers, refused, passport = walk["answers"]
    read = [json.loads(one["text"]) for one in (*answers, passport)]
    assert read[0]["rows"][0]["id"] == "HTI"
    assert [(one["rows"][0]["area"], one["rows"][0]["state"]) for one in read[1:3]] == [
        ("BRA", "exact"),
        ("HTI", "no_figure"),
    ]
    assert read[3] == tools.flows("counted", "HTI", "DOM", years="2012") | {"asked": read[3]["asked"]}
    assert read[-1]["facts"][1]["File"] == "data_glotip_2025-10-28.xlsx"
    assert refused["refused"]
    assert "area: no se reconoce «Brasl»; use Brazil (BRA)" in refused["text"]
    assert not any(one["refused"] for one in (*answers, passport))


def test_a_client_walks_every_tool_on_standard_input():
    check(walked("stdio"))


def test_a_client_walks_every_tool_over_http_and_only_under_the_names_of_the_server():
    with serving() as port:
        check(walked(f"http://127.0.0.1:{port}/mcp"))
        assert _status(port, "atalaya.example.org") == 200
        assert _status(port, "elsewhere.example.org") == 421
        assert _status(port, "127.0.0.1", json.dumps({"text": "x" * 20_000})) == 413


def test_without_the_sdk_the_command_says_how_to_install_it(monkeypatch, capsys):
    monkeypatch.setitem(__import__("sys").modules, "mcp", None)
    assert entry.main(["mcp"]) == 1
    assert "Run 'make mcp', which installs what is needed." in capsys.readouterr().err
