"""A file that was cut at the end of a line is refused, even if its parser accepts it."""

from pathlib import Path

import polars as pl
import pytest

from data.snapshot import Snapshot
from etl.checking import wholeness
from etl.errors import SourceError
from tests.etl.directionality_samples import coding, coding_workbook
from tests.etl.samples import CONVICTED, glotip, glotip_row
from tests.etl.test_pipeline import APRIL, OCTOBER, build, sample

POPULATION = "worldbank/worldbank_population_2025-03.csv"


def cut(path: Path, lines: int) -> None:
    first_lines = path.read_bytes().splitlines(keepends=True)[:lines]
    path.write_bytes(b"".join(first_lines))


def test_a_population_cut_at_the_end_of_a_line_stops_the_build(tmp_path):
    folder = sample(tmp_path / "mirror")
    cut(folder / POPULATION, 400)
    with pytest.raises(SourceError, match=r"2025-03\.csv: no population of NIC, PAN.* in 2020: the file is incomplete"):
        build(folder)
    assert not (tmp_path / "snapshots" / "current").exists()


def test_a_small_answer_with_a_later_date_does_not_replace_the_whole_file(tmp_path):
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
    with pytest.raises(
        SourceError, match=r"source hti, file HTI_sample\.csv: 4 records, expected 5 or more: the file is incomplete"
    ):
        build(folder)


def test_a_population_that_begins_after_the_figures_stops_the_build(tmp_path):
    folder = sample(tmp_path / "mirror", april=[*APRIL, glotip_row("MEX", 2019, "3")])
    with pytest.raises(
        SourceError, match=r"2025-03\.csv: it begins in 2020, but the figures begin in 2019; get the file of all years"
    ):
        build(folder)


def test_a_file_without_a_date_does_not_replace_a_dated_one(tmp_path):
    folder = sample(tmp_path / "mirror")
    dated = folder / POPULATION
    (folder / "worldbank" / "population.csv").write_bytes(
        dated.read_bytes().replace(b"Belize,BLZ,2020,394921", b"Belize,BLZ,2020,294921")
    )
    _, snapshot = build(folder)
    people = snapshot.table("observations").filter(pl.col("indicator") == "population").select("release").unique()
    assert people.collect()["release"].to_list() == ["2025-03"]


def test_a_workbook_much_smaller_than_the_one_before_is_reported(tmp_path, monkeypatch):
    monkeypatch.setattr(wholeness, "LARGE", 5)
    outcome, _ = build(sample(tmp_path / "mirror"))
    findings = [(f.release, f.reason, f.detail, f.rows) for f in outcome.unexpected]
    assert findings == [("2025-10-28", "much_smaller_than_before", "2025-04-14", len(OCTOBER))]


def test_a_frozen_workbook_without_one_of_its_sheets_is_reported(tmp_path):
    folder = sample(tmp_path / "mirror")
    sheets = coding()
    removed = len(sheets.pop("2012")) - 1
    (folder / "du_directionality" / "Directionality Coding.xlsx").write_bytes(coding_workbook(sheets))
    outcome, _ = build(folder)
    assert [(f.reason, f.rows) for f in outcome.unexpected] == [("fewer_rows_than_the_frozen_file", removed)]


def test_a_renamed_indicator_does_not_remove_the_figures_of_older_releases(tmp_path):
    renamed = [
        glotip_row("MEX", 2021, "41", indicator="Detected victims"),
        glotip_row("BLZ", 2021, "0", dimension="Tot"),
        glotip_row("MEX", 2021, "7", indicator=CONVICTED),
    ]
    outcome, snapshot = build(sample(tmp_path / "mirror", october=renamed))
    assert {(f.reason, f.detail) for f in outcome.unexpected} == {
        ("unknown_indicator", "Detected victims"),
        ("unknown_dimension", "Tot"),
    }
    totals = snapshot.table("observations").filter(pl.col("indicator") == "detected_victims", pl.col("sex") == "total")
    assert totals.select("area", "low", "release").collect().sort("area", "low").rows() == [
        ("BLZ", 0.0, "2025-04-14"),
        ("BLZ", 12.0, "2025-04-14"),
        ("MEX", 40.0, "2025-04-14"),
    ]


def test_a_workbook_without_known_rows_is_one_clear_error(tmp_path):
    nothing = [(*glotip_row("MEX", 2021, "41")[:10], "Number", "41", "GLOTIP")]
    with pytest.raises(SourceError, match="file of release 2025-10-28: none of 1 rows was recognized"):
        build(sample(tmp_path / "mirror", october=nothing))


def test_a_sheet_name_that_would_break_a_locator_is_refused(tmp_path):
    folder = sample(tmp_path / "mirror")
    path = folder / "unodc_glotip" / "data_glotip_b.xlsx"
    path.write_bytes(glotip([glotip_row("MEX", 2021, "41")], released="28/10/2025", sheet="data; 2026"))
    with pytest.raises(SourceError, match=r"file data_glotip_b\.xlsx: rename the sheet"):
        build(folder)


def test_the_tenth_revision_comes_after_the_second(tmp_path):
    folder = sample(tmp_path / "mirror")
    for number, value in ((2, "42"), (10, "43")):
        path = folder / "unodc_glotip" / f"data_glotip_{number}.XLSX"
        path.write_bytes(glotip([glotip_row("MEX", 2021, value)], released="15/04/2026"))
    _, snapshot = build(folder)
    best = snapshot.table("observations").filter(pl.col("indicator") == "detected_victims", pl.col("area") == "MEX")
    assert best.select("low", "release").collect().rows() == [(43.0, "2026-04-15")]
    assert Snapshot.open(str(tmp_path / "snapshots")).id == snapshot.id


def test_the_publisher_s_own_file_name_of_the_population_is_known(tmp_path):
    folder = sample(tmp_path / "mirror")
    (folder / POPULATION).rename(folder / "worldbank" / "API_SP.POP.TOTL_DS2_en_csv_v2_31753.csv")
    _, snapshot = build(folder)
    assert not snapshot.table("observations").filter(pl.col("indicator") == "population").collect().is_empty()
