"""The audit stops what reveals a protected number, and says what was protected."""

import numpy as np
import polars as pl
import pytest

from etl.cases.audit import audit
from etl.cases.protection import Rule, protect
from etl.errors import AuditError
from tests.etl.cases.attackers import INDICATOR, NAMES, YEAR, cases, counted

RULE = Rule()


def sexes(**shown):
    """Published numbers of the total and of sexes."""
    rows = [
        (INDICATOR, YEAR, sex, *["total"] * 4, low, high, "exact" if low == high else "masked")
        for sex, (low, high) in shown.items()
    ]
    return pl.DataFrame(rows, schema=["indicator", "year", *NAMES, "low", "high", "status"], orient="row")


def test_what_protect_gives_passes_and_is_described():
    published = protect(counted(cases(300, np.random.default_rng(5), origins=8, destinations=3)), RULE)
    found = audit(published, [published], RULE)
    positive = published.filter(pl.col("high") > 0)
    assert (found.cells, found.protected) == (positive.height, (positive["status"] == "masked").sum())
    assert found.narrowest is not None
    assert 5 <= found.narrowest <= 9
    assert found.earlier == 1
    assert found.tables[0].name == "by_form"


@pytest.mark.parametrize(
    ("shown", "reason"),
    [
        ({"total": (50, 50), "female": (45, 45), "male": (1, 10)}, "reveals .*sex male"),
        ({"total": (12, 12), "female": (1, 10), "male": (1, 2)}, "reveals"),
        ({"total": (50, 50), "female": (43, 43), "male": (7, 7)}, "sex male.* is exact"),
        ({"total": (50, 50), "female": (20, 20), "male": (1, 10)}, "contradict"),
        ({"total": (50, 50), "female": (50, 40)}, "no interval"),
        ({"female": (50, 50)}, "without their sum"),
    ],
)
def test_what_is_known_too_narrowly_stops_the_run(shown, reason):
    with pytest.raises(AuditError, match=reason):
        audit(sexes(**shown), [], RULE)


def test_a_cell_is_named_without_its_number():
    with pytest.raises(AuditError) as caught:
        audit(sexes(total=(59, 59), female=(52, 52), male=(1, 10)), [], RULE)
    assert "7" not in str(caught.value)
    assert "2020, sex male" in str(caught.value)


def test_two_releases_that_mask_other_cells_reveal_one():
    old = sexes(total=(80, 80), female=(11, 100), male=(1, 10), other=(30, 30))
    new = sexes(total=(80, 80), female=(45, 45), male=(1, 10), other=(11, 100))
    assert audit(old, [], RULE).narrowest == 9
    assert audit(new, [], RULE).narrowest == 9
    with pytest.raises(AuditError, match="now and before"):
        audit(new, [old], RULE)


def test_a_correction_that_reveals_nothing_passes():
    old = sexes(total=(50, 50), female=(11, 100), male=(1, 10))
    new = sexes(total=(51, 51), female=(11, 100), male=(1, 10))
    # One person more, female or male: male are 1 to 9 before, or 1 to 10 if the person is female.
    assert audit(new, [old], RULE).narrowest == 9


def test_coarser_groups_are_proposed_where_most_is_protected():
    published = protect(counted(cases(60, np.random.default_rng(3), origins=30, destinations=8)), RULE)
    tables = {table.name: table for table in audit(published, [], RULE).tables}
    assert tables["by_citizenship"].share > 0.5
    assert tables["by_citizenship"].proposals == ("years_together", "fewer_citizenships")
    assert tables["by_form"].proposals == ()


def test_a_row_that_is_there_twice_stops_the_run():
    shown = sexes(total=(50, 50))
    with pytest.raises(AuditError, match="twice"):
        audit(pl.concat([shown, shown]), [], RULE)
