"""A figure that a reader explores: what is fetched and when, the pointer, zoom, languages, themes, and the way back."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from data.i18n import LANGUAGES, language
from tests.browser.conftest import PHONE, Visitor, faults, visiting

pytestmark = pytest.mark.browser
PLOTLY, DATA = re.compile(r"/plotly\.min\.js$"), re.compile(r"/figures/")
BUTTON, LIVE, DRAWING = "[data-figure]", ".plate-live", ".still > svg:visible"
RANGE = "place => place.layout.xaxis.range.map(Math.round)"
WORDS = (
    *("Zoom", "Move", "Select with a rectangle", "Select with a lasso"),
    *("Zoom in", "Zoom out", "The whole figure"),
)
# Pixels of the picture that lies on the clipboard, read as a page would paste it.
PASTED = """async () => {
  const [item] = await navigator.clipboard.read()
  const picture = await createImageBitmap(await item.getType("image/png"))
  return [picture.width, picture.height]
}"""


def explored(page: Page, number: int = 0) -> Locator:
    """The live figure, after a press."""
    figure = page.locator("figure.plate").nth(number)
    figure.locator(BUTTON).press("Enter")
    expect(figure).to_have_attribute("data-explored", "here")
    return figure.locator(LIVE)


def fetched(page: Page) -> list[str]:
    """The addresses of Plotly and of figures that a page requests from now on."""
    found: list[str] = []
    wanted = (PLOTLY, DATA)
    page.on("request", lambda one: found.append(one.url) if any(part.search(one.url) for part in wanted) else None)
    return found


def nearer(place: Locator, whole: list[int]) -> None:
    """Wait until less than the whole map is seen."""
    there = [place.element_handle(), whole[0]]
    place.page.wait_for_function("([place, old]) => place.layout.xaxis.range[0] > old + 1", arg=there)


def test_plotly_comes_once_and_after_the_press_and_escape_leads_back(visitor: Visitor):
    page = visitor.context.new_page()
    requests = fetched(page)
    page.goto(f"{visitor.address}/en/region")
    button = page.locator(BUTTON)
    expect(button).to_have_attribute("aria-pressed", "false")
    page.wait_for_load_state("networkidle")
    assert requests == []
    place = explored(page)
    assert sorted(re.sub(r".*/|\?.*", "", one) for one in requests) == ["ground", "plotly.min.js", "region"]
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator(DRAWING)).to_have_count(0)
    expect(page.get_by_role("group", name=re.compile("Detected victims per 100,000 population, 2022"))).to_be_visible()
    place.get_by_role("button", name="Zoom in").focus()
    page.keyboard.press("Escape")
    expect(page.locator(DRAWING)).to_have_count(1)
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(place).to_be_empty()
    # Once more, with what is there; and back by a second press.
    explored(page)
    button.press("Space")
    expect(page.locator(DRAWING)).to_have_count(1)
    assert len(requests) == 3


def test_states_answer_to_the_pointer_and_the_map_zooms_by_buttons_and_by_the_wheel_with_a_key(regular: Visitor):
    page = regular.open("/en/region")
    drawn = page.locator(f"{DRAWING} a[href*='BRA']").first.locator("circle, use, path").last.bounding_box()
    place = explored(page)
    # The button may be below the first screen: a press moves the page to it.
    page.evaluate("scrollTo(0, 0)")
    assert drawn
    for aside in (20, 30):
        page.mouse.move(drawn["x"] + drawn["width"] / 2 + aside, drawn["y"] + drawn["height"] / 2 + aside)
    expect(place.locator(".hoverlayer")).to_contain_text("Brazil")
    whole = place.evaluate(RANGE)
    place.get_by_role("button", name="Zoom in").click()
    nearer(place, whole)
    place.get_by_role("button", name="The whole figure").click()
    page.wait_for_function(f"([place, old]) => ({RANGE})(place)[0] === old", arg=[place.element_handle(), whole[0]])
    box = place.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] / 2)
    page.mouse.wheel(0, -100)
    page.wait_for_function("() => scrollY === 0")
    assert place.evaluate(RANGE) == whole
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    nearer(place, whole)


def test_a_code_stays_beside_its_mark_on_a_map_that_is_zoomed(regular: Visitor):
    page = regular.open("/en/region")
    place = explored(page)
    code = place.locator("text", has_text=re.compile("^Ecuador|^ECU")).first

    def apart() -> float:
        text = code.bounding_box()
        assert text
        marks = [one.bounding_box() for one in place.locator(".xy .points path").all()]
        return min(abs(one["x"] - text["x"] - text["width"]) for one in marks if one and abs(one["y"] - text["y"]) < 20)

    before = apart()
    for _ in range(2):
        place.get_by_role("button", name="Zoom in").click()
        page.wait_for_timeout(400)
    assert abs(apart() - before) < 4


def test_the_figure_follows_the_year_and_keeps_the_part_that_is_seen(regular: Visitor):
    page = regular.open("/en/region?year=2015")
    place = explored(page)
    whole = place.evaluate(RANGE)
    place.get_by_role("button", name="Zoom in").click()
    nearer(place, whole)
    near = place.evaluate(RANGE)
    page.get_by_role("slider", name="Year").press("ArrowRight")
    page.wait_for_url("**year=2016")
    expect(place).to_have_attribute("aria-label", re.compile(", 2016\\b"))
    assert place.evaluate(RANGE) == near
    expect(page.locator(BUTTON)).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(page.locator(f"{DRAWING} [role=img]").first).to_have_attribute("aria-label", re.compile(", 2016\\b"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_words_of_its_buttons_are_in_the_language_of_the_page_and_axe_finds_nothing(regular: Visitor, code: str):
    page, lang = regular.open(f"/{code}/routes?state=ECU"), language(code)
    place = explored(page)
    buttons = place.get_by_role("button")
    expect(buttons).to_have_count(len(WORDS))
    assert [one.get_attribute("aria-label") for one in buttons.all()] == [lang.text(word) for word in WORDS]
    # Nothing leads to another site.
    assert place.locator("a").count() == 0
    assert faults(page) == []


def test_it_has_the_colors_of_the_readers_theme(browser: Browser, address: str):
    with visiting(browser, address, color_scheme="dark") as visitor:
        page = visitor.open("/en/region")
        requests = fetched(page)
        place = explored(page)
        assert any("dark=1" in one for one in requests)
        ink = "place => place.layout.font.color"
        dark = place.evaluate(ink)
        assert faults(page) == []
        page.emulate_media(color_scheme="light")
        page.wait_for_function("([place, old]) => place.layout.font.color !== old", arg=[place.element_handle(), dark])


def test_a_phone_has_large_buttons_and_nothing_is_wider_than_it(browser: Browser, address: str):
    with visiting(browser, address, viewport=PHONE, has_touch=True, is_mobile=True) as visitor:
        page = visitor.open("/es/routes?state=ECU")
        place = explored(page)
        page.locator(".plate-take summary").first.press("Enter")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for button in [*place.get_by_role("button").all(), *page.locator(".plate-foot :is(button, a):visible").all()]:
            box = button.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= 44
            assert box["x"] + box["width"] <= PHONE["width"]
        # A finger moves the page until one of the buttons is pressed.
        assert place.evaluate("place => place.layout.dragmode") is False


def test_what_does_not_come_is_said_in_one_sentence_and_the_drawing_stays(visitor: Visitor):
    page = visitor.context.new_page()

    def refuse(route: Route) -> None:
        route.abort()

    page.route(PLOTLY, refuse)
    page.goto(f"{visitor.address}/fr/region")
    button = page.locator(BUTTON)
    button.press("Enter")
    expect(page.locator("#said")).to_have_text(
        language("fr").text("This figure could not be loaded. Its picture stays.")
    )
    expect(page.locator(DRAWING)).to_have_count(1)
    expect(button).to_have_attribute("aria-pressed", "false")
    # The next press tries again.
    page.unroute(PLOTLY, refuse)
    explored(page)


@pytest.fixture
def copying(browser: Browser, address: str) -> Iterator[Visitor]:
    with visiting(browser, address, permissions=["clipboard-read", "clipboard-write"]) as visitor:
        yield visitor


def test_the_picture_is_copied(copying: Visitor):
    page = copying.open("/en/region?year=2015")
    page.locator(".plate-take summary").press("Enter")
    page.get_by_role("button", name="Copy the picture").press("Enter")
    expect(page.locator("#said")).to_have_text("Copied")
    # That of a slide.
    assert page.evaluate(PASTED) == [1920, 1080]


@pytest.mark.parametrize("missing", ["ClipboardItem", "picture"])
def test_where_it_is_not_copied_the_reader_learns_of_the_link(copying: Visitor, missing: str):
    page = copying.context.new_page()
    if missing == "picture":
        page.route(re.compile("/picture/"), lambda route: route.abort())
    else:
        page.add_init_script(f"delete window.{missing}")
    page.goto(f"{copying.address}/es/region")
    page.locator(".plate-take summary").press("Enter")
    page.get_by_role("button", name="Copiar la imagen").press("Enter")
    words = "This browser did not copy the picture. Save it with the link “PNG”."
    expect(page.locator("#said")).to_have_text(language("es").text(words))
