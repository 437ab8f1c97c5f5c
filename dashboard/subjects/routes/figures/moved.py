"""People who moved, as context beside counted victims: a quiet tint of states, and a last column of the ledger.

They have a scale and a hue of their own: movement is not trafficking, and nothing is on one scale with victims.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from dashboard.charts.colors import COLORS
from dashboard.charts.key import AXIS, Item
from dashboard.charts.medium import TEXT
from dashboard.charts.traces import Trace, words
from dashboard.subjects.movements import words as movements_words
from dashboard.subjects.routes.figures.circles import LINE, widest
from dashboard.subjects.routes.figures.lines import CountryLine
from dashboard.words.tables import NONE
from data.i18n import Language

# The least people of each tint but the first, the same for each kind, and pixels between bars and the column.
LIMITS = (10_000, 100_000)
APART = 14.0


@dataclass(frozen=True)
class Moved:
    """The people of one kind who moved from one country to another in a year; pairs without a figure lack.

    Attributes:
        rows: at least one (`movements.query.current`).
    """

    rows: pl.DataFrame

    @cached_property
    def people(self) -> Mapping[tuple[str, str], tuple[float, float]]:
        """The least and the most people of each pair of origin and destination."""
        each = self.rows.select("origin", "destination", "low", "high").iter_rows()
        return {(origin, end): (low, high) for origin, end, low, high in each}

    def number(self, one: CountryLine, lang: Language) -> str:
        """The people of a line's pair; a dash without a figure, nothing for a state's own citizens."""
        found = self._of(one)
        return "" if one.own else lang.interval(*found) if found else NONE

    def _of(self, one: CountryLine) -> tuple[float, float] | None:
        _, origin, destination, *_ = one.opens
        return self.people.get((str(origin), str(destination)))

    def width(self, lines: Sequence[CountryLine]) -> float:
        """The pixels that the column takes from the bars, the same in every language."""
        heading = widest(lambda _, lang: movements_words.heading(lang, self.rows), [0], bold=True)
        return APART + max(heading, widest(self.number, lines))

    def fills(self, lines: Sequence[CountryLine]) -> dict[str, str]:
        """The tint of each country of the lines."""
        return {one.code: self._tint(one) for one in lines}

    def _tint(self, one: CountryLine) -> str:
        found = self._of(one)
        return COLORS.tint if not found or one.own else COLORS.moved[sum(found[1] >= limit for limit in LIMITS)]

    def items(self, lines: Sequence[CountryLine], lang: Language) -> list[Item]:
        """The key of the tints that are drawn."""
        low, high = LIMITS
        between = lang.interval(0, low - 1), lang.interval(low, high - 1)
        texts = *between, lang.text("{n} or more", n=lang.number(high))
        drawn = {*self.fills(lines).values()}
        each = [
            Item(text, tint, (COLORS.edge(COLORS.tint), 0.6))
            for text, tint in zip(texts, COLORS.moved, strict=True)
            if tint in drawn
        ]
        # Translators: the heading of a key of tints, as short as possible: {column} is "Migrants, 2024".
        said = lang.text("{column}: movement is not trafficking", column=movements_words.heading(lang, self.rows))
        return [Item(said), *each]

    def column(
        self, lines: Sequence[CountryLine], levels: Sequence[float], right: float, top: float, lang: Language
    ) -> Iterator[Trace]:
        """The column: the middle of each of its rows, its right end and its upper one, in pixels."""
        heading = f"<b>{movements_words.heading(lang, self.rows)}</b>"
        yield words(AXIS, [right], [top - LINE / 2], [heading], "left", size=TEXT)
        texts = [self.number(one, lang) for one in lines]
        yield words(AXIS, [right] * len(lines), [*levels], texts, "left", size=TEXT)
