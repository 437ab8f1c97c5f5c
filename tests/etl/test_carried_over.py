"""Builds without the publishers' files: what is not at hand comes from the published snapshot, as it was."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from data.snapshot import Snapshot, sealed
from etl import as_read
from etl.checking.build_changes import PAGE
from etl.errors import FetchError, PublishError, SourceError
from etl.fetching.fetch import fetch
from etl.making.region import located
from etl.pipeline import Outcome
from etl.source_declaration import declarations
from tests.etl.mirror_sample import mirror
from tests.etl.publishers import IMPATIENT, item, list_files
from tests.etl.samples import citizens, glotip, glotip_row
from tests.etl.test_pipeline import APRIL, OCTOBER, build, sample

OWN = ("reference", "reports")
PLACE = ("year", "low", "high", "status", "source", "release")
COMPARED = {
    "vintages": ("indicator", "area", *PLACE),
    "flows": ("origin", "destination", *PLACE),
    "flow_vintages": ("as_of", "origin", "destination", *PLACE),
}


@pytest.fixture
def clone(tmp_path: Path, mirrored: Path) -> Path:
    """A place with a published snapshot only: no mirror, and nothing downloaded."""
    shutil.copytree(mirrored.parent / "snapshots", tmp_path / "clone" / "snapshots")
    return tmp_path / "clone"


@pytest.fixture
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every request is refused at once."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.setattr("etl.fetching.fetch.fetch.__kwdefaults__", {**fetch.__kwdefaults__, "limits": IMPATIENT})


def contents(snapshot: Snapshot) -> dict[str, bytes]:
    """The files of a snapshot but its manifest, which has the day of the build, and the page of the build."""
    root = Path(snapshot.root)
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    del files["datapackage.json"], files[PAGE]
    return files


def published(place: Path) -> Snapshot:
    return Snapshot.open(str(place / "snapshots"))


def accounts(snapshot: Snapshot) -> dict[str, object]:
    """The releases of each source in the manifest, as text: every key in its place."""
    return {source["name"]: json.dumps(source["releases"]) for source in snapshot.manifest["sources"]}


def statuses(snapshot: Snapshot) -> dict[str, str]:
    return {source["name"]: source["status"] for source in snapshot.manifest["sources"]}


@pytest.mark.usefixtures("_no_network")
def test_nothing_changes_when_nothing_is_at_hand_and_no_publisher_answers(clone: Path):
    before, first = contents(published(clone)), accounts(published(clone))
    outcome, after = build(None, place=clone)
    assert contents(after) == before
    assert accounts(after) == first
    live = {name for name, source in declarations().items() if source.fetch == "live"}
    frozen = {name for name, source in declarations().items() if source.frozen}
    assert set(outcome.stale) == live
    assert set(outcome.carried) == frozen | live
    shown = statuses(after)
    assert {name for name, status in shown.items() if status == "stale"} == live
    assert {name for name, status in shown.items() if status == "carried_over"} == frozen


@pytest.mark.usefixtures("_no_network")
def test_a_build_of_one_source_asks_nobody_else_and_can_be_repeated(clone: Path):
    before = contents(published(clone))
    for _ in range(2):
        outcome, after = build(None, place=clone, sources=("national_reports",), strict=True)
        assert contents(after) == before
        assert outcome.stale == {}
        assert {source.id for source in declarations().values() if source.fetch not in OWN} == set(outcome.carried)


@pytest.mark.parametrize(
    "october",
    [
        [*OCTOBER, glotip_row("MEX", 2020, "38"), citizens("MEX", 2021, "Botswana", "9000")],
        [glotip_row("MEX", 2021, "<5"), glotip_row("GTM", 2021, "1"), citizens("MEX", 2021, "Honduras", "<5")],
    ],
    ids=["more", "masked"],
)
def test_one_source_read_again_gives_what_all_files_give(mirrored: Path, clone: Path, october):
    before, whole = published(mirrored.parent).id, mirrored
    (whole / "unodc_glotip" / "data_glotip_b.xlsx").write_bytes(glotip(october, released="28/10/2025"))
    expected, of_all = build(whole, accept="a sample")
    shutil.copytree(whole / "unodc_glotip", clone / "mirror" / "unodc_glotip")
    outcome, of_one = build(clone / "mirror", sources=("unodc_glotip",), accept="a sample")
    assert outcome.snapshot == expected.snapshot != before
    assert contents(of_one) == contents(of_all)
    assert accounts(of_one) == accounts(of_all)
    assert statuses(of_one)["unodc_glotip"] == "mirror"


def test_a_new_download_joins_the_releases_that_were_published(httpserver, live):
    build(None, place=live, sources=("hti",))
    shutil.rmtree(live / "raw")
    newer = glotip([*OCTOBER, glotip_row("MEX", 2022, "44")], released="01/08/2026")
    list_files(httpserver, item("/sites/data_glotip.xlsx", "2026-08-01T09:00:00+00:00"))
    httpserver.expect_request("/sites/data_glotip.xlsx").respond_with_data(newer)
    outcome, snapshot = build(None, place=live, sources=("unodc_glotip",), accept="a sample")
    (unodc,) = (source for source in snapshot.manifest["sources"] if source["name"] == "unodc_glotip")
    assert unodc["status"] == "fresh"
    assert [release["release"] for release in unodc["releases"]] == ["2025-04-14", "2025-10-28", "2026-08-01"]
    assert set(snapshot.table("vintages").filter(area="MEX", year=2021).collect()["release"]) >= {"2025-04-14"}
    assert "unodc_glotip" not in outcome.carried


def older(place: Path, tmp_path: Path, workbook: bytes) -> Path:
    """A place where only October 2025 is published, and the download of another release; and a mirror of both."""
    october = glotip(
        [*OCTOBER, glotip_row("ESP", 2021, "90"), citizens("ESP", 2021, "Romania", "61")], released="28/10/2025"
    )
    folder = mirror(tmp_path / "both" / "mirror", {"data_glotip_b.xlsx": october})
    build(folder, accept="a sample")
    shutil.rmtree(place / "snapshots", ignore_errors=True)
    shutil.copytree(folder.parent / "snapshots", place / "snapshots")
    shutil.rmtree(place / "raw")
    (folder / "unodc_glotip" / "data_glotip_a.xlsx").write_bytes(workbook)
    return folder


def downloaded(httpserver, workbook: bytes) -> None:
    list_files(httpserver, item("/sites/data_glotip.xlsx", "2026-08-01T09:00:00+00:00"))
    httpserver.expect_request("/sites/data_glotip.xlsx").respond_with_data(workbook)


def test_an_older_release_whose_totals_were_not_kept_is_refused(httpserver, live, tmp_path):
    april = glotip(APRIL)
    folder = older(live, tmp_path, april)
    before = contents(published(live))
    downloaded(httpserver, april)
    problem = r"release of 2025-04-14 is older .* total of ESP in 2021 .* was not kept; .* --mirror"
    with pytest.raises(SourceError, match=problem):
        build(None, place=live, sources=("unodc_glotip",), accept="a sample")
    assert contents(published(live)) == before
    outcome, _ = build(folder, accept="a sample")
    assert outcome.snapshot != published(live).id


def test_an_older_release_that_needs_nothing_more_is_added(httpserver, live, tmp_path):
    """It gives the same figures as all files together; only the name of the downloaded file is another."""
    april = glotip([row for row in APRIL if row[0] != "ESP"])
    folder = older(live, tmp_path, april)
    _, of_all = build(folder, accept="a sample")
    downloaded(httpserver, april)
    _, snapshot = build(None, place=live, sources=("unodc_glotip",), accept="a sample")
    for table, columns in COMPARED.items():
        ours, expected = (at.table(table).select(columns).collect() for at in (snapshot, of_all))
        assert ours.sort(pl.all()).equals(expected.sort(pl.all()))
        assert "2025-04-14" in set(ours["release"])


def test_a_frozen_source_with_a_part_of_its_files_is_refused(mirrored: Path):
    next((mirrored / "natural_earth").iterdir()).unlink()
    with pytest.raises(FetchError, match="source natural_earth: no file matches"):
        build(mirrored)
    shutil.rmtree(mirrored / "natural_earth")
    outcome, _ = build(mirrored)
    assert outcome.carried == ("natural_earth",)


def test_a_live_source_that_is_not_in_the_mirror_is_refused(mirrored: Path):
    shutil.rmtree(mirrored / "worldbank")
    with pytest.raises(FetchError, match="name only the sources that it has"):
        build(mirrored)


@pytest.mark.parametrize("name", ["read/index.json", "unodc_glotip", "boundaries.parquet", "countries.parquet"])
@pytest.mark.parametrize("damage", ["flipped", "gone"])
def test_damaged_rows_are_not_carried_over(clone: Path, name: str, damage: str):
    root = Path(published(clone).root)
    path = root / name if "." in name else next((root / "read").glob(f"{name}-*"))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.unlink() if damage == "gone" else path.write_bytes(content)
    problem = f"{path.name} is {'missing' if damage == 'gone' else 'damaged'}"
    with pytest.raises((SourceError, PublishError), match=problem):
        build(None, place=clone, sources=("national_reports",))


def test_the_map_is_not_carried_over_when_its_reviewed_files_changed(clone: Path, monkeypatch: pytest.MonkeyPatch):
    known = as_read.drawn_from()
    monkeypatch.setattr(as_read, "drawn_from", lambda: {**known, "map_labels.csv": "sha256:0"})
    with pytest.raises(SourceError, match=r"source natural_earth: .* since map_labels.csv changed"):
        build(None, place=clone, sources=("national_reports",))


def test_a_snapshot_of_an_earlier_program_carries_nothing_over(clone: Path):
    path = Path(published(clone).root) / "datapackage.json"
    manifest = json.loads(path.read_text())
    del manifest[as_read.KEY]
    path.write_text(json.dumps(sealed(manifest)))
    with pytest.raises(FetchError, match="source cia_factbook: it is frozen and cannot be downloaded"):
        build(None, place=clone, sources=("national_reports",))


def test_what_may_not_be_passed_on_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    known = declarations()
    barred = {**known, "hti": replace(known["hti"], redistribute="none")}
    monkeypatch.setattr("etl.pipeline.declarations", lambda: barred)
    _, snapshot = build(sample(tmp_path / "second" / "mirror"))
    assert not [path for path in contents(snapshot) if path.startswith("read/hti")]
    shutil.copytree(tmp_path / "second" / "snapshots", tmp_path / "third" / "snapshots")
    with pytest.raises(FetchError, match="source hti: it is frozen"):
        build(None, place=tmp_path / "third", sources=("national_reports",))


def kept_rows(snapshot: Snapshot, source: str) -> pl.DataFrame:
    return pl.concat([one.parsed.rows for one in as_read.files(snapshot, source)], how="diagonal_relaxed")


def test_other_countries_keep_no_value(clone: Path):
    states = set(published(clone).table("areas").collect()["area"])
    rows = kept_rows(published(clone), "unsd_sdg")
    elsewhere = rows.filter(~pl.col("area").is_in(states))
    assert elsewhere.height > 0
    assert elsewhere.select(pl.col("low", "high", "printed").is_null().all()).row(0) == (True, True, True)
    assert rows.filter(pl.col("area").is_in(states))["low"].null_count() == 0
    assert set(located(kept_rows(published(clone), "hti"))["area"]) <= states


SDG = "unsd_sdg/unsdg_ddf_2020-10_vc_htf_detv_sample.csv"
# The Argentine Republic is 32 in M49; the database prints what UNODC masks.
PRINTED = b"allage,32,c,bothsex,number,2020,3\n"


def restated(snapshot: Snapshot) -> list[tuple[object, ...]]:
    figures = snapshot.table("observations").filter(indicator="detected_victims_sdg", area="ARG", year=2020)
    return figures.select("low", "high", "status", "note").collect().rows()


def still_masked(outcome: Outcome) -> list[str]:
    """What a build says about figures that stay masked without need."""
    return [check.saw for check in outcome.checks if check.name == "figures still masked" and check.asked]


def test_what_a_mask_hides_is_not_kept_and_stays_hidden_when_the_mask_is_lifted(tmp_path: Path):
    clone = tmp_path / "clone"
    folder = sample(clone / "mirror", october=[*OCTOBER, glotip_row("ARG", 2020, "<5")])
    (folder / SDG).write_bytes((folder / SDG).read_bytes().rstrip() + b"\n" + PRINTED)
    _, snapshot = build(folder)
    under_mask = [(1.0, 4.0, "masked", "masked_by_unodc")]
    assert restated(snapshot) == under_mask
    kept = kept_rows(snapshot, "unsd_sdg").filter(area="ARG", year=2020)
    assert kept.select("low", "high", "printed").rows() == [(1.0, 4.0, None)]
    october = [*OCTOBER, glotip_row("ARG", 2020, "7")]
    sample(folder, october=october)
    outcome, lifted = build(folder, sources=("unodc_glotip",), accept="a sample")
    assert restated(lifted) == under_mask
    assert still_masked(outcome) == ["1 of unsd_sdg: detected_victims_sdg ARG 2020"]
    page = (Path(lifted.root) / PAGE).read_text()
    assert "- figures still masked: 1 of unsd_sdg" in page.partition("## What changed")[0]
    assert lifted.table("observations").filter(indicator="detected_victims", area="ARG").collect()["low"].item() == 7
    (folder / SDG).write_bytes((folder / SDG).read_bytes().rstrip() + b"\n" + PRINTED)
    outcome, whole = build(folder, accept="a sample")
    assert restated(whole) == [(3.0, 3.0, "exact", None)]
    assert still_masked(outcome) == []


def test_a_new_mask_hides_what_was_kept(tmp_path: Path):
    folder = sample(tmp_path / "clone" / "mirror")
    (folder / SDG).write_bytes((folder / SDG).read_bytes().rstrip() + b"\n" + PRINTED)
    _, before = build(folder)
    assert restated(before) == [(3.0, 3.0, "exact", None)]
    sample(folder, october=[*OCTOBER, glotip_row("ARG", 2020, "<5")])
    outcome, after = build(folder, sources=("unodc_glotip",), accept="a sample")
    assert restated(after) == [(1.0, 4.0, "masked", "masked_by_unodc")]
    assert still_masked(outcome) == []
    kept = kept_rows(after, "unsd_sdg").filter(area="ARG", year=2020)
    assert kept.select("low", "high", "printed").rows() == [(1.0, 4.0, None)]


@pytest.mark.real
def test_the_committed_rows_are_what_the_parsers_read_today(real_snapshot: Snapshot):
    """A changed parser shows only when the files are read again, so the snapshot has to be built again with it."""
    for name in [name for name, source in declarations().items() if source.fetch not in OWN]:
        committed, today = ([one.parsed for one in as_read.files(at, name)] for at in (Snapshot.open(), real_snapshot))
        assert [(one.release, one.part, one.findings) for one in committed] == [
            (one.release, one.part, one.findings) for one in today
        ]
        assert all(one.rows.equals(other.rows) for one, other in zip(committed, today, strict=True))
