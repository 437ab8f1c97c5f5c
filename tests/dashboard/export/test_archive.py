"""Data packages as another program reads them: of a view, and of the whole snapshot."""

import gzip
import io
import json
import shutil
import zipfile
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from dashboard import store
from dashboard.export import cited_view
from dashboard.export.snapshot_files import Shelf, shelf
from dashboard.subjects import shared
from dashboard.subjects.compare.query import Pair
from dashboard.subjects.coverage import files as coverage_files
from dashboard.subjects.movements import files as movements_files
from dashboard.subjects.pair import files as pair_files
from dashboard.subjects.routes import files as routes_files
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.sources import files as sources_files
from dashboard.subjects.states import files as states_files
from dashboard.subjects.treaties import files as treaties_files
from dashboard.subjects.treaties.query import TREATIES
from dashboard.views.rows import Rows
from data.i18n import LANGUAGES, language
from data.number_states import with_states
from tests.dashboard.conftest import WITHHELD
from tests.data.test_package import problems

VIEWS = {
    "region": lambda lang: states_files.region(lang, "detected_victims_rate", 2019, "newest"),
    "routes": lambda lang: routes_files.arrows(lang, routes_filters.selection(lambda spec: spec.default)),
    "country": lambda lang: states_files.state(lang, "CRI", shared.edition_ids()[-1]),
    "coverage": lambda lang: coverage_files.reported(lang, "detected_victims", "newest"),
    "revisions": lambda lang: coverage_files.revised(lang, "detected_victims", "all", masking=True),
    "unlocated": lambda lang: routes_files.unlocated(lang, "stated"),
    "listed": lambda lang: routes_files.listed(lang, routes_filters.selection(lambda spec: spec.default)),
    "lost": lambda lang: routes_files.lost(lang, routes_filters.selection(lambda spec: spec.default)),
    "roles": lambda lang: routes_files.roles(lang, ("CRI", "MEX"), (2005, 2019), "routes"),
    "others": lambda lang: states_files.others(lang, "BRA"),
    "treaties_of_two": lambda lang: pair_files.treaties(lang, Pair("offences", "GTM", "MEX")),
    "movements": lambda lang: movements_files.moved(lang, "pair", (), "GTM", "MEX"),
    "sources": sources_files.overview,
    "releases": lambda lang: sources_files.releases(lang, "unodc_glotip"),
    "set_aside": lambda lang: sources_files.reasons(lang, "unodc_glotip"),
    "treaties": lambda lang: sources_files.table(lang, "instruments"),
    "parties": lambda lang: treaties_files.standings(lang, "smuggling_protocol", 2009),
    "acts": lambda lang: treaties_files.acts(lang, TREATIES),
    "laws": treaties_files.laws,
}


def unpacked(content: bytes, folder: Path) -> Path:
    zipfile.ZipFile(io.BytesIO(content)).extractall(folder)
    return folder


@pytest.fixture(scope="module")
def archives(tmp_path_factory) -> dict[str, tuple[Rows, Path]]:
    """Each view with its archive in French."""
    lang, folder, archive_by_view = language("fr"), tmp_path_factory.mktemp("archives"), {}
    for name, make in VIEWS.items():
        view, path = make(lang), folder / f"{name}.zip"
        path.write_bytes(cited_view.file_of(view, "zip", lang, "https://example.org/x?lang=fr", [("Année", "2019")]))
        archive_by_view[name] = view, path
    return archive_by_view


def test_every_archive_is_a_valid_data_package(archives):
    assert problems(*(path for _, path in archives.values())) == []


@pytest.mark.parametrize("name", VIEWS)
def test_the_archive_of_a_view_holds_its_rows_and_says_what_they_are(name, archives, tmp_path):
    view, path = archives[name]
    folder = unpacked(path.read_bytes(), tmp_path)
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    (resource,) = package["resources"]
    table_path = folder / resource["path"]
    assert resource["hash"] == f"sha256:{sha256(table_path.read_bytes()).hexdigest()}"
    assert (package["version"], package["title"]) == (store.snapshot().id, view.title)
    assert package["licenses"]
    assert len(pl.read_csv(table_path, infer_schema=False)) == view.rows().height > 0
    readme = (folder / "README.md").read_text("utf-8")
    assert readme.startswith(f"# {view.title}\n")
    assert "Année" in readme
    assert "https://example.org/x?lang=fr" in readme


def test_a_wrong_cell_in_it_is_found(tmp_path):
    folder = unpacked(cited_view.file_of(VIEWS["region"](language("en")), "zip", language("en"), "", []), tmp_path)
    path = next(folder.glob("*.csv"))
    path.write_bytes(path.read_bytes().replace(b",2019,", b",many,", 1))
    assert {"hash-count-error", "type-error"} & {problem[-2] for problem in problems(folder / "datapackage.json")}


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_whole_snapshot_is_one_package_described_in_each_language(code, tmp_path):
    folder = unpacked(shelf().archive(language(code)), tmp_path)
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert {resource["name"] for resource in package["resources"]} == {*shelf().names, "codebook"}
    for resource in store.snapshot().manifest["resources"]:
        ours = pl.read_parquet(folder / resource["path"])
        published = pl.scan_parquet(Path(store.snapshot().root) / resource["path"])
        assert_frame_equal(ours, with_states(published).collect())
    assert store.snapshot().id in (folder / "README.md").read_text("utf-8")


@pytest.mark.long
def test_the_whole_snapshot_is_a_valid_data_package(tmp_path):
    (tmp_path / "all.zip").write_bytes(shelf().archive(language("en")))
    assert problems(tmp_path / "all.zip") == []


def test_restricted_sources_are_left_out_and_named(guarded: Shelf, tmp_path):
    folder = unpacked(guarded.archive(language("en")), tmp_path)
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert package["withheld"] == [WITHHELD]
    rows = pl.read_parquet(folder / "observations.parquet")
    before = store.tables().table("observations").collect()
    assert set(before["source"]) - set(rows["source"]) == {WITHHELD}
    # Rates divide by its population.
    assert before.filter(pl.col("indicator").str.ends_with("_rate"), pl.col("derived")).height > 0
    assert rows.filter(pl.col("indicator").str.ends_with("_rate"), pl.col("derived")).is_empty()
    described = next(resource for resource in package["resources"] if resource["name"] == "observations")
    content = (folder / "observations.parquet").read_bytes()
    assert described["rows"] == rows.height
    assert described["hash"] == f"sha256:{sha256(content).hexdigest()}"
    account = (folder / "README.md").read_text("utf-8")
    assert "Left out: reuse not allowed: World Bank, total population" in account
    assert "Published by: World Bank" not in account


def test_a_file_is_created_once(guarded: Shelf, monkeypatch):
    for make in (guarded.parquet, guarded.csv):
        path = make("areas")
        before = path.read_bytes()
        monkeypatch.setattr(Shelf, "_metadata", None)
        assert make("areas") == path
        assert path.read_bytes() == before
        monkeypatch.undo()
    packed = guarded.packed(guarded.csv("areas"))
    assert gzip.decompress(packed.read_bytes()) == guarded.csv("areas").read_bytes()
    folder = packed.parent
    assert folder.stat().st_mode & 0o077 == 0
    assert {path.suffix for path in folder.iterdir() if path.name != "lock"} == {".parquet", ".csv", ".gz"}
    shutil.rmtree(folder)
    assert guarded.csv("areas").exists()


def test_restricted_polygons_are_not_offered(guarded: Shelf):
    assert guarded.parquet("boundaries").exists()
    closed = next(source for source in guarded.snapshot.manifest["sources"] if source["name"] == "natural_earth")
    closed["redistribute"] = "none"
    barred = Shelf(guarded.snapshot)
    assert not {"boundaries", "countries"} & set(barred.names)
    with pytest.raises(KeyError):
        barred.parquet("boundaries")
