"""The rows of pages "Region" and "Country" as files."""

from functools import partial

from dashboard.subjects import shared
from dashboard.subjects.states import filters, query, register_lists_words, registers_words, words
from dashboard.subjects.states import register_lists as lists
from dashboard.subjects.states import registers as own
from dashboard.views.code import TOTALS, Match, Snippet, has, missing, present, totals
from dashboard.views.rows import Rows, file_name, since
from dashboard.words import terms
from data import manifest
from data.i18n import Language
from data.subregions import ALL, states_of

# All ages and forms together.
BY_SEX = totals("age", "form")


def region(lang: Language, code: str, year: int | None, edition: str, subregion: str = ALL) -> Rows:
    """The figures of all states, or those of a subregion, for one year, or the latest of each."""
    reported = query.total(query.region(code, year, edition, subregion)).reported
    when = filters.LATEST if year is None else filters.YEAR
    part = () if subregion == ALL else (subregion,)
    return Rows(
        file_name("region", *part, code, year or "latest", since(edition)),
        words.heading(lang, code, year, reported, subregion),
        "region",
        partial(query.region_file, code, year, edition, subregion),
        (shared.INDICATOR, filters.MEASURE, when, shared.EDITION, filters.SUBREGION),
        _region_code(code, year, edition, subregion),
        key="region",
    )


def _region_code(code: str, year: int | None, edition: str, subregion: str) -> Snippet:
    conditions = (has("indicator", code), TOTALS, *([] if year is None else [has("year", year)]))
    conditions += () if subregion == ALL else (has("area", states_of(subregion)),)
    latest = ("area",) if year is None else ()
    comment, reported = "A state without a figure has no row here.", Match(shown=(present("source"),))
    return Snippet("observations", conditions, comment, edition, latest, (reported,))


def state(lang: Language, area: str, edition: str) -> Rows:
    """Everything recorded for a state."""
    return Rows(
        file_name("figures", area, since(edition)),
        f"{lang.text('Every figure with its source')}, {lang.country(area)}",
        "country",
        partial(query.state_file, area, edition),
        filters.COUNTRY,
        Snippet("observations", (has("area", area),), edition=edition),
        key="figures",
    )


def registers(lang: Language, area: str, edition: str) -> Rows:
    """The figures of a state's own registers and those beside them, by year and sex."""
    codes = [one.indicator for one in own.registers(area, edition)]
    beside = [manifest.indicators()[code].beside for code in codes]
    return Rows(
        file_name("register", area, since(edition)),
        f"{registers_words.title(lang)}, {lang.country(area)}",
        "country",
        partial(own.rows, area, edition),
        filters.COUNTRY,
        Snippet("observations", (has("area", area), has("indicator", (*codes, *beside)), BY_SEX), edition=edition),
        key="register",
    )


def register_lists(lang: Language, area: str, edition: str) -> Rows:
    """The citizenships of victims in a state's own register and in UNODC's lists, of the years of the register."""
    kinds, comment = ("counted", "register"), "UNODC's list is counted; never add the register's to it."
    return Rows(
        file_name("register_lists", area, since(edition)),
        f"{register_lists_words.title(lang)}, {lang.country(area)}",
        "country",
        partial(lists.rows, area, edition),
        filters.COUNTRY,
        Snippet("flows", (has("evidence", kinds), has("destination", area)), comment, edition),
        key="register_lists",
    )


def others_title(lang: Language) -> str:
    """The heading of a state's other counts and surveys: where they come from."""
    sources = lang.joined(terms.term(lang, "source", one) for one in query.other_sources())
    return lang.labeled(lang.text("Other counts and surveys"), sources)


def others(lang: Language, area: str) -> Rows:
    """A state's other counts and surveys."""
    sources = query.other_sources()
    mixed = any(manifest.indicators()[code].source in sources for code in manifest.counts())
    counted = [missing("counting_unit")] * mixed
    return Rows(
        file_name("other_figures", area),
        f"{others_title(lang)}, {lang.country(area)}",
        "country",
        partial(query.others_file, area),
        (shared.AREA,),
        Snippet("observations", (has("area", area), has("source", sources), *counted)),
        key="others",
    )
