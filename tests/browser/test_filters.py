"""Every filter, by mouse and by keyboard: what is chosen is painted before the server answers, and it then agrees."""

from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, WebSocketRoute

from tests.browser.conftest import Visitor, settled
from tests.browser.controls import CONTROLS, ROUTES, Hand

pytestmark = pytest.mark.browser
SHOWS = """([name, value]) => {
  const shown = document.querySelector('.plate').dataset.address;
  return new URL(shown, location.href).searchParams.get(name) === value;
}"""
# Longer than the stage believes in a choice that the server does not confirm.
FORGOTTEN = 10_000


@dataclass
class Wire:
    """What goes between a page and its server; the one or the other way can be closed for a while."""

    deaf: bool = False
    mute: bool = False
    waiting: list[str | bytes] = field(default_factory=list)
    socket: WebSocketRoute | None = None

    def tap(self, page: Page) -> None:
        page.route_web_socket("**/_stcore/stream", self._connect)

    def _connect(self, socket: WebSocketRoute) -> None:
        self.socket, server = socket, socket.connect_to_server()
        socket.on_message(lambda message: None if self.mute else server.send(message))
        server.on_message(self._answer)

    def _answer(self, message: str | bytes) -> None:
        if self.deaf:
            self.waiting.append(message)
        else:
            assert self.socket
            self.socket.send(message)

    def listen(self, page: Page, pause: int = 0) -> None:
        """Let through what waited, a pause (milliseconds) after each message; what comes meanwhile waits its turn."""
        assert self.socket
        while self.waiting:
            self.socket.send(self.waiting.pop(0))
            page.wait_for_timeout(pause)
        self.deaf = False


def opened(visitor: Visitor, path: str, wire: Wire, *, tapped: bool = True) -> Page:
    page = visitor.context.new_page()
    if tapped:
        wire.tap(page)
    page.goto(visitor.address + path)
    settled(page)
    if path.startswith("/routes"):
        # By a key: what comes next may be by keys, too.
        page.locator("summary").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(500)
    return page


@pytest.mark.parametrize("control", CONTROLS)
def test_what_is_chosen_is_painted_before_the_server_answers(visitor: Visitor, control: str):
    path, choose, name, value = CONTROLS[control]
    wire = Wire()
    page = opened(visitor, path, wire)
    wire.deaf = True
    choose(Hand(page))
    page.wait_for_function(SHOWS, arg=[name, value], timeout=5_000)
    page.wait_for_timeout(300)
    assert wire.waiting
    wire.listen(page)
    settled(page)
    assert page.evaluate(SHOWS, [name, value])
    assert parse_qs(urlsplit(page.url).query).get(name, ["none"]) == [value]


def test_what_the_server_never_confirms_is_forgotten(visitor: Visitor):
    wire = Wire()
    page = opened(visitor, ROUTES, wire)
    wire.mute = True
    Hand(page).stepped("arrows", "Decrement")
    page.wait_for_function(SHOWS, arg=["arrows", "24"], timeout=5_000)
    page.wait_for_function(SHOWS, arg=["arrows", "25"], timeout=FORGOTTEN)


@pytest.mark.parametrize("button", ["Increment", "Decrement"])
def test_of_twenty_quick_presses_none_is_lost(visitor: Visitor, button: str):
    page = opened(visitor, ROUTES + "&arrows=50", Wire())
    for _ in range(20):
        Hand(page).stepped("arrows", button)
    value = "70" if button == "Increment" else "30"
    page.wait_for_function(SHOWS, arg=["arrows", value], timeout=20_000)
    page.wait_for_function("value => location.search.includes(`arrows=${value}`)", arg=value, timeout=20_000)
    settled(page)
    assert page.evaluate(SHOWS, ["arrows", value])


def test_a_switch_turned_to_and_fro_never_shows_what_it_no_longer_says(visitor: Visitor):
    wire = Wire()
    page = opened(visitor, ROUTES, wire)
    wire.deaf = True
    for _ in range(4):
        Hand(page).pressed(".st-key-questioned input", "Space")
    page.wait_for_function(SHOWS, arg=["questioned", "0"], timeout=5_000)
    page.evaluate("""() => {
      window.seen = [];
      const plate = document.querySelector('.plate');
      const look = () => window.seen.push(new URL(plate.dataset.address, location.href).searchParams.get('questioned'));
      new MutationObserver(look).observe(plate, { attributes: true, attributeFilter: ['data-address'] });
    }""")
    wire.listen(page, 15)
    settled(page)
    assert page.evaluate(SHOWS, ["questioned", "0"])
    assert "1" not in page.evaluate("() => window.seen")


# Messages as Streamlit's browser sends them, on a websocket that is closed and so passes nothing on.
SENDS = """async samples => {
  const part = (field, bytes) => [field << 3 | 2, bytes.length, ...bytes];
  const letters = text => [...new TextEncoder().encode(text)];
  const message = (id, value) => part(11, part(2, part(1, [...part(1, letters(id)), ...value])));
  const socket = new WebSocket(`ws://${location.host}/_stcore/nothing`);
  socket.close();
  await new Promise(closed => { socket.onclose = closed });
  if (samples === 'strange') {
    samples = [[], [255], [90, 255, 255], [90, 3, 18, 1, 10], [90, 6, 18, 4, 10, 2, 8, 1], [0, 0]];
    for (let turn = 0; turn < 60; turn++)
      samples.push(Array.from({ length: turn }, (_, at) => (at * 37 + turn * 101) % 256));
    samples.push(message('$$ID-0-arrows', part(6, letters('many'))), message('$$ID-0-state', part(9, part(1, [65]))));
    samples.push(message('$$ID-0-years', [5 << 3, 4]), message('arrows', []), message('$$ID-0-arrows', [9 << 3, 1]));
    for (const sample of ['text', new ArrayBuffer(8), new Blob(['blob'])]) socket.send(sample);
  } else samples = [message('$$ID-0-arrows', [5 << 3, 48])];
  for (const sample of samples) socket.send(new Uint8Array(sample));
}"""


def test_messages_of_another_shape_are_no_matter(visitor: Visitor):
    page = visitor.open(ROUTES)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    before = page.locator(".plate").get_attribute("data-address")
    page.evaluate(SENDS, "strange")
    page.wait_for_timeout(1000)
    assert errors == []
    assert page.locator(".plate").get_attribute("data-address") == before
    # The same way a message of the right shape is heard.
    page.evaluate(SENDS, "right")
    page.wait_for_function(SHOWS, arg=["arrows", "24"], timeout=5_000)
