"""The stage: no step of the years is lost, the zoom stays, and a change sends few bytes."""

import re
import zlib
from collections.abc import Callable
from itertools import groupby

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect
from shapely import Polygon
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard import store
from tests.browser.conftest import Visitor, settled

pytestmark = pytest.mark.browser
SHOWN = ".plate-figure[data-shown]"
TITLE = "() => document.querySelector('.plate-figure[data-shown]').layout.annotations[0].text"
RANGE = "() => document.querySelector('.plate-figure[data-shown]').layout.xaxis.range.map(Math.round)"
# A figure with its words, the ground and Plotly come once; what a change sends must stay small. It fetches the years
# around the new figure, and at most six figures that are one press away.
MOST_BYTES, MOST_MESSAGES, MOST_REQUESTS = 4_000, 60, 8


def test_a_hundred_quick_presses_all_count(regular: Visitor):
    page = regular.open("/region?lang=en&year=2003")
    slider = page.get_by_role("slider", name="Year")
    slider.focus()
    keys = (["ArrowRight"] * 18 + ["ArrowLeft"] * 17) * 3
    for key in keys[:100]:
        slider.press(key)
    # 18 right, 17 left, 18 right, 17 left, 18 right, 12 left.
    year = 2003 + 18 - 17 + 18 - 17 + 18 - 12
    expect(slider).to_have_value(str(year))
    page.wait_for_function(f"year => ({TITLE})().includes(`, ${{year}}:`)", arg=year)
    page.wait_for_function("year => location.search.includes(`year=${year}`)", arg=year)
    settled(page)
    expect(page.locator("[data-testid=stDataFrame]")).to_be_visible()
    expect(slider).to_have_value(str(year))


def test_the_figure_its_description_and_the_table_show_one_year(regular: Visitor):
    page = regular.open("/region?lang=en&measure=count&year=2019")
    page.get_by_role("slider", name="Year").press("ArrowLeft")
    page.wait_for_function("() => location.search.includes('year=2018')")
    settled(page)
    title = page.evaluate(TITLE).replace("<br>", " ").removeprefix("<b>").removesuffix("</b>")
    assert ", 2018:" in title
    name, text = (
        page.locator(SHOWN).get_attribute("aria-label") or "",
        page.locator(".plate-caption").text_content() or "",
    )
    # Its name has the title, which the caption does not repeat, and the caption.
    assert name.startswith(f"{title}. {text} ")
    # The notes at the foot of the figure are part of its name, and are not printed a second time.
    assert name.count("release of 28 October 2025, data to 2018") == 1
    assert "28 October 2025" not in text


def test_the_years_play_by_themselves_and_stop(regular: Visitor):
    page = regular.open("/region?lang=en&year=2019")
    page.get_by_role("button", name="Play the years").click()
    page.wait_for_function(f"() => ({TITLE})().includes(', 2021:')")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play the years")).to_be_visible()
    year = page.get_by_role("slider", name="Year").input_value()
    # Longer than two beats: only time shows that nothing goes on.
    page.wait_for_timeout(2500)
    assert page.get_by_role("slider", name="Year").input_value() == year


def test_a_span_of_years_has_two_ends_that_do_not_cross(regular: Visitor):
    page = regular.open("/routes?lang=en&years=2012-2013")
    first, last = (page.get_by_role("slider", name=name) for name in ("First year", "Last year"))
    for _ in range(3):
        first.press("ArrowRight")
    expect(last).to_have_value("2015")
    page.wait_for_function("() => location.search.includes('years=2015-2015')")
    settled(page)
    assert page.evaluate(TITLE).endswith("2015</b>")


def test_the_zoom_stays_through_years_and_other_filters(regular: Visitor):
    page = regular.open("/region?lang=en&year=2015")
    whole = page.evaluate(RANGE)
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_function(f"whole => ({RANGE})()[0] !== whole[0]", arg=whole)
    near = page.evaluate(RANGE)
    page.get_by_role("slider", name="Year").press("ArrowRight")
    page.wait_for_function(f"() => ({TITLE})().includes(', 2016:')")
    assert page.evaluate(RANGE) == near
    page.get_by_role("radio", name="Count").click()
    page.wait_for_function(f"() => !({TITLE})().includes('100,000')")
    assert page.evaluate(RANGE) == near
    page.get_by_role("button", name="The whole region").click()
    page.wait_for_function(f"whole => ({RANGE})()[0] === whole[0]", arg=whole)


# The distances in pixels from a state's code to the three nearest badges.
AROUND = """code => {
  const box = one => one.getBoundingClientRect()
  const middle = one => [box(one).x + box(one).width / 2, box(one).y + box(one).height / 2]
  const panel = document.querySelector('.plate-figure[data-shown] .subplot.xy')
  const [left, top] = middle([...panel.querySelectorAll('text')].find(one => one.textContent.startsWith(code)))
  return [...panel.querySelectorAll('path.point')].filter(one => getComputedStyle(one).fill !== 'rgba(0, 0, 0, 0)')
    .map(middle).map(([x, y]) => Math.hypot(x - left, y - top)).sort((one, other) => one - other).slice(0, 3)
}"""


def test_badges_stay_with_their_codes_at_any_zoom(regular: Visitor):
    page = regular.open("/routes?lang=en&evidence=stated&state=BRA&badges=1")
    far = page.evaluate(AROUND, "BRA")
    assert max(far) < 70
    whole = page.evaluate(RANGE)
    for _ in range(4):
        page.get_by_role("button", name="Zoom in").click()
    page.wait_for_function(
        f"whole => {{ const now = ({RANGE})(); return now[1] - now[0] < (whole[1] - whole[0]) / 4.9 }}", arg=whole
    )
    assert page.evaluate(AROUND, "BRA") == pytest.approx(far, abs=2)
    # The next figure comes with the zoom.
    page.get_by_role("slider", name="Last year").press("ArrowLeft")
    page.wait_for_function("() => location.search.includes('years=')")
    settled(page)
    assert page.evaluate(AROUND, "BRA") == pytest.approx(far, abs=2)


# The pixels in the window of a place (km) on the map of the whole region; its axes have equal units from upper left.
ON_SCREEN = """([x, y]) => {
  const plate = document.querySelector('.plate-figure[data-shown]'), { xaxis, yaxis } = plate.layout;
  const box = plate.getBoundingClientRect(), pixel = ({ range, domain }, pixels) =>
    (range[1] - range[0]) / (domain[1] - domain[0]) / pixels;
  const scale = Math.max(pixel(xaxis, box.width), pixel(yaxis, box.height));
  return [box.left + xaxis.domain[0] * box.width + (x - xaxis.range[0]) / scale,
    box.top + (1 - yaxis.domain[1]) * box.height + (yaxis.range[1] - y) / scale];
}"""


def inside(code: str, part: int) -> list[float]:
    """A point (km) well inside a land's largest part, its second largest, and so on."""
    outline = store.basemap().main[code]
    points = iter(zip(outline.x, outline.y, strict=True))
    rings = [list(ring) for gap, ring in groupby(points, key=lambda point: point[0] is None) if not gap]
    middle = sorted(map(Polygon, rings), key=lambda ring: -ring.area)[part].representative_point()
    return [middle.x, middle.y]


LABEL = ".plate-hover"
# Near the mark of a state its label is Plotly’s; on the text of its label and elsewhere the stage’s.
ANY_LABEL = f"{LABEL}:visible, {SHOWN} .hoverlayer .hovertext"
LANDS = [
    ("CAN", 0, "Canada"),
    ("CAN", 1, "Canada"),
    ("USA", 1, "United States"),
    ("ARG", 1, "Argentina"),
    ("USA", 2, "United States"),
]


@pytest.mark.parametrize("path", ["/region?lang=en", "/routes?lang=en&state=ECU"])
def test_each_land_has_its_own_label(regular: Visitor, path: str):
    page = regular.open(path)
    label = page.locator(ANY_LABEL)
    for code, part, name in LANDS:
        page.mouse.move(*page.evaluate(ON_SCREEN, inside(code, part)))
        expect(label).to_have_count(1)
        expect(label).to_contain_text(name)
        # On the ocean there is no label.
        page.mouse.move(*page.evaluate(ON_SCREEN, [4500.0, -4500.0]))
        expect(label).to_have_count(0)


# The point at the edge of an arrow that is farthest from the marks whose labels Plotly shows; an edge counts as on the
# arrow.
EDGE = """({ x, y }) => {
  const marks = document.querySelector('.plate-figure[data-shown]').data
    .filter(trace => trace.mode?.includes('markers') && trace.hovertext && (trace.xaxis ?? 'x') === 'x')
    .flatMap(trace => trace.x.map((at, n) => [at, trace.y[n]]));
  const far = n => Math.min(...marks.map(([across, up]) => Math.hypot(x[n] - across, y[n] - up)));
  const n = [...x.keys()].slice(1, -1).sort((one, other) => far(other) - far(one))[0];
  return [x[n], y[n]];
}"""
# Such points of the arrows on the map of the region, of those with a head.
ARROW = f"""() => document.querySelector('.plate-figure[data-shown]').figure.shapes
  .filter(({{ axis, opens }}) => !axis && opens && opens.split('.')[1] !== opens.split('.')[2])
  .map(shape => [...({EDGE})(shape), shape.opens, shape.label])"""


def test_an_arrow_has_its_label_and_opens_its_row(regular: Visitor):
    page = regular.open("/routes?lang=en&state=ARG&arrows=3")
    label = page.locator(LABEL)
    for x, y, opens, words in page.evaluate(ARROW):
        page.mouse.move(*page.evaluate(ON_SCREEN, [x, y]))
        expect(label).to_be_visible()
        if label.get_attribute("data-label") != words:
            continue
        page.mouse.click(*page.evaluate(ON_SCREEN, [x, y]))
        page.wait_for_function("mark => location.search.includes(mark)", arg=opens.split(".", 1)[1])
        return
    pytest.fail("no arrow answers at its middle")


def test_the_wheel_with_a_key_zooms_to_the_pointer(regular: Visitor):
    page = regular.open("/region?lang=en")
    whole, place = page.evaluate(RANGE), inside("USA", 1)
    spot = page.evaluate(ON_SCREEN, place)
    page.mouse.move(*spot)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    page.wait_for_function(f"whole => ({RANGE})()[0] !== whole[0]", arg=whole)
    assert page.evaluate(ON_SCREEN, place) == pytest.approx(spot, abs=1)
    expect(page.locator(ANY_LABEL)).to_contain_text("United States")


def traffic(page: Page) -> tuple[list[bytes], list[str]]:
    messages: list[bytes] = []
    requests: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: messages.append(bytes(data))))
    page.on("requestfinished", lambda request: requests.append(request.url))
    return messages, requests


def on_the_wire(messages: list[bytes]) -> list[int]:
    """The bytes of each, compressed one after another as websockets are (RFC 7692)."""
    press = zlib.compressobj(wbits=-zlib.MAX_WBITS, memLevel=5)
    return [len(press.compress(message) + press.flush(zlib.Z_SYNC_FLUSH)) for message in messages]


DESCRIBED = "Routes described in reports"


ADDRESS = "() => new URL(document.querySelector('.plate').dataset.address, document.baseURI).href"
FETCHED = "option => performance.getEntriesByType('resource').some(one => one.name.includes(option))"


@pytest.mark.parametrize(
    ("path", "name", "option"),
    [("/region?lang=en", "Count", "measure=count"), ("/routes?lang=en", DESCRIBED, "evidence=stated")],
)
def test_a_change_sends_few_bytes_and_its_figure_is_there_before(visitor: Visitor, path: str, name: str, option: str):
    page = visitor.context.new_page()
    messages, requests = traffic(page)
    page.goto(visitor.address + path)
    settled(page)
    # Wait until the page has finished what it does by itself: it fetches what is one press away.
    page.wait_for_function(FETCHED, arg=option)
    page.wait_for_load_state("networkidle")
    before = len(messages)
    requests.clear()
    page.get_by_role("radio", name=name).click()
    page.wait_for_function("option => location.search.includes(option)", arg=option)
    settled(page)
    assert page.evaluate(ADDRESS) not in requests
    assert 0 < sum(on_the_wire(messages)[before:]) <= MOST_BYTES
    assert len(messages) - before <= MOST_MESSAGES
    # What was one press away before may still be on its way.
    assert len([request for request in requests if option in request]) <= MOST_REQUESTS
    kinds = [ForwardMsg.FromString(message).WhichOneof("type") for message in messages[before:]]
    assert kinds.count("script_finished") == 1
    assert all(re.search("/figures/", request) for request in requests)


# Notes the measure of each figure that is painted, in order.
MEASURES = """() => {
  const plate = document.querySelector('.plate'), measure = address => new URLSearchParams(address).get('measure')
  window.measures = []
  new MutationObserver(() => window.measures.push(measure(plate.dataset.address)))
    .observe(plate, { attributeFilter: ['data-address'] })
}"""


def test_a_choice_is_painted_before_the_server_knows_and_none_is_undone(visitor: Visitor):
    page = visitor.context.new_page()
    held: list[Callable[[], None]] = []
    hold = False

    def between(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            if hold:
                held.append(lambda: server.send(message))
            else:
                server.send(message)

        socket.on_message(pass_on)

    page.route_web_socket(re.compile("_stcore/stream"), between)
    page.goto(f"{visitor.address}/region?lang=en&measure=rate")
    settled(page)
    page.evaluate(MEASURES)
    hold = True
    chosen = ["count", "rate", "count"]
    for at, measure in enumerate(chosen, 1):
        name = "Count" if measure == "count" else "Per 100,000 population"
        page.get_by_role("radio", name=name).click()
        page.wait_for_function("at => window.measures.length === at", arg=at)
    assert "measure=" not in page.url
    hold = False
    assert held
    for send in held:
        send()
    page.wait_for_url(re.compile("measure=count"))
    settled(page)
    assert page.evaluate("() => window.measures") == chosen
    expect(page.get_by_role("radio", name="Count")).to_be_checked()
    expect(page.get_by_role("radio", name="Count")).to_be_focused()


def test_a_state_is_opened_without_the_map(regular: Visitor):
    page = regular.open("/region?lang=en")
    page.get_by_role("combobox", name="Open a state").click()
    page.keyboard.type("Brazil", delay=30)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/country\?.*area=BRA"))
    settled(page)
