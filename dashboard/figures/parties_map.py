"""The map of a treaty: how each state stood to it at the end of a year. Facts: no fill is better than another."""

from collections import Counter
from datetime import date
from typing import Any, Unpack

import polars as pl

from dashboard import terms
from dashboard.figures import ground
from dashboard.figures.basemap import Basemap
from dashboard.figures.framing import Around, Framing
from dashboard.figures.key import Item, headings
from dashboard.figures.looks import Look
from dashboard.figures.palette import Palette, pattern
from dashboard.figures.panels import sheet
from dashboard.figures.region_panel import SYMBOL, RegionView
from dashboard.figures.state_map import state_map
from dashboard.query.instruments import STANDINGS
from data.i18n import Language

SYMBOLS = {
    "party": "circle",
    "signed": "circle-x-open",
    "after": "diamond-cross-open",
    "later": "circle-open",
    "none": "circle-open-dot",
}


def standing(lang: Language, code: str, closing: str) -> str:
    """The word for one of `STANDINGS`; `closing` is the release with which the table ends."""
    told = {
        "party": lang.text("Party: deposited by then"),
        "signed": lang.text("Signed only by then"),
        "after": lang.text("Signed; later deposit, derived"),
        "later": lang.text("No action by then"),
        "none": lang.text("No action recorded as of {date}", date=lang.date(closing)),
    }
    return told[code]


def look_of(code: str, palette: Palette) -> Look:
    """The look of a standing: a fill, a hatch and a symbol of its own."""
    hatches = {
        "signed": pattern("/", palette.hatch, palette.surface),
        "after": pattern("x", palette.hatch, palette.surface, 8, 0.2),
    }
    fills = {"party": palette.symbol, "none": palette.unreported}
    # Neighbours that are both party are told apart by a line in the colour of the ground.
    fill = fills.get(code, palette.surface)
    line = {"party": (palette.surface, 0.9), "later": (palette.frame, 1.2)}.get(code, (palette.edge(fill), 0.8))
    ink = {"party": palette.symbol, "none": palette.faint}.get(code, palette.ink)
    return Look(fill, line, hatches.get(code), SYMBOLS[code], ink)


class PartiesView(RegionView):
    """The region's rows are standings here; beside a state's code stands the year of its deposit or signature."""

    def look(self, code: str) -> Look:
        """The look of a state's standing."""
        return look_of(self.rows[code]["standing"], self.palette)

    def told(self, code: str) -> str:
        """The year of the deposit, in brackets that of the signature, or a sign for none."""
        row = self.rows[code]
        if row["standing"] == "party":
            return self._year(row["deposit"])
        if row["standing"] in {"signed", "after"}:
            return f"({self._year(row['signature'])})" if row["signature"] else ""
        return "–" if row["standing"] == "none" else ""

    def _year(self, day: date) -> str:
        """On a phone in two digits, as neighbours leave room for no more."""
        return f"’{day.year % 100:02d}" if self.place.narrow else str(day.year)

    def hover(self, code: str) -> str:
        """How a state stood, with the days of its acts."""
        return sentence(self.rows[code], self.lang, self.indicator)


def sentence(row: dict[str, Any], lang: Language, treaty: str) -> str:
    """What a state says when it is pointed at: treaty, standing, and the days up to the one that is seen."""
    told = [f"<b>{lang.country(row['area'])}</b>", treaty, standing(lang, row["standing"], row["closing"])]
    if row["standing"] == "party":
        told.append(
            lang.labelled(terms.term(lang, "action", row["action"]), _day(lang, row["deposit"], row["derived"]))
        )
    if row["signature"] and row["signature"] <= row["as_of"]:
        told.append(lang.labelled(terms.term(lang, "action", "signature"), lang.date(row["signature"])))
    if row["standing"] == "after":
        told.append(lang.labelled(terms.term(lang, "action", row["action"]), _day(lang, row["after"], row["derived"])))
    return "<br>".join(told)


def _day(lang: Language, day: date, derived: bool) -> str:
    return lang.text("{day} (derived)", day=lang.date(day)) if derived else lang.date(day)


def parties_map(
    standings: pl.DataFrame,
    basemap: Basemap,
    lang: Language,
    *,
    treaty: str,
    closing: str,
    **framing: Unpack[Framing],
) -> dict[str, Any]:
    """A Plotly spec of the 35 states.

    Args:
        standings: the answer of `dashboard.query.instruments.standings`.
        treaty: in words; closing: the release with which the depositary's table ends. All others as in `region_map`.
    """
    around = Around(**framing)
    # What the region's map asks of a row besides.
    asked = {"status": "exact", "high": 1, "year": None, "closing": closing}
    rows = {row["area"]: row | asked for row in standings.iter_rows(named=True)}
    blank = sheet(frozenset(rows), narrow=around.narrow, notes=0, size=around.size)
    draft = PartiesView(rows, basemap, lang, around.colours, treaty, (), 1.0, blank)
    return state_map(draft, key_items(draft, closing), title=around.title, notes=around.notes)


def key_items(drawn: RegionView, closing: str) -> list[Item]:
    """The entries of the key: what the years are, each standing with how many states have it, the grounds."""
    lang, found = drawn.lang, Counter(row["standing"] for row in drawn.rows.values())
    told = lang.text("{treaty}: the year of the deposit, in brackets that of a signature", treaty=drawn.indicator)
    standings = [_item(drawn, code, found[code], closing) for code in STANDINGS if found[code]]
    return [*headings(told, drawn.place), *standings, *ground.key_items(drawn.palette, lang)]


def _item(drawn: RegionView, code: str, states: int, closing: str) -> Item:
    seen = look_of(code, drawn.palette)
    text = f"{standing(drawn.lang, code, closing)} ({drawn.lang.number(states)})"
    line = {"width": 1.5, "color": drawn.palette.ink}
    marker = {"symbol": seen.symbol, "color": seen.ink, "size": SYMBOL, "line": line}
    return Item(text, seen.fill, seen.line, extra=seen.extra, marker=marker)
