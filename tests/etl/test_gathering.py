"""What `parse` of a source must return: rows with the columns of their kind, and declared indicators."""

import sys
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import polars as pl
import pytest

from etl import as_read, gathering
from etl.errors import SourceError
from etl.fetching.raw import RawFile
from etl.gathering import parse_files
from etl.parsed import Parsed
from etl.source_declaration import DeclaredIndicator
from tests.etl.declared import SOURCE

CALLS, VISITS = (DeclaredIndicator(name, "persons", 60, {"en": name}) for name in ("calls", "visits"))
FIGURE = {"area": "CRI", "year": 2020, "low": 1.0, "locator": "row 2"}


@pytest.fixture
def read(monkeypatch):
    """Parse one file whose only row has these cells, as rows of one kind."""

    def parsed(row, rows="observations", indicators=(CALLS,)):
        whole = Parsed(pl.DataFrame([row]), "2025-01", "file name", read=1, kept=1)
        monkeypatch.setitem(sys.modules, "etl.sources.sample", SimpleNamespace(parse=lambda *_: whole))
        source = replace(SOURCE, rows=rows, indicators=indicators)
        return parse_files(source, [RawFile("sample", "data.csv", b"")], date(2025, 6, 1))

    return parsed


@pytest.mark.parametrize(
    ("row", "rows", "missing"),
    [
        ({"area": "CRI", "year": 2020, "locator": "row 2"}, "observations", "low, which observations"),
        ({"area": "CRI", "locator": "row 2"}, "observations", "year, low, which observations"),
        ({"year": 2020, "low": 1.0, "locator": "row 2"}, "observations", r"area \(or label\), which observations"),
        ({"area": "CRI", "year": 2020}, "flows", "locator, which flows"),
        ({"label": "Peru", "role": "origin", "locator": "row 2"}, "roles", "year, stated, which roles"),
    ],
)
def test_missing_columns_are_named(read, row, rows, missing):
    with pytest.raises(SourceError, match=rf"^source sample, file data\.csv: .* no column {missing} need; add it$"):
        read(row, rows)


def test_an_indicator_that_is_not_declared_is_named(read):
    with pytest.raises(SourceError, match=r"data\.csv: indicator visits is not declared; add it to sample\.toml$"):
        read(FIGURE | {"indicator": "visits"})


def test_of_several_indicators_each_row_names_its_own(read):
    with pytest.raises(SourceError, match=r"data\.csv: .* no column indicator, though several are declared; add it$"):
        read(FIGURE, indicators=(CALLS, VISITS))
    assert read(FIGURE | {"indicator": "visits"}, indicators=(CALLS, VISITS))


def test_rows_that_fit_are_returned_with_the_file_s_name_in_their_locators(read):
    (file,) = read(FIGURE)
    assert file.parsed.rows["locator"].to_list() == ["data.csv#row 2"]


def test_a_new_source_is_read_before_those_that_are_published(monkeypatch, tmp_path):
    """What is wrong with it is then said at once; what is made of the files keeps the order of the sources."""
    order = []
    monkeypatch.setattr(gathering, "_read", lambda source, *_: (order.append(source.id), []))
    monkeypatch.setattr(gathering, "_drawn", lambda source, *_: (order.append(source.id), None, None))
    monkeypatch.setattr(gathering, "give_back_memory", lambda: None)
    published = [{"name": name, "redistribute": "rows"} for name in ("calls", "ground")]
    before = SimpleNamespace(manifest={as_read.KEY: "0", "sources": published})
    rows = {"calls": "observations", "ground": "polygons", "new": "observations"}
    known = {name: replace(SOURCE, id=name, rows=kind) for name, kind in rows.items()}
    found = gathering.gather(known, lambda _source: None, tmp_path, date(2025, 6, 1), before)
    assert order == ["new", "calls", "ground"]
    assert list(found.files) == ["calls", "ground", "new"]
    assert list(found.parsed) == ["calls", "new"]
