"""Every other filter, by mouse and by keyboard: from the press to the painted map, and what goes over the wire."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.bench.conftest import Report, spread
from tests.bench.test_screen import WATCH
from tests.browser.conftest import WIDE, Visitor
from tests.browser.controls import CONTROLS, Hand
from tests.browser.test_filters import Wire, opened

pytestmark = pytest.mark.browser
PAINTED, BYTES = "Another filter, from press to paint", "Another filter, bytes on the wire, both ways"
TIMES = 3
# How long a hand is where it presses, before it does: at once, as a script; and at least so long, as a person.
RESTS = {"at once": 0, "after a rest of 200 ms": 200}
LONGEST, CALM = 4000, 1000
DEVICES = Path("/proc/net/dev")
_SEEN: dict[str, list[float]] = {}


def sent() -> int:
    """Bytes over the loopback device so far, both ways, with TCP's headers; browsers are spoken to by pipe."""
    loopback = next(line for line in DEVICES.read_text("utf-8").splitlines() if line.strip().startswith("lo:"))
    return int(loopback.split()[1])


@pytest.mark.parametrize("pressed", RESTS)
@pytest.mark.parametrize("control", CONTROLS)
def test_a_choice_here(browser: Browser, address: str, report: Report, control: str, pressed: str):
    path, act, _, _ = CONTROLS[control]
    times, sizes = [], []
    for _ in range(TIMES):
        visitor = Visitor(browser.new_context(viewport=WIDE), address)
        page = opened(visitor, path, Wire(), tapped=False)
        page.wait_for_timeout(CALM)
        page.evaluate(WATCH)
        before = sent()
        act(Hand(page, RESTS[pressed]))
        page.wait_for_function("() => window.steps.length", timeout=LONGEST)
        page.wait_for_timeout(CALM)
        sizes.append(sent() - before)
        # The press that opened a list waits for the same frame as the one that chose from it.
        times.append(min(float(step) for step in page.evaluate("() => window.steps")))
        visitor.context.close()
    where = urlsplit(path).path
    _SEEN.setdefault(f"`{where}`, all together, {pressed}", []).extend(times)
    report(PAINTED, f"`{where}` {control}, {pressed}", spread(times))
    report(BYTES, f"`{where}` {control}, {pressed}", spread([float(size) for size in sizes], "bytes"))


def test_all_choices(report: Report):
    for what, times in _SEEN.items():
        report(PAINTED, what, spread(times))
