"""The figures of page "Explore": specification, heading and description, as `drawn` takes them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from dashboard import store
from dashboard.shell import choices
from dashboard.shell.frame import View
from dashboard.stage.request import FigureRequest
from dashboard.subjects.compare import query as compare_query
from dashboard.subjects.compare import words as compare_words
from dashboard.subjects.compare.figures import compare_chart
from dashboard.subjects.explore import query as explore_query
from dashboard.subjects.explore import text as explore_text
from dashboard.subjects.explore import words as explore_words
from dashboard.subjects.explore.figures.heat_map import heat_map
from dashboard.subjects.explore.figures.lines import lines, multiples
from dashboard.subjects.explore.figures.two_years import two_years
from dashboard.subjects.explore.query import Selection
from dashboard.subjects.pair import query as pair_query
from dashboard.subjects.pair import words as pair_words
from dashboard.subjects.pair.figures import between_chart
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states.words import STATES
from dashboard.words import asof
from data.i18n import Language

Told = tuple[dict[str, Any], str, str]


def explored(asked: FigureRequest, lang: Language, look: View) -> Told:
    """Any figures in the reading that is asked for."""
    wanted, edition, reading = choices.explored(asked.value), asked.value(choices.EDITION), asked.value(choices.READING)
    (drawn, hidden), both = explore_query.figure_rows(wanted, edition), reading == "two_years"
    heading = asof.titled(lang, explore_text.heading(wanted, edition, lang, both=both), edition)
    spec = _drawing(reading, wanted, one_scale=asked.value(choices.ONE_SCALE))(
        drawn,
        lang,
        title="" if look.narrow else heading,
        notes=[*explore_words.hidden(lang, hidden), *asof.notes(lang, store.snapshot(), edition)],
        palette=look.palette,
        narrow=look.narrow,
        size=look.size,
    )
    return spec, heading * look.narrow, explore_text.description(wanted, edition, lang, both=both)


def compared(asked: FigureRequest, lang: Language, look: View) -> Told:
    """A state beside another one, or beside the region."""
    wanted, edition = choices.compared(asked.value), asked.value(choices.EDITION)
    if wanted.indicator in choices.SURVEYED:
        return _surveyed(wanted, edition, lang, look)
    rows = compare_query.rows(wanted, edition)
    heading = asof.titled(lang, compare_words.heading(lang, rows, wanted), edition)
    spec = compare_chart(
        compare_query.drawn(rows, STATES),
        lang,
        title="" if look.narrow else heading,
        notes=[*compare_words.undrawn(lang, rows), *asof.notes(lang, store.snapshot(), edition)],
        palette=look.palette,
        narrow=look.narrow,
        size=look.size,
    )
    return spec, heading * look.narrow, compare_words.description(lang, rows, wanted)


def _surveyed(wanted: compare_query.Pair, edition: str, lang: Language, look: View) -> Told:
    """Surveys side by side: of two states, or a state among all others."""
    survey = compare_query.survey(wanted, edition)
    heading = asof.titled(lang, compare_words.survey_heading(lang, wanted, survey.years), edition)
    spec = lines(
        explore_query.figure_rows(survey, edition)[0],
        lang,
        title="" if look.narrow else heading,
        notes=asof.notes(lang, store.snapshot(), edition),
        palette=look.palette,
        narrow=look.narrow,
        size=look.size,
        chosen=(wanted.one,),
    )
    return spec, heading * look.narrow, explore_text.description(survey, edition, lang)


def between(asked: FigureRequest, lang: Language, look: View) -> Told:
    """The victims counted between two states, by year."""
    edition = asked.value(choices.EDITION)
    wanted = compare_query.Pair(choices.COMPARED.default, asked.value(choices.ONE), asked.value(choices.OTHER))
    heading = asof.titled(lang, pair_words.chart_title(lang, wanted.one, wanted.other), edition)
    rows = pair_query.between(wanted.one, wanted.other, edition)
    spec = between_chart(
        pair_query.yearly(wanted.one, wanted.other, edition),
        lang,
        title="" if look.narrow else heading,
        notes=[*pair_words.undrawn(lang, rows), *asof.notes(lang, store.snapshot(), edition)],
        palette=look.palette,
        narrow=look.narrow,
        size=look.size,
    )
    return (
        spec,
        heading * look.narrow,
        pair_words.description(lang, pair_query.yearly(wanted.one, wanted.other, edition)),
    )


def _drawing(reading: str, wanted: Selection, *, one_scale: bool) -> Callable[..., dict[str, Any]]:
    """What draws a reading; the table has no figure of its own and is drawn as the usual one."""
    if reading == "lines":
        return partial(lines, chosen=wanted.areas)
    if reading == "two_years":
        return partial(two_years, first=wanted.first, last=wanted.last)
    if reading == "heat":
        return partial(heat_map, breaks={code: states_query.breaks(code) for code in wanted.indicators})
    return partial(multiples, shared=one_scale)
