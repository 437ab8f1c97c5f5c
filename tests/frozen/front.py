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
import tomllib
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import openpyxl
import pikepdf
import polars as pl
import streamlit as st
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent
ADDRESSES = FOLDER / "addresses.json"
ENTRY = ROOT / "dashboard" / "app.py"
NUMBERED = {path.stem.partition("_")[::2]: path for path in (ROOT / "pages").glob("[0-9]*_*.py")}
SCRIPTS = {slug: path for (_, slug), path in sorted(NUMBERED.items(), key=lambda item: int(item[0][0]))}
WIDGETS = ("selectbox", "multiselect", "slider", "toggle", "number_input", "button_group")
LONGEST_START, LONGEST_ANSWER = 180, 60
REDIRECTS = {301, 302, 303, 307, 308}

Answer = dict[str, Any]


def current() -> str:
    """The id of the snapshot that is published in this tree."""
    return (ROOT / "data" / "snapshot" / "current").read_text("utf-8").strip()


def digits(text: str) -> list[str]:
    """The numbers in a text, without those in its markup."""
    return re.findall(r"\d+", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def digest(value: object) -> str:
    """A short hash of a value."""
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:12]


# Rows of tables and files.


def rows_of(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> list[Any]:
    """The number of rows and a hash of them, whatever the order of rows and columns."""
    order = sorted(range(len(columns)), key=columns.__getitem__)
    cells = sorted([str(row[place]) if row[place] is not None else "" for place in order] for row in rows)
    return [len(cells), digest([sorted(columns), cells])]


def rows_of_csv(content: bytes) -> list[Any]:
    """The rows of a CSV file."""
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return rows_of(head, rows)


def rows_of_parquet(content: bytes) -> list[Any]:
    """The rows of a Parquet file."""
    frame = pl.read_parquet(io.BytesIO(content))
    return rows_of(frame.columns, frame.iter_rows())


def rows_of_excel(content: bytes) -> list[Any]:
    """The rows of the first sheet of a workbook."""
    head, *rows = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    return rows_of([str(name) for name in head], rows)


def rows_of_file(name: str, content: bytes) -> Any:
    """The rows of a file; of an archive those of its CSV files, of an agenda its addresses, of a PDF its pages."""
    kind = name.rpartition(".")[2]
    if kind == "zip":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = sorted(archive.namelist())
            return {member: rows_of_csv(archive.read(member)) if member.endswith(".csv") else None for member in names}
    if kind == "pdf":
        return len(pikepdf.open(io.BytesIO(content)).pages)
    if kind == "toml":
        return [scene["address"] for scene in tomllib.loads(content.decode())["scene"]]
    return {"csv": rows_of_csv, "parquet": rows_of_parquet, "xlsx": rows_of_excel}[kind](content)


# Pages.


class Page:
    """A page as a new visitor sees it at an address, with the files that it offers."""

    def __init__(self, address: str, open_parts: Sequence[str] = ()) -> None:
        """Open an address of today, and the expanders and popovers with the keys in `open_parts`."""
        self.files: dict[str, Any] = {}
        url, slug = urlsplit(address), urlsplit(address).path.strip("/")
        self.app = AppTest.from_file(ENTRY, default_timeout=LONGEST_ANSWER)
        filters = dict(parse_qsl(url.query))
        if slug not in {"", next(iter(SCRIPTS))}:
            self.app.switch_page(str(SCRIPTS[slug]))
        self.app.query_params.update(filters)
        for key in open_parts:
            self.app.session_state[key] = True
        self.run()

    def run(self) -> None:
        """Run the page, and make every file that it offers, as a click on its button does."""
        original, self.files = st.download_button, {}

        def download_button(label: str, data: Any, file_name: str, **options: Any) -> bool:
            content = data() if callable(data) else data
            self.files[file_name] = rows_of_file(file_name, content.encode() if isinstance(content, str) else content)
            return original(label, data, file_name, **options)

        with patch("streamlit.download_button", download_button):
            self.app.run()

    def answer(self) -> Answer:
        """What the page shows."""
        app = self.app
        assert [element.value for element in app.exception] == []
        numbers = sorted(digits(" ".join(element.value for element in app.markdown)))
        return {
            "settled": dict(sorted(app.query_params.items())),
            "filters": self.filters(),
            "figures": len(app.get("plotly_chart")),
            "tables": [_shown(element.value) for element in (*app.dataframe, *app.table)],
            "numbers": [len(numbers), digest(numbers)],
            "boxes": {name: len(app.get(name)) for name in ("warning", "info", "error", "code", "popover")},
            "files": self.files,
        }

    def filters(self) -> Answer:
        """The values of the filters: of those in the address, and of widgets whose key has no dots."""
        keys = (widget.key or "" for name in WIDGETS for widget in self.app.get(name))
        names = {*self.app.query_params, *filter(re.compile("[a-z_]+").fullmatch, keys)}
        return {name: self.app.session_state[name] for name in sorted(names) if name in self.app.session_state}


def page(port: int, address: str, open_parts: Sequence[str] = ()) -> Answer:
    """What a page shows at an address, also an old one, which the server at `port` leads on.

    Of a document, which has to answer, its page in Streamlit is read.
    """
    there = led(port, address)
    code, _, slug = urlsplit(there).path.strip("/").partition("/")
    if slug:
        assert request(port, there)["status"] == 200
        there = f"/{slug}?{urlencode({'lang': code, **dict(parse_qsl(urlsplit(there).query))})}"
    return Page(there, open_parts).answer()


def agenda(name: str) -> Answer:
    """What page "Present" says about an agenda file, and what it shows once the file is accepted."""
    shown = Page("/present?lang=en", ["folded.agenda"])
    shown.app.file_uploader[0].set_value((name, (FOLDER / name).read_bytes(), "application/toml"))
    shown.run()
    messages = [digits(box.value) for box in (*shown.app.warning, *shown.app.info)]
    answer = {"messages": messages, "loaded": shown.answer(), "accepted": None}
    for button in shown.app.button:
        if button.key == "agenda.take":
            button.click()
            shown.run()
            answer["accepted"] = shown.answer()
    return answer


def _shown(frame: Any) -> list[Any]:
    """The numbers of rows and columns of a table on the screen, and a hash of the numbers in its cells."""
    cells = sorted([digits(str(cell)) for cell in row] for row in frame.itertuples(index=False))
    return [*frame.shape, digest(cells)]


# Requests.


@contextmanager
def serving() -> Iterator[int]:
    """The server, started by its command; gives its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "dashboard", "--no-desk", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
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
    """The address that the server leads an old one on to; any other as it is."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=LONGEST_ANSWER)) as connection:
        connection.request("GET", address)
        response = connection.getresponse()
        return urljoin(address, response.headers["location"]) if response.status in REDIRECTS else address


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
    rows = rows_of(columns, ([row[name] for name in columns] for row in content["rows"]))
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
        "marks": [len(texts), digest(sorted(digits(text) for text in texts))],
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
