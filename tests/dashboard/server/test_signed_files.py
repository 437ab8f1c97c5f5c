"""The files of what a replica shows, as they were signed, are compared at its address."""

import io
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from defusedxml import ElementTree
from PIL import Image
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from dashboard import store
from dashboard.export import cited_view
from dashboard.server import pictures as server_pictures
from dashboard.server import signed_files
from dashboard.stage import pictures
from data import pointer, shown
from data.shown import Shown
from data.snapshot import MANIFEST
from etl import sign_command
from etl.verifying import verify
from tests.dashboard.server.test_api import fetch
from tests.etl.signed_place import SignedPlace


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SignedPlace:
    """A place with a signed snapshot."""
    monkeypatch.setenv("ATALAYA_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("ATALAYA_TRUST", str(tmp_path / "root.json"))
    monkeypatch.delenv(sign_command.KEYS, raising=False)
    made = SignedPlace(tmp_path)
    made.sign(made.first)
    return made


def replica(place: SignedPlace, server: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> Shown:
    """A replica that shows the place, at the address of a server."""
    one = Shown(str(place.home))
    monkeypatch.setattr(shown, "shown", lambda: one)

    def answer(request: Request) -> Response:
        found = fetch(request.path)
        return Response(found.body, found.status)

    server.expect_request(re.compile("/.*")).respond_with_handler(answer)
    return one


def test_a_replica_is_compared_at_its_address(place: SignedPlace, httpserver: HTTPServer, monkeypatch):
    one = replica(place, httpserver, monkeypatch)
    address, trusted = httpserver.url_for(""), place.root.read_bytes()
    # Its tables, its manifest, and the pointer.
    expected = f"{len(one.current.files) + 1} files are as signed by nightly on "
    assert verify(address, trusted).whole
    assert expected in verify(address, trusted).line
    changed = {**one.current.files, "flows.parquet": b"another"}
    monkeypatch.setattr(one, "current", shown.Verified(one.current.root, one.current.id, files=changed))
    assert f"the file {place.first}/flows.parquet is not the signed one" in verify(address, trusted).line


def test_what_waits_is_not_given_away_and_its_end_changes_nothing(place: SignedPlace, httpserver, monkeypatch):
    moment = datetime.now(UTC) + timedelta(hours=1)
    pointer.wait(str(place.home), place.second, moment)
    place.sign(place.second)
    one = replica(place, httpserver, monkeypatch)
    one.check()
    assert one.state().waiting == place.second
    assert signed_files.content(pointer.NEXT) is None
    assert signed_files.content(f"{place.second}/datapackage.json") is None
    assert verify(httpserver.url_for(""), place.root.read_bytes()).whole
    monkeypatch.setattr(one, "_now", lambda: moment)
    one.turn()
    assert one.current.id == place.second
    assert verify(httpserver.url_for(""), place.root.read_bytes()).whole


def test_without_signatures_there_is_nothing(place: SignedPlace, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("ATALAYA_TRUST")
    one = Shown(str(place.home))
    monkeypatch.setattr(shown, "shown", lambda: one)
    assert fetch("/signed/current").status == 404


# What a file says of itself, in the place that its format has for that. A line that is no row would harm programs that
# read CSV: there only the answer says it.
SAYS = {
    "csv": None,
    "xlsx": lambda file: str([*openpyxl.load_workbook(file)["Notes"].values]),
    "parquet": lambda file: pl.read_parquet_metadata(file)["notes"],
    "json": lambda file: str(json.load(file)["notes"]),
    "zip": lambda file: zipfile.ZipFile(file).read("README.md").decode(),
    "png": lambda file: Image.open(file).text["Comment"],
    "svg": lambda file: ElementTree.parse(file).find("{http://www.w3.org/2000/svg}metadata").text,
}


def compared(hashed: str, at: str, sentence: str) -> None:
    """See that each download has the hash of its data version, and says whether that is signed."""
    assert {*cited_view.FORMATS, *server_pictures.KINDS} == SAYS.keys()
    addresses = {f"/en/region.{ending}": says for ending, says in SAYS.items()}
    files = ("observations.parquet", "observations.csv", "boundaries.parquet", "datapackage.json")
    addresses |= {f"/api/v1/{file}": None for file in files}
    for address, says in addresses.items():
        answer = fetch(address)
        assert (answer.headers["atalaya-manifest"], answer.headers["atalaya-signed"]) == (f"sha256:{hashed}", at)
        assert says is None or all(one in says(io.BytesIO(answer.body)) for one in (hashed, sentence)), address
    answer = fetch("/api/v1/observations", "from=2019&to=2019&area=CRI")
    assert answer.headers["atalaya-manifest"] == f"sha256:{hashed}"


def test_each_download_has_the_hash_that_it_is_compared_with():
    compared(store.snapshot().seal, "no", "This data version is not signed")


def test_of_a_signed_data_version_each_download_says_when_it_was_signed(place: SignedPlace, monkeypatch):
    one = Shown(str(place.home))
    monkeypatch.setattr(shown, "shown", lambda: one)
    at = one.current.signed.at
    assert at
    compared(sha256((place.home / place.first / MANIFEST).read_bytes()).hexdigest(), at, "was signed by nightly on ")


def test_a_comment_changes_no_pixel_of_a_picture(monkeypatch: pytest.MonkeyPatch):
    asked = pictures.parse("series", {"area": "CRI"})
    commented = Image.open(io.BytesIO(server_pictures.png(asked)))
    monkeypatch.setattr(server_pictures, "_commented", lambda painted, _comment: painted)
    assert commented.tobytes() == Image.open(io.BytesIO(server_pictures.png(asked))).tobytes()
