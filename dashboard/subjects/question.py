"""What an address asks of a table, and the rows that answer it. A question that means nothing is refused in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from data.contract import SCHEMAS
from data.i18n import N_

# The columns that can be asked for, by table; then the years, both included, and the form of the answer.
COLUMNS = {
    "observations": ("indicator", "area", "sex", "age", "form", "source"),
    "flows": ("evidence", "origin", "transit", "destination", "source"),
}
FROM, TO, FORMAT = "from", "to", "format"
FORMATS = ("csv", "json")
# What is shown of a foreign text inside a sentence.
LONGEST = 40


class RefusalError(ValueError):
    """The question means nothing here; one sentence says so: parameter, what was given, what is allowed.

    Attributes:
        sentence: a message of the catalogues; values: what stands in its places.
    """

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence.format(**values))
        self.sentence, self.values = sentence, values


@dataclass(frozen=True)
class Question:
    """What is asked of a table.

    Attributes:
        equal: for a column the values asked for; a column that is not named may hold any.
        first, last: years, both included.
        form: one of `FORMATS`.
    """

    table: str
    first: int
    last: int
    form: str = "json"
    equal: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def rows(self, table: pl.LazyFrame) -> pl.LazyFrame:
        """The rows asked for."""
        asked = [pl.col(column).is_in(values) for column, values in self.equal.items()]
        return table.filter(pl.col("year").is_between(self.first, self.last), *asked)

    def ordered(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Rows in the order of the table's key."""
        return rows.sort(SCHEMAS[self.table].primary_key())


def understood(
    table: str,
    asked: Iterable[tuple[str, str]],
    known: Callable[[str], tuple[str, ...]],
    years: tuple[int, int],
) -> Question:
    """Read the parameters of an address; an empty one asks for nothing, a repeated one for both.

    Args:
        known: the values that a column of the table holds.
        years: the first and the last year of the table.

    Raises:
        RefusalError: a parameter or a value means nothing.
    """
    names = (*COLUMNS[table], FROM, TO, FORMAT)
    given: dict[str, list[str]] = {}
    for name, text in asked:
        _among("parameter", name, names)
        given.setdefault(name, []).extend(filter(None, text.split(",")))
    equal = {column: tuple(dict.fromkeys(given[column])) for column in COLUMNS[table] if given.get(column)}
    for column, values in equal.items():
        for value in values:
            _among(column, value, known(column))
    first, last = (_year(name, given.get(name), years, usual) for name, usual in zip((FROM, TO), years, strict=True))
    if first > last:
        said = N_("from: {first} is later than to, which is {last}; allowed is a year up to {last}.")
        raise RefusalError(said, first=first, last=last)
    form = _one(FORMAT, given.get(FORMAT), "json")
    _among(FORMAT, form, FORMATS)
    return Question(table, first, last, form, equal)


def _year(name: str, given: list[str] | None, years: tuple[int, int], usual: int) -> int:
    text, (low, high) = _one(name, given, str(usual)), years
    # int() also takes "1_0", " 7 " and other scripts' digits.
    if not (text.isascii() and text.isdigit() and len(text) == len(str(high)) and low <= int(text) <= high):
        said = N_("{name}: “{told}” is no year of this table; allowed is a year from {low} to {high}.")
        raise RefusalError(said, name=name, told=_shown(text), low=low, high=high)
    return int(text)


def _one(name: str, given: list[str] | None, usual: str) -> str:
    if given and len(given) > 1:
        said = N_("{name}: “{told}” is more than one value; allowed is one.")
        raise RefusalError(said, name=name, told=_shown(",".join(given)))
    return given[0] if given else usual


def _among(name: str, value: str, allowed: Iterable[str]) -> None:
    options = tuple(allowed)
    if value not in options:
        said = N_("{name}: “{told}” is not known here; allowed are {options}.")
        raise RefusalError(said, name=name, told=_shown(value), options=", ".join(options))


def _shown(text: str) -> str:
    short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return "".join(sign for sign in short if sign.isprintable())
