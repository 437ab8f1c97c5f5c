"""Tables for readers: words under translated headings, prepared for the browser. Pure.

Each subject makes its own tables with this kit, in `dashboard/subjects/<name>/tables.py`.
"""

import math
import re
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
import pyarrow as pa

from data.i18n import Language

Row = Mapping[str, Any]
Columns = Mapping[str, Callable[[Row], str]]
RATE_DIGITS = 2
# Decimals by unit; figures of other units are whole.
DIGITS = {"per_100000_population": RATE_DIGITS, "ratio": RATE_DIGITS, "percent": 1}
NONE = "–"
# The mark stands after a figure that its own parts contradict.
NUMBER = re.compile(r"[\d.,–\s]+(-[\d.,\s]+)?\*?")
YEARS = re.compile(r"–|\d{4}(?:\.\d+)?(?:[–\-,] ?\d{4})*")
# How many rows are enough to tell the kind of a column.
SAMPLE = 40
# How the browser sets the width of a column: from the first ten cells and the last one, without those twice as long as
# the mean, up to 60 characters. Then the pixels of a character, and of a cell's margins.
TEN = 10
TWICE = 2
WIDEST = 60
CHARACTER = 7.2
MARGINS = 20


@dataclass(frozen=True)
class Sheet:
    """A table of words, ready to be sent to the browser.

    Attributes:
        rows: as Arrow.
        figures: the headings of the columns of figures.
        widths: pixels, by heading, of columns whose longest text the browser would cut.
    """

    rows: pa.Table
    figures: tuple[str, ...]
    widths: Mapping[str, int]

    @property
    def head(self) -> tuple[str, ...]:
        """The headings."""
        return tuple(self.rows.column_names)

    @property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """The words of each row."""
        return tuple(zip(*(map(str, column.to_pylist()) for column in self.rows.columns), strict=True))


def sheet(frame: pl.DataFrame) -> Sheet:
    """Prepare a table of words for the browser; worth caching, as it takes longer than showing the table."""
    # As Arrow, since Streamlit would convert any other form through pandas; without the metadata that Polars adds.
    arrow = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
    rows = pa.table(arrow.columns, names=frame.columns)
    lengths = {name: frame[name].cast(pl.String).str.len_chars() for name in frame.columns}
    widths = {name: width for name, found in lengths.items() if (width := _width(name, found))}
    return Sheet(rows, tuple(name for name in frame.columns if _figures(frame[name])), widths)


def holding(rows: pa.Table, text: str) -> list[int]:
    """The numbers of the rows with a cell that contains a text, in upper or lower case."""
    table = pl.DataFrame(rows)
    found = [_contains(table[name], text.lower()) for name in table.columns]
    return table.select(pl.arg_where(pl.any_horizontal(found))).to_series().to_list()


def _contains(cells: pl.Series, text: str) -> pl.Series:
    words = cells.unique()
    return cells.is_in(
        words.filter(words.cast(pl.String).str.to_lowercase().str.contains(text, literal=True)).implode()
    )


def _width(heading: str, lengths: pl.Series) -> int:
    """The pixels that the longest text of a column needs, or 0 if the browser's default is wide enough."""
    measured, longest = [*lengths[:TEN], *lengths[TEN:][-1:]], max([*lengths.top_k(1)], default=0)
    usual = [n for n in measured if n < TWICE * statistics.fmean(measured)] or [0]
    default = min(max(*usual, len(heading)), WIDEST)
    return 0 if longest <= default else math.ceil(CHARACTER * longest + MARGINS)


def _figures(cells: pl.Series) -> bool:
    """Whether a column has only numbers, intervals and dashes, as a language writes them; years are not figures.

    A figure of four digits has a separator in each language: without one it is a year, and with a point a version.
    """
    texts = cells.head(SAMPLE).to_list()
    return all(map(NUMBER.fullmatch, texts)) and not all(map(YEARS.fullmatch, texts))


def written(rows: Iterable[Row], columns: Columns) -> pl.DataFrame:
    """A table of words: under each translated heading, the text that its function returns for each row."""
    listed = list(rows)
    return pl.DataFrame({heading: [text(row) for row in listed] for heading, text in columns.items()}, strict=False)


def runs(lang: Language, years: Iterable[int]) -> str:
    """Years as runs, for cells and parentheses: 2010–2013, 2015."""
    return ", ".join(_runs(lang, years))


def runs_in_sentence(lang: Language, years: Iterable[int]) -> str:
    """Years as runs, for a sentence: 2010–2013 and 2015."""
    return lang.listing(_runs(lang, years))


def over(lang: Language, years: Sequence[int]) -> str:
    """The years of a figure in a sentence: of a sum how many there are if some between them are missing."""
    first, last = min(years), max(years)
    if first == last:
        return lang.text("in {year}", year=first)
    if len(years) == len((first, last)):
        return lang.text("in {first} and {last}", first=first, last=last)
    if len(years) == last - first + 1:
        return lang.text("from {first} to {last}", first=first, last=last)
    values = {"n": lang.number(len(years)), "first": first, "last": last}
    return lang.text("in the {n} years with usable figures between {first} and {last}", **values)


def _runs(lang: Language, years: Iterable[int]) -> list[str]:
    found: list[list[int]] = []
    for year in sorted(years):
        if found and year == found[-1][-1] + 1:
            found[-1].append(year)
        else:
            found.append([year])
    return [lang.span(run) for run in found]


def ordered(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Rows of states in the alphabetical order of their names."""
    order = {code: place for place, code in enumerate(lang.sorted_countries(frame["area"]))}
    return frame.sort(pl.col("area").replace_strict(order, return_dtype=pl.Int32), maintain_order=True)
