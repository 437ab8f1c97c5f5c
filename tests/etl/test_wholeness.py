"""A file that was cut at the end of a line is refused, whatever its reader thinks of it."""

import csv
import os
from pathlib import Path

import pytest

from etl import pipeline, wholeness
from etl.errors import SourceError
from tests.etl.test_pipeline import build, sample

POPULATION = "worldbank/worldbank_population_2025-03.csv"


def cut(path: Path, lines: int) -> None:
    kept = path.read_bytes().splitlines(keepends=True)[:lines]
    path.write_bytes(b"".join(kept))


def test_a_population_cut_at_the_end_of_a_line_stops_the_build(tmp_path):
    folder = sample(tmp_path / "mirror")
    cut(folder / POPULATION, 400)
    with pytest.raises(SourceError, match=r"2025-03\.csv: no population of NIC, PAN.* in 2020: the file is cut short"):
        build(folder)
    assert not (tmp_path / "snapshots").exists()


def test_a_small_answer_of_later_date_does_not_replace_the_whole(tmp_path):
    folder = sample(tmp_path / "mirror")
    small = folder / "worldbank" / "population_2025-09.csv"
    small.write_text("Country Name,Country Code,Year,Value\nMexico,MEX,2021,127648148\n")
    with pytest.raises(SourceError, match=r"file population_2025-09\.csv: no population of ARG, ATG, .* in 2021"):
        build(folder)
    small.write_text("Country Name,Country Code,Year,Value\nArab World,ARB,2021,127648148\n")
    with pytest.raises(SourceError, match=r"file population_2025-09\.csv: no population .* in every year"):
        build(folder)


def test_a_country_outside_the_region_that_the_bank_should_give_is_listed(tmp_path):
    folder = sample(tmp_path / "mirror")
    path = folder / POPULATION
    path.write_bytes(b"".join(line for line in path.read_bytes().splitlines(keepends=True) if b",ESP," not in line))
    outcome, _ = build(folder)
    assert [(f.reason, f.detail) for f in outcome.unexpected] == [("no_population", "ESP")]


def test_a_frozen_table_with_fewer_records_stops_the_build(tmp_path):
    folder = sample(tmp_path / "mirror")
    cut(folder / "hti" / "HTI_sample.csv", 5)
    with pytest.raises(SourceError, match=r"source hti, file HTI_sample\.csv: 4 records of 5: the file is cut short"):
        build(folder)


@pytest.mark.real
def test_the_real_tables_are_as_large_as_is_asked_of_them():
    named = os.environ.get("ATALAYA_MIRROR")
    if not named:
        pytest.skip("ATALAYA_MIRROR does not name a folder of the publishers' files")
    with next((Path(named) / "hti").glob("HTI*.csv")).open(encoding="mac_roman", newline="") as file:
        records = sum(any(cell.strip() for cell in row) for row in csv.reader(file)) - 1
    assert {"hti": records} == wholeness.FROZEN_RECORDS
    with next((Path(named) / "worldbank").glob("*population*.csv")).open(encoding="utf-8-sig", newline="") as file:
        codes = {row["Country Code"] for row in csv.DictReader(file)}
    assert not codes & wholeness.UNPEOPLED
    assert pipeline.areas.state_codes()
