"""Blocks that several pages have."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from dashboard.store import areas
from dashboard.subjects.about import words as about_words
from dashboard.subjects.shared import AREA
from dashboard.views.figure import CHART, Figure, Values
from dashboard.views.filters import Form, Ranged, Span
from dashboard.views.page import Block, Chooser, Files, Graphic, Link, Passport, Terms, Text
from dashboard.views.rows import Rows
from dashboard.words import data_version
from data.i18n import Language


def graphic(
    figure: Figure,
    values: Values,
    part: str,
    *,
    years: Ranged | Span | None = None,
    opens: Callable[[str], Link | None] | None = None,
    chart: str = "",
) -> Graphic:
    """A figure with the values that its filters have on the page; in a briefing perhaps one `chart` of it."""
    given = {spec.name: values.value(spec) for spec in figure.filters} | ({CHART: chart} if chart else {})
    return Graphic(figure.name, given, part, years, opens)


def terms(lang: Language, *concepts: str) -> Terms:
    """The meanings of terms of the page; `concepts` are ids of the glossary, e.g. `detected`."""
    lines = tuple(about_words.explained(lang, concept) for concept in concepts)
    return Terms(lang.text("Terms on this page"), lines)


def states(lang: Language, label: str = "", *, large: bool = False) -> Chooser:
    """A list of all states that opens their pages, as an alternative to the map."""
    options = tuple((area, lang.country(area)) for area in lang.sorted_countries(areas()))
    return Chooser(label or lang.text("Open a state"), AREA, options, "country", large)


def every_state(lang: Language) -> tuple[Link, ...]:
    """Links to the pages of all states, by name."""
    return tuple(replace(state(area), words=lang.country(area)) for area in lang.sorted_countries(areas()))


def edition(lang: Language, chosen: str) -> Iterable[Text]:
    """A note if the figures are as of an earlier release."""
    for sentence in data_version.remark(lang, chosen):
        yield Text((sentence,), "notice")


def state(mark: str, filters: Mapping[str, str] | None = None) -> Link:
    """The page of the state of a mark, which may be that of one of its figures."""
    return Link("country", "", {AREA.name: mark.partition(".")[0], **(filters or {})})


def with_files(lang: Language, table: tuple[Block, ...], rows: Rows) -> tuple[Block, ...]:
    """A table above its rows as files; without rows, a sentence says so."""
    if not table:
        return (Text((lang.text("No records found. This does not mean that nothing happened."),), "small"),)
    return (*table, Files(rows))


def opened(key: Form, mark: str, words: str = "") -> Link:
    """The passport that the same page has of a row or a mark."""
    return Link("", words, {key.name: mark}, f"passport-{key.name}")


def passport(key: Form, mark: str) -> Link | None:
    """The passport, on the same page, of the row that a mark names; None for a mark that names none."""
    return Link("", "", {key.name: mark}, Passport(key, "", ()).anchor) if mark and key.allows(mark) else None
