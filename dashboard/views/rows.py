"""The rows of a view: for download, citation and code. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import polars as pl

from dashboard.editions import NEWEST
from dashboard.views.code import Snippet
from dashboard.views.filters import Spec

Collect = Callable[[], pl.DataFrame]
# File systems take names of 255 bytes; the snapshot and an ending follow.
LONGEST = 120


@dataclass(frozen=True)
class Rows:
    """The rows of a view, for download, citation and code.

    Attributes:
        name: an id of the view and its filters, safe as a file name.
        title: the heading in the reader's language.
        page: the slug of the page that shows them.
        rows: collects the rows.
        specs: the filters of the page that select the rows; they make up the link.
        code: the rows of the tables that they come from; None if they come from no table.
        sources: the sources, if the rows have no column of sources.
        key: the name of the view's block on the page, independent of the filters; empty for `name`.
        cells: collects source, release and year of what the rows are made of, if the rows do not have these columns.
    """

    name: str
    title: str
    page: str
    rows: Collect
    specs: tuple[Spec[Any], ...] = ()
    code: Snippet | None = None
    sources: tuple[str, ...] = ()
    key: str = ""
    cells: Collect | None = None

    @property
    def block(self) -> str:
        """The name of the view's block on the page: it stays open when the filters change."""
        return self.key or self.name


def file_name(*parts: object) -> str:
    """A file name made of ids, without empty parts; a long name is cut and gets a checksum."""
    name = "_".join(re.sub(r"[^A-Za-z0-9.+-]", "_", str(part)) for part in parts if part)
    mark = sha256(name.encode()).hexdigest()[:8]
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 9]}_{mark}"


def since(edition: str) -> str:
    """The part of a file name for an earlier release; empty for the newest."""
    return "" if edition == NEWEST else f"as-of-{edition}"
