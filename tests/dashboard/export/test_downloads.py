"""Downloads under a view: the files contain its rows, and their names, links and metadata identify the source."""

import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import openpyxl
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from streamlit.testing.v1 import AppTest

from dashboard import site, store, turns
from dashboard.export import cited_view, workbook
from dashboard.export.formats import flat
from dashboard.menu import scripts
from dashboard.views.rows import LONGEST, Rows, file_name
from data.i18n import language
from data.number_states import with_states
from tests.dashboard.export.test_archive import VIEWS
from tests.dashboard.server.test_one_snapshot import EARLIER, process, turn

__all__ = ["process"]
ENTRY = Path(__file__).parents[3] / "dashboard" / "app.py"
ES = language("es")
LINK = "https://example.org/region?lang=es"
SNAPSHOT = store.snapshot().id


@pytest.fixture(params=VIEWS)
def view(request: pytest.FixtureRequest) -> Rows:
    return VIEWS[request.param](ES)


def test_parquet_has_the_rows_with_types_and_metadata(view):
    content = cited_view.file_of(view, "parquet", ES, LINK, [])
    assert_frame_equal(pl.read_parquet(io.BytesIO(content)), with_states(view.rows().lazy()).collect())
    metadata = pl.read_parquet_metadata(io.BytesIO(content))
    assert (metadata["snapshot"], metadata["title"], metadata["address"]) == (SNAPSHOT, view.title, LINK)
    assert metadata["citation"].endswith(LINK)
    publishers = {source["name"]: source["publisher"] for source in store.snapshot().manifest["sources"]}
    named = {one["title"].partition(":")[0] for one in json.loads(metadata["licenses"])}
    assert named
    assert all(any(name == publisher.partition(":")[0] for publisher in publishers.values()) for name in named)


def test_csv_and_excel_have_equal_cells(view):
    cells = flat(with_states(view.rows().lazy())).collect()
    csv = pl.read_csv(
        io.BytesIO(cited_view.file_of(view, "csv", ES, LINK, [])), schema=cells.schema | {"snapshot": pl.String()}
    )
    assert_frame_equal(csv.drop("snapshot"), cells)
    assert csv["snapshot"].unique().to_list() == [SNAPSHOT]
    sheet = openpyxl.load_workbook(io.BytesIO(cited_view.file_of(view, "xlsx", ES, LINK, []))).worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    assert list(head) == cells.columns
    # Excel has no date without a time.
    assert [
        tuple(value.date() if isinstance(value, datetime) else value for value in row) for row in rows
    ] == cells.rows()


def opened(slug: str, *keys: str, **address: str) -> AppTest:
    """A page as a new visitor sees it at an address, with some parts expanded."""
    app = AppTest.from_file(ENTRY, default_timeout=60)
    if slug != "home":
        app.switch_page(str(scripts()[slug]))
    for name, text in ({"lang": "en"} | address).items():
        app.query_params[name] = text
    for key in keys:
        app.session_state[key] = True
    app.run()
    assert not app.exception
    return app


ASKED = {"measure": "count", "year": "2019"}


def offered_files(app: AppTest) -> list[Any]:
    """The buttons of a view's files; a page may also have one for its page to print."""
    return [button.proto for button in app.get("download_button") if str(button.key).startswith("download.")]


def test_a_file_is_of_the_snapshot_on_the_page_also_when_another_is_published_meanwhile(process, monkeypatch):
    offered = {}
    monkeypatch.setattr(
        "streamlit.download_button", lambda _label, data, file_name, **_: offered.update({file_name: data})
    )
    opened("region", "files.region", **ASKED)
    turn(process, EARLIER)
    assert store.snapshot().id == EARLIER
    (data,) = (data for name, data in offered.items() if name.endswith(f"_{SNAPSHOT}.csv"))
    rows = pl.read_csv(io.BytesIO(data()), infer_schema=False)
    # The other one has no Brazil.
    assert "BRA" in rows["area"]
    assert set(rows["snapshot"]) == {SNAPSHOT}
    assert (turns.FILES.working, store.snapshot().id) == (0, EARLIER)


def test_files_are_named_by_their_content_and_created_only_on_click():
    assert not offered_files(opened("region", **ASKED))
    app = opened("region", "files.region", **ASKED)
    buttons = offered_files(app)
    assert [button.label for button in buttons] == ["CSV", "Parquet", "Excel", "JSON", "ZIP"]
    assert all(button.deferred_file_id for button in buttons)
    assert "35 rows" in [caption.value for caption in app.caption]


def test_a_view_too_large_for_a_sheet_is_explained_in_one_sentence(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 34)
    app = opened("region", "files.region", **ASKED)
    assert [button.label for button in offered_files(app) if button.disabled] == ["Excel"]
    assert "The view has 35 rows; an Excel sheet takes at most 34. Use CSV or Parquet." in [
        caption.value for caption in app.caption
    ]


def test_the_link_of_a_citation_opens_the_same_rows(monkeypatch):
    monkeypatch.setenv(site.PUBLIC, "https://example.org/atalaya")
    app = opened("region", "cite.region", **ASKED, indicator="detected_victims")
    text = next(code.value for code in app.code if "Seen in" in code.value)
    link = urlsplit(text.split()[-1])
    assert (link.netloc, link.path) == ("example.org", f"/atalaya/s/{SNAPSHOT}/en/region")
    query = {name: values[0] for name, values in parse_qs(link.query).items()}
    reopened = opened("region", **{**query, "lang": "fr"})
    assert not reopened.warning
    assert reopened.dataframe[0].value.shape[0] == 35
    assert {name: reopened.query_params[name] for name in ("year", "measure")} == {"year": "2019", "measure": "count"}


def test_the_code_names_the_downloaded_files():
    app = opened("country", "code.figures", area="BRA")
    polars, tables, pandas, r = (code.value for code in app.code[-4:])
    assert f'pl.read_parquet("atalaya_observations_{SNAPSHOT}.parquet")' in polars
    assert f'read("atalaya_observations_{SNAPSHOT}.csv")' in tables
    for lines in (pandas, r):
        assert f'read_parquet("atalaya_figures_BRA_{SNAPSHOT}.parquet")' in lines


def test_no_two_views_share_a_name():
    many = [f"{letter}{number}" for letter in "ABC" for number in range(100)]
    assert file_name("routes", *many) != file_name("routes", *many[:-1])
    assert len(file_name("routes", *many)) <= LONGEST
    assert file_name("a b", "", None, "c/d") == "a_b_c_d"
