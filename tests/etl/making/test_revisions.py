"""What one release says differently from the one before it."""

import re
from pathlib import Path

import polars as pl
import pytest

from data.contract import Revisions
from etl.areas import state_codes
from etl.making.revisions import revisions
from tests.etl.cells import cells
from tests.etl.samples import glotip_row
from tests.etl.test_pipeline import build, sample

WHOLE = pl.all_horizontal(pl.col("sex", "age", "form") == "total")


def revised_totals(tmp_path: Path, april, october, **more):
    """Kinds of the totals of detected victims, by state and year."""
    _, snapshot = build(sample(tmp_path / "mirror", april=april, october=october))
    rows = snapshot.table("revisions").filter(pl.col("indicator") == "detected_victims", WHOLE)
    columns = ["area", "year", "kind", "low_from", "high_from", "low_to", "high_to"]
    return [
        row for row in rows.select(columns).collect().sort("area", "year").rows() if more.get("only") in (None, row[0])
    ]


ZERO = glotip_row("USA", 2021, "0")


def test_an_unchanged_figure_is_no_revision(tmp_path):
    assert revised_totals(tmp_path, [glotip_row("MEX", 2021, "40")], [glotip_row("MEX", 2021, "40")]) == []


def test_a_changed_figure_is_a_revision(tmp_path):
    rows = revised_totals(tmp_path, [glotip_row("MEX", 2021, "40")], [glotip_row("MEX", 2021, "41")])
    assert rows == [("MEX", 2021, "revised", 40.0, 40.0, 41.0, 41.0)]


@pytest.mark.parametrize(
    ("before", "after", "row"),
    [
        ("<5", "0", ("MEX", 2021, "convention", 0.0, 4.0, 0.0, 0.0)),
        ("<5", "<5", ("MEX", 2021, "convention", 0.0, 4.0, 1.0, 4.0)),
        ("<5", "7", ("MEX", 2021, "revised", 0.0, 4.0, 7.0, 7.0)),
        ("7", "<5", ("MEX", 2021, "revised", 7.0, 7.0, 1.0, 4.0)),
        ("3", "<5", ("MEX", 2021, "revised", 3.0, 3.0, 1.0, 4.0)),
    ],
)
def test_a_changed_mask_is_a_convention_and_a_changed_figure_is_not(tmp_path, before, after, row):
    rows = revised_totals(
        tmp_path, [glotip_row("MEX", 2021, before)], [glotip_row("MEX", 2021, after), ZERO], only="MEX"
    )
    assert rows == [row]


def test_figures_of_one_release_alone_are_new_or_withdrawn_in_years_that_both_cover(tmp_path):
    april = [glotip_row("MEX", 2021, "40"), glotip_row("PER", 2021, "9"), glotip_row("PER", 2020, "8")]
    october = [glotip_row("MEX", 2021, "40"), glotip_row("CHL", 2021, "7"), glotip_row("CHL", 2022, "6")]
    assert revised_totals(tmp_path, april, october) == [
        ("CHL", 2021, "new", None, None, 7.0, 7.0),
        ("PER", 2021, "withdrawn", 9.0, 9.0, None, None),
    ]


def test_without_a_second_release_there_are_no_revisions():
    covered = pl.DataFrame(schema=dict.fromkeys(("source", "release", "indicator", "part", "year"), pl.String))
    vintages = pl.DataFrame(schema={"derived": pl.Boolean, "source": pl.String, "form": pl.String})
    assert revisions(vintages, covered).columns == Revisions.column_names()


@pytest.mark.real
def test_the_real_totals_read_differently_as_often_as_the_two_workbooks_do(mirror, real_snapshot):
    """Counted from the cells of the two workbooks, by openpyxl and dictionaries alone."""
    printed = [_totals(mirror / "unodc_glotip" / f"data_glotip_{day}.xlsx") for day in ("2025-04-14", "2025-10-28")]
    before, after = printed
    differing = {key for key in before.keys() & after.keys() if before[key] != after[key]}
    zeros = {key for key in differing if (before[key], after[key]) == ("<5", "0")}
    still_masked = {key for key in before.keys() & after.keys() if before[key] == after[key] == "<5"}
    assert (len(before), len(differing), len(zeros)) == (1408, 150, 137)
    rows = real_snapshot.table("revisions").filter(pl.col("source") == "unodc_glotip", WHOLE).collect()
    by_kind = {kind: rows.filter(pl.col("kind") == kind) for kind in ("revised", "convention", "withdrawn")}
    assert by_kind["revised"].height == len(differing) - len(zeros) == 13
    assert by_kind["convention"].height == len(zeros) + len(still_masked)
    assert by_kind["withdrawn"].height == len(before.keys() - after.keys())
    revised = {(row["indicator"], row["area"], row["year"]) for row in by_kind["revised"].iter_rows(named=True)}
    assert revised == {(INDICATORS[key[0]], key[1], key[2]) for key in differing - zeros}


INDICATORS = {
    "Detected trafficking victims": "detected_victims",
    "Persons brought into formal contact": "persons_formal_contact",
    "Persons prosecuted": "persons_prosecuted",
    "Persons convicted": "persons_convicted",
    "Offences of trafficking in persons": "offences",
}


def _totals(path: Path) -> dict[tuple[str, str, int], str]:
    """Printed totals of the states, by indicator, state and year."""
    states = set(state_codes())
    totals = {}
    for row in cells(path):
        if row[0] in states and row[5:9] == ("Total", "Total", "Total", "Total"):
            value = str(row[11]).replace(",", "").strip()
            totals[row[4], row[0], int(row[9])] = re.sub(r"\.0$", "", value)
    return totals
