"""The types of filters: one id, several ids, a number, a span of years, a flag; and their form in an address.

A spec has a name (the address parameter), a label and a default; it parses the text in an address and writes a value.
Texts contain ids, never translated labels, so that a link works in every language.

Options, ranges and defaults that depend on the data are functions (`Fact`), read at each use: a running server shows
newer snapshots.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any, Protocol, TypeAlias, TypeVar, cast, runtime_checkable

from dashboard.words import terms
from data.i18n import DEFAULT, LANGUAGES, Language

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
S = TypeVar("S", bound="Spec[Any]")
# A value, or a function that reads it from the open snapshot.
Fact: TypeAlias = T | Callable[[], T]
SEPARATOR = ","
NOTHING = "none"


def read(fact: Fact[T]) -> T:
    """The value of a fact at this moment."""
    return fact() if callable(fact) else fact


class Spec(Protocol[T]):
    """The interface of all filter types; `parse` raises ValueError for a text that is not a value of the filter."""

    @property
    def name(self) -> str:
        """The address parameter and the widget's key."""

    @property
    def label(self) -> str:
        """Its label in files, an English message; empty for a filter that only changes the look of a view."""

    @property
    def default(self) -> T:
        """The value of an address without this parameter."""

    def parse(self, text: str) -> T:
        """The value of an address text."""

    def write(self, value: T) -> str:
        """The address text of a value."""

    def allows(self, value: object) -> bool:
        """Whether a value sent by a browser is valid for this filter."""


@runtime_checkable
class Dependent(Protocol[T_co]):
    """A filter whose default depends on other filters."""

    def beside(self, values: Mapping[str, Any]) -> T_co:
        """The default beside the values of other filters, by name; those that are missing have their defaults."""


@runtime_checkable
class Bounded(Protocol[T]):
    """A filter whose range, and so its default, depends on other filters."""

    def among(self, values: Mapping[str, Any]) -> Spec[T]:
        """The filter beside the values of other filters, by name; those that are missing have their defaults."""


class Ranged(Spec[int], Protocol):
    """A filter of whole numbers that a slider can show."""

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
        label: its label in files; empty for a filter that only changes the look of a view.
        control: the label of its control, if it differs from `label`.
    """

    label: str = ""
    control: str = ""

    @property
    def caption(self) -> str:
        """The English message beside its control."""
        return self.control or self.label

    def write(self, value: Any) -> str:  # noqa: ANN401 - the value of any filter
        """The address text of a value: an id or a text itself, plain digits of a number."""
        return str(value)


@dataclass(frozen=True, kw_only=True)
class Worded(Labeled):
    """A filter of ids.

    Attributes:
        words: the English messages of the ids, or their kind in `dashboard.words.terms`.
        carried: whether the state chosen here is also chosen on the next page that has such a filter: on the desk, and
            by the links of the menu. Nothing else is carried: an earlier release, for one, is asked for on each page.
        api: the name of the same filter in the API, which an address of a page may have, too.
    """

    words: terms.Kind | Mapping[str, str] = field(default="country", compare=False)
    carried: bool = field(default=False, compare=False)
    api: str = field(default="", compare=False)


@dataclass(frozen=True)
class One(Worded):
    """One id among `ids` (in the order shown); `usual` is the default."""

    name: str
    ids: Fact[tuple[str, ...]]
    usual: Fact[str]
    # How many options come first even where the rest is in alphabetical order.
    head: int = 0
    # What old addresses have in the place of an id.
    earlier: Mapping[str, str] = field(default_factory=dict, kw_only=True, compare=False)

    @property
    def options(self) -> tuple[str, ...]:
        """The ids to choose from, in the order shown."""
        return read(self.ids)

    @property
    def default(self) -> str:
        """The value of an address without this parameter."""
        return read(self.usual)

    def parse(self, text: str) -> str:
        """The id itself; ValueError if it is not an option."""
        code = self.earlier.get(text, text)
        if code not in self.options:
            raise ValueError(text)
        return code

    def allows(self, value: object) -> bool:
        """Whether the value is an option."""
        return value in self.options


@dataclass(frozen=True)
class Many(Worded):
    """Any number of ids among `ids`; an address writes an empty selection as `none`.

    `empty` is an English message: what an empty selection means, such as all states.
    """

    name: str
    ids: Fact[tuple[str, ...]]
    default: tuple[str, ...] = ()
    empty: str = field(default="", kw_only=True)

    @property
    def options(self) -> tuple[str, ...]:
        """The ids to choose from, in the order shown."""
        return read(self.ids)

    def parse(self, text: str) -> list[str]:
        """The ids of a comma-separated text, each once; ValueError if one of them is not an option."""
        ids, options = [] if text == NOTHING else list(dict.fromkeys(text.split(SEPARATOR))), self.options
        if unknown := [code for code in ids if code not in options]:
            raise ValueError(SEPARATOR.join(unknown))
        return ids

    def write(self, value: Iterable[str]) -> str:
        """The ids with commas between them."""
        return SEPARATOR.join(value) or NOTHING

    def allows(self, value: object) -> bool:
        """Whether every id is an option."""
        return isinstance(value, list | tuple) and set(value) <= set(self.options)


@dataclass(frozen=True)
class Limited(Labeled):
    """A filter of numbers with a smallest and a largest one.

    Attributes:
        ends: both numbers.
    """

    name: str
    ends: Fact[tuple[int, int]]

    @property
    def low(self) -> int:
        """The smallest number."""
        return read(self.ends)[0]

    @property
    def high(self) -> int:
        """The largest number."""
        return read(self.ends)[1]


@dataclass(frozen=True)
class Whole(Limited):
    """A whole number from `low` to `high`, both included; `usual` is the default, the largest if there is none."""

    usual: int | None = None

    @property
    def default(self) -> int:
        """The value of an address without this parameter."""
        return self.high if self.usual is None else self.usual

    def parse(self, text: str) -> int:
        """The number; ValueError if the text is not a number or out of range."""
        number = _whole(text)
        if not self.allows(number):
            raise ValueError(text)
        return number

    def allows(self, value: object) -> bool:
        """Whether the number is in range."""
        return isinstance(value, int) and self.low <= value <= self.high


@dataclass(frozen=True)
class Year(Whole):
    """A year; a period of one year says it, too (`from` and `to` of the API)."""


@dataclass(frozen=True)
class Span(Limited):
    """A first and a last year from `low` to `high`, written `2014-2019`; `usual` is the default."""

    usual: Fact[tuple[int, int]]

    @property
    def default(self) -> tuple[int, int]:
        """The value of an address without this parameter."""
        return read(self.usual)

    def parse(self, text: str) -> tuple[int, int]:
        """The two years; ValueError if they are not numbers, out of range or in the wrong order."""
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
    """A text that matches the pattern `shape`, such as several ids joined by points; empty by default.

    The text names a row of a table: the values of `columns`, joined by points.
    """

    name: str
    shape: Fact[str]
    columns: tuple[str, ...] = ()
    default: str = ""

    @property
    def pattern(self) -> str:
        """The regular expression that the whole text matches."""
        return read(self.shape)

    def parse(self, text: str) -> str:
        """The text itself; ValueError if it does not match."""
        if not self.allows(text):
            raise ValueError(text)
        return text

    def allows(self, value: object) -> bool:
        """Whether the value is a text that matches, or empty."""
        return isinstance(value, str) and (not value or re.fullmatch(self.pattern, value) is not None)


@dataclass(frozen=True)
class Day(Form):
    """A day (ISO 8601), such as `2025-10-28`; empty by default.

    `days` are those on which the view changes, in order: a day stands for the next of them, as the view is the same.
    """

    shape: Fact[str] = r"\d{4}-\d{2}-\d{2}"
    days: Fact[tuple[str, ...]] = ()

    def parse(self, text: str) -> str:
        """The first of `days` that is not before the day, or the day after the last; ValueError if it is not one."""
        day, days = Form.parse(self, text), read(self.days)
        if not (day and days):
            return day
        return next((one for one in days if one >= day), str(date.fromisoformat(days[-1]) + timedelta(days=1)))

    def allows(self, value: object) -> bool:
        """Whether the value is a day of the calendar, or empty."""
        if not (isinstance(value, str) and Form.allows(self, value)):
            return False
        try:
            return not value or bool(date.fromisoformat(value))
        except ValueError:
            return False


@dataclass(frozen=True)
class Flag(Labeled):
    """A yes or no; an address writes 1 or 0."""

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
        """Whether the value is a bool."""
        return isinstance(value, bool)


# The filters with a control in `dashboard.shell.filters`.
NamedFilter = One | Many | Whole | Span | Flag


LANGUAGE = One("lang", tuple(LANGUAGES), DEFAULT)
# Choices that leave nothing out.
IDLE = ("any", "all", "newest", "region", NOTHING)
# How many of several choices are named.
NAMED = 2


@cache
def depends(kind: type) -> tuple[bool, bool]:
    """Whether the range of filters of a class depends on other filters, and whether their default does.

    A page asks thousands of times, and `isinstance` of a protocol takes long.
    """
    return issubclass(kind, Bounded), issubclass(kind, Dependent)


def settled(spec: S, values: Mapping[str, Any]) -> S:
    """A filter with the range that it has beside the values of other filters, by name."""
    return cast("S", cast("Bounded[Any]", spec).among(values)) if depends(type(spec))[0] else spec


def usual(spec: Spec[T], values: Mapping[str, Any]) -> T:
    """The default of a filter beside the values of other filters, by name."""
    dependent = depends(type(spec))[1]
    return cast("Dependent[T]", spec).beside(values) if dependent else settled(spec, values).default


def steps(spec: Ranged | Span, value: Any) -> list[Any]:  # noqa: ANN401 - a year or two, as the filter has
    """The years before and after those of a slider; beside all years only the last one."""
    first, last = value if isinstance(spec, Span) else (value, value)
    every = (first, last) == (spec.low, spec.high)
    around = [(last, last)] if every else [(first - 1, last - 1), (first + 1, last + 1)]
    return [one if isinstance(spec, Span) else one[0] for one in around if spec.low <= one[0] and one[1] <= spec.high]


def written(specs: Iterable[Spec[Any]], values: Mapping[str, Any]) -> dict[str, str]:
    """The address parameters of `values` (by name), without defaults."""
    texts = {spec.name: (spec.write(values[spec.name]), spec.write(usual(spec, values))) for spec in specs}
    return {name: text for name, (text, default) in texts.items() if text != default}


def named(lang: Language, chosen: Mapping[NamedFilter, Any]) -> list[str]:
    """The words of choices by filter, without those that leave nothing out."""
    words = [_named(lang, spec, one) for spec, one in chosen.items()]
    return [text for text in words if text]


def _named(lang: Language, spec: NamedFilter, chosen: Any) -> str:  # noqa: ANN401 - the value of any filter
    idle = not isinstance(spec, One) and not written((spec,), {spec.name: chosen})
    if idle or chosen in IDLE or not chosen:
        return ""
    if isinstance(spec, One):
        # An id without a word, such as that of an agenda, is not named.
        return word if (word := option(lang, spec, chosen)) != chosen else ""
    if isinstance(spec, Many):
        return ", ".join(option(lang, spec, code) for code in chosen[:NAMED]) + ", …" * (len(chosen) > NAMED)
    if isinstance(spec, Span):
        return lang.dash.join(map(str, chosen))
    caption = lang.text(spec.caption)
    return caption if isinstance(spec, Flag) else lang.labeled(caption, lang.number(chosen))


def option(lang: Language, spec: Worded, code: str) -> str:
    """The word for an option of a filter."""
    if isinstance(spec.words, str):
        return terms.term(lang, spec.words, code)
    return lang.text(spec.words[code]) if code in spec.words else code


def _whole(text: str) -> int:
    # int() also accepts "1_0", " 7 " and digits of other scripts, which our links never contain.
    if not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    return int(text)
