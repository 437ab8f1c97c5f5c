"""The scene of page "Country": what one state reports."""

from collections.abc import Iterator

import polars as pl

from dashboard.subjects import blocks
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.shared import AREA, EDITION
from dashboard.subjects.states import (
    country_flows,
    country_words,
    profile,
    profile_words,
    query,
    registers_words,
    words,
)
from dashboard.subjects.states.flow_figures import OF_STATE
from dashboard.subjects.states.page_figures import SERIES
from dashboard.subjects.states.standing import doubted
from dashboard.subjects.states.victims import VICTIMS
from dashboard.views.figure import Values
from dashboard.views.page import Glance, Graphic, KeyFigure
from dashboard.words import terms
from data import manifest
from data.i18n import Language


def scene(lang: Language, values: Values, _name: str = "") -> Glance:
    """What is known of a state: its latest total and trend, or its largest flow if that is what the figure shows."""
    area, edition = values.value(AREA), values.value(EDITION)
    figure, known = _figure(values), bool(profile.latest(area, edition))
    routes = figure is not None and figure.name == OF_STATE.name
    return Glance(
        findings=[] if routes else _findings(lang, area, edition),
        more=[] if known or not routes else [profile_words.no_total(lang, area)],
        key_figures=[*_key_figures(lang, area, edition)],
        remarks=[*words.membership(lang, area), *registers_words.briefs(lang, area, edition)],
        figure=figure,
        cover=figure is None,
    )


def _findings(lang: Language, area: str, edition: str) -> list[str]:
    nobody, figures = profile.Ends(pl.DataFrame(schema={AREA.name: pl.String}), "none"), profile.latest(area, edition)
    changing = [country_words.trend(lang, area, VICTIMS, edition)] if profile.latest_total(area, edition) else []
    since, doubts = country_words.joined(area), doubted(area, VICTIMS, edition)
    return [profile_words.opening(lang, area, figures, nobody, nobody, since, doubted=doubts), *changing]


def _figure(values: Values) -> Graphic | None:
    """Its arrows if the address has one, its years, else its citizens detected abroad; None without any."""
    area, edition = values.value(AREA), values.value(EDITION)
    if evidence := next((kind for kind, spec in row_keys.ARROWS_OF.items() if values.value(spec)), ""):
        return country_flows.map_of(area, edition, evidence, routes_filters.POSITION.default, evidence)
    if profile.latest(area, edition):
        return blocks.graphic(SERIES, values, "series")
    usual, position = routes_filters.EVIDENCE.default, "origin"
    if routes_query.arrows(routes_filters.of_state(area, usual, edition, position)).every.is_empty():
        return None
    return country_flows.map_of(area, edition, usual, position, country_flows.PARTS[position])


def _key_figures(lang: Language, area: str, edition: str) -> Iterator[KeyFigure]:
    """The latest figure of each response; the victims are in the finding, what is missing is under the figure."""
    for code in manifest.counts("response"):
        frame = query.state(area, edition)[code]
        reported = frame.filter(pl.col("status").is_in(query.REPORTED))
        if reported.height:
            row, n = reported.row(-1, named=True), reported.height
            all_ = lang.number(frame.height)
            note = lang.text("in {year}; reported in {n} of {all} years", year=row["year"], n=n, all=all_)
            yield KeyFigure(terms.term(lang, "indicator", code), profile_words.on_card(lang, row), (note,))
