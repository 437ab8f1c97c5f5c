"""What this process counts and measures, in the form of OpenMetrics; `server/monitor.py` shows it to the operator.

No name here carries personal data: pages and figures are counted by their names, never by address or filter.
"""

from prometheus_client import CollectorRegistry, Counter, Histogram

# Seconds: from a figure in the cache to a page that makes readers leave.
STEPS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
# Our own, as the library's refuses a name that it has: the desk loads its modules again when a file is saved.
REGISTRY = CollectorRegistry()

FIGURE = Histogram(
    "atalaya_figure_seconds", "Time until a figure is ready to be sent", ["figure"], buckets=STEPS, registry=REGISTRY
)
REQUEST = Histogram(
    "atalaya_request_seconds", "Time until an answer begins", ["kind"], buckets=STEPS, registry=REGISTRY
)
BRIEFING = Histogram(
    "atalaya_briefing_seconds",
    "Time that a briefing takes, with its waiting",
    ["format"],
    buckets=(*STEPS, 60, 120),
    registry=REGISTRY,
)
ERRORS = Counter("atalaya_errors", "Failures that a reader sees", ["where"], registry=REGISTRY)
REFUSALS = Counter("atalaya_refusals", "Requests that were refused", ["kind", "status"], registry=REGISTRY)

# An alarm sees what grows: what is counted for the first time has to be nothing before.
for _where in ("page", "request", "briefing"):
    ERRORS.labels(_where)
for _status in (429, 503):
    REFUSALS.labels("http", _status)
