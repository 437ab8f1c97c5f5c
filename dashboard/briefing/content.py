"""The content of a briefing, for any kind of file: parts in order, with text, figures, maps, charts and tables.

All texts are in the briefing's language, and all numbers are formatted in it. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from data.i18n import Language

Kind = Literal["title", "key", "map", "routes", "ledger", "gaps", "sources"]


@dataclass(frozen=True)
class Fact:
    """A single figure.

    Attributes:
        label: what it counts.
        figure: a number, an interval (`12–24`), or the word for why there is none.
        note: n of N, year, source and release.
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
        alt: two sentences that describe what it shows.
        title: of a chart, if it is not the slide's title.
        remarks: what the shapes cannot show, e.g. which years are masked, with their intervals.
    """

    spec: Mapping[str, Any]
    alt: str
    title: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A part of a briefing: one or more slides, or a section on paper.

    Attributes:
        kind: its layout; there may be several parts of a kind (routes: counted, then stated).
        title, lead: its heading, and one or two sentences with the main point.
        facts, picture, chart, tables: what it shows; each may be missing.
        annex: tables that only paper has room for; on slides their content is in the notes.
        remarks: sentences that must be shown with it.
        notes: speaker's notes, with the source of each number; paragraphs are separated by line ends.
    """

    kind: Kind
    title: str
    lead: str = ""
    facts: tuple[Fact, ...] = ()
    picture: Figure | None = None
    chart: Figure | None = None
    tables: tuple[Table, ...] = ()
    annex: tuple[Table, ...] = ()
    remarks: tuple[str, ...] = ()
    notes: str = ""


@dataclass(frozen=True)
class Briefing:
    """A whole briefing.

    Attributes:
        lang: its language, for the few words that the writers of files add (page numbers).
        name: an id for file names, e.g. `CRI_USA`; the region is `region`.
        title, subtitle: its subject, and the kind of document.
        as_of: the releases of UNODC in use and their last year, for every slide and page; each part names the releases
            of its rows.
        stale: the warning if the figures are of an old release, for every slide and page; else None.
        address: the link that opens the view; empty if no public address is configured.
        snapshot, created: the snapshot's id and date (ISO 8601).
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
