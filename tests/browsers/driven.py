"""Firefox and WebKit as Debian has them, driven by what each speaks itself: WebDriver BiDi and WebDriver."""

import contextlib
import itertools
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import requests
from websockets.sync.client import ClientConnection, connect

from tests.browser.conftest import free_port

# Debian's names of the packages (see the Makefile), and programs that they bring.
PROGRAMS = {"firefox": ("firefox-esr",), "webkit": ("WebKitWebDriver", "Xvfb")}
WINDOW = Path(__file__).with_name("webkit_window.py")
# A slow machine is no failure.
LONGEST = 120
# What WebDriver calls the keys that write nothing.
KEYS = {
    "Tab": "\ue004", "Enter": "\ue007", "Escape": "\ue00c", "Space": " ", "PageUp": "\ue00e", "PageDown": "\ue00f",
    "End": "\ue010", "Home": "\ue011", "ArrowLeft": "\ue012", "ArrowRight": "\ue014",
}  # fmt: skip
# The console of Firefox does not hand out what the content policy refuses; a page learns of it by an event.
REFUSED = "() => addEventListener('securitypolicyviolation', event => console.error('refused:', event.blockedURI))"
# Neither may look outside of this machine.
CAPABILITIES = {
    "proxy": {"proxyType": "manual", "httpProxy": "127.0.0.1:9", "sslProxy": "127.0.0.1:9", "noProxy": ["127.0.0.1"]}
}


def missing(name: str) -> str:
    """Why a browser cannot be driven here; empty if it can."""
    lacking = [program for program in PROGRAMS[name] if not shutil.which(program)]
    if name == "webkit" and not lacking:
        done = subprocess.run(["/usr/bin/python3", "-c", IMPORT], capture_output=True, check=False)
        lacking = ["gir1.2-webkit2-4.1"] if done.returncode else []
    return f"{name} is missing ({', '.join(lacking)}): make browsers" if lacking else ""


IMPORT = "import gi; gi.require_version('WebKit2', '4.1')"


class Driver(Protocol):
    """A browser with one window."""

    def open(self, address: str) -> None:
        """Open an address and wait until it is loaded."""

    def read(self, expression: str) -> Any:
        """The value of an expression in the page, or what its promise resolves to; of what JSON has."""

    def act(self, source: dict[str, Any]) -> None:
        """Do what one source of input does, in WebDriver's words."""

    def resize(self, width: int, height: int) -> None:
        """Give the page a size in pixels."""

    def said(self) -> list[str]:
        """The warnings and errors of the console since the last call."""


def press(driver: Driver, *keys: str) -> None:
    """Press keys, one after the other."""
    codes = [KEYS.get(key, key) for key in keys]
    strokes = [{"type": kind, "value": code} for code in codes for kind in ("keyDown", "keyUp")]
    driver.act({"type": "key", "id": "keys", "actions": strokes})


def point(driver: Driver, x: float, y: float) -> None:
    """Move the pointer to a place in the window."""
    moves = [{"type": "pointerMove", "x": round(x) + step, "y": round(y) + step, "duration": 50} for step in (8, 0)]
    driver.act({"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": moves})


def until(look: Callable[[], Any], what: str) -> Any:
    """Wait until a look finds something, and what it finds.

    Raises:
        AssertionError: it never does, with the words for it.
    """
    deadline = time.monotonic() + LONGEST
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.1)
    raise AssertionError(f"never there: {what}")


def shown(driver: Driver, expression: str) -> Any:
    """Wait until an expression in the page is true, and its value."""
    return until(lambda: driver.read(expression), expression)


def written(file: Path, pattern: str) -> str:
    """Wait for what a program writes once it has started: the part of the pattern in brackets."""
    return str(until(lambda: re.search(pattern, file.read_text(encoding="utf-8")), pattern)[1])


class Firefox:
    """Firefox without a window, by WebDriver BiDi."""

    def __init__(self, line: ClientConnection) -> None:
        self.line, self.numbers = line, itertools.count()
        self.heard: list[dict[str, Any]] = []
        self._ask("session.new", capabilities={"alwaysMatch": CAPABILITIES})
        self._ask("session.subscribe", events=["log.entryAdded"])
        self._ask("script.addPreloadScript", functionDeclaration=REFUSED)
        # Of a new tab the page has the focus, not the field for addresses.
        (first,) = self._ask("browsingContext.getTree")["contexts"]
        self.tab = self._ask("browsingContext.create", type="tab")["context"]
        self._ask("browsingContext.close", context=first["context"])
        self._ask("browsingContext.activate", context=self.tab)

    def _ask(self, method: str, **params: Any) -> Any:
        number = next(self.numbers)
        self.line.send(json.dumps({"id": number, "method": method, "params": params}))
        while (answer := json.loads(self.line.recv(LONGEST))).get("id") != number:
            self.heard.append(answer)
        assert answer["type"] == "success", answer
        return answer["result"]

    def open(self, address: str) -> None:
        self._ask("browsingContext.navigate", context=self.tab, url=address, wait="complete")

    def read(self, expression: str) -> Any:
        code = f"Promise.resolve({expression}).then(value => JSON.stringify(value ?? null))"
        answer = self._ask("script.evaluate", expression=code, target={"context": self.tab}, awaitPromise=True)
        assert answer["type"] == "success", answer
        return json.loads(answer["result"]["value"])

    def act(self, source: dict[str, Any]) -> None:
        self._ask("input.performActions", context=self.tab, actions=[source])

    def resize(self, width: int, height: int) -> None:
        self._ask("browsingContext.setViewport", context=self.tab, viewport={"width": width, "height": height})

    def said(self) -> list[str]:
        self._ask("session.status")
        heard, self.heard = self.heard, []
        entries = [one["params"] for one in heard if one.get("method") == "log.entryAdded"]
        return [f"{one['level']}: {one['text']}" for one in entries if one["level"] in {"warn", "error"}]


class WebKit:
    """WebKit in a window on a screen that nobody sees, by WebDriver."""

    def __init__(self, address: str, console: Path) -> None:
        self.console, self.seen = console, 0
        self.web = requests.Session()
        self.web.trust_env = False
        options = {"webkitgtk:browserOptions": {"binary": str(WINDOW), "args": []}}
        self.address = f"{address}/session"
        self.address += "/" + self._ask("", capabilities={"alwaysMatch": CAPABILITIES | options})["sessionId"]
        self._ask("timeouts", script=LONGEST * 1000)

    def _ask(self, step: str, **content: Any) -> Any:
        answer = self.web.post(f"{self.address}/{step}".rstrip("/"), json=content, timeout=LONGEST)
        assert answer.ok, answer.text
        return answer.json()["value"]

    def open(self, address: str) -> None:
        self._ask("url", url=address)

    def read(self, expression: str) -> Any:
        code = f"Promise.resolve({expression}).then(value => arguments[0](JSON.stringify(value ?? null)))"
        return json.loads(self._ask("execute/async", script=code, args=[]))

    def act(self, source: dict[str, Any]) -> None:
        self._ask("actions", actions=[source])

    def resize(self, width: int, height: int) -> None:
        self._ask("window/rect", width=width, height=height)

    def said(self) -> list[str]:
        lines = self.console.read_text(encoding="utf-8").splitlines()
        new, self.seen = lines[self.seen :], len(lines)
        return [line for line in new if re.search(r"CONSOLE( \w+)? (WARN|ERROR)", line)]


@contextlib.contextmanager
def program(*words: str, **options: Any) -> Iterator[subprocess.Popen[str]]:
    """A program that runs until the block ends; what it started ends with it."""
    running = subprocess.Popen(words, text=True, start_new_session=True, **options)
    try:
        yield running
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGTERM)
        running.wait(LONGEST)


@contextlib.contextmanager
def firefox(folder: Path) -> Iterator[Driver]:
    """Firefox with a new profile in a folder."""
    words = ("firefox-esr", "--headless", "--profile", str(folder), "--remote-debugging-port", "0", "about:blank")
    with (folder / "said").open("w+") as said, program(*words, stdout=said, stderr=said):
        line = written(folder / "said", r"BiDi listening on (ws:\S+)")
        with connect(f"{line}/session", max_size=None, proxy=None) as connection:
            yield Firefox(connection)


def answers(port: int) -> bool:
    """Whether a program listens at a port of this machine."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False


@contextlib.contextmanager
def webkit(folder: Path) -> Iterator[Driver]:
    """WebKit with its files in a folder."""
    port, console = free_port(), folder / "console"
    with (folder / "screen").open("w") as number, console.open("w") as said:
        screen = program("Xvfb", "-displayfd", "1", "-screen", "0", "1920x1200x24", "-nolisten", "tcp", stdout=number)
        with screen:
            display = written(folder / "screen", r"(\d+)\n")
            # Containers allow no sandbox in a sandbox; it opens nothing but pages of this observatory.
            settings = {"DISPLAY": f":{display}", "HOME": str(folder), "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
            words = ("stdbuf", "-oL", "WebKitWebDriver", f"--port={port}")
            with program(*words, env=os.environ | settings, stdout=said, stderr=said):
                until(lambda: answers(port), "WebKitWebDriver")
                yield WebKit(f"http://127.0.0.1:{port}", console)
