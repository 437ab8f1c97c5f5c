"""Each page on paper: no controls, whole figures and tables, the data version, and headings that stay with them."""

import io

import pikepdf
import pytest

from dashboard.catalog import pages
from dashboard.words.disclaimer import independent
from data.i18n import language
from tests.browser.conftest import Visitor, path_to
from tests.in_turn import in_turn

pytestmark = pytest.mark.browser
A4 = (297 / 25.4 * 72, 210 / 25.4 * 72)
# Controls, which have no use on paper.
CONTROLS = (
    "nav, footer a, .skip, .controls, .chooser, .files, .find, .plate-play, .plate-track, .plate-years a, .plate-tools,"
    " button:not(.present-agenda button), select, input, details:not([open])"
)
VISIBLE = """all => [...document.querySelectorAll(all)].filter(one => one.checkVisibility() && one.offsetWidth)
  .map(one => one.outerHTML.slice(0, 90))"""
# The left and right edges of every figure and table.
EDGES = """() => [...document.querySelectorAll('.still > svg, .table')]
  .map(one => one.getBoundingClientRect()).filter(box => box.width).map(box => [box.left, box.right])"""
# Tables of which a part is seen only by scrolling.
SCROLLED = """() => [...document.querySelectorAll('.table')].filter(one => one.checkVisibility())
  .filter(one => one.scrollHeight > one.clientHeight + 1).map(one => one.id)"""


@pytest.mark.parametrize(("slug", "code"), in_turn(pages()))
def test_a_page_is_whole_on_paper(regular: Visitor, slug: str, code: str):
    page = regular.open(path_to(slug, code))
    # The small map of another page is for wide screens alone.
    figures = page.locator(".plate .still > svg:visible").count()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1030, "height": 703})
    assert page.evaluate(VISIBLE, CONTROLS) == []
    assert all(left >= -1 and right <= 1031 for left, right in page.evaluate(EDGES)), page.evaluate(EDGES)
    assert page.evaluate(SCROLLED) == []
    assert page.locator(".plate .still > svg:visible").count() == figures
    words = page.locator("footer").inner_text()
    assert independent(language(code)) in words
    assert "127.0.0.1" not in page.locator("body").inner_text()
    assert page.locator("h1").is_visible()
    for heading in page.locator("section > h2").all():
        assert heading.is_visible()
    tall = page.evaluate("document.documentElement.scrollHeight")
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    with pikepdf.open(io.BytesIO(printed)) as paper:
        assert [round(float(side)) for side in paper.pages[0].MediaBox[2:]] == [round(side) for side in A4]
        # What lay in a box that scrolls would be a single sheet.
        assert len(paper.pages) >= max(1, tall // 2000)


def test_all_rows_of_a_table_are_on_paper_and_an_open_part_too(regular: Visitor):
    page = regular.open("/en/region?year=2019")
    page.locator(".terms summary").click()
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("#table tbody tr:visible").count() == 35
    assert page.locator(".terms li").first.is_visible()
    # Ink is dark also for a reader of dark pages.
    assert page.locator("h1").evaluate("one => getComputedStyle(one).color") == "rgb(13, 27, 38)"
