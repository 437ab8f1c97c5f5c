"""The figures of page "Instruments": each as specification, heading and description, as `drawn` takes them."""

from typing import Any

from dashboard import store
from dashboard.shell import choices
from dashboard.shell.frame import View
from dashboard.stage.request import FigureRequest
from dashboard.subjects.treaties import query as treaties_query
from dashboard.subjects.treaties import words as treaties_words
from dashboard.subjects.treaties.figures import parties_chart, parties_map
from dashboard.words import asof, terms
from data.i18n import Language

Told = tuple[dict[str, Any], str, str]


def on_map(asked: FigureRequest, lang: Language, look: View) -> Told:
    """How each state stood to a treaty at the end of a year."""
    treaty, year, closing = asked.value(choices.TREATY), asked.value(choices.YEAR_END), treaties_query.closing()
    standings = treaties_query.standings(treaty, year)
    heading = treaties_words.on_map_heading(lang, treaty, standings, year, closing)
    spec = parties_map(
        standings,
        store.basemap(),
        lang,
        treaty=terms.term(lang, "part", treaty),
        closing=closing,
        title="" if look.close else heading,
        notes=_notes(lang, (treaty,)),
        palette=look.palette,
        narrow=look.close,
        size=look.size,
    )
    return spec, heading * look.close, treaties_words.on_map(lang, treaty, standings, year, closing)


def in_time(asked: FigureRequest, lang: Language, look: View) -> Told:
    """How many states had deposited by each day."""
    wanted = treaties_query.chosen(asked.value(choices.TREATY), every=asked.value(choices.ALL_TREATIES))
    steps, closing, states = treaties_query.steps(wanted), treaties_query.closing(), len(store.areas())
    heading = treaties_words.in_time_heading(lang, wanted, closing)
    spec = parties_chart(
        steps,
        lang,
        treaties=wanted,
        begin=treaties_query.first(),
        closing=closing,
        states=states,
        title="" if look.narrow else heading,
        notes=_notes(lang, wanted),
        palette=look.palette,
        narrow=look.narrow,
        width=look.size[0],
    )
    return spec, heading * look.narrow, treaties_words.in_time(lang, wanted, steps, closing, states)


def _notes(lang: Language, wanted: tuple[str, ...]) -> list[str]:
    late = treaties_words.beyond(lang, treaties_query.acts(wanted), treaties_query.closing())
    return [*late, asof.short(lang, store.snapshot())]
