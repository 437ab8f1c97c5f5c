"""Builds from start to end with releases of UNODC's workbook that are older and newer than those declared."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.snapshot import Snapshot
from etl.__main__ import FAILED, OK, UNEXPECTED, main
from tests.etl.glotip_releases import GROUPS, april_2025, autumn_2026, may_2023, october_2025
from tests.etl.test_pipeline import build, sample

OLD, NEW = "data_glotip_2023.xlsx", "data_glotip_2026.xlsx"
COUNTED = pl.col("evidence") == "counted"
VICTIMS = (pl.col("indicator") == "detected_victims") & pl.all_horizontal(pl.col("sex", "age", "form") == "total")
LATER = date(2026, 12, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return sample(tmp_path / "mirror", april=april_2025(), october=october_2025())


def add(folder: Path, name: str, content: bytes) -> None:
    (folder / "unodc_glotip" / name).write_bytes(content)


def flows(snapshot: Snapshot, table: str = "flows") -> set[tuple[str, str, int, float, str]]:
    rows = snapshot.table(table).filter(COUNTED).select("origin", "destination", "year", "low", "release")
    return set(rows.collect().rows())


def totals(snapshot: Snapshot) -> dict[tuple[str, int], tuple[float, float]]:
    rows = snapshot.table("observations").filter(VICTIMS).select("area", "year", "low", "high").collect()
    return {(area, year): (low, high) for area, year, low, high in rows.iter_rows()}


def set_aside(snapshot: Snapshot, release: str) -> dict[tuple[str, str], int]:
    (source,) = [one for one in snapshot.manifest["sources"] if one["name"] == "unodc_glotip"]
    (account,) = [one for one in source["releases"] if one["release"] == release]
    assert account["read"] == account["kept"] + sum(one["rows"] for one in account["set_aside"])
    return {(one["reason"], one.get("detail", "")): one["rows"] for one in account["set_aside"]}


MEXICO = {("HND", "MEX", 2021, 9.0, "2025-04-14"), ("HND", "MEX", 2022, 6.0, "2025-04-14")}
NOW = {*MEXICO, ("HND", "MEX", 2023, 12.0, "2025-10-28"), ("PRY", "ARG", 2023, 41.0, "2025-10-28")}


def test_an_older_release_adds_its_vintages_and_changes_nothing_that_is_current(folder):
    before, first = build(folder)
    assert flows(first) == NOW
    add(folder, OLD, may_2023())
    outcome, snapshot = build(folder)
    assert (outcome.unexpected, [check.name for check in outcome.checks if not check.passed]) == ([], [])
    for table in ("observations", "flows", "flow_coverage"):
        assert snapshot.table(table).collect().equals(first.table(table).collect()), table
    assert outcome.snapshot != before.snapshot
    printed = snapshot.table("vintages").filter(VICTIMS, pl.col("release") == "2023-05-30")
    assert set(printed.select("area", "year", "low").collect().rows()) == {("PAN", 2021, 27.0), ("MEX", 2021, 38.0)}
    # What the list of that time said is kept, and as of the next release it is gone.
    as_of = snapshot.table("flow_vintages").collect()
    panama = as_of.filter(pl.col("destination") == "PAN").select("as_of", "origin", "low").rows()
    assert set(panama) == {("2023-05-30", "COL", 19.0), ("2023-05-30", "VEN", 8.0)}
    changes = snapshot.table("revisions").filter(VICTIMS, pl.col("area") == "PAN").collect()
    assert changes.select("kind", "release_from", "low_from", "release_to", "low_to").sort("release_from").rows() == [
        ("withdrawn", "2023-05-30", 27.0, "2025-04-14", None),
        ("new", "2025-04-14", None, "2025-10-28", 25.0),
    ]


def test_rows_of_groups_are_counted_one_by_one_and_are_no_reason_to_look(folder):
    add(folder, OLD, may_2023())
    _, snapshot = build(folder)
    aside = set_aside(snapshot, "2023-05-30")
    assert {code: n for (reason, code), n in aside.items() if reason == "not_a_country"} == GROUPS
    assert aside["no_longer_listed", ""] == 2


def test_a_newer_release_withdraws_what_it_no_longer_lists(folder):
    build(folder)
    add(folder, NEW, autumn_2026())
    outcome, snapshot = build(folder, today=LATER, accept="the publisher withdrew them")
    assert [(f.reason, f.detail, f.rows) for f in outcome.unexpected] == [("not_a_country", "LCN", 1)]
    # April serves Mexico's 2021 as declared, but not 2022, which the newest release no longer lists. The list of
    # Argentina of 2023 is gone too, though its total is there.
    assert flows(snapshot) == {("HND", "MEX", 2021, 9.0, "2025-04-14"), ("HND", "MEX", 2023, 14.0, "2026-10-20")}
    assert set_aside(snapshot, "2025-10-28")["no_longer_listed", ""] == 2
    lost = {check.name: check.saw for check in outcome.checks if not check.passed}
    # No other state has a list of 2022, and Argentina has none of another year.
    assert "counted destination 2022" in lost["years lost"]
    assert "counted destination ARG" in lost["states lost"]
    assert ("PRY", "ARG", 2023, 41.0, "2025-10-28") in flows(snapshot, "flow_vintages")
    coverage = snapshot.table("flow_coverage").filter(area="ARG", year=2023).select("total", "listed").collect()
    assert coverage.rows() == [(60.0, 0.0)]
    assert totals(snapshot) == {
        ("MEX", 2021): (41.0, 41.0),
        ("MEX", 2022): (1.0, 4.0),
        ("CRI", 2022): (1350.0, 1350.0),
        ("PAN", 2021): (25.0, 25.0),
        ("ARG", 2023): (60.0, 60.0),
        ("MEX", 2023): (55.0, 55.0),
    }
    changes = snapshot.table("revisions").filter(VICTIMS, pl.col("release_to") == "2026-10-20")
    ends = changes.select("area", "year", "kind", "low_from", "high_from", "low_to", "high_to").sort("area", "year")
    assert ends.collect().rows() == [
        ("BLZ", 2022, "withdrawn", 0.0, 0.0, None, None),
        ("CRI", 2022, "revised", 1200.0, 1200.0, 1350.0, 1350.0),
        ("MEX", 2021, "revised", 40.0, 40.0, 41.0, 41.0),
        ("MEX", 2022, "revised", 6.0, 6.0, 1.0, 4.0),
        ("MEX", 2023, "revised", 50.0, 50.0, 55.0, 55.0),
    ]


def test_changes_inside_a_figure_with_several_values_are_told_as_printed(folder):
    add(folder, NEW, autumn_2026())
    _, snapshot = build(folder, today=LATER)
    other = snapshot.table("revisions").filter(area="MEX", year=2022, form="other").sort("release_to").collect()
    assert other.select("kind", "printed_from", "printed_to", "low_from", "high_to").rows() == [
        ("convention", "11; <5", "11; 0", None, None),
        ("revised", "11; 0", "12; 0", None, None),
    ]


def test_with_all_releases_the_current_tables_are_those_of_the_newest(folder):
    add(folder, NEW, autumn_2026())
    _, without = build(folder, today=LATER)
    add(folder, OLD, may_2023())
    _, snapshot = build(folder, today=LATER)
    for table in ("observations", "flows", "flow_coverage"):
        assert snapshot.table(table).collect().equals(without.table(table).collect()), table


def test_the_exit_status_tells_known_groups_new_ones_and_lost_rows_apart(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "300")
    command = ["build", "--mirror", str(folder), "--snapshot", str(tmp_path / "home")]
    assert main(command) == OK
    add(folder, OLD, may_2023())
    assert main(command) == OK
    add(folder, NEW, autumn_2026())
    capsys.readouterr()
    # A state's list of a year is lost: a person has to say that it is right.
    assert main(command) == FAILED
    assert "counted destination ARG" in capsys.readouterr().err
    assert main([*command, "--accept", "withdrawn by the publisher", "--by", "A. Person"]) == UNEXPECTED
    assert "not_a_country 'LCN', 1 row(s), the first at data_glotip_2026.xlsx#" in capsys.readouterr().err
    assert main(["check", "--snapshot", str(tmp_path / "home")]) == OK
