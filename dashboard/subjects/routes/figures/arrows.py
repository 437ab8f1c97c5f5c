"""An arrow of the route map: its ends, the figure it stands for, what it opens, and its hover text."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.subjects.routes import query, words
from dashboard.words import tables
from data.i18n import Language


@dataclass(frozen=True)
class Arrow:
    """One drawn leg, by its row of the arrows frame."""

    row: Mapping[str, Any]

    @property
    def figure(self) -> float:
        """The middle of its interval."""
        return float(self.row["low"] + self.row["high"]) / 2

    @property
    def ends(self) -> tuple[str, str]:
        """ISO3 of its start and end; equal for a ring."""
        return self.row["origin"], self.row["destination"]

    @property
    def masked(self) -> bool:
        """Whether all its records are masked by the publisher ("<5")."""
        return query.masked(self.row)

    def opened(self, states: Container[str]) -> list[str | None]:
        """The `customdata` of its mark: one of `states` whose page it opens, its ends, its leg and its transit."""
        start, end = self.ends
        return [end if end in states else start, start, end, self.row["leg"], self.row["transit"]]


def sentence(row: Mapping[str, Any], lang: Language) -> str:
    """The hover text of the arrow of a row: counted by citizenship, or stated in reports."""
    origin, destination = (f"<b>{lang.country(row[end])}</b>" for end in ("origin", "destination"))
    figure, years = words.figure(lang, row), tables.runs(lang, set(row["years"]))
    if row["evidence"] == "counted":
        if row["origin"] == row["destination"]:
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
