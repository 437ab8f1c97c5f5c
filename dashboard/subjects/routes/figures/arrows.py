"""An arrow of the route map: its ends, the figure its width shows, which panel draws it, and its hover text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.panels import INSET_STATES, Panel
from data.i18n import Language

# A ring may be this much wider than the widest arrow before it sets the scale of both.
RING_SHARE = 1.5
# The publisher masks figures below 5.
MASKED_MOST = 4


@dataclass(frozen=True)
class Arrow:
    """One drawn leg: its row of the arrows frame, and the figure its width shows."""

    row: dict[str, Any]
    figure: float

    @property
    def ends(self) -> tuple[str, str]:
        """ISO3 of its start and end; equal for a ring."""
        return self.row["origin"], self.row["destination"]

    @property
    def masked(self) -> bool:
        """Whether all its records are masked by the publisher ("<5")."""
        low, high, records = self.row["low"], self.row["high"], self.row["records"]
        return bool(low < high and low <= records and high <= MASKED_MOST * records)


def arrow(row: dict[str, Any]) -> Arrow:
    """The arrow of a row; its width shows the middle of the interval."""
    return Arrow(row, (row["low"] + row["high"]) / 2)


def drawn_on(one: Arrow, panel: Panel) -> bool:
    """Whether a panel draws an arrow: an enlargement those of its states, the main map all that are not inside one."""
    ends = set(one.ends)
    return not ends <= INSET_STATES if panel.main else bool(ends & panel.labelled)


def scale(shown: Sequence[Arrow]) -> float:
    """The figure of the widest ribbon, for arrows and rings; a far greater ring makes all arrows thinner."""
    between = [one.figure for one in shown if one.ends[0] != one.ends[1]]
    inside = [one.figure / RING_SHARE**2 for one in shown if one.ends[0] == one.ends[1]]
    return max([*between, *inside, 1.0])


def sentence(one: Arrow, lang: Language) -> str:
    """The hover text of an arrow: counted by citizenship, or stated in reports."""
    row = one.row
    origin, destination = (f"<b>{lang.country(code)}</b>" for code in one.ends)
    figure, years = lang.interval(row["low"], row["high"]), _years(row["years"])
    if row["evidence"] == "counted":
        if one.ends[0] == one.ends[1]:
            text = lang.text("Citizens of {origin} detected at home: {figure}", origin=origin, figure=figure)
        else:
            text = lang.text(
                "Citizens of {origin} detected in {destination}: {figure}",
                origin=origin,
                destination=destination,
                figure=figure,
            )
    else:
        text = _stated(str(row["leg"]), origin, destination, lang)
        text += "<br>" + lang.plural("{n} statement", "{n} statements", round(row["high"]))
    doubt = "<br>" + lang.text("Questioned: implausible, as published") if row["questioned"] else ""
    return f"{text}<br>{years}{doubt}"


def _stated(leg: str, origin: str, destination: str, lang: Language) -> str:
    if leg == "to_transit":
        return lang.text("Reports state routes from {origin} through {transit}", origin=origin, transit=destination)
    if leg == "from_transit":
        return lang.text(
            "Reports state routes through {transit} to {destination}", transit=origin, destination=destination
        )
    if origin == destination:
        return lang.text("Reports state trafficking inside {country}", country=origin)
    return lang.text("Reports state routes from {origin} to {destination}", origin=origin, destination=destination)


def _years(years: list[int]) -> str:
    """Years as ranges: 2014–2016, 2019."""
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
