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
    """The detected victims of all states that reported, by year."""
    found = query.overview()
    if found is None:
        return []
    title = f"{words.change_title(lang, found)} ({terms.in_sentence(words.bars_title(lang))})"
    return [sums(lang, query.by_year(), title, found.largest)]


def convictions(lang: Language) -> Sequence[YearChart]:
    """The persons convicted of the states that reported every year."""
    found = query.panel(query.CONVICTED)
    if not found or not found.enough:
        return []
    name = terms.term(lang, "indicator", query.CONVICTED)
    title = lang.labeled(name, terms.in_sentence(words.panel_title(lang, found)))
    return [sums(lang, found.rows.filter(part="all"), title)]


def groups(lang: Language) -> Sequence[BarBlock]:
    """The victims by sex, age and form."""
    return words.blocks(lang, query.breakdowns())


def sums(lang: Language, rows: pl.DataFrame, title: str, largest: str = "") -> YearChart:
    """Sums of the region by year as columns; what masked figures may add stands on them.

    Args:
        rows: part, year, low, high, as of `query.by_year` or of a panel.
        largest: the state whose figures are a part of their own; empty if there is none.
    """
    years = rows["year"].unique().sort().to_list()
    cells = {(row["part"], row["year"]): (row["low"], row["high"]) for row in rows.iter_rows(named=True)}
    parts = rows["part"].unique().sort(descending=True).to_list()
    lines = [
        Line("part", words.part(lang, part, largest), [cells.get((part, year), (0.0, 0.0))[0] for year in years])
        for part in parts
    ]
    added = [sum(high - low for (_, at), (low, high) in cells.items() if at == year) for year in years]
    if any(added):
        lines.append(Line("more", may_add(lang), added))
    before, after = (
        lang.interval(*(sum(cells.get((part, year), (0, 0))[end] for part in parts) for end in (0, 1)))
        for year in (years[0], years[-1])
    )
    alt = lang.text(
        "Columns by year: {before} in {first}, {after} in {last}.",
        first=years[0],
        last=years[-1],
        before=before,
        after=after,
    )
    return YearChart(title, f"{title}. {alt}", lang.text("Number"), years, lines)
