"""Workbooks to fill in for a national report: their address, their content, and their name as a file."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from dashboard.subjects.letters import workbook
from data.report import order
from data.report.order import Order
from data.report.template import template

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROOT = "/workbook.xlsx"
# The parameters of an address: kind and state or body, joined by a point; the years; the language.
FOR = "for"
FROM = "from"
TO = "to"
LANG = "lang"
# With 1: a correction has a line for each figure that is to be asked about.
FILLED = "filled"


def ordered(query: Mapping[str, str]) -> Order:
    """The order of an address such as `?for=report.CRI&from=2018&to=2020&lang=es`, the years in either order.

    Raises:
        OrderError: there is no such workbook.
    """
    kind, _, area = query.get(FOR, "").partition(".")
    years = sorted(query.get(name, "") for name in (FROM, TO))
    return order.order(kind, area, "-".join(years), query.get(LANG, ""), today())


def content(ordered: Order, *, filled: bool = False) -> bytes:
    """The workbook of an order; `filled`: with what is known to be asked of a state, if it is for corrections."""
    lines = (
        {"figures": workbook.lines(ordered.language, ordered.area)} if filled and ordered.kind == "correction" else {}
    )
    return template(ordered, today(), lines)


def file_name(ordered: Order) -> str:
    """Its name as a file."""
    return f"atalaya-{ordered.kind}-{ordered.area}-{ordered.period}-{ordered.language.code}.xlsx"


def today() -> date:
    """Today (UTC), the last day that a workbook may refer to."""
    return datetime.now(UTC).date()
