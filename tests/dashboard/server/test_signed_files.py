"""The files of what a replica shows, as they were signed, are compared at its address."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from dashboard.server import signed_files
from data import pointer, shown
from data.shown import Shown
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
