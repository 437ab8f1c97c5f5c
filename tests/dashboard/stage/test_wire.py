"""Every figure and its address: the request, the drawing, and the bytes sent."""

import gzip
import itertools
import json
import math
import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode
from xml.etree import ElementTree as ET

import plotly.graph_objects as go
import pytest
from shapely import Polygon
from starlette.applications import Starlette

from dashboard import static, store
from dashboard.catalog import figures
from dashboard.charts.traces import HANDLES
from dashboard.stage import wire
from dashboard.stage.drawn import drawn
from dashboard.stage.request import defaults, parse, query
from dashboard.subjects import shared
from dashboard.subjects.explore import filters as explore_filters
from dashboard.subjects.ledger import filters as ledger_filters
from dashboard.subjects.routes import filters as routes_filters
from data.i18n import language
from tests import threads
from tests.in_turn import in_turn

VALUES = {
    "region_change": {},
    "region_victims": {},
    "region_convictions": {},
    "region": {
        "indicator": "detected_victims",
        "measure": "rate",
        "year": 2019,
        "latest": False,
        "edition": "newest",
        "subregion": "all",
    },
    "routes": {
        "evidence": "counted",
        "state": ["MEX", "USA"],
        "position": "any",
        "years": (2012, 2019),
        "form": [],
        "minimum": 1,
        "arrows": 25,
        "through": False,
        "questioned": False,
        "agreement": "any",
        "migrants": "crossings",
        "picture": "map",
        "sorted": "name",
        "edition": "newest",
    },
    "state_routes": {"area": "CRI", "evidence": "stated", "position": "any", "edition": "newest"},
    "series": {"area": "CRI", "edition": "newest"},
    "laws": {"area": "CRI", "edition": "newest"},
    "victims": {"area": "CRI", "edition": "newest"},
    "coverage_map": {"reported": "detected_victims", "edition": "newest"},
    "coverage_matrix": {"reported": "detected_victims", "edition": "newest"},
    "revisions": {"reported": "offences", "revised": "URY", "masking": True},
    "parties_map": {"treaty": "palermo_protocol", "year_end": 2014},
    "parties_chart": {"treaty": "untoc", "all_treaties": True},
    "ledger_bars": {
        "theme": ["protection_and_assistance"],
        "objective": [],
        "addressed": "states",
        "state": [],
        "dated": ledger_filters.YEARS.default,
        "grade": [],
    },
    "ledger_matrix": {
        "theme": ["legal_framework", "data_and_knowledge"],
        "objective": [],
        "addressed": "any",
        "state": [],
        "dated": ledger_filters.YEARS.default,
        "grade": [],
    },
    "ledger_map": {"paragraph": "23", "dated": ledger_filters.YEARS.default, "grade": []},
    "compare": {"one": "BOL", "other": "region", "compared": "persons_convicted", "edition": "newest"},
    "between": {"one": "BOL", "other": "ARG", "edition": "newest"},
    "pair_map": {"one": "ARG", "other": "BOL", "edition": "newest"},
    "pair_routes": {"one": "NIC", "other": "PAN", "edition": "newest"},
    "explore": {
        "reading": "multiples",
        "indicators": ["detected_victims", "offences"],
        "state": ["ARG", "CRI"],
        "sum": [],
        "period": (2012, 2019),
        "sex": ["total", "female"],
        "age": ["total"],
        "exploitation": ["total"],
        "one_scale": False,
        "edition": "newest",
    },
}
LOOK = {"width": "1680", "dark": "0"}


def request_for(name, lang="en", look=LOOK, **changed):
    values = VALUES[name] if name in VALUES else defaults(name, {})
    return parse(name, query(name, values | changed, lang) | look)


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


def get(path, params=None):
    """One request to our own routes from one of our pages, in plain ASGI from this machine."""
    path = path.removeprefix(".")
    messages = []

    async def send(message):
        messages.append(message)

    async def receive():
        return {"type": "http.request"}

    scope = {"type": "http", "method": "GET", "path": path, "query_string": urlencode(params or {}).encode()}
    scope |= {"headers": [], "client": ("127.0.0.1", 5), "http_version": "1.1"}
    threads.run(Starlette(routes=[*static.routes(), *wire.routes()])(scope, receive, send))
    headers = {name.decode(): text.decode() for name, text in messages[0]["headers"]}
    return Answer(messages[0]["status"], headers, b"".join(message.get("body", b"") for message in messages[1:]))


@pytest.mark.parametrize(("name", "lang"), in_turn(figures()))
@pytest.mark.parametrize("look", [LOOK, {"width": "640", "dark": "1"}], ids=["wide", "phone"])
def test_plotly_accepts_every_figure_and_it_has_a_description_in_every_language(name, lang, look):
    plate = drawn(request_for(name, lang, look))
    assert go.Figure(plate.spec).data
    assert plate.alt
    assert plate.alt.endswith(plate.description)
    assert plate.alt.startswith(plate.title)
    assert plate.measure in plate.alt
    assert all([plate.title, plate.measure, plate.source])


def outline(written, lines):
    """A line as the browser's stage reads it: a number into the ground, bends, or as it is."""
    if isinstance(written, int):
        return lines[written]
    return summed(summed(written["bends"])) if isinstance(written, dict) else written


def summed(steps):
    at, read = 0, []
    for step in steps:
        at += step or 0
        read.append(None if step is None else at)
    return read


def sent(name, **changed):
    """A figure as the browser's stage reads it, each shape expanded to its own trace, and how many traces were sent."""
    figure = json.loads(gzip.decompress(wire.packed(request_for(name, **changed))))
    lines, answers = json.loads(wire.ground().body), iter(figure.get("shapes", []))
    figure["many"] = []
    for trace in figure["data"]:
        common = {key: value for key, value in trace.items() if key not in {"x", "y", "many", "hoverinfo"}}
        if "many" in trace:
            outlines = zip(trace["x"], trace["y"], strict=True)
            places = [{"x": outline(x, lines), "y": outline(y, lines)} for x, y in outlines]
            figure["many"].append([common | place | next(answers) for place in places])
        else:
            trace |= {axis: outline(trace[axis], lines) for axis in ("x", "y")}
    figure["alone"] = [trace for trace in figure["data"] if "many" not in trace]
    assert next(answers, None) is None
    return figure


def plain(value):
    return json.loads(json.dumps(value))


def rounded(trace):
    """A trace with its coordinates to the tenth."""
    tenths = {
        axis: [round(float(at), 1) if type(at) in {int, float} else at for at in trace[axis]] for axis in ("x", "y")
    }
    return trace | tenths


@pytest.mark.parametrize("name", figures())
def test_the_sent_figure_is_the_drawn_figure(name):
    plate, figure = drawn(request_for(name)), sent(name)
    drawing = plain([trace for trace in plate.spec["data"] if trace.get("meta") != HANDLES])
    shapes = [trace for trace in drawing if figure["many"] and "hoveron" in trace]
    assert in_order(map(bare, itertools.chain(*figure["many"]))) == in_order(map(bare, shapes))
    assert apart(figure["alone"]) == apart(trace for trace in drawing if trace not in shapes)
    assert figure["layout"] == plain(plate.spec["layout"])
    for word in ("heading", "description", "alt", "source", "notes"):
        assert figure[word] == plain(getattr(plate, word))


def apart(traces):
    """Traces in order; those that only fill areas are several, one for each outline, without a name."""
    found = []
    for trace in map(rounded, traces):
        places = list(zip(trace["x"], trace["y"], strict=True))
        filled = "fill" in trace and "hoveron" not in trace
        gaps = [at for at, place in enumerate(places) if filled and None in place]
        for start, end in zip([0, *(at + 1 for at in gaps)], [*gaps, len(places)], strict=True):
            part = {axis: trace[axis][start:end] for axis in ("x", "y")}
            found.append({key: value for key, value in trace.items() if not filled or key != "name"} | part)
    return found


def bare(shape):
    """A shape without its name and Plotly's hover settings, with its label and target."""
    own = {"name", "meta", "hoveron", "hoverinfo", "text", "label", "opens"}
    return {key: value for key, value in shape.items() if key not in own} | words(shape)


def words(shape):
    """The label and target of a shape, as drawn or as sent."""
    opens = shape.get("opens") or ".".join(part or "" for part in shape.get("meta", {}).get("opens", []))
    return {"label": shape.get("text") or shape["label"], "opens": opens}


def in_order(traces):
    return sorted(json.dumps(rounded(trace), sort_keys=True) for trace in traces)


def test_a_figure_of_the_region_is_small_on_the_wire():
    sizes = [
        len(wire.packed(request_for("region", indicator=code, year=y)))
        for code in shared.INDICATOR.options
        for y in (2012, 2021)
    ]
    assert max(sizes) < 10_000


@pytest.mark.parametrize("look", [LOOK, {"width": "640", "dark": "1"}], ids=["wide", "phone"])
@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"state": []},
        {"state": [], "minimum": 1, "arrows": 25},
        {"state": [], "years": (2007, 2023), "arrows": 40, "questioned": True},
        {"state": ["ARG"], "arrows": 40},
        {"evidence": "stated", "state": []},
        {"evidence": "stated", "state": ["COL"]},
        {"picture": "matrix", "state": [], "arrows": 100},
        {"picture": "order", "state": [], "arrows": 100},
        {"picture": "order", "evidence": "stated", "state": [], "arrows": 100},
    ],
    ids=repr,
)
def test_a_figure_of_routes_is_small_on_the_wire(changed, look):
    assert len(wire.packed(request_for("routes", look=look, **changed))) < 20_000


@pytest.mark.parametrize("look", [LOOK, {"width": "640", "dark": "1"}], ids=["wide", "phone"])
@pytest.mark.parametrize("reading", explore_filters.READING.options)
def test_a_figure_of_all_states_on_explore_is_small_on_the_wire(reading, look):
    usual = {
        "indicators": ["detected_victims"],
        "state": [],
        "period": explore_filters.PERIOD.default,
        "sex": ["total"],
    }
    assert len(wire.packed(request_for("explore", look=look, reading=reading, **usual))) < 20_000


@pytest.mark.parametrize(("name", "looks", "axes"), [("region", 9, ("x", "x2")), ("routes", 2, ("x",))])
def test_areas_of_one_style_are_one_trace_per_panel(name, looks, axes):
    lands = [many for many in sent(name)["many"] if "." not in many[0].get("opens", "")]
    for axis in axes:
        here = [many[0] for many in lands if many[0]["xaxis"] == axis]
        assert 1 < len(here) <= looks
        assert len({(shape["fillcolor"], str(shape["line"]), str(shape.get("fillpattern"))) for shape in here}) == len(
            here
        )
    assert sum(len(many) for many in lands if many[0]["xaxis"] == "x") == len(shared.AREA.options)


def arrows(name="routes", **changed):
    return [trace for trace in drawn(request_for(name, **changed)).spec["data"] if "→" in trace.get("name", "")]


def test_each_arrow_is_a_trace_with_its_label():
    """Arrows may cross: none is joined with another one."""
    figure = sent("routes", state=[], evidence="stated")
    many = [shapes for shapes in figure["many"] if "opens" in shapes[0]]
    assert {len(shapes) for shapes in many} == {1}
    labels = {(shape["label"], shape["opens"]) for shapes in many for shape in shapes}
    assert labels == {tuple(words(trace).values()) for trace in arrows(state=[], evidence="stated")}
    assert len(figure["data"]) < 66


@pytest.mark.parametrize("width", ["640", "1680"])
def test_arrow_outlines_have_one_orientation_so_that_no_crossing_is_a_hole(width):
    look = {"width": width, "dark": "0"}
    ways = set()
    for trace in arrows(state=[], evidence="stated", arrows=100, look=look):
        points = list(zip(trace["x"], trace["y"], strict=True))
        # The shoelace formula: twice the area, signed by orientation.
        twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise([*points, points[0]]))
        ways.add(twice > 0)
    assert len(ways) == 1


@pytest.mark.parametrize("look", [LOOK, {"width": "640", "dark": "1"}], ids=["wide", "phone"])
@pytest.mark.parametrize("evidence", routes_filters.EVIDENCE.options)
def test_the_maximum_number_of_arrows_is_still_small(evidence, look):
    usual = {"evidence": evidence, "state": [], "years": routes_filters.years()}
    body = wire.packed(request_for("routes", look=look, **usual, arrows=routes_filters.MOST_ARROWS, questioned=True))
    # A hundred direct routes and fifty legs.
    assert len(body) < 22_000
    assert len(json.loads(gzip.decompress(body))["data"]) < 135


def test_a_figure_and_the_ground_are_served_and_cached():
    answer = get(wire.address("region"), query("region", VALUES["region"], "en") | LOOK)
    assert answer.status == 200
    assert "immutable" in answer.headers["cache-control"]
    assert "2019" in json.loads(gzip.decompress(answer.body))["heading"]
    assert json.loads(get(wire.address("ground")).body)[0]


@pytest.mark.parametrize(
    "changed",
    [{"year": "3000"}, {"lang": "xx"}, {"width": "99999"}, {"dark": "maybe"}, {"more": "1"}, {"indicator": "<script>"}],
)
def test_an_invalid_address_is_refused(changed):
    answer = get(wire.address("region"), query("region", VALUES["region"], "en") | LOOK | changed)
    assert answer.status == 404
    assert answer.headers["content-type"].startswith("text/plain")


# Addresses as they were before filters were added (`sorted`, `sum`), and with one that is gone (`badges`).
ROUTES_BEFORE = "position=any&form=none&through=0&badges=0&edition=newest&width=1680&dark=0&"
EXPLORE_BEFORE = "sex=total&age=total&exploitation=total&one_scale=0&edition=newest&width=1680&dark=0&"


@pytest.mark.parametrize(
    ("name", "before", "added"),
    [
        ("region", "indicator=detected_victims&year=2019&width=1680", {"measure": "rate", "latest": "0", "dark": "0"}),
        (
            "routes",
            f"{ROUTES_BEFORE}evidence=counted&state=none&years=2010-2018&minimum=5&arrows=50&questioned=1&picture=matrix&lang=en",
            {"agreement": "any", "migrants": "0", "sorted": "name"},
        ),
        (
            "explore",
            f"{EXPLORE_BEFORE}reading=heat&indicators=detected_victims&state=ARG,BRA&period=2010-2020&lang=en",
            {"sum": "none"},
        ),
    ],
)
def test_an_old_address_has_the_figure_with_the_defaults_of_later_filters(name, before, added):
    given = dict(parse_qsl(before))
    answer = get(wire.address(name), given)
    assert answer.status == 200
    given.pop("badges", None)
    assert answer.body == get(wire.address(name), given | added).body


def test_another_snapshot_and_another_name_are_refused():
    other = "0" * len(store.snapshot().id)
    known = query("region", VALUES["region"], "en") | LOOK
    assert get(wire.address("region"), known).status == 200
    assert get(wire.address("region").replace(store.snapshot().id, other), known).status == 404
    assert get(wire.address("ground").replace(store.snapshot().id, other)).status == 404
    assert get(wire.address("nothing"), LOOK).status == 404


@pytest.mark.parametrize("name", static.FILES)
def test_files_are_served_only_under_their_version(name):
    answer = get(static.address(name))
    assert answer.body == b"\n".join(path.read_bytes() for path in static.FILES[name])
    assert "immutable" in answer.headers["cache-control"]
    assert get(f"/assets/0000/{name}").status == 404
    assert get("/assets/0000/../server.py").status == 404


def test_a_figure_has_the_same_frame_on_its_page_on_a_phone_and_on_stage():
    looks = LOOK, {"width": "640", "dark": "0"}, {"width": "960", "dark": "0", "stage": "356"}
    every = [drawn(request_for("state_routes", "es", look)) for look in looks]
    assert language("es").country("CRI") in every[0].title
    assert len({(one.title, one.measure, one.source, tuple(one.notes)) for one in every}) == 1


def test_concurrent_requests_share_one_drawing(monkeypatch):
    drawings = []

    def slowly(figure_request):
        drawings.append(figure_request)
        time.sleep(0.05)
        return drawn(figure_request)

    monkeypatch.setattr(wire, "drawn", slowly)
    store.tables().forget(wire._gzipped)
    figure_request = request_for("region", look={"width": "720", "dark": "1"})
    with ThreadPoolExecutor(8) as pool:
        bodies = set(pool.map(wire.packed, [figure_request] * 8))
    assert len(bodies) == 1
    assert drawings == [figure_request]


@pytest.mark.parametrize("width", ["640", "641", "800", "1280"])
@pytest.mark.parametrize(
    ("area", "position"), [("USA", "origin"), ("COL", "origin"), ("HTI", "origin"), ("CRI", "any")]
)
def test_no_arrow_covers_a_map(area, position, width):
    changed = {"area": area, "evidence": "stated", "position": position}
    plate = drawn(request_for("state_routes", look={"width": width, "dark": "0"}, **changed))
    arrows = [trace for trace in plate.spec["data"] if "→" in trace.get("name", "")]
    assert arrows
    for trace in arrows:
        axes = (
            plate.spec["layout"][trace[axis].replace(axis[0], f"{axis[0]}axis")]["range"] for axis in ("xaxis", "yaxis")
        )
        whole = math.prod(abs(high - low) for low, high in axes)
        parts = [
            [*group]
            for known, group in itertools.groupby(
                zip(trace["x"], trace["y"], strict=True), key=lambda at: at[0] is not None
            )
            if known
        ]
        assert sum(Polygon(part).area for part in parts) < 0.03 * whole, trace["name"]


@pytest.mark.parametrize("name", ["region", "routes", "region_victims"])
def test_the_show_gets_a_figure_as_a_drawing_of_the_same_words(name):
    query = {"lang": "en", "width": "930", "stage": "392", "dark": "0"}
    plain, made = (json.loads(gzip.decompress(wire.packed(parse(name, query | {"drawing": one})))) for one in "01")
    assert "svg" not in plain
    assert made.keys() == {*plain.keys(), "svg"} - {"data", "shapes"}
    root = ET.fromstring(made["svg"])  # noqa: S314 - ours
    assert root.get("viewBox") == f"0 0 930 {made['layout']['height']}"
    words = " ".join("".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text"))
    shown = [text for trace in plain["data"] if trace.get("mode") == "text" for text in trace["text"]]
    assert shown
    for text in shown:
        assert all(re.sub("<[^>]*>", "", line).strip() in words for line in text.split("<br>")), text
