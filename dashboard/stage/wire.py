"""Figures on the wire: Plotly's own JSON, compressed, kept by the browser for as long as their snapshot is shown.

It differs from the drawn figure in two ways, both of which `stage.js` undoes. The lines of the ground, nine tenths of a
map's bytes, are numbers into one list that is fetched once; other long lines of whole numbers or tenths are their
bends, the differences between one step and the next: a third fewer bytes. And on a map the shapes that look alike are
one trace of `many` lists of lines, which the browser draws much faster; what each of them says and opens stands in
`shapes`, in the order of the traces.
"""

import gzip
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby, pairwise
from threading import Lock
from typing import Any

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard import static, store
from dashboard.charts.panels import Coordinates
from dashboard.charts.traces import Trace
from dashboard.stage.drawn import drawn
from dashboard.stage.request import FigureRequest, parse
from dashboard.subjects.routes.figures.arrow_traces import HANDLES

# About 10 kB each.
CACHED = 4096
# A fifth fewer bytes than the fastest level, for two more milliseconds of a figure that is then kept.
LEVEL = 6
# From this many points on a line is written as bends.
LONG = 8
_DRAWING = tuple(Lock() for _ in range(64))


def address(name: str) -> str:
    """Where a figure of the snapshot is answered for, without its parameters; seen from any document of ours."""
    return f"./figures/{store.snapshot().id}/{name}"


def routes() -> list[Route]:
    """The addresses of the ground and of all figures."""
    return [Route("/figures/{snapshot}/ground", _ground), Route("/figures/{snapshot}/{name}", _figure)]


def packed(asked: FigureRequest) -> bytes:
    """A figure as gzipped JSON: `data`, `shapes`, `layout`, `heading`, `description` and, on stage, `notes`."""
    # Of many who open the same page at once one draws, the others wait for it.
    with _DRAWING[hash(asked) % len(_DRAWING)]:
        return _packed(asked)


@lru_cache(CACHED)
def _packed(asked: FigureRequest) -> bytes:
    plate = drawn(asked)
    figure = {"layout": plate.spec["layout"], "heading": plate.heading, "description": plate.told}
    return _compressed(figure | ({"notes": plate.notes} if plate.notes else {}) | encoded(plate.spec))


@cache
def ground() -> bytes:
    """The coordinates of every outline of the ground as one gzipped list of lists."""
    return _compressed(lines())


def _compressed(content: object) -> bytes:
    return gzip.compress(orjson.dumps(content), LEVEL, mtime=0)


@cache
def lines() -> list[Coordinates]:
    """The coordinates (km) of every outline of the ground, x and y in turn."""
    basemap = store.basemap()
    outlines = [*basemap.main.values(), *basemap.inset.values(), *basemap.groups.values()]
    return [line for outline in outlines for line in (outline.x, outline.y)]


@cache
def _numbers() -> Mapping[int, int]:
    # By identity: the figures take the lists of the basemap as they are, and the basemap lives as long as the process.
    return {id(line): number for number, line in enumerate(lines())}


def encoded(spec: Mapping[str, Any]) -> dict[str, Any]:
    """The traces of a drawn figure as they are sent: `data`, and the `shapes` of those that are many."""
    if "scaleanchor" not in spec["layout"].get("yaxis", {}):
        return {"data": [trace | _lines(trace) for trace in spec["data"]]}
    shapes: list[Trace] = []
    return {"data": list(_merged(spec["data"], shapes)), "shapes": shapes}


def _merged(data: Sequence[Trace], shapes: list[Trace]) -> Iterator[Trace]:
    for place, run in groupby(data, _place):
        if place is None:
            # An arrow's handle is where it answers; in the browser all of it does.
            yield from (trace | _lines(trace) for trace in run if trace.get("meta") != HANDLES)
        else:
            # Shapes of one place do not touch: which of them is drawn first makes no difference.
            for _, alike in groupby(sorted(run, key=_look), _look):
                many = list(alike)
                shapes += [_shape(trace) for trace in many]
                outlines = {axis: [_written(trace[axis]) for trace in many] for axis in ("x", "y")}
                yield _style(many[0]) | {"hoverinfo": "skip", "many": len(many)} | outlines


def _place(trace: Trace) -> object:
    """Where shapes may change places: lands of a panel, arrows of a layer of it; None for what is no such shape."""
    if "hoveron" not in trace:
        return None
    return trace["xaxis"], trace["meta"]["layer"] if "meta" in trace else None


def _look(trace: Trace) -> str:
    return repr(_style(trace))


def _style(trace: Trace) -> Trace:
    """What shapes that look alike have in common."""
    own = {"x", "y", "name", "text", "meta", "hoveron", "hoverinfo"}
    return {key: value for key, value in trace.items() if key not in own}


def _shape(trace: Trace) -> Trace:
    """What a shape says when it is pointed at, and what a click on it opens."""
    opens = {"opens": ".".join(part or "" for part in trace["meta"]["opens"])} if "meta" in trace else {}
    return {"label": trace["text"]} | opens


def _lines(trace: Trace) -> Trace:
    return {axis: _written(trace[axis]) for axis in ("x", "y")}


def _written(line: Sequence[Any]) -> object:
    """A line as it is sent: the number of a line of the ground, the bends of a long one, and any other as it is."""
    number = _numbers().get(id(line))
    if number is not None:
        return number
    values = [value for value in line if value is not None]
    if len(values) < LONG or not all(type(value) in {int, float} and value == round(value, 1) for value in values):
        return line
    return {"bends": _steps(_steps(line))}


def _steps(line: Sequence[float | None]) -> list[float | None]:
    """The first value and the differences to it, each to the one before; a gap stays a gap."""
    values = [value for value in line if value is not None]
    steps = iter([*values[:1], *(after - before for before, after in pairwise(values))])
    return [None if value is None else _short(next(steps)) for value in line]


def _short(value: float) -> float:
    """A number to the tenth, in the fewest letters: JSON has 12.0 for a whole one that is no integer."""
    return int(value) if value == int(value) else round(value, 1)


async def _ground(request: Request) -> Response:
    return _kept(await run_in_threadpool(ground)) if _current(request) else _missing()


async def _figure(request: Request) -> Response:
    if not _current(request):
        return _missing()
    try:
        asked = parse(request.path_params["name"], dict(request.query_params))
    except ValueError as error:
        return Response(f"no such figure: {error}\n", 404, media_type="text/plain")
    return _kept(await run_in_threadpool(packed, asked))


def _current(request: Request) -> bool:
    return bool(request.path_params["snapshot"] == store.snapshot().id)


def _missing() -> Response:
    return Response("another snapshot is shown now: load the page again\n", 404, media_type="text/plain")


def _kept(body: bytes) -> Response:
    headers: dict[str, Any] = {"Cache-Control": static.FOREVER, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(body, headers=headers, media_type="application/json")
