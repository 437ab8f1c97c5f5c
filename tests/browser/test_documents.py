"""Documents in a browser: whole without scripts, on every screen, by keyboard, with few requests."""

import pytest
from playwright.sync_api import Browser, expect

from dashboard.catalog import pages
from dashboard.views.figure import Values
from data.i18n import LANGUAGES, language
from tests.browser.conftest import PHONE, WIDE, faults, visiting

pytestmark = pytest.mark.browser
SIZES = {
    "wide": WIDE,
    "laptop": {"width": 1366, "height": 768},
    "phone": PHONE,
    "narrow": {"width": 320, "height": 568},
}
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("slug", pages())
def test_a_document_is_whole_without_scripts(browser: Browser, address: str, slug: str):
    with visiting(browser, address, java_script_enabled=False) as visitor:
        for code in LANGUAGES:
            page = visitor.context.new_page()
            page.goto(f"{address}/{code}/{slug}")
            for section in pages()[slug].sections(language(code), Values(())):
                expect(page.get_by_role("heading", name=section.heading, exact=True)).to_be_visible()
            page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("slug", pages())
def test_a_document_fits_and_has_no_fault_on_every_screen(
    browser: Browser, address: str, slug: str, size: str, scheme: str
):
    with visiting(browser, address, viewport=SIZES[size], color_scheme=scheme) as visitor:
        for code in LANGUAGES:
            page = visitor.context.new_page()
            page.goto(f"{address}/{code}/{slug}")
            assert page.evaluate(OVERFLOW) <= 0
            if code == "fr":
                assert faults(page) == []
            page.close()


@pytest.mark.parametrize("slug", pages())
def test_a_reader_with_a_keyboard_comes_to_the_content_and_to_the_languages(browser: Browser, address: str, slug: str):
    with visiting(browser, address) as visitor:
        page = visitor.context.new_page()
        page.goto(f"{address}/en/{slug}")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
        page.keyboard.press("Enter")
        assert page.url.endswith("#content")
        page.get_by_role("link", name="Español").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/es/{slug}")
        assert page.evaluate("document.documentElement.lang") == "es"


@pytest.mark.parametrize("slug", pages())
def test_paper_has_the_words_and_not_the_links_around_them(browser: Browser, address: str, slug: str):
    with visiting(browser, address) as visitor:
        page = visitor.context.new_page()
        page.goto(f"{address}/pt/{slug}")
        page.emulate_media(media="print")
        expect(page.locator("h1")).to_be_visible()
        for section in pages()[slug].sections(language("pt"), Values(())):
            expect(page.get_by_role("heading", name=section.heading, exact=True)).to_be_visible()
        assert page.locator("nav:visible, footer a:visible").count() == 0


@pytest.mark.parametrize("slug", pages())
def test_a_document_asks_for_few_files(browser: Browser, address: str, slug: str):
    with visiting(browser, address) as visitor:
        page, asked = visitor.context.new_page(), []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/en/{slug}", wait_until="networkidle")
        # The document, its style sheet, three fonts and the icon. The show fetches all that it needs without a network.
        assert len(asked) <= (30 if slug == "present" else 15)


def test_an_old_address_and_a_link_of_another_page_lead_to_the_document(browser: Browser, address: str):
    with visiting(browser, address) as visitor:
        page = visitor.open("/coverage?lang=pt")
        page.locator("a.document").first.click()
        page.wait_for_url("**/pt/about")
        page.goto(f"{address}/about?lang=fr")
        assert page.url == f"{address}/fr/about"
