"""A source is added by adding files: done here in a copy of the tree, with a source for each open kind of rows."""

from pathlib import Path

import polars as pl
import pytest

from data.snapshot import Snapshot
from tests.exercises.tree import copy, etl, publishers, run, screens

MODULE = '''"""A table with one row a record, as `parse` needs it."""

from datetime import date

import polars as pl

from etl.parsed import Parsed
from etl.tabular import named, read_records


def parse(content: bytes, file: str) -> Parsed:
    """The rows of the table under the names that their kind of rows has."""
    header, *body = read_records(content, encoding="utf-8", source="NAME", file=file)
    cells = named(header, body, source="NAME", file=file)
    rows = [(COLUMNS, f"row {row}") for row, cell in cells]
    frame = pl.DataFrame(rows, schema=[NAMES, "locator"], orient="row")
    return Parsed(frame, release="2024-03", release_basis="page of the table", read=len(rows), kept=len(rows))
'''
DECLARATION = """
id = "NAME"
label = { en = "A made-up table" }
title = "A table made up for a test"
publisher = "Nobody"
landing_page = "https://example.org/table"
license = "CC0"
redistribute = "rows"
citation = "Nobody. A table."
rows = "ROWS"
mirror = ["NAME/*.csv"]
"""
INDICATOR = """
[[indicators]]
id = "persons_assisted"
unit = "persons"
order = 60
title = { en = "Persons assisted by a hotline", es = "Personas atendidas por una línea telefónica" }
definition = { en = "Persons whom a hotline assisted in the year." }
codebook = { ictip = "victim" }
"""
FOLDERS = ("etl", "data", "dashboard", "pages")
Kind = tuple[str, str, str, str]
# Of each kind of rows: the columns that `parse` returns, how it reads them, and a file of the publisher.
SOURCES: dict[str, Kind] = {
    "observations": (
        '"label", "year", "low"',
        'cell["country"], int(cell["year"]), float(cell["persons"])',
        "country,year,persons\nPeru,2021,12\nMéxico,2022,30\nSpain,2022,7\n",
        INDICATOR,
    ),
    "flows": (
        '"origin_label", "destination_label", "year"',
        'cell["from"], cell["to"], int(cell["year"])',
        "from,to,year\nBolivia,Chile,2019\nFrance,Spain,2019\n",
        "",
    ),
    "roles": (
        '"area", "year", "role", "stated"',
        'cell["iso3"], int(cell["year"]), "transit", "yes"',
        "iso3,year\nPAN,2023\nESP,2023\n",
        "",
    ),
    "instruments": (
        '"label", "instrument", "action", "date"',
        'cell["party"], "child_labour_convention", "ratification", date.fromisoformat(cell["day"])',
        "party,day\nChile,2000-07-17\nSpain,2001-04-02\n",
        "",
    ),
}


def add(tree: Path, mirror: Path, rows: str) -> str:
    """Write a source of a kind of rows into a tree, and its file into a mirror folder."""
    name, (columns, cells, table, indicator) = f"made_up_{rows}", SOURCES[rows]
    module = MODULE.replace("NAMES", columns).replace("COLUMNS", cells).replace("NAME", name)
    declared = DECLARATION.replace("NAME", name).replace("ROWS", rows) + indicator
    (tree / "etl" / "sources" / f"{name}.py").write_text(module, "utf-8")
    (tree / "etl" / "sources" / f"{name}.toml").write_text(declared, "utf-8")
    (mirror / name).mkdir()
    (mirror / name / "table.csv").write_text(table, "utf-8")
    return name


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> tuple[Path, Path]:
    """A copy of the tree with a source for each kind, and the snapshots that its build made of small files."""
    place = tmp_path_factory.mktemp("exercise")
    tree, mirror = copy(place, *FOLDERS), publishers(place / "mirror")
    for rows in SOURCES:
        add(tree, mirror, rows)
    done = etl(tree, "build", "--mirror", str(mirror), "--snapshot", str(place / "snapshots"))
    assert done.returncode == 0, done.stderr
    return tree, place / "snapshots"


@pytest.fixture(scope="module")
def snapshot(built) -> Snapshot:
    return Snapshot.open(str(built[1]))


def rows(snapshot: Snapshot, table: str, *columns: str) -> list[tuple[object, ...]]:
    mine = snapshot.table(table).filter(pl.col("source").str.starts_with("made_up_"))
    return mine.select(columns).collect().sort(columns).rows()


def test_the_rows_of_each_kind_are_in_their_table(snapshot):
    figures = rows(snapshot, "observations", "indicator", "area", "year", "low", "status", "unit", "locator")
    assert figures == [
        ("persons_assisted", "MEX", 2022, 30.0, "exact", "persons", "table.csv#row 3"),
        ("persons_assisted", "PER", 2021, 12.0, "exact", "persons", "table.csv#row 2"),
    ]
    assert rows(snapshot, "flows", "origin", "destination", "evidence") == [("BOL", "CHL", "stated")]
    assert rows(snapshot, "roles", "area", "role", "stated") == [("PAN", "transit", "yes")]
    assert rows(snapshot, "instruments", "area", "instrument", "action") == [
        ("CHL", "child_labour_convention", "ratification")
    ]


def test_the_manifest_names_the_indicator_and_accounts_for_every_row(snapshot):
    (indicator,) = (entry for entry in snapshot.manifest["indicators"] if entry["id"] == "persons_assisted")
    assert indicator == {
        "id": "persons_assisted",
        "source": "made_up_observations",
        "unit": "persons",
        "order": 60,
        "derived": False,
        "title": {"en": "Persons assisted by a hotline", "es": "Personas atendidas por una línea telefónica"},
        "definition": {"en": "Persons whom a hotline assisted in the year."},
        "codebook": {
            "version": 1,
            "definition": "Persons whom a hotline assisted in the year.",
            "sdmx": "",
            "sdg": "",
            "ictip": "victim",
        },
    }
    assert "observations.indicator.persons_assisted" in snapshot.manifest["definitions"]
    mine = [source for source in snapshot.manifest["sources"] if source["name"].startswith("made_up_")]
    assert [source["label"]["en"] for source in mine] == ["A made-up table"] * len(SOURCES)
    for (release,) in (source["releases"] for source in mine):
        # One row of each file is about a country outside the region.
        assert [(entry["reason"], entry["rows"]) for entry in release["set_aside"]] == [("outside_the_region", 1)]
        assert release["kept"] == release["read"] - 1


# The document of page Sources in a language, with its whole codebook.
SOURCES_PAGE = """
import sys
from dashboard.catalog import pages
from dashboard.forms.html.document import document
from dashboard.views.address import read
from data.i18n import language
page = pages()["sources"]
print(document(language(sys.argv[1]), page, read(page.filters, {}).values, kept={"rows": "codebook"}))
"""


def test_the_pages_name_the_indicator_and_the_source(built):
    titles = {"en": "Persons assisted by a hotline", "es": "Personas atendidas por una línea telefónica"}
    chosen = {"indicators": "persons_assisted", "reading": "table"}
    pages = screens(built[0], *(("explore", {"lang": lang, **chosen}) for lang in titles), snapshots=built[1])
    for (lang, title), explore in zip(titles.items(), pages, strict=True):
        assert title in explore["options"]["indicators"]
        assert title.lower() in explore["words"].lower()
        done = run(built[0], "-c", SOURCES_PAGE, lang, snapshots=built[1])
        # A text without Spanish words is shown in English.
        assert "A made-up table" in done.stdout, done.stderr
        assert title.lower() in done.stdout.lower()


def test_the_page_of_a_state_has_its_figures(built, tmp_path):
    """Nothing but the declaration says that it is one of the other counts of Country."""
    path = tmp_path / "others.csv"
    done = run(built[0], "-m", "dashboard", "page", "/en/country/MEX/others.csv", "-o", str(path), snapshots=built[1])
    assert done.returncode == 0, done.stderr
    figures = pl.read_csv(path, comment_prefix="#").filter(source="made_up_observations")
    assert figures.select("indicator", "year", "low").rows() == [("persons_assisted", 2022, 30.0)]


def test_acts_on_another_instrument_leave_the_end_of_the_treaties_where_it_was(built):
    ends = "from dashboard.subjects.treaties import query; print(query.closing())"
    assert run(built[0], "-c", ends, snapshots=built[1]).stdout.strip() < "2024-03"


def test_the_published_snapshot_passes_its_checks(built):
    done = etl(built[0], "check", "--snapshot", str(built[1]))
    assert done.returncode == 0, done.stderr


def test_rows_without_a_column_that_is_needed_stop_the_build_in_one_line(tmp_path):
    tree, mirror = copy(tmp_path, "etl", "data"), publishers(tmp_path / "mirror")
    module = tree / "etl" / "sources" / f"{add(tree, mirror, 'observations')}.py"
    module.write_text(module.read_text("utf-8").replace('"label", "year"', '"label", "when"'), "utf-8")
    done = etl(tree, "build", "--mirror", str(mirror), "--snapshot", str(tmp_path / "snapshots"))
    assert done.returncode == 1
    (line,) = done.stderr.strip().splitlines()
    assert "`parse` returns no column year, which observations need; add it" in line


def test_the_snapshot_that_is_committed_names_its_indicators():
    manifest = Snapshot.open().manifest
    published = set(Snapshot.open().table("observations").select("indicator").unique().collect()["indicator"])
    assert published <= {indicator["id"] for indicator in manifest["indicators"]}
