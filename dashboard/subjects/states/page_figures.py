"""The figures of the pages "Region" and "Country"; the maps of flows of a state are those of page "Routes"."""

from collections import Counter
from dataclasses import replace

import polars as pl

from dashboard import store
from dashboard.charts.bars import Bar, BarBlock, bars, counted
from dashboard.charts.look import STATES, number_state
from dashboard.charts.medium import Medium
from dashboard.editions import NEWEST
from dashboard.subjects.coverage import revisions
from dashboard.subjects.shared import AREA, EDITION, INDICATOR
from dashboard.subjects.states import (
    certainty_words,
    dated,
    editable,
    own_citizens,
    profile,
    profile_words,
    query,
    words,
)
from dashboard.subjects.states.figures.region_map import classes, region_map
from dashboard.subjects.states.figures.series import Broken, series
from dashboard.subjects.states.filters import COUNTRY, LATEST, MEASURE, REGION, SUBREGION, YEAR
from dashboard.subjects.states.victims import VICTIMS as DETECTED
from dashboard.views.figure import Drawn, Figure, Values
from dashboard.words import served, terms
from data.i18n import Language

CELL = ("source", "release", "year")
# The years on a card.
ON_CARD = 4


def _region(values: Values, lang: Language, medium: Medium) -> Drawn:
    """A map of one figure of each state."""
    indicator, measure, subregion = map(values.value, (INDICATOR, MEASURE, SUBREGION))
    code, year, rows = code_of(values), year_of(values), region_rows(values)
    breaks = query.breaks(code) if measure == "rate" else None
    spec = region_map(rows, store.basemap(), lang, medium, indicator=code, breaks=breaks, largest=query.largest(code))
    summed = words.under_map(rows, lang, measure, year)
    return Drawn(
        spec,
        words.claim(lang, rows, indicator, measure, year, subregion),
        words.measured(lang, rows, code, measure, year, subregion),
        " ".join(filter(None, [summed, *words.ranged(lang, rows, measure), words.unreported(rows, lang)])),
        served.served(rows),
        marks=words.marks(lang, rows),
        about=[*filter(None, [summed]), *words.ranged(lang, rows, measure), *words.unit_of_count(lang, [code])],
    )


def code_of(values: Values) -> str:
    """The rate or count of the chosen indicator."""
    return query.measured(values.value(INDICATOR), values.value(MEASURE))


def year_of(values: Values) -> int | None:
    """The chosen year; None for the latest figure of each state."""
    return None if values.value(LATEST) else values.value(YEAR)


def region_rows(values: Values) -> pl.DataFrame:
    """The figures of the map, as in `query.region`."""
    return query.region(code_of(values), year_of(values), values.value(EDITION), values.value(SUBREGION))


def _disputable(values: Values) -> pl.DataFrame:
    return region_rows(values).with_columns(indicator=pl.lit(code_of(values)))


def _counted(values: Values, lang: Language) -> list[BarBlock]:
    """How many states are in each class of the map, and how many have another state of a number."""
    rows = [*region_rows(values).iter_rows(named=True)]
    found = Counter(map(number_state, rows))
    limits = query.breaks(code_of(values)) if values.value(MEASURE) == "rate" else ()
    exact = [row["high"] for row in rows if number_state(row) == "exact"]
    kinds = {name: ("exact", n) for name, (_, n) in classes(exact, limits, lang).items()}
    others = (state for state in STATES if found[state] and state != "exact")
    # A rate of a masked figure is a range; the mask is on the count.
    masked = {"masked": lang.text("Range due to “<5”")} if limits else {}
    kinds |= {masked.get(state) or terms.term(lang, "status", state): (state, found[state]) for state in others}
    return [BarBlock("", lang.text("Number of states"), counted(lang, kinds), max(n for _, n in kinds.values()))]


def _having(values: Values, lang: Language) -> tuple[str, str]:
    """How many states have a figure, of all that the map has."""
    rows, measure, subregion = region_rows(values), values.value(MEASURE), values.value(SUBREGION)
    n, every = (lang.number(some) for some in (rows.filter(pl.col("low").is_not_null()).height, rows.height))
    measured = words.measured(lang, rows, code_of(values), measure, year_of(values), subregion)
    noun = lang.labeled(lang.text("states with a figure"), terms.in_sentence(measured))
    return lang.text("{n} of {all}", n=n, all=every), noun


def _key_figures(area: str, edition: str) -> tuple[dict[str, pl.DataFrame], pl.DataFrame, pl.DataFrame]:
    """The key figures of a state by indicator, in one frame, and those of them that their parts contradict."""
    frames, codes = query.state(area, edition), profile.key_figures()
    mine = pl.col("indicator").is_in(codes)
    doubted = query.contradicted(edition).filter(mine, area=area)
    return {code: frames[code] for code in codes}, query.state_rows(area, edition).filter(mine), doubted


def _in_time(values: Values, lang: Language, medium: Medium) -> Drawn:
    """Detected victims and the response to them, by year."""
    area, edition = values.value(AREA), values.value(EDITION)
    drawn, rows, doubted = _key_figures(area, edition)
    shown = {code: frame for code, frame in drawn.items() if values.chart in {"", code}}
    found = own_citizens.break_in(area, edition)
    broken = [f"{own_citizens.at_line(lang, found)}."] * (found is not None and DETECTED in shown)
    return Drawn(
        series(shown, lang, medium, broken=_broken(lang, found)),
        profile_words.in_time(lang, profile.latest(area, edition), doubted),
        profile_words.in_time_measured(lang, area, rows),
        " ".join([words.state(drawn, lang, area), *broken]),
        served.served(rows),
        marks=words.contradicted_indicators(lang, doubted),
        notes=_zero(lang, area, edition),
        about=[*broken, words.reading(lang)],
    )


def _broken(lang: Language, found: own_citizens.Break | None) -> dict[str, Broken]:
    """A break in the series of detected victims."""
    said = [own_citizens.at_line(lang, found, why=why) for why in (True, False)]
    return {DETECTED: Broken(found.after, said)} if found else {}


def _over_time(values: Values, lang: Language, medium: Medium) -> Drawn:
    """The figures of a state, and on the same axis of years its law and the treaties that it joined."""
    area, edition = values.value(AREA), values.value(EDITION)
    drawn, rows, doubted = _key_figures(area, edition)
    acts = dated.rows(lang, area)
    cells = pl.concat([rows.select(CELL), dated.cells(area)], how="vertical_relaxed")
    return Drawn(
        series(drawn, lang, medium, dated=acts, broken=_broken(lang, own_citizens.break_in(area, edition))),
        words.acted(lang, len(acts)),
        words.over_time_measured(lang, area, [*rows.drop_nulls("low")["year"], *dated.cells(area)["year"]]),
        # The titles of laws have numbers of their own.
        " ".join(f"{lang.labeled(one.name, ', '.join(str(year) for year, _ in one.acts))}." for one in acts),
        served.served(cells),
        marks=words.contradicted_indicators(lang, doubted),
    )


def _of_state(values: Values) -> pl.DataFrame:
    area = values.value(AREA)
    return query.state_rows(area, values.value(EDITION)).with_columns(area=pl.lit(area))


def _victims(values: Values, lang: Language, medium: Medium) -> Drawn:
    """The victims that a state detected, by sex, age and form."""
    area, edition = values.value(AREA), values.value(EDITION)
    groups = profile.groups(area, edition)
    return Drawn(
        bars(profile_words.blocks(lang, groups), lang, medium),
        profile_words.groups_claim(lang, groups),
        profile_words.groups_measured(lang, area, groups),
        profile_words.profile(lang, groups),
        served.served(profile.group_rows(area, edition)),
    )


def _group_bars(values: Values, lang: Language) -> list[BarBlock]:
    """The first breakdown, with what its shares are of: those of another one are of other victims."""
    # What is said of groups that UNODC contradicts has no room.
    groups = [one for one in profile.groups(values.value(AREA), values.value(EDITION)) if not one.contested]
    return [
        replace(one, heading="", base=f"{one.heading} · {one.base}", rest=())
        for one in profile_words.blocks(lang, groups[:1])
    ]


def _latest_bars(values: Values, lang: Language) -> list[BarBlock]:
    """The victims of the latest years that can be compared: without totals that their parts contradict, or a break."""
    area, edition = values.value(AREA), values.value(EDITION)
    since = pl.col("year") >= own_citizens.compared(DETECTED, area, edition)
    reported = query.state(area, edition)[DETECTED].filter(pl.col("status").is_in(query.REPORTED), since)
    if reported.is_empty():
        return []
    sure = reported.filter(~pl.col("contradicted"))
    shown = reported.tail(1) if sure.is_empty() else sure.tail(ON_CARD)
    each = [
        Bar(str(row["year"]), (row["low"], row["high"]), profile_words.on_card(lang, row), str(row["year"]))
        for row in shown.iter_rows(named=True)
    ]
    # Translators: after “Detected victims”; in the other years the figures by sex, age or form contradict it.
    why = lang.text("years without a contradicted total")
    left_out = reported.filter(pl.col("year") >= shown["year"].min()).height > shown.height
    base = lang.labeled(terms.term(lang, "indicator", DETECTED), why) if left_out else ""
    return [BarBlock("", base, each, max(1, *(bar.figure[1] for bar in each)), _zero(lang, area, edition))]


def _zero(lang: Language, area: str, edition: str) -> list[str]:
    """Of a latest total of zero, what an earlier release gave for it, if that was another figure."""
    total = profile.latest_total(area, edition)
    if edition != NEWEST or total is None or total["high"]:
        return []
    readings = revisions.releases(DETECTED, area).filter(year=total["year"])
    return [*filter(None, [certainty_words.earlier(lang, readings, total["year"])])]


def _total(values: Values, lang: Language) -> tuple[str, str] | None:
    """The latest total of detected victims, with its year."""
    area = values.value(AREA)
    found = profile.latest_total(area, values.value(EDITION))
    if not found:
        return None
    return profile_words.on_card(lang, found), profile_words.detected_in(lang, area, found["year"])


MAP = Figure(
    name="region",
    page="region",
    draw=_region,
    filters=REGION,
    rows=_disputable,
    kind="states",
    card=_counted,
    number=_having,
)
SERIES = Figure(
    name="series",
    page="country",
    draw=_in_time,
    filters=COUNTRY,
    rows=_of_state,
    card=_latest_bars,
    number=_total,
    editable=editable.in_time,
    stage_height=388,
)
OVER_TIME = Figure(name="laws", page="country", draw=_over_time, filters=COUNTRY, rows=_of_state)
VICTIMS = Figure(
    name="victims",
    page="country",
    draw=_victims,
    filters=COUNTRY,
    card=_group_bars,
    number=_total,
    editable=editable.victims,
    explored=False,
)
