"""Pages, declared once: a title, a sentence, and sections of blocks, as plain data that each form shows its own way.

A block is a small frozen class. Each form (`dashboard.forms`) knows every class of `Block`, and no page by name.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from dashboard.charts.medium import Medium
from dashboard.views.figure import Drawn, Values
from dashboard.views.filters import Form, NamedFilter, One, Ranged, Span, Spec
from dashboard.views.rows import Rows
from dashboard.words.tables import Sheet
from data.i18n import Language
from data.meeting import Meeting

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Remarks:
    """Sentences, each a line of a list; one alone is a paragraph."""

    lines: Sequence[str]


@dataclass(frozen=True)
class Text:
    """Paragraphs.

    Attributes:
        kind: plain; small, for what stands beside a figure; or a notice, which is set apart from what is around it.
    """

    paragraphs: Sequence[str]
    kind: Literal["plain", "small", "notice"] = "plain"


@dataclass(frozen=True)
class Heading:
    """A heading within a section."""

    words: str


@dataclass(frozen=True)
class Link:
    """A link to a page.

    Attributes:
        page: its slug; empty: the page that has the link, which then keeps the filters that are not named.
        words: of the link.
        filters: parameters of its address, as texts.
        anchor: the section of the page to which it leads.
    """

    page: str
    words: str
    filters: Mapping[str, str] = field(default_factory=dict)
    anchor: str = ""


@dataclass(frozen=True)
class Links:
    """Links beside each other: the contents of a page, or the ways on from it."""

    links: Sequence[Link]


@dataclass(frozen=True)
class Pairs:
    """Labels, each with its text, and at the end a link to another site, if `address` is not empty."""

    rows: Sequence[tuple[str, str]]
    address: str = ""
    words: str = ""


@dataclass(frozen=True)
class Code:
    """A text to copy, letter by letter, such as a citation or a letter.

    Attributes:
        language: of a program, or empty.
        spoken: the code of the language of a text that is not in that of the page; empty for one that is.
    """

    label: str
    text: str
    language: str = ""
    spoken: str = ""


@dataclass(frozen=True)
class Entry:
    """What a state or a body said.

    Attributes:
        words: who, when and what.
        depth: how many entries it answers, one after another.
        address: of its document; empty if it has none on the web.
    """

    words: str
    depth: int = 0
    address: str = ""


@dataclass(frozen=True)
class Entries:
    """Entries below a label, each answer below what it answers; `words` are those of a link to a document."""

    label: str
    entries: Sequence[Entry]
    words: str


@dataclass(frozen=True)
class KeyFigure:
    """A key figure: what it counts, the figure, and the lines below it.

    `link` leads to its view: the label is the link, unless it has words of its own.
    """

    label: str
    figure: str
    lines: Sequence[str] = ()
    link: Link | None = None

    @property
    def linked(self) -> bool:
        """Whether the label is the link."""
        return self.link is not None and self.link.words in {"", self.label}


@dataclass(frozen=True)
class KeyFigures:
    """Key figures, side by side where there is room."""

    figures: Sequence[KeyFigure]


@dataclass(frozen=True)
class Controls:
    """The controls of some filters of the page, and in a part that opens those of `more`.

    Attributes:
        buttons: the names of filters whose options are all seen at once.
        alphabetical: the names of filters whose options stand in the alphabetical order of their words.
    """

    filters: Sequence[NamedFilter]
    more: Sequence[NamedFilter] = ()
    buttons: Sequence[str] = ()
    alphabetical: Sequence[str] = ()


@dataclass(frozen=True)
class Graphic:
    """A figure of `dashboard.catalog` with the values of its filters.

    Attributes:
        name: of the figure; part: its name in the addresses of the page (`country/HTI/victims.png`).
        years: the filter of its year slider.
        opens: what a click on a mark opens, by the id of the mark; None for a mark that opens nothing.
    """

    name: str
    values: Mapping[str, Any]
    part: str
    years: Ranged | Span | None = None
    opens: Callable[[str], Link | None] | None = None


@dataclass(frozen=True)
class Preview:
    """A figure of another page, small, as the way to it: on wide screens alone, for others it would be too small.

    Attributes:
        link: to that page; its words are the title.
        graphic: the figure; what it says of its marks and what they open are the same as there.
        listed: the same ways as links, for a screen that has room for them, but not for the figure.
    """

    link: Link
    graphic: Graphic
    listed: Sequence[Link] = ()


@dataclass(frozen=True)
class Beside:
    """Blocks beside each other where there is room: two figures, or a table and what it opens."""

    columns: Sequence[Sequence["Block"]]


@dataclass(frozen=True)
class Table:
    """A table of words.

    Attributes:
        name: an id, unique on the page.
        title: what it has, for a reader who does not see it.
        sheet: its rows.
        key: the filter that names a row and opens its passport; `marks`: the value of that filter for each row.
        searched: whether it is long enough to be searched.
        wrapped: whether its cells are sentences.
        links: where the first cell of each row leads, if that is another page; their words are those of the cell.
            None: nowhere.
        others: the same for other columns, by their numbers.
    """

    name: str
    title: str
    sheet: Sheet
    key: Form | None = None
    marks: Sequence[str] = ()
    searched: bool = False
    wrapped: bool = False
    links: Sequence[Link | None] = ()
    others: Mapping[int, Sequence[Link | None]] = field(default_factory=dict)


@dataclass(frozen=True)
class Passport:
    """What the row that an address names says of itself: its source, its releases, its citation.

    Attributes:
        key: the filter that names the row.
        heading: above it.
        blocks: what it says; a notice if there is no such row.
    """

    key: Form
    heading: str
    blocks: Sequence["Block"]

    @property
    def anchor(self) -> str:
        """The id by which addresses name it."""
        return f"passport-{self.key.name}"


@dataclass(frozen=True)
class Files:
    """The rows of a view as files, their citation, and the code that reads them."""

    rows: Rows


@dataclass(frozen=True)
class Everything:
    """All data as files: every table in one, the outlines of the map in another, and each table alone.

    Attributes:
        rows: what is cited.
        tables: each table alone, with its words; its rows are read when its file is made.
    """

    rows: Rows
    tables: Sequence[tuple[str, Rows]]


@dataclass(frozen=True)
class BriefingFiles:
    """A briefing to take away, and one page to print: of the region, of a state, or of a pair of states."""

    area: str = ""
    other: str = ""


@dataclass(frozen=True)
class Terms:
    """The meanings of terms of the page, in a part that opens; `label` is on its handle."""

    label: str
    lines: Sequence[str]


@dataclass(frozen=True)
class Fold:
    """A part that opens on a click.

    Attributes:
        name: an id, unique on the page.
        title: on its handle.
        blocks: makes its content, which a form may need only when it is open.
    """

    name: str
    title: str
    blocks: Callable[[], Sequence["Block"]]


@dataclass(frozen=True)
class Workbooks:
    """Workbooks to fill in for a national report: of a kind, a state or body, and years, in each language.

    Attributes:
        kinds: their words by id.
        actors: by kind the names of the states and bodies that can send one, by id.
        years: the first and the last that can be chosen; usual: those that are offered first.
        actor: the state or body that is offered first; empty for the first one.
        filled: whether they have what is known to be asked of the state.
    """

    kinds: Mapping[str, str]
    actors: Mapping[str, Mapping[str, str]]
    years: tuple[int, int]
    usual: tuple[int, int]
    actor: str = ""
    filled: bool = False


@dataclass(frozen=True)
class WorkbookCheck:
    """A check of a filled workbook, which is work of the desk: a document leads there."""


@dataclass(frozen=True)
class Chooser:
    """A list from which one option of a filter is chosen, to go to a page with it.

    Attributes:
        label: of the list.
        filter: whose options it has, in the alphabetical order of their words.
        page: the slug to go to; empty: the page that has the list.
        large: whether it is the first thing to do on its page.
        given: other parameters of that page's address.
    """

    label: str
    filter: One | Form
    options: Sequence[tuple[str, str]]
    page: str
    large: bool = False
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Show:
    """The scenes of an agenda, to be read, and to be shown in a meeting; and the way to an agenda of the reader's own.

    Attributes:
        agenda: whose scenes they are; name: that of the agenda in addresses.
        second: a link to the page with the speaker's notes, for a window beside that of the scenes.
        load: a link to the page with the reader's own agenda, to which a file with one is sent.
        own: whether this one is the reader's own.
        faults: what is wrong with the file that was sent.
        area: the state of a scene that names none; empty if none is chosen.
        scene: the number of the scene on stage; 0: none.
        notes: whether the speaker's notes are shown and not the scenes.
        guided: whether the scenes run by themselves.
    """

    agenda: Meeting
    name: str
    second: Link
    load: Link
    own: bool = False
    faults: Sequence[str] = ()
    area: str = ""
    scene: int = 0
    notes: bool = False
    guided: bool = False


Block = (
    Remarks
    | Text
    | Heading
    | Link
    | Links
    | Pairs
    | Code
    | Entries
    | KeyFigures
    | Controls
    | Graphic
    | Preview
    | Beside
    | Table
    | Passport
    | Files
    | Everything
    | BriefingFiles
    | Terms
    | Fold
    | Workbooks
    | WorkbookCheck
    | Chooser
    | Show
)


@dataclass(frozen=True)
class Section:
    """A heading, the anchor that addresses name it by, and blocks; a section without a heading continues the last."""

    heading: str
    anchor: str
    blocks: Sequence[Block]


@dataclass(frozen=True, kw_only=True)
class Glance:
    """What a page says at a glance, on one screen of a meeting room.

    Attributes:
        findings: what its rows say, in sentences; empty: what its figure says, else the title of the page.
        more: sentences that stand after the first of them.
        key_figures: what stands beside the finding.
        remarks: what is to be known of it.
        figure: drawn as large as there is room; None: words alone.
        releases: those of its rows; None: those of the main source.
        cited: rows that it says how to cite.
        cover: whether its words are as large as those of a cover.
    """

    findings: Sequence[str] = ()
    more: Sequence[str] = ()
    key_figures: Sequence[KeyFigure] = ()
    remarks: Sequence[str] = ()
    figure: Graphic | None = None
    releases: Sequence[str] | None = None
    cited: Rows | None = None
    cover: bool = False


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a briefing: a slide, or a section on paper.

    Attributes:
        kind: its layout; there may be several parts of a kind (maps of counted victims, of described routes).
        title: what its rows say, in one sentence; the first part has it beside the name of the subject.
        lead: one or two sentences more.
        key_figures, map, figures, tables: what it shows; each may be missing. A map is drawn for a slide, with few and
            large letters; `redrawn` draws it for another place. `low`: on paper it is as low as it may be, as its table
            says more.
        point: how the page to print says it, if not with its title.
        points: sentences that stand by themselves.
        remarks: sentences on how to read it.
        releases: of the rows shown.
        said: what the speaker is told besides all this, such as the source of each figure.
    """

    kind: Literal["title", "victims", "map", "time", "record", "sources"]
    title: str
    lead: str = ""
    key_figures: Sequence[KeyFigure] = ()
    map: Drawn | None = None
    redrawn: Callable[[Medium], Drawn] | None = None
    low: bool = False
    figures: Sequence[Graphic] = ()
    tables: Sequence[Table] = ()
    point: str = ""
    points: Sequence[str] = ()
    remarks: Sequence[str] = ()
    releases: Sequence[str] = ()
    said: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What a page says on slides and on paper.

    Attributes:
        view: its title, and the address of the view that it is of.
        parts: all but the sources; the first is the opening, with the key figures.
        single: the parts of one page to print; None if there is none.
    """

    view: Callable[[Language, Values], Link]
    parts: Callable[[Language, Values], Sequence[Part]]
    single: Callable[[Language, Values], Sequence[Part]] | None = None


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page.

    Attributes:
        slug: its name in addresses.
        title, purpose: in English, messages of the catalogues; the purpose is one sentence.
        sections: its content in a language, with the values of its filters.
        filters: the parameters of its address: what the controls choose, and the rows that it can open.
        heading: its heading, where that is not the title; a state's name, for one.
        path: those of the filters that stand in the path of its address, in order: `country/HTI`. The last ones may be
            left out if their default is empty.
        brought: filters that no address has: what a reader sends with a request, or a session keeps.
        lead: the sentence below the heading, where that is not the purpose; a line break begins a new line.
        index: the page at the address without `path`, from which readers choose what stands there.
        named: filters that name what the page is about, as its path does: they are in its canonical address.
        exists: whether there is what the values name; where not, the page says so and is answered as missing.
        state: the one state that the values choose, where its carried filters do not say it (`Worded.carried`).
        implied: the parameters that follow from those of an address, in their place; Declaration opens on the one state
            that an address names, for one.
        scene: the scene of the page with the values of its filters, or one of its other `scenes` by name; None: its
            first figure.
        scenes: the names of its other scenes: sections of its address, or the covers of agendas.
        paper: its briefing; None if it has none, or that of another page.
        feed: the folder of the feed of what it shows, below its language; empty: that of the region.
        describes_data: whether its head describes all data for search engines, and not only the rows that it offers.
    """

    slug: str
    title: str
    purpose: str
    sections: Callable[[Language, Values], Sequence[Section]]
    filters: tuple[Spec[Any], ...] = ()
    path: tuple[One, ...] = ()
    brought: tuple[Spec[Any], ...] = ()
    heading: Callable[[Language, Values], str] = lambda _lang, _values: ""
    lead: Callable[[Language, Values], str] = lambda _lang, _values: ""
    index: "Page | None" = None
    named: tuple[Spec[Any], ...] = ()
    exists: Callable[[Values], bool] = lambda _values: True
    state: Callable[[Values], str] | None = None
    implied: Callable[[Mapping[str, str]], Mapping[str, str]] = lambda _given: NOTHING
    scene: Callable[[Language, Values, str], Glance] | None = None
    scenes: tuple[str, ...] = ()
    paper: Paper | None = None
    feed: Callable[[Values], str] = lambda _values: ""
    describes_data: bool = False

    @property
    def needed(self) -> int:
        """How many filters of the path every address of the page has."""
        return sum(bool(spec.default) for spec in self.path)

    def glance(self, lang: Language, values: Values, name: str = "") -> Glance:
        """The scene of the page, or one of its `scenes`."""
        if self.scene:
            return self.scene(lang, values, name)
        blocks = (block for section in self.sections(lang, values) for block in section.blocks)
        return Glance(figure=next((block for block in blocks if isinstance(block, Graphic)), None))


def every(blocks: Iterable[Block]) -> Iterator[Block]:
    """All blocks, those within others too."""
    for block in blocks:
        yield block
        match block:
            case Fold():
                yield from every(block.blocks())
            case Beside():
                for column in block.columns:
                    yield from every(column)
            case Passport():
                yield from every(block.blocks)
