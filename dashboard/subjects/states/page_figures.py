"""The figures of the pages "Region" and "Country"; the maps of flows of a state are those of page "Routes"."""

from collections import Counter

import polars as pl

from dashboard import store
from dashboard.charts.bars import Bar, BarBlock, bars, counted, largest_of_each
from dashboard.charts.look import STATES, number_state
from dashboard.charts.medium import Medium
from dashboard.subjects.shared import AREA, EDITION, INDICATOR
from dashboard.subjects.states import dated, editable, profile, profile_words, query, words
from dashboard.subjects.states.figures.region_map import classes, region_map
from dashboard.subjects.states.figures.series import series
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
    return Drawn(
        series(shown, lang, medium),
        profile_words.in_time(lang, profile.latest(area, edition), doubted),
        profile_words.in_time_measured(lang, area, rows),
        words.state(drawn, lang, area),
        served.served(rows),
        marks=words.contradicted_indicators(lang, doubted),
        about=[words.reading(lang)],
    )


def _over_time(values: Values, lang: Language, medium: Medium) -> Drawn:
    """The figures of a state, and on the same axis of years its law and the treaties that it joined."""
    area, edition = values.value(AREA), values.value(EDITION)
    drawn, rows, doubted = _key_figures(area, edition)
    acts = dated.rows(lang, area)
    cells = pl.concat([rows.select(CELL), dated.cells(area)], how="vertical_relaxed")
    return Drawn(
        series(drawn, lang, medium, dated=acts),
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


def _largest_bars(values: Values, lang: Language) -> list[BarBlock]:
    """The largest group of each breakdown, on one scale."""
    # Which group of those that UNODC contradicts is the largest is not certain.
    groups = [one for one in profile.groups(values.value(AREA), values.value(EDITION)) if not one.contested]
    blocks = profile_words.blocks(lang, groups)
    each = largest_of_each(blocks)
    if not each:
        return []
    base = profile_words.largest_of_years(lang, [one.year for one in groups])
    return [BarBlock("", base, each, max(block.most for block in blocks))]


def _latest_bars(values: Values, lang: Language) -> list[BarBlock]:
    """The victims of the latest years with a figure."""
    rows = query.state(values.value(AREA), values.value(EDITION))[DETECTED]
    reported = rows.filter(pl.col("status").is_in(query.REPORTED)).tail(ON_CARD)
    each = [
        Bar(str(row["year"]), (row["low"], row["high"]), profile_words.on_card(lang, row), str(row["year"]))
        for row in reported.iter_rows(named=True)
    ]
    base = terms.term(lang, "indicator", DETECTED)
    return [BarBlock("", base, each, max(1, *(bar.figure[1] for bar in each)))] if each else []


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
    card=_largest_bars,
    number=_total,
    editable=editable.victims,
    explored=False,
)
