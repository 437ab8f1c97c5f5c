"""Rows as read: what a snapshot keeps of each file that it was made from, so that a later build needs no files.

They are in the snapshot's folder `read/`, one Parquet file for each raw file, and are not part of the data package. An
`index.json` beside them has the receipts, findings and hashes; the manifest has the hash of the index.

Only the rows that the tables rest on are kept (`etl.making.needed`). The others are in the findings, as counts, so that
rows read = kept + set aside stays true.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import geopandas as gpd
import polars as pl

from data.disputed import AREAS, SHAPES
from data.reviewed import REFERENCE as REVIEWED
from data.snapshot import BOUNDARIES, Snapshot, shapes
from etl.errors import SourceError
from etl.fetching.raw import Receipt
from etl.making import restated
from etl.making.boundaries import MapLabels
from etl.making.needed import needed
from etl.making.read import Read
from etl.parsed import Finding, Parsed, merged
from etl.source_declaration import REFERENCE, REGISTRY, REPORTS, Declaration

FOLDER = "read"
INDEX = f"{FOLDER}/index.json"
# The manifest's key of the hash of the index.
KEY = "rows_as_read"
# Files that are in every clone.
AT_HAND = (REFERENCE, REPORTS, REGISTRY)
FACTS = ("release", "release_basis", "read", "kept", "part")
COUNTRIES = "countries"
# These files are in the repository and read seldom: a high level makes them a fifth smaller.
LEVEL = 15


@dataclass(frozen=True)
class ParsedFile:
    """One raw file and its parsed content."""

    receipt: Receipt
    parsed: Parsed


# ---------------------------------------------------------------- keep


def reduced(
    known: Mapping[str, Declaration],
    parsed: Mapping[str, list[ParsedFile]],
    frames: Mapping[str, pl.DataFrame],
    states: tuple[str, ...],
) -> dict[str, list[ParsedFile]]:
    """The files with only the rows that a snapshot keeps, and without what another source's mask hides.

    Files that are in every clone, or may not be passed on, stay whole.

    Args:
        known, parsed: the sources, and their parsed files.
        frames: the tables made from them.
        states: ISO3 of the 35 states.
    """
    vintages = frames["vintages"]
    read = Read(
        known,
        {name: [_hidden(one.parsed, known[name], vintages) for one in files] for name, files in parsed.items()},
    )
    few = needed(read, frames, states)
    return {
        name: [replace(one, parsed=rows) for one, rows in zip(files, few[name], strict=True)]
        if _stored(known[name])
        else files
        for name, files in parsed.items()
    }


def _hidden(parsed: Parsed, source: Declaration, vintages: pl.DataFrame) -> Parsed:
    if source.rows != "observations":
        return parsed
    return replace(parsed, rows=restated.hidden(parsed, source, vintages.filter(source=source.id)))


def _stored(source: Declaration) -> bool:
    return source.fetch not in AT_HAND and source.redistribute != "none"


def kept(
    known: Mapping[str, Declaration], files: Mapping[str, list[ParsedFile]], others: list[Finding]
) -> dict[str, bytes]:
    """The files of `read/` by their path in the snapshot's folder, one for each part of a raw file, the index last.

    Args:
        known: the sources.
        files: their reduced files (`reduced`).
        others: findings about the rows that these no longer have.
    """
    stored: dict[str, bytes] = {}
    entries: list[dict[str, Any]] = []
    for name, source in known.items():
        for one in files.get(name, []) if _stored(source) else []:
            alone = sum(other.receipt.sha256 == one.receipt.sha256 for other in files[name]) == 1
            part = "" if alone else f"-{one.parsed.release}-{one.parsed.part}"
            path = f"{FOLDER}/{name}-{one.receipt.sha256[:12]}{part}.parquet"
            stored[path] = _parquet(one.parsed.rows)
            entries.append({"source": name, "path": path, "hash": digest(stored[path]), **_facts(one, name, others)})
    index = {"files": entries, "map": drawn_from()}
    return {**stored, INDEX: json.dumps(index, indent=1, ensure_ascii=False).encode()}


def drawn_from() -> dict[str, str]:
    """The hashes of the reviewed files that the map is made from, by name."""
    paths = (AREAS, SHAPES, REVIEWED / MapLabels.FILE)
    return {path.name: digest(path.read_bytes()) for path in paths}


def digest(content: bytes) -> str:
    """The hash of a file, as the manifest writes it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _parquet(rows: pl.DataFrame) -> bytes:
    stream = BytesIO()
    rows.write_parquet(stream, compression="zstd", compression_level=LEVEL)
    return stream.getvalue()


def _facts(one: ParsedFile, source: str, others: list[Finding]) -> dict[str, Any]:
    facts = {name: getattr(one.parsed, name) for name in FACTS}
    file = (source, one.parsed.release, one.parsed.part)
    mine = [found for found in others if (found.source, found.release, found.part) == file]
    findings = merged([*one.parsed.findings, *mine])
    return {"receipt": asdict(one.receipt), **facts, "findings": [asdict(found) for found in findings]}


# ---------------------------------------------------------------- use again


def has(snapshot: Snapshot | None, source: str) -> bool:
    """Whether a snapshot keeps the rows, or the polygons, of a source; older snapshots keep none."""
    if snapshot is None or KEY not in snapshot.manifest:
        return False
    return any(one["name"] == source and one["redistribute"] != "none" for one in snapshot.manifest["sources"])


def files(snapshot: Snapshot, source: str, at_hand: Collection[str] = ()) -> list[ParsedFile]:
    """The source's parsed files that a snapshot keeps, in the order of its build, without those at hand.

    Args:
        at_hand: the SHA-256 of the raw files that are at hand.

    Raises:
        SourceError: a file is missing or damaged; the text names it.
    """
    mine = [entry for entry in _index(snapshot, source)["files"] if entry["source"] == source]
    return [_file(snapshot, entry) for entry in mine if entry["receipt"]["sha256"] not in at_hand]


def verified(snapshot: Snapshot) -> int:
    """The number of files that a snapshot keeps, each as it was published.

    Raises:
        SourceError: one is missing or damaged; the text names it.
    """
    if KEY not in snapshot.manifest:
        return 0
    entries = _index(snapshot, "any")["files"]
    for entry in entries:
        _content(snapshot, entry["source"], entry["path"], entry["hash"])
    return len(entries)


def _file(snapshot: Snapshot, entry: dict[str, Any]) -> ParsedFile:
    facts = {name: entry[name] for name in FACTS}
    findings = [Finding(**found) for found in entry["findings"]]
    rows = pl.read_parquet(BytesIO(_content(snapshot, entry["source"], entry["path"], entry["hash"])))
    return ParsedFile(Receipt(**entry["receipt"]), Parsed(rows, **facts, findings=findings))


def polygons(snapshot: Snapshot, source: str) -> tuple[tuple[Receipt, ...], gpd.GeoDataFrame, pl.DataFrame]:
    """The receipts of the files of the polygons, and the two tables of the map.

    Raises:
        SourceError: a table is missing or damaged, or a reviewed file of the map has changed since.
    """
    made_from = _index(snapshot, source)["map"]
    if changed := [name for name, known in drawn_from().items() if made_from.get(name) != known]:
        problem = f"the map has to be made again, since {', '.join(changed)} changed"
        raise SourceError(f"{problem}; name a folder of its files with --mirror", source=source)
    tables = {one["name"]: one for one in snapshot.manifest["resources"]}
    ground, countries = (
        pl.read_parquet(BytesIO(_content(snapshot, source, tables[name]["path"], tables[name]["hash"])))
        for name in (BOUNDARIES, COUNTRIES)
    )
    return _receipts(snapshot, source), shapes(ground), countries


def _receipts(snapshot: Snapshot, source: str) -> tuple[Receipt, ...]:
    (releases,) = (one["releases"] for one in snapshot.manifest["sources"] if one["name"] == source)
    return tuple(Receipt(**{field.name: release[field.name] for field in fields(Receipt)}) for release in releases)


def _index(snapshot: Snapshot, source: str) -> dict[str, Any]:
    index: dict[str, Any] = json.loads(_content(snapshot, source, INDEX, snapshot.manifest[KEY]))
    return index


def _content(snapshot: Snapshot, source: str, path: str, expected: str) -> bytes:
    """A file of a snapshot, if it is as it was published.

    Raises:
        SourceError: it is not; the text names it.
    """
    place = Path(snapshot.root) / path
    content = place.read_bytes() if place.is_file() else b""
    if digest(content) != expected:
        problem = "damaged" if content else "missing"
        raise SourceError(
            f"its rows are not at hand: {place} is {problem}; get the snapshot again (git checkout), or name a folder "
            "of the publishers' files with --mirror",
            source=source,
        )
    return content
