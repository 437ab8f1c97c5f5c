"""What an operator's machines ask: probes and metrics, answered by a thread of its own, outside the event loop.

`/livez` says whether the event loop has moved lately, `/readyz` whether the server has a verified snapshot and takes
readers, `/startupz` whether it has started, `/metrics` everything that is counted (OpenMetrics).
"""

import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import orjson
import prometheus_client
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dashboard import store
from dashboard.metrics import REGISTRY
from dashboard.words import data_version
from data import shown, trust
from data.releases import first_day
from data.snapshot import SnapshotError

# Seconds without a beat of the event loop after which it counts as hanging; it beats once a second.
HANGING = 10.0
OK = "200 OK"
UNAVAILABLE = "503 Service Unavailable"
MISSING = "404 Not Found"
ProbeAnswer = tuple[int, Mapping[str, Any]]


class Monitor:
    """The state of this process, and what is asked about it.

    Args:
        gauges: numbers of this moment by name and help, read at each look, such as the open sessions.
    """

    def __init__(self) -> None:
        self.started = self.stopping = False
        self.gauges: dict[str, tuple[str, Callable[[], Mapping[str, float]]]] = {}
        self._beaten = time.monotonic()

    def beat(self) -> None:
        """Record that the event loop moves."""
        self._beaten = time.monotonic()

    @property
    def lag(self) -> float:
        """Seconds since the event loop last moved; 0 before it has started."""
        return time.monotonic() - self._beaten if self.started else 0.0

    def describe(self) -> Iterable[Metric]:
        """Nothing: to learn the names of the metrics, their registry would read them, and with them the snapshot."""
        return ()

    def alive(self) -> ProbeAnswer:
        """Whether the event loop moves."""
        lag = self.lag
        return (200 if lag < HANGING else 503), {"alive": lag < HANGING, "seconds_since_last_beat": round(lag, 1)}

    def started_up(self) -> ProbeAnswer:
        """Whether the pages are warmed up and the server answers."""
        return (200 if self.started else 503), {"started": self.started}

    def ready(self) -> ProbeAnswer:
        """Whether readers may be sent here: started, not stopping, with a snapshot whose hashes were compared."""
        try:
            snapshot = store.snapshot()
        except SnapshotError as error:
            return 503, {"ready": False, "problem": str(error)}
        created = str(snapshot.manifest["created"])
        ready = self.started and not self.stopping
        return (200 if ready else 503), {
            "ready": ready,
            "snapshot": snapshot.id,
            "created": created,
            "age_days": (datetime.now(UTC).date() - date.fromisoformat(created[:10])).days,
            "fallback": snapshot.fault is not None,
            "problem": (str(snapshot.fault) if snapshot.fault else shown.shown().state().error) or None,
        }

    def collect(self) -> Iterator[Metric]:
        """The numbers of this moment, for `prometheus_client`."""
        yield _gauge("atalaya_loop_lag_seconds", "Seconds since the event loop last moved", {"": self.lag})
        for name, (words, read) in self.gauges.items():
            yield _gauge(name, words, read())
        yield from _snapshot()

    def listen(self, host: str, port: int) -> WSGIServer:
        """Answer at an address until the process ends, in threads.

        Raises:
            OSError: the address cannot be used.
        """
        server = make_server(host, port, self._application, server_class=_ProbeServer, handler_class=_Handler)
        Thread(target=server.serve_forever, daemon=True, name="monitor").start()
        return server

    def _application(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """The probes and the metrics as a WSGI application."""
        path = environ["PATH_INFO"]
        if path == "/metrics":
            return list(prometheus_client.make_wsgi_app(REGISTRY)(environ, start))
        probes = {"/livez": self.alive, "/readyz": self.ready, "/startupz": self.started_up}
        if path not in probes:
            start(MISSING, [("Content-Type", "text/plain")])
            return [b"/metrics /livez /readyz /startupz\n"]
        status, content = probes[path]()
        headers = [("Content-Type", "application/json"), ("Cache-Control", "no-store")]
        start({200: OK}.get(status, UNAVAILABLE), headers)
        return [orjson.dumps(content)]


def probe(answer: Callable[[], ProbeAnswer]) -> Callable[[Request], Awaitable[Response]]:
    """A probe as the endpoint of a route; the event loop answers it."""

    async def respond(_request: Request) -> Response:
        status, content = answer()
        return JSONResponse(content, status, headers={"Cache-Control": "no-store"})

    return respond


class _ProbeServer(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64


class _Handler(WSGIRequestHandler):
    # A probe that stays silent does not keep its thread.
    timeout = 5

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the base class
        """Log nothing: probes come every few seconds."""


def _snapshot() -> Iterator[Metric]:
    """The snapshot, its age, and the release of each source that should have newer ones."""
    try:
        snapshot = store.snapshot()
    except SnapshotError:
        return
    created = datetime.fromisoformat(str(snapshot.manifest["created"]))
    yield InfoMetricFamily("atalaya_snapshot", "The snapshot that is shown", {"id": snapshot.id})
    words = "When the snapshot was built"
    yield _gauge("atalaya_snapshot_created_timestamp_seconds", words, {"": created.timestamp()})
    words = "Whether an earlier snapshot is shown because the current one is damaged"
    yield _gauge("atalaya_snapshot_fallback", words, {"": float(snapshot.fault is not None)})
    now = shown.shown().state()
    words = "Looks for a new snapshot that failed"
    yield CounterMetricFamily("atalaya_snapshot_failures", words, value=now.failures)
    words = "Whether what the last look found is not validly signed, and therefore not shown"
    yield _gauge("atalaya_snapshot_unsigned", words, {"": float(now.unsigned)})
    signed = trust.statement(shown.shown().place)
    words = "When the signatures of the snapshots expire, where only signed ones are shown"
    until = {"": signed.expires.timestamp()} if signed and signed.expires else {}
    yield _gauge("atalaya_signature_expires_timestamp_seconds", words, until)
    words = "When a new snapshot was last looked for"
    looked = now.checked.timestamp() if now.checked else None
    yield _gauge("atalaya_snapshot_checked_timestamp_seconds", words, {} if looked is None else {"": looked})
    sources = snapshot.manifest.get("sources", [])
    days = {one["name"]: first_day(data_version.newest(one)) for one in sources if not one.get("frozen")}
    dated = {name: datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() for name, day in days.items() if day}
    words = "First day of the newest release of a source that should have newer ones"
    yield _gauge("atalaya_source_release_timestamp_seconds", words, dated, "source")
    words = "Whether the publisher of a source could not be reached, so that its earlier files are in use"
    unreached = {one["name"]: float(data_version.stale(one)) for one in sources}
    yield _gauge("atalaya_source_unreached", words, unreached, "source")


def _gauge(name: str, words: str, values: Mapping[str, float], label: str = "work") -> Metric:
    """A gauge with one value for each name; a single value without a name has no label."""
    if set(values) == {""}:
        return GaugeMetricFamily(name, words, value=values[""])
    family = GaugeMetricFamily(name, words, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family


MONITOR = Monitor()
REGISTRY.register(MONITOR)
prometheus_client.ProcessCollector(registry=REGISTRY)
prometheus_client.PlatformCollector(registry=REGISTRY)
prometheus_client.GCCollector(registry=REGISTRY)
