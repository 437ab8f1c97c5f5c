"""What a page declares, as a reader finds it at an address: its heading, its sentences, its blocks."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from dashboard.catalog import pages
from dashboard.views import page as views
from dashboard.views.address import read
from dashboard.views.page import Block, Page, Section
from data.i18n import Language, language

T = TypeVar("T")


@dataclass(frozen=True)
class Declared:
    """A page at an address."""

    lang: Language
    heading: str
    lead: str
    sections: tuple[Section, ...]

    def every(self, kind: type[T]) -> list[T]:
        """The blocks of a class, those within others too."""
        return [block for block in self._blocks() if isinstance(block, kind)]

    @property
    def sentences(self) -> list[str]:
        """The lines of the page from top to bottom, without its tables and figures."""
        headed = [self.heading, *self.lead.split("\n")]
        for section in self.sections:
            headed += [section.heading] if section.heading else []
            headed += [line for block in views.every(section.blocks) for line in lines(block)]
        return headed

    @property
    def words(self) -> str:
        """All of them."""
        return "\n".join(self.sentences)

    def section(self, anchor: str) -> str:
        """The lines of one section."""
        (found,) = [one for one in self.sections if one.anchor == anchor]
        return "\n".join(line for block in views.every(found.blocks) for line in lines(block))

    def _blocks(self) -> Iterator[Block]:
        for section in self.sections:
            yield from views.every(section.blocks)


def lines(block: Block) -> list[str]:
    """The words of a block that are not in a table or a figure."""
    return [*WORDS.get(type(block), lambda _: ())(block)]


# By class of a block.
WORDS: dict[type, Callable[[Any], Iterable[str]]] = {
    views.Text: lambda block: block.paragraphs,
    views.Remarks: lambda block: block.lines,
    views.Terms: lambda block: block.lines,
    views.Heading: lambda block: [block.words],
    views.Link: lambda block: [block.words],
    views.Links: lambda block: [link.words for link in block.links],
    views.Pairs: lambda block: [f"{name}: {text}" for name, text in block.rows],
    views.KeyFigures: lambda block: [line for one in block.figures for line in (one.label, one.figure, *one.lines)],
    views.Fold: lambda block: [block.title],
}


def declared(slug: str, lang: str = "en", **address: str) -> Declared:
    """A page at an address, every part of which it knows."""
    page = pages()[slug]
    given = {**address, **page.implied(address)}
    found = read(page.filters, {name: (text,) for name, text in given.items()})
    assert not found.notices
    return of(page, language(lang), found.values)


def of(page: Page, lang: Language, values: views.Values) -> Declared:
    """A page with the values of its filters."""
    heading = page.heading(lang, values) or lang.text(page.title)
    lead = page.lead(lang, values) or lang.text(page.purpose)
    return Declared(lang, heading, lead, tuple(page.sections(lang, values)))
