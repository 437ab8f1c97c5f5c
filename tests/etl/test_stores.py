"""What builds keep in a store beside snapshots, and copies of places: a store on disk and one with S3's interface."""

import json
from hashlib import sha256

import pytest

from data.place import files, read, remove, write
from data.report import store
from data.snapshot import MANIFEST
from etl import stores
from etl.__main__ import FAILED, OK, UNEXPECTED, main
from etl.errors import PublishError
from tests.etl.fetching.test_freshness import NEWER, serve
from tests.etl.publishers import LEGACY, LISTING
from tests.faults.processes import s3
from tests.faults.test_drill import REPORT


@pytest.fixture(params=["disk", pytest.param("s3", marks=pytest.mark.long)])
def kept(request, tmp_path, monkeypatch):
    """The address of a store; what a machine has of it is elsewhere."""
    monkeypatch.setenv("ATALAYA_CACHE", str(tmp_path / "cache"))
    if request.param == "disk":
        (tmp_path / "kept").mkdir()
        yield f"file://{tmp_path}/kept"
        return
    with s3(tmp_path) as (_, settings):
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        yield "s3://atalaya"


def contents(address):
    return {file: read(f"{address}/{file}") for file in files(address)}


def night(kept):
    words = ("--snapshot", f"{kept}/snapshots", "--raw", f"{kept}/raw", "--reports", f"{kept}/reports")
    return main(["build", *words])


def test_a_build_in_an_empty_container_finds_what_the_night_before_left(httpserver, live, kept, monkeypatch, capsys):
    serve(httpserver, NEWER)
    assert main(["copy", str(live / "raw"), f"{kept}/raw"]) == OK
    write(f"{kept}/reports/{REPORT.name}", REPORT.read_bytes())
    before = files(f"{kept}/raw")
    assert night(kept) == OK
    (new,) = set(files(f"{kept}/raw")) - {*before, "unodc_glotip/receipts.json"}
    receipt = json.loads(read(f"{kept}/raw/unodc_glotip/receipts.json"))[new.partition("/")[2]]
    assert receipt["sha256"] == sha256(read(f"{kept}/raw/{new}")).hexdigest() == sha256(NEWER).hexdigest()
    first = {place: contents(f"{kept}/{place}") for place in ("raw", "reports")}
    # Another machine with nothing of its own, on which the publisher cannot be reached.
    monkeypatch.setenv("ATALAYA_CACHE", str(live / "another"))
    httpserver.clear()
    for path in (LISTING, LEGACY):
        httpserver.expect_request(path).respond_with_data("down", status=503)
    remove(f"{kept}/snapshots/current")
    assert night(kept) == UNEXPECTED
    assert "stale: unodc_glotip, files of an earlier download were used" in capsys.readouterr().err
    shown = read(f"{kept}/snapshots/current").decode().strip()
    manifest = json.loads(read(f"{kept}/snapshots/{shown}/{MANIFEST}"))
    sources = {one["name"]: one for one in manifest["sources"]}
    releases = [one["release"] for one in sources["unodc_glotip"]["releases"]]
    assert releases == ["2025-04-14", "2025-10-28", "2026-08-01"]
    assert [one["file"] for one in sources["national_reports"]["releases"]] == [REPORT.name]
    assert {place: contents(f"{kept}/{place}") for place in first} == first


def test_what_a_build_moved_is_moved_in_the_store_also_after_an_error_and_what_others_added_stays(kept):
    for file in ("a.csv", "b.csv"):
        write(f"{kept}/raw/x/{file}", file.encode())

    def build(folder):
        (folder / "x" / "held").mkdir()
        (folder / "x" / "a.csv").rename(folder / "x" / "held" / "a.csv")
        write(f"{kept}/raw/y/c.csv", b"c")
        raise ValueError("a check failed")

    with pytest.raises(ValueError, match="a check failed"), stores.at_hand(f"{kept}/raw") as at_hand:
        build(at_hand)
    assert contents(f"{kept}/raw") == {"x/b.csv": b"b.csv", "x/held/a.csv": b"a.csv", "y/c.csv": b"c"}


def test_two_builds_of_one_machine_do_not_share_what_is_at_hand(kept):
    write(f"{kept}/raw/x/a.csv", b"a")
    with stores.at_hand(f"{kept}/raw") as folder:
        assert main(["check", "--reports", f"{kept}/raw"]) == FAILED
        assert (folder / "x" / "a.csv").read_bytes() == b"a"


def test_the_reports_of_a_store_are_checked(kept, capsys):
    content = REPORT.read_bytes()
    write(f"{kept}/reports/{REPORT.name}", content.replace(b"2018", b"2019", 1))
    assert main(["check", "--reports", f"{kept}/reports"]) == FAILED
    assert REPORT.name in capsys.readouterr().err
    write(f"{kept}/reports/{REPORT.name}", content)
    with stores.at_hand(f"{kept}/reports") as folder:
        assert [path.name for path in store.paths(folder)] == [REPORT.name]


def test_a_copy_has_every_file_and_writes_no_other_again(tmp_path, kept, capsys):
    for file in ("current", "abc/datapackage.json", "abc/a.parquet", ".lock"):
        write(f"{tmp_path}/place/{file}", file.encode())
    assert main(["copy", f"{tmp_path}/place", f"{kept}/backup"]) == OK
    assert "3 file(s)" in capsys.readouterr().err
    assert files(f"{kept}/backup") == ["abc/a.parquet", "abc/datapackage.json", "current"]
    write(f"{tmp_path}/place/current", b"def")
    assert stores.copy(f"{tmp_path}/place", f"{kept}/backup") == (3, 1)
    assert read(f"{kept}/backup/current") == b"def"
    assert main(["copy", f"{kept}/nothing", f"{tmp_path}/there"]) == FAILED
    assert "there are no files in" in capsys.readouterr().err


def test_the_pointer_is_written_last_and_a_build_meanwhile_is_told(tmp_path, kept, monkeypatch):
    for file in ("current", "abc/datapackage.json", "abc/a.parquet", "zzz/receipts.json"):
        write(f"{tmp_path}/place/{file}", b"1")
    order = []

    def publishing(address, content):
        order.append(address.removeprefix(f"{kept}/"))
        write(address, content)
        write(f"{tmp_path}/place/current", b"2")

    monkeypatch.setattr(stores, "write", publishing)
    with pytest.raises(PublishError, match="meanwhile; copy again"):
        stores.copy(f"{tmp_path}/place", kept)
    assert order == ["abc/a.parquet", "zzz/receipts.json", "abc/datapackage.json", "current"]
