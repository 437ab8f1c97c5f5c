"""The process that makes briefings for the server: `python -m dashboard.briefing.worker`, started by `queue`."""

import sys
from typing import Any

from dashboard import store, workshop
from dashboard.briefing import formats
from data.i18n import language


def made(order: dict[str, Any]) -> bytes | None:
    """The file of an order (`queue.made`); None if there is no snapshot with its id."""
    snapshot = store.snapshot_of(order["snapshot"])
    if snapshot is None:
        return None
    with store.reading(snapshot):
        return formats.made(order["form"], language(order["code"]), order["area"], order["other"], order["root"])


def main() -> int:
    """Make what is asked for until the input ends; returns 0."""
    store.tables()
    return workshop.serve(made)


if __name__ == "__main__":
    sys.exit(main())
