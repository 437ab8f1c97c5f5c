"""Workbooks to fill in for a national report: their address, their content, and their name as a file."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from data.report import order
from data.report.order import Order
from data.report.template import template

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROOT = "/workbook.xlsx"
# The parameters of an address: kind and state or body, joined by a point; the years; the language.
FOR, FROM, TO, LANG = "for", "from", "to", "lang"


def ordered(query: Mapping[str, str]) -> Order:
    """The order of an address such as `?for=report.CRI&from=2018&to=2020&lang=es`, the years in either order.

    Raises:
        OrderError: there is no such workbook.
    """
    kind, _, area = query.get(FOR, "").partition(".")
    years = sorted(query.get(name, "") for name in (FROM, TO))
    return order.order(kind, area, "-".join(years), query.get(LANG, ""), today())


def content(ordered: Order) -> bytes:
    """The workbook of an order."""
    return template(ordered, today())


def file_name(ordered: Order) -> str:
    """Its name as a file."""
    return f"atalaya-{ordered.kind}-{ordered.area}-{ordered.period}-{ordered.language.code}.xlsx"


def today() -> date:
    """Today (UTC), the last day that a workbook may refer to."""
    return datetime.now(UTC).date()
