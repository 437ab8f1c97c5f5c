"""What the controls of a page show, in the order of their filters."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from dashboard.forms.html.making import Making
from dashboard.shell import state_names
from dashboard.views.filters import NAMED, Flag, Form, Many, NamedFilter, One, Span, Spec, named, option, usual
from dashboard.views.page import Chooser, Controls
from data.i18n import Language


class Option(NamedTuple):
    """An option: its id and words, whether it is chosen, what else finds it, and in a file where it leads."""

    id: str
    words: str
    chosen: bool
    names: str = ""
    address: str = ""


class Control(NamedTuple):
    """A control.

    Attributes:
        kind: `list`, `buttons`, `several`, `number`, `span` or `flag`.
        id: of its element; name: of its filter; label: beside it.
        chosen: its value; default: the text of the default in an address.
        options: those of a list; ends: the smallest and the largest number.
        summary: what is chosen, of several.
    """

    kind: str
    id: str
    name: str
    label: str
    chosen: Any
    default: str
    options: Sequence[Option] = ()
    ends: tuple[int, int] = (0, 0)
    summary: str = ""


class ControlRow(NamedTuple):
    """The controls of a block.

    Attributes:
        id: unique on the page.
        first: those always in sight; more: those in a part that opens.
        opened: whether that part is open from the start.
        label: what a phone shows in their place: the choices in force.
        lacking: whether the page is a file that lacks some of them.
    """

    id: str
    first: Sequence[Control]
    more: Sequence[Control]
    opened: bool
    label: str
    lacking: bool = False


class Jump(NamedTuple):
    """A list that leads to a page with one of its options.

    Attributes:
        id: of its list; address: of the page; hidden: the other parameters.
        options: the one is chosen that the address names, if it is one of this page.
    """

    id: str
    address: str
    hidden: Mapping[str, str]
    options: Sequence[Option]


def row(making: Making, block: Controls) -> ControlRow:
    """The controls of a block, without those of filters that have one already."""
    first, more = (
        [_control(making, block, spec) for spec in part if making.take(spec)] for part in (block.filters, block.more)
    )
    every = [*first, *more]
    if making.addresses.files:
        first, more = ([one for one in part if len(one.options) > 1] for part in (first, more))
    chosen = {spec: making.values[spec.name] for spec in (*block.filters, *block.more)}
    opened, label = bool(_changed(block.more, making.values)), named(making.lang, chosen)
    lacking = [*first, *more] != every
    return ControlRow(making.id("filters"), first, more, opened, _label(making.lang, label), lacking)


def _label(lang: Language, chosen: Sequence[str]) -> str:
    """What a phone shows in place of controls; `chosen` are the words of the choices in force."""
    filters = lang.text("Filters")
    return lang.labeled(filters, " · ".join(chosen)) if chosen else filters


def jump(making: Making, block: Chooser) -> Jump:
    """A list of options that leads to a page."""
    addresses, name = making.addresses, block.filter.name
    here = block.page in {"", addresses.page.slug}
    id_ = making.id(f"choose-{name}")
    path, _, query = (addresses.of(block.page, block.given) if block.page else addresses.view()).partition("?")
    anchor = f"#passport-{name}" if isinstance(block.filter, Form) else ""
    hidden = {one: text for one, text in parse_qsl(query) if one != name}
    chosen = addresses.chosen.get(name, "") if here else ""
    options = [Option(one, words, one == chosen) for one, words in block.options]
    if addresses.files:
        led = partial(addresses.of, block.page or addresses.page.slug)
        options = _leading(making, options, lambda one: led({**block.given, name: one}))
    return Jump(id_, f"{path}{anchor}", hidden, options)


def _leading(making: Making, options: Sequence[Option], address: Callable[[str], str]) -> list[Option]:
    """The options of a list in a file, which lead to other files: those that are written."""
    led = [one._replace(address=address(one.id)) for one in options]
    return [one for one in led if making.addresses.leads(one.address) or one.chosen]


def _control(making: Making, block: Controls, spec: NamedFilter) -> Control:
    """The control of a filter."""
    lang, chosen = making.lang, making.values[spec.name]
    files = making.addresses.files
    id_, label = making.id(f"view-{spec.name}"), lang.text(spec.caption)
    of = partial(Control, id=id_, name=spec.name, label=label, chosen=chosen, default=_default(spec, making.values))
    if isinstance(spec, One | Many):
        options, kind = _options(making, block, spec), "buttons" if spec.name in block.buttons else "list"
        if files:
            many = isinstance(spec, Many)
            options = [] if many else _leading(making, options, lambda one: making.addresses.view({spec.name: one}))
        if isinstance(spec, One):
            return of(kind, options=options)
        words = [option(lang, spec, code) for code in chosen[:NAMED]] or [lang.text(spec.empty)]
        return of("several", options=options, summary=", ".join(words) + ", …" * (len(chosen) > NAMED))
    if isinstance(spec, Flag):
        return of("flag")
    if isinstance(spec, Span):
        return of("span", ends=(spec.low, spec.high))
    return of("number", ends=(spec.low, spec.high))


def _options(making: Making, block: Controls, spec: One | Many) -> list[Option]:
    """The options of a filter in their order."""
    lang, show = making.lang, partial(option, making.lang, spec)
    head = spec.head if isinstance(spec, One) else 0
    ids: Sequence[str] = spec.options
    if spec.name in block.alphabetical:
        ids = [*ids[:head], *lang.alphabetical(ids[head:], show)]
    chosen = making.values[spec.name]
    picked = {chosen} if isinstance(spec, One) else set(chosen)
    found = isinstance(spec, Many) and state_names.holds_states(ids)
    return [Option(code, show(code), code in picked, _names(code, show(code)) if found else "") for code in ids]


def _names(code: str, words: str) -> str:
    """What else finds a state in a list: its codes and its other names, folded."""
    entry = state_names.entry(code, words)
    return " ".join([*entry.codes, *entry.names[1:]])


def _default(spec: Spec[Any], values: Mapping[str, Any]) -> str:
    return spec.write(usual(spec, values))


def _changed(specs: Iterable[Spec[Any]], values: Mapping[str, Any]) -> list[str]:
    """The names of the filters that are not at their defaults."""
    return [spec.name for spec in specs if spec.write(values[spec.name]) != _default(spec, values)]
