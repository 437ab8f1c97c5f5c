"""Read the reviewed facts in `data/reference/`: CSV files, each with a schema, all through one reader.

People edit these files by hand, so an error is one line that says where it is, what is there and what is expected.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import new_class
from typing import Any, ClassVar

import dataframely as dy
import polars as pl

from data import columns
from data.columns import parsed_as
from data.languages import DEFAULT, declared

REFERENCE = Path(__file__).parent / "reference"
FileColumns = Mapping[str, dy.Column]
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
LONGEST = 120


class ReviewedError(Exception):
    """A file of reviewed facts breaks its schema; `problem` says what is wrong, without the place."""

    def __init__(self, problem: str, file: str, row: int | None = None) -> None:
        super().__init__(f"data/reference/{file}{'' if row is None else f', row {row}'}: {problem}")
        self.problem, self.row = problem, row


class Reviewed(dy.Schema):
    """The schema of a file. Errors quote a column's description or, for rules across columns, the rule's docstring."""

    FILE: ClassVar[str]
    # For lists of exceptions.
    MAY_BE_EMPTY: ClassVar[bool] = False
    row = dy.UInt32(nullable=False)

    @classmethod
    def of_language(cls, _code: str) -> FileColumns:
        """The columns of a language (`data.languages`) by name; a file has them for those languages that it covers."""
        return {}

    @classmethod
    def covers(cls, code: str) -> bool:
        """Whether the file must cover a language; others may be missing, and are then English."""
        return code == DEFAULT


class Spans(Reviewed):
    """Base of schemas whose rows are valid in every year from `year_from` to `year_to`."""

    # The columns that name the subject of a row.
    OF: ClassVar[tuple[str, ...]] = ()
    year_from = columns.year(key=True)
    year_to = columns.year()
    reason = columns.text()

    @dy.rule()
    def years_in_order(cls) -> pl.Expr:
        """The last year is not before the first."""
        return pl.col("year_from") <= pl.col("year_to")

    @dy.rule()
    def years_apart(cls) -> pl.Expr:
        """No two rows are about one year."""
        ended = pl.col("year_to").shift().cum_max()
        return (pl.col("year_from") > ended).over(*cls.OF, pl.lit(0), order_by="year_from")


def read(form: type[Reviewed], path: Path | None = None) -> pl.DataFrame:
    """The rows of a schema's file (or of `path`), in the file's order, typed; a blank cell is null.

    Raises:
        ReviewedError: the file cannot be read, or breaks its schema.
    """
    try:
        return parse((path or REFERENCE / form.FILE).read_bytes(), form)
    except OSError as error:
        raise ReviewedError(f"it cannot be read ({error.strerror}); restore it", form.FILE) from error


def parse(content: bytes, form: type[Reviewed]) -> pl.DataFrame:
    """The rows of a file from its bytes; `row` counts from 1, as a spreadsheet does.

    Raises:
        ReviewedError: the file breaks its schema.
    """
    form, text = _text(content, form)
    for fault in faults(text, form):
        raise fault
    return typed(text, form)


def typed(text: pl.DataFrame, form: type[Reviewed]) -> pl.DataFrame:
    """Text cells (`row` and one text column each, null where blank) in the types of the schema's columns."""
    return text.with_columns(parsed_as(name, form.columns()[name].dtype) for name in text.columns if name != "row")


def faults(text: pl.DataFrame, form: type[Reviewed]) -> Iterator[ReviewedError]:
    """All errors in text cells: first what cannot be parsed, then by row what breaks a rule; each cell at most once."""
    read_as, reported = typed(text, form), set()
    for name in text.columns:
        for cells in text.filter(text[name].is_not_null() & read_as[name].is_null()).iter_rows(named=True):
            reported.add((cells["row"], name))
            yield _fault(form, cells, [name], _expected(form, name))
    for broken in form.filter(read_as).failure.details().sort("row").iter_rows(named=True):
        cells = text.row(by_predicate=pl.col("row") == broken["row"], named=True)
        # A column's own rules first: what they refuse may break the others too.
        rules = sorted((name for name in broken if name not in cells), key=lambda name: "|" not in name)
        for rule in (rule for rule in rules if broken[rule] == "invalid"):
            places = {(broken["row"], name) for name in _columns_of(form, rule)}
            if not places & reported:
                reported |= places
                yield from _broken(form, cells, text, rule)


def _columns_of(form: type[Reviewed], rule: str) -> list[str]:
    """The columns that a rule (of a column, of the key, or across columns) is about."""
    column, own, _ = rule.partition("|")
    if own:
        return [column]
    if rule == "primary_key":
        return form.primary_key()
    return list(dict.fromkeys(getattr(form, rule).validation_fn(form).meta.root_names()))


def _broken(form: type[Reviewed], cells: Mapping[str, Any], text: pl.DataFrame, rule: str) -> Iterator[ReviewedError]:
    column, own, what = rule.partition("|")
    names = _columns_of(form, rule)
    if rule == "primary_key" or what == "unique":
        first = text.filter(**{name: cells[name] for name in names})["row"][0]
        if cells["row"] != first:
            value = " ".join(cells[name] for name in names)
            yield ReviewedError(f"{value} is already in row {first}; keep one", form.FILE, cells["row"])
    elif own:
        yield _fault(form, cells, [column], _expected(form, column))
    else:
        description = getattr(form, rule).validation_fn.__doc__.rstrip(".")
        yield _fault(form, cells, names, f"expected: {description}")


def _expected(form: type[Reviewed], column: str) -> str:
    return f"expected: {form.columns()[column].description or 'a text'}"


def _fault(form: type[Reviewed], cells: Mapping[str, Any], names: Sequence[str], expected: str) -> ReviewedError:
    words = [f"column {name} is {repr(cells[name][:LONGEST]) if cells[name] else 'blank'}" for name in names]
    return ReviewedError(f"{', '.join(words)}; {expected}", form.FILE, cells["row"])


def _covering(form: type[Reviewed], header: Sequence[str]) -> type[Reviewed]:
    """The schema with the columns of the languages that a file covers, or must cover."""
    every = {code: form.of_language(code) for code in declared()}
    mine = {
        name: column
        for code, of_language in every.items()
        for name, column in of_language.items()
        if name in header or form.covers(code)
    }
    return new_class(form.__name__, (form,), {}, lambda body: body.update(mine)) if mine else form


def _text(content: bytes, form: type[Reviewed]) -> tuple[type[Reviewed], pl.DataFrame]:
    """The schema of the file with the languages that it covers, and its cells."""
    table = records(content, form.FILE)
    top, header = next(table, (1, []))
    form = _covering(form, header)
    names = [name for name in form.column_names() if name != "row"]
    if problem := row_problem(header, header):
        raise ReviewedError(problem, form.FILE, top)
    if sorted(header) != sorted(names):
        shown = ",".join(header)[:LONGEST]
        raise ReviewedError(f"its columns are {shown or 'missing'}; expected: {','.join(names)}", form.FILE, top)
    rows = list(table)
    for row, cells in rows:
        if problem := row_problem(header, cells):
            raise ReviewedError(problem, form.FILE, row)
    if not (rows or form.MAY_BE_EMPTY):
        raise ReviewedError("it has no rows below its header; add them, or restore the file", form.FILE, top)
    by_name = [{"row": row, **dict(zip(header, cells, strict=True))} for row, cells in rows]
    text = pl.DataFrame(by_name, schema={"row": pl.UInt32} | dict.fromkeys(header, pl.String))
    return form, text.with_columns(pl.col(pl.String).replace("", None))


def row_problem(header: Sequence[str], cells: Sequence[str]) -> str:
    """Why a row does not fit its header; empty if it does."""
    if columns := [number for number, cell in enumerate(cells) if CONTROL.search(cell)]:
        names = ", ".join(header[number] if number < len(header) else str(number + 1) for number in columns)
        shown = CONTROL.sub(" ", names)[:LONGEST]
        return f"column {shown} has a tab, a line break or another control character; make it one line of text"
    if len(cells) != len(header):
        problem = f"{len(cells)} cells, but the header has {len(header)}"
        return f'{problem}; put a text that has a comma in "quotation marks"'
    return ""


def records(content: bytes, file: str) -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV file that are not blank: row (as a spreadsheet counts) and cells, without outer blanks.

    Raises:
        ReviewedError: it is not in UTF-8, or a quotation mark is not closed.
    """
    row = 0
    try:
        # Spreadsheet programs write a byte-order mark; that is fine.
        text = io.StringIO(content.decode("utf-8-sig"), newline="")
        for row, cells in enumerate(csv.reader(text, strict=True), start=1):
            if any(cell.strip() for cell in cells):
                # `row_problem` refuses cells with a tab or a line break, also at their ends.
                yield row, [cell if CONTROL.search(cell) else cell.strip() for cell in cells]
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise ReviewedError("it is not in UTF-8; save it as `CSV UTF-8`", file, row) from error
    except csv.Error as error:
        problem = f"a quotation mark is not closed, or inside a cell ({error}); write it twice, or remove it"
        raise ReviewedError(problem, file, row + 1) from error
