"""Figures on the wire: compact, compressed, kept by the browser for as long as their snapshot is shown."""

import gzip
from functools import cache, lru_cache
from threading import Lock
from typing import Any

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard import static, store
from dashboard.plates import packing
from dashboard.plates.asked import Asked, parse
from dashboard.plates.drawn import drawn

# About 10 kB each.
KEPT = 4096
# A fifth fewer bytes than the fastest level, for two more milliseconds of a figure that is then kept.
LEVEL = 6
_DRAWING = tuple(Lock() for _ in range(64))


def address(name: str) -> str:
    """Where a figure of the snapshot is answered for, without its parameters; seen from any document of ours."""
    return f"./figures/{store.snapshot().id}/{name}"


def routes() -> list[Route]:
    """The addresses of the ground and of all figures."""
    return [Route("/figures/{snapshot}/ground", _ground), Route("/figures/{snapshot}/{name}", _figure)]


def packed(asked: Asked) -> bytes:
    """A figure as gzipped JSON: `data` and `words` as packed, `layout`, `heading`, `told`."""
    # Of many who open the same page at once one draws, the others wait for it.
    with _DRAWING[hash(asked) % len(_DRAWING)]:
        return _packed(asked)


@lru_cache(KEPT)
def _packed(asked: Asked) -> bytes:
    plate = drawn(asked)
    told = {"layout": plate.spec["layout"], "heading": plate.heading, "told": plate.told}
    told |= {"notes": plate.notes} if plate.notes else {}
    told |= packing.packed(plate.spec["data"])
    return gzip.compress(orjson.dumps(told), LEVEL, mtime=0)


@cache
def ground() -> bytes:
    """The coordinates of every outline of the ground as one gzipped list of lists."""
    return gzip.compress(orjson.dumps(packing.lines()), mtime=0)


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
