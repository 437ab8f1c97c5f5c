"""A source's files become receipts: each file with what was read in it, so that every locator leads to its cell."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module

import polars as pl

from data.releases import moment
from etl import banner, wholeness
from etl.errors import SourceError
from etl.finding import Finding
from etl.parsed import Parsed
from etl.rawfile import RawFile

# A locator reads file#sheet!row, and several of them are joined by "; ".
SEPARATORS = frozenset("#;")


@dataclass(frozen=True)
class Receipt:
    """One raw file and what was read in it."""

    file: RawFile
    parsed: Parsed


def receive(files: Iterable[RawFile], today: date) -> list[Receipt]:
    """Parse a source's files, oldest release first; of two files that state one release the later download counts.

    A release may come in several files, each a part of its own. Each locator gets its file's name in front, so that it
    leads to the very cell.

    Raises:
        SourceError: a file cannot be read, is a part of one or dated after `today`, or its name would break a locator.
    """
    held: dict[tuple[str, str], Receipt] = {}
    for file in sorted(files, key=lambda file: (file.retrieved or "", _natural(file.name))):
        parsed = _parsed(file)
        banner.refuse_to_come(parsed, file, today)
        key = parsed.release, parsed.part
        held[key] = Receipt(file, replace(parsed, findings=[*parsed.findings, *_replaced(held.get(key))]))
    return [held[key] for key in sorted(held, key=lambda key: (moment(key[0]), key[1]))]


def _parsed(file: RawFile) -> Parsed:
    """A file's rows and findings, each of which says its file and its part."""
    if set(file.name) & SEPARATORS:
        raise _misnamed("file", file)
    try:
        # Found by its name: a new source is a declaration and a module, and no line here.
        parsed: Parsed = import_module(f"etl.sources.{file.source}").parse(file.content, file.name)
    except UnicodeEncodeError as error:
        problem = f"it holds half a letter ({error}); get it again from the publisher"
        raise SourceError(problem, source=file.source, file=file.name) from error
    if parsed.rows["locator"].str.contains("[#;]").any():
        raise _misnamed("sheet", file)
    named = [pl.format("{}#{}", pl.lit(file.name), pl.col(name)).alias(name) for name in _locators(parsed.rows)]
    findings = [
        replace(told, part=parsed.part, first=f"{file.name}#{told.first}" if told.first else "")
        for told in parsed.findings
    ]
    whole = replace(parsed, rows=parsed.rows.with_columns(named), findings=findings)
    wholeness.refuse_part(whole, file.source)
    return whole


def _misnamed(what: str, file: RawFile) -> SourceError:
    return SourceError(
        f"rename the {what}: # and ; separate the parts of a locator", source=file.source, file=file.name
    )


def _natural(name: str) -> list[tuple[int, str]]:
    """The order of revisions: `data_2` before `data_10`."""
    return [(int(part or 0), text) for text, part in re.findall(r"([^0-9]*)([0-9]*)", name)]


def _replaced(earlier: Receipt | None) -> list[Finding]:
    """A word on another file of the same release, whose rows do not count."""
    if earlier is None:
        return []
    told, file = earlier.parsed, earlier.file
    return [
        Finding(
            file.source, told.release, "same_release_twice", file.name, set_aside=False, unexpected=True, part=told.part
        )
    ]


def _locators(rows: pl.DataFrame) -> list[str]:
    return [name for name in ("locator", "repeat_of") if name in rows.columns]
