"""The entries of the ledger are recounted from acts, laws and figures; missing and unexpected ones are named by id."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.place import HERE
from data.snapshot import Snapshot
from etl.checking import losses, published, recount

NAMES = ("evidence", "instruments", "observations")


@pytest.fixture(scope="module")
def frames():
    published = Snapshot.open(str(HERE))
    return {name: published.table(name).collect() for name in NAMES}


def failed(frames, **changed: pl.DataFrame) -> dict[str, str]:
    return {check.name: check.saw for check in recount.recounted({**frames, **changed}) if not check.passed}


def test_the_published_entries_are_the_expected_ones(frames):
    assert failed(frames) == {}
    expected = {check.name: check.expected for check in recount.recounted(frames)}
    laws = (Path(HERE).parent / "reference" / "laws.csv").read_text("utf-8").count("\n") - 1
    assert expected["entries law"] == f"{laws} entries"
    # Each act of a treaty, once for each paragraph that asks about it.
    counts = Counter(frames["instruments"]["instrument"])
    with (Path(HERE).parent / "reference" / "questions.csv").open(encoding="utf-8", newline="") as file:
        asked = [row["subject"] for row in csv.DictReader(file) if row["kind"] == "treaty"]
    assert asked.count("palermo_protocol") == asked.count("untoc") == 2
    assert expected["entries treaty"] == f"{sum(counts[subject] for subject in asked)} entries"


def test_the_check_of_a_snapshot_recounts_the_entries():
    names = [result.name for result in published.run(str(HERE))]
    assert {"entries treaty", "entries law", "entries statistic", "grades of entries"} <= set(names)


LOST = "statistic:persons_prosecuted:VEN:2022:26"


@pytest.mark.parametrize(
    ("taken", "name", "expected"),
    [
        (pl.col("id") == LOST, "entries statistic", f"missing {LOST} (paragraph 26)"),
        (pl.col("id") == "treaty:untoc:signature:VEN:30", "entries treaty", "missing treaty:untoc:signature:VEN:30"),
    ],
)
def test_a_lost_entry_is_reported(frames, taken, name, expected):
    failures = failed(frames, evidence=frames["evidence"].filter(~taken))
    assert list(failures) == [name]
    assert failures[name].startswith(expected)
    assert failures[name].endswith(recount.REMEDY)


def test_each_source_of_an_act_needs_an_entry(frames):
    acts, entries = frames["instruments"], frames["evidence"]
    mine = acts.filter(area="CRI", instrument="untoc", action="ratification")
    years = mine.with_columns(
        source=pl.lit("a_year"), date=pl.lit(date(2003, 1, 1)), date_precision=pl.lit("year"), derived=False
    )
    both = pl.concat([acts, years])
    plain = ["treaty:untoc:ratification:CRI:22", "treaty:untoc:ratification:CRI:30"]
    lost = failed(frames, instruments=both)["entries treaty"]
    assert lost.startswith(f"missing {plain[0]}:a_year (paragraph 22), missing {plain[1]}:a_year (paragraph 30)")
    second = entries.filter(pl.col("id").is_in(plain)).with_columns(pl.col("id") + ":a_year")
    assert failed(frames, instruments=both, evidence=pl.concat([entries, second])) == {}


def test_an_entry_that_rests_on_a_zero_is_reported(frames):
    place = (pl.col("indicator") == "persons_prosecuted") & (pl.col("area") == "VEN") & (pl.col("year") == 2022)
    zero = [pl.when(place).then(0.0).otherwise(name).alias(name) for name in ("low", "high")]
    failures = failed(frames, observations=frames["observations"].with_columns(zero))
    assert f"unexpected {LOST} (paragraph 26)" in failures["entries statistic"]


def test_an_entry_without_its_fact_is_reported(frames):
    figures = frames["observations"].filter(
        ~((pl.col("indicator") == "persons_prosecuted") & (pl.col("area") == "VEN") & (pl.col("year") == 2022))
    )
    failures = failed(frames, observations=figures)
    assert "unexpected statistic:persons_prosecuted:VEN:2022:1 (paragraph 1)" in failures["entries statistic"]


@pytest.mark.parametrize(
    ("entry", "grade"),
    [
        ("law:CRI", "public_document"),
        ("law:GUY", "background"),
        (LOST, "background"),
        (LOST, "public_document"),
        ("law:GUY", "figure"),
    ],
)
def test_a_grade_that_contradicts_its_date_is_reported(frames, entry, grade):
    other = pl.when(pl.col("id") == entry).then(pl.lit(grade)).otherwise("grade")
    failures = failed(frames, evidence=frames["evidence"].with_columns(grade=other))
    assert failures["grades of entries"].startswith(entry)


def test_a_lost_fact_and_its_entry_are_reported_once(frames):
    newest = {"unodc_glotip": "2025-10-28"}
    damaged = {**frames, "evidence": frames["evidence"].filter(pl.col("kind") != "statistic")}
    assert [check.saw for check in losses.lost(damaged, frames, newest)] == ["none lost"] * 3
    damaged = {**frames, "evidence": frames["evidence"].filter(pl.col("id") != "law:CRI")}
    (first, *_) = losses.lost(damaged, frames, newest)
    assert first.saw == "1 of reference: law CRI"
