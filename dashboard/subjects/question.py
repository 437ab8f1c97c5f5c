"""Reads the parameters of an API request for rows of a table; an invalid request is refused with a sentence."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from dashboard.subjects.derived import joined, states, with_derived
from data.contract import SCHEMAS
from data.i18n import N_
from data.ratios import ratios
from data.subregions import CODES

# The table whose rows can be divided and added up.
COMPUTED = "observations"
# The columns that can be filtered, by table; then the parameters for the years (both included) and the format.
COLUMNS = {
    "observations": ("indicator", "area", "sex", "age", "form", "source"),
    "flows": ("evidence", "origin", "transit", "destination", "source"),
    "migrant_stock": ("origin", "destination"),
    "movements": ("kind", "origin", "destination", "source"),
}
FROM = "from"
TO = "to"
FORMAT = "format"
# With `JOINED=1` the figures of all indicators stand side by side.
JOINED = "joined"
FORMATS = ("csv", "json")
# Rows as SDMX-CSV, of the tables whose key says what is observed; a key of the others is the cell of a source.
SDMX = "sdmx"
OBSERVED = (COMPUTED, "migrant_stock")
SWITCH = ("0", "1")
# The labels of the parameters that are no columns.
LABELS = {FROM: N_("First year"), TO: N_("Last year"), FORMAT: N_("Format"), JOINED: N_("Indicators side by side")}
# The most characters of a given value that a refusal repeats.
LONGEST = 40


class RefusalError(ValueError):
    """The request is invalid; the sentence names the parameter, the given value and what is allowed.

    Attributes:
        sentence: a message of the catalogues.
        values: the values of its placeholders.
    """

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence.format(**values))
        self.sentence, self.values = sentence, values


@dataclass(frozen=True)
class Question:
    """A request for rows of a table.

    Attributes:
        first, last: years, both included.
        form: one of `formats(table)`.
        equal: the allowed values by column; other columns may have any value.
        joined: whether the figures of all indicators stand on one row for each state, year and group.
    """

    table: str
    first: int
    last: int
    form: str = "json"
    equal: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    joined: bool = False

    def rows(self, table: pl.LazyFrame) -> pl.LazyFrame:
        """The requested rows; of observations also the ratios, shares and sums of groups that are asked for by name."""
        if self.table == COMPUTED:
            table = with_derived(table, self.equal.get("indicator", ()), self.equal.get("area", ()))
        conditions = [pl.col(column).is_in(values) for column, values in self.equal.items()]
        return table.filter(pl.col("year").is_between(self.first, self.last), *conditions)

    def shown(self, found: pl.DataFrame) -> pl.DataFrame:
        """The rows of the answer: side by side if they are asked for so (`dashboard.subjects.derived.joined`)."""
        return joined(found, self.equal.get("indicator", found["indicator"].unique().sort())) if self.joined else found

    def ordered(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Rows in the order of the table's key."""
        return rows.sort(SCHEMAS[self.table].primary_key())


def understood(
    table: str,
    parameters: Iterable[tuple[str, str]],
    known: Callable[[str], tuple[str, ...]],
    years: tuple[int, int],
) -> Question:
    """Read the parameters of a request; an empty one is ignored, the values of a repeated one are combined.

    Args:
        parameters: names and values; several values are separated by commas.
        known: returns the values that occur in a column of the table.
        years: the first and the last year of the table.

    Raises:
        RefusalError: a parameter or value is not known.
    """
    names = parameters_of(table)
    values_by_name: dict[str, list[str]] = {}
    for name, text in parameters:
        among("parameter", name, names)
        values_by_name.setdefault(name, []).extend(filter(None, text.split(",")))
    equal = {
        column: tuple(dict.fromkeys(values_by_name[column])) for column in COLUMNS[table] if values_by_name.get(column)
    }
    for column, values in equal.items():
        for value in values:
            among(column, value, options(table, column, value, known))
    first, last = (
        _year(name, values_by_name.get(name), years, default) for name, default in zip((FROM, TO), years, strict=True)
    )
    if first > last:
        message = N_("from: {first} is later than “to” ({last}); use a year up to {last}.")
        raise RefusalError(message, first=first, last=last)
    form = single(FORMAT, values_by_name.get(FORMAT), "json")
    among(FORMAT, form, formats(table))
    together = single(JOINED, values_by_name.get(JOINED), SWITCH[0])
    # Neither rows side by side nor a group of one's own have a place in the structure of SDMX.
    among(JOINED, together, SWITCH[: 1 if form == SDMX else None])
    for group in equal.get("area", ()) if form == SDMX else ():
        among("area", group, options(table, "area", "", known))
    return Question(table, first, last, form, equal, together == SWITCH[1])


def parameters_of(table: str) -> tuple[str, ...]:
    """The parameters of a table; the format is the last."""
    return (*COLUMNS[table], FROM, TO, *((JOINED,) if table == COMPUTED else ()), FORMAT)


def formats(table: str) -> tuple[str, ...]:
    """The formats of an answer about a table."""
    return (*FORMATS, SDMX) if table in OBSERVED else FORMATS


def schema(table: str, name: str, known: Callable[[str], tuple[str, ...]], years: tuple[int, int]) -> dict[str, Any]:
    """What a parameter may be, as JSON Schema; an array is written with commas.

    Args:
        known, years: as in `understood`.
    """
    if name in {FROM, TO}:
        first, last = years
        return {"type": "integer", "minimum": first, "maximum": last, "default": last if name == TO else first}
    if name in {FORMAT, JOINED}:
        allowed = formats(table) if name == FORMAT else SWITCH
        return {"type": "string", "enum": list(allowed), "default": "json" if name == FORMAT else SWITCH[0]}
    values: dict[str, Any] = {"type": "string", "enum": list(options(table, name, "", known))}
    if table == COMPUTED and name == "area":
        # The sum of a group of states, by their codes.
        one = f"({'|'.join(known(name))})"
        values = {"anyOf": [values, {"type": "string", "pattern": f"^{one}(-{one})+$"}]}
    return {"type": "array", "items": values}


def options(table: str, column: str, value: str, known: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    """The values of a column, and the ratios, shares and groups of states that can be asked for beside them."""
    found = known(column)
    if table != COMPUTED or column not in {"indicator", "area"}:
        return found
    if column == "indicator":
        return (*found, *ratios())
    group = "-" in value and set(states(value)) <= set(found)
    return (*found, *CODES, *((value,) if group and states(value) else ()))


def _year(name: str, values: list[str] | None, years: tuple[int, int], default: int) -> int:
    text, (low, high) = single(name, values, str(default)), years
    # int() also takes "1_0", " 7 " and other scripts' digits.
    if not (text.isascii() and text.isdigit() and len(text) == len(str(high)) and low <= int(text) <= high):
        message = N_("{name}: “{given}” is not a year in this table; use a year from {low} to {high}.")
        raise RefusalError(message, name=name, given=_shown(text), low=low, high=high)
    return int(text)


def single(name: str, values: Sequence[str] | None, default: str) -> str:
    """The one value of a parameter, or its default without any.

    Raises:
        RefusalError: there are several.
    """
    if values and len(values) > 1:
        message = N_("{name}: “{given}” has more than one value; only one is allowed.")
        raise RefusalError(message, name=name, given=_shown(",".join(values)))
    return values[0] if values else default


def among(name: str, value: str, allowed: Iterable[str]) -> None:
    """Refuse a value of a parameter that is not among the allowed ones.

    Raises:
        RefusalError: it is not; the sentence lists them.
    """
    known = tuple(allowed)
    if value not in known:
        raise unknown(name, value, known)


def unknown(name: str, value: str, options: Iterable[str]) -> RefusalError:
    """The refusal of a value of a parameter, with what could stand there."""
    message = N_("{name}: “{given}” is not known; use {options}.")
    return RefusalError(message, name=name, given=_shown(value), options=", ".join(options))


def _shown(text: str) -> str:
    short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return "".join(sign for sign in short if sign.isprintable())
