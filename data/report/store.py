"""The folder of accepted reports: one file each, with date and version; no file is ever overwritten.

An entry that is sent again keeps its id and gets the next version. A state has one report for a period, and all entries
of that report have its version. Reviews, replies and corrections are versioned one by one: a later one by the same
sender on the same target is the next version of that entry.
"""

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from data.i18n import Language
from data.report import cover, form
from data.report.accepted import Accepted, AcceptedError, as_bytes, file_name, parse
from data.report.entries import ReportEntry
from data.report.faults import Fault, fault
from data.report.order import Order
from data.report.reading import Reading
from data.report.targets import Targets

REPORTS = Path(__file__).parents[1] / "reports"


def paths(folder: Path = REPORTS) -> list[Path]:
    """The files of accepted reports, sorted by name."""
    return sorted(folder.glob("*.json"))


def accepted(folder: Path = REPORTS) -> list[Accepted]:
    """Every accepted report, the oldest first.

    Raises:
        AcceptedError: a file was altered, or one is missing.
        OSError: one cannot be read.
    """
    reports = [parse(path.read_bytes(), path.name) for path in paths(folder)]
    for name, problem in _problems(reports):
        raise AcceptedError(name, problem)
    return sorted(reports, key=lambda one: (one.head["accepted"], one.head["version"], one.name))


def _problems(reports: Sequence[Accepted]) -> Iterator[tuple[str, str]]:
    """Problems across files: a version is missing, or an entry occurs twice in one version."""
    names, seen = {one.name for one in reports}, set()
    for one in reports:
        version = one.head["version"]
        before = file_name({**one.head, "version": version - 1})
        if version > 1 and before not in names:
            yield one.name, f"the version before it, {before}, is missing"
        for key in one.entries.select("id", "version").iter_rows():
            if key in seen:
                yield one.name, f"version {key[1]} of entry {key[0]} is in another file too"
            seen.add(key)


def with_accepted(targets: Targets, folder: Path = REPORTS) -> Targets:
    """The targets of a snapshot, with the entries accepted since it was built."""
    own = {
        entry: (paragraph, one.head["area"])
        for one in accepted(folder)
        for entry, paragraph in one.entries.select("id", "paragraph").iter_rows()
    }
    return replace(targets, entries={**targets.entries, **own})


def repeated(content: bytes, folder: Path, lang: Language) -> Fault | None:
    """The fault if this very file was accepted before, else None."""
    digest = sha256(content).hexdigest()
    for one in accepted(folder):
        if one.head["workbook"]["sha256"] == digest:
            return fault("already", day=lang.date(one.head["accepted"]), version=str(one.head["version"]))
    return None


def add(reading: Reading, content: bytes, today: date, folder: Path = REPORTS) -> Path:
    """Store an accepted report as a new file, whole or not at all.

    Args:
        reading: the result of reading `content`, without faults.

    Raises:
        ValueError: the reading has faults.
        AcceptedError: the stored reports are damaged.
        OSError: it cannot be written, or another process wrote a file with its name at the same moment.
    """
    order = reading.order
    if reading.faults or order is None:
        raise ValueError("a workbook with faults is not accepted")
    earlier = accepted(folder)
    version = _next_version(earlier, order)
    head = {
        "form": form.VERSION,
        "kind": order.kind,
        "area": order.area,
        "period": order.period,
        "language": order.language.code,
        "issuer": reading.issuer,
        "date": str(reading.dated),
        "accepted": str(today),
        "version": version,
        "workbook": {"sha256": sha256(content).hexdigest(), "bytes": len(content)},
    }
    report, name = as_bytes(head, _numbered(reading, order, version, earlier)), file_name(head)
    # A file that cannot be read again would stop the next build.
    parse(report, name)
    folder.mkdir(parents=True, exist_ok=True)
    _write_new(folder / name, report)
    return folder / name


def _write_new(path: Path, content: bytes) -> None:
    """Write a new file, so that a reader sees all of it or nothing.

    Raises:
        FileExistsError: there is a file of that name.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        partial.write_bytes(content)
        # A link fails if the name is taken; a rename would overwrite.
        os.link(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def _next_version(earlier: Sequence[Accepted], order: Order) -> int:
    own = (order.kind, order.area, order.period)
    versions = [one.head["version"] for one in earlier if tuple(one.head[p] for p in ("kind", "area", "period")) == own]
    return max(versions, default=0) + 1


def _numbered(reading: Reading, order: Order, version: int, earlier: Sequence[Accepted]) -> list[dict[str, Any]]:
    """The entries as they are stored, with their ids and versions.

    Args:
        version: the workbook's version among those of its kind, area and period.
    """
    if order.kind == "report":
        taken: set[str] = set()
        ids = [(_new_id(order, entry, taken), version) for entry in reading.entries]
    else:
        ids = list(_answer_ids(reading, order, earlier))
    return [_stored(entry, reading, order, *key) for entry, key in zip(reading.entries, ids, strict=True)]


def _answer_ids(reading: Reading, order: Order, earlier: Sequence[Accepted]) -> Iterator[tuple[str, int]]:
    """Id and version for each answer: those of the earlier one that it replaces, or new ones."""
    replaced = _replaceable(reading, order, earlier)
    taken = {entry for one in earlier for entry in one.entries["id"]}
    for entry in reading.entries:
        before = replaced[entry.replies_to or ""]
        if before:
            first = next(iter(before))
            yield first, before.pop(first) + 1
        else:
            yield _new_id(order, entry, taken), 1


def _replaceable(reading: Reading, order: Order, earlier: Sequence[Accepted]) -> defaultdict[str, dict[str, int]]:
    """By target: the ids and newest versions of this sender's earlier answers."""
    versions: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for one in earlier:
        same_sender = (one.head["kind"], one.head["area"]) == (order.kind, order.area)
        # There are many reviewers, but a state is one sender, no matter which institution writes.
        if same_sender and (order.kind != "review" or one.head["issuer"] == reading.issuer):
            for entry, version, target in one.entries.select("id", "version", "replies_to").iter_rows():
                versions[target][entry] = max(version, versions[target].get(entry, 0))
    return versions


def _new_id(order: Order, entry: ReportEntry, taken: set[str]) -> str:
    """The first free id on a paragraph; it is added to `taken`."""
    base = f"{order.kind}:{order.area}:{order.period}:{entry.paragraph}"
    number = 1
    while (candidate := base if number == 1 else f"{base}.{number}") in taken:
        number += 1
    taken.add(candidate)
    return candidate


def _stored(entry: ReportEntry, reading: Reading, order: Order, entry_id: str, version: int) -> dict[str, Any]:
    """An entry as it is stored; a line without a document cites the workbook itself."""
    own = {"title": cover.title(order), "issuer": reading.issuer, "date": reading.dated}
    cited = {"title": entry.document, "issuer": entry.issuer, "date": entry.dated, "url": entry.url}
    return {
        "id": entry_id,
        "version": version,
        "replies_to": entry.replies_to,
        "paragraph": entry.paragraph,
        "period_from": entry.period_from or order.start,
        "period_to": entry.period_to or order.end,
        "finding": entry.finding,
        "status": entry.status,
        **(cited if entry.document else own),
        "line": entry.line,
        "value": entry.value,
        "locator": f"{entry.sheet}!{entry.row}",
    }
