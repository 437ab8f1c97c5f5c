"""Who rests on a choice finds its figure drawn: nothing is asked for at the press, and nothing is seen before it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Request

from tests.browser.conftest import Visitor, at_rest, settled
from tests.browser.controls import CONTROLS, ROUTES, Hand
from tests.browser.test_filters import SHOWS, Wire, opened

pytestmark = pytest.mark.browser
RESTED = 900
# Those whose choice is known before the press.
FORESEEN = [
    "segments, mouse",
    "segments, keys",
    "list, mouse",
    "list, keys",
    "switch, mouse",
    "switch, keys",
    "states added, mouse",
    "states added, keys",
    "states removed, mouse",
    "number, mouse",
    "reading, mouse",
    "sex added, keys",
]
# Those whose choice is only known at the press.
PRESSED = [*FORESEEN, "states removed, keys", "number, keys", "number, typed", "forms added, mouse"]
DRAWN = "() => [...document.querySelectorAll('.plate-figure')].filter(plate => plate.drawn).map(plate => plate.address)"
# Which figures stand drawn at each press that may choose.
PRESSES = f"""() => {{
  window.pressed = [];
  const note = () => window.pressed.push(({DRAWN})());
  window.addEventListener('pointerdown', note, true);
  window.addEventListener('keydown', event => {{ if (['Enter', ' '].includes(event.key)) note() }}, true);
}}"""

# In which order figures are asked for, and the server told.
ORDER = """() => {
  window.order = [];
  const fetched = window.fetch, sent = WebSocket.prototype.send;
  window.fetch = (...asked) => {
    if (String(asked[0]).includes('/figures/')) window.order.push(asked[0]);
    return fetched(...asked);
  };
  WebSocket.prototype.send = function (message) { window.order.push('told'); return sent.call(this, message) };
}"""
# A browser that is slow to tell: what is pressed is heard of so much later (milliseconds).
SLOW = """late => {
  const sent = WebSocket.prototype.send;
  WebSocket.prototype.send = function (message) { setTimeout(() => sent.call(this, message), late) };
}"""
SEEN = """name => {
  window.seen = [];
  const plate = document.querySelector('.plate');
  const look = () => window.seen.push(new URL(plate.dataset.address, location.href).searchParams.get(name));
  new MutationObserver(look).observe(plate, { attributes: true, attributeFilter: ['data-address'] });
}"""

OVER = """field => document.querySelector(field).dispatchEvent(
  new PointerEvent('pointerover', { bubbles: true, clientX: 5, clientY: 5 }))"""


def figures(page: Page) -> list[str]:
    """The addresses of figures that the page asks for from now on."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "/figures/" in request.url:
            asked.append(request.url)

    page.on("request", note)
    return asked


def says(address: str, name: str) -> list[str]:
    return parse_qs(urlsplit(address).query).get(name, [])


@pytest.mark.parametrize("control", FORESEEN)
def test_what_a_hand_rests_on_is_drawn_before_the_press(visitor: Visitor, control: str):
    path, choose, name, value = CONTROLS[control]
    page = opened(visitor, path, Wire(), tapped=False)
    page.wait_for_timeout(RESTED)
    asked = figures(page)
    page.evaluate(PRESSES)
    choose(Hand(page, RESTED))
    page.wait_for_function(SHOWS, arg=[name, value], timeout=5_000)
    settled(page)
    assert value in [word for address in page.evaluate("() => window.pressed.at(-1)") for word in says(address, name)]
    # It was asked for once, and the server's answer to the press asks for no other.
    assert [says(address, name) for address in asked].count([value]) == 1


def test_resting_shows_nothing(visitor: Visitor):
    page = opened(visitor, ROUTES, Wire(), tapped=False)
    before = page.locator(".plate").get_attribute("data-address")
    words = page.locator(".plate-told").inner_text()
    page.get_by_role("radio", name="Stated routes").hover()
    page.wait_for_function(f"() => ({DRAWN})().some(address => address.includes('evidence=stated'))")
    assert page.locator(".plate").get_attribute("data-address") == before
    assert page.locator(".plate-told").inner_text() == words
    assert "evidence" not in page.url
    hidden = page.locator(".plate-figure:not([data-shown])")
    assert [one.get_attribute("aria-hidden") for one in hidden.all()] == ["true"] * hidden.count()


def test_passing_over_choices_asks_for_none_of_them(visitor: Visitor):
    page = opened(visitor, ROUTES, Wire(), tapped=False)
    page.wait_for_timeout(RESTED)
    asked = figures(page)
    page.locator(".st-key-state input").click()
    at_rest(page, "Brazil")
    # In one moment, whatever else the machine does.
    page.evaluate("""() => {
      const passed = [...document.querySelectorAll('[role=option]')].slice(0, 8);
      for (const one of [...passed, document.body])
        one.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
    }""")
    page.wait_for_timeout(RESTED)
    assert asked == []


@pytest.mark.parametrize("control", ["states added, mouse", "states added, keys"])
def test_after_a_press_the_next_option_that_comes_there_is_not_asked_for(visitor: Visitor, control: str):
    page = opened(visitor, ROUTES, Wire(), tapped=False)
    page.wait_for_timeout(RESTED)
    asked = figures(page)
    CONTROLS[control][1](Hand(page, RESTED))
    page.wait_for_function(SHOWS, arg=["state", "ARG,BRA"], timeout=5_000)
    settled(page)
    page.wait_for_timeout(RESTED)
    assert [says(address, "state") for address in asked] == [["ARG,BRA"]]


@pytest.mark.parametrize("control", PRESSED)
def test_what_is_pressed_is_asked_for_before_the_server_is_told(visitor: Visitor, control: str):
    path, choose, name, value = CONTROLS[control]
    page = opened(visitor, path, Wire(), tapped=False)
    page.wait_for_timeout(RESTED)
    page.evaluate(ORDER)
    choose(Hand(page))
    page.wait_for_function(SHOWS, arg=[name, value], timeout=5_000)
    settled(page)
    order = page.evaluate("() => window.order")
    asked = [place for place, word in enumerate(order) if value in says(word, name)]
    assert len(asked) == 1
    assert asked[0] < order.index("told")


def test_a_press_that_a_later_one_has_corrected_is_not_shown_again(visitor: Visitor):
    page = opened(visitor, ROUTES, Wire(), tapped=False)
    page.wait_for_timeout(RESTED)
    page.evaluate(SEEN, "questioned")
    page.evaluate(SLOW, 600)
    page.locator(".st-key-questioned input").focus()
    for told in "10":
        page.keyboard.press("Space")
        page.wait_for_function(SHOWS, arg=["questioned", told], timeout=5_000)
    page.wait_for_timeout(RESTED)
    settled(page)
    assert page.evaluate("() => window.seen") == ["1", "0"]


def test_letters_that_leave_many_options_ask_for_none(visitor: Visitor):
    page = opened(visitor, ROUTES, Wire(), tapped=False)
    page.wait_for_timeout(RESTED)
    asked = figures(page)
    page.locator(".st-key-state input").focus()
    page.keyboard.type("B", delay=20)
    page.get_by_role("option").first.wait_for()
    page.wait_for_timeout(RESTED)
    assert asked == []
    page.keyboard.type("razil", delay=20)
    page.wait_for_timeout(RESTED)
    assert [says(address, "state") for address in asked] == [["ARG,BRA"]]


def test_an_option_is_of_the_field_whose_list_is_open(visitor: Visitor):
    page = opened(visitor, "/explore?lang=en&desk=compare&one=BOL&other=ARG", Wire(), tapped=False)
    page.wait_for_timeout(RESTED)
    asked = figures(page)
    page.evaluate(SEEN, "other")
    page.locator(".st-key-one input").click()
    option = at_rest(page, "Chile")
    # On its way to the list the pointer comes over another field, which has the same options.
    page.evaluate(OVER, ".st-key-other input")
    option.click()
    page.wait_for_function(SHOWS, arg=["one", "CHL"], timeout=5_000)
    settled(page)
    assert set(page.evaluate("() => window.seen")) == {"ARG"}
    assert {word for address in asked for word in says(address, "other")} == {"ARG"}
