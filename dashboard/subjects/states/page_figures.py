"""The figures of the pages "Region" and "Country"; the maps of flows of a state are those of page "Routes"."""

from collections import Counter

import polars as pl

from dashboard import store
from dashboard.charts.bars import BarBlock, bars, counted
from dashboard.charts.look import STATES, number_state
from dashboard.charts.medium import Medium
from dashboard.charts.state_map import MARK
from dashboard.editions import NEWEST
from dashboard.subjects.shared import AREA, EDITION, INDICATOR
from dashboard.subjects.states import dated, editable, profile, profile_words, query, words
from dashboard.subjects.states.figures.region_map import region_map
from dashboard.subjects.states.figures.series import series
from dashboard.subjects.states.filters import COUNTRY, LATEST, MEASURE, REGION, SUBREGION, YEAR
from dashboard.views.figure import Drawn, Figure, Values, placed
from dashboard.words import data_version, served, terms
from data.i18n import Language

CELL = ("source", "release", "year")


def _region(values: Values, lang: Language, medium: Medium) -> Drawn:
    """A map of one figure of each state."""
    indicator, measure, edition = map(values.value, (INDICATOR, MEASURE, EDITION))
    code, year, rows = query.measured(indicator, measure), _year(values), _region_rows(values)
    finding = words.finding(lang, rows, indicator, measure, year, values.value(SUBREGION))
    title, heading = placed(data_version.titled(lang, finding, edition), above=medium.close or medium.slide)
    marked = marks(lang, rows, code, edition)
    # A map has room for few notes: on a page the mark stands below it.
    notes = [
        *(marked if medium.staged else ()),
        *words.unit_of_count(lang, [code]),
        *served.notes(lang, rows, edition),
    ]
    spec = region_map(
        rows.with_columns(contradicted=pl.col("area").is_in(_doubted(rows, code, edition)["area"].implode())),
        store.basemap(),
        lang,
        medium,
        indicator=code,
        measure="rate" if measure == "rate" else "count",
        breaks=query.breaks(code),
        largest=query.largest(code),
        title=title,
        notes=[] if medium.slide else notes,
    )
    # On the page the title is enough.
    more = [words.unreported(rows, lang)] if medium.staged else marked
    return Drawn(spec, heading, " ".join(filter(None, [words.under_map(rows, lang, measure, year), *more])))


def marks(lang: Language, rows: pl.DataFrame, code: str, edition: str = NEWEST) -> list[str]:
    """What the mark beside figures of a map means: which of them their own parts contradict; nothing without any."""
    return [f"{MARK} {line}" for line in words.contradicted(lang, _doubted(rows, code, edition))]


def _doubted(rows: pl.DataFrame, code: str, edition: str) -> pl.DataFrame:
    mine, place = query.contradicted(edition).filter(indicator=code), ["area", "year"]
    return mine.join(rows.select(place), on=place, how="semi", maintain_order="left")


def _year(values: Values) -> int | None:
    return None if values.value(LATEST) else values.value(YEAR)


def _region_rows(values: Values) -> pl.DataFrame:
    code = query.measured(values.value(INDICATOR), values.value(MEASURE))
    return query.region(code, _year(values), values.value(EDITION), values.value(SUBREGION))


def _disputable(values: Values) -> pl.DataFrame:
    code = query.measured(values.value(INDICATOR), values.value(MEASURE))
    return _region_rows(values).with_columns(indicator=pl.lit(code))


def _counted(values: Values, lang: Language) -> list[BarBlock]:
    """How many states have each state of a number."""
    found = Counter(map(number_state, _region_rows(values).iter_rows(named=True)))
    kinds = {terms.term(lang, "status", state): (state, found[state]) for state in STATES if found[state]}
    return [BarBlock("", lang.text("Number of states"), counted(lang, kinds), max(found.values(), default=0))]


def _in_time(values: Values, lang: Language, medium: Medium) -> Drawn:
    """Detected victims and the response to them, by year."""
    area, edition = values.value(AREA), values.value(EDITION)
    frames = query.state(area, edition)
    drawn = {code: frames[code] for code in profile.key_figures()}
    rows = query.state_rows(area, edition)
    doubted = query.contradicted(edition).filter(pl.col("indicator").is_in([*drawn]), area=area)
    notes = [
        *words.contradicted(lang, doubted),
        *served.notes(lang, rows.filter(pl.col("indicator").is_in(drawn)), edition),
    ]
    spec = series(drawn, lang, medium, notes=notes * (not medium.staged))
    return Drawn(spec, "", words.state(drawn, lang, area), tuple(notes * medium.staged))


def _over_time(values: Values, lang: Language, medium: Medium) -> Drawn:
    """The figures of a state, and on the same axis of years its law and the treaties that it joined."""
    area, edition = values.value(AREA), values.value(EDITION)
    frames = query.state(area, edition)
    acts = dated.rows(lang, area)
    rows = query.state_rows(area, edition).filter(pl.col("indicator").is_in(profile.key_figures()))
    doubted = query.contradicted(edition).filter(pl.col("indicator").is_in(profile.key_figures()), area=area)
    notes = [
        # Translators: a claim: nothing here shows that a law or treaty changed a figure.
        lang.text("What happened, year by year; this does not show what changed the figures."),
        *words.contradicted(lang, doubted),
        *served.notes(lang, pl.concat([rows.select(CELL), dated.cells(area)], how="vertical_relaxed"), edition),
    ]
    drawn = {code: frames[code] for code in profile.key_figures()}
    spec = series(drawn, lang, medium, dated=acts, notes=notes * (not medium.staged))
    # The titles of laws have numbers of their own.
    described = " ".join(f"{lang.labeled(one.name, ', '.join(str(year) for year, _ in one.acts))}." for one in acts)
    return Drawn(spec, "", described, tuple(notes * medium.staged))


def _acts_title(values: Values, lang: Language) -> str:
    return lang.labeled(lang.country(values.value(AREA)), terms.in_sentence(words.over_time(lang)))


def _of_state(values: Values) -> pl.DataFrame:
    area = values.value(AREA)
    return query.state_rows(area, values.value(EDITION)).with_columns(area=pl.lit(area))


def _latest(values: Values, lang: Language) -> str:
    """The latest total of a state."""
    area, nobody = values.value(AREA), profile.Ends(pl.DataFrame(schema={AREA.name: pl.String}), "none")
    figures = profile.latest(area, values.value(EDITION))
    return profile_words.opening(lang, area, figures, nobody, nobody, None)


def _victims(values: Values, lang: Language, medium: Medium) -> Drawn:
    """The victims that a state detected, by sex, age and form."""
    area, edition = values.value(AREA), values.value(EDITION)
    groups = profile.groups(area, edition)
    notes = served.notes(lang, profile.group_rows(area, edition), edition)
    spec = bars(profile_words.blocks(lang, groups), lang, medium, notes=notes * (not medium.staged))
    return Drawn(spec, "", profile_words.profile(lang, area, groups), tuple(notes * medium.staged))


def _largest_bars(values: Values, lang: Language) -> list[BarBlock]:
    """The largest group of each breakdown, on one scale."""
    groups = profile.groups(values.value(AREA), values.value(EDITION))
    blocks = profile_words.blocks(lang, groups)
    each = [max(block.bars, key=lambda bar: (bool(bar.mark), *bar.figure)) for block in blocks if block.bars]
    return [BarBlock("", "", each, max(block.most for block in blocks))] if each else []


def _largest_groups(values: Values, lang: Language) -> str:
    area, groups = values.value(AREA), profile.groups(values.value(AREA), values.value(EDITION))
    return profile_words.largest_groups(lang, area, groups) if groups else ""


MAP = Figure(name="region", page="region", draw=_region, filters=REGION, rows=_disputable, kind="states", card=_counted)
SERIES = Figure(
    name="series",
    page="country",
    draw=_in_time,
    filters=COUNTRY,
    rows=_of_state,
    title=_latest,
    editable=editable.in_time,
    stage_height=388,
)
OVER_TIME = Figure(
    name="laws",
    page="country",
    draw=_over_time,
    filters=COUNTRY,
    rows=_of_state,
    title=_acts_title,
)
VICTIMS = Figure(
    name="victims",
    page="country",
    draw=_victims,
    filters=COUNTRY,
    title=_largest_groups,
    card=_largest_bars,
    editable=editable.victims,
    explored=False,
)
