"""The cells of publishers' files that a figure rests on."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.query.passport import Row

SEPARATOR = "; "


@dataclass(frozen=True)
class Cell:
    """One cell of a publisher's file: `place` is its sheet and row, or its record."""

    source: str
    release: str
    file: str
    place: str


def cells(row: Row) -> Iterator[Cell]:
    """The cells a figure rests on: its own, or for a derived figure those of its inputs."""
    for result in row.get("inputs") or [row]:
        for locator in result["locator"].split(SEPARATOR):
            file, _, place = locator.partition("#")
            yield Cell(result["source"], result["release"], file, place)
