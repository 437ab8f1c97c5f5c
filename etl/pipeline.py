"""The line on one screen: fetch, parse, harmonise, validate, publish."""

import re
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

import polars as pl
from rich.progress import Progress

from data.snapshot import HERE, publish
from etl import areas, boundaries, validate
from etl.config import RAW
from etl.declaration import declarations
from etl.errors import Finding, PublishError, SourceError
from etl.fetch import fetch
from etl.manifest import Receipt, manifest
from etl.parsed import Parsed
from etl.rawfile import RawFile
from etl.tables import POLYGONS, redistributable, tables

# A locator reads file#sheet!row, and several of them are joined by "; ".
SEPARATORS = frozenset("#;")
UNDATED = "undated"


@dataclass(frozen=True)
class Outcome:
    """A finished build: the published id and what a person should look at."""

    snapshot: str
    findings: list[Finding]

    @property
    def unexpected(self) -> list[Finding]:
        """What was new in the files and is set aside and listed."""
        return [finding for finding in self.findings if finding.unexpected]


def build(
    mirror: Path | None = None,
    *,
    home: Path = HERE,
    raw: Path = RAW,
    strict: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Build a snapshot from all sources and make it the current one, whole or not at all.

    Raises:
        AtalayaError: anything that stops the build; the published snapshot is untouched.
    """
    known = declarations()
    files = {name: fetch(source, mirror, raw=raw, progress=progress) for name, source in known.items()}
    receipts = {name: receive(held) for name, held in files.items() if name != POLYGONS}
    shapes, countries = boundaries.build(files[POLYGONS])
    frames, findings = tables({name: [receipt.parsed for receipt in held] for name, held in receipts.items()})
    frames = redistributable(frames, known) | {"countries": countries, "areas": areas.states()}
    frames = validate.tables(frames)
    validate.boundaries(shapes)
    validate.unread_labels(findings, {name: sum(r.parsed.read for r in held) for name, held in receipts.items()})
    outcome = Outcome("", findings)
    if strict and outcome.unexpected:
        problem = f"--strict: {len(outcome.unexpected)} things are new in the files, nothing was published"
        raise PublishError(problem, outcome.unexpected)
    package = manifest(known, receipts, files[POLYGONS], findings)
    return replace(outcome, snapshot=publish(frames, shapes, package, home))


def receive(files: list[RawFile]) -> list[Receipt]:
    """Parse a source's files, oldest release first; of two files that state one release the later download counts.

    Each locator gets its file's name in front, so that it leads to the very cell.

    Raises:
        SourceError: a file cannot be read, or its name holds a sign that separates the parts of a locator.
    """
    # Found by its name: a new source is a declaration and a module, and no line here.
    parser = import_module(f"etl.sources.{files[0].source}")
    by_release: dict[str, Receipt] = {}
    for file in sorted(files, key=lambda file: (file.retrieved or "", _natural(file.name))):
        if set(file.name) & SEPARATORS:
            raise SourceError(
                "rename the file: # and ; separate the parts of a locator", source=file.source, file=file.name
            )
        parsed: Parsed = parser.parse(file.content, file.name)
        if parsed.rows["locator"].str.contains("[#;]").any():
            raise SourceError(
                "rename the sheet: # and ; separate the parts of a locator", source=file.source, file=file.name
            )
        told = [replace(f, first=f"{file.name}#{f.first}" if f.first else "") for f in parsed.findings]
        findings = [*told, *_replaced(by_release.get(parsed.release))]
        named = [pl.format("{}#{}", pl.lit(file.name), pl.col(name)).alias(name) for name in _locators(parsed.rows)]
        by_release[parsed.release] = Receipt(
            file, replace(parsed, rows=parsed.rows.with_columns(named), findings=findings)
        )
    # What says nothing of its date may be of any: it is the oldest.
    return [by_release[release] for release in sorted(by_release, key=lambda release: (release != UNDATED, release))]


def _natural(name: str) -> list[tuple[int, str]]:
    """The order of revisions: `data_2` before `data_10`."""
    return [(int(part or 0), text) for text, part in re.findall(r"([^0-9]*)([0-9]*)", name)]


def _replaced(earlier: Receipt | None) -> list[Finding]:
    """A word on another file of the same release, whose rows do not count."""
    if earlier is None:
        return []
    source, name = earlier.file.source, earlier.file.name
    release = earlier.parsed.release
    return [Finding(source, release, "same_release_twice", name, set_aside=False, unexpected=True)]


def _locators(rows: pl.DataFrame) -> list[str]:
    return [name for name in ("locator", "repeat_of") if name in rows.columns]
