"""A state or a year that is missing from a source's series is reported, unless a person has declared it."""

import polars as pl
import pytest

from data.place import HERE
from data.reviewed import ReviewedError
from data.snapshot import Snapshot
from etl.checking import losses, table_checks

GONE = ("states lost", "years lost", "years of states lost")
MEXICO = pl.col("area") == "MEX"


@pytest.fixture
def before(built):
    return built


def lost(before, table: str, taken: pl.Expr) -> dict[str, str]:
    """What the checks report of the previous tables without some rows of one table."""
    frames = {resource["name"]: before.table(resource["name"]).collect() for resource in before.manifest["resources"]}
    frames[table] = frames[table].filter(~taken.fill_null(value=False))
    results = {check.name: check for check in table_checks.run(frames, before.manifest["sources"], before)}
    return {name: results[name].saw for name in GONE if not results[name].passed}


def test_nothing_is_lost_if_all_rows_are_there(before):
    assert lost(before, "observations", pl.lit(value=False)) == {}


SIGNED = MEXICO & (pl.col("instrument") == "untoc") & (pl.col("action") == "signature")


@pytest.mark.parametrize(
    ("table", "taken", "expected"),
    [
        # Mexico still has its population and its rates: the source itself did not lose the state.
        ("observations", MEXICO & (pl.col("indicator") == "detected_victims"), "detected_victims MEX"),
        ("flows", pl.col("origin") == "HND", "counted origin HND"),
        ("flows", (pl.col("destination") == "MEX") & (pl.col("unit") == "persons"), "counted destination MEX"),
        ("migrant_stock", pl.col("origin") == "MEX", "origin MEX"),
        ("roles", MEXICO & (pl.col("role") == "transit"), "transit MEX"),
        ("instruments", SIGNED, "untoc signature MEX"),
        ("evidence", (pl.col("actor") == "MEX") & (pl.col("kind") == "law"), "law MEX"),
    ],
)
def test_a_state_is_lost_from_one_series_and_at_one_end(before, table, taken, expected):
    words = lost(before, table, taken)["states lost"].partition(": ")[2]
    assert expected in words.split(", ")


def test_a_year_is_lost_from_one_series(before):
    # The population and the routes of this source still have the year.
    failures = lost(before, "observations", pl.col("indicator") == "detected_victims_rate")
    assert failures["states lost"] == "2 of unodc_glotip: detected_victims_rate BLZ, detected_victims_rate MEX"
    assert failures["years lost"] == "1 of unodc_glotip: detected_victims_rate 2021"


def test_a_year_of_one_state_is_lost_even_if_other_states_have_it(before):
    taken = MEXICO & (pl.col("indicator") == "population") & (pl.col("year") == 2021)
    failures = lost(before, "observations", taken)
    assert failures == {"years of states lost": "1 of worldbank_population: population MEX 2021"}


TAKEN = MEXICO & (pl.col("indicator") == "detected_victims")
# UNODC's newest release in the sample is the one of October.
EXCUSED = [
    "unodc_glotip,,MEX,,withdrawn",
    "unodc_glotip,detected_victims,MEX,,withdrawn",
    "unodc_glotip,detected_victims,MEX,2025-10-28,withdrawn",
]
OTHERS = [
    "hti,,MEX,,withdrawn",
    "unodc_glotip,,BLZ,,withdrawn",
    "unodc_glotip,,MEX 2021,,withdrawn",
    "unodc_glotip,detected_victims_rate,MEX,,withdrawn",
    "unodc_glotip,detected_victims,MEX,2025-04-14,withdrawn",
]


@pytest.mark.parametrize(("line", "is_lost"), [(line, False) for line in EXCUSED] + [(line, True) for line in OTHERS])
def test_a_declared_loss_is_excused_only_in_its_series_and_release(before, tmp_path, monkeypatch, line, is_lost):
    (tmp_path / "losses.csv").write_text(f"source,series,what,release,reason\n{line}\n")
    monkeypatch.setattr(losses, "REFERENCE", tmp_path)
    assert ("states lost" in lost(before, "observations", TAKEN)) is is_lost


def test_a_loss_without_a_reason_stops_the_build(before, tmp_path, monkeypatch):
    (tmp_path / "losses.csv").write_text("source,series,what,release,reason\nhti,,MEX,,why\nhti,,BLZ,,\n")
    monkeypatch.setattr(losses, "REFERENCE", tmp_path)
    with pytest.raises(ReviewedError, match=r"losses\.csv, row 3: column reason is blank"):
        lost(before, "observations", TAKEN)


@pytest.mark.real
def test_the_real_files_pass_every_check_over_the_committed_snapshot(real_snapshot):
    frames = {
        resource["name"]: real_snapshot.table(resource["name"]).collect()
        for resource in real_snapshot.manifest["resources"]
    }
    results = table_checks.run(frames, real_snapshot.manifest["sources"], Snapshot.open(str(HERE)))
    assert {check.name: check.saw for check in results if not check.passed} == {}
    assert set(GONE) <= {check.name for check in results}


@pytest.mark.real
def test_october_has_every_state_and_year_of_april_and_no_loss_is_declared(real_snapshot):
    figures = real_snapshot.table("vintages").filter(pl.col("source") == "unodc_glotip", ~pl.col("derived"))
    places = figures.select("release", "indicator", "area", "year").unique().collect()
    april, october = (
        set(places.filter(pl.col("release") == release).drop("release").rows())
        for release in ("2025-04-14", "2025-10-28")
    )
    assert april
    assert april <= october
    assert (losses.REFERENCE / "losses.csv").read_text().splitlines() == ["source,series,what,release,reason"]
