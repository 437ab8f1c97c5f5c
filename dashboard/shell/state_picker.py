"""Lists that are searched by typing: one option, several, or a large search field; a component in the browser.

Most are lists of states: what a typed text finds is decided by `state_names`. Without our own server (a bare `streamlit
run`, AppTest) the lists are Streamlit's own, whose options carry the other names of a state.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial

import streamlit as st

from dashboard import static, store
from dashboard.shell import answers, state_names
from dashboard.shell.served_texts import ServedTexts
from data.i18n import Language

Show = Callable[[str], str]
_PICKER = st.components.v2.component(
    "atalaya_states", html="<div></div>\n", js=static.loader("state_picker.js"), isolate_styles=False
)


def holds_states(options: Sequence[str]) -> bool:
    """Whether states are among the options, alone or with others."""
    return not set(store.areas()).isdisjoint(options)


def described(options: Sequence[str], show: Show) -> Show:
    """The words of options in Streamlit's own list, which matches only what it shows: states with all their names."""
    return partial(_described, show) if holds_states(options) else show


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a list looks and behaves.

    Attributes:
        placeholder: the words in an empty field.
        every: the words on a button that empties the list; without them there is none.
        many: whether several can be chosen.
        goes: whether a choice leads elsewhere and nothing stays chosen.
        large: whether it is the large search field.
        unlabeled: whether its name is only for screen readers.
    """

    placeholder: str = ""
    every: str = ""
    many: bool = False
    goes: bool = False
    large: bool = False
    unlabeled: bool = False


ONE = Look()


def choose(
    lang: Language,
    label: str,
    options: Sequence[str],
    show: Show,
    *,
    key: str,
    chosen: Sequence[str],
    on_choose: answers.OnChoose,
    name: str = "",
    look: Look = ONE,
) -> None:
    """A list of options; those that are states stand together, in the order of the language.

    Args:
        label: the name of the list.
        show: the words of an option.
        key: unique on the page.
        chosen: the ids chosen now.
        on_choose: called with the ids chosen, before the run that follows.
        name: the filter, in the address of the figures that follow it; empty if there are none.
    """
    states = set(store.areas())
    every = [code for code in options if code in states]
    first = options.index(every[0]) if every else len(options)
    last = first + len(every)
    # These are found by their words alone.
    before, after = ([[code, show(code)] for code in part] for part in (options[:first], options[last:]))
    data = {
        "source": TEXTS.address(lang),
        "label": label,
        "before": before,
        "after": after,
        "only": None if len(every) == len(states) else every,
        "chosen": [[code, show(code)] for code in chosen],
        "name": name,
        "n": answers.number(key),
        "returns": answers.returns(),
        **asdict(look),
    }
    on_change = partial(answers.take, key, tuple(options), on_choose, many=look.many)
    _PICKER(key=key, data=data, on_choice_change=on_change)


def search(lang: Language, key: str, on_choose: Callable[[str], None]) -> None:
    """A large field that searches all states; `on_choose` is called with the id of the state found."""
    words = lang.text("Find your country")
    go(lang, words, key, on_choose, placeholder=lang.text("A name or a code: Peru, St Lucia, HTI"), large=True)


def go(
    lang: Language,
    label: str,
    key: str,
    on_choose: Callable[[str], None],
    *,
    placeholder: str = "",
    large: bool = False,
) -> None:
    """A list of all states that leads somewhere: nothing stays chosen in it.

    Args:
        label: its name, seen only where it is large; else it stands in the empty field.
        key: unique on the page.
        on_choose: called with the id of a state.
    """
    if not static.served():
        words = partial(_described, lang.country)
        states, before = lang.sorted_countries(store.areas()), partial(_taken, key, on_choose)
        st.selectbox(label, states, None, words, key, placeholder=placeholder or label, on_change=before)
        return
    first = partial(_first, on_choose)
    look = Look(placeholder=placeholder or label, goes=True, large=large, unlabeled=not large)
    choose(lang, label, store.areas(), lang.country, key=key, chosen=(), on_choose=first, look=look)


def _first(on_choose: Callable[[str], None], ids: list[str]) -> None:
    on_choose(ids[0])


def _taken(key: str, on_choose: Callable[[str], None]) -> None:
    if area := st.session_state[key]:
        on_choose(area)


def _described(show: Show, code: str) -> str:
    return state_names.described(code, show(code))


def names(lang: Language) -> dict[str, object]:
    """The names of all states in a language with what finds them, and the words of the list."""
    count = range(len(store.areas()) + 20)
    texts = {
        "none": lang.text("No results"),
        "remove": lang.text("Remove {name}", name="{name}"),
        "chosen": lang.text("Selected values"),
        "counts": [lang.plural("{n} match", "{n} matches", n) for n in count],
    }
    return {"states": state_names.entries(lang), "texts": texts}


TEXTS = ServedTexts("states", names)
