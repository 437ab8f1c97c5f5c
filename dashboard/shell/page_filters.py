"""The filters of each page and the rows that it can open: for its script, and for the addresses of scenes."""

from typing import Any

from dashboard import catalog
from dashboard.subjects.compare.filters import COMPARE
from dashboard.subjects.explore.filters import EXPLORE, TASK
from dashboard.subjects.passports import filters as opened
from dashboard.views.filters import Spec

# Of the pages that are not declared yet (`dashboard.catalog.pages`).
FILTERS: dict[str, tuple[Spec[Any], ...]] = {
    # Both of its tasks.
    "explore": (
        TASK,
        *EXPLORE,
        *COMPARE[:-1],
        opened.ROW,
        opened.PAIR,
        opened.RECORD,
        opened.TREATY_ACTS,
        opened.MIGRANTS,
        opened.SURVEY_GROUP,
    ),
    "sources": (opened.DIFFERENCE, opened.RECORD, *opened.UNLOCATED_RECORDS.values()),
}


def of(page: str) -> tuple[Spec[Any], ...]:
    """The filters of a page by its slug; a page without filters needs no entry in `FILTERS`."""
    declared = catalog.pages().get(page)
    return declared.filters if declared else FILTERS.get(page, ())
