"""The series of a figure: grouped by axis, sorted, and named by the fields in which they differ."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import polars as pl

from dashboard.charts.figure_words import BREAKDOWN
from dashboard.words import terms
from data.i18n import Language, capitalized

Row = Mapping[str, Any]
FIELDS = ("indicator", "area", "sex", "age", "form")
WORDS: dict[str, Callable[[Language, str], str]] = {"indicator": terms.word("indicator"), "area": Language.country}
WORDS |= {field: word for field, (word, _) in BREAKDOWN.items()}
COUNTS = {"persons", "offences", "statements"}
# The rank of a series beyond those that get a look of their own.
REST = -1
# A state whose highest figure is `FAR` times that of every other, if those reach `LEAST`, would flatten all others.
FAR = 5.0
LEAST = 5.0


class Series(NamedTuple):
    """One line of a chart: its values of `FIELDS`, and its rows by year, ascending."""

    key: tuple[str, ...]
    rows: tuple[Row, ...]

    def value(self, field: str) -> str:
        """The id of one of `FIELDS`."""
        return self.key[FIELDS.index(field)]

    @property
    def last(self) -> Row | None:
        """The row of the latest figure; None without any."""
        return next((row for row in reversed(self.rows) if row["high"] is not None), None)


def groups(rows: pl.DataFrame, lang: Language) -> list[list[Series]]:
    """The series by shared axis, sorted by indicator as selected, then breakdown, then name of the state."""
    return [_series(mine, lang) for mine in rows.partition_by("panel", maintain_order=True)]


def _series(rows: pl.DataFrame, lang: Language) -> list[Series]:
    indicators = rows["indicator"].unique(maintain_order=True).to_list()
    states = lang.sorted_countries(rows["area"].unique().to_list())
    found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows.sort("year").iter_rows(named=True):
        found[tuple(row[name] for name in FIELDS)].append(row)

    def order(key: tuple[str, ...]) -> tuple[object, ...]:
        ranks = [_rank(code, list(known)) for code, (_, known) in zip(key[2:], BREAKDOWN.values(), strict=True)]
        return indicators.index(key[0]), *ranks, states.index(key[1])

    return [Series(key, tuple(found[key])) for key in sorted(found, key=order)]


def _rank(code: str, known: Sequence[str]) -> tuple[int, str]:
    return (known.index(code) if code in known else len(known)), code


def names(together: Sequence[Series], lang: Language, *, apart: Iterable[str] = ()) -> list[str]:
    """The name of each series: the words of the fields in which the series differ; `apart` are shown elsewhere."""
    differ = [field for field in FIELDS if field not in apart and len({one.value(field) for one in together}) > 1]
    return [", ".join(WORDS[field](lang, one.value(field)) for field in differ) for one in together]


def key_names(axes: Sequence[Sequence[Series]], lang: Language, *, apart: Sequence[str] = ()) -> list[list[str]]:
    """The names of the series of each axis in the key; series without one get the heading of their axis."""
    every = [names(together, lang, apart=apart) for together in axes]
    if not any(name for some in every for name in some):
        return every
    return [
        [name or heading(together, lang, apart=apart) for name in some]
        for together, some in zip(axes, every, strict=True)
    ]


def ranks(every: Iterable[str], few: int, chosen: Collection[str] | None = None) -> dict[str, int]:
    """The rank of each name; of more than `few` only the first or the `chosen` are ranked, others are `REST`."""
    found = list(dict.fromkeys(every))
    ranked = found if chosen is None or len(found) <= few else [name for name in found if name in chosen]
    return dict.fromkeys(found, REST) | {name: rank for rank, name in enumerate(ranked[:few])}


def heading(together: Sequence[Series], lang: Language, *, apart: Iterable[str] = ()) -> str:
    """What all series of an axis have in common, with their unit; `apart` are fields shown elsewhere.

    Counts of people have no unit here: a state may count persons or cases, and rarely says which.
    """
    same = {field: {one.value(field) for one in together} for field in FIELDS if field not in apart}
    found = {field: next(iter(ids)) for field, ids in same.items() if len(ids) == 1 and ids != {"total"}}
    common = ", ".join(WORDS[field](lang, code) for field, code in found.items())
    code = next((row["unit"] for one in together for row in one.rows), "")
    if code == "persons":
        return common or terms.term(lang, "measure", "count")
    unit = terms.term(lang, "unit", code)
    return common if unit in common else f"{common} ({unit})" if common else capitalized(unit)


def blocks(together: Sequence[Series], lang: Language) -> list[list[Series]]:
    """Blocks of series that differ only in their state; each block has all states of the axis, by name."""
    like = {one.value("area"): one for one in together}
    states = {area: like[area] for area in lang.sorted_countries(like)}
    found: dict[tuple[str, ...], dict[str, Series]] = defaultdict(dict)
    for one in together:
        found[one.key[:1] + one.key[2:]][one.value("area")] = one
    return [
        [by_area.get(area) or _unreported(breakdown, one) for area, one in states.items()]
        for breakdown, by_area in found.items()
    ]


def reporting(block: Sequence[Series]) -> Sequence[Series]:
    """The series of a block that report anything; the whole block if none does."""
    return [one for one in block if reported(one)] or block


def outlier(together: Sequence[Series]) -> str:
    """The state whose figures would flatten those of all others on one scale; empty if there is none."""
    tops: dict[str, float] = defaultdict(float)
    for one in together:
        area = one.value("area")
        tops[area] = max([tops[area], *(row["high"] for row in one.rows if row["high"] is not None)])
    first, *others = sorted(tops, key=tops.__getitem__, reverse=True)
    second = tops[others[0]] if others else 0.0
    return first if second >= LEAST and tops[first] >= FAR * second else ""


def _unreported(indicator_and_breakdown: Sequence[str], like: Series) -> Series:
    """A series without figures, over the years of another series of its state."""
    key = (indicator_and_breakdown[0], like.value("area"), *indicator_and_breakdown[1:])
    nothing = dict(zip(FIELDS, key, strict=True)) | {"low": None, "high": None, "status": "not_reported"}
    return Series(key, tuple({**row, **nothing} for row in like.rows))


def are_counts(together: Iterable[Series]) -> bool:
    """Whether all figures are counts."""
    return {row["unit"] for one in together for row in one.rows} <= COUNTS


def years(together: Iterable[Series]) -> tuple[int, int]:
    """The first and the last year of the series."""
    found = [row["year"] for one in together for row in one.rows]
    return min(found), max(found)


def reported(one: Series) -> bool:
    """Whether a publisher printed anything for a series."""
    return any(row["status"] != "not_reported" for row in one.rows)


def highest(together: Iterable[Series]) -> float:
    """The highest figure of the series, or 1 without any."""
    return max((row["high"] for one in together for row in one.rows if row["high"] is not None), default=0) or 1.0
