"""Totals against their printed parts, as intervals, and against what was published before."""

import polars as pl
import pytest

from etl.checking import sums

Parts = dict[tuple[str, str], tuple[float, float] | float | None]
BY_AGE = {("total", "0-17"): 24.0, ("total", "18+"): 19.0}


def figures(total: tuple[float, float] | float, parts: Parts) -> pl.DataFrame:
    """A total and its parts by (sex, age); a tuple is an interval, None a part with several printed values."""
    rows = [
        (sex, age, *(value if isinstance(value, tuple) else (value, value)))
        for (sex, age), value in {("total", "total"): total, **parts}.items()
    ]
    schema = {"sex": pl.String, "age": pl.String, "low": pl.Float64, "high": pl.Float64}
    place = {"source": "a_source", "indicator": "detected_victims", "area": "CRI", "form": "total", "unit": "persons"}
    named = {name: pl.lit(text) for name, text in place.items()}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(**named, year=pl.lit(2022, dtype=pl.Int16))


@pytest.mark.parametrize(
    ("total", "parts", "gap"),
    [
        (43.0, BY_AGE, 0),
        (400.0, BY_AGE, -357),
        (0.0, BY_AGE, 43),
        (45.0, {("total", "0-17"): 43.0, ("total", "18+"): (1.0, 4.0)}, 0),
        (50.0, {("total", "0-17"): 43.0, ("total", "18+"): (1.0, 4.0)}, -3),
        ((1.0, 4.0), {("female", "total"): 0.0, ("male", "total"): 0.0}, -1),
        # Those of unknown sex and age stand in one row.
        (50.0, BY_AGE | {("unknown", "unknown"): 7.0}, 0),
        # A part of which several values are printed may be any number, but the others are at least what they are.
        (400.0, {("total", "0-17"): 24.0, ("total", "18+"): None}, 0),
        (20.0, {("total", "0-17"): 24.0, ("total", "18+"): None}, 4),
    ],
)
def test_the_gap_is_what_no_value_in_the_intervals_explains(total, parts, gap):
    rows = sums.sums(figures(total, parts))
    by = "sex" if ("female", "total") in parts else "age"
    assert rows.filter(by=by)["gap"].to_list() == [gap]


def ending(now: tuple[float, Parts], then: tuple[float, Parts] | None) -> str:
    earlier = pl.lit(2021, dtype=pl.Int16)
    before = sums.sums(figures(*then) if then else figures(43.0, BY_AGE).with_columns(year=earlier))
    rows = sums.compared(sums.sums(figures(*now)), before)
    return "held" if rows["held"].any() else "asked" if rows["asked"].any() else "listed" if rows.height else "nothing"


ONLY_CHILDREN: Parts = {("total", "0-17"): 24.0}
MORE_PARTS: Parts = {("total", "0-17"): 34.0, ("total", "18+"): 26.0}


@pytest.mark.parametrize(
    ("now", "then", "end"),
    [
        ((400.0, BY_AGE), (43.0, BY_AGE), "held"),
        ((0.0, BY_AGE), (43.0, BY_AGE), "held"),
        ((44.0, BY_AGE), (43.0, BY_AGE), "held"),
        ((43.0, BY_AGE), (43.0, BY_AGE), "nothing"),
        # Printed so before: the newest release has CRI 2023 as 56, with 27 + 36 by age.
        ((40.0, BY_AGE), (40.0, BY_AGE), "listed"),
        ((60.0, BY_AGE), (60.0, BY_AGE), "listed"),
        # It was below its parts before, and is further below them now.
        ((30.0, BY_AGE), (40.0, BY_AGE), "held"),
        # It was above them: persons of a part that is not printed may have joined.
        ((70.0, BY_AGE), (60.0, BY_AGE), "listed"),
        ((400.0, ONLY_CHILDREN), (43.0, ONLY_CHILDREN), "listed"),
        # Total and parts changed together: a revision, that does not add up.
        ((100.0, MORE_PARTS), (43.0, BY_AGE), "asked"),
        # A new year.
        ((400.0, BY_AGE), None, "asked"),
    ],
)
def test_a_total_is_held_only_where_it_moved_and_nothing_explains_it(now, then, end):
    assert ending(now, then) == end


def test_a_series_without_anything_before_is_listed_only():
    now, nothing = sums.sums(figures(400.0, BY_AGE)), sums.sums(figures(43.0, {}))
    rows = sums.compared(now, nothing)
    assert rows.select("held", "asked").rows() == [(False, False)]


def test_swapped_totals_of_two_states_are_held():
    """Costa Rica's 43 are 24 and 19; Panama prints 5 women and no men of its 8."""
    assert ending((8.0, BY_AGE), (43.0, BY_AGE)) == "held"
    panama: Parts = {("female", "total"): 5.0, ("male", "total"): 0.0}
    assert ending((43.0, panama), (8.0, panama)) == "listed"


@pytest.mark.real
def test_the_real_totals_that_differ_from_their_parts_are_those_of_the_workbook(real_snapshot, mirror):
    """Calculated independently from the cells: detected victims by sex, the newest release."""
    from tests.etl.cells import cells

    totals: dict[tuple[object, object], tuple[float, float]] = {}
    parts: dict[tuple[object, object], dict[object, set[str]]] = {}
    for row in cells(max((mirror / "unodc_glotip").glob("*.xlsx")))[3:]:
        key = row[0], int(str(row[9]))
        if row[4:7] != ("Detected trafficking victims", "Total", "Total"):
            continue
        if row[7:9] == ("Total", "Total"):
            totals[key] = interval(row[11])
        elif (row[8] == "Total" and row[7] != "Total") or row[7:9] == ("Unknown", "Unknown"):
            parts.setdefault(key, {}).setdefault(row[7], set()).add(str(row[11]))
    expected = set()
    for key, (low, high) in totals.items():
        each = [interval(*values) if len(values) == 1 else (0, float("inf")) for values in parts.get(key, {}).values()]
        if each and (sum(one[0] for one in each) > high or sum(one[1] for one in each) < low):
            expected.add(key)
    observations = real_snapshot.table("observations").filter(pl.col("source") == "unodc_glotip").collect()
    rows = sums.sums(observations).filter(pl.col("gap") != 0, indicator="detected_victims", by="sex")
    ours = set(rows.select("area", "year").iter_rows())
    assert ours
    assert ours == {key for key in expected if key[0] in set(observations["area"])}


def interval(text: object) -> tuple[float, float]:
    return (1, 4) if text == "<5" else (int(str(text).replace(",", "")),) * 2
