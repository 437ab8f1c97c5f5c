"""What comes from outside is read in a process of its own, with limits on time and memory; clients take turns.

What a parser needs cannot be known from the size of its input. So files, workbooks and kept agendas are parsed where
that can be stopped, and what comes back is small and plain.
"""

import logging
import sys
from collections.abc import Callable, Mapping
from typing import Any

from dashboard import metrics, workshop
from dashboard.turns import SPENT, ExcessError, FullError, Turns
from dashboard.workshop import LimitError, Limits, Workshop, WorkshopError
from data import meeting
from data.report import reading

# How many are read at once, and how many may wait: of all, and of one address (that of a meeting room).
AT_ONCE = 1
MOST_WAITING = 240
OF_ONE = 80
TURNS = Turns(AT_ONCE, MOST_WAITING, OF_ONE, SPENT)
# Of one input. The largest workbook of ours takes half a second and 60 MB.
LIMITS = Limits(seconds=2, megabytes=512)
# Seconds on the clock after which an input is given up, however little of the processor its process has had.
LONGEST = 30.0
READERS: Mapping[str, Callable[..., Any]] = {
    "agenda": meeting.table,
    "kept agenda": meeting.kept_table,
    "workbook": reading.read,
}
LOG = logging.getLogger("atalaya.received")
_WORKSHOP = Workshop(__name__, LONGEST)


def read(kind: str, names: tuple[str, ...], *arguments: object) -> Any:  # noqa: ANN401 - what the reader returns
    """What a reader returns, called in the process in its turn.

    Args:
        kind: a reader, one of `READERS`.
        names: the sender's names in the queue.
        arguments: those of the reader.

    Raises:
        FullError: too many wait.
        LimitError: it takes too much time or memory, or the process cannot read it to its end.
        Exception: what the reader raises for its caller.
    """
    try:
        with TURNS.taken(*names):
            result, error = _ordered((kind, arguments))
    except FullError as full:
        metrics.REFUSALS.labels("reading", 429 if isinstance(full, ExcessError) else 503).inc()
        raise
    if error:
        raise error
    return result


def stop() -> None:
    """End the process and send away who waits: the server stops."""
    TURNS.close()
    _WORKSHOP.close()


def _ordered(order: tuple[str, tuple[object, ...]]) -> Any:  # noqa: ANN401 - the answer of `_made`
    try:
        try:
            return _WORKSHOP.make(order)
        except LimitError:
            raise
        except WorkshopError:
            # A process may be ended for no fault of the input's; one that it ends again is.
            return _WORKSHOP.make(order)
    except WorkshopError as error:
        metrics.REFUSALS.labels("reading", 413).inc()
        LOG.warning("not read", extra={"kind": order[0], "status": 413})
        raise LimitError from error


def _made(order: tuple[str, tuple[object, ...]]) -> tuple[Any, Exception | None]:
    """What the reader of an order returns, or raises for its caller."""
    kind, arguments = order
    try:
        return READERS[kind](*arguments), None
    except meeting.MeetingError as error:
        return None, error


if __name__ == "__main__":
    sys.exit(workshop.serve(_made, LIMITS))
