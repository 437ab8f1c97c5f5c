"""What a finger has to hit is large enough on every page: 44 pixels, where WCAG 2.2 AA asks for 24."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from dashboard.shell.navigation import scripts
from tests.browser.conftest import PHONE, Visitor

pytestmark = pytest.mark.browser
LEAST = 44
# Not links within a sentence (WCAG excepts them), nor a table's cells, which are as high as their rows.
REACHED = "button, summary, [role=radio], [role=combobox], [role=slider], [data-testid=stPageLink] a, label:has(input)"
SEEN = """([reached, least]) => [...document.querySelectorAll(`[data-testid=stMain] :is(${reached})`)]
  .filter(one => one.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && !one.closest('[data-testid=stDataFrame], .present'))
  .map(one => [one, one.getBoundingClientRect()]).filter(([, box]) => box.width > 1 && box.height > 1)
  .map(([one, box]) => [box.height >= least - 0.5, `${one.outerHTML.slice(0, 120)} ${box.width}x${box.height}`])"""


@pytest.fixture
def finger(browser: Browser, address: str) -> Iterator[Visitor]:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, locale="en-GB")
    yield Visitor(context, address)
    context.close()


@pytest.mark.parametrize("slug", scripts())
def test_a_finger_has_room(finger: Visitor, slug: str):
    page = finger.open(f"/{slug}?lang=es")
    assert page.evaluate("() => matchMedia('(pointer: coarse)').matches")
    found = page.evaluate(SEEN, [REACHED, LEAST])
    assert found
    assert [words for large, words in found if not large] == []
