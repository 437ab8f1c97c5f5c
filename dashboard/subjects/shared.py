"""The filters that several pages have: the indicator, the release, the state.

What depends on the data is a function of the open snapshot. The options of a filter never depend on another filter.
"""

import polars as pl

from dashboard import editions
from dashboard.editions import NEWEST
from dashboard.store import Tables, areas, cached
from dashboard.views.filters import Many, One
from data import manifest
from data.i18n import N_
from data.manifest import VICTIMS


@cached
def observed_years(snap: Tables) -> tuple[int, int]:
    """The first and the last year with a figure of any count of authorities."""
    return _years(snap, manifest.counts())


@cached
def counted_years(snap: Tables) -> tuple[int, int]:
    """The same of any count of authorities or of a state's own register."""
    return _years(snap, (*manifest.counts(), *manifest.registers()))


def _years(snap: Tables, indicators: tuple[str, ...]) -> tuple[int, int]:
    rows = snap.observations().filter(pl.col("indicator").is_in(indicators))
    first, last = rows.select(first=pl.col("year").min(), last=pl.col("year").max()).collect().row(0)
    return int(first), int(last)


@cached
def edition_ids(snap: Tables) -> tuple[str, ...]:
    """The editions of the figures: the newest, then each earlier release of UNODC."""
    return (NEWEST, *editions.earlier(snap.table("release_coverage")))


EDITION = One("edition", edition_ids, NEWEST, label=N_("Release shown"), words="edition")
INDICATOR = One("indicator", manifest.counts, VICTIMS, label=N_("Indicator"), words="indicator")
STATES = Many("state", areas, label=N_("States"), carried=True, api="area", empty=N_("All states"))
AREA = One("area", areas, lambda: areas()[0], label=N_("State"), carried=True)
