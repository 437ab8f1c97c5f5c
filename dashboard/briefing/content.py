"""What a briefing says, whatever writes it: parts in their order, each with its words, figures, pictures and tables.

All words are in the briefing's language and all figures already written as it writes them. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from data.i18n import Language

Kind = Literal["title", "key", "map", "routes", "ledger", "gaps", "sources"]
# Of a line: values, true zeros (which are values as well), the least and the most of masked figures. Of bars also: how
# many are masked, were printed but cannot be used, are not reported.
Role = Literal["value", "zero", "least", "most", "masked", "unusable", "missing"]


@dataclass(frozen=True)
class Fact:
    """A figure by itself.

    Attributes:
        label: what it counts.
        figure: number, interval (`12–24`) or the word for why there is none, in the briefing's language.
        note: n of N, year, source and release.
    """

    label: str
    figure: str
    note: str


@dataclass(frozen=True)
class Table:
    """Rows of words under their headings; `alt` says what it holds."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    alt: str


@dataclass(frozen=True)
class Picture:
    """A map: a light Plotly specification of `dashboard.figures`, to be drawn as shapes (`dashboard.briefing.shapes`).

    Attributes:
        spec: `data` and `layout`, with `width` and `height` in pixels. Its notes and the boundary disclaimer stand at
            its foot as annotations, and are drawn with it.
        alt: two sentences that say what it shows.
    """

    spec: Mapping[str, Any]
    alt: str


@dataclass(frozen=True)
class Chart:
    """Figures by category, to be drawn by the file's own program; a gap is None and stays one, never a zero.

    Attributes:
        kind: `line` (years) or `bar` (stacked).
        title, unit: of the chart and of its axis.
        categories: e.g. years, written.
        series: name and one figure a category; the least and the most of masked figures are series of their own.
        roles: what each series is.
        alt: two sentences that say what it shows.
        remarks: what the shapes cannot say, e.g. which years are masked and between what.
    """

    kind: Literal["line", "bar"]
    title: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    alt: str
    remarks: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True)
class Part:
    """A part of a briefing: one slide or more, a section on paper.

    Attributes:
        kind: which layout it takes; a kind may come more than once (routes: counted, then stated).
        title, lead: its heading, and the one or two sentences that a reader takes along.
        facts, picture, chart, tables: what it shows, any of them may be missing.
        annex: tables for which only paper has room; the notes of a slide say the same.
        remarks: what must be said beside it.
        notes: what the speaker reads, and where each number comes from; paragraphs are parted by line ends.
    """

    kind: Kind
    title: str
    lead: str = ""
    facts: tuple[Fact, ...] = ()
    picture: Picture | None = None
    chart: Chart | None = None
    tables: tuple[Table, ...] = ()
    annex: tuple[Table, ...] = ()
    remarks: tuple[str, ...] = ()
    notes: str = ""


@dataclass(frozen=True)
class Briefing:
    """A whole briefing.

    Attributes:
        lang: its language, for the few words that a writer adds (page numbers).
        name: an id for file names, e.g. `CRI_USA`; the region is `region`.
        title, subtitle: what it is about, and what kind of paper it is.
        as_of: release, snapshot id and day, for every slide and page.
        stale: the warning where the snapshot is more than a year old, for every slide and page; else None.
        address: the link that opens the view; empty where nobody knows the server's public address.
        snapshot, created: the snapshot's id and its day (ISO).
        parts: the first is the title, the last the sources.
    """

    lang: Language
    name: str
    title: str
    subtitle: str
    as_of: str
    stale: str | None
    address: str
    snapshot: str
    created: str
    parts: tuple[Part, ...]
