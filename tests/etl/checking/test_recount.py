"""The entries of the ledger are counted anew from acts, laws and figures; what is lost or strange is told by its id."""

from pathlib import Path

import polars as pl
import pytest

from data.snapshot import HERE, Snapshot
from etl.checking import losses, published, recount

NAMES = ("evidence", "instruments", "observations")


@pytest.fixture(scope="module")
def frames():
    published = Snapshot.open(str(HERE))
    return {name: published.table(name).collect() for name in NAMES}


def failed(frames, **changed: pl.DataFrame) -> dict[str, str]:
    return {told.name: told.saw for told in recount.recounted({**frames, **changed}) if not told.passed}


def test_the_published_entries_are_those_called_for(frames):
    assert failed(frames) == {}
    told = {told.name: told.expected for told in recount.recounted(frames)}
    laws = (Path(HERE).parent / "reference" / "laws.csv").read_text("utf-8").count("\n") - 1
    assert told["entries law"] == f"{laws} entries"
    # Each act of the two treaties on paragraph 30, and those of the protocol on paragraph 3 again.
    acts = frames["instruments"]["instrument"].value_counts().rows()
    counts = dict(acts)
    assert told["entries treaty"] == f"{2 * counts['palermo_protocol'] + counts['untoc']} entries"


def test_the_check_of_a_snapshot_says_so():
    names = [result.name for result in published.run(str(HERE))]
    assert {"entries treaty", "entries law", "entries statistic", "grades of entries"} <= set(names)


LOST = "statistic:persons_prosecuted:VEN:2022:20"


@pytest.mark.parametrize(
    ("taken", "name", "told"),
    [
        (pl.col("id") == LOST, "entries statistic", f"missing {LOST} (paragraph 20)"),
        (pl.col("id") == "treaty:untoc:signature:VEN:30", "entries treaty", "missing treaty:untoc:signature:VEN:30"),
    ],
)
def test_a_lost_entry_is_told(frames, taken, name, told):
    found = failed(frames, evidence=frames["evidence"].filter(~taken))
    assert list(found) == [name]
    assert found[name].startswith(told)
    assert found[name].endswith(recount.REMEDY)


def test_an_entry_without_its_fact_is_told(frames):
    figures = frames["observations"].filter(
        ~((pl.col("indicator") == "persons_prosecuted") & (pl.col("area") == "VEN") & (pl.col("year") == 2022))
    )
    found = failed(frames, observations=figures)
    assert "unexpected statistic:persons_prosecuted:VEN:2022:1 (paragraph 1)" in found["entries statistic"]


@pytest.mark.parametrize(
    ("entry", "grade"), [("law:CRI", "public_document"), ("law:GUY", "background"), (LOST, "background")]
)
def test_a_grade_that_does_not_follow_from_its_time_is_told(frames, entry, grade):
    other = pl.when(pl.col("id") == entry).then(pl.lit(grade)).otherwise("grade")
    found = failed(frames, evidence=frames["evidence"].with_columns(grade=other))
    assert found["grades of entries"].startswith(entry)


def test_the_loss_of_what_an_entry_stands_on_is_told_once(frames):
    newest = {"unodc_glotip": "2025-10-28"}
    spoilt = {**frames, "evidence": frames["evidence"].filter(pl.col("kind") != "statistic")}
    assert [told.saw for told in losses.lost(spoilt, frames, newest)] == ["none lost"] * 3
    spoilt = {**frames, "evidence": frames["evidence"].filter(pl.col("id") != "law:CRI")}
    (first, *_) = losses.lost(spoilt, frames, newest)
    assert first.saw == "1 of reference: law CRI"
