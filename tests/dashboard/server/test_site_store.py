"""The site in a store: only what has changed is written, the documents last, and as many snapshots stay as are kept."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from dashboard import static
from dashboard.server import site_store

STORE = "s3://bucket/site"


class Store:
    """A store in memory, which notes what is done with it."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.said: dict[str, tuple[str, str]] = {}
        self.written: list[str] = []
        self.broken = ""

    def write(self, address: str, content: bytes, kind: str = "", caching: str = "") -> None:
        if self.broken and address.endswith(self.broken):
            raise OSError(address)
        self.written.append(address.removeprefix(f"{STORE}/"))
        self.files[address] = content
        self.said[address] = (kind, caching)

    def read(self, address: str) -> bytes:
        if address not in self.files:
            raise FileNotFoundError(address)
        return self.files[address]

    def names(self, address: str) -> list[str]:
        return sorted({one.removeprefix(f"{address}/").partition("/")[0] for one in self.files if f"{address}/" in one})

    def remove(self, address: str) -> None:
        self.files = {name: one for name, one in self.files.items() if name != address and f"{address}/" not in name}


@pytest.fixture
def store(monkeypatch):
    one = Store()
    monkeypatch.setattr(site_store, "place", one)
    return one


def site(folder: Path, name: str, day: str, **files: str) -> Path:
    """A folder as `site_command.write` leaves it, with files whose names have `_` for a dot."""
    named = {one.replace("_", "."): text.encode() for one, text in files.items()}
    folder.mkdir()
    for one, content in named.items():
        (folder / one).write_bytes(content)
    about = {"id": name, "created": day}
    hashes = {one: sha256(content).hexdigest() for one, content in named.items()}
    (folder / "manifest.json").write_text(json.dumps({**about, "files": hashes}), "utf-8")
    (folder / "current.json").write_text(json.dumps(about), "utf-8")
    return folder


def test_what_has_changed_is_written_and_what_is_gone_is_removed(store, tmp_path):
    assert site_store.put(site(tmp_path / "a", "a", "1", index_html="1", page_css="1", old_csv="1"), STORE, 0) == 3
    store.written.clear()
    assert site_store.put(site(tmp_path / "b", "b", "2", index_html="2", page_css="1", new_csv="1"), STORE, 0) == 2
    assert store.written == ["new.csv", "index.html", "manifest.json", "current.json"]
    names = {name.removeprefix(f"{STORE}/") for name in store.files}
    assert names == {"index.html", "page.css", "new.csv", "manifest.json", "current.json"}
    assert json.loads(store.read(f"{STORE}/current.json"))["id"] == "b"


def test_so_many_snapshots_stay_as_the_operator_says(store, tmp_path):
    for day, name in enumerate("abcd"):
        site_store.put(site(tmp_path / name, name, str(day), index_html=name), STORE, 2)
    assert store.names(f"{STORE}/s") == ["c", "d"]
    assert store.read(f"{STORE}/s/c/index.html") == b"c"
    # Without the option those that are there stay.
    site_store.put(site(tmp_path / "e", "e", "4", index_html="e"), STORE, 0)
    assert store.names(f"{STORE}/s") == ["c", "d"]


@pytest.mark.parametrize("broken", ["index.html", "page.css", "manifest.json"])
def test_a_store_that_is_lost_keeps_the_site_before(store, tmp_path, broken):
    site_store.put(site(tmp_path / "a", "a", "1", index_html="1", page_css="1"), STORE, 2)
    store.broken = broken
    new = site(tmp_path / "b", "b", "2", index_html="2", page_css="2")
    with pytest.raises(OSError, match="site"):
        site_store.put(new, STORE, 2)
    assert json.loads(store.read(f"{STORE}/current.json"))["id"] == "a"
    store.broken = ""
    site_store.put(new, STORE, 2)
    assert store.read(f"{STORE}/index.html") == store.read(f"{STORE}/s/b/index.html") == b"2"
    assert json.loads(store.read(f"{STORE}/current.json"))["id"] == "b"


@pytest.mark.parametrize(
    ("name", "kind", "caching"),
    [
        ("en/region.html", "text/html; charset=utf-8", "public, max-age=300"),
        ("assets/0123/page.js", "text/javascript; charset=utf-8", static.FOREVER),
        ("assets/0123/sans.woff2", "font/woff2", static.FOREVER),
        ("en/country/HTI.figures.csv", "text/csv; charset=utf-8", "public, max-age=300"),
        ("en/figures/map-1.svg", "image/svg+xml", "public, max-age=300"),
        ("en/country/HTI.pdf", "application/pdf", "public, max-age=300"),
        ("en/sources.parquet", "application/vnd.apache.parquet", "public, max-age=300"),
        ("current.json", "application/json", "no-cache"),
    ],
)
def test_each_file_says_what_it_is_and_how_long_it_may_be_kept(store, tmp_path, name, kind, caching):
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_bytes(b"1")
    site_store._write(tmp_path, STORE, name)
    assert store.said[f"{STORE}/{name}"] == (kind, caching)
