"""From invented case records of three ministries to protected tables; tests/browser/test_registry.py shows them."""

import csv
from collections import Counter

import pytest

from etl.__main__ import main
from tests.etl.cases import invented
from tests.etl.cases.test_cases_command import REGISTER

# Each ministry hands over another kind of file.
KINDS = {"norte": "csv", "sul": "parquet", "est": "xlsx"}
THRESHOLD = 11


def released(tmp_path, name, size):
    """The tables that the command writes of invented records, by name, and the persons that count."""
    layout = invented.layout(name)
    people = invented.persons(size, layout)
    records = invented.write(people, layout, tmp_path / f"records.{KINDS[name]}")
    path = tmp_path / f"{name}.toml"
    path.write_text((invented.LAYOUTS / f"{name}.toml").read_text("utf-8") + REGISTER, "utf-8")
    out = tmp_path / "registries" / "hti"
    command = ["cases", "tables", str(records), "--layout", str(path), "--state", "HTI", "--out", str(out)]
    assert main(command) == 0
    (release,) = (path for path in out.iterdir() if path.is_dir())
    tables = {
        file.stem: [*csv.DictReader(file.read_text("utf-8").splitlines())]
        for file in (release / "tables").glob("*.csv")
    }
    return tables, invented.records(people, layout)


def counted(rows):
    """How many persons each cell by form, and by sex and age, has: counted one by one."""
    forms = [column for column in rows.columns if column.startswith("form_")]
    found = Counter()
    for row in rows.iter_rows(named=True):
        key = row["indicator"], str(row["year"])
        found.update((*key, "total", "total", form.removeprefix("form_")) for form in forms if row[form])
        found.update((*key, sex, age, "total") for sex in (row["sex"], "total") for age in (row["age"], "total"))
    return found


def compare(tables, rows):
    """Compare each published number with the count; returns how many are exact and masked."""
    truth, states = counted(rows), Counter()
    for name in ("by_form", "by_sex_and_age"):
        for row in tables[name]:
            key = (
                row["indicator"],
                row["year"],
                row.get("sex", "total"),
                row.get("age", "total"),
                row.get("form", "total"),
            )
            count, low, high = truth[key], int(row["low"]), int(row["high"])
            assert low <= count <= high, key
            assert (low == high) == (row["status"] == "exact")
            # No small number is printed.
            assert low != high or count == 0 or count >= THRESHOLD
            states[row["status"]] += 1
    return states


@pytest.mark.parametrize("name", KINDS)
def test_each_published_number_has_the_count_and_no_small_one_is_exact(tmp_path, name):
    tables, rows = released(tmp_path, name, 3_000)
    assert {*tables} == {"by_form", "by_sex_and_age", "by_citizenship", "by_citizenship_and_country"}
    states = compare(tables, rows)
    assert states["exact"] > 50
    assert states["masked"] > 10
