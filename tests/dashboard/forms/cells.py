"""The cells of the tables of a page, as a reader sees them, beside its rows.

The words of a cell are compared with the table that the page declares. Its figure is read back, with the signs of its
language, and compared with the row of the view's file that the cell is of.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html.parser import HTMLParser
from itertools import zip_longest
from typing import NamedTuple

import polars as pl
from streamlit.testing.v1 import AppTest

from dashboard.menu import scripts
from dashboard.views import page
from dashboard.views.page import Fold, Section, Table, every
from data.i18n import language
from tests.frozen.front import ENTRY

Cells = list[tuple[str, ...]]
# The decimal sign of each language; the other sign and spaces group the digits.
DECIMAL = {"en": ".", "es": ".", "pt": ",", "fr": ","}
NUMBER = re.compile(r"\d(?:[\d.,\s]*\d)?")
ESCAPED = re.compile(r"\\([^\w\s])")
# Of a decimal, for what computers add to numbers.
NEAR = 1e-6
GROUPS = ("sex", "age", "form")
FIGURE, YEAR = ("low", "high"), ("year", "year")


class Kept(NamedTuple):
    """The rows of a file that a table shows.

    Attributes:
        file: how its name begins.
        key: the columns whose values are the mark of a row, or in `cells` of it.
        figures: by the number of a cell, the columns with the least and the greatest that it can be.
    """

    file: str
    key: tuple[str, ...]
    figures: Mapping[int, tuple[str, str]]
    cells: tuple[int, ...] = ()


PAIR = ("origin", "destination", "leg", "transit")
# By page and name of the table.
KEPT = {
    "region region": Kept("region_", ("area",), {1: FIGURE}),
    "explore explore": Kept("explore_", ("area", "indicator", "year"), {1: YEAR, 2: FIGURE}),
    "explore joined": Kept("joined_", ("area", "year"), {2: ("detected_victims_low", "detected_victims_high")}, (0, 1)),
    "country series": Kept("figures_", ("indicator", "year"), {2: FIGURE}),
    "country others": Kept("other_figures_", ("indicator", "year", *GROUPS), {1: YEAR, 4: FIGURE}),
    "country counted": Kept("routes_counted", PAIR, {2: FIGURE}),
    "country stated": Kept("routes_stated", PAIR, {2: FIGURE}),
    "country register": Kept("register_", ("indicator", "year"), {0: YEAR, 2: FIGURE}),
    "pair counted": Kept("between_", ("locator",), {2: YEAR, 3: FIGURE}),
    "routes routes": Kept("routes_counted", PAIR, {2: FIGURE}),
    "routes coverage": Kept(
        "listed_",
        ("area", "year"),
        {1: YEAR, 2: ("listed", "listed_high"), 3: ("questioned", "questioned_high"), 4: ("total_low", "total_high")},
    ),
    "sources sdg_differences": Kept(
        "sdg_differences", ("area", "year"), {1: YEAR, 3: FIGURE, 4: ("low_unodc", "high_unodc")}
    ),
    "sources questioned_flows": Kept("questioned_flows", ("locator",), {2: YEAR, 3: FIGURE}),
    "sources releases": Kept("releases_", ("sha256",), {-4: ("read", "read"), -3: ("kept", "kept")}, (-1,)),
}


class Tables(HTMLParser):
    """The tables of a document, in order: the caption of each, and the words of its cells, row by row."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.found: list[tuple[str, Cells]] = []
        self.words: list[str] = []
        self.feed(content)

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.found.append(("", []))
        elif tag == "tr" and self.found:
            self.found[-1][1].append(())
        self.words = [] if tag in {"caption", "td"} else self.words

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "caption":
            self.found[-1] = ("".join(self.words), [])
        elif tag == "td":
            self.found[-1][1][-1] += ("".join(self.words),)

    def with_rows(self) -> list[tuple[str, Cells]]:
        """Without the row of headings."""
        return [(title, [row for row in rows if row]) for title, rows in self.found]


def tables(sections: Sequence[Section]) -> list[Table]:
    """The tables of a page that have a row, in order."""
    blocks = every(block for section in sections for block in section.blocks)
    return [block for block in blocks if isinstance(block, Table) and block.sheet.rows.num_rows]


def faults(slug: str, code: str, sections: Sequence[Section], found: Iterable[tuple[str, Cells]]) -> list[str]:
    """What is wrong with the cells of a page in a language; `found` are the titles and cells of its tables."""
    blocks = every(block for section in sections for block in section.blocks)
    files = [(one.rows.name, one.rows.rows()) for one in blocks if isinstance(one, page.Files)]
    wrong: list[str] = []
    for block, (title, cells) in zip_longest(tables(sections), found, fillvalue=("", [])):
        if not isinstance(block, Table) or title != block.title:
            return [*wrong, f"{title} is where {block} is declared"]
        wrong += [f"{block.name}: {one}" for one in (*_words(block, cells), *_figures(slug, code, block, cells, files))]
    return wrong


def _words(block: Table, cells: Cells) -> Iterator[str]:
    declared = zip(*(map(str, column.to_pylist()) for column in block.sheet.rows.columns), strict=True)
    for number, (row, shown) in enumerate(zip_longest(declared, cells)):
        # The cell that is a link has a dash for an empty text.
        if row != shown and (row and ("–", *row[1:]) if row[0] == "" else row) != shown:
            yield f"row {number} has {shown}, not {row}"


def _figures(
    slug: str, code: str, block: Table, cells: Cells, files: Sequence[tuple[str, pl.DataFrame]]
) -> Iterator[str]:
    kept = KEPT.get(f"{slug} {block.name.partition('.')[0]}")
    if kept is None:
        return
    marks = [tuple(row[at] for at in kept.cells) for row in cells] if kept.cells else [(one,) for one in block.marks]
    rows: dict[str, list[dict[str, object]]] = {}
    for frame in (frame for name, frame in files if name.startswith(kept.file)):
        for row in _totals(frame, kept).iter_rows(named=True):
            words = row | {"area": language(code).country(row["area"])} if 0 in kept.cells else row
            key = [str(words[name] or "") for name in kept.key]
            # A mark has no groups of a total.
            rows.setdefault(".".join(key).removesuffix(".total.total.total"), []).append(row)
    # A row too many or too few is found above.
    for mark, shown in zip(marks, cells, strict=False):
        for at, (low, high) in kept.figures.items():
            # A table has states and years without a row, too.
            known = [(row[low], row[high]) for row in rows.get(".".join(mark), [])] or [(None, None)]
            if not any(_is(shown[at], code, *ends) for ends in known):
                yield f"{mark} has {shown[at]!r}, and its rows {known}"


def _totals(frame: pl.DataFrame, kept: Kept) -> pl.DataFrame:
    """The rows of all persons, if the key does not say of which."""
    groups = [name for name in GROUPS if name in frame.columns and frame[name].dtype == pl.String]
    named = "locator" in kept.key or not groups or groups[0] in kept.key
    return frame if named else frame.filter(pl.all_horizontal(pl.col(groups) == "total"))


def _is(text: str, code: str, low: object, high: object) -> bool:
    """Whether a cell says a figure, rounded to the decimals that it has (an interval outward); else it has no digit."""
    shown = ["".join(one for one in found if one.isdigit() or one == DECIMAL[code]) for found in NUMBER.findall(text)]
    if not (isinstance(low, int | float) and isinstance(high, int | float)):
        return not shown
    if not shown:
        return False
    unit = 10.0 ** -len(shown[0].partition(DECIMAL[code])[2])
    first, last = (float(one.replace(DECIMAL[code], ".")) for one in (shown[0], shown[-1]))
    least, most = (-0.5, 0.5) if low == high else (-NEAR, 1.0)
    return least - NEAR <= (low - first) / unit <= most + NEAR and least - NEAR <= (last - high) / unit <= most + NEAR


def desk(slug: str, code: str, given: Mapping[str, str], sections: Sequence[Section]) -> AppTest:
    """A run of a page on the desk, with all its parts open."""
    app = AppTest.from_file(ENTRY, default_timeout=60)
    if slug != next(iter(scripts())):
        app.switch_page(str(scripts()[slug]))
    app.query_params.update({"lang": code, **given})
    for block in every(block for section in sections for block in section.blocks):
        if isinstance(block, Fold):
            app.session_state[f"folded.{block.name}"] = True
    app.run()
    assert not app.exception
    return app


def of_desk(app: AppTest) -> list[tuple[str, Cells]]:
    """The titles and cells of the tables of a run of a page on the desk, in order."""
    elements = [one for one in app.main if one.type in {"dataframe", "table"}]
    return [(one.proto.alt, [_row(one.type, row) for row in one.value.itertuples(index=False)]) for one in elements]


def _row(kind: str, row: Iterable[object]) -> tuple[str, ...]:
    # Streamlit reads the cells of a still table as Markdown, so signs in them are escaped.
    return tuple(ESCAPED.sub(r"\1", str(cell)) if kind == "table" else str(cell) for cell in row)
