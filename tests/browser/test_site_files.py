"""The site as files, opened from a disk: no server, and no network."""

import json
import os
import re
import subprocess
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import expect

from data.i18n import LANGUAGES, language
from tests.browser.conftest import LONGEST, ROOT, WIDE

pytestmark = pytest.mark.browser

AREAS = ("BRA", "CAN", "DOM", "HTI", "MEX")


def write(folder: Path, *options: str) -> Path:
    command = [sys.executable, "-m", "dashboard", "site", str(folder), *options]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    slugs = ("home", "region", "routes", "country", "present")
    options = ("--languages", "en", "--areas", "DOM", "--pages", *slugs)
    return write(tmp_path_factory.mktemp("files") / "site", *options)


@pytest.fixture(scope="module")
def countries(tmp_path_factory):
    options = ("--areas", *AREAS, "--pages", "home", "country")
    return write(tmp_path_factory.mktemp("countries") / "site", *options)


@pytest.fixture
def reader(browser):
    """A page that notes what it asks of a network, and its errors."""
    context = browser.new_context(viewport=WIDE, offline=True)
    page, faults = context.new_page(), []
    page.set_default_timeout(LONGEST)
    own = ("file:", "data:", "blob:")
    page.on("request", lambda request: request.url.startswith(own) or faults.append(request.url))
    page.on("console", lambda message: message.type == "error" and faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


def test_a_reader_goes_from_the_first_page_to_a_state(site, reader):
    reader.goto((site / "index.html").as_uri())
    reader.get_by_role("link", name="English").click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("35 states")
    assert reader.evaluate("document.fonts.check(\"16px 'Atalaya Sans'\")")
    reader.goto((site / "en/region.html").as_uri())
    reader.locator("form.chooser select").select_option("DOM")
    reader.get_by_role("button", name="Open", exact=True).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Dominican Republic")
    assert reader.url == (site / "en/country/DOM.html").as_uri()
    fold = reader.locator("main details[id]:not(#lead)").first
    fold.locator("summary").first.click()
    expect(fold).to_have_attribute("open", "")


def test_the_years_of_region_are_stepped_through_and_played(site, reader):
    reader.goto((site / "en/region.html").as_uri())
    slider, measure = reader.locator(".plate-years input[type=range]"), reader.locator(".plate-heading span")
    year = int(slider.input_value())
    slider.focus()
    for back in (1, 2):
        reader.keyboard.press("ArrowLeft")
        expect(measure).to_contain_text(str(year - back))
        expect(slider).to_be_focused()
    # All of the page is of that year: its table, and the link to the year before.
    expect(reader.locator(f"main table td:text-is('{year - 2}')").nth(9)).to_be_attached()
    expect(reader.locator("a[rel=prev]")).to_have_text(str(year - 3))
    assert reader.url.endswith(f"region.html?year={year - 2}")
    reader.get_by_role("link", name=str(year - 3)).click()
    expect(measure).to_contain_text(str(year - 3))
    reader.get_by_role("button", name="Play the years").click()
    expect(measure).to_contain_text(str(year - 1))
    reader.get_by_role("button", name="Zoom in").click()
    expect(reader.locator(".plate-board[data-zoomed]")).to_have_count(1)


def test_a_view_that_is_not_written_is_said_to_be_missing(site, reader):
    reader.goto(f"{(site / 'en/region.html').as_uri()}?indicator=convicted")
    sentence = reader.locator("main > .warning")
    expect(sentence).to_have_text("The view of this link is not in these files. The page is shown as it first opens.")
    assert reader.url == (site / "en/region.html").as_uri()
    reader.locator("a[rel=prev]").click()
    expect(sentence).to_have_count(0)
    reader.goto((site / "en/routes.html").as_uri())
    expect(reader.get_by_text("other choices need the website")).to_have_count(1)
    assert reader.locator("form#view select").count() == 0
    measure = reader.locator(".plate-heading span").first
    last = reader.locator("a[rel=next]").inner_text()
    reader.locator("a[rel=next]").click()
    expect(measure).to_have_text(re.compile(rf"\b(?<!–){last}$"))
    reader.locator("a[rel=prev]").click()
    expect(measure).to_have_text(re.compile(rf"\b(?<!–){int(last) - 1}$"))
    # The menu leads back to all years.
    reader.get_by_role("link", name="Routes", exact=True).click()
    expect(measure).to_have_text(re.compile(rf"–{last}$"))
    # A mark that opens nothing still says what it is.
    reader.locator(".still > svg:visible .links a circle").first.hover()
    expect(reader.locator(".plate-hover")).to_be_visible()


@pytest.mark.parametrize("code", LANGUAGES)
def test_five_countries_in_each_language(countries, reader, code):
    for area in AREAS:
        reader.goto((countries / code / "country" / f"{area}.html").as_uri())
        expect(reader.get_by_role("heading", level=1)).to_have_text(language(code).country(area))
        assert reader.locator("html").get_attribute("lang") == code
        expect(reader.locator(".plate svg:visible").first).to_be_visible()


def test_the_show_runs_by_keyboard_with_a_state(site, reader):
    reader.goto((site / "en/present.html").as_uri())
    reader.get_by_label("Your country").select_option("DOM")
    expect(reader.locator(".present-ready")).to_have_text("Ready to present offline.")
    expect(reader.locator(".present-agenda > li")).to_have_count(7)
    reader.locator(".present-start").press("Enter")
    logo = reader.locator(".present-scene:not([data-away]) .present-logo").bounding_box()
    # Its view box is 136 by 40: it fills its width, from the edge of the words.
    assert logo["width"] / logo["height"] == pytest.approx(136 / 40, rel=0.01)
    for scene in range(1, 8):
        expect(reader.locator(".present-count")).to_have_text(f"{scene} / 7")
        if reader.locator(".present-scene:not([data-away]) .present-plot").count():
            expect(reader.locator(".present-scene:not([data-away]) .present-plot svg").first).to_be_visible()
        reader.keyboard.press("ArrowRight")
    reader.keyboard.press("Escape")
    expect(reader.locator(".present-start")).to_be_focused()
    # The address of a view opens it: the speaker's notes, and the show that runs by itself.
    reader.goto(f"{(site / 'en/present.html').as_uri()}?guided=1")
    expect(reader.locator(".present[data-open]")).to_be_visible()
    reader.goto(f"{(site / 'en/present.html').as_uri()}?notes=1&area=DOM")
    expect(reader.locator(".present-speaker h2")).not_to_be_empty()


@pytest.fixture
def server(tmp_path):
    """The address of a server of files with the folder `tmp_path`."""
    made = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=tmp_path))
    Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_words):
        pass


def test_a_kept_page_says_that_newer_data_exist(countries, browser, server, tmp_path):
    """From a server of files; from a disk a browser cannot ask."""
    id_ = json.loads((countries / "current.json").read_text("utf-8"))["id"]
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / id_).symlink_to(countries)
    page = browser.new_page()
    page.set_default_timeout(LONGEST)
    address = f"{server}/s/{id_}/es/country/DOM.html"
    for day, (current, warned) in enumerate(((id_, 0), ("f" * 12, 1))):
        (tmp_path / "current.json").write_text(json.dumps({"id": current}), "utf-8")
        # The server compares whole seconds.
        os.utime(tmp_path / "current.json", (day * 86_400, day * 86_400))
        with page.expect_response("**/current.json"):
            page.goto(address)
        expect(page.get_by_text("Se han publicado datos más recientes.")).to_have_count(warned)
    expect(page.get_by_role("link", name="Esta página con los datos más recientes")).to_have_attribute(
        "href", f"{server}/es/country/DOM.html"
    )
    page.close()


def test_a_kept_page_on_a_disk_fetches_nothing_and_says_the_day_of_its_data(countries, reader, tmp_path):
    current = json.loads((countries / "current.json").read_text("utf-8"))
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / current["id"]).symlink_to(countries)
    (tmp_path / "current.json").write_text(json.dumps({"id": "f" * 12}), "utf-8")
    reader.goto((tmp_path / "s" / current["id"] / "en/country/DOM.html").as_uri())
    day = language("en").date(current["created"][:10])
    expect(reader.locator("footer")).to_contain_text(f"Data version {current['id']}, built {day}")
    # What is fetched, and refused, is a fault of `reader`: it would be there by now.
    reader.wait_for_load_state("networkidle")
