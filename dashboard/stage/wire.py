"""Sends figures to the browser as gzipped JSON, which the browser may cache while the snapshot is current.

The show gets them as drawings in SVG, readers who explore a figure as data for Plotly. These differ from the figure in
two ways, and `present/figures.js` reverses both:

- Lines. The lines of the basemap make up nine tenths of a map's bytes, so a figure refers to them by number, and the
  browser fetches the list of them once (`/figures/<snapshot>/ground`). Other long lines of whole numbers or tenths are
  sent as second differences (`bends`), a third fewer bytes.
- Shapes. On a map, shapes of the same style become one trace with `many` lines, which the browser draws much faster.
  `shapes` has the label of each shape and what a click on it opens, in the order of the traces.
"""

import gzip
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby, pairwise
from threading import Lock
from typing import Any
from zlib import crc32

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard import metrics, sending, static, store
from dashboard.charts.panels import Coordinates
from dashboard.charts.render.inline import StageSheet
from dashboard.charts.render.model import drawing
from dashboard.charts.render.svg import svg
from dashboard.charts.traces import HANDLES, Trace
from dashboard.stage.drawn import drawn
from dashboard.stage.request import AS_DRAWING, FigureRequest, parse
from dashboard.turns import DRAWING, found_or_made
from data.verified import Verified

# Figures in the cache, about 10 kB each.
CACHED = 4096
# The gzip level: a fifth fewer bytes than the fastest, for two more milliseconds once per figure.
LEVEL = 6
# A line of at least this many points is sent as bends.
LONG = 8
_LOCKS = tuple(Lock() for _ in range(64))


def address(name: str) -> str:
    """The address of a figure of the current snapshot, without parameters, relative to any document of the site."""
    return f"./figures/{store.snapshot().id}/{name}"


def routes() -> list[Route]:
    """The routes of the basemap lines and of all figures."""
    return [Route("/figures/{snapshot}/ground", _ground), Route("/figures/{snapshot}/{name}", _figure)]


def packed(request: FigureRequest) -> bytes:
    """A figure as gzipped JSON: `svg`, or `data` and `shapes`; `layout`, and the words of its frame."""
    # When many readers open the same page at once, one thread draws the figure and the others wait for it.
    with _LOCKS[hash(request) % len(_LOCKS)]:
        return _gzipped(request)


# `drawn` reads the open snapshot; its tables are the key, so that no figure of another snapshot is ever sent.
@store.cached_up_to(CACHED)
def _gzipped(_snap: store.Tables, request: FigureRequest) -> bytes:
    plate = drawn(request)
    words = {name: getattr(plate, name) for name in ("heading", "description", "alt", "source", "notes")}
    figure = {"svg": _svg(plate.spec, request)} if request.value(AS_DRAWING) else encoded(plate.spec)
    return gzip.compress(orjson.dumps({"layout": plate.spec["layout"]} | words | figure), LEVEL, mtime=0)


def _svg(spec: Mapping[str, Any], request: FigureRequest) -> str:
    """A figure in the letters of its page, which may have several."""
    shapes = drawing(spec, request.medium.across, theme=None)
    prefix = f"{request.name}-{crc32(repr(request.given).encode())}"
    return svg(shapes, font="inherit", prefix=prefix, kind=StageSheet)


@store.cached
def ground(snap: store.Tables) -> sending.Content:
    """`lines` as JSON."""
    return sending.Content(orjson.dumps(lines.of(snap)), "application/json")


@store.cached
def lines(snap: store.Tables) -> list[Coordinates]:
    """The coordinates (km) of every outline of the basemap: x and y alternate."""
    basemap = store.basemap.of(snap)
    outlines = [*basemap.main.values(), *basemap.inset.values(), *basemap.groups.values()]
    return [line for outline in outlines for line in (outline.x, outline.y)]


@store.cached
def _line_numbers(snap: store.Tables) -> Mapping[int, int]:
    # Keyed by identity: figures use the basemap's own lists, and the store keeps the basemap.
    return {id(line): number for number, line in enumerate(lines.of(snap))}


def encoded(spec: Mapping[str, Any]) -> dict[str, Any]:
    """The traces of a drawn figure as they are sent: `data` and, for a map, `shapes`."""
    if "scaleanchor" not in spec["layout"].get("yaxis", {}):
        return {"data": [trace | _lines(trace) for trace in spec["data"]]}
    shapes: list[Trace] = []
    return {"data": list(_merged(spec["data"], shapes)), "shapes": shapes}


def _merged(data: Sequence[Trace], shapes: list[Trace]) -> Iterator[Trace]:
    for group, traces in groupby(data, _group):
        if group is None:
            # The handle of an arrow is its hover target in a plain chart; in the stage the whole arrow is one.
            alone = (trace for trace in traces if trace.get("meta") != HANDLES)
            for _, alike in groupby(alone, _alike):
                joined = _joined(list(alike))
                yield joined | _lines(joined)
        else:
            # Shapes of one group do not overlap, so their order can change.
            for _, similar in groupby(sorted(traces, key=_style_key), _style_key):
                members = list(similar)
                shapes += [_shape(trace) for trace in members]
                outlines = {axis: [_encoded_line(trace[axis]) for trace in members] for axis in ("x", "y")}
                yield _style(members[0]) | {"hoverinfo": "skip", "many": len(members)} | outlines


def _group(trace: Trace) -> object:
    """The group of a shape, within which order does not matter (panel and layer); None for other traces."""
    if "hoveron" not in trace:
        return None
    return trace["xaxis"], trace["meta"]["layer"] if "meta" in trace else None


def _alike(trace: Trace) -> object:
    """The look of an area without an answer, such as a bar or a circle: neighbors of one look are one trace."""
    return _style_key(trace) if "fill" in trace else id(trace)


def _joined(traces: Sequence[Trace]) -> Trace:
    """The outlines of traces of one look as one trace, with gaps between them."""
    first, *others = traces
    if not others:
        return first
    lines = {axis: [*first[axis], *(at for one in others for at in (None, *one[axis]))] for axis in ("x", "y")}
    return {key: value for key, value in first.items() if key != "name"} | lines


def _style_key(trace: Trace) -> str:
    return repr(_style(trace))


def _style(trace: Trace) -> Trace:
    """The properties of a trace that shapes of one style share."""
    individual = {"x", "y", "name", "text", "meta", "hoveron", "hoverinfo"}
    return {key: value for key, value in trace.items() if key not in individual}


def _shape(trace: Trace) -> Trace:
    """The hover label of a shape and, where a click opens something, its mark (`opens`)."""
    opens = {"opens": ".".join(part or "" for part in trace["meta"]["opens"])} if "meta" in trace else {}
    return {"label": trace["text"]} | opens


def _lines(trace: Trace) -> Trace:
    return {axis: _encoded_line(trace[axis]) for axis in ("x", "y")}


def _encoded_line(line: Sequence[Any]) -> object:
    """A line as it is sent: its number if it is of the basemap, bends if it is long, otherwise unchanged."""
    number = _line_numbers().get(id(line))
    if number is not None:
        return number
    values = [value for value in line if value is not None]
    if len(values) < LONG or not all(type(value) in {int, float} and value == round(value, 1) for value in values):
        return line
    return {"bends": _steps(_steps(line))}


def _steps(line: Sequence[float | None]) -> list[float | None]:
    """The first value, then the difference of each value from the one before; None (a gap) stays None."""
    values = [value for value in line if value is not None]
    differences = iter([*values[:1], *(after - before for before, after in pairwise(values))])
    return [None if value is None else _compact(next(differences)) for value in line]


def _compact(value: float) -> float:
    """A number rounded to the tenth; whole numbers become integers, which JSON writes shorter (12, not 12.0)."""
    return int(value) if value == int(value) else round(value, 1)


async def _ground(request: Request) -> Response:
    snapshot = await _snapshot(request)
    if not snapshot:
        return _missing()
    with store.reading(snapshot):
        content = await found_or_made(DRAWING, request.scope, ground.found, ground)
    return await content.response(request.headers, **{"Cache-Control": static.FOREVER})


async def _figure(request: Request) -> Response:
    snapshot = await _snapshot(request)
    if not snapshot:
        return _missing()
    try:
        figure_request = parse(request.path_params["name"], dict(request.query_params))
    except ValueError:
        return Response("no such figure\n", 404, media_type="text/plain")
    with store.reading(snapshot), metrics.FIGURE.labels(figure_request.name).time():
        kept, make = partial(_gzipped.found, figure_request), partial(packed, figure_request)
        return _cacheable(await found_or_made(DRAWING, request.scope, kept, make))


async def _snapshot(request: Request) -> Verified | None:
    """The snapshot of an address: the current one, or an earlier one that a reader's page is of."""
    return await store.snapshot_named(request.path_params["snapshot"])


def _missing() -> Response:
    return Response("another snapshot is shown now: load the page again\n", 404, media_type="text/plain")


def _cacheable(body: bytes) -> Response:
    headers: dict[str, Any] = {"Cache-Control": static.FOREVER, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(body, headers=headers, media_type="application/json")
