"""An arrow of the route map: its ends, the figure its width stands for, and which panel draws it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.panels import INSET_STATES, Panel
from data.i18n import Language

# How much wider than the widest arrow a ring may be before it sets the scale of both.
RING_SHARE = 1.5
# The publisher masks what is under 5.
MASKED_MOST = 4


@dataclass(frozen=True)
class Arrow:
    """One drawn leg: its row of the arrows frame and the figure its width stands for."""

    row: dict[str, Any]
    figure: float

    @property
    def ends(self) -> tuple[str, str]:
        """ISO3 of where it starts and where it ends; the same for a ring."""
        return self.row["origin"], self.row["destination"]

    @property
    def masked(self) -> bool:
        """Whether every record behind it is one that the publisher masks ("<5")."""
        low, high, records = self.row["low"], self.row["high"], self.row["records"]
        return bool(low < high and low <= records and high <= MASKED_MOST * records)


def arrow(row: dict[str, Any]) -> Arrow:
    """An arrow of a row; its width stands for the middle of the interval."""
    return Arrow(row, (row["low"] + row["high"]) / 2)


def drawn_on(one: Arrow, panel: Panel) -> bool:
    """The main map leaves what stays inside the enlargement to it; an enlargement draws what touches its states."""
    ends = set(one.ends)
    return not ends <= INSET_STATES if panel.main else bool(ends & panel.labelled)


def scale(shown: Sequence[Arrow]) -> float:
    """The figure of the widest ribbon, for arrows and rings alike; a far greater ring makes all arrows thinner."""
    between = [one.figure for one in shown if one.ends[0] != one.ends[1]]
    inside = [one.figure / RING_SHARE**2 for one in shown if one.ends[0] == one.ends[1]]
    return max([*between, *inside, 1.0])


def sentence(one: Arrow, lang: Language) -> str:
    """What an arrow means, in words: counted by citizenship, or stated in reports."""
    row = one.row
    origin, destination = (f"<b>{lang.country(code)}</b>" for code in one.ends)
    figure, years = lang.interval(row["low"], row["high"]), _years(row["years"])
    if row["evidence"] == "counted":
        if one.ends[0] == one.ends[1]:
            said = lang.text("Citizens of {origin} detected at home: {figure}", origin=origin, figure=figure)
        else:
            said = lang.text(
                "Citizens of {origin} detected in {destination}: {figure}",
                origin=origin,
                destination=destination,
                figure=figure,
            )
    else:
        said = _stated(str(row["leg"]), origin, destination, lang)
        said += "<br>" + lang.plural("{n} statement", "{n} statements", round(row["high"]))
    doubt = "<br>" + lang.text("Questioned: implausible, printed as the publisher has it") if row["questioned"] else ""
    return f"{said}<br>{years}{doubt}"


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
    """Years as runs: 2014–2016, 2019."""
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
