"""The map is on the page before Streamlit starts, at its final place, and the page takes it over unchanged."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import PHONE, WIDE, Visitor, settled

pytestmark = pytest.mark.browser
SHOWN = "#early .plate-figure[data-shown] .main-svg"
TOP = "() => document.querySelector('figure.plate').getBoundingClientRect().top"
START = "**/static/js/index.*.js"
# Pixels by which a heading may differ on a phone.
NEAR = 2


def delay_start(visitor: Visitor) -> Callable[[], None]:
    """Hold the script that starts Streamlit back until the returned function is called."""
    waiting: list[Route] = []
    released = False

    def hold(route: Route) -> None:
        if released:
            route.continue_()
        else:
            waiting.append(route)

    def release() -> None:
        nonlocal released
        released = True
        for route in waiting:
            route.continue_()

    visitor.context.route(START, hold)
    return release


def test_the_early_map_does_not_need_streamlit(visitor: Visitor):
    visitor.context.route(START, lambda route: route.abort())
    page = visitor.context.new_page()
    page.goto(f"{visitor.address}/region?lang=en&year=2019&measure=count")
    page.wait_for_selector(SHOWN)
    address = page.locator("figure.plate").get_attribute("data-address") or ""
    assert "year=2019" in address
    assert "measure=count" in address
    assert "2019" in (page.locator("#early .plate-told").text_content() or "")


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("path", ["/region?lang=en", "/routes?lang=en"])
def test_the_early_map_is_at_its_final_place(visitor: Visitor, path, viewport):
    page = visitor.context.new_page()
    page.set_viewport_size(viewport)
    release = delay_start(visitor)
    page.goto(f"{visitor.address}{path}", wait_until="commit")
    page.wait_for_selector(SHOWN)
    soon = page.evaluate(TOP)
    page.evaluate("() => { document.querySelector('.plate-figure[data-shown]').sameAsBefore = true }")
    release()
    page.wait_for_selector(".stApp .plate-figure[data-shown] .main-svg")
    expect(page.locator("#early")).to_have_count(0)
    settled(page)
    assert abs(page.evaluate(TOP) - soon) <= NEAR
    assert page.evaluate("() => document.querySelector('.plate-figure[data-shown]').sameAsBefore")


def test_a_year_chosen_before_streamlit_starts_is_kept(visitor: Visitor):
    page = visitor.context.new_page()
    release = delay_start(visitor)
    page.goto(f"{visitor.address}/region?lang=en&year=2019", wait_until="commit")
    page.wait_for_selector(SHOWN)
    page.get_by_role("slider", name="Year").press("ArrowLeft")
    page.wait_for_function("() => document.querySelector('figure.plate').dataset.address.includes('year=2018')")
    # Longer than the page waits after a step before it notifies Streamlit, which has not started yet.
    page.wait_for_timeout(600)
    release()
    page.wait_for_function("() => location.search.includes('year=2018')")
    settled(page)
    expect(page.get_by_role("slider", name="Year")).to_have_value("2018")


@pytest.mark.parametrize(
    ("scheme", "chosen", "dark"), [("dark", "", True), ("dark", "Light", False), ("light", "Dark", True)]
)
def test_the_early_map_has_the_theme_of_the_page(visitor: Visitor, scheme, chosen, dark):
    page = visitor.context.new_page()
    page.emulate_media(color_scheme=scheme)
    page.add_init_script(f"""if ("{chosen}") localStorage.setItem("stActiveTheme-/region-v2", '"{chosen}"')""")
    page.goto(f"{visitor.address}/region?lang=en", wait_until="commit")
    page.wait_for_selector(SHOWN)
    soon = page.locator("figure.plate").get_attribute("data-address") or ""
    assert f"dark={int(dark)}" in soon
    page.wait_for_selector(".stApp .plate-figure[data-shown] .main-svg")
    settled(page)
    assert page.locator("figure.plate").get_attribute("data-address") == soon


def test_the_early_map_does_not_cover_streamlits_alerts(visitor: Visitor):
    page = visitor.context.new_page()
    page.goto(f"{visitor.address}/region?lang=en&year=1800", wait_until="commit")
    expect(page.get_by_test_id("stAlert").first).to_be_visible()
    expect(page.locator("#early")).to_have_count(0)
