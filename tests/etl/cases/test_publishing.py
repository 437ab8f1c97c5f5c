"""A release is written whole, never in place of another one, and read back as it was written."""

import csv
import hashlib
import json
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data import package
from data.i18n import language
from etl.cases import audit_page, publishing
from etl.cases.publishing import published
from etl.cases.releases import register, releases
from etl.cases.tables import KEY, PUBLISHED
from etl.errors import AtalayaError
from tests.etl.cases.registers import CELLS, DAY, HAITI, MadeUpAudit, cell, layout, release

ROOT = Path(__file__).parents[3]
# What each file has, written by hand from `CELLS`.
FORMS = """indicator,area,year,form,low,high,status,date_counted,counting_unit
detected_victims,HTI,2021,forced_labour,35,35,exact,referral,persons
detected_victims,HTI,2021,total,41,41,exact,referral,persons
detected_victims,HTI,2022,total,1,10,masked,referral,persons
detected_victims,HTI,2024,total,13,13,exact,referral,persons
"""
FLOWS = """indicator,area,year,origin,destination,low,high,status,date_counted,counting_unit
detected_victims,HTI,2021,PER,HTI,12,12,exact,referral,persons
detected_victims,HTI,2021,PER,total,12,12,exact,referral,persons
detected_victims,HTI,2021,total,total,41,41,exact,referral,persons
detected_victims,HTI,2022,total,total,1,10,masked,referral,persons
detected_victims,HTI,2024,total,total,13,13,exact,referral,persons
"""
NAMES = ("by_citizenship", "by_citizenship_and_country", "by_form", "by_sex_and_age")


def refusal(act) -> str:
    with pytest.raises(AtalayaError) as caught:
        act()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def visible(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*") if not path.name.startswith(".lock"))


def test_a_release_has_its_tables_its_page_its_layout_and_the_hash_of_each(tmp_path):
    place = release(tmp_path / "hti")
    files = content(place)
    tables = {f"tables/{name}.{ending}" for name in NAMES for ending in ("csv", "parquet")}
    assert place.name == "2024-03-01"
    assert files.keys() == {*tables, "datapackage.json", "audit.md", "layout.toml"}
    assert files["tables/by_form.csv"].decode() == FORMS
    assert files["tables/by_citizenship_and_country.csv"].decode() == FLOWS
    assert files["layout.toml"] == b"minors_under = 18\n"
    # Letters to Haiti are in French.
    page = audit_page.page(language("fr"), HAITI, DAY, pl.DataFrame(CELLS), MadeUpAudit())
    assert files["audit.md"].decode() == page
    described = json.loads(files["datapackage.json"])
    hashes = {one["path"]: one["hash"].removeprefix("sha256:") for one in described["resources"]}
    assert hashes == {
        path: hashlib.sha256(found).hexdigest() for path, found in files.items() if path != "datapackage.json"
    }
    assert described["licenses"] == [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}]
    assert described["contributors"][0]["email"] == "office@example.org"
    assert described["protection"] == {"threshold": 11, "width": 5}
    for path in tables:
        table = (pl.read_csv if path.endswith("csv") else pl.read_parquet)(files[path])
        assert table.select("date_counted", "counting_unit").unique().rows() == [("referral", "persons")]
    names = [one["name"] for one in described["resources"]]
    assert len(names) == len({*names})


def test_both_forms_of_a_table_have_the_same_cells(tmp_path):
    place = release(tmp_path / "hti") / "tables"
    for name in NAMES:
        rows = pl.read_parquet(place / f"{name}.parquet").rows()
        with (place / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert [tuple(map(str, row)) for row in rows] == [*map(tuple, csv.reader(file))][1:]


def test_the_same_input_gives_the_same_bytes_in_any_order(tmp_path):
    first, second = release(tmp_path / "one"), release(tmp_path / "two", CELLS[::-1])
    assert content(first) == content(second)


def test_what_was_published_is_read_back_each_cell_once(tmp_path):
    folder = tmp_path / "hti"
    later = [cell(2021, 43), cell(2022, 1, 10)]
    release(folder)
    release(folder, later, date(2025, 3, 1))
    first, second = published(folder)
    assert first.columns == [*PUBLISHED]
    assert set(first.rows(named=False)) == {tuple(one[name] for name in PUBLISHED) for one in CELLS}
    assert second.sort(KEY).select("year", "low", "high", "status").rows() == [
        (2021, 43, 43, "exact"),
        (2022, 1, 10, "masked"),
    ]
    assert [one.register for one in releases(folder)] == [HAITI, HAITI]
    assert published(tmp_path / "nothing") == []


@pytest.mark.parametrize("day", [DAY, date(2023, 1, 1)], ids=["the same day", "an earlier day"])
def test_what_is_published_stays(tmp_path, day):
    before = content(release(tmp_path / "hti"))
    problem = refusal(lambda: release(tmp_path / "hti", [cell(2021, 99)], day))
    assert "has a release of 2024-03-01, and what is published stays" in problem
    assert content(tmp_path / "hti" / "2024-03-01") == before
    assert visible(tmp_path / "hti") == ["2024-03-01"]


def test_a_full_disk_is_one_line_and_nothing_is_left(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(package, "described", full)
    problem = refusal(lambda: release(tmp_path / "hti"))
    assert "nothing was published" in problem
    assert "No space left on device" in problem
    assert visible(tmp_path / "hti") == []


# Writes a release, and stops for a minute in the middle of it.
SLOW = """
import sys, time
from pathlib import Path
from data import package
from tests.etl.cases.registers import release

def stop(*_):
    print("writing", flush=True)
    time.sleep(60)

package.described = stop
release(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_a_run_that_is_ended_while_it_writes_leaves_nothing_behind(tmp_path, how):
    with subprocess.Popen([sys.executable, "-c", SLOW, tmp_path], cwd=ROOT, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "writing\n"
        (staging,) = tmp_path.glob(f"{publishing.STAGING}*")
        assert (staging / "tables" / "by_form.csv").exists()
        run.send_signal(how)
        assert run.wait(20) != 0
    until = time.monotonic() + 20
    while {path.name for path in tmp_path.iterdir()} - {".lock"} and time.monotonic() < until:
        time.sleep(0.05)
    # A release that is written whole leaves this file, too.
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


def test_what_was_left_when_the_power_failed_is_no_release_and_goes_with_the_next_one(tmp_path):
    (tmp_path / f"{publishing.STAGING}abc" / "tables").mkdir(parents=True)
    assert published(tmp_path) == []
    place = release(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "2024-03-01"]
    assert place.stat().st_mode == (place / "tables").stat().st_mode


DAMAGES = {
    "a changed hash": (
        lambda place: (place / "tables/by_form.csv").write_text(FORMS.replace("41,41", "40,40"), "utf-8"),
        "tables/by_form.csv: it has changed since it was published",
    ),
    "a missing table": (
        lambda place: (place / "tables/by_sex_and_age.csv").unlink(),
        "tables/by_sex_and_age.csv: it is missing",
    ),
    "no description": (lambda place: (place / "datapackage.json").unlink(), "datapackage.json cannot be read"),
    "half a description": (
        lambda place: (place / "datapackage.json").write_text('{"version": "2024', "utf-8"),
        "datapackage.json cannot be read",
    ),
    "a folder of another day": (
        lambda place: place.rename(place.with_name("2024-03-02")),
        "it is of '2024-03-01', not of 2024-03-02",
    ),
    "a folder that is no day": (lambda place: place.rename(place.with_name("march")), "march: it is no release"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_release_is_one_line(tmp_path, damage):
    harm, words = DAMAGES[damage]
    harm(release(tmp_path / "hti"))
    assert words in refusal(lambda: published(tmp_path / "hti"))


def rewritten(place: Path, old: str, new: str) -> None:
    """Change a table and its hash: as who made the release by another program would."""
    table, description = place / "tables/by_form.csv", place / "datapackage.json"
    before = table.read_bytes()
    table.write_text(before.decode().replace(old, new), "utf-8")
    now, then = (hashlib.sha256(found).hexdigest() for found in (table.read_bytes(), before))
    description.write_text(description.read_text("utf-8").replace(then, now), "utf-8")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "form,low",
            "kind,low",
            "its columns are indicator, area, year, kind, low, high, status, date_counted, counting_unit, expected",
        ),
        ("41,41", "few,few", "it is not a table of numbers and codes"),
        ("1,10,masked", "10,1,masked", "row 4 has a blank, an unknown status, or no interval from low to high"),
        ("1,10,masked", "1,10,exact", "row 4 has a blank"),
        ("1,10,masked", ",10,masked", "row 4 has a blank"),
        ("2022,total", "2021,total", "it has a cell twice"),
        ("41,41", "42,42", "two of its tables have different numbers in one cell"),
        ("HTI", "PER", "its area is not HTI in every row"),
        ("referral,persons", "complaint,persons", "its date_counted is not referral in every row"),
        ("referral,persons", "referral,cases", "its counting_unit is not persons in every row"),
    ],
)
def test_a_table_of_another_form_is_one_line(tmp_path, old, new, words):
    rewritten(release(tmp_path / "hti"), old, new)
    assert words in refusal(lambda: published(tmp_path / "hti"))


def test_a_register_of_which_a_layout_does_not_say_all_is_one_line():
    said, given = layout().register, {"state": "HTI", "unit": "persons", "date": "referral"}
    assert register(said, **given) == HAITI
    problem = refusal(lambda: register({**said, "contact": " "}, **given))
    assert problem == "[register] of the layout: it lacks contact; correct it"
    problem = refusal(lambda: register({**said, "page": "javascript:alert(1)"}, **given))
    assert "page is 'javascript:alert(1)', which does not begin with https://" in problem


def test_a_description_without_license_or_contact_is_one_line(tmp_path):
    place = release(tmp_path / "hti")
    for name in ("licenses", "contributors", "title"):
        described = json.loads((place / "datapackage.json").read_text("utf-8"))
        (one,) = [replace(one, package=described | {name: []}) for one in releases(tmp_path / "hti")]
        assert "datapackage.json: it lacks" in refusal(lambda one=one: one.register)
    for wrong in ({}, {"threshold": "few", "width": 5}, None):
        (one,) = [replace(one, package=described | {"protection": wrong}) for one in releases(tmp_path / "hti")]
        assert "datapackage.json: it lacks protection" in refusal(lambda one=one: one.protection)
    with pytest.raises(AtalayaError, match="it lacks license"):
        release(tmp_path / "per", register=replace(HAITI, license=" "))
    assert not (tmp_path / "per").exists()
