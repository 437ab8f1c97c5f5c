"""What a workbook is asked for: which kind, of whom, for which years, in which language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import polars as pl

from data.i18n import LANGUAGES, N_, Language, language
from data.reviewed import REFERENCE

# A state's own report; what somebody else found who looked at it; a state's answer; a figure that a state disputes.
KINDS = ("report", "review", "reply", "correction")
KIND: Mapping[str, str] = {
    "report": N_("National report"),
    "review": N_("Review"),
    "reply": N_("Reply"),
    "correction": N_("Correction of a figure"),
}
SECRETARIAT = "OAS-GS"
# It takes no part, so that nothing is counted of it; it is heard where it answers or disputes.
WITHOUT_REPORT = ("CUB",)
# The work plan that is followed begins in 2015.
FIRST = 2015
PERIOD = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?")


class AskedError(Exception):
    """No workbook can be made for what is asked; the text is one line and says what to do."""


@dataclass(frozen=True)
class Asked:
    """A kind of workbook, a state (ISO3) or the General Secretariat, the first and last year, and the language."""

    kind: str
    area: str
    first: int
    last: int
    language: Language

    @property
    def period(self) -> str:
        """The years as they are written: `2018` or `2018-2020`."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    @property
    def begins(self) -> date:
        """The first day of the period."""
        return date(self.first, 1, 1)

    @property
    def ends(self) -> date:
        """The last day of the period."""
        return date(self.last, 12, 31)

    @property
    def actor(self) -> str:
        """Whose workbook it is, in its language."""
        secretariat = self.language.text("OAS General Secretariat")
        return secretariat if self.area == SECRETARIAT else self.language.country(self.area)


@cache
def states() -> tuple[str, ...]:
    """The 35 states, by their ISO 3166-1 alpha-3 codes."""
    return tuple(pl.read_csv(REFERENCE / "areas.csv", columns=["area"])["area"])


def asked(kind: str, area: str, period: str, code: str, today: date) -> Asked:
    """What is asked, from the words of a command line.

    Raises:
        AskedError: the kind, area, period or language is none.
    """
    if kind not in KINDS:
        raise AskedError(f"there is no kind {kind!r}; it is one of {', '.join(KINDS)}")
    if code not in LANGUAGES:
        raise AskedError(f"there is no language {code!r}; it is one of {', '.join(LANGUAGES)}")
    _refuse_area(kind, area)
    return Asked(kind, area, *_years(period, today), language(code))


def _refuse_area(kind: str, area: str) -> None:
    if area not in (*states(), SECRETARIAT):
        raise AskedError(f"there is no area {area!r}; it is a code such as CRI of the 35 states, or {SECRETARIAT}")
    if area in WITHOUT_REPORT and kind in {"report", "review"}:
        raise AskedError(f"{area} takes no part in the follow-up: it has no report; a reply or a correction is heard")
    if area == SECRETARIAT and kind == "correction":
        raise AskedError(f"no figure is of {SECRETARIAT}; a correction is a state's")


def _years(period: str, today: date) -> tuple[int, int]:
    found = PERIOD.fullmatch(period)
    if not found:
        raise AskedError(f"the period {period!r} is no year and no range of years; write it as 2018 or 2018-2020")
    first, last = int(found[1]), int(found[2] or found[1])
    if last < first:
        raise AskedError(f"the period {period} ends before it begins; write the earlier year first")
    if first < FIRST:
        raise AskedError(f"the period {period} begins before {FIRST}, the first year of the work plan")
    if last > today.year:
        raise AskedError(f"the period {period} ends after this year, {today.year}; a report tells what has been")
    return first, last
