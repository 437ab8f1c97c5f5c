"""A line of the ledger of detected victims by citizenship, with its circle on the map: its name and its figure."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from dashboard.charts.colors import COLORS
from dashboard.subjects.routes import query, words
from dashboard.subjects.routes.figures.arrows import sentence
from dashboard.subjects.routes.figures.circles import widest
from dashboard.words import countries
from data.i18n import Language

Row = Mapping[str, Any]
WordOf = Callable[[Language], str]


@dataclass(frozen=True)
class Share:
    """A part of a figure: the least and the most that it can be, and its color."""

    low: float
    high: float
    color: str


@dataclass(frozen=True)
class CountryLine:
    """A country and its figure.

    Attributes:
        code: ISO3 of the country.
        shares: the parts of its figure, one after another in a bar.
        few: whether the publisher says no more than "fewer than five", of each year.
        own: whether it is a state's own citizens: their bar stands first and apart, without a circle.
        text: the figure in short words; label: the same on the map; hover: all of it.
        opens: the `customdata` of its marks, from which pages take what a click opens.
        called: its name where it is not that of the country, in full and by codes.
        both: whether the other kind of evidence names its pair of states as well.
    """

    code: str
    shares: Sequence[Share]
    few: bool
    own: bool
    text: WordOf
    label: WordOf
    hover: str
    opens: Sequence[str | None]
    called: tuple[WordOf, WordOf] | None = None
    both: bool = False

    def figure(self, lang: Language) -> str:
        """The figure in short words."""
        return self.text(lang)

    def on_map(self, lang: Language) -> str:
        """The same on a map."""
        return self.label(lang)

    @property
    def low(self) -> float:
        """The least that the figure can be."""
        return sum(one.low for one in self.shares)

    @property
    def high(self) -> float:
        """The most that it can be."""
        return sum(one.high for one in self.shares)

    def name(self, lang: Language) -> str:
        """The printed name."""
        if self.called:
            return self.called[0](lang)
        return lang.text("Own citizens") if self.own else lang.country(self.code)


def named(one: CountryLine, room: float, lang: Language) -> str:
    """The name of a line that fits into some pixels in every language: if need be the short one, or the code."""
    if one.own or widest(CountryLine.name, [one]) <= room:
        return one.name(lang)
    return one.called[1](lang) if one.called else one.code


def short(row: Row, lang: Language) -> str:
    """A figure as it stands on a map: in short words if it is masked in each of its years."""
    if query.few(row):
        return "<5" if row["records"] == 1 else lang.text("<5 a year")
    return lang.interval(row["low"], row["high"])


def of_state(rows: pl.DataFrame, state: str, lang: Language) -> list[CountryLine]:
    """The lines of a state's partners: its own citizens first, then the largest.

    Args:
        rows: as in `dashboard.subjects.routes.query.arrows`, of which one end is the state.
    """
    found = [_partner(row, state, lang) for row in rows.iter_rows(named=True)]
    return sorted(found, key=lambda one: (not one.own, -(one.low + one.high), one.code))


def _partner(row: Row, state: str, lang: Language) -> CountryLine:
    own = row["origin"] == row["destination"]
    code = row["destination"] if row["origin"] == state else row["origin"]
    color = COLORS.own if own else COLORS.arrows["counted"]
    return CountryLine(
        code,
        [Share(float(row["low"]), float(row["high"]), color)],
        query.few(row),
        own,
        lambda other: short(row, other),
        lambda other: short(row, other),
        sentence(row, lang),
        [code, row["origin"], row["destination"], row["leg"], row["transit"]],
    )


def agreeing(every: Sequence[CountryLine], pairs: Collection[tuple[str, str]]) -> list[CountryLine]:
    """The lines of pairs, those marked that both kinds of evidence name; a leg of a route and own citizens are no pair.

    Args:
        pairs: as in `dashboard.subjects.routes.query.named_by_both`.
    """
    return [replace(one, both=one.opens[3] == "direct" and (one.opens[1], one.opens[2]) in pairs) for one in every]


def largest(every: Sequence[CountryLine], most: int) -> list[CountryLine]:
    """A state's own citizens and the lines with the largest figures, so many, in the order of `every`."""
    kept = sorted(every, key=lambda one: (not one.own, -(one.low + one.high)))[:most]
    return [one for one in every if one in kept]


def of_region(
    rows: pl.DataFrame, states: Collection[str], lang: Language
) -> tuple[list[CountryLine], list[CountryLine]]:
    """The lines of the detecting states, own and other citizens apart; and of the countries outside the region.

    Both are in the alphabetical order of their names: states are not ranked.

    Args:
        rows: as in `dashboard.subjects.routes.query.arrows`.
    """
    own = pl.col("origin") == pl.col("destination")
    summed = rows.group_by("destination").agg(
        pl.col("low", "high").sum(),
        *(pl.col(end).filter(own).sum().alias(f"own_{end}") for end in ("low", "high")),
    )
    every = {row["destination"]: _detecting(row, states, lang) for row in summed.iter_rows(named=True)}
    ordered = [every[code] for code in lang.sorted_countries(every)]
    inside = [one for one in ordered if one.code in states]
    return inside, [one for one in ordered if one.code not in states]


def _detecting(row: Row, states: Collection[str], lang: Language) -> CountryLine:
    own = Share(float(row["own_low"]), float(row["own_high"]), COLORS.own)
    others = Share(row["low"] - own.low, row["high"] - own.high, COLORS.arrows["counted"])

    def text(other: Language) -> str:
        return " + ".join(other.interval(one.low, one.high) for one in (own, others) if one.high)

    # Of a country outside the region our rows have the citizens of the states alone.
    foreign = (
        lang.text("Citizens of other countries")
        if row["destination"] in states
        else lang.text("Citizens of the {n} states", n=len(states))
    )
    named = {lang.text("Own citizens"): own, foreign: others}
    parts = [lang.labeled(name, lang.interval(one.low, one.high)) for name, one in named.items() if one.high]
    hover = "<br>".join([f"<b>{lang.country(row['destination'])}</b>", *parts])
    shares = [one for one in (own, others) if one.high]
    return CountryLine(
        row["destination"],
        shares,
        few=False,
        own=False,
        text=text,
        label=lambda other: other.interval(row["low"], row["high"]),
        hover=hover,
        opens=[row["destination"]],
    )


def of_pairs(
    rows: pl.DataFrame, lang: Language, name: Callable[[Language, Row], str] = words.group
) -> list[CountryLine]:
    """The lines of pairs of countries, each at the country that detected citizens of the other.

    Args:
        rows: as in `dashboard.subjects.routes.query.arrows`, of counted victims.
        name: says whose citizens were detected where.
    """
    return [_pair(row, lang, name) for row in rows.iter_rows(named=True)]


def _pair(row: Row, lang: Language, name: Callable[[Language, Row], str]) -> CountryLine:
    called = (
        lambda other: name(other, row),
        lambda other: countries.in_codes(other, row["origin"], row["destination"]),
    )
    return replace(_partner(row, row["origin"], lang), called=called)


def of_routes(rows: pl.DataFrame, chosen: Collection[str], lang: Language) -> list[CountryLine]:
    """The lines of described routes, those described most often first; inside a state only for chosen states.

    Args:
        rows: as in `dashboard.subjects.routes.query.arrows`.
    """
    every = [
        row for row in rows.iter_rows(named=True) if row["origin"] != row["destination"] or row["origin"] in chosen
    ]
    return [_route(row, lang) for row in every]


def _route(row: Row, lang: Language) -> CountryLine:
    return CountryLine(
        row["destination"],
        [Share(float(row["low"]), float(row["high"]), COLORS.arrows["stated"])],
        few=False,
        own=False,
        text=lambda other: other.interval(row["low"], row["high"]),
        label=lambda other: other.interval(row["low"], row["high"]),
        hover=sentence(row, lang),
        opens=[row["destination"], row["origin"], row["destination"], row["leg"], row["transit"]],
        called=(lambda other: words.ends(other, row), lambda other: words.ends(other, row, in_codes=True)),
    )
