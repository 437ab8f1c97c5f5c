"""Pages, declared once: a title, a sentence, and sections of blocks, as plain data that each form shows its own way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from data.i18n import Language


@dataclass(frozen=True)
class Remarks:
    """Sentences, each a line of a list."""

    lines: Sequence[str]


@dataclass(frozen=True)
class Link:
    """A link to another page: its slug, the words, and parameters of its address."""

    page: str
    words: str
    filters: Mapping[str, str] = field(default_factory=dict)


Block = Remarks | Link


@dataclass(frozen=True)
class Section:
    """A heading, the anchor that addresses name it by, and blocks; a section without a heading continues the last."""

    heading: str
    anchor: str
    blocks: Sequence[Block]


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page.

    Attributes:
        slug: its name in addresses.
        title, purpose: in English, messages of the catalogues; the purpose is one sentence.
        sections: its content in a language.
    """

    slug: str
    title: str
    purpose: str
    sections: Callable[[Language], Sequence[Section]]
