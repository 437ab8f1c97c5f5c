"""Changed figures: what is listed, what is beyond the usual, and how the limits were found."""

from collections import defaultdict

import polars as pl
import pytest

from data.place import HERE
from data.reviewed import REFERENCE, read
from data.snapshot import Snapshot
from etl.__main__ import OK, main
from etl.checking import changes
from etl.checking.changes import UsualChanges
from tests.etl.cells import cells

SOURCE = "unodc_glotip"
COLUMNS = {"low": pl.Float64, "high": pl.Float64, "status": pl.String, "note": pl.String, "sex": pl.String}


def figures(*rows: tuple[float | None, float | None, str, str | None, str]) -> pl.DataFrame:
    """Figures of Costa Rica in 2022 from (low, high, status, note, sex)."""
    frame = pl.DataFrame(list(rows), schema=COLUMNS, orient="row")
    rest = {"indicator": "detected_victims", "area": "CRI", "age": "total", "form": "total", "source": SOURCE}
    named = {name: pl.lit(text) for name, text in (rest | {"unit": "persons", "release": "2025-10-28"}).items()}
    return frame.with_columns(**named, year=pl.lit(2022, dtype=pl.Int16))


def exact(n: float, sex: str = "total") -> tuple[float, float, str, None, str]:
    return n, n, "exact", None, sex


def masked(low: float, sex: str = "total") -> tuple[float, float, str, None, str]:
    return low, 4.0, "masked", None, sex


def printed(status: str, note: str, sex: str = "total") -> tuple[None, None, str, str, str]:
    return None, None, status, note, sex


@pytest.mark.parametrize(
    ("then", "now", "kind"),
    [
        (exact(43), exact(43), None),
        (exact(43), exact(44), "changed"),
        (masked(0), masked(1), "convention"),
        (masked(0), exact(0), "convention"),
        (masked(0), exact(22), "changed"),
        (exact(0), exact(6), "changed"),
        (exact(43), printed("conflicting", "several_values: 43; 99"), "changed"),
        # A change inside a figure with several printed values is one too.
        (
            printed("conflicting", "several_values: 11; <5"),
            printed("conflicting", "several_values: 11; 0"),
            "changed",
        ),
        (printed("conflicting", "several_values: 11; 0"), printed("conflicting", "several_values: 11; 0"), None),
    ],
)
def test_a_figure_that_differs_is_listed(then, now, kind):
    rows = changes.changes(figures(now), figures(then))
    assert rows["kind"].to_list() == ([kind] if kind else [])


def test_new_and_lost_figures_are_told_apart():
    rows = changes.changes(figures(exact(43), exact(9, "male")), figures(exact(43), exact(34, "female")))
    assert set(rows.select("sex", "kind").rows()) == {("male", "new"), ("female", "gone")}


# Limits of totals: 5 to 9 may rise to 4.8 times and fall by a factor of 1.6, 10 to 99 to 2.14 times and by 2.28, or
# from 21 to zero.
@pytest.mark.parametrize(
    ("then", "now", "beyond"),
    [
        (exact(10), exact(21), False),
        (exact(10), exact(22), True),
        (exact(50), exact(22), False),
        (exact(50), exact(21), True),
        (exact(21), exact(0), False),
        (exact(22), exact(0), True),
        (exact(8), exact(5), False),
        (exact(8), exact(4), True),
        (exact(5), exact(24), False),
        (exact(5), exact(25), True),
        # An interval counts by its nearer end.
        (masked(0), exact(22), False),
        (masked(0), exact(23), True),
        (exact(8), masked(1), True),
        (exact(6), masked(1), False),
        # A part may change more than a total: up to 14.42 times.
        (exact(10, "female"), exact(144, "female"), False),
        (exact(10, "female"), exact(145, "female"), True),
        (exact(43), printed("suspect", "above_population_share: 480,000"), True),
        (exact(43), printed("conflicting", "several_values: 43; 99"), True),
        (exact(43, "female"), printed("conflicting", "several_values: 43; 99", "female"), False),
    ],
)
def test_a_change_larger_than_any_revision_so_far_is_beyond(then, now, beyond):
    rows = changes.beyond(changes.changes(figures(now), figures(then)))
    assert rows.height == beyond


def test_a_change_beyond_holds_the_build_only_where_it_was_published():
    changed = changes.changes(figures(exact(400)), figures(exact(43)))
    (held,), (asked,) = (list(changes.checked(changed, published=known)) for known in (True, False))
    assert (held.passed, held.asked, asked.passed, asked.asked) == (False, False, True, True)
    assert held.saw == f"1 of {SOURCE}: detected_victims CRI 2022 43→400"


def test_the_declared_limits_are_those_of_the_published_releases():
    vintages = Snapshot.open(str(HERE)).table("vintages").collect()
    declared = read(UsualChanges).drop("row")
    assert declared.rows() == changes.usual(vintages, SOURCE).select(declared.columns).rows()


def test_the_command_prints_the_declared_file(capsys):
    assert main(["check", "--usual"]) == OK
    assert (REFERENCE / UsualChanges.FILE).read_text("utf-8") in capsys.readouterr().out


def size_class(n: float) -> int:
    return max(size for size in changes.SIZES if n >= size)


@pytest.mark.real
def test_the_limits_of_totals_are_those_that_a_plain_loop_finds_in_the_workbooks(mirror):
    """Calculated independently from the cells; the sub-totals are too many to be printed once each."""
    old, new = (
        {
            (row[0], row[4], row[9]): str(row[11]).replace(",", "")
            for row in cells(path)[3:]
            if row[5:9] == ("Total", "Total", "Total", "Total")
        }
        for path in sorted((mirror / "unodc_glotip").glob("*.xlsx"))
    )
    states = set(Snapshot.open(str(HERE)).table("areas").collect()["area"])
    most: dict[int, list[float]] = defaultdict(lambda: [1.0, 1.0, 0.0, 0])
    for key in old.keys() & new.keys():
        # Both prints a mask as <5; SLV's questionnaire code of 2021 stands in both.
        (low, high), (after_low, after_high) = (
            (0, 4) if text == "<5" else (int(text), int(text)) for text in (old[key], new[key])
        )
        if key[0] in states and (after_low > high or after_high < low):
            up, down, zero, n = most[size_class(high)]
            fall, to_zero = (low / after_high, 0) if after_high else (1, low)
            most[size_class(high)] = [max(up, after_low / max(high, 1)), max(down, fall), max(zero, to_zero), n + 1]
    declared = read(UsualChanges).filter(figures="total")
    for size, revisions, up, down, zero in declared.select("size_from", "revisions", *changes.WAYS).iter_rows():
        assert most[size] == [pytest.approx(up, abs=0.01), pytest.approx(down, abs=0.01), zero, revisions]
    assert sum(n for *_, n in most.values()) == 13
