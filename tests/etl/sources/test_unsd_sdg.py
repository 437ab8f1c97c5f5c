import contextlib
import csv
import io
import json
import re
from pathlib import Path

import polars as pl
import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.areas import state_codes
from etl.errors import SourceError
from etl.sources import unodc_glotip
from etl.sources.unsd_sdg import SCHEMA, codes, parse
from etl.sources.unsd_sdg.codes import SERIES

RECORDED = Path(__file__).parents[1] / "recorded" / "unsd_sdg"
BULK, MARRIED = "unsdg_ddf_2020-10_vc_htf_detv_sample.csv", "unsdg_ddf_2020-10_vc_vaw_marr_sample.csv"
API, SDMX = "unsd_sdg_SL_TLF_CHLDEC_2024.Q2.G.01.json", "DF_SDG_GLH_sample.csv"
CONTENT = {name: (RECORDED / name).read_bytes() for name in (BULK, MARRIED, API, SDMX)}


def sample(name):
    return parse(CONTENT[name], name)


def refusal(content, file):
    with pytest.raises(SourceError) as caught:
        parse(content, file)
    return str(caught.value)


def aside(parsed):
    return {(finding.reason, finding.detail): finding.rows for finding in parsed.findings}


def short(parsed):
    return parsed.rows.select("area", "year", "sex", "age", "printed", "low", "nature", "locator").rows()


def in_csv(name, row, **cells):
    """A sample with other cells in one row (as a spreadsheet numbers it)."""
    records = list(csv.reader(io.StringIO(CONTENT[name].decode())))
    for column, cell in cells.items():
        records[row - 1][records[0].index(column)] = cell
    out = io.StringIO()
    csv.writer(out).writerows(records)
    return out.getvalue().encode()


def in_api(number, **cells):
    """The API's sample with other cells in one record (from 1)."""
    answer = json.loads(CONTENT[API])
    answer["data"][number - 1].update(cells)
    return json.dumps(answer).encode()


def test_a_bulk_file_is_one_series_of_the_month_in_its_name():
    parsed = sample(BULK)
    assert (parsed.release, parsed.release_basis, parsed.part) == ("2020-10", "file name", "VC_HTF_DETV")
    assert (parsed.read, parsed.kept, aside(parsed)) == (7, 5, {("not_a_country", ""): 2})
    assert short(parsed) == [
        ("ARG", 2016, "total", "total", "71", 71.0, "C", "row 2"),
        ("ARG", 2017, "total", "total", "0", 0.0, "C", "row 3"),
        ("ARG", 2017, "total", "total", "0", 0.0, "C", "row 4"),
        ("USA", 2017, "total", "total", "1234.0", 1234.0, "C", "row 5"),
        ("ALB", 2017, "total", "total", "3", 3.0, "NA", "row 6"),
    ]


@pytest.mark.parametrize("name", CONTENT)
def test_every_record_is_kept_or_set_aside(name):
    parsed = sample(name)
    assert parsed.read == parsed.kept + sum(finding.rows for finding in parsed.findings)
    assert parsed.kept == parsed.rows.height
    assert dict(parsed.rows.schema) == SCHEMA
    assert parsed.rows["low"].equals(parsed.rows["high"])
    assert parsed.rows.null_count().row(0) == (0,) * len(SCHEMA)
    assert not parsed.rows["locator"].str.contains("[#;]").any()
    assert set(parsed.rows["status"]) == {"exact"}


def test_violence_by_partners_is_kept_only_for_ages_15_to_49():
    parsed = sample(MARRIED)
    assert short(parsed) == [
        ("AFG", 2015, "female", "15-49", "40.5", 40.5, "C", "row 2"),
        ("BLZ", 2016, "female", "15-49", "0.75", 0.75, "CA", "row 3"),
    ]
    # Regions are counted as regions, whatever their ages.
    assert aside(parsed) == {
        ("not_a_country", ""): 2,
        ("other_age_band", ""): 2,
    }
    assert set(parsed.rows.select("indicator", "unit").rows()) == {("partner_violence", "percent")}


def test_a_figure_of_men_is_no_violence_against_women():
    parsed = parse(in_csv(MARRIED, 2, sex="male"), MARRIED)
    (other,) = (finding for finding in parsed.findings if finding.reason == "other_sex")
    assert (other.detail, other.rows, other.unexpected, other.first) == ("male", 1, True, "row 2")


def test_the_api_mixes_texts_and_numbers_countries_and_regions():
    parsed = sample(API)
    assert (parsed.release, parsed.part) == ("2024.Q2.G.01", "SL_TLF_CHLDEC")
    assert short(parsed) == [
        ("BOL", 2019, "total", "5-17", "21.5", 21.5, "CA", "record 1"),
        ("BOL", 2019, "male", "5-17", "23.25", 23.25, "CA", "record 2"),
        ("BOL", 2019, "female", "5-17", "19", 19.0, "CA", "record 3"),
        ("ARG", 2017, "total", "5-15", "1E-05", 0.00001, "C", "record 4"),
        ("BLZ", 2015, "total", "5-17", "8.5", 8.5, "CA", "record 8"),
    ]
    assert aside(parsed) == {
        ("not_a_country", ""): 2,
        ("no_value", ""): 1,
        ("other_breakdown", "Location=URBAN"): 1,
        ("unknown_sex", "NEITHER"): 1,
        ("unknown_age", "M36T59"): 1,
        ("other_reporting_type", "N"): 1,
    }


def test_only_new_words_are_unexpected_and_each_names_its_first_record():
    reasons = {finding.reason: (finding.unexpected, finding.first) for finding in sample(API).findings}
    assert reasons == {
        "not_a_country": (False, "record 6"),
        "no_value": (False, "record 5"),
        "other_breakdown": (True, "record 7"),
        "unknown_sex": (True, "record 9"),
        "unknown_age": (True, "record 10"),
        "other_reporting_type": (True, "record 11"),
    }


def test_a_dimension_that_the_api_leaves_out_is_not_broken_down():
    parsed = parse(in_api(1, dimensions={"Reporting Type": "G"}), API)
    assert short(parsed)[0] == ("BOL", 2019, "total", "total", "21.5", 21.5, "CA", "record 1")


def test_padding_and_a_byte_order_mark_are_ignored():
    padded = b"\xef\xbb\xbf" + CONTENT[API] + b"\0\0\0"
    assert parse(padded, API).rows.equals(sample(API).rows)
    assert parse(b"\xef\xbb\xbf" + CONTENT[BULK], BULK).rows.equals(sample(BULK).rows)


def test_sdmx_holds_several_series_and_its_latest_update_is_the_release():
    parsed = sample(SDMX)
    assert (parsed.release, parsed.release_basis, parsed.part) == ("2026-03-24", "DATA_LAST_UPDATE", "")
    assert parsed.rows.select("series", "indicator", "sex", "age", "form", "low", "unit").rows() == [
        ("VC_HTF_DETV", "detected_victims_sdg", "total", "total", "total", 55.0, "persons"),
        ("VC_HTF_DETVFL", "detected_victims_sdg", "total", "total", "forced_labour", 8.0, "persons"),
        ("VC_HTF_DETVR", "detected_victims_rate_sdg", "total", "total", "total", 0.12, "per_100000_population"),
    ]
    # A missing value stays missing, whatever is printed for it.
    assert aside(parsed) == {
        ("other_series", ""): 1,
        ("not_a_country", ""): 1,
        ("other_breakdown", "URBANISATION=U"): 1,
        ("no_value", ""): 2,
        # No figure of women stands beside one of men of the same age.
        ("sexes_unchecked", ""): 3,
    }


def by_sex(*pairs: tuple[int, int], series: str = "VC_HTF_DETV"):
    """A bulk file of one series: females and males of Argentina, year by year."""
    lines = [f"age,geo_area,nature,sex,units,year,{series.lower()}", "allage,32,c,bothsex,number,2015,900"]
    for year, both in enumerate(pairs, start=2016):
        lines += [f"allage,32,c,{sex},number,{year},{n}" for sex, n in zip(("female", "male"), both, strict=True)]
    return parse("\n".join(lines).encode(), f"unsdg_ddf_2020-10_{series.lower()}.csv")


@pytest.mark.parametrize(
    ("pairs", "series", "kept"),
    [
        (((9, 4), (8, 3), (2, 5)), "VC_HTF_DETV", True),
        (((9, 4), (8, 3)), "VC_HTF_DETVSX", True),
        # All of them exchanged.
        (((4, 9), (3, 8), (5, 2)), "VC_HTF_DETV", False),
        (((4, 9), (3, 8)), "VC_HTF_DETVSX", False),
        # As many one way as the other show nothing, and neither do equal figures.
        (((9, 4), (3, 8)), "VC_HTF_DETV", False),
        (((4, 4),), "VC_HTF_DETV", False),
        # Of victims of forced labor nobody knows which are more.
        (((9, 4), (8, 3)), "VC_HTF_DETVFL", False),
    ],
)
def test_victims_by_sex_are_kept_only_where_females_are_more_in_most_years(pairs, series, kept):
    parsed = by_sex(*pairs, series=series)
    assert set(parsed.rows["sex"]) == ({"total", "female", "male"} if kept else {"total"})
    found = [(one.reason, one.rows, one.unexpected, one.first) for one in parsed.findings]
    assert found == ([] if kept else [("sexes_unchecked", 2 * len(pairs), True, "row 3")])


def test_sdmx_of_one_series_is_that_part():
    lines = CONTENT[SDMX].splitlines(keepends=True)
    assert parse(b"".join(lines[:5]), SDMX).part == "VC_HTF_DETV"


def test_the_forms_of_exploitation_are_those_of_the_series():
    victims = {code: series.form for code, series in SERIES.items() if series.indicator == "detected_victims_sdg"}
    assert victims == {
        "VC_HTF_DETV": "total",
        "VC_HTF_DETVFL": "forced_labour",
        "VC_HTF_DETVSX": "sexual_exploitation",
        "VC_HTF_DETVOG": "organ_removal",
        "VC_HTF_DETVOP": "other",
    }


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("allage ALLAGE _T", "total"),
        ("5_17 5-17 Y5T17 05-17Y", "5-17"),
        ("<18Y <18 Y_LT18 Y0T17", "0-17"),
        ("18+ 18Y+ Y_GE18", "18+"),
        ("_U UNKNOWN unknown", "unknown"),
        ("M36T59 17-5 <0Y -1 -99 99 NaN 15_ + y", None),
    ],
)
def test_ages_of_either_vocabulary(words, age):
    assert [codes.age(code) for code in words.split()] == [age] * len(words.split())
    assert codes.age("") is None


@pytest.mark.parametrize(
    ("code", "area"),
    [("4", "AFG"), ("004", "AFG"), ("84", "BLZ"), ("840", "USA"), ("19", None), ("1", None), ("530", None)],
)
def test_m49_codes_with_and_without_zeros(code, area):
    assert codes.country(code) == area


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"vc_htf_detv": "7.5"}, "row 3, value '7.5', expected a whole number of persons"),
        ({"vc_htf_detv": "1,234"}, "row 3, value '1,234', expected a number of 0 or more"),
        ({"vc_htf_detv": "few"}, "row 3, value 'few', expected a number of 0 or more"),
        ({"vc_htf_detv": "-1"}, "row 3, value '-1', expected a number of 0 or more"),
        ({"vc_htf_detv": "9" * 400}, "expected a number of 0 or more"),
        ({"year": "2021"}, "row 3, year '2021', expected 1900 to 2020"),
        ({"year": "17"}, "row 3, year '17'"),
        ({"units": "percent"}, "row 3, unit 'percent', but detected_victims_sdg is in persons"),
        ({"units": "thousands"}, "row 3, unit 'thousands'"),
        ({"geo_area": "ARG"}, "row 3, area 'ARG' is not an M49 code"),
        ({"geo_area": ""}, "row 3, area ''"),
    ],
)
def test_a_cell_of_the_bulk_file_that_cannot_be_read_is_refused_with_its_place(cells, expected):
    problem = refusal(in_csv(BULK, 3, **cells), BULK)
    assert problem.startswith(f"source unsd_sdg, file {BULK}: ")
    assert expected in problem


def test_a_bound_is_no_value():
    parsed = parse(in_csv(BULK, 3, vc_htf_detv="<5"), BULK)
    (bound,) = (finding for finding in parsed.findings if finding.reason == "only_a_bound")
    assert (bound.detail, bound.rows, bound.unexpected, bound.first) == ("<5", 1, True, "row 3")


def test_an_empty_cell_is_no_total():
    parsed = parse(in_csv(BULK, 3, sex=""), BULK)
    assert aside(parsed)["unknown_sex", ""] == 1


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"value": "100.5"}, "record 2, value '100.5', expected at most 100 percent"),
        ({"value": True}, "record 2, "),
        ({"series": "VC_HTF_DETV"}, "record 2, series 'VC_HTF_DETV', but the file is of SL_TLF_CHLDEC"),
        ({"timePeriodStart": 2019.5}, "record 2, year '2019.5'"),
        ({"timePeriodStart": 2025}, "record 2, year '2025', expected 1900 to 2024"),
        ({"attributes": {"Nature": "C"}}, "does not have the form of the API's rows"),
        ({"dimensions": {"Sex": None}}, "does not have the form of the API's rows"),
        ({"geoAreaCode": None}, "does not have the form of the API's rows"),
    ],
)
def test_a_record_of_the_api_that_cannot_be_read_is_refused_with_its_place(cells, expected):
    assert expected in refusal(in_api(2, **cells), API)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"UNIT_MULT": "3"}, "row 2, column UNIT_MULT is '3', expected 0"),
        ({"DATA_LAST_UPDATE": "spring"}, "row 2, column DATA_LAST_UPDATE is 'spring', expected a date"),
        ({"TIME_PERIOD": "2022-Q1"}, "row 2, year '2022-Q1'"),
        ({"UNIT_MEASURE": "PT"}, "row 2, unit 'PT'"),
    ],
)
def test_a_cell_of_sdmx_that_cannot_be_read_is_refused_with_its_place(cells, expected):
    assert expected in refusal(in_csv(SDMX, 2, **cells), SDMX)


@pytest.mark.parametrize(
    ("content", "file", "expected"),
    [
        (CONTENT[BULK].replace(b"vc_htf_detv", b"si_pov_day1", 1), BULK, "expected one column named after a series"),
        (CONTENT[BULK].replace(b"geo_area", b"country", 1), BULK, "unknown column(s): country"),
        (CONTENT[SDMX].replace(b"UNIT_MULT", b"MULTIPLIER", 1), SDMX, "missing column(s): UNIT_MULT"),
        (CONTENT[BULK], "vc_htf_detv.csv", "the name of a bulk file must have its release"),
        (CONTENT[BULK], "vc_2020-13.csv", "the name of a bulk file must have its release"),
        (CONTENT[BULK][:-15], BULK, "cut short or damaged"),
        (CONTENT[BULK][: CONTENT[BULK].index(b"\n") + 1], BULK, "the file has no rows"),
        (CONTENT[SDMX][: CONTENT[SDMX].index(b"\n") + 1], SDMX, "the file has no rows"),
        (b'{"series":"VC_HTF_DETV","release":"2024.Q2.G.01","data":[]}', API, "the file has no rows"),
        (b'{"series":"VC_HTF_DETV","data":[]}', API, "does not have the form {series, release, data}"),
        (b'{"series":"SI_POV_DAY1","release":"2024.Q2.G.01","data":[1]}', API, "series 'SI_POV_DAY1'"),
        (b'{"series":"VC_HTF_DETV","release":"2024; new","data":[1]}', API, "release '2024; new'"),
        (b'{"series":"VC_HTF_DETV","release":"2024.Q2.G.01","data":[1]}', API, "record 1, '1' does not have the form"),
        (CONTENT[API][:-40], API, "the file is damaged or cut short"),
        (b'{"a":' * 100_000, API, "the file is damaged or cut short"),
        (b"<!DOCTYPE html><html></html>", BULK, "this is not a CSV file"),
        (b"", BULK, "this is not a CSV file"),
        (b"\0\0", API, "this is not a CSV file"),
    ],
)
def test_a_file_of_none_of_the_three_forms_is_refused(content, file, expected):
    problem = refusal(content, file)
    assert problem.startswith(f"source unsd_sdg, file {file}")
    assert expected in problem


@st.composite
def mutated(draw):
    """A sample with some of its bytes replaced, or any bytes at all."""
    name = draw(st.sampled_from(sorted(CONTENT)))
    content = CONTENT[name]
    begin = draw(st.integers(0, len(content)))
    end = begin + draw(st.integers(0, 12))
    return name, content[:begin] + draw(st.binary(max_size=12)) + content[end:]


@given(st.one_of(mutated(), st.tuples(st.sampled_from(sorted(CONTENT)), st.binary())))
def test_nothing_but_a_source_error_is_raised(case):
    name, content = case
    with contextlib.suppress(SourceError):
        parsed = parse(content, name)
        assert parsed.read == parsed.kept + sum(finding.rows for finding in parsed.findings)


def real_records(path):
    with path.open(encoding="ascii", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.real
def test_the_real_bulk_files_give_what_another_reader_counts(mirror):
    paths = sorted(Path(mirror, "unsd_sdg").glob("unsdg_ddf_*.csv"))
    assert len(paths) == 5
    iso = {int(country.numeric): country.alpha_3 for country in pycountry.countries}
    only = {"vc_vaw_marr": "15_49", "vc_vaw_sxvln": "18_29"}
    counts = {}
    for path in paths:
        parsed = parse(path.read_bytes(), path.name)
        records, series = real_records(path), parsed.part.lower()
        expected = [
            (iso[int(record["geo_area"])], int(record["year"]), record["sex"], record["age"], float(record[series]))
            for record in records
            if int(record["geo_area"]) in iso and only.get(series, record["age"]) == record["age"]
        ]
        rows = parsed.rows.select("area", "year", "sex", "age", "low").rows()
        words = {"bothsex": "total", "allage": "total"}
        reworded = [(a, y, words.get(s, s), words.get(g, g.replace("_", "-")), v) for a, y, s, g, v in expected]
        assert rows == reworded
        assert (parsed.release, parsed.read) == ("2020-10", len(records))
        counts[series] = parsed.kept
    assert counts == {
        "sl_tlf_chldea": 273,
        "sl_tlf_chldec": 249,
        "vc_htf_detv": 998,
        "vc_vaw_marr": 75,
        "vc_vaw_sxvln": 61,
    }


@pytest.mark.real
def test_the_real_sdmx_file_has_the_columns_and_none_of_our_series(mirror):
    (path,) = Path(mirror, "unsd_sdg").glob("*DF_SDG_GLH*.csv")
    parsed = parse(path.read_bytes(), path.name)
    assert (parsed.release, parsed.read, parsed.kept) == ("2026-03-24", 2, 0)
    assert aside(parsed) == {("other_series", ""): 2}


@pytest.mark.real
def test_the_real_list_says_of_each_series_what_its_indicator_says(mirror):
    (path,) = Path(mirror, "unsd_sdg").glob("*Series_List.json")
    described = {item["code"]: item["description"] for item in json.loads(path.read_bytes())}
    words = {
        "VC_HTF_DETV": r"Detected victims of human trafficking, by age and sex \(number\)",
        "VC_HTF_DETVFL": "for forced labour",
        "VC_HTF_DETVSX": "for sexual exploit",
        "VC_HTF_DETVOG": "for removal of organ",
        "VC_HTF_DETVOP": "for other purposes",
        "SL_TLF_CHLDEC": "economic activity and household chores",
        "SL_TLF_CHLDEA": "engaged in economic activity, ",
        "VC_VAW_MARR": "current or former intimate partner in the previous 12 months",
        "VC_VAW_SXVLN": "18-29 years who experienced sexual violence by age",
    }
    assert [code for code, word in words.items() if not re.search(word, described[code])] == []
    # The rate was added to the list later.
    assert SERIES.keys() - described.keys() == {"VC_HTF_DETVR"}


@pytest.mark.real
def test_the_real_m49_table_agrees_with_the_codes_read_here(mirror):
    (path,) = Path(mirror, "unsd_sdg").glob("m49_iso3*.csv")
    with path.open(encoding="utf-8", newline="") as file:
        table = {record["m49"]: record["iso3"] for record in csv.DictReader(file)}
    assert {code: codes.country(str(int(code))) for code in table} == table


@pytest.mark.real
def test_the_real_counts_of_the_states_beside_those_of_unodc(mirror):
    (bulk,) = Path(mirror, "unsd_sdg").glob("*vc_htf_detv.csv")
    (book,) = Path(mirror, "unodc_glotip").glob("*2025-10-28.xlsx")
    ours = parse(bulk.read_bytes(), bulk.name).rows.filter(pl.col("area").is_in(state_codes()))
    assert (ours.height, ours["area"].n_unique(), ours["year"].min(), ours["year"].max()) == (213, 28, 2005, 2017)
    total = {"indicator": "detected_victims", "dimension": "total", "sex": "total", "age": "total"}
    theirs = unodc_glotip.parse(book.read_bytes(), book.name).rows.filter(**total)
    both = ours.join(theirs, on=["area", "year"], suffix="_unodc")
    # Found with csv and openpyxl.
    assert both.height == 208
    masked = both.filter(status_unodc="masked")
    assert (masked.height, masked.filter(pl.col("low") <= pl.col("high_unodc")).height) == (13, 13)
    assert both.filter(pl.col("status_unodc") == "exact", pl.col("low") == pl.col("low_unodc")).height == 173
