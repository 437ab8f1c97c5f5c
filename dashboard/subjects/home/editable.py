"""The figures of page "Home" as charts that an editor of slides can change."""

from collections.abc import Sequence

import polars as pl

from dashboard.charts.bars import BarBlock
from dashboard.charts.editable import Line, YearChart
from dashboard.charts.figure_words import may_add
from dashboard.subjects.home import query, words
from dashboard.words import terms
from data.i18n import Language


def victims(lang: Language) -> Sequence[YearChart]:
    """The detected victims of the states that reported every year, by year, without the largest reporter."""
    panel = query.panel()
    if panel is None or not panel.enough:
        return []
    title, name = terms.term(lang, "indicator", query.VICTIMS), words.panel_parts(lang, panel)["others"]
    return [sums(lang, panel.rows.filter(part=panel.compared), title, name)]


def groups(lang: Language) -> Sequence[BarBlock]:
    """The victims by sex, age and form."""
    return words.blocks(lang, query.breakdowns())


def sums(lang: Language, rows: pl.DataFrame, title: str, name: str) -> YearChart:
    """Sums by year as columns; what masked figures may add stands on them.

    Args:
        rows: the sums of a part of a panel; `name` says which.
    """
    every = rows.sort("year").rows(named=True)
    years, lows, highs = ([row[column] for row in every] for column in ("year", "low", "high"))
    marked = [row["year"] for row in every if row["contradicted"]]
    added = [high - low for low, high in zip(lows, highs, strict=True)]
    lines = [Line("part", name, lows), *([Line("more", may_add(lang), added)] if any(added) else [])]
    alt = lang.text(
        "Columns by year: {before} in {first}, {after} in {last}.",
        first=years[0],
        last=years[-1],
        before=words.written(lang, every[0]),
        after=words.written(lang, every[-1]),
    )
    alt = f"{lang.labeled(title, terms.in_sentence(name))}. {alt}"
    return YearChart(title, alt, lang.text("Number"), years, lines, marked)
