"""The column `state` of files and of the API, compared with what the publishers print in their cells."""

import csv
import io
from pathlib import Path

import polars as pl
import pytest

from dashboard import catalog, store
from dashboard.export import cited_view
from dashboard.export.snapshot_files import shelf
from dashboard.views.address import read
from dashboard.views.page import Files, every
from data.i18n import language
from data.number_states import STATES
from tests.etl.cells import cells

UNODC, MASK, COLUMN = "unodc_glotip", "<5", "txtVALUE"
# What a cell says by the words of the publisher; a row that repeats another cell may be conflicting.
PRINTED = {"0": "zero", MASK: "fewer_than_n"}


def counted(lines):
    """The rows of UNODC's own cells, with the file and the number of the row in its sheet."""
    for line in lines:
        if line["source"] == UNODC and line["derived"] == "false" and "; " not in line["locator"]:
            file, _, place = line["locator"].partition("#")
            if place.count("!") == 1 and place.partition("!")[2].isdigit() and line["note"] == "":
                yield line, file, int(place.partition("!")[2])


def lines_of(name):
    return list(csv.DictReader(io.StringIO(shelf().csv(name).read_text("utf-8"), newline="")))


@pytest.mark.real
@pytest.mark.parametrize("name", ["observations", pytest.param("vintages", marks=pytest.mark.long)])
def test_the_state_of_each_figure_is_what_its_cell_prints(name, mirror):
    found, sheets = dict.fromkeys(STATES, 0), {}
    for line, file, number in counted(lines_of(name)):
        sheet = sheets[file] = sheets.get(file) or cells(Path(mirror) / UNODC / file)
        header = next(row for row in sheet if row and COLUMN in row)
        printed = str(sheet[number - 1][header.index(COLUMN)])
        assert line["state"] == PRINTED.get(printed, "exact"), (line, printed)
        found[line["state"]] += 1
    assert min(found[state] for state in ("exact", "fewer_than_n")) > 100
    assert found["range"] == found["no_figure"] == 0


def test_the_states_of_a_table_are_what_its_rows_as_read_print():
    """The committed rows as read have the text of each cell."""
    folder = Path(store.snapshot().root) / "read"
    texts = {}
    for path in folder.glob(f"{UNODC}-*.parquet"):
        as_read = pl.read_parquet(path).filter(pl.col("printed").is_not_null())
        texts |= dict(as_read.select("locator", "printed").iter_rows())
    compared = [
        (line["state"], PRINTED.get(texts[line["locator"]], "exact"))
        for line, _, _ in counted(lines_of("observations"))
        if line["locator"] in texts
    ]
    assert len(compared) > 5000
    assert [one for one in compared if one[0] != one[1]] == []
    assert {state for state, _ in compared} == {"exact", "zero", "fewer_than_n"}


def test_the_state_beside_a_list_of_citizenships_is_that_of_the_observed_total():
    whole = {"indicator": "detected_victims", "sex": "total", "age": "total", "form": "total", "source": UNODC}
    observed = {
        (line["area"], line["year"]): line["state"]
        for line in lines_of("observations")
        if whole.items() <= line.items()
    }
    lists = {(line["area"], line["year"]): line["state"] for line in lines_of("flow_coverage")}
    assert lists == {place: observed.get(place, "no_figure") for place in lists}
    assert {"exact", "fewer_than_n", "no_figure"} <= set(lists.values())


def views():
    for slug, given in (("home", {}), ("region", {}), ("country", {"area": ["CRI"]}), ("routes", {}), ("explore", {})):
        page = catalog.pages()[slug]
        for section in page.sections(language("en"), read(page.filters, given).values):
            yield from (block.rows for block in every(section.blocks) if isinstance(block, Files))


def test_every_row_of_a_view_has_the_state_that_its_interval_says():
    """Counted here in Python, row by row, from the numbers alone."""
    seen = set()
    for view in views():
        rows = cited_view.rows_of(view)
        if not {"low", "high", "status"} <= set(rows.columns):
            continue
        assert rows.columns[-1] == "state"
        for row in rows.iter_rows(named=True):
            if row["low"] is None:
                unusable = row["status"] in {"conflicting", "suspect"}
                expected = "no_usable_figure" if unusable else "no_figure"
            elif row["low"] == row["high"]:
                expected = "exact" if row["high"] else "zero"
            else:
                several = row.get("derived") or row.get("records", 1) > 1 or row["low"] > 1
                expected = "range" if several else "fewer_than_n"
            assert row["state"] == expected, row
            seen.add(expected)
    assert seen == set(STATES)


def test_the_package_names_the_column_where_the_file_has_it():
    named = {one["name"]: [field["name"] for field in one["schema"]["fields"]] for one in shelf().package["resources"]}
    for name in ("observations", "flows", "flow_coverage", "revisions", "roles"):
        assert named[name] == pl.read_parquet_schema(shelf().parquet(name)).names()
    assert named["flows"][-1] == named["flow_coverage"][-1] == "state"
    assert named["revisions"][-2:] == ["state_from", "state_to"]
    assert "state" not in named["roles"]
