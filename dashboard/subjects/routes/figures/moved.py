"""People who moved, as context beside counted victims: a quiet tint of states, and a last column of the ledger.

They have a scale and a hue of their own: movement is not trafficking, and nothing is on one scale with victims.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.charts.colors import COLORS
from dashboard.charts.key import AXIS, Item
from dashboard.charts.medium import TEXT
from dashboard.charts.traces import Trace, words
from dashboard.subjects.routes.figures.circles import LINE, widest
from dashboard.subjects.routes.figures.lines import CountryLine
from dashboard.words.tables import NONE
from data.i18n import Language

# The least people of each tint but the first, and pixels between bars and the column.
LIMITS = (10_000, 100_000)
APART = 14.0


@dataclass(frozen=True)
class Moved:
    """How many people from one country live in another one, by pair, in a year; pairs that are not listed lack."""

    year: int
    people: Mapping[tuple[str, str], int]

    def number(self, one: CountryLine, lang: Language) -> str:
        """The people of a line's pair; a dash if they are not listed, nothing for a state's own citizens."""
        n = self._of(one)
        return "" if one.own else NONE if n is None else lang.number(n)

    def _of(self, one: CountryLine) -> int | None:
        _, origin, destination, *_ = one.opens
        return self.people.get((str(origin), str(destination)))

    def heading(self, lang: Language) -> str:
        """The heading of the column."""
        # Translators: of a column of numbers, as short as possible: people who live in a country, born in another one.
        return lang.text("Migrants, {year}", year=self.year)

    def width(self, lines: Sequence[CountryLine]) -> float:
        """The pixels that the column takes from the bars, the same in every language."""
        heading = widest(lambda _, lang: self.heading(lang), [0], bold=True)
        return APART + max(heading, widest(self.number, lines))

    def fills(self, lines: Sequence[CountryLine]) -> dict[str, str]:
        """The tint of each country of the lines."""
        return {one.code: self._tint(one) for one in lines}

    def _tint(self, one: CountryLine) -> str:
        n = self._of(one)
        return COLORS.tint if n is None or one.own else COLORS.moved[sum(n >= limit for limit in LIMITS)]

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
        # Translators: the heading of a key of tints, as short as possible.
        heading = lang.text("Migrants, {year}: movement is not trafficking", year=self.year)
        return [Item(heading), *each]

    def column(
        self, lines: Sequence[CountryLine], levels: Sequence[float], right: float, top: float, lang: Language
    ) -> Iterator[Trace]:
        """The column: the middle of each of its rows, its right end and its upper one, in pixels."""
        yield words(AXIS, [right], [top - LINE / 2], [f"<b>{self.heading(lang)}</b>"], "left", size=TEXT)
        texts = [self.number(one, lang) for one in lines]
        yield words(AXIS, [right] * len(lines), [*levels], texts, "left", size=TEXT)
