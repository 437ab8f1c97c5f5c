"""The figures of page "Home" as charts that an editor of slides can change."""

from collections.abc import Mapping, Sequence

import polars as pl

from dashboard.charts.bars import BarBlock
from dashboard.charts.editable import Line, YearChart
from dashboard.charts.figure_words import may_add
from dashboard.subjects.home import query, words
from data.i18n import Language


def by_year(lang: Language, indicator: str) -> Sequence[YearChart]:
    """The sums of the states that reported every year or, if they are too few, of all that reported."""
    found, panel = query.overview(indicator), query.panel(indicator)
    if found is None:
        return []
    title = words.measured(lang, panel, indicator)
    if panel and panel.enough:
        return [sums(lang, panel.parts, title, words.panel_parts(lang, panel))]
    names = {
        part: words.part(lang, part, found.largest)
        for part in ("others", "largest")
        if found.largest or part == "others"
    }
    return [sums(lang, query.by_year(indicator), title, names)]


def groups(lang: Language) -> Sequence[BarBlock]:
    """The victims by sex, age and form."""
    return words.blocks(lang, query.breakdowns())


def sums(lang: Language, rows: pl.DataFrame, title: str, names: Mapping[str, str]) -> YearChart:
    """Sums of the region by year as columns; what masked figures may add stands on them.

    Args:
        rows: part, year, low, high, as of `query.by_year` or of a panel.
        names: the parts in words, from the lowest up.
    """
    years = rows["year"].unique().sort().to_list()
    cells = {(row["part"], row["year"]): (row["low"], row["high"]) for row in rows.iter_rows(named=True)}
    lines = [
        Line("part", name, [cells.get((part, year), (0.0, 0.0))[0] for year in years]) for part, name in names.items()
    ]
    added = [sum(high - low for (_, at), (low, high) in cells.items() if at == year) for year in years]
    if any(added):
        lines.append(Line("more", may_add(lang), added))
    before, after = (
        lang.interval(*(sum(cells.get((part, year), (0, 0))[end] for part in names) for end in (0, 1)))
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
