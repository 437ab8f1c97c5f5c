"""The filters of each page and the rows that it can open."""

from typing import Any

from dashboard import catalog
from dashboard.views.filters import Spec


def of(page: str) -> tuple[Spec[Any], ...]:
    """The filters of a page by its slug; none for a page that is not declared."""
    declared = catalog.pages().get(page)
    return declared.filters if declared else ()
