"""Workbooks to fill in for a national report: their address, their content, and their name as a file."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from dashboard.subjects.letters import words
from data import manifest
from data.i18n import Language
from data.report import order
from data.report.order import Order
from data.report.template import Known, template

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROOT = "/workbook.xlsx"
# The parameters of an address: kind and state or body, joined by a point; the years; the language.
FOR = "for"
FROM = "from"
TO = "to"
LANG = "lang"
# With 1: a correction has a line for each figure that is to be asked about.
FILLED = "filled"
# What names a figure in a line.
CELL = ("indicator", "year", "sex", "age", "form")


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
    asked = filled and ordered.kind == "correction"
    return template(ordered, today(), {"figures": lines(ordered.language, ordered.area)} if asked else {})


def lines(lang: Language, area: str) -> list[Known]:
    """A line for each figure that others contradict, that changed or that repeats another: what is asked of it."""
    asked: dict[tuple[str | int, ...], list[str]] = {}
    # A state's own register is no indicator of the workbook.
    every = (one for part in words.FILLED for one in words.PARTS[part](lang, area))
    for one in every:
        if one.key["indicator"] not in manifest.registers():
            asked.setdefault(tuple(one.key[name] for name in CELL), []).append(f"{one.says} {one.asks}")
    return [dict(zip(CELL, cell, strict=True)) | {"finding": " ".join(said)} for cell, said in asked.items()]


def file_name(ordered: Order) -> str:
    """Its name as a file."""
    return f"atalaya-{ordered.kind}-{ordered.area}-{ordered.period}-{ordered.language.code}.xlsx"


def today() -> date:
    """Today (UTC), the last day that a workbook may refer to."""
    return datetime.now(UTC).date()
