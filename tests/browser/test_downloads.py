"""The files that a browser saves from each page: the rows of the view, under a descriptive name; citations and code."""

import io
import re
import zipfile
from pathlib import Path
from urllib.parse import urljoin

import openpyxl
import polars as pl
import pytest
from playwright.sync_api import Browser, Page, expect
from polars.testing import assert_frame_equal

from dashboard import store
from dashboard.export.formats import flat
from dashboard.export.snapshot_files import shelf
from dashboard.subjects.coverage import files as coverage_files
from dashboard.subjects.explore import files as explore_files
from dashboard.subjects.explore import query as explore_query
from dashboard.subjects.ledger import files as ledger_files
from dashboard.subjects.ledger.query import EntryFilter as Ledger
from dashboard.subjects.routes import files as routes_files
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.states import files as states_files
from dashboard.subjects.treaties import files as treaties_files
from data.i18n import language
from data.number_states import with_states
from tests.browser.conftest import Visitor, serving, visiting

pytestmark = pytest.mark.browser
ES, ID = language("es"), store.snapshot().id
SELECTION = explore_query.Selection(("detected_victims",), ("BRA", "MEX"), 2015, 2019)
VIEWS = {
    "region?measure=count&year=2019": lambda: states_files.region(ES, "detected_victims", 2019, "newest"),
    "routes": lambda: routes_files.arrows(ES, routes_filters.selection(lambda spec: spec.default)),
    "explore?state=BRA,MEX&period=2015-2019": lambda: explore_files.explored("", SELECTION, "newest", ()),
    "declaration?paragraph=30&whose=BRB": lambda: ledger_files.entries(ES, Ledger((30,), ("BRB",))),
    "instruments?treaty=untoc&year_end=2003": lambda: treaties_files.standings(ES, "untoc", 2003),
    "coverage?reported=offences": lambda: coverage_files.reported(ES, "offences", "newest"),
}
HERE = re.compile(r"127\.0\.0\.1|localhost")


def save_file(page: Page, block: str, name: str, ending: str, folder: Path) -> Path:
    """The file that one link of an open block saves."""
    with page.expect_download() as download:
        page.locator(block).get_by_role("link", name=name, exact=True).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    assert path.suffix == f".{ending}"
    return path


@pytest.mark.parametrize("path", VIEWS)
def test_the_files_of_a_view_hold_its_rows(regular: Visitor, tmp_path: Path, path: str):
    view = VIEWS[path]()
    # With the state of each figure, which other tests compare with the cells of the source.
    rows = with_states(view.rows().lazy()).collect()
    cells = flat(rows.lazy()).collect()
    page = regular.open(f"/es/{path}")
    block = f"#files-{view.block}"
    page.locator(f"{block} summary").press("Enter")
    parquet = save_file(page, block, "Parquet", "parquet", tmp_path)
    assert parquet.name == f"atalaya_{view.name}_{ID}.parquet"
    assert_frame_equal(pl.read_parquet(parquet), rows)
    types = cells.schema | {"snapshot": pl.String()}
    csv = pl.read_csv(save_file(page, block, "CSV", "csv", tmp_path), schema=types)
    assert_frame_equal(csv.drop("snapshot"), cells)
    sheet = openpyxl.load_workbook(save_file(page, block, "Excel", "xlsx", tmp_path)).worksheets[0]
    # A workbook has no dates without a time.
    moments = cells.with_columns(pl.col(pl.Date).cast(pl.Datetime))
    assert list(sheet.iter_rows(min_row=2, values_only=True)) == moments.rows()
    archive = zipfile.ZipFile(save_file(page, block, "ZIP", "zip", tmp_path))
    packed = pl.read_csv(io.BytesIO(archive.read(f"{view.name}.csv")), schema=types)
    assert_frame_equal(packed, csv)


def test_a_file_follows_a_choice_that_was_made_by_scripts(regular: Visitor, tmp_path: Path):
    page = regular.open("/es/region?year=2019")
    page.locator("#files-region summary").press("Enter")
    page.get_by_role("radio", name=ES.text("Count")).check()
    page.wait_for_url("**measure=count**")
    path = save_file(page, "#files-region", "Parquet", "parquet", tmp_path)
    assert_frame_equal(
        pl.read_parquet(path), with_states(VIEWS["region?measure=count&year=2019"]().rows().lazy()).collect()
    )


def test_one_archive_has_every_table(regular: Visitor, tmp_path: Path):
    page = regular.open("/es/sources")
    with page.expect_download() as download:
        page.locator("#downloads .files > a", has_text="ZIP").first.click()
    download.value.save_as(tmp_path / "all.zip")
    names = zipfile.ZipFile(tmp_path / "all.zip").namelist()
    assert {f"{name}.parquet" for name in shelf().names} < set(names)


def cited(page: Page) -> str:
    """The citation under the table of the region."""
    part = page.locator("#files-region-citation")
    if part.get_attribute("open") is None:
        part.locator("summary").press("Enter")
    expect(part.get_by_text(re.compile("^@misc")).first).to_be_visible()
    return part.locator("code").first.inner_text()


def test_a_citation_follows_the_filters_and_has_the_public_address(browser: Browser):
    """That of the server is only the keeper's own affair."""
    with (
        serving("dashboard", "--public", "https://atalaya.example.org") as address,
        visiting(browser, address) as visitor,
    ):
        page = visitor.open("/en/region?year=2019")
        text = cited(page)
        shared = re.search(r"https://atalaya\.example\.org/\S+", text)
        assert shared
        assert shared[0].startswith(f"https://atalaya.example.org/s/{ID}/en/region?indicator=detected_victims")
        assert "year=2019" in shared[0]
        page.get_by_role("radio", name="Count").check()
        page.wait_for_url("**measure=count**")
        # The part is still open.
        assert "measure=count" in cited(page)


def test_without_a_public_address_nothing_to_copy_has_one_and_the_example_for_programs_answers(regular: Visitor):
    page = regular.open("/en/region?year=2019")
    assert "http" not in cited(page).split("Seen in: ")[1]
    page.locator("#files-region-code summary").press("Enter")
    expect(page.get_by_text("import polars as pl").first).to_be_visible()
    assert not HERE.search(page.locator("body").inner_text())
    sources = regular.open("/en/sources")
    sources.get_by_text("API: addresses for programs").press("Enter")
    link = sources.get_by_role("link", name=re.compile("detected victims in Costa Rica")).get_attribute("href")
    assert link
    answered = regular.context.request.get(urljoin(sources.url, link))
    assert answered.status == 200
    assert answered.text().startswith("indicator,area,year")
