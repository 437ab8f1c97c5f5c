"""Figures, declared once: a name, filters, how it is drawn, and all that is known of it away from its page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, TypeVar, cast

import polars as pl

from dashboard.charts.bars import BarBlock
from dashboard.charts.editable import YearChart
from dashboard.charts.medium import Medium
from dashboard.views.filters import Spec
from dashboard.words.served import Served
from data.i18n import Language

T = TypeVar("T")
# Beside the values of filters; no address has it.
CHART = "chart"


class Drawn(NamedTuple):
    """A drawn figure.

    Every form shows it in the same frame: title, measure, drawing, what its marks mean, source; all else stands behind
    "About this figure".

    Attributes:
        spec: Plotly's `data` and `layout`: the drawing and its key.
        title: one claim, in about twelve words; measure: what is counted, the years, and how many states.
        description: for those who do not see it, what title and measure do not say.
        releases: those of its rows; source: the same on one line, which is written last, as the other words around it.
        marks: what the mark beside its figures means; notes: what else belongs to its figures wherever they are shown,
            in pictures also the marks; about: how to read them.
    """

    spec: dict[str, Any]
    title: str
    measure: str = ""
    description: str = ""
    releases: Sequence[Served] = ()
    source: str = ""
    marks: Sequence[str] = ()
    notes: Sequence[str] = ()
    about: Sequence[str] = ()

    @property
    def heading(self) -> str:
        """What stands above the drawing: the title, and below it what is measured."""
        return "\n".join(filter(None, [self.title, self.measure]))

    @property
    def more(self) -> list[str]:
        """What stands behind "About this figure"."""
        return [*(one for one in self.notes if one not in self.marks), *self.about]

    @property
    def blank(self) -> bool:
        """Whether there is nothing to draw, but perhaps a sentence that says why."""
        return not self.spec["data"]

    @property
    def mapped(self) -> bool:
        """Whether it has a map: the frame of each is a shape."""
        return bool(self.spec["layout"].get("shapes"))

    @property
    def alt(self) -> str:
        """The alternative text: title, measure and description, each a sentence."""
        every = [*self.heading.split("\n"), self.description]
        return " ".join(one if one.endswith((".", "!", "?")) else f"{one}." for one in every if one)


def undrawn(title: str) -> Drawn:
    """A figure without rows: its title says why; Plotly draws nothing lower than ten pixels."""
    return Drawn({"data": [], "layout": {"height": 10}}, title)


@dataclass(frozen=True)
class Values:
    """The values of the filters of a figure, by name; hashable."""

    given: tuple[tuple[str, Any], ...]

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Values":
        """Those of a mapping by name; lists become tuples."""
        return cls(tuple((name, tuple(one) if isinstance(one, list) else one) for name, one in values.items()))

    def value(self, spec: Spec[T]) -> T:
        """The value of one filter."""
        return cast("T", dict(self.given)[spec.name])

    @property
    def chart(self) -> str:
        """The one chart that a briefing shows of a figure of several, by its id; empty for all of them."""
        return str(dict(self.given).get(CHART, ""))


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure of a page.

    Attributes:
        name: in addresses and files.
        page: the slug of its page; beside: what that page's address needs besides the filters of the figure.
        filters: all that it depends on, apart from language and medium.
        draw: draws it.
        rows: the observations or flows that it shows, whose disputes it counts; None if no state can dispute them.
        kind: a chart, a map of the states, or a map of routes.
        card: bars for a social card, a few; where it gives none, there is no card.
        number: the number of a social card, and what it counts with its year; without it, or where it gives None, the
            card has the title of the figure.
        explored: whether readers can explore it; a few bars say all that they have.
        editable: the same figures as charts that an editor of slides can change; none for a map.
        stage_height: pixels that titles and key figures leave to it on stage; 0 for the usual ones.
    """

    name: str
    page: str
    draw: Callable[[Values, Language, Medium], Drawn]
    filters: tuple[Spec[Any], ...] = ()
    beside: Mapping[str, str] = field(default_factory=dict)
    rows: Callable[[Values], pl.DataFrame] | None = None
    kind: Literal["chart", "states", "routes"] = "chart"
    card: Callable[[Values, Language], list[BarBlock]] | None = None
    number: Callable[[Values, Language], tuple[str, str] | None] | None = None
    explored: bool = True
    editable: Callable[[Values, Language], Sequence[YearChart | BarBlock]] | None = None
    stage_height: int = 0

    @property
    def usual(self) -> Values:
        """The defaults of its filters."""
        return Values.of({spec.name: spec.default for spec in self.filters})

    @property
    def zooms(self) -> bool:
        """Whether it is a map, which can be zoomed."""
        return self.kind != "chart"
