"""The order for a workbook: its kind, the state or body, the years, the language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import polars as pl

from data.i18n import LANGUAGES, N_, Language, language
from data.reviewed import REFERENCE

# A state's own report; a reviewer's findings; a state's answer; a figure that a state disputes.
KINDS = ("report", "review", "reply", "correction")
KIND: Mapping[str, str] = {
    "report": N_("National report"),
    "review": N_("Review"),
    "reply": N_("Reply"),
    "correction": N_("Correction of a figure"),
}
SECRETARIAT = "OAS-GS"
# Cuba takes no part in the follow-up, so it has no report; it may reply, and dispute a figure.
WITHOUT_REPORT = ("CUB",)
# The work plan begins in 2015.
FIRST_YEAR = 2015
PERIOD = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?")


class OrderError(Exception):
    """No workbook can be made for an order; the text is one line that says what to do."""


@dataclass(frozen=True)
class Order:
    """A kind of workbook, a state (ISO3) or the General Secretariat, the first and last year, and the language."""

    kind: str
    area: str
    first: int
    last: int
    language: Language

    @property
    def period(self) -> str:
        """The years as text: `2018` or `2018-2020`."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    @property
    def start(self) -> date:
        """The first day of the period."""
        return date(self.first, 1, 1)

    @property
    def end(self) -> date:
        """The last day of the period."""
        return date(self.last, 12, 31)

    @property
    def actor(self) -> str:
        """The name of the state or body, in the workbook's language."""
        secretariat = self.language.text("OAS General Secretariat")
        return secretariat if self.area == SECRETARIAT else self.language.country(self.area)


@cache
def states() -> tuple[str, ...]:
    """The 35 states, by their ISO 3166-1 alpha-3 codes."""
    return tuple(pl.read_csv(REFERENCE / "areas.csv", columns=["area"])["area"])


def order(kind: str, area: str, period: str, code: str, today: date) -> Order:
    """Parse an order from the words of a command line or a cover.

    Raises:
        OrderError: there is no such kind, area, period or language.
    """
    if kind not in KINDS:
        raise OrderError(f"there is no kind {kind!r}; use one of {', '.join(KINDS)}")
    if code not in LANGUAGES:
        raise OrderError(f"there is no language {code!r}; use one of {', '.join(LANGUAGES)}")
    _check_area(kind, area)
    return Order(kind, area, *_years(period, today), language(code))


def _check_area(kind: str, area: str) -> None:
    if area not in (*states(), SECRETARIAT):
        raise OrderError(f"there is no area {area!r}; use the code of one of the 35 states, e.g. CRI, or {SECRETARIAT}")
    if area in WITHOUT_REPORT and kind in {"report", "review"}:
        raise OrderError(f"{area} takes no part in the follow-up, so it has no report; make a reply or a correction")
    if area == SECRETARIAT and kind == "correction":
        raise OrderError(f"{SECRETARIAT} has no figures to correct; make a correction for a state")


def _years(period: str, today: date) -> tuple[int, int]:
    match = PERIOD.fullmatch(period)
    if not match:
        raise OrderError(f"the period {period!r} is not a year or a range of years; write it as 2018 or 2018-2020")
    first, last = int(match[1]), int(match[2] or match[1])
    if last < first:
        raise OrderError(f"the period {period} ends before it begins; write the earlier year first")
    if first < FIRST_YEAR:
        raise OrderError(
            f"the period {period} begins before {FIRST_YEAR}, the first year of the work plan; begin later"
        )
    if last > today.year:
        raise OrderError(f"the period {period} ends after this year, {today.year}; end it earlier")
    return first, last
