"""Two keys of a store that looks at them (SeaweedFS, with the policies of `deploy/store`): one reads, one writes.

What other makes of stores enforce is not shown here.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data import place, pointer
from data.place import files, names, read, remove, write
from tests.data.damages import EARLIER
from tests.etl.test_pipeline import sample
from tests.faults.processes import s3, served, until
from tests.faults.test_store import PLACE, etl, filled

pytestmark = pytest.mark.long
READ, WRITE = "read", "write"
Use = Callable[[str], None]


@pytest.fixture
def use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Use]:
    """A store that looks at keys; a function with which this process, and those that it starts, take one of them."""
    with s3(tmp_path) as (_, settings):
        for name, value in {**settings, "ATALAYA_CACHE": str(tmp_path / "cache")}.items():
            monkeypatch.setenv(name, value)

        def using(name: str) -> None:
            monkeypatch.setenv("AWS_ACCESS_KEY_ID", name if name in {READ, WRITE} else WRITE)
            monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", name)
            # A connection keeps the key with which it was made.
            place._s3.cache_clear()

        yield using
    place._s3.cache_clear()


def refused(doing: Callable[..., object], *words: object) -> None:
    with pytest.raises(OSError, match=r"ACCESS_DENIED|Access Denied"):
        doing(*words)


def test_the_key_of_replicas_reads_snapshots_and_neither_writes_nor_deletes_nor_reads_downloads(use: Use):
    use(WRITE)
    write(f"{PLACE}/abc/a.parquet", b"a")
    write("s3://atalaya/raw/hti/a.csv", b"a")
    use(READ)
    assert (read(f"{PLACE}/abc/a.parquet"), names(PLACE), files(PLACE)) == (b"a", ["abc"], ["abc/a.parquet"])
    # What is missing is missing, not forbidden: replicas answer 404 for a snapshot that there is not.
    with pytest.raises(FileNotFoundError):
        read(f"{PLACE}/abc/nothing")
    refused(read, "s3://atalaya/raw/hti/a.csv")
    refused(write, f"{PLACE}/current", b"abc\n")
    # More than one part, of which each would be a request.
    refused(write, f"{PLACE}/abc/b.parquet", os.urandom(12_000_000))
    refused(write, f"{PLACE}/abc/a.parquet", b"b")
    refused(remove, f"{PLACE}/abc/a.parquet")
    refused(remove, f"{PLACE}/abc")
    use("no secret of this key")
    with pytest.raises(OSError, match=r"ACCESS_DENIED|SIGNATURE|403"):
        read(f"{PLACE}/abc/a.parquet")
    use(WRITE)
    assert files("s3://atalaya") == ["raw/hti/a.csv", "snapshots/abc/a.parquet"]
    remove(f"{PLACE}/abc")
    remove("s3://atalaya/raw/hti/a.csv")
    assert files("s3://atalaya") == []


def test_a_replica_with_the_key_that_reads_serves_and_follows_what_a_build_publishes(use: Use, tmp_path: Path):
    use(WRITE)
    name = filled(tmp_path / "place")
    use(READ)
    with served(PLACE, tmp_path / "log", ATALAYA_AHEAD="no") as server:
        assert (server.ready()["snapshot"], server.ready()["problem"]) == (name, None)
        assert server.get("/api/v1/observations.csv")[0] == 200
        assert server.get("/en/region")[0] == 200
        assert server.get(f"/s/{'f' * 12}/en/region")[0] == 200
        use(WRITE)
        pointer.turn(PLACE, EARLIER)
        until(lambda: server.ready()["snapshot"] == EARLIER)
        assert server.ready()["problem"] is None
        # A rollback is somebody's who may write.
        use(READ)
        status, text = etl("snapshots", "rollback", name, "--by", "A. Person", "--snapshot", PLACE)
        assert (status, text.count("error: ")) == (1, 1), text
        assert "Access Denied" in text
        assert server.ready()["snapshot"] == EARLIER
        assert "Traceback" not in server.log.read_text()


def test_a_build_with_the_key_that_reads_ends_with_one_line_and_with_the_other_it_publishes(
    use: Use, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("ATALAYA_SNAPSHOT", PLACE)
    words = ("build", "--mirror", str(sample(tmp_path / "first")), "--by", "A. Person")
    use(READ)
    status, text = etl(*words)
    assert (status, text.count("error: "), "Traceback" in text) == (1, 1, False), text
    assert f"the snapshot cannot be written to {PLACE}" in text
    assert "Access Denied" in text
    use(WRITE)
    assert names("s3://atalaya") == []
    status, text = etl(*words)
    assert status == 0, text
    assert pointer.pointer(PLACE).current in names(PLACE)
