"""The file of an accepted report: JSON with a head and a list of entries, readable without the workbook."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import dataframely as dy
import polars as pl

from data import columns
from data.columns import BODIES, PARAGRAPHS, parsed_as
from data.i18n import LANGUAGES
from data.report.order import KINDS, SECRETARIAT, states

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MAX_QUOTED = 80
HEAD = ("form", "kind", "area", "period", "language", "issuer", "date", "accepted", "version", "workbook", "entries")
# Patterns of the texts in the head.
FORMS: Mapping[str, str] = {
    "kind": "|".join(KINDS),
    "area": "|".join((*states(), SECRETARIAT)),
    "period": "[0-9]{4}(?:-[0-9]{4})?",
    "language": "|".join(LANGUAGES),
    "issuer": ".+",
    "date": DAY.pattern,
    "accepted": DAY.pattern,
}
SHA256 = re.compile("[0-9a-f]{64}")


class AcceptedEntries(dy.Schema):
    """Schema of the entries of an accepted report; what was not given is null."""

    id = dy.String(nullable=False, primary_key=True, regex=f"^({'|'.join(KINDS)}):([A-Z]{{3}}|{BODIES[0]}):")
    version = dy.Int16(nullable=False, min=1)
    replies_to = columns.text(nullable=True)
    paragraph = dy.Int8(nullable=False, min=1, max=PARAGRAPHS)
    period_from = columns.day()
    period_to = columns.day()
    finding = columns.text()
    status = columns.code(columns.PROGRESS, nullable=True)
    title = columns.text()
    issuer = columns.text()
    date = columns.day()
    url = dy.String(nullable=True, regex="^https?://")
    line = columns.text(nullable=True)
    value = dy.Float64(nullable=True, min=0)
    locator = dy.String(nullable=False, regex="^[^#;]+![0-9]+$", check={"once": lambda cell: cell.is_unique()})

    @dy.rule()
    def period_in_order(cls) -> pl.Expr:
        """A period ends after it begins."""
        return pl.col("period_from") <= pl.col("period_to")

    @dy.rule()
    def answers_name_what_they_answer(cls) -> pl.Expr:
        """A report has no `replies_to`; a review, reply or correction has one."""
        return pl.col("replies_to").is_null() == pl.col("id").str.starts_with("report:")


class AcceptedError(Exception):
    """A file is not a valid accepted report; the text says which file and what is wrong."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"data/reports/{name}: {problem}; restore the accepted file")
        self.problem = problem


@dataclass(frozen=True)
class Accepted:
    """An accepted report: its head (what it is, who sent it, when it was accepted) and its entries."""

    head: Mapping[str, Any]
    entries: pl.DataFrame

    @property
    def name(self) -> str:
        """The name of the file."""
        return file_name(self.head)


def file_name(head: Mapping[str, Any]) -> str:
    """The name of a report's file, from its kind, area, period and version."""
    return f"{head['kind']}-{head['area']}-{head['period']}-v{head['version']}.json"


def parse(content: bytes, name: str) -> Accepted:
    """Parse a file of `data/reports/`.

    Raises:
        AcceptedError: the content is not a valid report, or belongs under another name.
    """
    try:
        report = json.loads(content, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise AcceptedError(name, f"it is not JSON ({error})") from error
    if not isinstance(report, dict) or sorted(report) != sorted(HEAD):
        raise AcceptedError(name, f"it must have exactly the parts {', '.join(HEAD)}")
    for problem in _head_problems(report):
        raise AcceptedError(name, problem)
    accepted = Accepted({part: report[part] for part in HEAD if part != "entries"}, _entries(report["entries"], name))
    if accepted.name != name:
        raise AcceptedError(name, f"its content belongs in {accepted.name}")
    return accepted


def _no_number(written: str) -> float:
    raise ValueError(f"{written} is not a number")


def _head_problems(report: Mapping[str, Any]) -> Iterator[str]:
    for part, form in FORMS.items():
        if not isinstance(report[part], str) or not re.fullmatch(form, report[part]):
            yield f"{part} is {str(report[part])[:MAX_QUOTED]!r}, which is not valid"
    for part in ("form", "version"):
        if type(report[part]) is not int or report[part] < 1:
            yield f"{part} is {str(report[part])[:MAX_QUOTED]!r}, expected a whole number"
    book = report["workbook"]
    if (
        not isinstance(book, dict)
        or not SHA256.fullmatch(str(book.get("sha256")))
        or type(book.get("bytes")) is not int
    ):
        yield "workbook does not have sha256 and bytes"
    if not isinstance(report["entries"], list) or not report["entries"]:
        yield "it has no entries"


def _entries(listed: list[Any], name: str) -> pl.DataFrame:
    kinds = {column: kind.dtype for column, kind in AcceptedEntries.columns().items()}
    for number, entry in enumerate(listed, start=1):
        if not isinstance(entry, dict):
            raise AcceptedError(name, f"entry {number} is not an object")
        if unknown := sorted(entry.keys() - kinds.keys()):
            raise AcceptedError(name, f"entry {number} has unknown fields: {', '.join(unknown)}")
    typed = {column: pl.String() if kind == pl.Date() else kind for column, kind in kinds.items()}
    try:
        frame = pl.DataFrame([{column: entry.get(column) for column in kinds} for entry in listed], schema=typed)
    except (TypeError, pl.exceptions.PolarsError, OverflowError) as error:
        raise AcceptedError(name, f"an entry has a value of the wrong type ({str(error).splitlines()[0]})") from error
    frame = frame.with_columns(parsed_as(column, kind) for column, kind in kinds.items() if kind == pl.Date())
    for broken in AcceptedEntries.filter(frame).failure.details().head(1).iter_rows(named=True):
        rules = [rule for rule, result in broken.items() if result == "invalid"]
        raise AcceptedError(name, f"entry {broken['id']} breaks the rule {rules[0]}")
    return frame


def as_bytes(head: Mapping[str, Any], entries: list[dict[str, Any]]) -> bytes:
    """The bytes of a report's file: values that are None are left out, dates are ISO 8601."""
    given = [{name: value for name, value in entry.items() if value is not None} for entry in entries]
    text = json.dumps({**head, "entries": given}, ensure_ascii=False, indent=1, default=date.isoformat)
    return f"{text}\n".encode()
