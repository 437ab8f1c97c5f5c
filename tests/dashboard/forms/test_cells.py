"""The cells of each table of a page, in its document and on the desk, are those of the same rows."""

from dataclasses import replace

import polars as pl
import pytest

from dashboard.catalog import pages
from dashboard.forms.html import document, tables
from dashboard.menu import scripts
from dashboard.subjects.explore.filters import READING
from dashboard.views import address
from dashboard.views.page import Files, every
from data.i18n import LANGUAGES, language
from tests.dashboard.forms import cells

GIVEN = [
    *((slug, {}) for slug in pages()),
    *(("country", {"area": area}) for area in ("BRA", "HTI", "MEX")),
    *(("pair", {"one": one, "other": other}) for one, other in (("ARG", "BOL"), ("MEX", "USA"))),
    *(("explore", {"reading": reading}) for reading in READING.options if reading != READING.default),
]
# Each view in one language, in turn.
VIEWS = [(*view, [*LANGUAGES][number % len(LANGUAGES)]) for number, view in enumerate(GIVEN)]
ON_DESK = [view for view in VIEWS if view[0] in scripts()]


def sections(slug, given, code):
    page = pages()[slug]
    values = address.read(page.filters, {name: [text] for name, text in given.items()}).values
    return values, page.sections(language(code), values)


def read(slug, given, code):
    """The tables of a document."""
    values, _ = sections(slug, given, code)
    return cells.Tables(document.document(language(code), pages()[slug], values)).with_rows()


def shown(slug, given, code):
    """The tables of the desk."""
    return cells.of_desk(cells.desk(slug, code, given, sections(slug, given, code)[1]))


@pytest.mark.parametrize(("slug", "given", "code"), VIEWS, ids=str)
def test_the_cells_of_a_document_are_those_of_its_rows(slug, given, code, monkeypatch):
    monkeypatch.setattr(tables, "FIRST", tables.MOST)
    assert cells.faults(slug, code, sections(slug, given, code)[1], read(slug, given, code)) == []


@pytest.mark.parametrize(("slug", "given", "code"), ON_DESK, ids=str)
def test_the_cells_of_the_desk_are_those_of_its_rows(slug, given, code):
    assert cells.faults(slug, code, sections(slug, given, code)[1], shown(slug, given, code)) == []


@pytest.mark.parametrize("form", [read, shown])
def test_a_changed_cell_is_found(form):
    view = "region", {"subregion": "central_america"}, "es"
    declared = sections(*view)[1]
    ((title, rows), *_) = form(*view)
    assert cells.faults(*view[::2], declared, [(title, rows)]) == []
    row, at = next((row, at) for row in rows for at, cell in enumerate(row) if at == 1 and cell[:1].isdigit())
    other = (*row[:at], row[at].translate(str.maketrans("123456789", "234567891")), *row[at + 1 :])
    found = cells.faults(*view[::2], declared, [(title, [other if one is row else one for one in rows])])
    # The words differ from the table, and the figure from the row of the file.
    assert len(found) == 2
    assert all(other[at] in one for one in found)
    assert cells.faults(*view[::2], declared, [(title, rows[1:])])
    assert cells.faults(*view[::2], declared, [])


def test_a_changed_row_is_found():
    """The file has another figure than the table and the document: one that is written wrong by both would be found."""
    view = "region", {"subregion": "central_america"}, "fr"
    (section,) = [one for one in sections(*view)[1] if cells.tables([one])]
    (file,) = [one for one in every(section.blocks) if isinstance(one, Files)]
    rows = file.rows.rows().with_columns(pl.col("high") + (pl.col("area") == "PAN"))
    damaged = replace(section, blocks=[*cells.tables([section]), Files(replace(file.rows, rows=lambda: rows))])
    (found,) = cells.faults(*view[::2], [damaged], read(*view))
    assert "PAN" in found


def test_each_table_with_figures_to_read_back_is_among_these():
    every_one = [(slug, one.name) for slug, *view in VIEWS for one in cells.tables(sections(slug, *view)[1])]
    assert cells.KEPT.keys() <= {f"{slug} {name.partition('.')[0]}" for slug, name in every_one}
