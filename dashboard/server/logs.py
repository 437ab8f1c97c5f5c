"""The log of a server: one line an event, as text or as JSON, without addresses of readers or values of filters.

A failure is one line too: in JSON with its traceback as a field, in text with the place where it happened.
"""

import logging
import sys
import time
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from threading import Lock
from typing import Any

import orjson

from dashboard.buckets import Bucket, Rate
from dashboard.server.settings import JSON

# The id of the request that this task answers.
REQUEST: ContextVar[str] = ContextVar("request", default="")
# Fields that our own events may have beside their message.
FIELDS = ("kind", "status", "milliseconds", "page", "snapshot")
# Lines of one kind: an attacker does not fill the disk.
LINES = Rate(20, 0.2)
# Loggers whose lines go through ours: libraries give each its own handler.
NAMES = ("", "uvicorn", "uvicorn.error", "streamlit", "asyncio")


class _Limit(logging.Filter):
    """Lets only some lines of one kind through; the next one says how many were left out."""

    def __init__(self) -> None:
        super().__init__()
        self._buckets: dict[tuple[str, object], tuple[Bucket, list[int]]] = {}
        self._lock = Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        kind = (record.name, record.msg if isinstance(record.msg, str) else type(record.msg))
        with self._lock:
            if len(self._buckets) > 1000:  # noqa: PLR2004 - kinds of lines are few
                self._buckets.clear()
            bucket, omitted = self._buckets.setdefault(kind, (Bucket(time.monotonic(), LINES), [0]))
            if not bucket.take(time.monotonic()):
                omitted[0] += 1
                return False
            record.omitted, omitted[0] = omitted[0], 0
        return True


class _Line(logging.Formatter):
    """A record as one line."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self._form = form

    def format(self, record: logging.LogRecord) -> str:
        fields = _fields(record)
        if self._form == JSON:
            return orjson.dumps(fields, default=str).decode()
        rest = " ".join(f"{name}={value}" for name, value in fields.items() if name in {*FIELDS, "request", "omitted"})
        failure = f" ({fields['error']} at {fields['at']})" if "error" in fields else ""
        return f"{fields['time']} {fields['level']} {fields['message']}{failure} {rest}".rstrip()


def begin(form: str) -> None:
    """Send every line of this process to stderr in one form (`text` or `json`)."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Line(form))
    handler.addFilter(_Limit())
    library = [name for name in logging.root.manager.loggerDict if name.startswith(("streamlit", "uvicorn"))]
    for name in (*NAMES, *library):
        logger = logging.getLogger(name)
        logger.handlers = [] if name else [handler]
        logger.propagate = True
    # A line for each request is for machines.
    logging.getLogger("atalaya").setLevel(logging.INFO if form == JSON else logging.WARNING)


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    """The parts of a line."""
    lines = record.getMessage().strip().splitlines() or [""]
    fields: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": lines[0],
    }
    if request := REQUEST.get():
        fields["request"] = request
    fields |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
    if omitted := getattr(record, "omitted", 0):
        fields["omitted"] = omitted
    if record.exc_info and record.exc_info[0]:
        kind, _, trace = record.exc_info
        steps = traceback.extract_tb(trace)
        # The text of an exception may have what a reader typed: only its kind and place are written.
        fields["error"] = kind.__name__
        fields["at"] = f"{steps[-1].filename}:{steps[-1].lineno}" if steps else ""
        fields["trace"] = [f"{step.filename}:{step.lineno} {step.name}" for step in steps]
    return fields
