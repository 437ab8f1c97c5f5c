"""A release may not be in the future, whatever its file says: it would replace every true one."""

import json
from datetime import date, timedelta
from pathlib import Path

import pycountry
import pytest

from data.snapshot import Snapshot
from etl.__main__ import UNEXPECTED, main
from etl.errors import SourceError
from etl.fetching.raw import RawFile
from tests.etl.declared import parsed_files
from tests.etl.publishers import item, list_files
from tests.etl.samples import glotip, glotip_row
from tests.etl.test_pipeline import OCTOBER, build, sample

TODAY = date(2026, 11, 25)
RECORDED = Path(__file__).parents[1] / "recorded"
TREATY = (RECORDED / "untc" / "untc_XVIII-12-a_sample_2014-01.csv").read_bytes()
VICTIMS = (RECORDED / "unsd_sdg" / "unsdg_ddf_2020-10_vc_htf_detv_sample.csv").read_bytes()
WORK = json.loads((RECORDED / "unsd_sdg" / "unsd_sdg_SL_TLF_CHLDEC_2024.Q2.G.01.json").read_bytes())
MIGRANTS = (RECORDED / "undesa_migrant_stock" / "migrant_stock_2019_sample.csv").read_bytes()


def workbook(released: str) -> RawFile:
    return RawFile("unodc_glotip", "data.xlsx", glotip([glotip_row("MEX", 2021, "41")], released=released))


def inhabitants(updated: str) -> RawFile:
    """The bank's answer for one year of every country."""
    rows = [
        {"indicator": {"id": "SP.POP.TOTL"}, "countryiso3code": country.alpha_3, "date": "2021", "value": 5_000_000}
        for country in pycountry.countries
    ]
    answer = [{"total": len(rows), "lastupdated": updated}, rows]
    return RawFile("worldbank_population", "people.json", json.dumps(answer).encode())


def work(release: str) -> RawFile:
    return RawFile("unsd_sdg", "work.json", json.dumps(WORK | {"release": release}).encode())


LATE = {
    "banner": (workbook("01/01/2099"), "2099-01-01", "banner above the table"),
    "answer": (inhabitants("2199-01-01"), "2199-01-01", "lastupdated of the answer"),
    "treaty": (RawFile("untc", "untc_XVIII-12-a_sample_2027-01.csv", TREATY), "2027-01", "file name"),
    "month": (RawFile("unsd_sdg", "unsdg_ddf_2099-10_vc_htf_detv.csv", VICTIMS), "2099-10", "file name"),
    "quarter": (work("2027.Q1.G.01"), "2027.Q1.G.01", "Series/List of the API"),
    "year": (
        RawFile("undesa_migrant_stock", "stock_2049.csv", MIGRANTS.replace(b"2019", b"2049")),
        "2049",
        "file name",
    ),
}


@pytest.mark.parametrize(("file", "release", "basis"), LATE.values(), ids=LATE)
def test_a_release_in_the_future_is_refused_in_one_line(file, release, basis):
    with pytest.raises(SourceError) as caught:
        parsed_files([file], TODAY)
    assert str(caught.value) == (
        f"source {file.source}, file {file.name}: the release {release} ({basis}) is after today, 2026-11-25; "
        "compare the file with the publisher's, or set the clock right"
    )


@pytest.mark.parametrize("day", [TODAY, TODAY + timedelta(days=1)])
def test_a_release_may_be_of_tomorrow_in_another_time_zone(day):
    (read,) = parsed_files([workbook(day.strftime("%d/%m/%Y"))], TODAY)
    assert read.parsed.release == day.isoformat()


@pytest.mark.parametrize("released", ["27/11/2026", "2026-11-28"])
def test_two_days_ahead_is_too_far(released):
    with pytest.raises(SourceError, match="is after today"):
        parsed_files([workbook(released)], TODAY)


@pytest.mark.parametrize("release", ["2026.Q4", "2026.Q4.G.02"])
def test_a_quarter_that_has_begun_is_not_in_the_future(release):
    assert [read.parsed.release for read in parsed_files([work(release)], TODAY)] == [release]


def test_an_impossible_day_is_refused():
    with pytest.raises(
        SourceError, match=r"file people\.json: the release 2026-02-30 .* is not a date \(day is out of"
    ):
        parsed_files([inhabitants("2026-02-30")], TODAY)


def test_the_same_files_give_the_same_snapshot_on_any_later_day(tmp_path):
    folder = sample(tmp_path / "mirror")
    ids = [build(folder, today=day)[0].snapshot for day in (TODAY, date(2031, 1, 1), date(2099, 12, 31))]
    assert len(set(ids)) == 1
    with pytest.raises(SourceError, match=r"the release 2025-10-28 .* is after today, 2025-10-26"):
        build(folder, today=date(2025, 10, 26))


def test_a_download_with_a_future_date_is_put_aside_and_the_last_good_one_is_used(httpserver, live):
    list_files(httpserver, item("/sites/data_glotip.xlsx", "2026-08-01T09:00:00+00:00"))
    content = glotip([*OCTOBER, glotip_row("MEX", 2022, "44")], released="01/08/2099")
    httpserver.expect_request("/sites/data_glotip.xlsx").respond_with_data(content)
    arguments = ["build", "--snapshot", str(live / "snapshots"), "--raw", str(live / "raw")]
    assert main(arguments) == UNEXPECTED
    sources = {source["name"]: source for source in Snapshot.open(str(live / "snapshots")).manifest["sources"]}
    unodc = sources["unodc_glotip"]
    assert [release["release"] for release in unodc["releases"]] == ["2025-04-14", "2025-10-28"]
    assert (unodc["status"], "the release 2099-08-01" in unodc["problem"]) == ("stale", True)
    (refused,) = (live / "raw" / "unodc_glotip" / "refused").iterdir()
    assert refused.read_bytes() == content
