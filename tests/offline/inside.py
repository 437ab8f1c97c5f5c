"""Run in a network namespace of its own: `python -m tests.offline.inside FOLDER CHROMIUM PYTHON PAGES`.

Starts the unpacked archive as a person would, opens every page in every language by its link, and a page of the desk,
writes two briefings, and reports what it saw as JSON. PAGES is a JSON file: the words of the link to each page, by
language and slug.
"""

import errno
import fcntl
import json
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Page, expect, sync_playwright

from tests.browser.conftest import FLAGS, LONGEST, WIDE, settled

GET_FLAGS, SET_FLAGS, UP = 0x8913, 0x8914, 0x1
# Addresses that belong to nobody (RFC 5737, RFC 3849); with any route at all they would not be "unreachable".
OUTSIDE = [(socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")]
# Seconds that the desk may take to start for the first time on a busy machine, and the status until then.
DESK_START, STARTING = 240, 503
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


def loopback_up() -> None:
    """A new namespace has a loopback that is down; raise it (`struct ifreq`: a name and its flags)."""
    with socket.socket() as any_socket:
        query = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(any_socket, GET_FLAGS, query))[1]
        fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sh14x", b"lo", flags | UP))


def reachable_addresses() -> list[str]:
    """Outside addresses that answer, or fail for another reason than a missing route: none if the network is cut."""
    problems = []
    for family, address in OUTSIDE:
        with socket.socket(family) as probe:
            probe.settimeout(2)
            code = probe.connect_ex((address, 80))
        if code not in {errno.ENETUNREACH, errno.EADDRNOTAVAIL}:
            problems.append(f"{address}: {errno.errorcode.get(code, 'answers')}")
    routes = Path("/proc/net/route").read_text("ascii").splitlines()[1:]
    return problems + [f"a route by {line.split()[0]}" for line in routes]


class Start:
    """One start of the folder, up to the sentence with its address; `output` is everything written until then."""

    def __init__(self, folder: Path, python: str) -> None:
        began = time.monotonic()
        variables = {**os.environ, "ATALAYA_PYTHON": python, "LANG": "C.UTF-8"}
        command = ["sh", "start.sh", "--silent"]
        self.process = subprocess.Popen(command, cwd=folder, env=variables, stdout=subprocess.PIPE, text=True)
        self.output, self.address = "", ""
        for line in self.process.stdout or ():
            self.output += line
            if "ready" in line and (match := ADDRESS.search(line)):
                self.address = match[0]
                break
        self.seconds = time.monotonic() - began

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


def open_pages(page: Page, address: str, code: str, links: dict[str, str]) -> None:
    """Open the first page by its address, the others by their links, as one does in a meeting."""
    page.goto(f"{address}/?lang={code}")
    for slug, words in links.items():
        page.get_by_role("link", name=words, exact=True).first.click()
        page.wait_for_url(f"{address}/{code}/{'' if slug == 'home' else slug}*")
        settled(page)
        expect(page.locator("h1")).to_have_count(1)


def open_desk(page: Page, address: str, code: str) -> None:
    """Open a page of the desk by its address, which leads to the desk's own port."""
    desk, last = f"{address}/desk/region?lang={code}", time.monotonic() + DESK_START
    # It starts beside the documents and more slowly; until then the answer says that it does not answer.
    while page.request.get(desk, max_redirects=0).status == STARTING:
        assert time.monotonic() < last, f"the desk does not answer within {DESK_START} s"
        page.wait_for_timeout(500)
    page.goto(desk)
    # The first run of a page reads the whole program.
    page.locator("h1").wait_for(timeout=5 * LONGEST)
    assert not page.url.startswith(address)


def open_all_pages(start: Start, chromium: str, pages: dict[str, dict[str, str]]) -> dict[str, list[str]]:
    """Open every page, and one of the desk, in every language: errors of the console, requests to other addresses."""
    faults: dict[str, list[str]] = {"console": [], "outside": []}

    def listen(message: ConsoleMessage) -> None:
        # Streamlit looks for its own addresses below each path until it finds them.
        if message.type == "error" and "/_stcore/" not in message.location.get("url", ""):
            faults["console"].append(f"{message.text} ({message.location.get('url')})")

    # The desk has a port of its own.
    known = (start.address.rpartition(":")[0], "data:", "blob:")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        page = browser.new_context(viewport=WIDE, locale="en-GB").new_page()
        page.set_default_timeout(LONGEST)
        page.on("console", listen)
        page.on("pageerror", lambda error: faults["console"].append(str(error)))
        page.on("request", lambda request: request.url.startswith(known) or faults["outside"].append(request.url))
        for code, links in pages.items():
            open_pages(page, start.address, code, links)
            open_desk(page, start.address, code)
        browser.close()
    return faults


def write_briefings(folder: Path) -> dict[str, str]:
    """The first bytes of a briefing of each kind, made by what was installed."""
    (python,) = (folder / "env").glob("*/bin/python")
    made = {}
    for kind in ("pptx", "pdf"):
        file = folder / f"briefing.{kind}"
        command = [
            python,
            "-m",
            "dashboard",
            "briefing",
            "--area",
            "CRI",
            "--lang",
            "es",
            "--format",
            kind,
            "--out",
            file,
        ]
        subprocess.run(command, cwd=folder / "program", check=True, stdout=subprocess.DEVNULL)
        made[kind] = file.read_bytes()[:4].decode("ascii")
    return made


def main(folder: str, chromium: str, python: str, pages: str) -> None:
    """Two starts: the first opens all pages, the second only has to become ready."""
    loopback_up()
    report: dict[str, object] = {"reached": reachable_addresses()}
    first = Start(Path(folder), python)
    try:
        report |= open_all_pages(first, chromium, json.loads(Path(pages).read_text("utf-8")))
        report["briefings"] = write_briefings(Path(folder))
    finally:
        report["status"] = first.end()
    second = Start(Path(folder), python)
    second.end()
    report |= {"first": first.output, "second": second.output, "seconds": [first.seconds, second.seconds]}
    sys.stdout.write(json.dumps(report))


if __name__ == "__main__":
    main(*sys.argv[1:])
