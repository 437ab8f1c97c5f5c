"""The figure of the flows of a state, on page "Country": its citizens abroad, victims in it, or described routes."""

from dataclasses import replace

import polars as pl

from dashboard.charts.medium import Medium
from dashboard.subjects.routes import filters, query, words
from dashboard.subjects.routes.page_figures import card_of_state, number, on_map
from dashboard.subjects.shared import AREA, EDITION
from dashboard.subjects.states import flows, profile, profile_words
from dashboard.subjects.states import query as states_query
from dashboard.views.figure import Drawn, Figure, Values
from dashboard.words import served, terms
from data import manifest
from data.i18n import Language


def _drawn(values: Values, lang: Language, medium: Medium) -> Drawn:
    """The flows of one kind of evidence; of counted victims those in one direction."""
    chosen = _selection(values)
    arrows = query.arrows(chosen)
    # Its largest group may be own citizens, which the sentence of page "Routes" leaves aside.
    made = on_map(chosen, arrows, lang, medium)._replace(description=words.arrows(arrows, lang, chosen))
    beside = words.beside_map(lang, chosen, filters.CAPTIONS)
    if chosen.evidence == "stated":
        finding = words.finding(arrows, lang, chosen)
        return made._replace(about=[*filter(None, [finding]), *words.years(lang, chosen), *beside, words.coding(lang)])
    area, edition, position = values.value(AREA), values.value(EDITION), chosen.position
    found = flows.ends(area, position, edition)
    if not found.first:
        return made
    # Of citizens abroad no list says how many there are.
    measure = [profile_words.flows_measured(lang, area, found, position)]
    if position == "destination":
        measure.append(words.listed_of(query.coverage((area,), chosen.first, chosen.last, edition), lang))
    said = profile_words.flows_title(lang, area, found, position), _together(lang, area, edition, position)
    return made._replace(
        title=profile_words.flows_claim(lang, area, found, position),
        measure=lang.joined(filter(None, measure)),
        about=[
            *(f"{one.removesuffix('.')}." for one in said if one),
            *_left_out(lang, found, "" if position == "origin" else area),
            *filter(None, [numbers(lang, area, edition, position)]),
            *beside,
            *_two_releases(lang, area, chosen),
        ],
    )


def _left_out(lang: Language, found: profile.Ends, detecting: str) -> list[str]:
    """What the sums of the figure lack, and why; each with its country.

    Args:
        detecting: the state that detected all victims; empty where each row's country did.
    """
    return [
        f"{lang.country(row['area'])}. {' '.join(profile_words.left_out(lang, row, detecting or row['area']))}"
        for row in found.rows.drop_nulls("left_out").iter_rows(named=True)
    ]


def numbers(lang: Language, area: str, edition: str, position: str) -> str:
    """What the numbers on the map of the flows in a direction mean."""
    shown = flows.counted(area, position, edition).shown
    return words.numbers(lang, filters.of_state(area, "counted", edition), shown)


def _together(lang: Language, area: str, edition: str, position: str) -> str:
    """How many citizens of the state all others list; empty if the opening of the page has it, or for its victims."""
    if position == "origin" and profile.latest_total(area, edition):
        return profile_words.together(lang, area, flows.ends(area, position, edition))
    return ""


def _two_releases(lang: Language, area: str, selection: query.FlowFilter) -> list[str]:
    """Why the flows and the figures of a state come from two releases of UNODC, if they do."""
    cells = query.cells(selection), states_query.state_rows(area, selection.edition)
    rows = pl.concat([frame.select(served.CELL) for frame in cells]).filter(source=manifest.main_source())
    found = [one.release for one in served.served(rows)]
    lists = query.cells(query.FlowFilter(edition=selection.edition)).filter(release=found[0])
    if len(found) == 1 or lists.is_empty():
        return []
    return [*filter(None, [words.releases(lang, found[0], found[-1], max(lists["year"]))])]


def _selection(values: Values) -> query.FlowFilter:
    """The flows that are drawn: of counted victims those in one direction, if none is chosen the one with more."""
    chosen = filters.of_state(*map(values.value, (AREA, filters.EVIDENCE, EDITION, filters.POSITION)))
    if chosen.evidence == "stated" or chosen.position in flows.DIRECTIONS:
        return chosen
    found = query.directions(query.arrows(chosen).every, values.value(AREA))
    return replace(chosen, position=next(iter(found), "destination"))


def _number(values: Values, lang: Language) -> tuple[str, str] | None:
    """How many citizens of the state are listed abroad, or the most statements on a route.

    None of those detected here, and if that may be none.
    """
    area = values.value(AREA)
    chosen = _selection(values)
    if chosen.evidence == "stated":
        return number(query.arrows(chosen).every, lang)
    if (chosen.evidence, chosen.position) != ("counted", "origin"):
        return None
    listed = profile_words.abroad(lang, area, flows.ends(area, "origin", values.value(EDITION)))
    return listed and (listed[1], f"{terms.in_sentence(listed[0])} {listed[2]}")


OF_STATE = Figure(
    name="state_routes",
    page="country",
    draw=_drawn,
    filters=(AREA, filters.EVIDENCE, filters.POSITION, EDITION),
    rows=lambda values: query.arrows(_selection(values)).shown,
    kind="routes",
    card=lambda values, lang: card_of_state(_selection(values), lang),
    number=_number,
    stage_height=332,
)
