"""The values of filters: the only writer of session state and of the address, and the controls on the page.

A run takes its values from the address in a new session, on another page, and when the browser went back or forward.
At any other time the browser may still have an address older than the latest key press, so the widgets' own state
decides and the address follows. Widgets are made from their key alone: feeding their value back in would lose quick
presses.
"""

import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar, cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.shell import state_names
from dashboard.views.address import CITED, Notice, own_names, unknown
from dashboard.views.filters import (
    LANGUAGE,
    Flag,
    Form,
    Many,
    NamedFilter,
    One,
    Ranged,
    Span,
    Spec,
    Whole,
    option,
    settled,
    usual,
    written,
)
from data.i18n import LANGUAGES, Language, language, match

T = TypeVar("T")
InWords = Callable[[str], str]
# Seconds after which a browser has the address that we last wrote; a different one is then one of its history.
LAG = 2.0
# Pixels: the list of languages.
LANGUAGES_WIDTH = 160
_VISIT = "filters.visit"


@dataclass
class Visit:
    """The state of a session.

    Attributes:
        page: the slug of the page of this run.
        settled: the page whose filters were last settled.
        lang: the language of that run.
        from_address: whether this run takes its values from the address.
        written: the parameters that the address has, as far as the server knows; since: when they were written.
        wanted: the parameters that it should have.
        parameters: the parameters of the address.
        values: the values of the page's filters, by name.
        state: the state that was chosen last, on any page; empty if all or several were.
        usual: the last defaults of the filters whose default may change, by name.
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
    written: Mapping[str, str] = field(default_factory=dict)
    since: float = 0.0
    wanted: dict[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    state: str = ""
    usual: dict[str, object] = field(default_factory=dict)
    specs: Mapping[str, Spec[Any]] = field(default_factory=dict)
    keys: Counter[str] = field(default_factory=Counter)
    passports: DeltaGenerator | None = None
    notices: tuple[Notice, ...] = ()
    name: str = field(default_factory=lambda: secrets.token_hex(8))
    begun: bool = False
    repeated: bool = False


def begin() -> Language:
    """Start a run, before the page is known: decide whether to read the address, and settle the language."""
    visit = session()
    fresh, visit.begun = not visit.begun, True
    visit.parameters = st.query_params.to_dict()
    visit.keys, visit.passports = Counter(), None
    # If a run was cut short before `use`, the next run still has to read the address.
    visit.from_address = visit.from_address or fresh or _went_back(visit)
    _settle_language(visit)
    return spoken()


def _went_back(visit: Visit) -> bool:
    """Whether this run is for an older address: the reader changed no filter, and the browser has had time for ours."""
    if visit.parameters == visit.written or time.monotonic() < visit.since + LAG:
        return False
    return _texts(visit.specs.values()) == visit.wanted


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
    if visit.from_address:
        given = own_names(specs, {name: [text] for name, text in visit.parameters.items()})
        visit.parameters = {name: texts[-1] for name, texts in given.items()}
    if implied and visit.from_address:
        named_before = {spec.name: visit.state for spec in specs if isinstance(spec, One) and spec.carried}
        before = named_before if visit.state and visit.settled != visit.page else {}
        visit.parameters = {**visit.parameters, **implied({**before, **visit.parameters})}
    values: dict[str, Any] = {}
    for spec in specs:
        values[spec.name] = _settle(visit, spec, values, relabeled=visit.lang not in {"", code})
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
            names = unknown(visit.parameters, values)
            visit.notices += tuple(Notice(name, visit.parameters[name], known=False) for name in names)
    visit.wanted = _texts(specs)
    visit.values, visit.lang, visit.settled, visit.from_address = values, code, visit.page, False


def finish() -> None:
    """End a run: write the address, if its parameters change.

    In a run that does not read the address, the address may lag behind what was last written.
    """
    visit = _visit()
    if not visit.values:
        use()
    if visit.written != visit.wanted:
        st.query_params.from_dict(visit.wanted)
        visit.since = time.monotonic()
    visit.written = visit.wanted


def value(spec: Spec[T]) -> T:
    """The current value; always valid, whatever the browser sent."""
    current = st.session_state.get(spec.name, spec.default)
    return cast("T", current) if spec.allows(current) else spec.default


def values(*specs: Spec[Any]) -> dict[str, Any]:
    """The current values, by name."""
    return {spec.name: value(spec) for spec in specs}


def _texts(specs: Iterable[Spec[Any]]) -> dict[str, str]:
    """The parameters that the address of this view should have."""
    return {LANGUAGE.name: spoken().code} | written(specs, values(*specs))


def parameters() -> dict[str, str]:
    """The parameters of this view in the address, without the language, which a document has in its path."""
    return {name: text for name, text in _visit().wanted.items() if name != LANGUAGE.name}


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


def control(spec: NamedFilter, *, buttons: bool = False, alphabetical: bool = False) -> None:
    """The control of a filter as Streamlit's own widget, with the words of the filter.

    Args:
        buttons: whether all options of a filter of one id are seen at once.
        alphabetical: whether to order the options by their words, as for names of states.
    """
    label = spoken().text(spec.caption)
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
        slider(spec, label)


def _ordered(spec: One, show: InWords, *, alphabetical: bool) -> list[str]:
    free = spec.options[spec.head :]
    return [*spec.options[: spec.head], *(spoken().alphabetical(free, show) if alphabetical else free)]


def _segments(spec: One, label: str, options: Sequence[str], show: InWords) -> None:
    st.segmented_control(
        label, options, format_func=show, key=spec.name, required=True, wrap=True, persist_state="session"
    )


def _box(spec: One, label: str, options: Sequence[str], show: InWords) -> None:
    words = partial(state_names.in_list, show)
    st.selectbox(label, options, format_func=words, key=spec.name, persist_state="session")


def _boxes(spec: Many, label: str, placeholder: str, *, alphabetical: bool) -> None:
    show = partial(option, spoken(), spec)
    st.multiselect(
        label,
        spoken().alphabetical(spec.options, show) if alphabetical else spec.options,
        format_func=partial(state_names.in_list, show),
        key=spec.name,
        placeholder=placeholder,
        select_all=False,
        persist_state="session",
    )


def slider(spec: Ranged | Span, label: str) -> None:
    """A slider; if there is only one year, which Streamlit's slider refuses, a disabled select box with that year."""
    spec = settled(spec, st.session_state.to_dict())
    if spec.low == spec.high:
        st.selectbox(label, [str(spec.low)], disabled=True)
    else:
        st.slider(label, spec.low, spec.high, step=1, format="%d", key=spec.name, persist_state="session")


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
        width=LANGUAGES_WIDTH,
    )


def _visit() -> Visit:
    return cast("Visit", st.session_state[_VISIT])


def _settle_language(visit: Visit) -> None:
    code = visit.parameters.get(LANGUAGE.name)
    if visit.from_address:
        visit.notices = () if code is None or code in LANGUAGES else (Notice(LANGUAGE.name, code),)
    if visit.from_address and code in LANGUAGES and st.session_state.get(LANGUAGE.name) != code:
        st.session_state[LANGUAGE.name] = code
    if st.session_state.get(LANGUAGE.name) not in LANGUAGES:
        st.session_state[LANGUAGE.name] = match(st.context.locale)


def _settle(visit: Visit, spec: Spec[Any], beside: Mapping[str, Any], *, relabeled: bool) -> object:
    """Set one filter to its value and return it; writes session state only where the value changes.

    Args:
        beside: the values of the filters before it, by name.
    """
    spec = settled(spec, beside)
    current, default = st.session_state.get(spec.name), spec.parse(spec.write(usual(spec, beside)))
    chosen = current if spec.allows(current) else default
    if isinstance(spec, Span):
        # Years that nobody chose follow their default, which may depend on another filter.
        chosen = default if chosen == visit.usual.get(spec.name) else chosen
        visit.usual[spec.name] = default
    if visit.from_address:
        # A change of page leaves other filters as they are, but closes passports; Back and Forward restore everything.
        keep = visit.settled != visit.page and not isinstance(spec, Form)
        chosen = _from_address(visit, spec, _carried(visit, spec, chosen) if keep else default)
    if chosen != current or relabeled:
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
