"""The figures of page "Instruments": each as specification, heading and description, as `drawn` takes them."""

from typing import Any

from dashboard import asof, choices, store, terms
from dashboard.describe import instruments as describe
from dashboard.figures.parties_chart import parties_chart
from dashboard.figures.parties_map import parties_map
from dashboard.plates.asked import Asked
from dashboard.query import instruments
from dashboard.shell.frame import View
from data.i18n import Language

Told = tuple[dict[str, Any], str, str]


def on_map(asked: Asked, lang: Language, look: View) -> Told:
    """How each state stood to a treaty at the end of a year."""
    treaty, year, closing = asked.value(choices.TREATY), asked.value(choices.YEAR_END), instruments.closing()
    standings = instruments.standings(treaty, year)
    heading = describe.on_map_heading(lang, treaty, standings, year, closing)
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
    return spec, heading * look.close, describe.on_map(lang, treaty, standings, year, closing)


def in_time(asked: Asked, lang: Language, look: View) -> Told:
    """How many states had deposited by each day."""
    wanted = instruments.chosen(asked.value(choices.TREATY), every=asked.value(choices.ALL_TREATIES))
    steps, closing, states = instruments.steps(wanted), instruments.closing(), len(store.areas())
    heading = describe.in_time_heading(lang, wanted, closing)
    spec = parties_chart(
        steps,
        lang,
        treaties=wanted,
        begin=instruments.first(),
        closing=closing,
        states=states,
        title="" if look.narrow else heading,
        notes=_notes(lang, wanted),
        palette=look.palette,
        narrow=look.narrow,
        width=look.size[0],
    )
    return spec, heading * look.narrow, describe.in_time(lang, wanted, steps, closing, states)


def _notes(lang: Language, wanted: tuple[str, ...]) -> list[str]:
    late = describe.beyond(lang, instruments.acts(wanted), instruments.closing())
    return [*late, asof.short(lang, store.snapshot())]
