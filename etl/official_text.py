"""`python -m etl workplan load FILE.csv` and `declaration load FILE.csv`: check a file of official text, and load it.

All faults are listed at once, by row and column; if there is any, nothing is written.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from data import reviewed
from data.declaration_text import Paragraphs
from data.releases import first_day
from data.reviewed import Reviewed, ReviewedError
from data.workplan import TEXTS, Lines
from etl.errors import AtalayaError


@dataclass(frozen=True)
class OfficialText:
    """An official text that a person loads.

    Attributes:
        form: the schema of its file in `data/reference/`.
        optional: columns that a file may leave out.
        then: when a loaded text is shown.
    """

    form: type[Reviewed]
    optional: tuple[str, ...]
    then: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a file."""
        return tuple(name for name in self.form.column_names() if name != "row")


# The work plan's text may exist in one language only, and without objectives.
WORK_PLAN = OfficialText(Lines, ("objective", *TEXTS), "the next build publishes them")
DECLARATION = OfficialText(Paragraphs, (), "start the dashboard again to show them")


@dataclass(frozen=True)
class Change:
    """The change that a load makes: the numbers of lines added, removed and changed."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether anything changes."""
        return bool(self.added or self.removed or self.changed)

    def __str__(self) -> str:
        """The change in words."""
        changes = {"added": self.added, "removed": self.removed, "changed": self.changed}
        return "; ".join(
            f"{len(numbers)} {what} ({', '.join(numbers)})" for what, numbers in changes.items() if numbers
        )


def load(kind: OfficialText, path: Path, today: date, *, replace: bool, folder: Path | None = None) -> Change:
    """Check a file of lines, and replace those loaded before.

    Args:
        kind: the text to load.
        today: documents must not be later.
        replace: whether lines loaded before may be replaced.
        folder: the folder of reviewed facts; by default `data/reference/`.

    Returns:
        the change; empty if these lines are loaded already.

    Raises:
        LinesError: the file has faults; nothing is written.
        AtalayaError: the file cannot be read, other lines are loaded already, or the result cannot be written.
    """
    rows = lines(kind, content(path), path.name, today)
    place = (folder or reviewed.REFERENCE) / kind.form.FILE
    loaded = reviewed.read(kind.form, place)
    change = compared(kind, loaded, rows)
    if not change:
        return change
    if not (replace or loaded.is_empty()):
        problem = f"{loaded.height} lines are already loaded, nothing was changed ({change})"
        raise AtalayaError(f"{problem}; use --replace to replace them")
    _write(rows.select(kind.columns), place)
    return change


def compared(kind: OfficialText, loaded: pl.DataFrame, rows: pl.DataFrame) -> Change:
    """The change when `rows` replace the loaded lines."""
    key = kind.form.primary_key()
    before, after = (
        {" ".join(str(line[name]) for name in key): {**line, "row": None} for line in lines.iter_rows(named=True)}
        for lines in (loaded, rows)
    )
    return Change(
        added=tuple(number for number in after if number not in before),
        removed=tuple(number for number in before if number not in after),
        changed=tuple(number for number, line in after.items() if before.get(number, line) != line),
    )


def _write(rows: pl.DataFrame, path: Path) -> None:
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        rows.write_csv(draft)
        draft.replace(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise AtalayaError(
            f"{path} cannot be written, nothing was loaded ({error}); check permissions and free space"
        ) from error
    finally:
        draft.unlink(missing_ok=True)


LARGEST = 2_000_000
MOST_LINES = 2000
# The first bytes of files that are not CSV in UTF-8.
SIGNS = {
    b"PK": "it is a workbook or an archive; save the sheet as `CSV UTF-8`",
    b"\xd0\xcf\x11\xe0": "it is an old workbook; save the sheet as `CSV UTF-8`",
    b"%PDF": "it is a PDF; put its lines into a table with the expected columns, and save that as `CSV UTF-8`",
    b"\xff\xfe": "it is in UTF-16; save it as `CSV UTF-8`",
    b"\xfe\xff": "it is in UTF-16; save it as `CSV UTF-8`",
}


class LinesError(AtalayaError):
    """A file of lines has faults; `faults` lists them all, with the row (from 1) if there is one."""

    def __init__(self, file: str, faults: list[ReviewedError]) -> None:
        remedy = "nothing was loaded; correct it and load it again"
        super().__init__(f"{file} has {len(faults)} error{'s' * (len(faults) > 1)}, {remedy}")
        self.faults = [f"{file}{'' if one.row is None else f', row {one.row}'}: {one.problem}" for one in faults]


def content(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        LinesError: it is too large for a file of lines.
        AtalayaError: it cannot be read.
    """
    try:
        if path.stat().st_size > LARGEST:
            problem = f"it is larger than {LARGEST:,} bytes, far more than such a text; check that it is the right file"
            raise LinesError(path.name, [fault(problem)])
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise AtalayaError(f"{str(path)!r} cannot be read ({reason}); give a local CSV file") from error


def lines(kind: OfficialText, content: bytes, file: str, today: date) -> pl.DataFrame:
    """Parse the lines of a file from its bytes, typed as in the schema of `kind`.

    Raises:
        LinesError: it has faults; the error lists all.
    """
    faults: list[ReviewedError] = []
    schema = {"row": pl.UInt32} | dict.fromkeys(kind.columns, pl.String)
    text = pl.DataFrame([*_cells(kind, content, faults)], schema=schema)
    faults += reviewed.faults(text, kind.form)
    faults += _future_dates(text, today)
    if text.is_empty() and not faults:
        faults.append(fault("it has no lines below its header; add them", 1))
    if faults:
        raise LinesError(file, sorted(faults, key=lambda one: one.row or 0))
    return reviewed.typed(text, kind.form)


def fault(problem: str, row: int | None = None) -> ReviewedError:
    """Make a fault of a file of lines."""
    return ReviewedError(problem, "", row)


def _cells(kind: OfficialText, content: bytes, faults: list[ReviewedError]) -> Iterator[dict[str, str | int | None]]:
    """The rows that fit the header; what is wrong with other rows is added to `faults`."""
    records = _records(content, faults)
    top, header = next(records, (1, []))
    faults += () if faults else _header_faults(kind, header, top)
    if faults:
        return
    for count, (row, cells) in enumerate(records, start=1):
        if count > MOST_LINES:
            faults.append(fault(f"more than {MOST_LINES:,} lines; check that it is the right file", row))
            return
        if problem := reviewed.row_problem(header, cells):
            faults.append(fault(problem, row))
        else:
            yield {"row": row, **{name: cell or None for name, cell in zip(header, cells, strict=True)}}


def _records(content: bytes, faults: list[ReviewedError]) -> Iterator[tuple[int, list[str]]]:
    """The records that are not blank, with their rows as a spreadsheet counts."""
    if problem := next((problem for sign, problem in SIGNS.items() if content.startswith(sign)), ""):
        faults.append(fault(problem))
        return
    try:
        yield from reviewed.records(content, "")
    except ReviewedError as error:
        faults.append(error)


def _header_faults(kind: OfficialText, header: list[str], top: int) -> Iterator[ReviewedError]:
    may = f", of which {', '.join(kind.optional)} may be left out" if kind.optional else ""
    expected = f"expected: {','.join(kind.columns)}{may}"
    if len(header) == 1 and any(sign in header[0] for sign in ";\t"):
        yield fault(f"its cells are not separated by commas; save it as `CSV UTF-8` with commas; {expected}", top)
        return
    if not header:
        yield fault(f"it has no header; {expected}", top)
        return
    for name in dict.fromkeys(header):
        if name not in kind.columns:
            yield fault(f"column {name[: reviewed.LONGEST] or '(blank)'} is not known; {expected}", top)
        elif header.count(name) > 1:
            yield fault(f"column {name} occurs {header.count(name)} times; keep one", top)
    for name in kind.columns:
        if name not in header and name not in kind.optional:
            yield fault(f"column {name} is missing; {expected}", top)


def _future_dates(text: pl.DataFrame, today: date) -> Iterator[ReviewedError]:
    for row, release in text.select("row", "release").drop_nulls().iter_rows():
        try:
            day = first_day(release)
        except ValueError:
            yield fault(f"column release is {release!r}, which is not a date of the calendar; correct it", row)
        else:
            if day and day > today:
                yield fault(f"column release is {release!r}, which is in the future; give the document's date", row)
