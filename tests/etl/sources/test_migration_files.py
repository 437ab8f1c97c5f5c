"""The parsers of migration: the stock of migrants of 2020 and 2024, people under UNHCR's mandate, crossings."""

import json
from datetime import date, timedelta

import polars as pl
import pytest

from data.place import HERE
from data.snapshot import Snapshot
from etl.errors import SourceError
from etl.r_tables import read_r
from etl.sources import iom_gdidata, undesa_migrant_stock_2020, undesa_migrant_stock_2024, unhcr_population
from tests.etl.cells import r_table
from tests.etl.r_samples import crossings, protected, r_file, stocks

NAN = float("nan")


def aside(parsed):
    return {finding.reason: finding.rows for finding in parsed.findings}


def matrix(**changed):
    # A region in the middle: its row and column repeat the countries beside it.
    lines = [[0, 8, 3], [9, 0, 9], [0, 8, 0]]
    return {
        "names": ["Haiti", "Caribbean", "Chile"],
        "regions": [1],
        "matrix": {"2015": lines, "2020": lines},
    } | changed


def test_cells_of_regions_and_zeros_of_the_matrix_are_counted_and_set_aside():
    parsed = undesa_migrant_stock_2020.parse(json.dumps(matrix()).encode(), "stock.json")
    assert parsed.rows.rows() == [
        ("Haiti", "Chile", 2015, 3, "year 2015, Haiti to Chile"),
        ("Haiti", "Chile", 2020, 3, "year 2020, Haiti to Chile"),
    ]
    assert (parsed.release, parsed.read, parsed.kept) == ("2020", 18, 2)
    assert aside(parsed) == {"region": 10, "zero_or_unknown": 6}


@pytest.mark.parametrize(
    "changed", [{"matrix": {"2020": [[0]]}}, {"names": 3}, {"matrix": {"soon": []}}, {"matrix": []}, {"regions": [7]}]
)
def test_another_form_of_the_matrix_is_refused(changed):
    with pytest.raises(SourceError, match="not a list of names and a matrix"):
        undesa_migrant_stock_2020.parse(json.dumps(matrix(**changed)).encode(), "stock.json")


def test_women_and_men_of_a_pair_are_added_and_a_zero_is_kept():
    parsed = undesa_migrant_stock_2024.parse(stocks(("VEN", "COL", 2020, 2, 3), ("BLZ", "COL", 2024, 0, 0)), "s.rda")
    assert parsed.rows.rows() == [
        ("VEN", "COL", 2020, 5, "rows 1 and 2"),
        ("BLZ", "COL", 2024, 0, "rows 3 and 4"),
    ]
    assert (parsed.release, parsed.read, parsed.kept, parsed.findings) == ("2024", 2, 2, [])


def test_a_pair_without_one_row_for_each_sex_is_refused():
    content = r_file("s", {"geo": ["COL"], "t": [2024], "from": ["VEN"], "sex": ["female"], "n": [3]})
    with pytest.raises(SourceError, match="VEN to COL in 2024 has not one row for women and one for men"):
        undesa_migrant_stock_2024.parse(content, "s.rda")


def test_a_five_of_unhcr_is_one_to_five_and_a_blank_is_no_zero():
    rows = (2025, "VEN", "COL", 5, 12, 300), (2024, "HTI", "BRA", 0, 9, NAN)
    parsed = unhcr_population.parse(protected(*rows), "population.rda")
    assert sorted(parsed.rows.rows()) == [
        ("asylum_seekers", "HTI", "BRA", 2024, None, 9.0, 9.0, "persons", "row 2, column asylum_seekers"),
        ("asylum_seekers", "VEN", "COL", 2025, None, 12.0, 12.0, "persons", "row 1, column asylum_seekers"),
        ("others_in_need", "VEN", "COL", 2025, None, 300.0, 300.0, "persons", "row 1, column oip"),
        ("refugees", "VEN", "COL", 2025, None, 1.0, 5.0, "persons", "row 1, column refugees"),
    ]
    assert (parsed.read, parsed.kept, aside(parsed)) == (6, 4, {"no_value": 1, "zero_or_few": 1})


def test_another_version_of_the_package_is_refused():
    with pytest.raises(SourceError, match="its newest year is not 2025"):
        unhcr_population.parse(protected((2024, "HTI", "BRA", 1, 9, NAN)), "population.rda")


def test_months_are_added_and_only_a_year_that_ends_early_has_its_last_month():
    months = [((2023, 1), "VEN", 40), ((2023, 1), "VEN", 2), ((2023, 2), "OOO", 3), ((2025, 1), "CUB", 1)]
    parsed = iom_gdidata.parse(crossings(*months, ((2025, 2), "VEN", 7)), "irreg_darien_nat.rda")
    assert parsed.rows.rows() == [
        ("crossings", "OOO", "PAN", 2023, None, 3.0, 3.0, "events", "OOO 2023"),
        ("crossings", "VEN", "PAN", 2023, None, 42.0, 42.0, "events", "VEN 2023"),
        ("crossings", "CUB", "PAN", 2025, 2, 1.0, 1.0, "events", "CUB 2025"),
        ("crossings", "VEN", "PAN", 2025, 2, 7.0, 7.0, "events", "VEN 2025"),
    ]
    assert (parsed.part, parsed.read, parsed.kept) == ("darien", 4, 4)
    whole = iom_gdidata.parse(crossings(((2024, 12), "VEN", 40)), "irreg_mexico_nat.rda")
    assert whole.rows.select("destination_code", "month").rows() == [("MEX", None)]


def test_a_file_of_a_state_that_is_not_known_is_refused():
    with pytest.raises(SourceError, match="rename it"):
        iom_gdidata.parse(crossings(((2024, 12), "VEN", 40)), "irreg_peru_nat.rda")


@pytest.mark.parametrize("content", [b"<html>", b"", b"\x1f\x8bnothing", b"BZhnothing", b"RDX3\nX\n"])
def test_what_is_no_table_of_r_is_refused(content):
    with pytest.raises(SourceError, match="R data file"):
        read_r(content, (), {"n": 99}, source="any", file="a.rda")


def test_a_cut_file_and_a_missing_column_are_refused():
    content = crossings(((2024, 12), "VEN", 40))
    with pytest.raises(SourceError, match="damaged or of another form"):
        read_r(content[:-40], (), {"n": 99}, source="any", file="a.rda")
    with pytest.raises(SourceError, match="no column persons, only t, nat, n"):
        read_r(content, (), {"persons": 99}, source="any", file="a.rda")


@pytest.mark.parametrize("wrong", [-1, 0.5, 100, NAN, float("inf")])
def test_a_number_that_cannot_be_a_count_is_refused_with_its_row(wrong):
    content = r_file("s", {"n": [3, wrong]})
    with pytest.raises(SourceError, match=r"row 2: column n has .*, not a whole number from 0 to 99; check the file"):
        read_r(content, (), {"n": 99}, source="any", file="a.rda")


def test_texts_instead_of_numbers_are_refused():
    content = r_file("s", {"n": ["3"], "nat": [4]})
    with pytest.raises(SourceError, match="column nat, n has texts instead of numbers or the reverse"):
        read_r(content, ("nat",), {"n": 99}, source="any", file="a.rda")


# ---------------------------------------------------------------- the publishers' own files, by another path


@pytest.fixture(scope="module")
def states():
    return {*Snapshot.open(str(HERE)).table("areas").collect()["area"]}


def table(name):
    return Snapshot.open(str(HERE)).table(name)


@pytest.mark.real
def test_the_stock_of_2024_is_that_of_the_raw_file(mirror, states):
    raw = r_table(mirror / "undesa_migrant_stock_2024" / "undesa_stocks.rda")
    ours = raw[raw["geo"].isin(states) & raw["from"].isin(states) & (raw["t"] == 2024)]
    summed = ours.groupby(["from", "geo"])["n"].sum()
    assert (len(summed), int(summed.sum())) == (684, 41_357_143)
    rows = table("migrant_stock").filter(year=2024).select("origin", "destination", "persons").collect()
    assert {(origin, destination): n for origin, destination, n in rows.iter_rows()} == summed.to_dict()
    assert summed["VEN", "COL"] == 2_904_873


@pytest.mark.real
def test_the_revisions_stand_side_by_side_and_are_no_series(mirror):
    raw = json.loads(next((mirror / "undesa_migrant_stock_2020").glob("*.json")).read_text("utf-8"))
    at = {name: number for number, name in enumerate(raw["names"])}
    rows = table("migrant_stock_vintages").filter(pl.col("release") == "2020").collect()
    assert [rows.filter(year=year).height for year in (2015, 2020)] == [703, 703]
    for names, ends in ((("Venezuela", "Colombia"), ("VEN", "COL")), (("Bolivia", "Argentina"), ("BOL", "ARG"))):
        for year in (2015, 2020):
            cell = raw["matrix"][str(year)][at[names[0]]][at[names[1]]]
            assert rows.filter(year=year, origin=ends[0], destination=ends[1])["persons"].to_list() == [cell]
    older = table("migrant_stock_vintages").filter(pl.col("release") == "2019", pl.col("year") == 2015).collect()
    both = rows.filter(year=2015).join(older, on=["origin", "destination"], how="inner", validate="1:1")
    assert both.filter(pl.col("persons") != pl.col("persons_right")).height == 144
    assert table("migrant_stock").select(pl.col("release").unique()).collect()["release"].to_list() == ["2024"]


@pytest.mark.real
def test_people_under_unhcrs_mandate_are_those_of_the_raw_file(mirror, states):
    raw = r_table(mirror / "unhcr_population" / "population.rda")
    ours = raw[raw["coo_iso"].isin(states) & raw["coa_iso"].isin(states) & (raw["coo_iso"] != raw["coa_iso"])]
    newest = ours[ours["year"] == 2025][["refugees", "asylum_seekers", "oip"]].sum()
    assert newest.tolist() == [763_441, 3_013_256, 6_024_333]
    rows = table("movements").filter(pl.col("kind") != "crossings").collect()
    for column, kind in (("refugees", "refugees"), ("asylum_seekers", "asylum_seekers"), ("oip", "others_in_need")):
        positive = ours[ours[column] > 0]
        expected = dict(
            zip(
                zip(positive["coo_iso"], positive["coa_iso"], positive["year"], strict=True),
                positive[column],
                strict=True,
            )
        )
        mine = rows.filter(kind=kind).select("origin", "destination", "year", "high").rows()
        assert {(origin, end, year): n for origin, end, year, n in mine} == expected
    assert {*rows.filter(pl.col("low") != pl.col("high"))["high"]} == {5.0}


@pytest.mark.real
@pytest.mark.parametrize(("name", "area"), [("darien", "PAN"), ("honduras", "HND"), ("mexico", "MEX")])
def test_crossings_of_a_year_are_the_sum_of_the_raw_months(mirror, name, area):
    raw = r_table(mirror / "iom_gdidata" / f"irreg_{name}_nat.rda")
    days = [date(1970, 1, 1) + timedelta(days=int(day)) for day in raw["t"]]
    expected = raw.groupby([day.year for day in days])["n"].sum().to_dict()
    rows = table("movements").filter(kind="crossings", destination=area).collect()
    # Panamanians in the Darien are not counted there: origin and destination are one state.
    at_home = int(raw[raw["nat"] == area]["n"].sum())
    found = dict(rows.group_by("year").agg(pl.col("high").sum()).iter_rows())
    assert sum(expected.values()) - sum(found.values()) == at_home
    if area == "PAN":
        assert (found[2023], found[2024], found[2025]) == (520_085, 302_203, 2_904)
    assert rows.filter(pl.col("month").is_not_null()).select(pl.col("year", "month").unique()).rows() == [(2025, 4)]
