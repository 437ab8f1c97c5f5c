"""`python -m etl workplan load FILE.csv`: the work plan's official text, checked whole and then put in place.

Every fault is told at once, by row and column; with one of them nothing is written.
"""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from data import reviewed
from data.workplan import Lines
from etl.errors import AtalayaError
from etl.pasted import COLUMNS, content, lines


@dataclass(frozen=True)
class Change:
    """What a load changes: the numbers of lines that come, that go, and that read otherwise."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether anything changes."""
        return bool(self.added or self.removed or self.changed)

    def __str__(self) -> str:
        """The change in words."""
        told = {"added": self.added, "removed": self.removed, "changed": self.changed}
        return "; ".join(f"{len(numbers)} {what} ({', '.join(numbers)})" for what, numbers in told.items() if numbers)


def load(path: Path, today: date, *, replace: bool, folder: Path | None = None) -> Change:
    """Check a file of lines and put them in the place of those loaded before.

    Args:
        today: no document is of a later day.
        replace: whether lines loaded before may be replaced.
        folder: where the reviewed facts lie, if not in `data/reference/`.

    Returns:
        what changes; nothing where the same lines are loaded already.

    Raises:
        LinesError: the file has faults; nothing is written.
        AtalayaError: it cannot be read, or lines are loaded already, or the place cannot be written.
    """
    rows = lines(content(path), path.name, today)
    place = (folder or reviewed.REFERENCE) / Lines.FILE
    held = reviewed.read(Lines, place)
    change = compared(held, rows)
    if not change:
        return change
    if not (replace or held.is_empty()):
        problem = f"{held.height} lines are loaded already, nothing was changed ({change})"
        raise AtalayaError(f"{problem}; say --replace to put these in their place")
    _write(rows, place)
    return change


def compared(held: pl.DataFrame, rows: pl.DataFrame) -> Change:
    """What changes when some lines take the place of others."""
    before, after = (
        {line["number"]: {**line, "row": None} for line in told.iter_rows(named=True)} for told in (held, rows)
    )
    return Change(
        added=tuple(number for number in after if number not in before),
        removed=tuple(number for number in before if number not in after),
        changed=tuple(number for number, line in after.items() if before.get(number, line) != line),
    )


def _write(rows: pl.DataFrame, path: Path) -> None:
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        rows.select(COLUMNS).write_csv(draft)
        draft.replace(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise AtalayaError(f"{path} cannot be written ({error}); nothing was loaded, free its place") from error
    finally:
        draft.unlink(missing_ok=True)
