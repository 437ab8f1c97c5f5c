"""The figures of page "Explore": specification, heading and description, as `drawn` takes them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from dashboard import choices, exploring, store
from dashboard.describe import bilateral as describe_bilateral
from dashboard.describe import compare as describe_compare
from dashboard.describe import editions
from dashboard.describe import explore as describe
from dashboard.describe.observed import STATES
from dashboard.figures.between_chart import between_chart
from dashboard.figures.compare_chart import compare_chart
from dashboard.figures.heat_map import heat_map
from dashboard.figures.lines import lines
from dashboard.figures.multiples import multiples
from dashboard.figures.two_years import two_years
from dashboard.plates.asked import Asked
from dashboard.query import bilateral, compare, explore, observed
from dashboard.query.explore import Selection
from dashboard.shell.frame import View
from data.i18n import Language

Told = tuple[dict[str, Any], str, str]


def explored(asked: Asked, lang: Language, look: View) -> Told:
    """Any figures in the reading that is asked for."""
    wanted, edition, reading = choices.explored(asked.value), asked.value(choices.EDITION), asked.value(choices.READING)
    (drawn, hidden), both = explore.figure_rows(wanted, edition), reading == "two_years"
    heading = editions.titled(lang, exploring.heading(wanted, edition, lang, both=both), edition)
    spec = _drawing(reading, wanted, one_scale=asked.value(choices.ONE_SCALE))(
        drawn,
        lang,
        title="" if look.narrow else heading,
        notes=[*describe.hidden(lang, hidden), *editions.notes(lang, store.snapshot(), edition)],
        palette=look.palette,
        narrow=look.narrow,
        size=look.size,
    )
    return spec, heading * look.narrow, exploring.description(wanted, edition, lang, both=both)


def compared(asked: Asked, lang: Language, look: View) -> Told:
    """A state beside another one, or beside the region."""
    wanted, edition = choices.compared(asked.value), asked.value(choices.EDITION)
    if wanted.indicator in choices.SURVEYED:
        return _surveyed(wanted, edition, lang, look)
    rows = compare.rows(wanted, edition)
    heading = editions.titled(lang, describe_compare.heading(lang, rows, wanted), edition)
    spec = compare_chart(
        compare.drawn(rows, STATES),
        lang,
        title="" if look.narrow else heading,
        notes=[*describe_compare.undrawn(lang, rows), *editions.notes(lang, store.snapshot(), edition)],
        palette=look.palette,
        narrow=look.narrow,
        size=look.size,
    )
    return spec, heading * look.narrow, describe_compare.told(lang, rows, wanted)


def _surveyed(wanted: compare.Pair, edition: str, lang: Language, look: View) -> Told:
    """Surveys side by side: of two states, or a state among all others."""
    survey = compare.survey(wanted, edition)
    heading = editions.titled(lang, describe_compare.surveyed(lang, wanted, survey.years), edition)
    spec = lines(
        explore.figure_rows(survey, edition)[0],
        lang,
        title="" if look.narrow else heading,
        notes=editions.notes(lang, store.snapshot(), edition),
        palette=look.palette,
        narrow=look.narrow,
        size=look.size,
        chosen=(wanted.one,),
    )
    return spec, heading * look.narrow, exploring.description(survey, edition, lang)


def between(asked: Asked, lang: Language, look: View) -> Told:
    """The victims counted between two states, by year."""
    edition = asked.value(choices.EDITION)
    wanted = compare.Pair(choices.COMPARED.default, asked.value(choices.ONE), asked.value(choices.OTHER))
    heading = editions.titled(lang, describe_bilateral.charted(lang, wanted.one, wanted.other), edition)
    rows = bilateral.between(wanted.one, wanted.other, edition)
    spec = between_chart(
        bilateral.yearly(wanted.one, wanted.other, edition),
        lang,
        title="" if look.narrow else heading,
        notes=[*describe_bilateral.undrawn(lang, rows), *editions.notes(lang, store.snapshot(), edition)],
        palette=look.palette,
        narrow=look.narrow,
        size=look.size,
    )
    return (
        spec,
        heading * look.narrow,
        describe_bilateral.seen(lang, bilateral.yearly(wanted.one, wanted.other, edition)),
    )


def _drawing(reading: str, wanted: Selection, *, one_scale: bool) -> Callable[..., dict[str, Any]]:
    """What draws a reading; the table has no figure of its own and is drawn as the usual one."""
    if reading == "lines":
        return partial(lines, chosen=wanted.areas)
    if reading == "two_years":
        return partial(two_years, first=wanted.first, last=wanted.last)
    if reading == "heat":
        return partial(heat_map, breaks={code: observed.breaks(code) for code in wanted.indicators})
    return partial(multiples, shared=one_scale)
