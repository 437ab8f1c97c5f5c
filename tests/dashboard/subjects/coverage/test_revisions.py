import polars as pl

from dashboard import store
from dashboard.subjects.coverage import revisions as coverage_revisions
from tests.dashboard.subjects.coverage.samples import APRIL, OCTOBER, REVISIONS, SNAPSHOT, VICTIMS, VINTAGES, snapshot


def steps(**options):
    return coverage_revisions.steps.of(SNAPSHOT, **options)


def test_a_change_of_masking_is_not_a_revision():
    shown = coverage_revisions.rows.of(SNAPSHOT, VICTIMS, "all", masking=False)
    assert shown.select("area", "kind").rows() == [("ARG", "revised"), ("CRI", "withdrawn")]
    assert coverage_revisions.rows.of(SNAPSHOT, VICTIMS, "all", masking=True).height == 4


def test_one_state_has_only_its_own_changes():
    assert coverage_revisions.rows.of(SNAPSHOT, VICTIMS, "BOL", masking=True)["year"].to_list() == [2017, 2018]
    assert coverage_revisions.rows.of(SNAPSHOT, "offences", "all", masking=True).is_empty()


def test_a_step_counts_readings_and_separates_conventions():
    (step,) = steps()
    assert (step.before, step.after, step.read) == (APRIL, OCTOBER, 4)
    assert (step.revised, step.new, step.withdrawn) == (1, 0, 1)
    assert (step.zeros, step.masks, step.unmasked) == (1, 1, 0)
    assert step.meaning == ((1.0, 4.0),)


def test_a_step_counts_figures_with_several_values_among_the_conventions():
    mask = pl.lit("conflicting").alias("status_from"), pl.lit("conflicting").alias("status_to")
    changes = REVISIONS.filter(pl.col("kind") == "convention").with_columns(*mask)
    (step,) = coverage_revisions.steps.of(snapshot(revisions=changes))
    assert (step.revised, step.zeros, step.masks, step.unmasked, step.several) == (0, 0, 0, 0, 2)


def test_a_step_of_one_state():
    (step,) = steps(indicator=VICTIMS, state="ARG")
    assert (step.read, step.revised, step.zeros, step.masks, step.unmasked) == (1, 1, 0, 0, 0)
    assert steps(indicator="offences") == []


def test_a_state_without_any_figure_has_an_empty_step():
    (step,) = steps(indicator=VICTIMS, state="USA")
    assert (step.read, step.revised, step.new, step.withdrawn) == (0, 0, 0, 0)
    assert (step.zeros, step.masks, step.unmasked) == (0, 0, 0)


def test_changes_of_a_state_by_kind():
    counted = coverage_revisions.by_state(REVISIONS.collect())
    assert counted.rows() == [("ARG", "revised", 1, 1), ("BOL", "convention", 2, 2), ("CRI", "withdrawn", 1, 1)]


def test_a_state_s_totals_of_every_release():
    rows = coverage_revisions.releases.of(SNAPSHOT, VICTIMS, "ARG")
    assert rows.select("year", "release", "low").rows() == [
        (2017, APRIL, 9.0),
        (2017, OCTOBER, 10.0),
        (2019, OCTOBER, 12.0),
    ]


def test_the_published_totals_are_compared_in_plain_python():
    """April's and October's totals, compared without the table of revisions."""
    printed = [row for row in store.tables().table("vintages").collect().iter_rows(named=True) if not row["derived"]]
    totals = [
        row for row in printed if row["source"] == "unodc_glotip" and {row["sex"], row["age"], row["form"]} == {"total"}
    ]
    first, last = sorted({row["release"] for row in totals})
    then, now = (
        {(row["indicator"], row["area"], row["year"]): row for row in totals if row["release"] == release}
        for release in (first, last)
    )
    both = [(then[key], now[key]) for key in then.keys() & now.keys()]
    differing = [(a, b) for a, b in both if (a["low"], a["high"], a["status"]) != (b["low"], b["high"], b["status"])]
    small = [(a, b) for a, b in differing if a["status"] == "masked" and b["high"] <= 4]
    zeros = [b for _, b in small if b["high"] == 0]
    masks = [b for _, b in small if b["status"] == "masked"]
    whole = store.tables()
    only = {name: coverage_revisions.totals(whole.table(name)) for name in ("vintages", "revisions")}
    (step,) = coverage_revisions.steps.of(snapshot(**only, release_coverage=whole.table("release_coverage")))
    assert (step.read, step.revised) == (len(then), len(differing) - len(zeros) - len(masks))
    assert (step.zeros, step.masks, step.withdrawn) == (len(zeros), len(masks), len(then.keys() - now.keys()))
    covered = {(key[0], key[2]) for key in then}
    assert step.new == len([key for key in now.keys() - then.keys() if (key[0], key[2]) in covered])
    assert (step.read, step.revised, step.zeros, step.masks) == (1408, 13, 137, 180)


def test_only_totals_are_totals():
    parts = VINTAGES.with_columns(sex=pl.lit("female"))
    assert coverage_revisions.totals(parts).collect().is_empty()
