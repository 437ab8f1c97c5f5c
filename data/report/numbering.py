"""The ids and versions of the entries of an accepted workbook: what is said anew keeps its id, in the next version.

A state's report for a period is one: all its entries have the version of the report. A review, a reply and a correction
stand for themselves: a later one of the same sender on the same thing is the next version of that entry.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from data.report import cover
from data.report.asked import Asked
from data.report.entry import Entry
from data.report.kept import Kept
from data.report.outcome import Reading

Versions = dict[str, int]


def numbered(reading: Reading, asked: Asked, version: int, kept: Sequence[Kept]) -> list[dict[str, Any]]:
    """The entries as they are kept.

    Args:
        version: of the workbook among those of its kind, area and period.
        kept: what was accepted before.
    """
    if asked.kind == "report":
        taken: set[str] = set()
        ids = [(_free(asked, entry, taken), version) for entry in reading.entries]
    else:
        ids = list(_answers(reading, asked, kept))
    return [_kept(entry, reading, asked, *told) for entry, told in zip(reading.entries, ids, strict=True)]


def _answers(reading: Reading, asked: Asked, kept: Sequence[Kept]) -> Iterator[tuple[str, int]]:
    """For each answer the id of the earlier one that it takes the place of, or a new id."""
    earlier = _earlier(reading, asked, kept)
    taken = {one for held in kept for one in held.entries["id"]}
    for entry in reading.entries:
        before = earlier[entry.replies_to or ""]
        if before:
            one = next(iter(before))
            yield one, before.pop(one) + 1
        else:
            yield _free(asked, entry, taken), 1


def _earlier(reading: Reading, asked: Asked, kept: Sequence[Kept]) -> defaultdict[str, Versions]:
    """By what is answered, the ids and newest versions of the earlier answers of this sender."""
    found: defaultdict[str, Versions] = defaultdict(dict)
    for held in kept:
        sender = (held.head["kind"], held.head["area"]) == (asked.kind, asked.area)
        # Of reviewers there are many; a state is one, whichever of its institutions writes.
        if sender and (asked.kind != "review" or held.head["issuer"] == reading.issuer):
            for one, version, target in held.entries.select("id", "version", "replies_to").iter_rows():
                found[target][one] = max(version, found[target].get(one, 0))
    return found


def _free(asked: Asked, entry: Entry, taken: set[str]) -> str:
    """The first id on a paragraph that no entry has; it has one from then on."""
    base = f"{asked.kind}:{asked.area}:{asked.period}:{entry.paragraph}"
    number = 1
    while (one := base if number == 1 else f"{base}.{number}") in taken:
        number += 1
    taken.add(one)
    return one


def _kept(entry: Entry, reading: Reading, asked: Asked, one: str, version: int) -> dict[str, Any]:
    """An entry as it is kept; a line without a document has the workbook itself as its document."""
    own = {"title": cover.heading(asked), "issuer": reading.issuer, "date": reading.dated}
    cited = {"title": entry.document, "issuer": entry.issuer, "date": entry.dated, "url": entry.url}
    return {
        "id": one,
        "version": version,
        "replies_to": entry.replies_to,
        "paragraph": entry.paragraph,
        "period_from": entry.period_from or asked.begins,
        "period_to": entry.period_to or asked.ends,
        "finding": entry.finding,
        "status": entry.status,
        **(cited if entry.document else own),
        "line": entry.line,
        "value": entry.value,
        "locator": f"{entry.sheet}!{entry.row}",
    }
