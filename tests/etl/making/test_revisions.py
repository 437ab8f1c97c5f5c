"""What one release says differently from the one before it."""

import re
from pathlib import Path

import polars as pl
import pytest

from data.contract import Revisions
from etl.areas import state_codes
from etl.errors import HeldError
from etl.making.revisions import revisions
from tests.etl.cells import cells
from tests.etl.samples import FORM, glotip_row
from tests.etl.test_pipeline import build, sample

WHOLE = pl.all_horizontal(pl.col("sex", "age", "form") == "total")


def revised_totals(tmp_path: Path, april, october, *, only="", accept=""):
    """Kinds of the totals of detected victims, by state (or of one only) and year."""
    _, snapshot = build(sample(tmp_path / "mirror", april=april, october=october), accept=accept)
    rows = snapshot.table("revisions").filter(pl.col("indicator") == "detected_victims", WHOLE)
    columns = ["area", "year", "kind", "low_from", "high_from", "low_to", "high_to"]
    return [row for row in rows.select(columns).collect().sort("area", "year").rows() if only in ("", row[0])]


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
    ],
)
def test_a_changed_mask_is_a_convention_and_a_changed_figure_is_not(tmp_path, before, after, row):
    rows = revised_totals(
        tmp_path, [glotip_row("MEX", 2021, before)], [glotip_row("MEX", 2021, after), ZERO], only="MEX"
    )
    assert rows == [row]


def test_a_figure_below_five_that_is_masked_later_is_a_revision_if_it_is_accepted(tmp_path):
    # UNODC masks figures below five: beside a mask it is an error, unless a person says that it is none.
    releases = [glotip_row("MEX", 2021, "3")], [glotip_row("MEX", 2021, "<5"), ZERO]
    small = "small figures beside masks: 1 of unodc_glotip: detected_victims MEX 2021 3 2025-04-14, expected none"
    with pytest.raises(HeldError, match=small):
        revised_totals(tmp_path, *releases)
    rows = revised_totals(tmp_path, *releases, only="MEX", accept="the publisher printed it")
    assert rows == [("MEX", 2021, "revised", 3.0, 3.0, 1.0, 4.0)]


def others(*values: str):
    """Rows of other forms of exploitation, which have one label, of Mexico in 2021."""
    return [glotip_row("MEX", 2021, value, dimension=FORM, category="Other forms of exploitation") for value in values]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (["11", "<5"], ["11", "0"], "convention"),
        (["<5", "0", "7"], ["0", "7", "<5"], None),
        (["<5", "<5"], ["0", "<5"], "convention"),
        (["0", "11"], ["<5", "11"], "convention"),
        (["11", "<5"], ["12", "0"], "revised"),
        (["<5", "<5", "<5"], ["0", "0"], "revised"),
        (["11", "9"], ["9", "11"], None),
        (["1,282", "9"], ["1282.0", "9"], None),
        (["11", "9"], ["11", "3"], "revised"),
    ],
)
def test_several_printed_values_are_compared_as_printed_in_any_order(tmp_path, before, after, kind):
    _, snapshot = build(sample(tmp_path / "mirror", april=others(*before), october=[*others(*after), ZERO]))
    rows = snapshot.table("revisions").filter(area="MEX", form="other").collect()
    found = rows.select("kind", "status_from", "status_to", "printed_from", "printed_to", "low_from", "high_to").rows()
    both = ("conflicting", "conflicting")
    assert found == ([(kind, *both, "; ".join(before), "; ".join(after), None, None)] if kind else [])


def test_a_figure_that_no_longer_conflicts_tells_what_was_printed(tmp_path):
    _, snapshot = build(sample(tmp_path / "mirror", april=others("11", "9"), october=others("11")))
    row = snapshot.table("revisions").filter(area="MEX", form="other")
    columns = ("kind", "printed_from", "low_from", "printed_to", "low_to")
    assert row.select(columns).collect().rows() == [("revised", "11; 9", None, None, 11.0)]


def test_an_impossible_figure_that_changes_is_a_revision(tmp_path):
    codes = [[glotip_row("MEX", 2021, value)] for value in ("6,112,019", "6,112,020")]
    _, snapshot = build(sample(tmp_path / "mirror", april=codes[0], october=codes[1]))
    rows = snapshot.table("revisions").filter(WHOLE).select("kind", "status_to", "printed_from", "printed_to")
    assert rows.collect().rows() == [("revised", "suspect", "6,112,019", "6,112,020")]


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


@pytest.mark.real
def test_the_real_changes_inside_figures_with_several_values_are_told(mirror, real_snapshot):
    """Counted from the cells of the two workbooks, by openpyxl and lists alone."""
    before, after = (_figures(mirror / "unodc_glotip" / f"data_glotip_{day}.xlsx") for day in RELEASES)
    several = {key for key in before.keys() & after.keys() if all(_several(key, one[key]) for one in (before, after))}
    changed = {key for key in several if sorted(before[key]) != sorted(after[key])}
    assert (len(several), len(changed)) == (124, 72)
    rows = real_snapshot.table("revisions").filter(
        *(pl.col(f"status_{end}") == "conflicting" for end in ("from", "to")), source="unodc_glotip"
    )
    ours = {
        (row["indicator"], row["area"], row["year"], row["form"], row["sex"], row["age"]): row
        for row in rows.collect().iter_rows(named=True)
    }
    assert ours.keys() == changed
    for key, row in ours.items():
        assert (row["printed_from"], row["printed_to"]) == ("; ".join(before[key]), "; ".join(after[key]))
        alike = [sorted("<5" if value == "0" else value for value in one[key]) for one in (before, after)]
        assert row["kind"] == ("convention" if alike[0] == alike[1] else "revised"), key
    # Of the 72, eight are more than a mask that became a zero.
    assert sum(row["kind"] == "revised" for row in ours.values()) == 8
    argentina = ours["detected_victims", "ARG", 2019, "total", "other", "total"]
    assert (argentina["kind"], argentina["printed_from"], argentina["printed_to"]) == ("convention", "<5; 11", "0; 11")
    assert argentina["low_from"] is argentina["high_to"] is None


RELEASES = ("2025-04-14", "2025-10-28")
INDICATORS = {
    "Detected trafficking victims": "detected_victims",
    "Persons brought into formal contact": "persons_formal_contact",
    "Persons prosecuted": "persons_prosecuted",
    "Persons convicted": "persons_convicted",
    "Offences of trafficking in persons": "offences",
}


FORMS = {
    "Sexual exploitation": "sexual_exploitation",
    "Forced labour": "forced_labour",
    "Organ removal": "organ_removal",
    "Removal of organs": "organ_removal",
    "Other forms of exploitation": "other",
    "Total": "total",
}
AGES = {"Total": "total", "0 to 17 years": "0-17", "18 years or over": "18+", "Unknown": "unknown"}


def _figures(path: Path) -> dict[tuple[str, str, int, str, str, str], list[str]]:
    """The printed values of the states' figures: by indicator, state, year, form, sex and age, in the file's order."""
    states, figures = set(state_codes()), {}
    for row in cells(path):
        if row[0] in states and row[5] in {"Total", "by form of exploitation"}:
            key = (INDICATORS[row[4]], row[0], int(row[9]), FORMS[row[6]], row[7].lower(), AGES[row[8]])
            figures.setdefault(key, []).append(str(row[11]))
    return figures


def _several(key: tuple[str, str, int, str, str, str], values: list[str]) -> bool:
    """Whether a figure has no one value: several rows that differ, or rows under the label of all other forms."""
    return len(set(values)) > 1 or (len(values) > 1 and key[3] == "other")


def _totals(path: Path) -> dict[tuple[str, str, int], str]:
    """Printed totals of the states, by indicator, state and year."""
    states = set(state_codes())
    totals = {}
    for row in cells(path):
        if row[0] in states and row[5:9] == ("Total", "Total", "Total", "Total"):
            value = str(row[11]).replace(",", "").strip()
            totals[row[4], row[0], int(row[9])] = re.sub(r"\.0$", "", value)
    return totals
