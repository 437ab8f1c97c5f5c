"""The filters of each page and the rows that it can open: for its script, and for the addresses of scenes."""

from typing import Any

from dashboard.shell import choices, ledger_choices
from dashboard.shell.filter_types import Spec

FILTERS: dict[str, tuple[Spec[Any], ...]] = {
    "region": (*choices.REGION, choices.STATE),
    "routes": (
        *choices.ROUTES,
        choices.ARROW,
        choices.CITIZENSHIPS,
        choices.ROLE,
        *choices.UNLOCATED_RECORDS.values(),
    ),
    "country": (
        *choices.COUNTRY,
        choices.FIGURE,
        choices.FIGURES,
        choices.ROLE,
        choices.ACT,
        choices.LAW,
        *choices.ARROWS_OF.values(),
    ),
    "explore": choices.EXPLORE_PAGE,
    "declaration": (*ledger_choices.LEDGER, ledger_choices.ENTRY, ledger_choices.LINE),
    "instruments": (*choices.INSTRUMENTS, choices.ACT, choices.LAW),
    "coverage": (*choices.COVERAGE, choices.CELLS, choices.CHANGES, choices.CELL),
    "sources": (choices.DIFFERENCE, choices.RECORD, *choices.UNLOCATED_RECORDS.values()),
}


def of(page: str) -> tuple[Spec[Any], ...]:
    """The filters of a page by its slug; a page without filters needs no entry in `FILTERS`."""
    return FILTERS.get(page, ())
