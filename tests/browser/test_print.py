"""Each page on paper: no controls, whole figures, the sources of the figures, and the address of the page."""

import io
import re

import pikepdf
import pytest
from playwright.sync_api import Page

from dashboard.words.disclaimer import independent
from data.i18n import language
from tests.browser.conftest import Visitor, unchanged

pytestmark = pytest.mark.browser
A4 = (297 / 25.4 * 72, 210 / 25.4 * 72)
# Controls, which have no use on paper.
CONTROLS = (
    "header[data-testid=stHeader], .stButton button, .stDownloadButton, .stPopover, .stSelectbox, .states, .choice,"
    " [data-testid=stButtonGroup], .stSlider, .plate-years, .plate-tools, .stFileUploader,"
    " [data-testid=stSkipToContent], [data-testid=stSidebar], .stExpander details:not([open])"
)
PUBLIC = "https://atalaya.example.org"
VISIBLE = """all => [...document.querySelectorAll(all)].filter(one => one.checkVisibility() && one.offsetWidth)
  .map(one => one.outerHTML.slice(0, 90))"""
# The left and right edges of every figure and table.
EDGES = """() => [...document.querySelectorAll('.plate-figure[data-shown] .main-svg, [data-testid=stDataFrame]')]
  .map(one => one.getBoundingClientRect()).filter(box => box.width).map(box => [box.left, box.right])"""


def check_paper(page: Page, lang: str) -> None:
    """A page in this language, as it is printed; `test_pages.py` calls it for each page."""
    tall = page.evaluate("document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1030, "height": 703})
    # The public address, which this server has not.
    page.evaluate(f"document.querySelector('footer').dataset.address = '{PUBLIC}'")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    unchanged(page, f"JSON.stringify(({EDGES})())")
    assert page.evaluate(VISIBLE, CONTROLS) == [], page.evaluate(VISIBLE, CONTROLS)
    assert all(left >= -1 and right <= 1031 for left, right in page.evaluate(EDGES)), page.evaluate(EDGES)
    words = page.locator("footer").inner_text()
    assert independent(language(lang)) in words
    slug = page.url.split("?")[0].rsplit("/", 1)[1]
    assert re.search(rf"{re.escape(PUBLIC)}/{slug}\?\S*lang={lang}", words)
    assert "127.0.0.1" not in words
    assert page.evaluate("document.querySelector('h1').checkVisibility()")
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    with pikepdf.open(io.BytesIO(printed)) as paper:
        assert [round(float(side)) for side in paper.pages[0].MediaBox[2:]] == [round(side) for side in A4]
        # A page in a box that scrolls would be a single sheet.
        assert len(paper.pages) >= max(1, tall // 3000)


def test_a_table_that_scrolls_says_how_many_of_its_rows_are_not_on_paper(regular: Visitor):
    page = regular.open("/region?lang=en&year=2019")
    # The grid of a table and the words of the page are fetched late: print until they are there.
    page.wait_for_function(
        "() => { window.dispatchEvent(new Event('beforeprint')); return document.querySelector('.on-paper') }"
    )
    note = page.locator(".on-paper").first
    assert note.text_content() == "12 of 35 rows are shown here; the download has all of them."
    assert not note.is_visible()
    page.emulate_media(media="print")
    assert note.is_visible()
