"""Makes briefings in a process of its own, one after the other, so that readers of pages notice nothing.

The process starts with the first one. Who waits longest since the last briefing goes first
(`dashboard.turns`).
"""

import time
from contextlib import suppress

from dashboard import metrics, store
from dashboard.briefing import formats
from dashboard.turns import SPENT, Turns
from dashboard.workshop import Workshop, WorkshopError
from data.i18n import Language, language

# How many are made at once, and how many may wait, of all readers and of one address (that of a meeting room).
AT_ONCE = 1
MOST_WAITING = 240
OF_ONE = 120
TURNS = Turns(AT_ONCE, MOST_WAITING, OF_ONE, SPENT)
_WORKSHOP = Workshop("dashboard.briefing.worker")


def stop() -> None:
    """End the process and send away who waits: the server stops."""
    TURNS.close()
    _WORKSHOP.close()


def made(
    form: str, code: str, area: str | None, other: str | None, root: str, snapshot: str, names: tuple[str, ...]
) -> bytes:
    """A briefing as the bytes of a file, in its turn.

    Args:
        form, area, other, root: as in `formats.made`.
        code: the language.
        snapshot: the id of the snapshot on the reader's page.
        names: the reader's names in the queue.

    Raises:
        FullError: too many wait.
    """
    begun = time.monotonic()
    order = {"form": form, "code": code, "area": area, "other": other, "root": root, "snapshot": snapshot}
    with TURNS.taken(*names), metrics.ERRORS.labels("briefing").count_exceptions():
        content = _ordered(order)
        if content is None:
            with store.reading(store.snapshot_of(snapshot) or store.snapshot()):
                content = formats.made(form, language(code), area, other, root)
    metrics.BRIEFING.labels(form).observe(time.monotonic() - begun)
    return content


def _ordered(order: dict[str, str | None]) -> bytes | None:
    """What the process makes; None if it was killed twice, or its place does not have the snapshot."""
    for _ in range(2):
        with suppress(WorkshopError):
            content: bytes | None = _WORKSHOP.make(order)
            return content
    return None


def place(lang: Language, names: tuple[str, ...]) -> str:
    """What a reader who waits is to know; empty for one who does not."""
    number = TURNS.place(*names)
    if not number:
        return ""
    return lang.text("Other briefings are being made. Yours is number {n} in the queue.", n=lang.number(number))
