"""Addresses of readers and of attackers, each by its number: pages, figures, and questions to the API.

A number always gives the same address, so that a failure can be repeated.
"""

import random
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any
from urllib.parse import quote, quote_from_bytes

from dashboard import catalog, store
from dashboard.catalog import figures
from dashboard.stage import request
from dashboard.subjects import question
from dashboard.subjects.states import filters as states_filters
from dashboard.views.address import CITED
from dashboard.views.filters import LANGUAGE, Flag, Form, Many, One, Span, Whole
from tests.attacks.texts import TEXTS

# Parameters that some page or Streamlit itself knows, and names that nobody knows.
OTHERS = ("embed", "embed_options", "theme", "page", "agenda.own", "filters.visit", "__proto__", "year[]", "")
LEGS = ("direct", "to_transit", "from_transit")
# Not UTF-8, not percent-encoded, or otherwise not what a browser writes.
BROKEN = ("%", "%zz", "%ff", "%c0%ae", "%ed%a0%80", "&&", ";", "=", "a=b=c", "%00", "%0d%0a", "+", "#", "?", "%u0041")
TABLES = ("observations", "flows", "roles", "evidence", "instruments", "migrant_stock", "workplan_lines", "revisions")


def specs(page: str) -> tuple[Any, ...]:
    """The filters of a page; of page Home those of Region, which it once had."""
    of = {"home": states_filters.REGION, "about": states_filters.COUNTRY}
    return (*catalog.filters_of(page), *of.get(page, ()))


def page(slug: str, number: int) -> list[str]:
    """The parameters of an address of a page, each as it is written there."""
    chance = random.Random(f"{slug} {number}")  # noqa: S311
    own = (*specs(slug), LANGUAGE)
    return [_parameter(chance, own) for _ in range(chance.randint(1, 7))]


def figure(number: int) -> tuple[str, list[str]]:
    """The name of a figure, and the parameters of its address: some as our pages write them, others altered."""
    chance = random.Random(f"figure {number}")  # noqa: S311
    name = chance.choice(tuple(figures()))
    own = (*request.filters_of(name), LANGUAGE, request.WIDTH, request.DARK)
    parameters = [f"{spec.name}={quote(right(chance, spec), safe=',')}" for spec in own]
    for _ in range(chance.choice((0, 0, 1, 2))):
        if chance.random() < 0.5:
            parameters[chance.randrange(len(own))] = _parameter(chance, own)
        else:
            parameters.append(_parameter(chance, own))
    return (name if chance.random() < 0.95 else _encoded(chance, chance.choice(TEXTS))), parameters


def api(number: int) -> tuple[str, list[str]]:
    """The path and the parameters of a question to the API."""
    chance = random.Random(f"api {number}")  # noqa: S311
    table = chance.choice(tuple(question.COLUMNS))
    endings = ("", "", "", "", ".csv", ".parquet", ".json", ".exe")
    name = f"{chance.choice(TABLES)}{chance.choice(endings)}" if chance.random() < 0.2 else table
    if chance.random() < 0.1:
        name = chance.choice(("", "datapackage.json", "codebook.csv", _path(chance), _path(chance)))
    current = f"{store.snapshot().id}/"
    snapshot = chance.choice(("", "", "", "", "", current, current, "000000000000/", f"{_path(chance)}/"))
    parameters = [_of_api(chance, table) for _ in range(chance.randint(0, 3))]
    return f"/api/v1/{snapshot}{name}", parameters


def right(chance: random.Random, spec: Any) -> str:
    """A value of a filter, as our links write it."""
    match spec:
        case states_filters.IndicatorYear() | Whole():
            text = str(chance.choice((spec.low, spec.high, chance.randint(spec.low, spec.high))))
        case Span():
            text = "-".join(map(str, sorted(chance.choices(range(spec.low, spec.high + 1), k=2))))
        case Flag():
            text = chance.choice("01")
        case One():
            text = chance.choice(spec.options)
        case Many():
            text = ",".join(chance.sample(spec.options, chance.randint(0, min(4, len(spec.options))))) or "none"
        case Form():
            text = _row(chance, spec.columns)
        case _:
            raise TypeError(spec)
    return text


def _parameter(chance: random.Random, own: Sequence[Any]) -> str:
    """One parameter: three of five are as our links write them."""
    kind, spec = chance.random(), chance.choice(own)
    if kind < 0.6:
        return f"{spec.name}={quote(right(chance, spec), safe=',')}"
    if kind < 0.85:
        return f"{spec.name}={_encoded(chance, chance.choice(TEXTS))}"
    if kind < 0.95:
        name = chance.choice((*OTHERS, CITED, *choices_of_all(), chance.choice(TEXTS)))
        return f"{_encoded(chance, name)}={_encoded(chance, chance.choice(TEXTS))}"
    return chance.choice((spec.name, f"{spec.name}={chance.choice(BROKEN)}", chance.choice(BROKEN)))


@cache
def choices_of_all() -> tuple[str, ...]:
    """The names of the parameters of all pages."""
    return tuple(sorted({spec.name for slug in catalog.pages() for spec in catalog.filters_of(slug)}))


def _of_api(chance: random.Random, table: str) -> str:
    column = chance.choice(question.COLUMNS[table])
    kind = chance.random()
    if kind < 0.6:
        values = rows(column)
        return f"{column}={quote(','.join(chance.choice(values) for _ in range(chance.randint(1, 3))), safe=',')}"
    if kind < 0.8:
        name, text = chance.choice(((question.FROM, "2014"), (question.TO, "2019"), (question.FORMAT, "csv")))
        return f"{name}={text if chance.random() < 0.8 else _encoded(chance, chance.choice(TEXTS))}"
    name = chance.choice((column, *OTHERS, chance.choice(TEXTS)))
    return f"{_encoded(chance, name)}={_encoded(chance, chance.choice(TEXTS))}"


def _encoded(chance: random.Random, text: str) -> str:
    """A text as it may stand in an address: encoded once, twice, sign by sign, in another encoding, or not at all."""
    ways: tuple[Callable[[str], str], ...] = (
        lambda one: quote(one, safe=""),
        lambda one: quote(one, safe=""),
        lambda one: quote(quote(one, safe=""), safe=""),
        lambda one: "".join(f"%{byte:02X}" for byte in one.encode()),
        lambda one: quote_from_bytes(one.encode("utf-16"), safe=""),
        lambda one: quote(one, safe="<>\"'()[]{}|\\^`!$*,;:@/?"),
    )
    return chance.choice(ways)(text)


def _path(chance: random.Random) -> str:
    return chance.choice(TEXTS)[:200]


@cache
def rows(*columns: str) -> tuple[str, ...]:
    """What rows of the tables have in some columns, joined by points."""
    found: set[str] = set()
    for name in TABLES:
        table = store.tables().table(name)
        if {*columns} <= {*table.collect_schema().names()}:
            some = table.select(columns).unique().head(3000).collect()
            found |= {".".join("" if cell is None else str(cell) for cell in row) for row in some.iter_rows()}
    # The lines of the work plan are not loaded yet.
    return tuple(sorted(found)) or ("1", "I-1")


def _row(chance: random.Random, columns: tuple[str, ...]) -> str:
    """The row or mark of a passport. The leg of an arrow is in no table."""
    if "leg" not in columns:
        return chance.choice(rows(*columns))
    origin, transit, destination = chance.choice(rows("origin", "transit", "destination")).split(".")
    return f"{origin}.{destination}.{chance.choice(LEGS)}.{transit}"
