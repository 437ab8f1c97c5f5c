"""The stage before an audience: keys and clickers, blank, time, notes that follow, and large letters."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from data import meeting
from data.i18n import LANGUAGES
from data.meeting import Meeting, Scene
from tests.browser.conftest import ALL_SCREENS, WIDE, Screen, Visitor, settled, violations, visiting

pytestmark = pytest.mark.browser
READY = ".present[data-ready=yes]"
# The last one of the agenda waits for a state.
SCENES = 6
# That of the chosen state is shown, too.
WITH_STATE = SCENES + 1
USUAL = (Screen("light", "desktop"), Screen("dark", "phone"))
SHOWN_SCENE = ".present-scene:not([data-away])"
COUNT = ".present-count"
# The size of every visible letter; in a figure, times the enlargement of the figure.
LETTERS = """() => {
  const sizes = []
  for (const stage of document.querySelectorAll('.present-scene:not([data-away]), .present-bar')) {
    const walker = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement, plot = parent.closest('.present-plot')
      const words = walker.currentNode.textContent.trim(), { fontSize, visibility } = getComputedStyle(parent)
      if (!words || !parent.getBoundingClientRect().width || visibility === 'hidden') continue
      const times = plot ? plot.getBoundingClientRect().width / plot.offsetWidth : 1
      sizes.push([Math.round(parseFloat(fontSize) * times * 100) / 100, words, Boolean(plot)])
    }
  }
  return sizes
}"""


def stage(visitor: Visitor, path: str = "/en/present") -> Page:
    """The page with its agenda, once all scenes are drawn."""
    page = visitor.context.new_page()
    page.goto(visitor.address + path)
    page.wait_for_selector(READY, state="attached")
    return page


def started(visitor: Visitor, path: str = "/en/present") -> Page:
    page = stage(visitor, path)
    page.locator(".present-start").click()
    expect(page.locator(".present")).to_have_attribute("data-open", "")
    return page


@pytest.fixture(scope="module")
def stages(browser: Browser, address: str) -> Iterator[Visitor]:
    with visiting(browser, address) as visitor:
        visitor.stay()
        yield visitor


@pytest.fixture
def presenter(stages: Visitor) -> Iterator[Visitor]:
    """A visitor for tests that neither change the context nor look at the requests."""
    yield stages
    stages.leave()


@pytest.fixture(scope="module")
def opened(browser: Browser, address: str) -> Iterator[Page]:
    with visiting(browser, address) as visitor:
        yield started(visitor)


@pytest.fixture
def show(opened: Page) -> Page:
    """One page for several tests, on its stage at the first scene."""
    opened.keyboard.press("Home")
    at(opened, 1)
    return opened


def at(page: Page, scene: int, of: int = SCENES) -> None:
    expect(page.locator(COUNT)).to_have_text(f"{scene} / {of}")
    expect(page.locator(SHOWN_SCENE)).to_have_count(1)


def test_a_number_opens_its_scene_and_a_question_mark_the_list_with_the_keys(show: Page):
    show.keyboard.press("3")
    at(show, 3)
    show.keyboard.press("9")
    at(show, 3)
    show.keyboard.press("Shift+?")
    expect(show.locator(".present-keys")).to_be_visible()
    keys = show.locator(".present-keys").inner_text()
    assert all(f"({key})" in keys for key in ("←", "→", "L", "B", "T", "F", "Esc"))
    show.keyboard.press("?")
    expect(show.locator(".present-keys")).to_be_hidden()


def test_arrows_clickers_home_and_end(show: Page):
    at(show, 1)
    for key, scene in (
        ("ArrowRight", 2),
        ("PageDown", 3),
        ("Space", 4),
        ("ArrowLeft", 3),
        ("PageUp", 2),
        ("End", SCENES),
        ("ArrowRight", SCENES),
        ("Home", 1),
        ("PageUp", 1),
    ):
        show.keyboard.press(key)
        at(show, scene)
        assert f"scene={scene}" in show.url
    expect(show.locator(".present-live")).to_contain_text("states of the Americas together reported")


def test_buttons_on_the_screen_are_large_enough(show: Page):
    show.get_by_role("button", name="Next scene (→)").click()
    at(show, 2)
    show.get_by_role("button", name="Previous scene (←)").click()
    at(show, 1)
    for button in show.locator(".present-bar button").all():
        box = button.bounding_box()
        assert box["width"] >= 44
        assert box["height"] >= 44


def test_a_blank_screen_and_back(show: Page):
    show.keyboard.press("ArrowRight")
    blank = show.locator(".present-blank")
    for key, back in (("b", "ArrowRight"), ("B", "B"), (".", ".")):
        show.keyboard.press(key)
        expect(blank).to_be_visible()
        assert blank.bounding_box() == {"x": 0, "y": 0, "width": WIDE["width"], "height": WIDE["height"]}
        assert blank.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(0, 0, 0)"
        # Any key leads back to the scene that was on screen, and no further.
        show.keyboard.press(back)
        expect(blank).to_be_hidden()
        at(show, 2)


def test_the_list_of_scenes_by_keyboard(show: Page):
    show.keyboard.press("l")
    listed = show.get_by_role("navigation", name="List of scenes (L)")
    expect(listed).to_be_visible()
    for _ in range(4):
        show.keyboard.press("Tab")
    show.keyboard.press("Enter")
    expect(listed).to_be_hidden()
    at(show, 5)
    show.keyboard.press("l")
    show.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    at(show, 5)


def seconds(page: Page) -> int:
    minutes, rest = page.locator(".present-clock").inner_text().split(":")
    return int(minutes) * 60 + int(rest)


def test_the_clock_runs_pauses_and_goes_to_zero(visitor: Visitor):
    page = visitor.context.new_page()
    page.clock.install()
    page.goto(f"{visitor.address}/en/present")
    page.clock.resume()
    page.wait_for_selector(READY, state="attached")
    page.locator(".present-start").click()
    page.clock.fast_forward(65_000)
    page.wait_for_function("() => /^1:/.test(document.querySelector('.present-clock').textContent)")
    page.keyboard.press("t")
    stands = seconds(page)
    assert stands >= 65
    page.clock.fast_forward(30_000)
    page.keyboard.press("ArrowRight")
    assert seconds(page) == stands
    page.get_by_role("button", name="Start the clock (T)").click()
    page.clock.fast_forward(10_000)
    page.wait_for_function(
        "least => Number(document.querySelector('.present-clock').textContent.split(':')[1]) >= least",
        arg=stands % 60 + 9,
    )
    page.get_by_role("button", name="Reset the clock").click()
    page.wait_for_function("() => /^0:0/.test(document.querySelector('.present-clock').textContent)")


FULL = "whole => Boolean(document.fullscreenElement) === whole"


def closed(page: Page) -> None:
    """The show has ended, full screen with it, and the button that starts it has the focus."""
    expect(page.locator(".present")).not_to_have_attribute("data-open", "")
    page.wait_for_function(FULL, arg=False)
    assert "scene=" not in page.url
    page.locator(".present-start").click(trial=True)
    expect(page.locator(".present-start")).to_be_focused()


def test_escape_leaves_the_stage_and_returns_to_the_page(presenter: Visitor):
    page = started(presenter)
    page.wait_for_function(FULL, arg=True)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("f")
    # Until the browser has left full screen, the key is its own and the page never learns of it.
    page.wait_for_function(FULL, arg=False)
    page.keyboard.press("Escape")
    closed(page)


def test_escape_leaves_the_stage_from_full_screen_and_while_it_starts(presenter: Visitor):
    page = started(presenter)
    page.wait_for_function(FULL, arg=True)
    page.keyboard.press("Escape")
    closed(page)
    for _ in range(3):
        page.locator(".present-start").click()
        page.keyboard.press("Escape")
        closed(page)


def test_an_address_opens_its_scene(presenter: Visitor):
    page = stage(presenter, "/en/present?scene=3")
    expect(page.locator(".present")).to_have_attribute("data-open", "")
    at(page, 3)
    expect(page.locator(f"{SHOWN_SCENE} h2")).to_contain_text("women or girls")


OVER = """() => {
  const box = element => element.getBoundingClientRect()
  const scene = document.querySelector('.present-scene:not([data-away])'), room = scene.querySelector('.present-room')
  const bar = box(document.querySelector('.present-bar')), lines = [...scene.querySelectorAll('p, h2, dd')]
  const rows = lines.flatMap(line => [...line.getClientRects()])
  const under = rows.filter(line => line.right > bar.left && line.bottom > bar.top).length
  if (!room) return { under, scrolled: 0, wide: 0, cut: [] }
  const plot = box(room.querySelector('.present-plot')), texts = [...room.querySelectorAll('.present-plot text')]
  // At twice its size a letter such as A begins two pixels before its place.
  const out = one => one.left < plot.left - 2.5 || one.right > plot.right + 1 || one.bottom > plot.bottom + 1
  const cut = texts.filter(text => box(text).width && (out(box(text)) || box(text).top < plot.top - 1))
  return {
    under, scrolled: room.scrollHeight - room.clientHeight, wide: Math.round(plot.right - box(room).right),
    cut: cut.map(text => text.textContent),
  }
}"""


# Milliseconds: a scene's part of the minute, and a little more.
PART = 60_000 // SCENES + 500
STATES = {"en": "states", "es": "Estados", "pt": "Estados", "fr": "États"}


def check_scene(page: Page, scene: int, high: int) -> None:
    """A scene fits its screen of a height in pixels, and its largest letters are those of its title."""
    overflow = page.evaluate(OVER)
    assert overflow["under"] <= 0, (scene, overflow)
    assert overflow["scrolled"] <= 0, (scene, overflow)
    assert overflow["wide"] <= 0, (scene, overflow)
    assert overflow["cut"] == [], (scene, overflow)
    sizes = page.evaluate(LETTERS)
    # A figure that was made for another screen may be a little smaller on this one.
    least = 28 * high / WIDE["height"] * (1 if high == WIDE["height"] else 0.97) - 0.01
    assert [size for size in sizes if size[0] < least] == [], scene
    if scene > 1:
        assert sum(in_figure for _, _, in_figure in sizes) > 10
    title = page.locator(f"{SHOWN_SCENE} h2").evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    assert title >= 48 * high / WIDE["height"]
    assert title == pytest.approx(max(size for size, *_ in sizes), abs=0.01)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_scene_fits_its_screen_in_large_letters_and_its_language(presenter: Visitor, lang: str):
    page = started(presenter, f"/{lang}/present?area=CRI")
    page.wait_for_function("lang => document.documentElement.lang === lang", arg=lang)
    assert page.locator(".present").get_attribute("lang") == lang
    for scene in range(1, WITH_STATE + 1):
        at(page, scene, WITH_STATE)
        check_scene(page, scene, WIDE["height"])
        if scene == 2:
            assert STATES[lang] in (page.locator(f"{SHOWN_SCENE} .present-plot").get_attribute("aria-label") or "")
        page.keyboard.press("ArrowRight")


def test_the_show_by_keyboard_alone_without_a_network(visitor: Visitor):
    """At both usual sizes of a projector: from the page to the stage, through the scenes by number, and back."""
    page = stage(visitor, "/es/present?area=DOM")
    settled(page)
    visitor.context.set_offline(True)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.matches('.present-start')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".present")).to_have_attribute("data-open", "")
    for size in ({"width": 1280, "height": 720}, {"width": 1920, "height": 1080}):
        page.set_viewport_size(size)
        for scene in range(1, WITH_STATE + 1):
            page.keyboard.press(str(scene))
            at(page, scene, WITH_STATE)
            check_scene(page, scene, size["height"])
    expect(page.locator(f"{SHOWN_SCENE} h2")).to_contain_text("República Dominicana")
    page.keyboard.press("Escape")
    expect(page.locator(".present")).not_to_have_attribute("data-open", "")
    visitor.context.set_offline(False)


def test_the_stage_is_light_on_a_dark_page_unless_dark_is_chosen(visitor: Visitor):
    page = stage(visitor)
    page.emulate_media(color_scheme="dark")
    ground = "() => getComputedStyle(document.querySelector('.present')).backgroundColor"
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    page.get_by_role("button", name="Dark colors").click()
    expect(page.get_by_role("button", name="Dark colors")).to_be_focused()
    assert page.evaluate(ground) == "rgb(12, 23, 33)"
    page.reload()
    page.wait_for_selector(READY, state="attached")
    assert page.evaluate(ground) == "rgb(12, 23, 33)"
    figures = (
        "() => performance.getEntriesByType('resource').map(one => one.name).filter(one => one.includes('/figures/'))"
    )
    assert all("dark=1" in one for one in page.evaluate(figures))


FETCHED = """() => ["navigation", "resource"].flatMap(kind => performance.getEntriesByType(kind))
  .map(one => [one.name, one.encodedBodySize])"""


def test_the_page_fetches_each_figure_once_and_nothing_that_draws(visitor: Visitor):
    fetched = dict(stage(visitor).evaluate(FETCHED))
    figures = [name.split("?")[0] for name in fetched if "/figures/" in name]
    assert len(figures) == len(set(figures)) > 3
    assert not any("plotly" in name for name in fetched)
    assert len(fetched) <= 15
    assert sum(fetched.values()) < 250_000


def test_the_scenes_run_by_themselves_and_can_be_paused_and_stopped(visitor: Visitor):
    page = visitor.context.new_page()
    page.clock.install()
    page.goto(f"{visitor.address}/?lang=en")
    page.clock.resume()
    page.get_by_role("link", name="The region in 60 seconds").click()
    page.wait_for_selector(READY, state="attached")
    pause = page.get_by_role("button", name="Pause the scenes (P)")
    run = page.get_by_role("button", name="Run the scenes by themselves (P)")
    expect(pause).to_be_focused()
    # From now on time passes only as the test lets it. A step of the reader's own ends the run.
    page.clock.pause_at(page.evaluate("() => Date.now()") / 1000 + 1)
    page.keyboard.press("1")
    expect(run).to_be_focused()
    page.keyboard.press("p")
    page.clock.fast_forward(PART)
    at(page, 2)
    # The focus stays: what is new is only announced.
    expect(pause).to_be_focused()
    expect(page.locator(".present-live")).to_contain_text(f"2 / {SCENES}. 10 states: more victims detected than")
    page.keyboard.press("p")
    page.clock.fast_forward(3 * PART)
    at(page, 2)
    run.press("Enter")
    for scene in range(3, SCENES + 1):
        page.clock.fast_forward(PART)
        at(page, scene)
    page.clock.fast_forward(PART)
    expect(run).to_be_attached()
    at(page, SCENES)
    page.keyboard.press("Escape")
    expect(page.locator(".present")).not_to_have_attribute("data-open", "")
    assert "guided" not in page.url
    # With little motion it does not begin.
    page.clock.resume()
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{visitor.address}/en/present?guided=1")
    page.wait_for_selector(READY, state="attached")
    expect(page.locator(".present")).to_have_attribute("data-open", "")
    expect(run).to_be_focused()


def test_the_notes_in_a_second_window_follow_the_stage_and_control_it(visitor: Visitor):
    page = started(visitor)
    with page.context.expect_page() as opened:
        page.evaluate("() => open(document.querySelector('.present-second').href)")
    notes = opened.value
    notes.wait_for_selector(".present[data-notes]")
    expect(notes.locator(".present-state")).to_have_text("These notes follow the presentation.")
    page.bring_to_front()
    page.keyboard.press("ArrowRight")
    expect(notes.locator(COUNT)).to_have_text(f"2 / {SCENES}")
    expect(notes.locator(".present-speaker h2")).to_contain_text("states: more victims detected")
    expect(notes.locator(".present-words")).to_contain_text("the 10 other states that reported every year")
    expect(notes.locator(".present-next")).to_contain_text("women or girls")
    notes.bring_to_front()
    notes.keyboard.press("PageDown")
    at(page, 3)
    page.keyboard.press("b")
    expect(notes.locator(".present-state")).to_have_text("The screen is blank.")
    notes.get_by_role("button", name="Pause the clock (T)").click()
    expect(page.get_by_role("button", name="Start the clock (T)")).to_be_attached()
    page.keyboard.press("b")
    page.keyboard.press("Escape")
    expect(notes.locator(".present-state")).to_have_text("The presentation is not open in this browser.")


def test_the_notes_follow_without_a_channel_between_windows(visitor: Visitor):
    visitor.context.add_init_script("delete window.BroadcastChannel")
    page = started(visitor)
    with page.context.expect_page() as opened:
        page.evaluate("() => open(document.querySelector('.present-second').href)")
    notes = opened.value
    notes.wait_for_selector(".present[data-notes]")
    page.bring_to_front()
    page.keyboard.press("End")
    expect(notes.locator(COUNT)).to_have_text(f"{SCENES} / {SCENES}")
    expect(notes.locator(".present-next")).to_have_text("This is the last scene.")
    notes.bring_to_front()
    notes.keyboard.press("Home")
    at(page, 1)


def names(faults: list[Any]) -> list[tuple[str, str]]:
    return [(fault["id"], fault["nodes"][0]["html"][:160]) for fault in faults]


@pytest.mark.parametrize(
    "screen",
    [
        pytest.param(screen, id=str(screen), marks=[] if screen in USUAL else [pytest.mark.long])
        for screen in ALL_SCREENS
    ],
)
def test_axe_finds_nothing_on_the_agenda_and_on_stage(reader: Visitor):
    page = stage(reader, "/es/present")
    results = [("agenda", names(violations(page)))]
    page.locator(".present-start").click()
    for scene in range(1, SCENES + 1):
        at(page, scene)
        results.append((str(scene), names(violations(page))))
        page.keyboard.press("ArrowRight")
    page.keyboard.press("l")
    results.append(("list", names(violations(page))))
    assert [(part, faults) for part, faults in results if faults] == []


@pytest.mark.parametrize("screen", [Screen("light", "desktop"), Screen("dark", "desktop")], ids=str)
def test_axe_finds_nothing_on_the_notes(reader: Visitor):
    page = reader.context.new_page()
    page.goto(reader.address + "/fr/present?notes=1")
    page.wait_for_selector(".present-page", state="attached")
    page.wait_for_selector(".present[data-notes]", state="attached")
    page.wait_for_function("() => document.documentElement.lang === 'fr'")
    assert names(violations(page)) == []


def test_a_phone_shows_the_scenes_in_a_column(phone: Visitor):
    page = started(phone)
    for scene in range(1, SCENES + 1):
        at(page, scene)
        wide = page.evaluate("() => [document.querySelector('.present').scrollWidth, innerWidth]")
        assert wide[0] <= wide[1]
        small = [size for size in page.evaluate(LETTERS) if size[0] < 12]
        assert small == []
        page.locator(".present-bar button").nth(1).click()
    for button in page.locator(".present-bar button").all():
        if button.is_visible():
            assert button.bounding_box()["height"] >= 44


OWN = "/en/present?meeting=own"
WORDS = dict.fromkeys(LANGUAGES, "")
NOTES = dict.fromkeys(LANGUAGES, "Said only here. {release}")
AGENDA = Meeting(
    dict.fromkeys(LANGUAGES, "Ours"),
    (Scene("/coverage?reported=detected_victims", WORDS, NOTES), Scene("/country", WORDS, WORDS)),
)


@pytest.fixture
def agenda(tmp_path: Path) -> Path:
    """A file with an agenda of two scenes; the second one waits for a state."""
    path = tmp_path / "mine.toml"
    path.write_text(meeting.written(AGENDA), "utf-8")
    return path


def load(page: Page, path: Path) -> None:
    page.locator("#agenda-file").set_input_files(path)
    page.get_by_role("button", name="Load", exact=True).click()


def test_an_own_agenda_is_loaded_and_shown_with_its_notes_and_a_state(visitor: Visitor, agenda: Path):
    page = visitor.context.new_page()
    page.goto(f"{visitor.address}/en/present")
    page.get_by_role("link", name="My agenda").click()
    load(page, agenda)
    page.wait_for_selector(READY, state="attached")
    expect(page.get_by_role("heading", name="My agenda: Ours")).to_be_visible()
    page.get_by_role("combobox", name="Your country").select_option(label="Costa Rica")
    expect(page.locator(".present-agenda li").last).to_contain_text("detected in Costa Rica")
    page.wait_for_selector(READY, state="attached")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Speaker notes in a second window").click()
    notes = opened.value
    notes.wait_for_selector(".present[data-notes]")
    expect(notes.locator(".present-words")).to_contain_text("Said only here. UNODC")
    page.bring_to_front()
    page.locator(".present-start").click()
    expect(notes.locator(".present-state")).to_have_text("These notes follow the presentation.")
    expect(page.locator(COUNT)).to_have_text("1 / 2")
    expect(page.locator(f"{SHOWN_SCENE} h2")).to_contain_text("30 of 35 states have at least one total")
    page.keyboard.press("End")
    expect(page.locator(f"{SHOWN_SCENE} h2")).to_contain_text("Costa Rica")
    expect(notes.locator(".present-speaker h2")).to_contain_text("Costa Rica")


def test_an_own_agenda_survives_typed_addresses_reloads_and_languages_until_it_is_removed(
    visitor: Visitor, agenda: Path
):
    page = visitor.context.new_page()
    page.goto(visitor.address + OWN)
    load(page, agenda)
    page.wait_for_selector(READY, state="attached")
    expect(page.get_by_text("This agenda is kept in this browser.")).to_be_visible()
    page.get_by_role("link", name="Français").click()
    page.wait_for_url("**/fr/present?meeting=own")
    expect(page.get_by_role("heading", name="Mon ordre du jour : Ours")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="My agenda: Ours")).to_be_visible()
    page.goto(visitor.address + OWN)
    expect(page.get_by_role("heading", name="My agenda: Ours")).to_be_visible()
    # On the page of another agenda it is offered.
    page.goto(f"{visitor.address}/en/present")
    page.get_by_text("Make your own agenda").click()
    page.get_by_role("button", name="Open my agenda saved in this browser").click()
    expect(page.get_by_role("heading", name="My agenda: Ours")).to_be_visible()
    page.get_by_role("button", name="Remove it from this browser").click()
    expect(page.get_by_text("This agenda is kept in this browser.")).to_be_hidden()
    page.goto(visitor.address + OWN)
    expect(page.get_by_role("heading", name="My agenda", exact=True)).to_be_visible()
    expect(page.locator("#kept-agenda")).to_be_hidden()


def test_the_faults_of_a_file_are_listed_and_one_that_is_too_large_is_refused(visitor: Visitor, tmp_path: Path):
    page, path = visitor.context.new_page(), tmp_path / "mine.toml"
    page.goto(visitor.address + OWN)
    path.write_text(meeting.written(AGENDA).replace("/coverage?reported", "/coverage?bad"), "utf-8")
    load(page, path)
    told = page.get_by_role("alert")
    expect(told).to_contain_text("1 error found; nothing was loaded.")
    expect(told).to_contain_text("mine.toml, scene 1, address: The page has no filter “bad”.")
    path.write_bytes(b"a" * 5_000_000)
    load(page, path)
    expect(told).to_contain_text("The file is larger than 64 kB.")
    assert page.evaluate("() => localStorage.getItem('atalaya.agenda')") is None


def test_without_scripts_an_agenda_is_read_whole_and_an_own_one_is_loaded(browser: Browser, address: str, agenda: Path):
    with visiting(browser, address, java_script_enabled=False) as visitor:
        page = visitor.context.new_page()
        page.goto(f"{address}/en/present?area=CRI")
        expect(page.locator(".present-agenda > li")).to_have_count(WITH_STATE)
        expect(page.locator(".present-agenda > li").last).to_contain_text("detected in Costa Rica")
        page.get_by_text("Notes", exact=True).nth(1).click()
        expect(page.get_by_text("the 10 other states that reported every year").last).to_be_visible()
        # Nothing is offered that needs a script.
        assert page.locator(".present-ways :is(button, a):visible").count() == 0
        page.goto(address + OWN)
        load(page, agenda)
        expect(page.get_by_role("heading", name="My agenda: Ours")).to_be_visible()
        page.get_by_role("combobox", name="Your country").select_option(label="Costa Rica")
        page.get_by_role("button", name="Show", exact=True).click()
        expect(page.locator(".present-agenda > li").last).to_contain_text("detected in Costa Rica")


def test_another_state_is_shown_without_loading_the_page_and_the_stage_stays_closed(visitor: Visitor):
    page = stage(visitor, "/en/present?scene=3&area=CRI")
    page.keyboard.press("Escape")
    closed(page)
    page.evaluate("() => { window.same = true }")
    page.get_by_role("combobox", name="Your country").select_option(label="Peru")
    expect(page.locator(".present-agenda li").last).to_contain_text("Peru")
    page.wait_for_selector(READY, state="attached")
    assert page.evaluate("() => window.same")
    assert page.url.endswith("/en/present?area=PER")
    page.get_by_role("button", name="Peru").click()
    expect(page.locator(f"{SHOWN_SCENE} h2")).to_contain_text("Peru")
