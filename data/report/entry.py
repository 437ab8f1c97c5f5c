"""What one line of a workbook says, what it answers, and when two lines say the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.report.asked import Asked


@dataclass(frozen=True)
class Entry:
    """What one line says; `sheet` and `row` are where it stands, what is not given is None."""

    sheet: str
    row: int
    paragraph: int
    finding: str
    replies_to: str | None = None
    status: str | None = None
    document: str | None = None
    issuer: str | None = None
    dated: date | None = None
    url: str | None = None
    period_from: date | None = None
    period_to: date | None = None
    line: str | None = None
    value: float | None = None


def target_of(sheet: str, asked: Asked, held: Mapping[str, Any]) -> str | None:
    """The id of what a line answers; None for a report's own."""
    if sheet == "figures":
        parts = (held["indicator"], asked.area, held["year"], held["sex"], held["age"], held["form"])
        return ":".join(map(str, ("figure", *parts)))
    if sheet == "flows":
        return f"flow:{held['origin']}:{held['destination']}:{held['year']}"
    return str(held["replies_to"]) if sheet == "answers" else None


def alike(entry: Entry) -> tuple[object, ...]:
    """What two lines have in common that say the same."""
    disputed = entry.replies_to is not None and entry.replies_to.startswith(("figure:", "flow:"))
    # A figure is disputed once, whatever is said of it.
    said = () if disputed else (entry.finding.casefold(), (entry.document or "").casefold())
    return (entry.paragraph, entry.replies_to, *said)
