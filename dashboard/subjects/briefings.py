"""What the briefings of several pages have: the opening, one page to print, tables, sentences for the speaker."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import polars as pl

from dashboard.views.page import KeyFigure, Part, Table
from dashboard.words import disclaimer, served, tables
from data.i18n import Language


def releases(lang: Language, *frames: pl.DataFrame) -> tuple[str, ...]:
    """The releases that the rows of a part come from, one line for each source; `rows` have source, release, year."""
    cells = [frame.select(pl.col("source", "release"), pl.col("year").cast(pl.Int32)) for frame in frames]
    return tuple(served.lines(lang, served.served(pl.concat(cells))))


def opening(
    lang: Language, title: str, lead: str = "", key_figures: Sequence[KeyFigure] = (), remarks: Iterable[str] = ()
) -> Part:
    """The first part: the main finding, a sentence more, the key figures, and that the observatory is independent.

    Args:
        remarks: on how to read the figures, and on the subject, e.g. that a state left the OAS.
    """
    every = (disclaimer.independent(lang), *filter(None, remarks))
    return Part(kind="title", title=title, lead=lead, key_figures=key_figures, remarks=every)


def detected(lang: Language) -> str:
    """What a detected victim is, and that the true number is not known."""
    return lang.text("“Detected” means identified by the authorities. The true number of victims is not known.")


def page(first: Part, drawn: Sequence[Part], others: Iterable[Part]) -> tuple[Part, ...]:
    """One page to print and hand over: the opening with the findings of some parts, then the figures of others.

    Args:
        first: the opening; its remarks end the page.
        drawn: parts with their figures; without any the tables of the others stand in their place.
        others: parts whose findings stand under the key figures.
    """
    listed = tuple(others)
    shown = [
        Part(kind=one.kind, title=one.title, map=one.map, redrawn=one.redrawn, figures=one.figures, tables=one.tables)
        for one in drawn or [one for one in listed if one.tables]
    ]
    points = tuple(sentence(part.point or part.title) for part in listed if drawn or not part.tables)
    releases = tuple(dict.fromkeys(line for part in (*drawn, *listed) for line in part.releases))
    last = replace(shown[-1], remarks=first.remarks, releases=releases)
    return (replace(first, points=points, remarks=()), *shown[:-1], last)


def heading(sentence: str) -> str:
    """A sentence as a title, without its full stop."""
    return sentence.removesuffix(".")


def sentence(heading: str) -> str:
    """A title as a sentence, with a full stop."""
    return heading if heading.endswith(".") else f"{heading}."


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A table of words."""
    frame = pl.DataFrame([[*row] for row in rows], dict.fromkeys(head, pl.String), orient="row")
    return Table("", title, tables.sheet(frame))


def of_state(lang: Language, area: str, original: Table) -> Table:
    """A table beside that of another state: the first heading and the title name its own."""
    _, *head = original.sheet.head
    title = lang.labeled(lang.country(area), original.title)
    return table(title, (lang.country(area), *head), original.sheet.cells)


def filled(original: Table) -> Table:
    """The table without its empty columns."""
    blank = {"", tables.NONE}
    columns = zip(original.sheet.head, *original.sheet.cells, strict=True)
    head, *rows = zip(*(column for column in columns if not {*column[1:]} <= blank), strict=True)
    return table(original.title, head, rows)
