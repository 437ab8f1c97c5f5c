"""Attackers that do not use our code recover no protected number, and what can be published is published."""

from itertools import islice, product

import numpy as np
import polars as pl
import pytest

from etl.cases import audit as audit_module
from etl.cases import protection
from etl.cases.attack import Attack
from etl.cases.audit import audit
from etl.cases.protection import Rule, protect
from etl.errors import AuditError
from tests.etl.cases.attackers import (
    AGES,
    SEXES,
    WHOLE,
    cases,
    counted,
    difference,
    enumerate_all,
    intervals,
    programme,
    truth,
)

STRICT = Rule(threshold=3)


def recovered(frame, published, attack, width, *, sure=True):
    """The cells above zero that are not published exactly, and that the attacker knows more narrowly.

    Who is not `sure` supposes something that may be wrong: then the true number may be another one.
    """
    real, known, shown = truth(frame), attack(published), intervals(published)
    hidden = [cell for cell, (low, high) in known.items() if real.get(cell) and shown.get(cell, (0, 1)) != (low, low)]
    hidden = [cell for cell in hidden if cell not in shown or shown[cell][0] < shown[cell][1]]
    assert not sure or all(known[cell][0] <= real[cell] <= known[cell][1] for cell in hidden)
    return [cell for cell in hidden if known[cell][1] - known[cell][0] < width]


def small_registers():
    random = np.random.default_rng(43)
    return [counted(cases(int(random.integers(1, 30)), random)) for _ in range(200)]


def test_nothing_is_recovered_from_200_registers():
    assert [recovered(frame, protect(frame, STRICT), enumerate_all, 1) for frame in small_registers()] == [[]] * 200


def test_without_complementary_suppression_numbers_are_recovered(monkeypatch):
    monkeypatch.setattr(Attack, "narrowest", lambda *_: None)
    found = [recovered(frame, protect(frame, STRICT), enumerate_all, 1) for frame in small_registers()]
    assert sum(map(bool, found)) > 20


def larger_registers():
    """Of 100 to 1,000 cases of 4 to 12 citizenships in 2 to 5 countries: as small states have them in a year."""
    random = np.random.default_rng(44)
    for _ in range(20):
        size, origins, destinations = (int(random.integers(*limits)) for limits in ((100, 1000), (4, 13), (2, 6)))
        yield counted(cases(size, random, origins, destinations))


def test_nothing_is_recovered_from_20_larger_registers():
    assert [recovered(frame, protect(frame, Rule()), programme, 5) for frame in larger_registers()] == [[]] * 20


def test_without_complementary_suppression_most_larger_registers_are_open(monkeypatch):
    monkeypatch.setattr(Attack, "narrowest", lambda *_: None)
    found = [recovered(frame, protect(frame, Rule()), programme, 5) for frame in islice(larger_registers(), 5)]
    assert sum(map(bool, found)) > 2


@pytest.fixture(scope="module")
def large():
    frame = counted(cases(2000, np.random.default_rng(7), origins=30, destinations=8))
    return frame, protect(frame, Rule())


def test_nothing_is_recovered_from_a_large_register(large):
    assert recovered(*large, programme, 5) == []


def test_most_of_what_is_large_enough_is_published(large):
    frame, published = large
    large_enough = {cell for cell, count in truth(frame).items() if count >= 11}
    exact = {cell for cell, (low, high) in intervals(published).items() if low == high > 0}
    assert exact <= large_enough
    assert len(exact) > 0.6 * len(large_enough)
    assert WHOLE in exact


def test_exact_numbers_and_intervals_are_true(large):
    frame, published = large
    real = truth(frame)
    assert all(low <= real[cell] <= high for cell, (low, high) in intervals(published).items())
    masked = published.filter(pl.col("status") == "masked").select("low", "high").unique().rows()
    assert set(masked) <= {(1, 10), (11, 100), (101, 1000), (1001, 10000)}


def test_what_is_below_the_threshold_is_never_exact(large):
    real = truth(large[0])
    assert not [cell for cell, (low, high) in intervals(large[1]).items() if low == high and 0 < real[cell] < 11]


def test_a_sum_of_two_does_not_reveal_the_small_one():
    people = [("female", "adult", ("sexual",), "C00", "D00")] * 45 + [("male", "adult", ("sexual",), "C00", "D00")] * 5
    frame, published = counted(people), protect(counted(people), Rule())
    assert recovered(frame, published, programme, 5) == []
    shown = intervals(published)
    total = "total"
    assert shown["male", total, total, total, total] == (1, 10)
    assert shown["female", total, total, total, total] == (11, 100)
    assert shown[WHOLE] == (50, 50)


def test_a_table_with_one_contributor_needs_no_protection():
    people = [("female", "adult", ("sexual",), "C00", "D00")] * 30
    published = protect(counted(people), Rule())
    assert recovered(counted(people), published, programme, 5) == []
    assert set(published["status"]) == {"exact"}
    assert set(published["low"]) == {0, 30}


def test_of_a_state_with_one_case_only_the_total_is_published():
    frame = counted([("male", "minor", ("labor",), "C07", "D01")])
    published = protect(frame, Rule())
    assert intervals(published) == {WHOLE: (1, 10)}
    assert recovered(frame, published, enumerate_all, 9) == []


def test_of_a_small_citizenship_nobody_sees_where_its_people_were():
    people = [("female", "adult", ("sexual",), "C00", "D00")] * 60
    people += [("female", "adult", ("sexual",), "C00", "D01")] * 30
    people += [("female", "adult", ("sexual",), "C01", "D01")] * 4
    shown = intervals(protect(counted(people), Rule()))
    assert shown["total", "total", "total", "C01", "total"] == (1, 10)
    assert ("total", "total", "total", "C01", "D01") not in shown


def of_citizenships(**numbers):
    return counted(
        [("female", "adult", ("sexual",), name, "D00") for name, count in numbers.items() for _ in range(count)]
    )


def test_numbers_that_were_masked_stay_masked():
    first = protect(of_citizenships(C00=45, C01=20, C02=5), Rule())
    corrected = of_citizenships(C00=45, C01=50, C02=5)
    one, two = [("total", "total", "total", name, "total") for name in ("C00", "C01")]
    assert intervals(first)[two] == (11, 100)
    alone, after = intervals(protect(corrected, Rule())), intervals(protect(corrected, Rule(), [first]))
    assert (alone[one], alone[two]) == ((11, 100), (50, 50))
    assert (after[one], after[two]) == ((45, 45), (11, 100))


def corrected(before, random):
    """A later state of a register: cases were added, or many were taken away too, or two have other values now."""
    way = random.integers(3)
    kept = [one for one in before if way != 1 or random.random() > 0.1]
    if way < 2:
        return kept + cases(int(random.integers(0, 4)), random)
    for place in random.choice(len(kept), min(2, len(kept)), replace=False):
        kept[place] = cases(1, random)[0]
    return kept


def known_by_difference(number, *, audited):
    """What who compares two releases of so many registers recovers; `audited`: the first release was considered."""
    random, found = np.random.default_rng(1), []
    for _ in range(number):
        before = cases(int(random.integers(1, 30)), random)
        frame = counted(corrected(before, random))
        first = protect(counted(before), STRICT)
        second = protect(frame, STRICT, [first] if audited else [])
        found.append(recovered(frame, second, lambda published, old=first: difference(old, published), 1, sure=False))
    return found


def test_nothing_is_recovered_from_the_difference_of_two_releases():
    assert known_by_difference(30, audited=True) == [[]] * 30


def test_if_the_earlier_release_is_not_audited_the_difference_recovers_numbers():
    assert sum(map(bool, known_by_difference(20, audited=False))) > 3


def test_the_difference_of_two_releases_that_mask_other_numbers():
    # Before, 70 = 45 + C01 + C02; then 100 = C00 + 50 + C02. Most is the same if C00 is 45 to 49, and so C02 1 to 5.
    first, frame = protect(of_citizenships(C00=45, C01=20, C02=5), Rule()), of_citizenships(C00=45, C01=50, C02=5)
    alone, after = protect(frame, Rule()), protect(frame, Rule(), [first])
    small = ("total", "total", "total", "C02", "total")
    assert programme(alone)[small] == (1, 10)
    assert difference(first, alone)[small] == (1, 5)
    with pytest.raises(AuditError, match="now and before"):
        audit(alone, [first], Rule())
    low, high = difference(first, after)[small]
    assert high - low >= Rule().width
    assert audit(after, [first], Rule()).earlier == 1


def test_a_correction_by_one_person_that_crosses_the_threshold_leaves_only_the_total():
    # Before, 55 = C00 + (1 to 10); after, 56 = C00 + (11 or more): whoever supposes that C00 is the same knows it.
    first = protect(of_citizenships(C00=45, C01=10), Rule())
    second = protect(of_citizenships(C00=45, C01=11), Rule(), [first])
    assert intervals(second) == {WHOLE: (56, 56)}
    assert audit(second, [first], Rule()).earlier == 1


def of_groups(women, girls, men, boys):
    groups = [("female", "adult"), ("female", "minor"), ("male", "adult"), ("male", "minor")]
    numbers = zip(groups, (women, girls, men, boys), strict=True)
    return [(*group, ("sexual",), "C00", "D00") for group, number in numbers for _ in range(number)]


# Of the first release a reader knows the sums (8 women and girls, 3 men and boys, 8 adults, 3 minors): it is 6 2 2 1
# or 7 1 1 2. Of the second (9, 5, 9, 5) it is 6 3 3 2 or 5 4 4 1. If none was taken away: 6 2 2 1, then 6 3 3 2.
BEFORE, AFTER = of_groups(6, 2, 2, 1), of_groups(6, 3, 3, 2)


def known_if_added(before, after):
    """What an attacker recovers of the second of two releases who supposes that cases were only added."""
    first = protect(counted(before), STRICT)
    frame = counted(after)
    second = protect(frame, STRICT, [first])
    assert audit(second, [first], STRICT).earlier == 1
    return recovered(frame, second, lambda published: programme(first, published), 1)


def test_who_supposes_that_cases_were_only_added_recovers_nothing():
    assert known_if_added(BEFORE, AFTER) == []
    random = np.random.default_rng(9)
    for size in (8, 15, 25):
        before = cases(size, random)
        assert known_if_added(before, before + cases(3, random)) == []


def test_if_that_attacker_is_left_out_numbers_are_recovered(monkeypatch):
    for module in (audit_module, protection):
        monkeypatch.setattr(module, "attackers", lambda releases: [Attack(releases)])
    assert {cell[:2] for cell in known_if_added(BEFORE, AFTER)} == set(product(SEXES, AGES))


def test_the_audit_stops_what_such_an_attacker_learns(monkeypatch):
    first = protect(counted(BEFORE), STRICT)
    with monkeypatch.context() as patch:
        patch.setattr(protection, "attackers", lambda releases: [Attack(releases)])
        second = protect(counted(AFTER), STRICT, [first])
    with pytest.raises(AuditError, match="now and before"):
        audit(second, [first], STRICT)


def test_a_register_that_lost_cases_is_no_contradiction():
    first = protect(counted(AFTER), STRICT)
    second = protect(counted(BEFORE), STRICT, [first])
    assert programme(first, second) is None
    assert audit(second, [first], STRICT).earlier == 1


@pytest.mark.parametrize("values", [{"threshold": 2}, {"width": 10}, {"width": -1}])
def test_a_rule_that_protects_nothing_is_refused(values):
    with pytest.raises(ValueError, match=r"threshold|width"):
        Rule(**values)
