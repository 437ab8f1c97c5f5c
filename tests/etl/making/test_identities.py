"""What figures of one release say against each other, recounted from the publisher's workbooks with openpyxl."""

import os
from collections import defaultdict
from pathlib import Path

import polars as pl
import pytest

from dashboard import store
from data.snapshot import Snapshot
from etl.making.identities import contradicted, identities
from tests.etl.cells import cells
from tests.etl.figure_samples import vintage
from tests.etl.samples import glotip_row

SEXUAL, LABOR, OTHER = "Sexual exploitation", "Forced labour", "Other forms of exploitation"
NAMES = {
    "Detected trafficking victims": "detected_victims",
    "Persons brought into formal contact": "persons_formal_contact",
    "Persons convicted": "persons_convicted",
    "Persons prosecuted": "persons_prosecuted",
    "Offences": "offences",
}
APRIL, OCTOBER = "2025-04-14", "2025-10-28"
BY = {"sex": ("Female", "Male", "Other"), "age": ("0 to 17 years", "18 years or over")}
ALL = ("Total", "Total")
Row = tuple[object, ...]


def whole(value: str) -> Row:
    return glotip_row("CRI", 2022, value)


def part(value: str, sex: str = "Total", age: str = "Total") -> Row:
    return glotip_row("CRI", 2022, value, sex=sex, age=age)


def least(text: object) -> float:
    """The least value of a printed cell; the newest release prints zeros, so a mask is at least one."""
    return 1 if text == "<5" else float(str(text).replace(",", ""))


def most(text: object) -> float:
    return 4 if text == "<5" else float(str(text).replace(",", ""))


def form(name, value, sex="Total", age="Total", **more):
    return glotip_row("CRI", 2022, value, sex=sex, age=age, dimension="by form of exploitation", category=name, **more)


def found(*rows):
    columns = ("kind", "sex", "form", "low", "high", "parts", "parts_low", "parts_high")
    return identities(vintage(list(rows))).select(columns).rows()


def test_groups_above_their_total_are_listed_with_both_figures():
    assert found(whole("56"), part("31", "Female"), part("29", "Male")) == [
        ("parts_by_sex", "total", "total", 56, 56, ["female", "male"], 60, 60)
    ]
    by_age = found(whole("56"), part("<5", age=BY["age"][0]), part("57", age=BY["age"][1]))
    # This release prints no zeros: a mask is 0 to 4.
    assert by_age == [("parts_by_age", "total", "total", 56, 56, ["0-17", "18+"], 57, 61)]


def test_a_group_with_several_values_may_be_any_number():
    rows = [whole("56"), part("60", "Female"), part("1", "Male"), part("2", "Male")]
    assert found(*rows) == [("parts_by_sex", "total", "total", 56, 56, ["female", "male"], 60, None)]


def test_a_form_above_the_total_contradicts_it():
    rows = [whole("56"), form(SEXUAL, "60"), form(LABOR, "70")]
    assert found(*rows) == [("form_above", "total", "total", 56, 56, ["forced_labour", "sexual_exploitation"], 70, 70)]
    assert contradicted(vintage(rows)).height == 1
    # Together they may be more than all victims: one victim can be counted under several forms.
    assert found(whole("56"), form(SEXUAL, "50"), form(LABOR, "50")) == []


def test_a_total_that_equals_one_form_beside_another_contradicts_it():
    rows = [whole("308"), form(SEXUAL, "308"), form(LABOR, "67")]
    assert found(*rows) == [("one_form", "total", "total", 308, 308, ["sexual_exploitation", "forced_labour"], 67, 67)]
    # A mask may be a zero here, and a second form may be of no use.
    assert found(whole("308"), form(SEXUAL, "308"), form(LABOR, "<5")) == []
    assert found(whole("308"), form(SEXUAL, "308"), form(OTHER, "7"), form(OTHER, "8")) == []
    assert found(whole("<5"), form(SEXUAL, "<5"), form(LABOR, "5")) == [
        ("form_above", "total", "total", 0, 4, ["forced_labour"], 5, 5)
    ]


def test_somebody_convicted_of_one_form_may_be_convicted_of_another():
    convicted = {"indicator": "Persons convicted"}
    rows = [glotip_row("CRI", 2022, "30", **convicted), form(SEXUAL, "30", **convicted), form(LABOR, "7", **convicted)]
    assert found(*rows) == []


def test_more_males_than_females_are_unusual_and_contradict_nothing():
    young, adult = BY["age"]
    rows = [form(SEXUAL, "58", "Male", young), form(SEXUAL, "53", "Male", adult)]
    women = [form(SEXUAL, "<5", "Female", young), form(SEXUAL, "28", "Female", adult)]
    assert found(*rows, *women) == [("more_males", "male", "sexual_exploitation", 111, 111, ["female"], 28, 32)]
    assert contradicted(vintage([*rows, *women])).is_empty()
    # Ages that are printed of males alone do not count, and a mask may be as large as four.
    assert found(*rows) == []
    assert found(form(SEXUAL, "4", "Male", adult), form(SEXUAL, "<5", "Female", adult)) == []


# ---------------------------------------------------------------- from the workbooks


def workbook(release: str) -> dict:
    """The printed cells: {(indicator, state, year): {(category, sex, age): texts}}; citizenships are left out."""
    found: dict = defaultdict(lambda: defaultdict(list))
    path = Path(os.environ["ATALAYA_MIRROR"]) / "unodc_glotip" / f"data_glotip_{release}.xlsx"
    for row in cells(path)[3:]:
        indicator = next((name for start, name in NAMES.items() if str(row[4]).startswith(start)), None)
        if row[0] not in store.areas() or indicator is None or row[5] not in {"Total", "by form of exploitation"}:
            continue
        found[indicator, row[0], int(str(row[9]))][row[6], row[7], row[8]].append(row[11])
    return found


def figure(texts: list, *, zeros: bool) -> tuple[float, float] | None:
    """The interval of a cell; None if it is not printed, or with several values."""
    if len(set(texts)) != 1:
        return None
    return (least(texts[0]) if zeros or texts[0] != "<5" else 0.0), most(texts[0])


def recounted(release: str) -> dict[str, set[tuple[str, int]]]:
    """The state-years of detected victims by kind, and those that have parts by sex and by age."""
    found: dict = defaultdict(set)
    for (indicator, area, year), printed in workbook(release).items():
        values = {key: figure(texts, zeros=release == OCTOBER) for key, texts in printed.items()}
        total = values.get(("Total", *ALL))
        if indicator != "detected_victims":
            continue
        of = {by: [_group(values, by, name) for name in names] for by, names in BY.items()}
        forms = {name: values[name, *ALL] for name in (SEXUAL, LABOR, OTHER) if values.get((name, *ALL))}
        sexes = _sexes(values)
        kinds = {
            "with_sex": total and any(("Total", sex, "Total") in values for sex in BY["sex"]),
            "with_age": total and any(("Total", "Total", age) in values for age in BY["age"]),
            "parts_by_sex": total and sum(one[0] for one in of["sex"] if one) > total[1],
            "parts_by_age": total and sum(one[0] for one in of["age"] if one) > total[1],
            "form_above": total and any(low > total[1] for low, _ in forms.values()),
            "one_form": total
            and total[0] == total[1] > 0
            and any(
                one == total and any(low > 0 for other, (low, _) in forms.items() if other != name)
                for name, one in forms.items()
            ),
            "more_males": sexes["Male"][0] > sexes["Female"][1],
        }
        for kind in (name for name, holds in kinds.items() if holds):
            found[kind].add((area, year))
    return found


def _group(values: dict, by: str, name: str):
    return values.get(("Total", *((name, "Total") if by == "sex" else ("Total", name))))


def _sexes(values: dict) -> dict[str, tuple[float, float]]:
    """Males and females in sexual exploitation, over the ages that are printed for both; no sum of ages is printed."""
    assert not any((SEXUAL, sex, "Total") in values for sex in ("Male", "Female"))
    ages = [age for age in BY["age"] if values.get((SEXUAL, "Male", age)) and values.get((SEXUAL, "Female", age))]
    each = {sex: [values[SEXUAL, sex, age] for age in ages] for sex in ("Male", "Female")}
    return {sex: (sum(low for low, _ in all_), sum(high for _, high in all_)) for sex, all_ in each.items()}


def listed(snapshot: Snapshot, release: str, kind: str) -> set[tuple[str, int]]:
    """The state-years of a kind in the table, of totals of detected victims (of `more_males` by form)."""
    rows = snapshot.table("identities").filter(
        pl.col("indicator") == "detected_victims",
        pl.col("release") == release,
        pl.col("kind") == kind,
        pl.col("age") == "total",
        (pl.col("form") == "total") | (pl.col("kind") == "more_males"),
    )
    return set(rows.select("area", "year").collect().iter_rows())


@pytest.mark.real
@pytest.mark.parametrize("release", [APRIL, OCTOBER])
@pytest.mark.parametrize("kind", ["parts_by_sex", "parts_by_age", "form_above", "one_form", "more_males"])
def test_the_state_years_are_those_of_the_workbook(real_snapshot: Snapshot, release, kind):
    assert listed(real_snapshot, release, kind) == recounted(release)[kind] != set()


@pytest.mark.real
def test_the_newest_workbook_has_so_many():
    found = recounted(OCTOBER)
    # Of 308 state-years with figures by sex and 329 by age; counted by hand in the workbook before.
    assert {kind: len(every) for kind, every in found.items()} == {
        "with_sex": 308,
        "parts_by_sex": 22,
        "with_age": 329,
        "parts_by_age": 23,
        "form_above": 9,
        # The eight that were named before, and Venezuela 2015: 6 victims, all of sexual exploitation, and "<5" others.
        "one_form": 9,
        "more_males": 7,
    }
    guyana = {("GUY", year) for year in (2012, 2013, 2014, 2015, 2016, 2021)}
    assert found["one_form"] == {("PER", 2023), ("GTM", 2021), ("VEN", 2015), *guyana}
    assert found["more_males"] == {
        *[("BOL", 2023), ("PRY", 2015), ("PRY", 2017), ("DOM", 2018), ("HND", 2015), ("PAN", 2018), ("ECU", 2017)]
    }


@pytest.mark.real
def test_every_mark_of_a_count_has_its_reason_and_only_the_unusual_has_none(real_snapshot: Snapshot):
    key = ["indicator", "area", "year", "sex", "age", "form", "source", "release"]
    reasons = real_snapshot.table("identities").collect()
    counts = real_snapshot.table("vintages").filter("contradicted", ~pl.col("derived")).select(key).collect()
    reasoned = reasons.filter(pl.col("kind") != "more_males").select(key).unique()
    assert set(counts.iter_rows()) == set(reasoned.iter_rows())
    assert counts.height == reasoned.height
    # Each figure stands in a cell of its release, and so do the others.
    assert reasons.filter(~pl.col("locator").str.contains(pl.col("release"), literal=True)).is_empty()
    assert reasons.filter(pl.col("parts_locator").str.count_matches("#") < pl.col("parts").list.len()).is_empty()
