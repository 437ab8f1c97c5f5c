"""The site as files in a store (SeaweedFS), behind the proxy of `deploy/`, before a replica of the newest data."""

import gzip
import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from data import pointer
from data.place import HERE, files, names, read
from data.pointer import POINTER
from tests.browser.conftest import free_port
from tests.data.damages import EARLIER, make_place
from tests.faults.processes import LEAN, ROOT, s3, served, until
from tests.load import proxy

pytestmark = [pytest.mark.long, proxy.WITH_PROXY]
SITE = "s3://atalaya/site"
PAGES = ("home", "country", "pair", "about", "sources")
SMALL = ("--languages", "en", "--areas", "DOM", "HTI", "--pages", *PAGES, "--workers", "1")
LINK = re.compile(r'\s(?:href|src|data-address)="([^"]*)"')
NAME = (HERE / POINTER).read_text("utf-8").strip()


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def got(address: str, **headers: str) -> Answer:
    asked = urllib.request.Request(address, headers={name.replace("_", "-"): text for name, text in headers.items()})  # noqa: S310 - ours
    try:
        with urllib.request.build_opener(NoRedirect).open(asked, timeout=60) as answer:
            return Answer(answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read())
    except urllib.error.HTTPError as error:
        return Answer(error.code, {k.lower(): v for k, v in error.headers.items()}, error.read())


def written(snapshots: str, *more: str) -> str:
    """Write the site of the current snapshot of a place into the store; gives what the command says."""
    words = [sys.executable, "-m", "dashboard", "site", SITE, *SMALL, *more]
    environment = {**os.environ, **LEAN, "ATALAYA_SNAPSHOT": snapshots}
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[str]:
    """The proxy before a replica and a store; the site was written when an earlier snapshot was current, and now."""
    folder = tmp_path_factory.mktemp("store")
    with s3(folder) as (_, settings), pytest.MonkeyPatch.context() as patched:
        for name, value in {**settings, "ATALAYA_CACHE": str(folder / "cache")}.items():
            patched.setenv(name, value)
        (folder / "place").mkdir()
        make_place(folder / "place")
        pointer.turn(str(folder / "place"), EARLIER)
        written(str(folder / "place"), "--keep", "2")
        assert written(str(HERE), "--keep", "2").startswith(SITE)
        port, store = free_port(), urlsplit(settings["AWS_ENDPOINT_URL"]).port
        with served(str(HERE), folder / "log") as server:
            process = proxy.start(folder, port, [server.port], store=store)
            try:
                until(lambda: _open(f"http://127.0.0.1:{port}/readyz"))
                yield f"http://127.0.0.1:{port}"
            finally:
                process.stop()


def _open(address: str) -> bool:
    try:
        return got(address).status == 200
    except OSError:
        return False


def test_the_store_has_the_site_and_both_snapshots(site):
    assert json.loads(read(f"{SITE}/current.json"))["id"] == NAME
    assert set(names(f"{SITE}/s")) == {EARLIER, NAME}
    manifest = json.loads(read(f"{SITE}/manifest.json"))
    own = {name for name in files(SITE) if not name.startswith("s/")} - {"manifest.json", "current.json"}
    assert own == set(manifest["files"])
    assert got(f"{site}/current.json").body == read(f"{SITE}/current.json")


@pytest.mark.parametrize(
    ("path", "kind", "caching"),
    [
        ("files/", "text/html; charset=utf-8", "max-age=300"),
        ("files/en/", "text/html; charset=utf-8", "max-age=300"),
        ("files/en/country/HTI", "text/html; charset=utf-8", "max-age=300"),
        ("files/en/country/HTI.html", "text/html; charset=utf-8", "max-age=300"),
        ("files/en/country/HTI.routes_counted.csv", "text/csv; charset=utf-8", "max-age=300"),
        ("files/manifest.json", "application/json", "max-age=300"),
        ("current.json", "application/json", "no-cache"),
    ],
)
def test_each_file_has_its_type_and_says_how_long_it_may_be_kept(site, path, kind, caching):
    answer = got(f"{site}/{path}")
    assert (answer.status, answer.headers["content-type"]) == (200, kind)
    assert caching in answer.headers["cache-control"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    packed = got(f"{site}/{path}", Accept_Encoding="gzip")
    if len(answer.body) > 1000:
        assert packed.headers["content-encoding"] == "gzip"
        assert gzip.decompress(packed.body) == answer.body


def test_every_link_of_the_site_leads_to_a_file(site):
    """From the first page to all that can be reached, scripts, fonts and pictures too."""
    found, left, kinds = {}, [f"{site}/files/"], {}
    while left:
        address = left.pop()
        if address in found:
            continue
        answer = got(address)
        found[address] = answer.status
        kind = answer.headers["content-type"].partition(";")[0]
        kinds.setdefault(kind, answer.headers)
        if kind == "text/html" and answer.status == 200:
            for link in map(unescape, LINK.findall(answer.text)):
                # The other views of a page are no files of their own.
                one = urldefrag(urljoin(address, link)).url.partition("?")[0]
                left += [one] if one.startswith(f"{site}/") else []
    assert {address for address, status in found.items() if status != 200} == set()
    assert all(address.startswith(f"{site}/files/") for address in found)
    assert len(found) > 40
    assert {"text/html", "text/css", "text/javascript", "text/csv", "image/svg+xml"} <= set(kinds)
    assert "immutable" in kinds["text/css"]["cache-control"]


def test_a_snapshot_that_no_replica_has_is_in_the_store(site):
    for path in ("en/country/HTI.html", "en/country/HTI", "en/country/HTI?year=2019", "en/"):
        answer = got(f"{site}/s/{EARLIER}/{path}")
        assert (answer.status, EARLIER in answer.text) == (200, True)
        assert "files.js" in answer.text
    rows = got(f"{site}/s/{EARLIER}/en/country/HTI.routes_counted.csv")
    assert rows.body == read(f"{SITE}/s/{EARLIER}/en/country/HTI.routes_counted.csv")


@pytest.mark.parametrize(
    ("file", "page"),
    [("sources.csv?find=unodc", "sources?find=unodc"), ("country/HTI.pdf?scene=1", "country/HTI?scene=1")],
)
def test_other_rows_than_those_that_were_written_lead_to_their_page(site, file, page):
    """A store gives the file, whatever is asked of it."""
    answer = got(f"{site}/s/{EARLIER}/en/{file}")
    there = urljoin(site, answer.headers["location"])
    assert (answer.status, there) == (307, f"{site}/s/{EARLIER}/en/{page}")
    document = got(there)
    assert (document.status, EARLIER in document.text, "files.js" in document.text) == (200, True, True)
    assert got(f"{site}/s/{EARLIER}/en/sources.csv").body == read(f"{SITE}/s/{EARLIER}/en/sources.csv")


def test_a_snapshot_of_the_replicas_is_answered_by_them_in_any_view(site):
    answer = got(f"{site}/s/{NAME}/en/region?year=2019")
    assert (answer.status, NAME in answer.text, "files.js" in answer.text) == (200, True, False)


@pytest.mark.parametrize("path", ["en/region?year=2019", "en/country/CRI", "desk/region?lang=en"])
def test_what_neither_has_leads_to_the_view_that_is_shown(site, path):
    gone = EARLIER if "CRI" in path else "f" * 12
    answer = got(f"{site}/s/{gone}/{path}")
    there = urljoin(f"{site}/s/{gone}/{path}", answer.headers["location"])
    assert (answer.status, there) == (307, f"{site}/{path}{'&' if '?' in path else '?'}snapshot={gone}")


def test_what_is_nowhere_is_our_page(site):
    answer = got(f"{site}/files/en/nothing")
    assert (answer.status, "There is no page at this address." in answer.text) == (404, True)
    assert got(f"{site}/store/current.json").status == 404


def test_a_second_run_writes_nothing_again(site):
    before = {name: read(f"{SITE}/{name}") for name in ("index.html", "current.json", "manifest.json")}
    assert "files," in written(str(HERE), "--keep", "2")
    assert {name: read(f"{SITE}/{name}") for name in before} == before
    assert got(f"{site}/files/en/").status == 200
