"""No damaged snapshot is opened: the newest whole one beside it is, or none."""

import random
import shutil
from pathlib import Path

import polars as pl
import pytest

from data import copies, pointer, verified
from data.contract import SCHEMAS
from data.place import HERE
from data.pointer import POINTER
from data.snapshot import BOUNDARIES, MANIFEST, Snapshot, SnapshotError, parsed
from data.verified import FaultError, SnapshotFault, open_whole
from tests.data.damages import DAMAGES, EARLIER, flip, halve, make_place
from tests.sealing import seal

FLIPS, MANIFEST_FLIPS = 600, 300
TABLES = [f"{table}.parquet" for table in sorted({*SCHEMAS, BOUNDARIES})]


@pytest.fixture(autouse=True)
def _without_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verified, "PAUSE", 0)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    make_place(tmp_path)
    return tmp_path


@pytest.fixture
def name(home: Path) -> str:
    return (home / POINTER).read_text().strip()


def test_a_whole_snapshot_is_opened_with_all_its_rows(home: Path, name: str):
    opened = open_whole(str(home))
    assert (opened.id, opened.fault, opened.warning) == (name, None, "")
    raw = Snapshot.open(str(HERE))
    assert {*opened.files} == {MANIFEST, *TABLES}
    assert all(opened.table(table).collect().equals(raw.table(table).collect()) for table in SCHEMAS)
    assert opened.boundaries().equals(raw.boundaries())


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_snapshot_gives_way_to_the_one_before(home: Path, name: str, damage: str):
    DAMAGES[damage].do(home, name)
    opened = open_whole(str(home))
    expected = DAMAGES[damage].fault(name)
    assert opened.fault == expected
    # Without the pointer, or with a wrong one, the newest is the current one itself.
    untouched = not expected.file.startswith(name)
    assert opened.id == (name if untouched else EARLIER)
    assert ("BRA" in opened.table("observations").collect()["area"]) == untouched
    assert opened.warning.startswith(f"the file {expected.file} is {expected.reason}; snapshot {opened.id}, built 20")


@pytest.mark.parametrize("damage", [name for name, damage in DAMAGES.items() if damage.file.startswith("{id}")])
def test_without_another_snapshot_a_damaged_one_is_refused(home: Path, name: str, damage: str):
    shutil.rmtree(home / EARLIER)
    DAMAGES[damage].do(home, name)
    with pytest.raises(SnapshotError) as error:
        open_whole(str(home))
    assert str(DAMAGES[damage].fault(name)) in str(error.value)
    assert str(error.value).endswith("run 'python -m etl build', or set ATALAYA_SNAPSHOT")
    assert len(str(error.value).splitlines()) == 1


def test_the_newest_whole_snapshot_is_chosen(home: Path, name: str):
    for month, other in enumerate(("1" * 12, "2" * 12, "3" * 12), start=3):
        shutil.copytree(home / EARLIER, home / other)
        seal(home / other, id=other, created=f"2026-0{month}-02T00:00:00Z")
    shutil.copytree(home / ("1" * 12), home / ".staging-444444444444-1")
    halve(home / ("3" * 12) / "vintages.parquet")
    halve(home / name / "vintages.parquet")
    assert open_whole(str(home)).id == "2" * 12


def test_no_place_at_all_is_refused(tmp_path: Path):
    with pytest.raises(SnapshotError, match=r"no whole snapshot in .*the file current is missing"):
        open_whole(str(tmp_path / "nowhere"))


def flips(folder: Path, files: list[str], count: int) -> list[tuple[Path, int, int]]:
    """Random bits of files, in proportion to their sizes but at least ten in each."""
    chance = random.Random(1717)  # noqa: S311 - not for secrets
    sizes = {file: (folder / file).stat().st_size for file in files}
    most = sorted(chance.choices(files, weights=[*sizes.values()], k=count - 10 * len(files)) + files * 10)
    return [(folder / file, chance.randrange(sizes[file]), chance.randrange(8)) for file in most]


def test_no_flipped_bit_of_any_table_is_served(home: Path, name: str):
    bits = flips(home / name, TABLES, FLIPS)
    assert len(bits) == FLIPS
    for path, place, bit in bits:
        whole = path.read_bytes()
        flip(path, place, bit)
        with pytest.raises(FaultError) as error:
            verified.verified(str(home), name)
        assert error.value.fault == SnapshotFault(f"{name}/{path.name}", "damaged"), (place, bit)
        path.write_bytes(whole)
    assert verified.verified(str(home), name).id == name


def test_no_flipped_bit_of_a_manifest_changes_what_is_read(home: Path, name: str):
    path = home / name / MANIFEST
    whole = path.read_bytes()
    content, seen = parsed(whole), 0
    for _, place, bit in flips(home / name, [MANIFEST], MANIFEST_FLIPS):
        flip(path, place, bit)
        try:
            # A space may become another sign without meaning, but nothing that is read may change.
            assert verified.verified(str(home), name).manifest == content, (place, bit)
        except FaultError as error:
            seen += error.fault == SnapshotFault(f"{name}/{MANIFEST}", "damaged")
        path.write_bytes(whole)
    assert seen > MANIFEST_FLIPS * 0.9


def test_what_was_opened_outlives_its_folder(home: Path, name: str):
    opened = open_whole(str(home))
    shutil.rmtree(home)
    assert (
        opened.table("flows").select(pl.len()).collect().item() == open_whole(str(HERE)).table("flows").collect().height
    )
    assert opened.boundaries().shape[0] > 0
    assert opened.manifest["id"] == name


def test_a_snapshot_that_is_being_replaced_is_read_again(home: Path, name: str, monkeypatch: pytest.MonkeyPatch):
    path = home / name / "roles.parquet"
    whole = path.read_bytes()
    halve(path)
    monkeypatch.setattr(verified, "PAUSE", 1)
    monkeypatch.setattr(verified.time, "sleep", lambda seconds: seconds and path.write_bytes(whole))
    assert (open_whole(str(home)).id, open_whole(str(home)).fault) == (name, None)


@pytest.fixture
def address(home: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> str:
    """The same place as an address: read as an object store is, through pyarrow, with a scheme without a network."""
    monkeypatch.setenv("ATALAYA_CACHE", str(tmp_path_factory.mktemp("cache")))
    return home.as_uri()


def test_an_address_is_read_as_a_folder_is(home: Path, name: str, address: str, monkeypatch: pytest.MonkeyPatch):
    assert open_whole(address).id == Snapshot.open(address).id == name
    halve(home / name / "flows.parquet")
    # The copy on this machine has the right bytes; another machine has none.
    assert open_whole(address).fault is None
    monkeypatch.setenv("ATALAYA_CACHE", str(home / "elsewhere"))
    assert open_whole(address).fault == SnapshotFault(f"{name}/flows.parquet", "damaged")
    (home / POINTER).unlink()
    assert open_whole(address).id == EARLIER


def test_a_store_that_is_gone_gives_way_to_its_copy(home: Path, name: str, address: str):
    whole = open_whole(address)
    shutil.rmtree(home)
    opened = open_whole(address)
    assert (opened.id, opened.fault) == (name, SnapshotFault(POINTER, "missing"))
    assert opened.files == whole.files


def test_a_damaged_copy_is_read_from_the_store_again(home: Path, name: str, address: str):
    open_whole(address)
    copy = Path(copies.folder(address)) / name / "roles.parquet"
    whole = copy.read_bytes()
    flip(copy, 500)
    assert open_whole(address).fault is None
    assert copy.read_bytes() == whole
    flip(copy, 500)
    halve(home / name / "roles.parquet")
    assert open_whole(address).fault == SnapshotFault(f"{name}/roles.parquet", "damaged")


def test_a_copy_that_cannot_be_kept_is_no_reason_to_stop(
    home: Path, name: str, address: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    (home / "a file").write_text("")
    monkeypatch.setenv("ATALAYA_CACHE", str(home / "a file"))
    assert (open_whole(address).id, open_whole(address).fault) == (name, None)
    assert "no copy of it can be kept" in caplog.text


def test_neither_a_withdrawn_snapshot_nor_one_under_embargo_stands_in(home: Path, name: str):
    for other, changes in (("1" * 12, {"not_before": "2999-01-01T00:00:00Z"}), ("2" * 12, {})):
        shutil.copytree(home / EARLIER, home / other)
        seal(home / other, id=other, created="2026-11-02T00:00:00Z", **changes)
    pointer.turn(str(home), "2" * 12)
    pointer.turn(str(home), name, "A. Person", withdrawn="2" * 12)
    halve(home / name / "vintages.parquet")
    assert open_whole(str(home)).id == EARLIER
