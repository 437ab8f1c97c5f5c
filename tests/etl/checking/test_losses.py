"""A state or a year that a source's series gives no more is looked at, unless a person has said why."""

import polars as pl
import pytest

from data.reviewed import ReviewedError
from data.snapshot import HERE, Snapshot
from etl.checking import checks, losses

GONE = ("states lost", "years lost", "years of states lost")
MEXICO = pl.col("area") == "MEX"


@pytest.fixture
def before(built):
    return built


def lost(before, table: str, taken: pl.Expr) -> dict[str, str]:
    """What is told of the tables before, without some rows of one."""
    frames = {held["name"]: before.table(held["name"]).collect() for held in before.manifest["resources"]}
    frames[table] = frames[table].filter(~taken.fill_null(value=False))
    results = {check.name: check for check in checks.run(frames, before.manifest["sources"], before)}
    return {name: results[name].saw for name in GONE if not results[name].passed}


def test_what_is_all_there_is_not_lost(before):
    assert lost(before, "observations", pl.lit(value=False)) == {}


SIGNED = MEXICO & (pl.col("instrument") == "untoc") & (pl.col("action") == "signature")


@pytest.mark.parametrize(
    ("table", "taken", "told"),
    [
        # Mexico keeps its population and its rates: it is no state that the source lost.
        ("observations", MEXICO & (pl.col("indicator") == "detected_victims"), "detected_victims MEX"),
        ("flows", pl.col("origin") == "HND", "counted origin HND"),
        ("flows", (pl.col("destination") == "ESP") & (pl.col("unit") == "persons"), "counted destination ESP"),
        ("migrant_stock", pl.col("origin") == "MEX", "origin MEX"),
        ("roles", MEXICO & (pl.col("role") == "transit"), "transit MEX"),
        ("instruments", SIGNED, "untoc signature MEX"),
        ("evidence", (pl.col("actor") == "MEX") & (pl.col("kind") == "law"), "law MEX"),
    ],
)
def test_a_state_is_lost_from_one_series_and_at_one_end(before, table, taken, told):
    words = lost(before, table, taken)["states lost"].partition(": ")[2]
    assert told in words.split(", ")


def test_a_year_is_lost_from_one_series(before):
    # The population keeps the year, and the routes of the same source do.
    found = lost(before, "observations", pl.col("indicator") == "detected_victims_rate")
    assert found["states lost"] == "2 of unodc_glotip: detected_victims_rate BLZ, detected_victims_rate MEX"
    assert found["years lost"] == "1 of unodc_glotip: detected_victims_rate 2021"


def test_a_year_of_one_state_is_lost_though_the_others_give_it(before):
    taken = MEXICO & (pl.col("indicator") == "population") & (pl.col("year") == 2021)
    found = lost(before, "observations", taken)
    assert found == {"years of states lost": "1 of worldbank_population: population MEX 2021"}


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


@pytest.mark.parametrize(("line", "told"), [(line, False) for line in EXCUSED] + [(line, True) for line in OTHERS])
def test_a_declared_loss_is_excused_in_its_series_and_release_alone(before, tmp_path, monkeypatch, line, told):
    (tmp_path / "losses.csv").write_text(f"source,series,what,release,reason\n{line}\n")
    monkeypatch.setattr(losses, "REFERENCE", tmp_path)
    assert ("states lost" in lost(before, "observations", TAKEN)) is told


def test_a_loss_without_a_reason_stops_the_build(before, tmp_path, monkeypatch):
    (tmp_path / "losses.csv").write_text("source,series,what,release,reason\nhti,,MEX,,why\nhti,,BLZ,,\n")
    monkeypatch.setattr(losses, "REFERENCE", tmp_path)
    with pytest.raises(ReviewedError, match=r"losses\.csv, row 3: column reason is blank"):
        lost(before, "observations", TAKEN)


@pytest.mark.real
def test_the_real_files_over_the_committed_snapshot_are_held_by_nothing(real_snapshot):
    frames = {held["name"]: real_snapshot.table(held["name"]).collect() for held in real_snapshot.manifest["resources"]}
    results = checks.run(frames, real_snapshot.manifest["sources"], Snapshot.open(str(HERE)))
    assert {check.name: check.saw for check in results if not check.passed} == {}
    assert set(GONE) <= {check.name for check in results}


@pytest.mark.real
def test_october_gives_every_state_and_year_that_april_gave_so_that_no_loss_is_declared(real_snapshot):
    figures = real_snapshot.table("vintages").filter(pl.col("source") == "unodc_glotip", ~pl.col("derived"))
    places = figures.select("release", "indicator", "area", "year").unique().collect()
    april, october = (
        set(places.filter(pl.col("release") == release).drop("release").rows())
        for release in ("2025-04-14", "2025-10-28")
    )
    assert april
    assert april <= october
    assert (losses.REFERENCE / "losses.csv").read_text().splitlines() == ["source,series,what,release,reason"]
