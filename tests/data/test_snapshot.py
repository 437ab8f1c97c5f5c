import json
import resource
from pathlib import Path

import geopandas as gpd
import polars as pl
import pytest
from shapely import box

from data.contract import MAP_CRS, SCHEMAS, Areas
from data.snapshot import Snapshot, SnapshotError, clear_staging, publish, snapshot_id

AREAS = pl.DataFrame(
    [("CRI", "188", "CR", "central_america", "member", None), ("NIC", "558", "NI", "central_america", "left", "x")],
    schema=Areas.create_empty().schema,
    orient="row",
)


def tables(areas: pl.DataFrame = AREAS) -> dict[str, pl.DataFrame]:
    return {name: schema.create_empty() for name, schema in SCHEMAS.items()} | {"areas": areas}


def shapes(shift: float = 0.0) -> gpd.GeoDataFrame:
    columns = {"area": ["CRI", "NIC"], "kind": ["state"] * 2, "label_x": [0.5, 1.5], "label_y": [0.5, 0.5]}
    return gpd.GeoDataFrame(columns, geometry=[box(shift, 0, 1, 1), box(1, 0, 2, 1)], crs=MAP_CRS)


def test_an_opened_snapshot_equals_the_published_one(tmp_path: Path):
    name = publish(tables(), shapes(), {"title": "t", "sources": []}, tmp_path)
    snapshot = Snapshot.open(str(tmp_path))
    assert snapshot.id == name == (tmp_path / "current").read_text().strip()
    assert snapshot.table("areas").collect().equals(AREAS)
    assert snapshot.boundaries().geometry.geom_equals(shapes().geometry).all()
    assert snapshot.boundaries().crs == shapes().crs
    assert snapshot.manifest["title"] == "t"


def test_the_manifest_describes_every_file(tmp_path: Path):
    name = publish(tables(), shapes(), {}, tmp_path)
    package = json.loads((tmp_path / name / "datapackage.json").read_text())
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert resources.keys() == {*SCHEMAS, "boundaries"}
    assert resources["areas"]["rows"] == 2
    assert resources["areas"]["schema"]["primaryKey"] == ["area"]
    assert resources["areas"]["size"] == (tmp_path / name / "areas.parquet").stat().st_size


def test_the_id_depends_on_the_rows_alone():
    same = snapshot_id(tables(AREAS.reverse()), shapes(0.001))
    assert same == snapshot_id(tables(), shapes())
    assert snapshot_id(tables(AREAS.with_columns(member=pl.lit("member"))), shapes()) != same
    assert snapshot_id(tables(), shapes(0.1)) != same


def test_the_previous_snapshot_stays_for_its_readers_and_older_ones_are_deleted(tmp_path: Path):
    names = [publish(tables(AREAS.with_columns(note=pl.lit(note))), shapes(), {}, tmp_path) for note in "abcd"]
    remaining = {path.name for path in tmp_path.iterdir() if path.is_dir()}
    assert remaining == set(names[1:])
    assert Snapshot.open(str(tmp_path)).id == names[3]


def test_an_operator_says_how_many_snapshots_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ATALAYA_KEPT", "2")
    names = [publish(tables(AREAS.with_columns(note=pl.lit(note))), shapes(), {}, tmp_path) for note in "abc"]
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == set(names[1:])
    for wrong in ("1", "many", "-3"):
        monkeypatch.setenv("ATALAYA_KEPT", wrong)
        with pytest.raises(SnapshotError, match=r"ATALAYA_KEPT is .* whole number of at least 2"):
            publish(tables(), shapes(), {}, tmp_path)
    assert Snapshot.open(str(tmp_path)).id == names[2]


def test_publishing_the_same_rows_again_renews_the_manifest_in_place(tmp_path: Path):
    first = publish(tables(), shapes(), {"created": "2025-01-01"}, tmp_path)
    reader = Snapshot.open(str(tmp_path))
    second = publish(tables(), shapes(), {"created": "2025-02-02"}, tmp_path)
    assert first == second
    assert reader.table("areas").collect().height == 2
    assert Snapshot.open(str(tmp_path)).manifest["created"] == "2025-02-02"
    assert [path.name for path in tmp_path.glob(".staging*")] == []


def test_an_unfinished_publication_leaves_nothing_behind(tmp_path: Path):
    name = publish(tables(), shapes(), {}, tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    # As on a full disk: the first tables fit, a larger one does not.
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, hard))
    try:
        with pytest.raises(SnapshotError, match="free some space or name another with --snapshot"):
            publish(tables(AREAS.with_columns(note=pl.lit("another"))), shapes(), {}, tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    with pytest.raises(TypeError):
        publish(tables(AREAS.with_columns(note=pl.lit("a third"))), shapes(), {"title": object()}, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {name, "current", "history"}
    assert Snapshot.open(str(tmp_path)).table("areas").collect().equals(AREAS)


def test_the_remains_of_a_killed_build_are_cleared_and_the_current_snapshot_stays(tmp_path: Path):
    read = publish(tables(), shapes(), {}, tmp_path)
    # Killed after its folder was written, before the pointer moved.
    other = publish(tables(AREAS.with_columns(note=pl.lit("never read"))), shapes(), {}, tmp_path)
    (tmp_path / "current").write_text(f"{read}\n")
    (tmp_path / ".staging-abc-1").mkdir()
    (tmp_path / ".staging-current-1").write_text("abc")
    clear_staging(tmp_path)
    name = publish(tables(AREAS.with_columns(note=pl.lit("next"))), shapes(), {}, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {read, other, name, "current", "history"}
    assert Snapshot.open(str(tmp_path)).id == name != other


@pytest.mark.parametrize("pointer", [None, "feedfacecafe", ""])
def test_a_place_without_a_snapshot_says_what_to_do(tmp_path: Path, pointer: str | None):
    if pointer is not None:
        (tmp_path / "current").write_text(pointer)
    with pytest.raises(SnapshotError, match="run 'python -m etl build'"):
        Snapshot.open(str(tmp_path))


def test_the_environment_names_another_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    name = publish(tables(), shapes(), {}, tmp_path)
    monkeypatch.setenv("ATALAYA_SNAPSHOT", str(tmp_path))
    assert Snapshot.open().id == name
