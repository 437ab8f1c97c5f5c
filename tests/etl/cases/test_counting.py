"""The counted cells are those that a plain loop over the records counts."""

from collections import Counter
from itertools import product

import narwhals.stable.v2 as nw
import polars as pl
import pytest

from etl.cases.counting import FORM_COLUMN, count
from etl.cases.tables import COUNT, DIMENSIONS, KEY, TOTAL
from tests.etl.cases import invented


def counted_by_hand(records: list[dict[str, object]], values: dict[str, tuple[str, ...]]) -> Counter:
    cells: Counter = Counter()
    for row in records:
        start = (row["indicator"], row["year"])
        keys = {(TOTAL,) * 5}
        keys |= {(sex, age, TOTAL, TOTAL, TOTAL) for sex, age in product((row["sex"], TOTAL), (row["age"], TOTAL))}
        keys |= {
            (TOTAL, TOTAL, TOTAL, origin, destination)
            for origin, destination in product((row["origin"], TOTAL), (row["destination"], TOTAL))
        }
        keys |= {
            (TOTAL, TOTAL, name.removeprefix(FORM_COLUMN), TOTAL, TOTAL)
            for name, yes in row.items()
            if name.startswith(FORM_COLUMN) and yes
        }
        cells.update((*start, *key) for key in keys)
    for indicator, year in {(row["indicator"], row["year"]) for row in records}:
        for sex, age in product((TOTAL, *values["sex"]), (TOTAL, *values["age"])):
            cells[indicator, year, sex, age, TOTAL, TOTAL, TOTAL] += 0
        for form in values["form"]:
            cells[indicator, year, TOTAL, TOTAL, form, TOTAL, TOTAL] += 0
    return cells


def as_counter(cells: pl.DataFrame) -> dict:
    return {tuple(row[:-1]): row[-1] for row in cells.iter_rows()}


@pytest.mark.parametrize("name", invented.LAYOUT_FILES)
def test_cells_are_those_of_a_loop(name):
    layout = invented.layout(name)
    rows = invented.records(invented.persons(3_000, layout, seed=7), layout)
    cells = count([nw.from_native(rows.lazy())], layout.values())
    assert cells.columns == [*KEY, COUNT]
    assert cells.schema[COUNT] == pl.Int64
    assert cells.null_count().sum_horizontal().item() == 0
    assert cells.equals(cells.sort(KEY))
    assert as_counter(cells) == dict(counted_by_hand(rows.to_dicts(), layout.values()))


def test_a_person_in_two_forms_or_two_equal_records_is_one_person():
    both = {"form_other": True, "form_forced_labour": True}
    row = {"indicator": "detected_victims", "year": 2020, "sex": "female", "age": "18+", "origin": "HTI"}
    row |= {"destination": "DOM", **both, "person": "a"}
    cells = as_counter(count([nw.from_native(pl.LazyFrame([row, row]))], {"sex": ("female",), "age": ("18+",)}))
    start = ("detected_victims", 2020, TOTAL, TOTAL)
    assert cells[*start, TOTAL, TOTAL, TOTAL] == 1
    assert cells[*start, "other", TOTAL, TOTAL] == cells[*start, "forced_labour", TOTAL, TOTAL] == 1


def test_the_same_records_in_another_order_give_the_same_cells():
    layout = invented.layout("norte")
    rows = invented.records(invented.persons(2_000, layout, seed=3), layout)
    shuffled = rows.sample(fraction=1, shuffle=True, seed=5)
    assert count([nw.from_native(rows.lazy())], layout.values()).equals(
        count([nw.from_native(shuffled.lazy())], layout.values())
    )
    assert set(count([nw.from_native(rows.lazy())], layout.values()).columns) >= set(DIMENSIONS)
