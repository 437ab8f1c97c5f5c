"""Wherever two releases are compared the later one counts, even if its name comes first in the alphabet."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from etl.checking import wholeness
from etl.fetching.raw import RawFile
from etl.making import counted_flows, figures, flow_releases, revisions
from etl.making.figures import part
from etl.parsed import Parsed
from etl.source_declaration import declarations
from tests.etl.declared import declare_records, parsed_files
from tests.etl.figure_samples import vintage
from tests.etl.samples import glotip_row

# In the alphabet the day in October comes before the quarter that ended in March.
QUARTER, DAY = "2026.Q1", "2026-10-08"
RECORDED = Path(__file__).parents[1] / "recorded" / "unsd_sdg"


@pytest.fixture
def both() -> pl.DataFrame:
    """Costa Rica's 12 victims of one release and 13 of the next."""
    values = {QUARTER: "12", DAY: "13"}
    made = [vintage([glotip_row("CRI", 2019, value)]).with_columns(release=pl.lit(at)) for at, value in values.items()]
    return pl.concat(made)


def test_the_later_release_gives_the_best_reading(both):
    best = figures.current(both, both.select("release", "indicator", part(), "year"))
    assert best.select("low", "release").rows() == [(13.0, DAY)]


def test_revisions_go_from_the_earlier_to_the_later(both):
    changes = revisions.revisions(both, both.select("source", "release", "indicator", part(), "year"))
    assert changes.select("release_from", "low_from", "release_to", "low_to").rows() == [(QUARTER, 12.0, DAY, 13.0)]


def listed(release: str, high: float, status: str) -> dict[str, object]:
    """A row of victims by citizenship."""
    place = {"area": "ARG", "year": 2024, "category": "Peru", "origin": "PER", "kind": "country"}
    return place | {"release": release, "low": 0.0, "high": high, "status": status, "locator": release, "note": None}


def test_flows_come_from_the_later_release_and_a_later_zero_counts():
    rows = pl.DataFrame([listed(QUARTER, 4.0, "masked"), listed(DAY, 0.0, "exact")])
    years = rows.select("release", "year")
    assert flow_releases.serving_release(rows, rows, years)["serving"].to_list() == [DAY]
    zero = flow_releases.with_later_zeros(rows.head(1), rows, years)
    zero = zero.select("release", "label_release", "high", "status")
    assert zero.rows() == [(DAY, QUARTER, 0.0, "exact")]
    # The other way round the mask is the later value, and stays.
    mask = pl.DataFrame([listed(DAY, 4.0, "masked"), listed(QUARTER, 0.0, "exact")])
    assert flow_releases.with_later_zeros(mask.head(1), mask, years)["status"].to_list() == ["masked"]


def test_the_coverage_of_a_list_from_two_releases_names_the_later():
    rows = pl.DataFrame([listed(QUARTER, 4.0, "masked"), listed(DAY, 0.0, "exact")])
    none = dict.fromkeys(("area", "release"), pl.String) | {"total_low": pl.Float64, "total_high": pl.Float64}
    totals = pl.DataFrame(schema=none | {"year": pl.Int64})
    assert counted_flows.coverage(rows, totals, "unodc_glotip", ("ARG",))["release"].to_list() == [DAY]


def test_files_are_parsed_in_the_order_of_their_releases():
    api, sdmx = "unsd_sdg_SL_TLF_CHLDEC_2024.Q2.G.01.json", "DF_SDG_GLH_sample.csv"
    answer = json.loads((RECORDED / api).read_bytes())
    contents = {
        "newer.csv": (RECORDED / sdmx).read_bytes(),
        "tenth.json": json.dumps(answer | {"release": "2026.Q1.G.10"}).encode(),
        "second.json": json.dumps(answer | {"release": "2026.Q1.G.2"}).encode(),
    }
    parsed = parsed_files([RawFile("unsd_sdg", *file) for file in contents.items()], date(2026, 4, 1))
    assert [read.parsed.release for read in parsed] == ["2026.Q1.G.2", "2026.Q1.G.10", "2026-03-24"]


def test_a_release_is_small_beside_the_one_before_it_in_time(monkeypatch):
    declare_records(monkeypatch, {})
    nothing = pl.DataFrame()
    releases = [Parsed(nothing, QUARTER, "", read=2000, kept=0), Parsed(nothing, DAY, "", read=100, kept=0)]
    assert [
        (finding.release, finding.detail)
        for finding in wholeness.small_releases(releases, declarations()["unodc_glotip"])
    ] == [(DAY, QUARTER)]
