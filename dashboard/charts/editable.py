"""Figures by year as a plain model, from which a slide makes a chart that its readers can edit. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from dashboard.charts.figure_words import marked
from dashboard.words import terms
from data.i18n import Language

# Values; true zeros, which are values too; masked figures over their intervals; a part of a column, and what masked
# figures may add to it.
FigureRole = Literal["value", "zero", "masked", "part", "more"]
REPORTED = ("exact", "masked")


@dataclass(frozen=True)
class Line:
    """Figures by year, None for a gap; `spans`: how far the interval of each goes down from it."""

    role: FigureRole
    name: str
    figures: Sequence[float | None]
    spans: Sequence[float] = ()


@dataclass(frozen=True)
class YearChart:
    """Lines over years or, if their role is that of a part, columns of parts.

    Attributes:
        title: what it shows; alt: a description for a screen reader; unit: of its scale.
        marked: the years with a total that its parts contradict: no line joins it to another year.
        broken: the year after a break, to which no line leads; `said`: what the chart says of it.
    """

    title: str
    alt: str
    unit: str
    years: Sequence[int]
    lines: Sequence[Line]
    marked: Collection[int] = ()
    broken: int | None = None
    said: str = ""

    @property
    def apart(self) -> list[int]:
        """The years to which no line leads from the year before."""
        after = {*self.marked, *(year + 1 for year in self.marked), self.broken}
        return [year for year in self.years if year in after]

    @property
    def stacked(self) -> bool:
        """Whether it has columns."""
        return self.lines[0].role == "part"


def by_year(lang: Language, frame: pl.DataFrame, title: str) -> YearChart | None:
    """Figures of one kind by year; None if there are none.

    Args:
        frame: year, low, high, status, perhaps contradicted, a row for each year in order.
        title: the kind in words.
    """
    reported = frame.filter(pl.col("status").is_in(REPORTED))
    if reported.is_empty():
        return None
    n, last = reported.height, reported.row(-1, named=True)
    alt = lang.plural(
        "{subject}, {years}: a figure in {n} year. The latest, of {year}: {figure}.",
        "{subject}, {years}: figures in {n} years. The latest, of {year}: {figure}.",
        n,
        subject=title,
        years=lang.span(frame["year"]),
        year=last["year"],
        figure=marked(last, terms.figure(lang, last["low"], last["high"], last["status"])),
    )
    doubted = [row["year"] for row in frame.iter_rows(named=True) if row.get("contradicted")]
    return YearChart(title, alt, lang.text("Number"), frame["year"].to_list(), _lines(lang, frame), doubted)


def _lines(lang: Language, frame: pl.DataFrame) -> list[Line]:
    """Values, true zeros once more, masked figures; only those that occur."""
    exact, masked = pl.col("status") == "exact", pl.col("status") == "masked"
    kinds: list[tuple[FigureRole, str, pl.Expr]] = [
        ("value", terms.term(lang, "status", "exact"), exact),
        ("zero", terms.term(lang, "status", "zero"), exact & (pl.col("high") == 0)),
        ("masked", terms.term(lang, "status", "masked"), masked),
    ]
    found = []
    for role, name, kind in kinds:
        figures, lows = (frame.select(pl.when(kind).then(pl.col(end))).to_series().to_list() for end in ("high", "low"))
        spans = [high - low if high is not None else 0 for low, high in zip(lows, figures, strict=True)]
        if any(figure is not None for figure in figures):
            found.append(Line(role, name, figures, spans if role == "masked" else ()))
    return found
