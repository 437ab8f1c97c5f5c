"""A figure in words, away from its page: its title, its notes, its description, and the page that shows it.

Pictures, embeds and social cards have these. What the page of a figure says around it, they have to say themselves.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from dashboard import store
from dashboard.charts.layout import TITLED
from dashboard.shell import page_filters
from dashboard.stage import disputed, home, request
from dashboard.stage.drawn import drawn
from dashboard.stage.request import DARK, STAGE, WIDTH
from dashboard.subjects import shared
from dashboard.subjects.coverage import filters as coverage_filters
from dashboard.subjects.coverage import revisions as coverage_revisions
from dashboard.subjects.coverage import words as coverage_words
from dashboard.subjects.explore import filters as explore_filters
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.states import profile, profile_words
from dashboard.views.filters import LANGUAGE
from dashboard.words import data_version, terms
from data.i18n import Language, language

# By figure its page, and what the page needs besides the filters of the figure.
PAGES: dict[str, tuple[str, dict[str, str]]] = {
    **dict.fromkeys(home.FIGURES, ("home", {})),
    "region": ("region", {}),
    "routes": ("routes", {}),
    **dict.fromkeys(("state_routes", "series", "victims"), ("country", {})),
    **dict.fromkeys(("coverage_map", "coverage_matrix", "revisions"), ("coverage", {})),
    "explore": ("explore", {}),
    **dict.fromkeys(("compare", "between"), ("explore", {explore_filters.TASK.name: "compare"})),
    **dict.fromkeys(("parties_map", "parties_chart"), ("instruments", {})),
    **dict.fromkeys(("ledger_matrix", "ledger_map"), ("declaration", {})),
}
# On stage no line of the notes is broken, and at this width none of a chart is.
BROAD = {WIDTH.name: WIDTH.write(WIDTH.high), STAGE.name: "760", DARK.name: DARK.write(False)}


class Caption(NamedTuple):
    """The words of a figure.

    Attributes:
        title: what it shows; subtitle: the rest of its heading, often empty.
        notes: on the figures, the releases that they come from, and how many of them a state disputes.
        description: two sentences or more, for a reader who does not see it.
    """

    title: str
    subtitle: str
    notes: tuple[str, ...]
    description: str


def caption(name: str, texts: Mapping[str, str]) -> Caption:
    """The words of a figure; `texts` are its parameters (`request.query`)."""
    return _caption(name, tuple(sorted(texts.items())))


@store.cached
def _caption(_snap: store.Tables, name: str, texts: tuple[tuple[str, str], ...]) -> Caption:
    asked = request.parse(name, dict(texts) | BROAD)
    plate = drawn(asked)
    within = [note["text"] for note in plate.spec["layout"].get("annotations", []) if note.get("name") == TITLED]
    heading = plate.heading or " ".join(within).replace("<br>", " ").removeprefix("<b>").removesuffix("</b>")
    first, _, rest = heading.partition("\n")
    lang = language(asked.value(LANGUAGE))
    title = _of_state(asked, lang) or first or plate.description.partition(". ")[0]
    if name in home.FIGURES:
        # The topic of a figure of Home stands under what it shows.
        title, rest = home.findings(lang, name)[0], first
    if name == "revisions":
        title, rest = _revised(asked, lang) or plate.description, first
    notes = (*plate.notes, *disputed.sentences(asked, lang))
    return Caption(title, rest.replace("\n", " "), notes, plate.description)


def stale(lang: Language, notes: Iterable[str]) -> list[str]:
    """What pages warn of, for the sources that the notes of a figure name: that they are old, or were not renewed.

    It depends on the day, so it is not part of a caption, which is kept.
    """
    text = " ".join(notes)
    named = {source: year for source, year in store.last_years().items() if terms.term(lang, "source", source) in text}
    return data_version.warnings(lang, store.snapshot(), named)


def _of_state(asked: request.FigureRequest, lang: Language) -> str:
    """The title of a chart of a state, whose page has one: its latest total, or its largest groups of victims.

    Empty for other figures, and without any group.
    """
    if asked.name not in {"series", "victims"}:
        return ""
    area, edition = asked.value(shared.AREA), asked.value(shared.EDITION)
    if asked.name == "victims":
        groups = profile.groups(area, edition)
        return profile_words.largest_groups(lang, area, groups) if groups else ""
    none = routes_query.arrows(routes_filters.of_state(area, "counted", edition)).every.clear()
    nobody = profile.ends(none, "origin")
    return profile_words.opening(lang, area, profile.latest(area, edition), nobody, nobody, None)


def _revised(asked: request.FigureRequest, lang: Language) -> str:
    """What the newest release changed in the figures of the chart of revisions; empty if there is only one."""
    steps = coverage_revisions.steps(
        asked.value(coverage_filters.INDICATOR), asked.value(coverage_filters.REVISIONS_STATE)
    )
    return coverage_words.finding(lang, steps, masking=asked.value(coverage_filters.MASKING))


def view(name: str, values: Mapping[str, Any], code: str) -> tuple[str, dict[str, str]]:
    """The page that shows a figure, by its slug, and the parameters of that view.

    Args:
        values: of the filters of the figure, by name; code: the language.
    """
    page, fixed = PAGES[name]
    known = {spec.name for spec in page_filters.of(page)}
    chosen = {key: text for key, text in request.chosen(name, values).items() if key in known}
    return page, {LANGUAGE.name: code, **fixed, **chosen}
