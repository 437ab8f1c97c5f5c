"""A release of invented cases goes through a build to the page of its state: the figure, its range and its passport."""

import pytest
from playwright.sync_api import Browser, expect

from dashboard.forms.html.tables import FIRST
from data.i18n import language
from etl import source_declaration
from etl.cases import source
from tests.browser.conftest import serving, visiting
from tests.etl.cases.test_source import COUNT, mirror
from tests.etl.cases.test_whole_way import compare, released
from tests.etl.declared import SHORT, declare_records
from tests.etl.test_pipeline import build

pytestmark = pytest.mark.browser
# By layout a language, and so many cases that some years have fewer victims than the threshold, and others more.
LAYOUTS = {"norte": ("es", 330), "sul": ("pt", 90), "est": ("fr", 190)}
MANY = 40_000


def lists(rows: list[dict[str, str]], years: set[str], code: str) -> list[tuple[str, str]]:
    """The year and the figure of each citizenship of victims in some years, as published, in a language."""
    mine = [row for row in rows if row["indicator"] == "detected_victims" and row["origin"] != "total"]
    words = language(code).interval
    return sorted((row["year"], words(int(row["low"]), int(row["high"]))) for row in mine if row["year"] in years)


def totals(rows: list[dict[str, str]]) -> dict[str, tuple[int, int]]:
    """By year the lowest and the highest number of victims, as published."""
    mine = [row for row in rows if (row["indicator"], row["form"]) == ("detected_victims", "total")]
    return {row["year"]: (int(row["low"]), int(row["high"])) for row in mine}


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("many", [False, pytest.param(True, marks=pytest.mark.long)], ids=["few", "many"])
def test_a_release_of_cases_is_on_the_page_of_its_state(browser: Browser, tmp_path, monkeypatch, name, many):
    code, few = LAYOUTS[name]
    tables, rows = released(tmp_path, name, MANY if many else few)
    states = compare(tables, rows)
    published = totals(tables["by_form"])
    years = [next(year for year, (low, high) in published.items() if low == high > 0)]
    if many:
        assert states["exact"] > states["masked"]
    else:
        years.append(next(year for year, (low, high) in published.items() if low < high))
    monkeypatch.setattr(source, "REGISTRIES", tmp_path / "registries")
    source_declaration._registers.cache_clear()
    declare_records(monkeypatch, SHORT)
    build(mirror(tmp_path))
    source_declaration._registers.cache_clear()
    place = str(tmp_path / "snapshots")
    with serving("dashboard", ATALAYA_SNAPSHOT=place) as address, visiting(browser, address) as visitor:
        page = visitor.open(f"/{code}/country/HTI")
        page.locator("#fold-register > summary").press("Enter")
        for year in years:
            figure = language(code).interval(*published[year])
            row = page.get_by_role("row").filter(has=page.locator(f"a[href*='figure={COUNT}.{year}']"))
            expect(row).to_contain_text(figure)
            row.locator("a").first.press("Enter")
            page.wait_for_url(f"**figure={COUNT}.{year}**")
            passport = page.locator("#passport-figure")
            expect(passport).to_contain_text("by_form.csv")
            expect(passport).to_contain_text(figure)
        page = visitor.open(f"/{code}/country/HTI")
        page.locator("#fold-register_lists > summary").press("Enter")
        table = page.locator("#fold-register_lists tbody tr")
        expect(table.first).to_be_visible()
        shown = [[cell.strip() for cell in row.split("\t")] for row in table.all_inner_texts()]
        # A page of a table may end within a year.
        whole = {year for year, *_ in shown} - {shown[-1][0] if len(shown) >= FIRST else ""}
        found = [(year, figure) for year, _, _, figure in shown if year in whole and any(map(str.isdigit, figure))]
        assert {*years} & {year for year, _ in found} or many
        assert sorted(found) == lists(tables["by_citizenship"], whole, code)
