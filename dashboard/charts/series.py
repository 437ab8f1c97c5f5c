"""The series that a figure of any indicator draws: in what order, and named by what tells them apart."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import polars as pl

from dashboard.charts.figure_words import WHOM
from dashboard.words import terms
from data.i18n import Language

Row = Mapping[str, Any]
FIELDS = ("indicator", "area", "sex", "age", "form")
SPOKEN: dict[str, Callable[[Language, str], str]] = {"indicator": terms.word("indicator"), "area": Language.country}
SPOKEN |= {field: say for field, (say, _) in WHOM.items()}
COUNTED = {"persons", "offences", "statements"}
# The rank of a series that is one of too many to be told apart.
REST = -1


class Series(NamedTuple):
    """One line: its indicator, state, sex, age and form, and a row for each year, ascending."""

    key: tuple[str, ...]
    rows: tuple[Row, ...]

    def value(self, field: str) -> str:
        """The id of one of `FIELDS`."""
        return self.key[FIELDS.index(field)]

    @property
    def last(self) -> Row | None:
        """The row of the last figure; None where there is none."""
        return next((row for row in reversed(self.rows) if row["high"] is not None), None)


def groups(rows: pl.DataFrame, lang: Language) -> list[list[Series]]:
    """The series that share an axis, axis by axis: indicators as asked, whom as the lists have them, states by name."""
    return [_series(mine, lang) for mine in rows.partition_by("panel", maintain_order=True)]


def _series(rows: pl.DataFrame, lang: Language) -> list[Series]:
    asked = rows["indicator"].unique(maintain_order=True).to_list()
    states = lang.sorted_countries(rows["area"].unique().to_list())
    found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows.sort("year").iter_rows(named=True):
        found[tuple(row[name] for name in FIELDS)].append(row)

    def order(key: tuple[str, ...]) -> tuple[object, ...]:
        ranks = [_rank(code, list(known)) for code, (_, known) in zip(key[2:], WHOM.values(), strict=True)]
        return asked.index(key[0]), *ranks, states.index(key[1])

    return [Series(key, tuple(found[key])) for key in sorted(found, key=order)]


def _rank(code: str, known: Sequence[str]) -> tuple[int, str]:
    return (known.index(code) if code in known else len(known)), code


def names(together: Sequence[Series], lang: Language, *, apart: Iterable[str] = (), coded: bool = False) -> list[str]:
    """What each series is, in the words in which they differ.

    Args:
        apart: fields that something else tells; coded: states by their codes.
    """
    differ = [field for field in FIELDS if field not in apart and len({one.value(field) for one in together}) > 1]
    spoken = SPOKEN | ({"area": lambda _, code: code} if coded else {})
    return [", ".join(spoken[field](lang, one.value(field)) for field in differ) for one in together]


def keyed(held: Sequence[Sequence[Series]], lang: Language, *, apart: Sequence[str] = ()) -> list[list[str]]:
    """What the key calls the series of each axis: where only others differ among themselves, what the axis shows."""
    every = [names(together, lang, apart=apart) for together in held]
    if not any(name for some in every for name in some):
        return every
    return [
        [name or heading(together, lang, apart=apart) for name in some]
        for together, some in zip(held, every, strict=True)
    ]


def looks(every: Iterable[str], few: int, chosen: Collection[str] | None = None) -> dict[str, int]:
    """The rank of each name; where there are more than `few`, only the first or the `chosen` ones have one."""
    found = list(dict.fromkeys(every))
    told = found if chosen is None or len(found) <= few else [name for name in found if name in chosen]
    return dict.fromkeys(found, REST) | {name: rank for rank, name in enumerate(told[:few])}


def heading(together: Sequence[Series], lang: Language, *, apart: Iterable[str] = ()) -> str:
    """What all series of an axis have in common, with their unit; `apart` are fields that something else tells."""
    same = {field: {one.value(field) for one in together} for field in FIELDS if field not in apart}
    found = {field: next(iter(held)) for field, held in same.items() if len(held) == 1 and held != {"total"}}
    said = ", ".join(SPOKEN[field](lang, code) for field, code in found.items())
    unit = terms.term(lang, "unit", next((row["unit"] for one in together for row in one.rows), ""))
    return said if unit in said else f"{said} ({unit})" if said else unit[:1].upper() + unit[1:]


def blocks(together: Sequence[Series], lang: Language) -> list[list[Series]]:
    """The series that differ in nothing but their state, together, each with all the states of the axis by name."""
    like = {one.value("area"): one for one in together}
    states = {area: like[area] for area in lang.sorted_countries(like)}
    found: dict[tuple[str, ...], dict[str, Series]] = defaultdict(dict)
    for one in together:
        found[one.key[:1] + one.key[2:]][one.value("area")] = one
    return [[held.get(area) or _silent(whom, one) for area, one in states.items()] for whom, held in found.items()]


def heard(block: Sequence[Series]) -> Sequence[Series]:
    """The series of a block whose states have any row, where there are such."""
    return [one for one in block if reported(one)] or block


def _silent(whom: Sequence[str], like: Series) -> Series:
    """A series that a state does not report, over the years of another one of the same state."""
    key = (whom[0], like.value("area"), *whom[1:])
    nothing = dict(zip(FIELDS, key, strict=True)) | {"low": None, "high": None, "status": "not_reported"}
    return Series(key, tuple({**row, **nothing} for row in like.rows))


def counted(together: Iterable[Series]) -> bool:
    """Whether the figures are counts."""
    return {row["unit"] for one in together for row in one.rows} <= COUNTED


def years(together: Iterable[Series]) -> tuple[int, int]:
    """The first and the last year of the series."""
    found = [row["year"] for one in together for row in one.rows]
    return min(found), max(found)


def reported(one: Series) -> bool:
    """Whether a series has any row of a publisher."""
    return any(row["status"] != "not_reported" for row in one.rows)


def most(together: Iterable[Series]) -> float:
    """The highest figure of the series, or 1 where there is none."""
    return max((row["high"] for one in together for row in one.rows if row["high"] is not None), default=0) or 1.0
