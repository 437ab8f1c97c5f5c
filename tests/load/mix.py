"""A day of readers and programs, as the log of a server would show it: kinds of requests by their shares.

Half of the requests of a kind are for a few addresses that many open, the others for any.
"""

import random
from collections.abc import Callable
from typing import NamedTuple

from tests.load.clients import CHANGED, rare_view

DOCUMENT = "documents"
FILTER = "filters"
FILE = "forms by ending"
API = "API"
PICTURE = "pictures"
# Of a hundred requests. No log of a real day is there yet: these are our guess.
SHARES = {DOCUMENT: 70, FILTER: 10, FILE: 8, API: 8, PICTURE: 4}
LANGUAGES = ("en", "es", "pt", "fr")
PAGES = ("", "region", "routes", "explore", "declaration", "instruments", "coverage", "sources", "about", "present")
STATES = (
    "ARG",
    "BRA",
    "COL",
    "BHS",
    "BOL",
    "CAN",
    "CHL",
    "CRI",
    "CUB",
    "DOM",
    "ECU",
    "GTM",
    "HND",
    "HTI",
    "JAM",
    "MEX",
    "PER",
    "USA",
)
ENDINGS = ("csv", "csv", "xlsx", "json", "parquet", "pdf")
# The first of each list are those that many open.
FEW = 3


class Wanted(NamedTuple):
    """A request: its kind, its path, and further headers."""

    kind: str
    path: str
    headers: str = ""


def wanted(chance: random.Random) -> Wanted:
    """The next request of somebody."""
    kind = chance.choices([*SHARES], [*SHARES.values()])[0]
    return Wanted(kind, PATHS[kind](chance), CHANGED if kind == FILTER else "")


def _one(chance: random.Random, among: tuple[str, ...]) -> str:
    return chance.choice(among[:FEW] if chance.random() < 0.5 else among)


def _document(chance: random.Random) -> str:
    code, area = _one(chance, LANGUAGES), _one(chance, STATES)
    page = f"country/{area}" if chance.random() < 0.4 else _one(chance, PAGES)
    return f"/{code}/{page}"


def _filter(chance: random.Random) -> str:
    if chance.random() < 0.5:
        return f"/{_one(chance, LANGUAGES)}/region?year={chance.randrange(2015, 2022)}"
    return rare_view(chance)


def _file(chance: random.Random) -> str:
    area, ending = _one(chance, STATES), _one(chance, ENDINGS)
    of = f"country/{area}" if ending == "pdf" or chance.random() < 0.5 else "region"
    return f"/{_one(chance, LANGUAGES)}/{of}.{ending}"


def _question(chance: random.Random) -> str:
    return f"/api/v1/observations?area={_one(chance, STATES)}&from={chance.randrange(2010, 2020)}"


def _picture(chance: random.Random) -> str:
    ending, shape = chance.choice(("png", "svg")), chance.choice(("phone", "slide"))
    return f"/picture/series.{ending}?area={_one(chance, STATES)}&lang={_one(chance, LANGUAGES)}&shape={shape}"


PATHS: dict[str, Callable[[random.Random], str]] = {
    DOCUMENT: _document,
    FILTER: _filter,
    FILE: _file,
    API: _question,
    PICTURE: _picture,
}
