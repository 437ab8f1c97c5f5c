"""The frame of figures on pages: a claim, what is measured, the drawing, one line of source, and all else behind."""

import pytest

from tests.browser.conftest import Visitor, path_to

pytestmark = pytest.mark.browser
LEAST = 0.7
LAPTOP = {"width": 1366, "height": 768}
PAGES = {
    "region": path_to("region"),
    "routes": path_to("routes"),
    "matrix": f"{path_to('routes')}?picture=matrix",
    "explore": path_to("explore"),
    "compare": f"{path_to('explore')}?desk=compare",
    "declaration": path_to("declaration"),
    "instruments": path_to("instruments"),
    "coverage": path_to("coverage"),
    "home": path_to("home"),
    "country": "/en/country/USA",
    "pair": "/en/pair/ARG/BOL",
}
# By figure: the share that the drawing takes of its frame without the tools, the lines of its source, and what is seen
# besides the parts of a frame.
FRAMES = """() => [...document.querySelectorAll('figure.plate')].map(one => {
  const of = place => one.querySelector(place).getBoundingClientRect()
  const tools = [...one.querySelectorAll('.plate-years, .plate-foot')].reduce((sum, part) => sum + part.offsetHeight, 0)
  const whole = one.getBoundingClientRect(), drawn = of('.still'), source = one.querySelector('.plate-source')
  const own = [...one.children].filter(part => part.checkVisibility())
  const known = '.plate-years, .plate-heading, .plate-board, .plate-caption, .plate-marks, .plate-source, .plate-foot'
  return {
    id: one.id,
    share: drawn.width * drawn.height / (whole.width * (whole.height - tools)),
    publishers: source.textContent.split('; ').length,
    lines: Math.round(source.getBoundingClientRect().height / parseFloat(getComputedStyle(source).lineHeight)),
    others: own.filter(part => !part.matches(known)).length,
    open: one.querySelectorAll('details[open]').length,
  }
})"""


@pytest.mark.parametrize("name", PAGES)
def test_a_drawing_takes_most_of_its_frame_and_its_source_is_one_line(regular: Visitor, name: str):
    page = regular.look(PAGES[name])
    page.set_viewport_size(LAPTOP)
    found = page.evaluate(FRAMES)
    assert found
    for one in found:
        assert one["share"] >= LEAST, one
        # The names of four publishers and more, each with its release, take two lines.
        assert one["lines"] <= 1 + (one["publishers"] > 3), one
        assert (one["others"], one["open"]) == (0, 0), one


@pytest.mark.parametrize("path", ["/en/country/USA", "/en/country/HTI", "/es/country/CRI", "/fr/country/PER"])
def test_the_first_figure_of_a_country_begins_on_a_wide_first_screen(regular: Visitor, path: str):
    page = regular.look(path)
    page.set_viewport_size({"width": 1920, "height": 1080})
    drawing = page.locator(".still svg:visible").first.bounding_box()
    assert drawing
    seen = min(drawing["y"] + drawing["height"], 1080) - drawing["y"]
    assert seen >= 0.5 * drawing["height"]


def test_all_else_is_behind_about_this_figure(regular: Visitor):
    page = regular.open("/en/region")
    about = page.locator(".plate-about")
    assert not about.locator("div").is_visible()
    about.locator("summary").click()
    assert "Boundaries and names imply no opinion" in about.inner_text()
