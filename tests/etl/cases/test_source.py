"""A made-up case register goes through a build beside the samples of UNODC's workbook, and onto its state's page."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from base64 import b64decode
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.snapshot import Snapshot
from etl import source_declaration
from etl.cases import source
from etl.errors import AtalayaError, SourceError
from etl.source_declaration import declarations
from etl.sources import registry
from tests.etl.cases.registers import CELLS, DAY, cell, release
from tests.etl.declared import SHORT, declare_records
from tests.etl.samples import glotip_row
from tests.etl.test_pipeline import OCTOBER, build, sample

ROOT = Path(__file__).parents[3]
COUNT = "register_hti_detected_victims"
# What is at each address, a line each.
ANSWERS = """
import asyncio, base64, sys
from dashboard.server.command import at
for address in sys.argv[1:]:
    print(base64.b64encode(asyncio.run(at(address)).content).decode())
"""
FORM = "hti/2024-03-01/tables/by_form.csv"
SEX = "hti/2024-03-01/tables/by_sex_and_age.csv"


def mirror(folder: Path) -> Path:
    """The samples of all publishers; UNODC has 45 victims of Haiti in 2021."""
    return sample(folder / "mirror", october=[*OCTOBER, glotip_row("HTI", 2021, "45")])


@pytest.fixture
def registries(tmp_path, monkeypatch):
    """An empty folder of registers."""
    monkeypatch.setattr(source, "REGISTRIES", tmp_path / "registries")
    return tmp_path / "registries"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Two builds: with the first release of a register, then also with the next one, which corrects it."""
    place = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "REGISTRIES", place / "registries")
        declare_records(patch, SHORT)
        folder = mirror(place)
        release(place / "registries" / "hti")
        build(folder)
        corrected = [cell(2021, 43), *CELLS[1:7], cell(2022, 1, 10), cell(2023, 20, 30), cell(2025, 5)]
        release(place / "registries" / "hti", corrected, date(2025, 3, 1))
        source_declaration._registers.cache_clear()
        build(folder, accept="a correction of the register", by="Test")
    return place / "snapshots"


@pytest.fixture(scope="module")
def snapshot(home) -> Snapshot:
    return Snapshot.open(str(home))


def answers(home: Path, *addresses: str) -> list[str]:
    """What is at addresses, over the snapshot of the builds."""
    environment = os.environ | {"ATALAYA_SNAPSHOT": str(home), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", ANSWERS, *addresses]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return [b64decode(line).decode() for line in done.stdout.split()]


def words(document: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", document).split())


def test_without_registers_no_source_is_added(registries):
    named = [name for name in declarations() if name.startswith(source.PREFIX)]
    assert named == []
    (registries / "hti").mkdir(parents=True)
    assert [name for name in declarations() if name.startswith(source.PREFIX)] == []
    # The product has no register: no state has published one.
    assert not [*(ROOT / "data" / "registries").glob("*/*/datapackage.json")]


def test_each_cell_is_a_figure_with_its_interval_and_its_place(snapshot):
    mine = snapshot.table("vintages").filter(source="registry_hti", release="2024-03-01").collect()
    columns = ("indicator", "area", "year", "sex", "form", "low", "high", "status", "counting_unit", "locator")
    persons = (COUNT, "HTI", 2021)
    assert sorted(mine.select(columns).rows()) == [
        (*persons, "female", "total", 34.0, 40.0, "masked", "persons", f"{SEX}#row 2"),
        (*persons, "male", "total", 1.0, 7.0, "masked", "persons", f"{SEX}#row 3"),
        (*persons, "total", "forced_labour", 35.0, 35.0, "exact", "persons", f"{FORM}#row 2"),
        (*persons, "total", "total", 41.0, 41.0, "exact", "persons", f"{FORM}#row 3"),
        (COUNT, "HTI", 2022, "total", "total", 1.0, 10.0, "masked", "persons", f"{FORM}#row 4"),
    ]


def test_the_newest_release_stands_and_the_change_is_a_revision(snapshot):
    totals = pl.all_horizontal(pl.col("sex", "age", "form") == "total")
    current = snapshot.table("observations").filter(totals, source="registry_hti").collect()
    assert current.sort("year").select("year", "low", "high", "release").rows() == [
        (2021, 43.0, 43.0, "2025-03-01"),
        (2022, 1.0, 10.0, "2025-03-01"),
        (2023, 20.0, 30.0, "2025-03-01"),
    ]
    revised = snapshot.table("revisions").filter(source="registry_hti").collect()
    changes = revised.select("year", "kind", "low_from", "low_to", "release_from", "release_to").rows()
    assert changes == [(2021, "revised", 41.0, 43.0, "2024-03-01", "2025-03-01")]


def test_every_cell_is_kept_or_set_aside_with_its_reason(snapshot):
    (entry,) = (one for one in snapshot.manifest["sources"] if one["name"] == "registry_hti")
    first = {one["part"]: one for one in entry["releases"] if one["release"] == "2024-03-01"}
    aside = {name: {one["reason"]: one["rows"] for one in part["set_aside"]} for name, part in first.items()}
    # The year of the release is not over, and a total stands in four tables.
    assert aside == {
        "by_form": {"part_of_a_year": 1},
        "by_sex_and_age": {"part_of_a_year": 1, "repeated_row": 2, "not_asked": 1},
        "by_citizenship": {"part_of_a_year": 1, "repeated_row": 2, "served_by_another_release": 1},
        "by_citizenship_and_country": {"part_of_a_year": 1, "repeated_row": 2, "by_citizenship": 2},
    }
    for part in first.values():
        assert part["read"] == part["kept"] + sum(one["rows"] for one in part["set_aside"])
    assert (entry["licence"], entry["publisher"]) == ("CC-BY-4.0", "A made-up ministry")
    assert snapshot.table("flows").filter(source="registry_hti").collect()["evidence"].to_list() == ["register"]


def test_the_register_is_on_the_page_of_its_state_beside_unodc(home):
    page, spanish, passport, rows, api = answers(
        home,
        "/en/country/HTI",
        "/es/country/HTI",
        f"/fr/country/HTI?figure={COUNT}.2022",
        "/en/country/HTI/register.csv",
        f"/api/v1/observations?indicator={COUNT}&area=HTI&format=csv",
    )
    said = words(page)
    for sentence in (
        "Haiti, case register: victims in the case register (Haiti)",
        "UNODC’s total and the register’s differ for 2021.",
        "Only the register has a total for 2022–2023.",
        "Cases in the state’s register, by the year of referral; figures of few persons are ranges.",
        "Published by: A made-up ministry.",
        "2021 45 43 not the same 2022 – 1–10 – 2023 – 20–30 –",
        "The register’s figures of January 2025 to March 2025 are left out: they are only a part of a year.",
        "The register’s figures are never added to UNODC’s, nor drawn as one series with them.",
    ):
        assert sentence in said
    assert "Haití, registro de casos: víctimas en el registro de casos (Haití)" in words(spanish)
    said = words(passport)
    assert "hti/2025-03-01/tables/by_form.csv, ligne 4" in said
    assert "Publié sous forme d’intervalle." in said
    assert "Publié « <5 »".replace("« ", "«\u202f") not in said
    for table in (rows, api):
        read = csv.DictReader(line for line in io.StringIO(table) if not line.startswith("#"))
        found = [row for row in read if (row["indicator"], row["year"], row["form"]) == (COUNT, "2022", "total")]
        assert [(row["low"], row["high"], row["status"]) for row in found] == [("1.0", "10.0", "masked")]


def test_explore_calls_a_wide_range_by_its_name(home):
    (page,) = answers(home, f"/en/explore?indicators={COUNT}&areas=HTI&reading=table&period=2021-2023")
    assert "Range published to protect persons" in words(page)
    table = words(page).partition("Data status")[2].partition("Terms on this page")[0]
    assert table
    assert "Fewer than five" not in table


def test_coverage_calls_a_range_by_its_name_and_counts_its_year(home):
    (page,) = answers(home, f"/en/coverage?reported={COUNT}&revised=HTI")
    said = words(page)
    assert "Range published to protect persons (2)" in said
    assert "Fewer than five" not in said.partition("Terms on this page")[0]


def damaged(folder: Path) -> str:
    """The one line with which a build refuses a register; nothing is published."""
    with pytest.raises(AtalayaError) as caught:
        build(mirror(folder))
    assert not (folder / "snapshots" / "current").exists()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_changed_table_stops_the_build(tmp_path, registries):
    table = release(registries / "hti") / "tables" / "by_form.csv"
    table.write_text(table.read_text("utf-8").replace("41,41", "40,40"), "utf-8")
    assert "by_form.csv: it has changed since it was published" in damaged(tmp_path)


def test_a_missing_table_stops_the_build(tmp_path, registries):
    (release(registries / "hti") / "tables" / "by_citizenship.csv").unlink()
    assert "by_citizenship.csv: it is missing" in damaged(tmp_path)


def test_a_register_in_the_folder_of_another_state_stops_the_build(tmp_path, registries):
    release(registries / "per")
    assert "it is of HTI, but is in the folder per" in damaged(tmp_path)


def test_a_count_that_nothing_is_known_of_stops_the_build(tmp_path, registries):
    release(registries / "hti", [cell(2021, 41, indicator="persons_helped")])
    assert "nothing is known of the count persons_helped" in damaged(tmp_path)


def test_a_date_that_nothing_is_known_of_stops_the_build(tmp_path, registries):
    description = release(registries / "hti") / "datapackage.json"
    changed = json.loads(description.read_text("utf-8")) | {"date": "hearing"}
    description.write_text(json.dumps(changed), "utf-8")
    assert "nothing is known of the date hearing" in damaged(tmp_path)


def test_the_parser_refuses_other_tables_and_columns():
    with pytest.raises(SourceError, match="no such table is known"):
        registry.parse(b"", "hti/2024-03-01/tables/by_age.csv")
    with pytest.raises(SourceError, match="its columns are area, year, expected indicator, area"):
        registry.parse(b"area,year\nHTI,2021\n", FORM)


def test_the_four_counts_stand_beside_those_of_unodc(registries):
    counts = ("detected_victims", "persons_formal_contact", "persons_prosecuted", "persons_convicted")
    release(registries / "hti", [cell(2021, 20 + n, indicator=code) for n, code in enumerate(counts)], DAY)
    declared = declarations()["registry_hti"].indicators
    assert [(one.id, one.beside, one.unit) for one in declared] == [
        (f"register_hti_{code}", code, "persons") for code in counts
    ]
    assert not [one for one in declared if one.shown or one.restates or one.derived]
    assert declarations()["unodc_glotip"].counts[:4] == counts
