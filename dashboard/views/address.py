"""What the address of a page says of the filters of the page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from dashboard.views.figure import Values
from dashboard.views.filters import LANGUAGE, NOTHING, SEPARATOR, Many, Span, Spec, Worded, Year, settled, usual

# The ends of a span of years by their names in the API.
FROM = "from"
TO = "to"
# In a citation: the snapshot of its figures. Not a filter, because there is only one snapshot to show: see `Notice`.
CITED = "snapshot"
# Parameters that other sites add to links, and Streamlit's own.
FOREIGN = ("utm_", "fbclid", "gclid", "mc_", "embed")
# Parameters of earlier versions that changed only the look of a figure: old links may have them, and nothing is lost.
GONE = frozenset({"badges"})


@dataclass(frozen=True)
class Notice:
    """A parameter of the address for the reader to know of: one that the page does not have, an unknown value, or a
    cited snapshot.

    `given` is its raw text: escape it before showing. `known`: whether the page has such a parameter.
    """

    name: str
    given: str
    known: bool = True


class Arrival(NamedTuple):
    """What an address chooses: the values of all filters of a page, and what the reader is to know of the rest."""

    values: Values
    notices: tuple[Notice, ...]


def read(specs: Iterable[Spec[Any]], given: Mapping[str, Sequence[str]]) -> Arrival:
    """The values of filters at an address; the default where it has none, or one that does not exist.

    Args:
        given: the texts of each parameter, in order; those of a form that was sent are several for one filter.
    """
    values: dict[str, Any] = {}
    notices, specs = [], tuple(specs)
    given = own_names(specs, given)
    for spec in (settled(one, values) for one in specs):
        values[spec.name] = spec.parse(spec.write(usual(spec, values)))
        text = text_of(spec, given.get(spec.name, ()))
        if text:
            try:
                values[spec.name] = spec.parse(text)
            except ValueError:
                notices.append(Notice(spec.name, text))
    cited = [Notice(CITED, given[CITED][-1])] if given.get(CITED) else []
    others = [name for name in unknown(given, values.keys()) if given[name]]
    return Arrival(
        Values.of(values), (*cited, *notices, *(Notice(name, given[name][-1], known=False) for name in others))
    )


def own_names(specs: Iterable[Spec[Any]], given: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """The parameters of an address by the names of the filters of a page, which may have those of the API, too.

    `from` and `to` are the ends of a span of years; without one of them the span begins or ends with the data. On a
    page with one year they are that year if they are equal.
    """
    every, texts = {spec.name: spec for spec in specs}, dict(given)
    for name, spec in every.items():
        if isinstance(spec, Span) and every.keys().isdisjoint((FROM, TO)):
            ends = zip((texts.pop(FROM, ()), texts.pop(TO, ())), (spec.low, spec.high), strict=True)
            span = "-".join(end[-1] if end else str(usual) for end, usual in ends)
            if not given.keys().isdisjoint((FROM, TO)):
                texts.setdefault(name, [span])
        if isinstance(spec, Year) and texts.get(FROM) and texts.get(FROM) == texts.get(TO):
            texts.setdefault(name, texts.pop(FROM))
            texts.pop(TO)
        if isinstance(spec, Worded) and spec.api and spec.api not in every and spec.api in texts:
            texts.setdefault(name, texts.pop(spec.api))
    return texts


def text_of(spec: Spec[Any], texts: Sequence[str]) -> str:
    """The text of a filter; empty if there is none. A form sends each of several choices, and each end of a span."""
    if isinstance(spec, Many):
        chosen = [text for text in texts if text not in {"", NOTHING}]
        return SEPARATOR.join(chosen) or (NOTHING if NOTHING in texts else "")
    if isinstance(spec, Span) and len(texts) > 1:
        return "-".join(sorted(texts))
    return texts[-1] if texts else ""


def unknown(given: Iterable[str], known: Iterable[str]) -> list[str]:
    """The parameters that are not known, apart from those of the past and of others."""
    mine = {LANGUAGE.name, CITED, *GONE, *known}
    return [name for name in given if name not in mine and not name.startswith(FOREIGN)]
