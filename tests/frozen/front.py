"""Use the product as readers and programs do: pages, requests, agenda files and commands.

Answers hold ids and numbers only, since the words on the screen may change. Nothing of the product is imported, so its
parts can move without a change here.
"""

import csv
import gzip
import html
import io
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import polars as pl
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent
ADDRESSES = FOLDER / "addresses.json"
ENTRY = ROOT / "dashboard" / "app.py"
NUMBERED = {path.stem.partition("_")[::2]: path for path in (ROOT / "pages").glob("[0-9]*_*.py")}
SCRIPTS = {slug: path for (_, slug), path in sorted(NUMBERED.items(), key=lambda item: int(item[0][0]))}
LONGEST_START, LONGEST_ANSWER = 180, 60
REDIRECTS, MOST_REDIRECTS = {301, 302, 303, 307, 308}, 4

Answer = dict[str, Any]


def current() -> str:
    """The id of the snapshot that is published in this tree."""
    return (ROOT / "data" / "snapshot" / "current").read_text("utf-8").strip()


def digits(text: str) -> list[str]:
    """The numbers in a text, without those in its markup."""
    return re.findall(r"\d+", html.unescape(re.sub(r"<[^>]+>", " ", text)))


# Rows of tables and files.


def rows_of(columns: Iterable[str], rows: int) -> list[Any]:
    """The number of rows, and the names of the columns."""
    return [rows, ", ".join(columns)]


def rows_of_csv(content: bytes) -> list[Any]:
    """The rows of a CSV file."""
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return rows_of(head, len(rows))


def rows_of_parquet(content: bytes) -> list[Any]:
    """The rows of a Parquet file."""
    frame = pl.read_parquet(io.BytesIO(content))
    return rows_of(frame.columns, frame.height)


# Pages.


class Page:
    """A page of the desk as a new visitor sees it at an address."""

    def __init__(self, address: str) -> None:
        url, slug = urlsplit(address), urlsplit(address).path.strip("/")
        self.app = AppTest.from_file(ENTRY, default_timeout=LONGEST_ANSWER)
        if slug not in {"", next(iter(SCRIPTS))}:
            self.app.switch_page(str(SCRIPTS[slug]))
        self.app.query_params.update(dict(parse_qsl(url.query)))
        self.app.run()


class Read(HTMLParser):
    """What a document has: figures, tables with their rows and columns, the values of its controls, files."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.counts: Counter[str] = Counter()
        self.tables: list[list[int]] = []
        self.controls: dict[str, list[str]] = {}
        self.files: dict[str, None] = {}
        self.select = ""
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count one element."""
        given = {name: value or "" for name, value in attrs}
        names = {"h2": "sections", "h3": "headings", "figure": "figures", "details": "parts", "code": "code"}
        if tag in names:
            self.counts[names[tag]] += 1
        if "warning" in given.get("class", "").split():
            self.counts["warnings"] += 1
        if tag == "table":
            self.tables.append([0, 0])
        elif tag == "th" and self.tables:
            self.tables[-1][1] += 1
        elif tag == "tr" and self.tables:
            self.tables[-1][0] += 1
        self._control(tag, given)
        if tag == "a" and "download" in given and "picture/" not in given["href"]:
            self.files[given["href"]] = None

    def _control(self, tag: str, given: dict[str, str]) -> None:
        if tag == "select" and given.get("form") == "view":
            self.select = given["name"]
        chosen = tag == "option" and "selected" in given and self.select
        if chosen:
            self.controls.setdefault(self.select, []).append(given.get("value", ""))
        kind = given.get("type", "") if tag == "input" and given.get("form") == "view" else "hidden"
        if kind != "hidden" and (kind not in {"radio", "checkbox"} or "checked" in given):
            self.controls.setdefault(given["name"], []).append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        """End a list."""
        self.select = "" if tag == "select" else self.select


def page(port: int, address: str) -> Answer:
    """The document at an address, which the server at `port` may lead on; and the rows of its CSV files."""
    there = led(port, address)
    with closing(HTTPConnection("127.0.0.1", port, timeout=LONGEST_ANSWER)) as connection:
        connection.request("GET", urldefrag(there).url)
        response = connection.getresponse()
        status, read = response.status, Read(response.read().decode())
    files = {urljoin(there, name) for name in read.files if urlsplit(name).path.endswith(".csv")}
    return {
        "led": there,
        "status": status,
        "controls": {name: ", ".join(values) for name, values in sorted(read.controls.items())},
        "counts": dict(sorted(read.counts.items())),
        # Without the row of headings.
        "tables": [[rows - 1, columns] for rows, columns in read.tables],
        "files": {urlsplit(name).path: request(port, name).get("rows") for name in sorted(files)},
    }


def agenda(port: int, name: str) -> Answer:
    """How page "Present" answers an agenda file: its status, and what the page then has."""
    edge, content = "frozen", (FOLDER / name).read_bytes()
    head = f'--{edge}\r\nContent-Disposition: form-data; name="agenda"; filename="{name}"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
    kind = {"Content-Type": f"multipart/form-data; boundary={edge}"}
    with closing(HTTPConnection("127.0.0.1", port, timeout=LONGEST_ANSWER)) as connection:
        connection.request("POST", "/en/present", body, kind)
        response = connection.getresponse()
        status, text = response.status, response.read().decode()
    return {"status": status, "counts": dict(sorted(Read(text).counts.items()))}


# Requests.


@contextmanager
def serving() -> Iterator[int]:
    """The server, started by its command; gives its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "dashboard", "--no-desk", "--port", str(port)]
    # It makes documents only when they are asked for.
    settings = {**os.environ, "ATALAYA_AHEAD": "no"}
    with subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL) as process:
        try:
            _wait_until_ready(process, port)
            yield port
        finally:
            process.terminate()
            process.wait(LONGEST_ANSWER)


def _wait_until_ready(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end and process.poll() is None:
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=LONGEST_START)) as connection:
                connection.request("GET", "/readyz")
                connection.getresponse()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the server does not start")


def led(port: int, address: str) -> str:
    """The address that the server leads one on to, perhaps over another one; any other as it is."""
    for _ in range(MOST_REDIRECTS):
        with closing(HTTPConnection("127.0.0.1", port, timeout=LONGEST_ANSWER)) as connection:
            # As a browser: the fragment is not sent.
            connection.request("GET", urldefrag(address).url)
            response = connection.getresponse()
            if response.status not in REDIRECTS:
                break
            address = urljoin(address, response.headers["location"])
    return address


def request(port: int, address: str) -> Answer:
    """The answer to a request: `/path?query`, or `METHOD /path?query`; `{snapshot}` is the published one."""
    method, _, path = address.rpartition(" ")
    with closing(HTTPConnection("127.0.0.1", port, timeout=LONGEST_ANSWER)) as connection:
        connection.request(method or "GET", path.replace("{snapshot}", current()))
        response = connection.getresponse()
        headers, body = response.headers, response.read()
    if headers.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    kind = headers.get_content_type()
    known = {"type": kind, "name": headers.get_filename(), "cache": headers.get("cache-control")}
    answer = {"status": response.status} | {name: value for name, value in known.items() if value is not None}
    if kind == "text/csv":
        answer["rows"] = rows_of_csv(body)
    elif kind == "application/vnd.apache.parquet" and body:
        answer["rows"] = rows_of_parquet(body)
    elif kind == "application/json":
        content = json.loads(body)
        answer |= figure(content) if path.startswith("/figures/") else _document(content)
    return answer


def _document(content: Mapping[str, Any]) -> Answer:
    """The rows of a JSON answer, or the files of a data package, or the names of what there is."""
    if "resources" in content:
        return {"resources": sorted(entry["path"] for entry in content["resources"])}
    if "rows" not in content:
        return {"fields": sorted(content)}
    columns = sorted(content["rows"][0]) if content["rows"] else []
    rows = rows_of(columns, len(content["rows"]))
    sources = sorted(entry["name"] for entry in content["sources"])
    return {"rows": rows, "count": content["count"], "sources": sources, "fields": sorted(content)}


def figure(content: Any) -> Answer:
    """The numbers of a figure: in its heading, description and notes; and in the texts of its marks, axes and labels.

    A text that is on the figure several times counts once, so that it does not matter how marks are packed.
    """
    if not isinstance(content, dict):
        # The ground: outlines without words.
        return {}
    words = content.get("words", [])
    parts = {key: content[key] for key in ("data", "layout", "shapes") if key in content}
    texts = {text for text in _texts(parts, words) if digits(text)}
    around = [value for key, value in content.items() if key not in {*parts, "words"}]
    return {
        "sentences": sorted(digits(text) for text in _strings(around) if digits(text)),
        "marks": len(texts),
    }


# Where a figure has the texts of its marks, labels, axes and titles; `label` is that of a shape which the stage hovers.
TEXTS = {"text", "hovertext", "ticktext", "lands", "label"}


def _texts(value: Any, words: Sequence[str]) -> Iterator[str]:
    """All texts of a figure; a number in the place of a text points into `words`."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _strings(part, words) if key in TEXTS else _texts(part, words)
    elif isinstance(value, list) and value and isinstance(value[0], dict | list):
        for part in value:
            yield from _texts(part, words)


def _strings(value: Any, words: Sequence[str] = ()) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, int) and not isinstance(value, bool) and value < len(words):
        yield words[value]
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item, words)


# Commands.


def command(line: str, place: Path) -> Answer:
    """The exit status of `python -m ...` in an empty folder, and the files that it wrote there."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", *line.split()], cwd=place, env=environment, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    return {"status": done.returncode, "files": sorted(path.name for path in place.iterdir())}
