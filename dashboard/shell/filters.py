"""The values of filters: the only writer of session state and of the address, and the controls on the page.

A run takes its values from the address in a new session, on another page, on the browser's Back and Forward, and for a
link of ours within a page. At any other time the browser may still have an address older than the latest key press,
so the widgets' own state decides and the address follows. Widgets are made from their key alone: feeding their value
back in would lose quick presses.
"""

import secrets
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple, TypeVar, cast
from urllib.parse import parse_qsl

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import static
from dashboard.shell import answers, choice_buttons, state_picker
from dashboard.views.address import CITED, Notice, unknown
from dashboard.views.filters import (
    LANGUAGE,
    Flag,
    Form,
    Labeled,
    Many,
    One,
    Ranged,
    Shown,
    Span,
    Spec,
    Whole,
    named,
    option,
    usual,
    written,
)
from data.i18n import LANGUAGES, Language, language, match

T = TypeVar("T")
Show = Callable[[str], str]
# In a link within a page: distinguishes it from an address that only lags behind the widgets.
LINK_MARK = "go"
_VISIT = "filters.visit"


class HistoryStep(NamedTuple):
    """A press of the browser's Back or Forward within a page: its number, and the query string it led to."""

    number: int
    query: str


@dataclass
class Visit:
    """The state of a session.

    Attributes:
        page: the slug of the page of this run.
        settled: the page whose filters were last settled.
        lang: the language of that run.
        from_address: whether this run takes its values from the address.
        history: the number of the last Back or Forward.
        stepped: whether this run is a new Back or Forward.
        written: the parameters that the address has, as far as the server knows.
        wanted: the parameters that it should have.
        parameters: the parameters of the address.
        values: the values of the page's filters, by name.
        state: the state that was chosen last, on any page; empty if all or several were.
        usual: the last defaults of the filters whose default may change, by name.
        drawn: the filters with a control on the page, in the order of this run.
        place: where the page names the choices in force, once its controls are made.
        specs: the filters of the page, by name.
        keys: how often `key` was asked for a name in this run.
        passports: where a declared page links to its open passports, if it has controls.
        notices: the notices to show.
        name: a random name of the session, for queues.
        begun: whether a run has begun.
        repeated: whether this run repeats one that failed (`dashboard.shell.run`).
    """

    page: str = ""
    settled: str = ""
    lang: str = ""
    from_address: bool = False
    history: int = 0
    stepped: bool = False
    written: Mapping[str, str] = field(default_factory=dict)
    wanted: dict[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    state: str = ""
    usual: dict[str, object] = field(default_factory=dict)
    drawn: dict[str, Shown] = field(default_factory=dict)
    place: DeltaGenerator | None = None
    specs: Mapping[str, Spec[Any]] = field(default_factory=dict)
    keys: Counter[str] = field(default_factory=Counter)
    passports: DeltaGenerator | None = None
    notices: tuple[Notice, ...] = ()
    name: str = field(default_factory=lambda: secrets.token_hex(8))
    begun: bool = False
    repeated: bool = False


def begin(step: HistoryStep | None = None) -> Language:
    """Start a run, before the page is known: decide whether to read the address, and settle the language.

    `step` is the last Back or Forward that the browser reported; a new one restores the values of its address.
    """
    visit = session()
    fresh, visit.begun = not visit.begun, True
    visit.parameters, visit.drawn, visit.place = st.query_params.to_dict(), {}, None
    visit.keys, visit.passports = Counter(), None
    # The browser reports its last step again to a new session.
    visit.history = step.number if fresh and step else visit.history
    visit.stepped = _stepped(visit, step)
    # If a run was cut short before `use`, the next run still has to read the address.
    visit.from_address = visit.from_address or fresh or visit.stepped or LINK_MARK in visit.parameters
    _settle_language(visit)
    return spoken()


def arrive(page: str) -> None:
    """Set the page (its slug) of this run; on another page than the last the run takes its values from the address."""
    visit = _visit()
    if page != visit.settled:
        visit.from_address, visit.notices = True, () if visit.settled else visit.notices
        visit.notices += tuple(Notice(CITED, text) for name, text in visit.parameters.items() if name == CITED)
    visit.page = page
    if visit.from_address:
        visit.values = {}


def session() -> Visit:
    """The state of this session, from its first run on."""
    return cast("Visit", st.session_state.setdefault(_VISIT, Visit()))


def spoken() -> Language:
    """The language of this run."""
    return language(st.session_state[LANGUAGE.name])


def use(*specs: Spec[Any], implied: Callable[[Mapping[str, str]], Mapping[str, str]] | None = None) -> None:
    """Declare the filters of this page, before any of their widgets, and set their values.

    Args:
        implied: as in `dashboard.views.page.Page`; the state that was chosen on another page is as good as named.
    """
    visit, code = _visit(), spoken().code
    visit.specs = {spec.name: spec for spec in specs}
    if implied and visit.from_address:
        named_before = {spec.name: visit.state for spec in specs if isinstance(spec, One) and spec.carried}
        before = named_before if visit.state and visit.settled != visit.page else {}
        visit.parameters = {**visit.parameters, **implied({**before, **visit.parameters})}
    values: dict[str, Any] = {}
    for spec in specs:
        values[spec.name] = _settle(visit, spec, values, relabelled=visit.lang not in {"", code})
    changed = {name for name in values if visit.values and values[name] != visit.values.get(name)}
    visit.notices = tuple(notice for notice in visit.notices if notice.name not in changed)
    asked = changed | (set(visit.parameters) if visit.from_address else set())
    for spec in specs:
        if isinstance(spec, One | Many) and spec.carried and spec.name in asked:
            chosen = values[spec.name] if isinstance(spec, Many) else [values[spec.name]]
            visit.state = chosen[0] if len(chosen) == 1 else ""
    if visit.from_address:
        visit.written = st.query_params.to_dict()
        # On the way from page to page the address may still have parameters of the one before.
        if not visit.settled:
            names = unknown(visit.parameters, {*values, LINK_MARK})
            visit.notices += tuple(Notice(name, visit.parameters[name], known=False) for name in names)
    visit.wanted = {LANGUAGE.name: code} | written(specs, values)
    visit.values, visit.lang, visit.settled, visit.from_address = values, code, visit.page, False


def finish() -> None:
    """End a run: write the address, if its parameters change.

    An address without any is completed in the browser (`dashboard.shell.address`), if that has our server's scripts.

    In a run that does not read the address, the address may lag behind what was last written; or the reader went back
    and the browser has yet to report it. After that report the address is right: writing it would add an entry to the
    browser's history that the reader could never get past.
    """
    visit = _visit()
    if not visit.values:
        use()
    bare = not visit.written and static.served()
    if visit.written != visit.wanted and not visit.stepped and not bare:
        st.query_params.from_dict(visit.wanted)
    visit.written = visit.wanted


def wanted() -> Mapping[str, str]:
    """The parameters that the address of this view should have."""
    return _visit().wanted


def value(spec: Spec[T]) -> T:
    """The current value; always valid, whatever the browser sent."""
    current = st.session_state.get(spec.name, spec.default)
    return cast("T", current) if spec.allows(current) else spec.default


def values(*specs: Spec[Any]) -> dict[str, Any]:
    """The current values, by name."""
    return {spec.name: value(spec) for spec in specs}


def reached(*specs: Spec[Any]) -> dict[str, int]:
    """The number of the last choice in a control of our own that reached the server, by name of the filter."""
    numbers = {spec.name: answers.number(_picker(spec)) for spec in specs}
    return {name: number for name, number in numbers.items() if number}


def chosen_state() -> str:
    """The state that was chosen last, on any page; empty if all or several were."""
    return _visit().state


def put(spec: Spec[Any], chosen: object) -> None:
    """Set a filter from a callback, before the run that follows; an invalid value is ignored."""
    if spec.allows(chosen):
        st.session_state[spec.name] = chosen


def put_texts(texts: Mapping[str, str]) -> None:
    """Set filters of this page as an address would, from a callback; what the page does not know is ignored."""
    for name, text in texts.items():
        if spec := _visit().specs.get(name):
            with suppress(ValueError):
                put(spec, spec.parse(text))


def key(name: str) -> str:
    """A key for a widget: the name, with a number from the second time on that this run asks for it."""
    keys = session().keys
    keys[name] += 1
    return name if keys[name] == 1 else f"{name}.{keys[name]}"


def keep(key: str, content: object) -> None:
    """Keep what is not a filter for the runs that follow, until it is taken."""
    st.session_state[key] = content


def take(key: str) -> Any:  # noqa: ANN401 - whatever was kept, or a widget holds
    """What was kept, or the value of a widget that is not a filter; clears it."""
    return st.session_state.pop(key, None)


def notices() -> tuple[Notice, ...]:
    """The notices on the address, until the reader changes those filters or the page."""
    return _visit().notices


def in_force() -> list[str]:
    """The words of the choices made in the controls of this run; a choice that leaves nothing out is not among them."""
    return named(spoken(), {spec: value(cast("Spec[Any]", spec)) for spec in _visit().drawn.values()})


def reserve(place: DeltaGenerator) -> None:
    """Remember where to name the choices in force: they are known when the page's controls are made."""
    _visit().place = place


def reserved() -> DeltaGenerator | None:
    """The reserved place, if the page of this run has controls."""
    return _visit().place if _visit().drawn else None


def address(page: str, **ids: str) -> dict[str, str]:
    """The parameters of a link to `page`: the language, the given ids, and a mark if it is the current page."""
    mark = {LINK_MARK: "1"} if page == _visit().page else {}
    return {LANGUAGE.name: spoken().code, **ids, **mark}


def control(spec: Shown, *, buttons: bool = False, alphabetical: bool = False) -> None:
    """The control of a filter as Streamlit's own widget, with the words of the filter.

    Args:
        buttons: whether all options of a filter of one id are seen at once.
        alphabetical: whether to order the options by their words, as for names of states.
    """
    label = _caption(spec)
    if isinstance(spec, One):
        show = partial(option, spoken(), spec)
        one = _segments if buttons else _box
        one(spec, label, _ordered(spec, show, alphabetical=alphabetical), show)
    elif isinstance(spec, Many):
        _boxes(spec, label, spoken().text(spec.empty) if spec.empty else "", alphabetical=alphabetical)
    elif isinstance(spec, Whole):
        st.number_input(label, spec.low, spec.high, step=1, key=spec.name, persist_state="session")
    elif isinstance(spec, Flag):
        st.toggle(label, key=spec.name, persist_state="session")
    else:
        _slider(spec, label)


def _ordered(spec: One, show: Show, *, alphabetical: bool) -> list[str]:
    free = spec.options[spec.head :]
    return [*spec.options[: spec.head], *(spoken().alphabetical(free, show) if alphabetical else free)]


def _segments(spec: One, label: str, options: Sequence[str], show: Show) -> None:
    st.segmented_control(
        label, options, format_func=show, key=spec.name, required=True, wrap=True, persist_state="session"
    )


def _box(spec: One, label: str, options: Sequence[str], show: Show) -> None:
    words = state_picker.described(options, show)
    st.selectbox(label, options, format_func=words, key=spec.name, persist_state="session")


def _boxes(spec: Many, label: str, placeholder: str, *, alphabetical: bool) -> None:
    show = partial(option, spoken(), spec)
    st.multiselect(
        label,
        spoken().alphabetical(spec.options, show) if alphabetical else spec.options,
        format_func=state_picker.described(spec.options, show),
        key=spec.name,
        placeholder=placeholder,
        select_all=False,
        persist_state="session",
    )


def choose(
    spec: One, label: str = "", show: Show | None = None, *, segments: bool = False, alphabetical: bool = False
) -> str:
    """A control for one id: a select box, or segments for a few options.

    Args:
        label: in the reader's language, as in every control here; empty for the filter's own label. A filter without
            one of its own is always in sight: the phone's button neither hides nor names it.
        show: the words of an option; by default the filter's own.
        segments: whether to show segments.
        alphabetical: whether to order the options by their words, as for names of states.
    """
    if spec.caption:
        _visit().drawn[spec.name] = spec
    show, label = show or partial(option, spoken(), spec), label or _caption(spec)
    options = _ordered(spec, show, alphabetical=alphabetical)
    if segments and static.served():
        words, first = {code: show(code) for code in options}, partial(_put_first, spec)
        choice_buttons.choose(label, words, name=spec.name, key=_picker(spec), chosen=value(spec), on_choose=first)
    elif segments:
        _segments(spec, label, options, show)
    else:
        _list(spec, label, options, show)
    return value(spec)


def ask(spec: One, label: str, show: Show) -> str:
    """A list for one id that is no filter: it is not in the address, and the phone's button does not name it."""
    if not spec.allows(st.session_state.get(spec.name)):
        put(spec, spec.default)
    _list(spec, label, spec.options, show)
    return value(spec)


def _list(spec: One, label: str, options: Sequence[str], show: Show) -> None:
    """A list for one id."""
    if static.served():
        at, key, first = [value(spec)], _picker(spec), partial(_put_first, spec)
        state_picker.choose(spoken(), label, options, show, key=key, chosen=at, on_choose=first, name=spec.name)
    else:
        _box(spec, label, options, show)


def choose_many(spec: Many, placeholder: str, *, label: str = "", alphabetical: bool = False) -> list[str]:
    """A control for several ids, returned in the order of selection; `placeholder` says what an empty one means.

    If it is empty by default, it has a button that empties it.
    """
    _visit().drawn[spec.name] = spec
    show, label = partial(option, spoken(), spec), label or _caption(spec)
    if static.served():
        at, change = list(value(spec)), partial(put, spec)
        every = "" if spec.default else placeholder
        look = state_picker.Look(placeholder=placeholder, every=every, many=True)
        state_picker.choose(
            spoken(),
            label,
            spec.options,
            show,
            key=_picker(spec),
            chosen=at,
            on_choose=change,
            name=spec.name,
            look=look,
        )
        return at
    _boxes(spec, label, placeholder, alphabetical=alphabetical)
    return list(value(spec))


def year_slider(spec: Ranged, label: str) -> int:
    """A slider over whole years; the arrow keys move it by one."""
    _slider(spec, label)
    return value(spec)


def span_slider(spec: Span, label: str = "") -> tuple[int, int]:
    """A slider with two ends over whole years; returns the first and the last year."""
    _visit().drawn[spec.name] = spec
    _slider(spec, label or _caption(spec))
    first, last = value(spec)
    return first, last


def _slider(spec: Ranged | Span, label: str) -> None:
    """A slider; if there is only one year, which Streamlit's slider refuses, a disabled select box with that year."""
    if spec.low == spec.high:
        st.selectbox(label, [str(spec.low)], disabled=True)
    else:
        st.slider(label, spec.low, spec.high, step=1, format="%d", key=spec.name, persist_state="session")


def toggle(spec: Flag, label: str = "") -> bool:
    """A switch."""
    _visit().drawn[spec.name] = spec
    label = label or _caption(spec)
    if static.served():
        at, change = spec.write(value(spec)), partial(_put_text, spec)
        choice_buttons.switch(label, name=spec.name, key=_picker(spec), chosen=at, on_choose=change)
    else:
        st.toggle(label, key=spec.name, persist_state="session")
    return value(spec)


def number(spec: Whole, label: str = "") -> int:
    """A field for a whole number."""
    _visit().drawn[spec.name] = spec
    label = label or _caption(spec)
    if static.served():
        limits, at, change = range(spec.low, spec.high + 1), spec.write(value(spec)), partial(_put_text, spec)
        choice_buttons.number(spoken(), label, limits, name=spec.name, key=_picker(spec), chosen=at, on_choose=change)
    else:
        st.number_input(label, spec.low, spec.high, step=1, key=spec.name, persist_state="session")
    return value(spec)


def choose_language(label: str) -> None:
    """The languages by their own names; the selection applies to the session and is in every address."""
    st.selectbox(
        label,
        LANGUAGE.options,
        format_func=LANGUAGES.__getitem__,
        key=LANGUAGE.name,
        filter_mode=None,
        label_visibility="collapsed",
        persist_state="session",
    )


def _picker(spec: Spec[Any]) -> str:
    """The key of the control of our own of a filter; the filter's own name is the key of its value."""
    return f"pick.{spec.name}"


def _put_first(spec: One, ids: list[str]) -> None:
    put(spec, ids[0])


def _put_text(spec: Flag | Whole, ids: list[str]) -> None:
    with suppress(ValueError):
        put(spec, spec.parse(ids[0]))


def _caption(spec: Labeled) -> str:
    return spoken().text(spec.caption)


def _visit() -> Visit:
    return cast("Visit", st.session_state[_VISIT])


def _stepped(visit: Visit, step: HistoryStep | None) -> bool:
    """Whether the browser reports a new step; takes the parameters from its query string."""
    if step is None or step.number == visit.history:
        return False
    visit.history = step.number
    visit.parameters = dict(parse_qsl(step.query, keep_blank_values=True))
    return True


def _settle_language(visit: Visit) -> None:
    code = visit.parameters.get(LANGUAGE.name)
    if visit.from_address:
        visit.notices = () if code is None or code in LANGUAGES else (Notice(LANGUAGE.name, code),)
    if visit.from_address and code in LANGUAGES and st.session_state.get(LANGUAGE.name) != code:
        st.session_state[LANGUAGE.name] = code
    if st.session_state.get(LANGUAGE.name) not in LANGUAGES:
        st.session_state[LANGUAGE.name] = match(st.context.locale)


def _settle(visit: Visit, spec: Spec[Any], beside: Mapping[str, Any], *, relabelled: bool) -> object:
    """Set one filter to its value and return it; writes session state only where the value changes.

    Args:
        beside: the values of the filters before it, by name.
    """
    current, default = st.session_state.get(spec.name), spec.parse(spec.write(usual(spec, beside)))
    chosen = current if spec.allows(current) else default
    if isinstance(spec, Span):
        # Years that nobody chose follow their default, which may depend on another filter.
        chosen = default if chosen == visit.usual.get(spec.name) else chosen
        visit.usual[spec.name] = default
    if visit.from_address:
        # A link of ours leaves other filters as they are, but closes passports; Back and Forward restore everything.
        keep = LINK_MARK in visit.parameters or (visit.settled != visit.page and not isinstance(spec, Form))
        chosen = _from_address(visit, spec, _carried(visit, spec, chosen) if keep else default)
    if chosen != current or relabelled:
        st.session_state[spec.name] = chosen
    return chosen


def _carried(visit: Visit, spec: Spec[Any], current: object) -> object:
    """The value of a filter on arriving at a page: the state chosen on another page, if it is such a filter."""
    if visit.settled == visit.page or not (isinstance(spec, One | Many) and spec.carried and visit.state):
        return current
    chosen = [visit.state] if isinstance(spec, Many) else visit.state
    return chosen if spec.allows(chosen) else current


def _from_address(visit: Visit, spec: Spec[T], otherwise: T) -> T:
    """The value in the address, or `otherwise` if it has none; notes an invalid one."""
    text = visit.parameters.get(spec.name)
    if text is None:
        return otherwise
    try:
        return spec.parse(text)
    except ValueError:
        visit.notices += (Notice(spec.name, text),)
        return otherwise
