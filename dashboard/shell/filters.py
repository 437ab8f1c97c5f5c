"""The only writer of session state and of the address: what is chosen, where a link leads, what a bad link asked for.

The address is read when it speaks: in a new session, on another page, on the browser's back and forward, and for a
link of ours within a page. At any other time the browser may still hold an older address than the latest key press,
so the widgets' own state decides and the address follows. Widgets are made from their key alone: feeding their value
back in would lose quick presses.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple, TypeVar, cast
from urllib.parse import parse_qsl

import streamlit as st

from dashboard.shell.filter_types import Flag, Form, Labeled, Many, One, Ranged, Span, Spec, Whole, option
from data.i18n import DEFAULT, LANGUAGES, Language, language, match

T = TypeVar("T")
Show = Callable[[str], str]
LANGUAGE = One("lang", tuple(LANGUAGES), DEFAULT)
# In a link to the page it stands on: tells such a link from an address that merely lags behind the widgets.
LINK_MARK = "go"
# In a citation: the snapshot its figures are of. No filter, for there is one to show: told as a notice.
CITED = "snapshot"
_VISIT = "filters.visit"


@dataclass(frozen=True)
class Notice:
    """A parameter of the address that meant nothing: its name, and what it said (raw: escape before showing)."""

    name: str
    given: str


class HistoryStep(NamedTuple):
    """A press of the browser's Back or Forward within a page: its number, and the query string it went to."""

    number: int
    query: str


@dataclass
class Visit:
    """What this session shows and last settled: pages, language, values, and the notices still to be seen."""

    page: str = ""
    settled: str = ""
    lang: str = ""
    speaks: bool = False
    history: int = 0
    stepped: bool = False
    written: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()


def begin(step: HistoryStep | None = None) -> Language:
    """Start a run, before the page is known: find out whether the address speaks, and in which language to answer.

    `step` is the last Back or Forward that the browser reported; a new one restores what its address says.
    """
    fresh = _VISIT not in st.session_state
    visit: Visit = st.session_state.setdefault(_VISIT, Visit())
    visit.asked = st.query_params.to_dict()
    # To a new session the browser reports its last step again.
    visit.history = step.number if fresh and step else visit.history
    visit.stepped = _stepped(visit, step)
    # A run cut short before `use` has not answered its address yet: the next one does.
    visit.speaks = visit.speaks or fresh or visit.stepped or LINK_MARK in visit.asked
    _settle_language(visit)
    return spoken()


def arrive(page: str) -> None:
    """Say which page (its slug) this run shows; on another page than the last one the address speaks."""
    visit = _visit()
    if page != visit.settled:
        visit.speaks, visit.notices = True, () if visit.settled else visit.notices
        visit.notices += tuple(Notice(CITED, told) for name, told in visit.asked.items() if name == CITED)
    visit.page = page
    if visit.speaks:
        visit.values = {}


def spoken() -> Language:
    """The language of this run."""
    return language(st.session_state[LANGUAGE.name])


def use(*specs: Spec[Any]) -> None:
    """Declare the filters of this page, before any of their widgets: settle their values and write the address."""
    visit, code = _visit(), spoken().code
    for spec in specs:
        _settle(visit, spec, relabelled=visit.lang not in {"", code})
    values = {spec.name: st.session_state[spec.name] for spec in specs}
    changed = {name for name in values if visit.values and values[name] != visit.values.get(name)}
    visit.notices = tuple(notice for notice in visit.notices if notice.name not in changed)
    _write_address(visit, {LANGUAGE.name: code} | written(specs, values))
    visit.values, visit.lang, visit.settled, visit.speaks = values, code, visit.page, False


def finish() -> None:
    """End a run: a page without filters still gets its language into the address."""
    if not _visit().values:
        use()


def value(spec: Spec[T]) -> T:
    """The value now chosen; valid whatever a browser may have sent."""
    held = st.session_state.get(spec.name, spec.default)
    return cast("T", held) if spec.allows(held) else spec.default


def values(*specs: Spec[Any]) -> dict[str, Any]:
    """The values now chosen, by name."""
    return {spec.name: value(spec) for spec in specs}


def put(spec: Spec[Any], chosen: object) -> None:
    """Take what a control of ours reports for a filter, before the run that follows; what it cannot hold is dropped."""
    if spec.allows(chosen):
        st.session_state[spec.name] = chosen


def take(key: str) -> Any:  # noqa: ANN401 - whatever a widget holds
    """What a widget that is no filter was set to; the widget is blank again."""
    return st.session_state.pop(key, None)


def notices() -> tuple[Notice, ...]:
    """The parameters of the address that were not understood, until the reader changes those filters or the page."""
    return _visit().notices


def written(specs: tuple[Spec[Any], ...], values: Mapping[str, Any]) -> dict[str, str]:
    """The address parameters of `values`; a value equal to its default is left out."""
    texts = {spec.name: (spec.write(values[spec.name]), spec.write(spec.default)) for spec in specs}
    return {name: text for name, (text, default) in texts.items() if text != default}


def address(page: str, **ids: str) -> dict[str, str]:
    """The parameters of a link to `page`: the language, the ids given, and a mark if it leads to the page shown."""
    mark = {LINK_MARK: "1"} if page == _visit().page else {}
    return {LANGUAGE.name: spoken().code, **ids, **mark}


def choose(
    spec: One, label: str = "", show: Show | None = None, *, segments: bool = False, alphabetical: bool = False
) -> str:
    """A choice of one id, by the filter's own words or those of `show`: a select box, or segments where there are few.

    As in every control here, `label` is in the reader's language; if empty the filter's own is translated.
    `alphabetical` orders the options by their words in the language shown, as names of states are looked up.
    """
    show, label = show or partial(option, spoken(), spec), label or _caption(spec)
    free = spec.options[spec.head :]
    options = [*spec.options[: spec.head], *(spoken().alphabetical(free, show) if alphabetical else free)]
    if segments:
        st.segmented_control(
            label, options, format_func=show, key=spec.name, required=True, wrap=True, persist_state="session"
        )
    else:
        st.selectbox(label, options, format_func=show, key=spec.name, persist_state="session")
    return value(spec)


def choose_many(spec: Many, placeholder: str, *, label: str = "", alphabetical: bool = False) -> list[str]:
    """A choice of several ids; `placeholder` says what an empty choice means. Returns the ids in the order chosen."""
    show = partial(option, spoken(), spec)
    st.multiselect(
        label or _caption(spec),
        spoken().alphabetical(spec.options, show) if alphabetical else spec.options,
        format_func=show,
        key=spec.name,
        placeholder=placeholder,
        select_all=False,
        persist_state="session",
    )
    return list(value(spec))


def year_slider(spec: Ranged, label: str) -> int:
    """A slider over whole years; the arrow keys move it by one."""
    st.slider(label, spec.low, spec.high, step=1, format="%d", key=spec.name, persist_state="session")
    return value(spec)


def span_slider(spec: Span, label: str = "") -> tuple[int, int]:
    """A slider with two ends over whole years."""
    st.slider(label or _caption(spec), spec.low, spec.high, step=1, format="%d", key=spec.name, persist_state="session")
    first, last = value(spec)
    return first, last


def toggle(spec: Flag, label: str = "") -> bool:
    """A switch."""
    st.toggle(label or _caption(spec), key=spec.name, persist_state="session")
    return value(spec)


def number(spec: Whole, label: str = "") -> int:
    """A field for a whole number."""
    st.number_input(label or _caption(spec), spec.low, spec.high, step=1, key=spec.name, persist_state="session")
    return value(spec)


def choose_language(label: str) -> None:
    """The four languages by their own names; the choice holds for the session and stands in every address."""
    st.segmented_control(
        label,
        LANGUAGE.options,
        format_func=LANGUAGES.__getitem__,
        key=LANGUAGE.name,
        required=True,
        label_visibility="collapsed",
        persist_state="session",
    )


def _caption(spec: Labeled) -> str:
    return spoken().text(spec.caption)


def _visit() -> Visit:
    return cast("Visit", st.session_state[_VISIT])


def _stepped(visit: Visit, step: HistoryStep | None) -> bool:
    """Whether the browser reports a new step; the query string it went to is then the address."""
    if step is None or step.number == visit.history:
        return False
    visit.history = step.number
    visit.asked = dict(parse_qsl(step.query, keep_blank_values=True))
    return True


def _settle_language(visit: Visit) -> None:
    asked = visit.asked.get(LANGUAGE.name)
    if visit.speaks:
        visit.notices = () if asked is None or asked in LANGUAGES else (Notice(LANGUAGE.name, asked),)
    if visit.speaks and asked in LANGUAGES and st.session_state.get(LANGUAGE.name) != asked:
        st.session_state[LANGUAGE.name] = asked
    if st.session_state.get(LANGUAGE.name) not in LANGUAGES:
        st.session_state[LANGUAGE.name] = match(st.context.locale)


def _settle(visit: Visit, spec: Spec[Any], *, relabelled: bool) -> None:
    """Bring one filter to its value; session state is touched only where it does not already hold it."""
    held, default = st.session_state.get(spec.name), spec.parse(spec.write(spec.default))
    wanted = held if spec.allows(held) else default
    if visit.speaks:
        # A link of ours keeps what it does not name, but no passport; back and forward restore what stood there.
        kept = LINK_MARK in visit.asked or (visit.settled != visit.page and not isinstance(spec, Form))
        wanted = _asked(visit, spec, wanted if kept else default)
    if wanted != held or relabelled:
        st.session_state[spec.name] = wanted


def _asked(visit: Visit, spec: Spec[T], unsaid: T) -> T:
    text = visit.asked.get(spec.name)
    if text is None:
        return unsaid
    try:
        return spec.parse(text)
    except ValueError:
        visit.notices += (Notice(spec.name, text),)
        return unsaid


def _write_address(visit: Visit, parameters: dict[str, str]) -> None:
    """Write the address where it is to say something else than it does.

    Where it does not speak it may lag behind what was last written, which is then on its way; or the reader has gone
    back, and the browser's report of that is on its way. After that report it is right: to write it would be a new
    entry in the browser's history, and the reader would never get past it.
    """
    there = st.query_params.to_dict() if visit.speaks else visit.written
    if there != parameters and not visit.stepped:
        st.query_params.from_dict(parameters)
    visit.written = parameters
