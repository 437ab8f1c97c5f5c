"""What a briefing holds, whatever the file: parts in order, each with its words, figures, maps, charts and tables.

All words are in the briefing's language, and all numbers already written in it. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from data.i18n import Language

Kind = Literal["title", "key", "map", "routes", "ledger", "gaps", "sources"]


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
class Figure:
    """A map or a chart.

    Attributes:
        spec: `data` and `layout` of Plotly, with `width` and `height` in pixels; the one model of which each kind of
            file makes its own shapes (`dashboard.charts`). A map's notes and the boundary disclaimer stand at its foot.
        alt: two sentences that say what it shows.
        title: of a chart, where it is not the slide's.
        remarks: what the shapes cannot say, e.g. which years are masked and between what.
    """

    spec: Mapping[str, Any]
    alt: str
    title: str = ""
    remarks: tuple[str, ...] = ()


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
