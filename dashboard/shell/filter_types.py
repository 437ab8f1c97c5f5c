"""What a filter may hold: one id, several ids, a number, a span of years, a yes or no; and how an address writes it.

A spec knows its name (the address parameter), its label, its default, how to read a text of an address and how to
write a value.
Texts hold ids, never translated labels, so that a link means the same in every language.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from dashboard.words import terms
from data.i18n import Language

T = TypeVar("T")
SEPARATOR = ","
NOTHING = "none"


class Spec(Protocol[T]):
    """The shape all specs share; `parse` raises ValueError for a text that means no value of this filter."""

    @property
    def name(self) -> str:
        """The address parameter and the widget's key."""

    @property
    def label(self) -> str:
        """What a file calls it, an English message; empty for a filter that only says how a view looks."""

    @property
    def default(self) -> T:
        """The value of an address without this parameter."""

    def parse(self, text: str) -> T:
        """The value that an address text stands for."""

    def write(self, value: T) -> str:
        """The address text of a value."""

    def allows(self, value: object) -> bool:
        """Whether a value that a browser sent is one this filter can hold."""


class Ranged(Spec[int], Protocol):
    """A spec of a whole number that a slider can show."""

    @property
    def low(self) -> int:
        """The smallest number."""

    @property
    def high(self) -> int:
        """The largest number."""


@dataclass(frozen=True, kw_only=True)
class Labeled:
    """The English messages of a filter.

    Attributes:
        label: what a file calls it; empty for a filter that only says how a view looks.
        control: what its control is called, where that is not `label`.
    """

    label: str = ""
    control: str = ""

    @property
    def caption(self) -> str:
        """The English message beside its control."""
        return self.control or self.label


@dataclass(frozen=True, kw_only=True)
class Worded(Labeled):
    """A filter of ids. `words` are their English messages, or the kind of `dashboard.words.terms` that has them."""

    words: terms.Kind | Mapping[str, str] = field(default="country", compare=False)


@dataclass(frozen=True)
class One(Worded):
    """One id among `options` (in the order shown)."""

    name: str
    options: tuple[str, ...]
    default: str
    # How many options stand before the others even where these are in alphabetical order.
    head: int = 0

    def parse(self, text: str) -> str:
        """The id itself; ValueError if it is not an option."""
        if text not in self.options:
            raise ValueError(text)
        return text

    def write(self, value: str) -> str:
        """The id itself."""
        return value

    def allows(self, value: object) -> bool:
        """Whether the value is an option."""
        return value in self.options


@dataclass(frozen=True)
class Many(Worded):
    """Any number of ids among `options`; an empty choice is written `none`."""

    name: str
    options: tuple[str, ...]
    default: tuple[str, ...] = ()

    def parse(self, text: str) -> list[str]:
        """The ids of a comma-separated text, each once; ValueError if one of them is not an option."""
        wanted = [] if text == NOTHING else list(dict.fromkeys(text.split(SEPARATOR)))
        if unknown := [code for code in wanted if code not in self.options]:
            raise ValueError(SEPARATOR.join(unknown))
        return wanted

    def write(self, value: Iterable[str]) -> str:
        """The ids with commas between them."""
        return SEPARATOR.join(value) or NOTHING

    def allows(self, value: object) -> bool:
        """Whether every id is an option."""
        return isinstance(value, list | tuple) and all(code in self.options for code in value)


@dataclass(frozen=True)
class Whole(Labeled):
    """A whole number from `low` to `high`, both included."""

    name: str
    low: int
    high: int
    default: int

    def parse(self, text: str) -> int:
        """The number; ValueError if it is none or out of range."""
        number = _whole(text)
        if not self.allows(number):
            raise ValueError(text)
        return number

    def write(self, value: int) -> str:
        """Plain digits."""
        return str(value)

    def allows(self, value: object) -> bool:
        """Whether the number is in range."""
        return isinstance(value, int) and self.low <= value <= self.high


@dataclass(frozen=True)
class Span(Labeled):
    """A first and a last year from `low` to `high`, written `2014-2019`."""

    name: str
    low: int
    high: int
    default: tuple[int, int]

    def parse(self, text: str) -> tuple[int, int]:
        """The two years; ValueError if they are none, out of range or in the wrong order."""
        first, dash, last = text.partition("-")
        span = (_whole(first), _whole(last if dash else first))
        if not self.allows(span):
            raise ValueError(text)
        return span

    def write(self, value: tuple[int, int]) -> str:
        """Both years with a hyphen between them."""
        return f"{value[0]}-{value[1]}"

    def allows(self, value: object) -> bool:
        """Whether both years are in range and in order."""
        return isinstance(value, tuple | list) and len(value) == 2 and self.low <= value[0] <= value[1] <= self.high  # noqa: PLR2004


@dataclass(frozen=True)
class Form(Labeled):
    """A text of a certain form, such as several ids joined by points; empty by default.

    `columns` are those of a table whose values make the text: it names a row.
    """

    name: str
    pattern: str
    columns: tuple[str, ...] = ()
    default: str = ""

    def parse(self, text: str) -> str:
        """The text itself; ValueError if it has another form."""
        if not self.allows(text):
            raise ValueError(text)
        return text

    def write(self, value: str) -> str:
        """The text itself."""
        return value

    def allows(self, value: object) -> bool:
        """Whether it is a text of the form, or empty."""
        return isinstance(value, str) and (not value or re.fullmatch(self.pattern, value) is not None)


@dataclass(frozen=True)
class Flag(Labeled):
    """A yes or no, written 1 or 0."""

    name: str
    default: bool = False

    def parse(self, text: str) -> bool:
        """True for 1, False for 0; ValueError for any other text."""
        if text not in {"0", "1"}:
            raise ValueError(text)
        return text == "1"

    def write(self, value: bool) -> str:
        """1 or 0."""
        return str(int(value))

    def allows(self, value: object) -> bool:
        """Whether it is a truth value."""
        return isinstance(value, bool)


# A filter that a control of `dashboard.shell.filters` shows.
Shown = One | Many | Whole | Span | Flag


def option(lang: Language, spec: Worded, code: str) -> str:
    """The word for an option of a filter."""
    if isinstance(spec.words, str):
        return terms.term(lang, spec.words, code)
    return lang.text(spec.words[code]) if code in spec.words else code


def _whole(text: str) -> int:
    # int() also takes "1_0", " 7 " and other scripts' digits, which no link of ours writes.
    if not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    return int(text)
