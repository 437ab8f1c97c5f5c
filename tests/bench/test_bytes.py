"""What a change of the year sends to the browser, over the real websocket."""

import statistics
import sys

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import WIDE, Visitor, address, browser

__all__ = ["address", "browser"]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("path", "name", "presses"), [("/?lang=en&year=2008", "Year", 8), ("/routes?lang=en&years=2007-2023", "Years", 8)]
)
def test_bytes_of_a_step(browser: Browser, address: str, path: str, name: str, presses: int):
    context = browser.new_context(viewport=WIDE)
    frames: list[int] = []
    page = Visitor(context, address).context.new_page()
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: frames.append(len(data))))
    page.goto(address + path)
    page.wait_for_selector("footer")
    page.wait_for_timeout(2500)
    sums = []
    slider = page.get_by_role("slider", name=name).first
    slider.focus()
    for _ in range(presses):
        frames.clear()
        slider.press("ArrowRight")
        page.wait_for_timeout(1500)
        sums.append(sum(frames))
    context.close()
    assert min(sums) > 0
    middle, most = statistics.median(sums) / 1000, max(sums) / 1000
    sys.stdout.write(f"\n{path}: median {middle:.0f} kB a step, largest {most:.0f} kB\n")
