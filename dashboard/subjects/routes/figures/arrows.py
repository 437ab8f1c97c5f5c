"""An arrow of the route map: its ends, the figure it stands for, which panel draws it, and its hover text."""

from dataclasses import dataclass
from typing import Any

from dashboard.subjects.routes import query, words
from dashboard.words import tables
from data.i18n import Language


@dataclass(frozen=True)
class Arrow:
    """One drawn leg: its row of the arrows frame, and the figure it stands for."""

    row: dict[str, Any]
    figure: float

    @property
    def ends(self) -> tuple[str, str]:
        """ISO3 of its start and end; equal for a ring."""
        return self.row["origin"], self.row["destination"]

    @property
    def masked(self) -> bool:
        """Whether all its records are masked by the publisher ("<5")."""
        return query.masked(self.row)


def arrow(row: dict[str, Any]) -> Arrow:
    """The arrow of a row; its figure is the middle of the interval."""
    return Arrow(row, (row["low"] + row["high"]) / 2)


def sentence(one: Arrow, lang: Language) -> str:
    """The hover text of an arrow: counted by citizenship, or stated in reports."""
    row = one.row
    origin, destination = (f"<b>{lang.country(code)}</b>" for code in one.ends)
    figure, years = words.figure(lang, row), tables.runs(lang, set(row["years"]))
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
        text += "<br>" + lang.text("Reports of the US Department of State, coded by the University of Denver")
    doubt = "<br>" + lang.text("Questioned: implausible, as published") if row["questioned"] else ""
    lacking = words.left_out(lang, row)
    return "<br>".join(filter(None, [text, years + doubt, lacking]))


def _stated(leg: str, origin: str, destination: str, lang: Language) -> str:
    if leg == "to_transit":
        return lang.text("Routes from {origin} through {transit}", origin=origin, transit=destination)
    if leg == "from_transit":
        return lang.text("Routes through {transit} to {destination}", transit=origin, destination=destination)
    if origin == destination:
        return lang.text("Trafficking inside {country}", country=origin)
    return lang.text("Routes from {origin} to {destination}", origin=origin, destination=destination)
