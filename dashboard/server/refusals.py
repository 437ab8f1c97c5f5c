"""How a request is refused: its status, a sentence in the reader's language, and when to try again.

A client that asks for too much gets 429. 503 says that this server has no place, whoever asks: a proxy may take it for
one that is out of order. Each refusal is a line in the log and counted.
"""

import logging

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response
from starlette.types import Scope

from dashboard import metrics
from dashboard.server import api
from dashboard.server.addresses import reader
from dashboard.turns import ExcessError

EXCESS = 429
FULL = 503
# Seconds until a client may try again.
LATER = "5"
LOG = logging.getLogger("atalaya.guard")


def note(scope: Scope, status: int) -> None:
    """Write a line about a refusal, and count it."""
    LOG.warning("refused", extra={"kind": scope["type"], "status": status})
    metrics.REFUSALS.labels(scope["type"], status).inc()


async def too_many(connection: HTTPConnection, error: Exception) -> Response:
    """The answer where too many wait: Starlette's handler of `FullError`."""
    return busy(connection.scope, error)


def busy(scope: Scope, error: Exception) -> Response:
    """The answer to a client of which too many requests wait (429), or where too many of all do (503)."""
    status = EXCESS if isinstance(error, ExcessError) else FULL
    note(scope, status)
    sentence = reader(scope).text("Too many requests at once. Try again in a few seconds.")
    headers = {"Cache-Control": "no-store", "Retry-After": LATER}
    if api.asks(scope):
        return api.error(status, sentence, headers)
    return PlainTextResponse(f"{sentence}\n", status, headers)
