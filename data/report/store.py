"""Where accepted reports are kept: a folder of files, each dated and versioned; none is ever written over."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from data.i18n import Language
from data.report import form
from data.report.answered import Known
from data.report.asked import Asked
from data.report.faults import Fault, fault
from data.report.kept import Kept, KeptError, as_bytes, file_name, parse
from data.report.numbering import numbered
from data.report.outcome import Reading

REPORTS = Path(__file__).parents[1] / "reports"


def paths(folder: Path = REPORTS) -> list[Path]:
    """The files of accepted reports, in the order of their names."""
    return sorted(folder.glob("*.json"))


def held(folder: Path = REPORTS) -> list[Kept]:
    """Every accepted report, the oldest first.

    Raises:
        KeptError: a file is not as it was written, or one is missing.
        OSError: one cannot be read.
    """
    kept = [parse(path.read_bytes(), path.name) for path in paths(folder)]
    for name, problem in _problems(kept):
        raise KeptError(name, problem)
    return sorted(kept, key=lambda one: (one.head["accepted"], one.head["version"], one.name))


def _problems(kept: Sequence[Kept]) -> Iterator[tuple[str, str]]:
    """What holds of all files together: no version is missing, and no entry is there twice in one version."""
    names, seen = {one.name for one in kept}, set()
    for one in kept:
        version = one.head["version"]
        before = file_name({**one.head, "version": version - 1})
        if version > 1 and before not in names:
            yield one.name, f"{before} is missing, which it follows"
        for key in one.entries.select("id", "version").iter_rows():
            if key in seen:
                yield one.name, f"version {key[1]} of entry {key[0]} stands in another file"
            seen.add(key)


def with_known(known: Known, folder: Path = REPORTS) -> Known:
    """What a snapshot shows, and what was accepted since."""
    own = {
        one: (paragraph, kept.head["area"])
        for kept in held(folder)
        for one, paragraph in kept.entries.select("id", "paragraph").iter_rows()
    }
    return replace(known, entries={**known.entries, **own})


def repeated(content: bytes, folder: Path, lang: Language) -> Fault | None:
    """Whether this very workbook was accepted before."""
    mark = sha256(content).hexdigest()
    for kept in held(folder):
        if kept.head["workbook"]["sha256"] == mark:
            return fault("already", day=lang.date(kept.head["accepted"]), version=str(kept.head["version"]))
    return None


def add(reading: Reading, content: bytes, today: date, folder: Path = REPORTS) -> Path:
    """Write an accepted report beside the others, whole or not at all.

    Args:
        reading: of `content`, without a fault.

    Raises:
        ValueError: the reading has faults.
        KeptError: what is kept is damaged.
        OSError: it cannot be written, or another was written under its name at the same moment.
    """
    asked = reading.asked
    if reading.faults or asked is None:
        raise ValueError("a workbook with faults is not accepted")
    kept = held(folder)
    version = _next(kept, asked)
    head = _head(reading, asked, content, today, version)
    written, name = as_bytes(head, numbered(reading, asked, version, kept)), file_name(head)
    # What could not be read again would stop the next build.
    parse(written, name)
    folder.mkdir(parents=True, exist_ok=True)
    _write_new(folder / name, written)
    return folder / name


def _write_new(path: Path, content: bytes) -> None:
    """Write a file under a name that none has, so that a reader sees all of it or nothing."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        partial.write_bytes(content)
        # A link is refused where the name is taken; a rename would take it.
        os.link(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def _next(kept: Sequence[Kept], asked: Asked) -> int:
    own = (asked.kind, asked.area, asked.period)
    earlier = [one.head["version"] for one in kept if tuple(one.head[p] for p in ("kind", "area", "period")) == own]
    return max(earlier, default=0) + 1


def _head(reading: Reading, asked: Asked, content: bytes, today: date, version: int) -> dict[str, Any]:
    return {
        "form": form.VERSION,
        "kind": asked.kind,
        "area": asked.area,
        "period": asked.period,
        "language": asked.language.code,
        "issuer": reading.issuer,
        "date": str(reading.dated),
        "accepted": str(today),
        "version": version,
        "workbook": {"sha256": sha256(content).hexdigest(), "bytes": len(content)},
    }
