"""Documents in a browser: whole without scripts, on every screen, by keyboard, on paper."""

from functools import cache

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.catalog import pages
from data.i18n import language
from tests.browser.conftest import Visitor, path_to, visiting
from tests.dashboard.forms.test_document import usual
from tests.in_turn import in_turn

pytestmark = pytest.mark.browser
# A wall, a laptop, a tablet upright, a phone, and the narrowest window that WCAG asks for.
SIZES = ((1920, 1080), (1366, 768), (768, 1024), (390, 844), (320, 568))
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def headings(slug: str, code: str) -> list[str]:
    """The headings of the sections of a page at its usual address."""
    sections = pages()[slug].sections(language(code), usual(slug))
    return [section.heading for section in sections if section.heading]


def check_headings(page: Page, slug: str, code: str) -> None:
    for heading in headings(slug, code):
        expect(page.get_by_role("heading", name=heading, exact=True, level=2).first).to_be_visible()


@pytest.mark.parametrize(("slug", "code"), in_turn(pages()))
def test_a_document_is_whole_without_scripts(browser: Browser, address: str, slug: str, code: str):
    with visiting(browser, address, java_script_enabled=False) as visitor:
        page = visitor.open(path_to(slug, code))
        check_headings(page, slug, code)
        # A figure is in the document, and what needs scripts is not seen.
        for figure in page.locator("figure.plate:visible").all():
            expect(figure.locator(".still > svg:visible")).to_have_count(1)
        expect(page.locator(".live:visible")).to_have_count(0)


@pytest.mark.parametrize(("slug", "code"), in_turn(pages()))
def test_a_document_is_as_wide_as_its_window(regular: Visitor, slug: str, code: str):
    page = regular.look(path_to(slug, code))
    assert page.evaluate("document.documentElement.lang") == code
    for size in SIZES:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        assert page.evaluate(OVERFLOW) <= 0, size


@pytest.mark.parametrize("slug", pages())
def test_a_reader_with_a_keyboard_comes_to_the_content_and_to_the_languages(regular: Visitor, slug: str):
    page = regular.open(path_to(slug))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**#content")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.get_by_role("link", name="Español").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{path_to(slug, 'es')}**")
    assert page.evaluate("document.documentElement.lang") == "es"


@cache
def status(reader: Visitor, address: str) -> int:
    """How the server answers; the menus of most pages have the same addresses."""
    return reader.context.request.get(address).status


@pytest.mark.parametrize("slug", pages())
def test_each_page_of_the_menu_is_one_press_away_and_the_menu_says_where_the_reader_is(regular: Visitor, slug: str):
    page = regular.open(path_to(slug))
    menu = page.locator("nav.menu a")
    assert menu.count() > 5
    heading = page.locator("h1").inner_text()
    for address in menu.evaluate_all("links => links.map(link => link.href)"):
        assert status(regular, address) == 200
    here = page.locator("nav.menu [aria-current=page]")
    if here.count():
        here.click()
        page.wait_for_load_state()
        # The menu leads to the page at its usual view; Country and the pages of two states begin with a list.
        assert pages()[slug].path or page.locator("h1").inner_text() == heading
