"""The content of a briefing, for any kind of file: parts in order, with text, figures, maps, charts and tables.

All texts are in the briefing's language, and all numbers are formatted in it. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from dashboard.charts.bars import Block
from data.i18n import Language

Kind = Literal["title", "summary", "victims", "map", "time", "record", "sources"]


@dataclass(frozen=True)
class Fact:
    """A single figure.

    Attributes:
        label: what it counts.
        figure: a number, an interval (`12–24`), or the words for a masked one.
        note: its year, the figure before it, how many states it is of.
    """

    label: str
    figure: str
    note: str


@dataclass(frozen=True)
class Table:
    """Rows of text under headings; `alt` describes the table."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    alt: str


@dataclass(frozen=True)
class Figure:
    """A map or a chart.

    Attributes:
        spec: `data` and `layout` of Plotly, with `width` and `height` in pixels, from which each kind of file makes its
            own shapes (`dashboard.charts`). A map has its notes and the boundary disclaimer at its foot.
        alt: a description of what it shows, for a screen reader.
        title: of a chart, if it is not that of its part.
        blocks: the bars of a figure of bars, from which a slide makes charts of its own.
    """

    spec: Mapping[str, Any]
    alt: str
    title: str = ""
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Part:
    """A part of a briefing: a slide, or a section on paper.

    Attributes:
        kind: its layout; there may be several parts of a kind (maps of counted victims, of described routes).
        title: what its rows say, in one sentence; the first part has it beside the name of the subject.
        lead: one or two sentences more.
        facts, picture, charts, tables: what it shows; each may be missing.
        point: how the summary says it, if not with its title.
        points: sentences that stand by themselves.
        remarks: sentences on how to read it.
        releases: of the rows shown.
        notes: speaker's notes, with all that is said on the part and, where there are cells, the source of each figure.
    """

    kind: Kind
    title: str
    lead: str = ""
    facts: tuple[Fact, ...] = ()
    picture: Figure | None = None
    charts: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    points: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    releases: tuple[str, ...] = ()
    notes: str = ""
    point: str = ""


@dataclass(frozen=True)
class Briefing:
    """A whole briefing.

    Attributes:
        lang: its language, for the few words that the writers of files add (page numbers).
        name: an id for file names, e.g. `CRI_USA`; the region is `region`.
        title, subtitle: its subject, and the kind of document.
        as_of: the releases of UNODC in use and their last year, for every slide and page; each part names the releases
            of its rows.
        address: the link that opens the view; empty if no public address is configured.
        snapshot, created: the snapshot's id and date (ISO 8601).
        parts: the first is the opening, the last the sources.
        single: whether it is one page to print.
    """

    lang: Language
    name: str
    title: str
    subtitle: str
    as_of: str
    address: str
    snapshot: str
    created: str
    parts: tuple[Part, ...]
    single: bool = False
