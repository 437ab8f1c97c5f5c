"""The tables of a snapshot as files for download, written on first use to a temporary folder.

Page "Sources" and the API (`/api/v1`) serve these files. A killed process leaves its folder behind, and the next one
removes it. A file lock shows whether the owner of a folder is alive: the system releases it however a process ends,
also in another container.
"""

import os
import shutil
import stat
import tempfile
from collections.abc import Callable
from functools import cached_property, lru_cache, partial
from hashlib import sha256
from pathlib import Path
from threading import RLock
from typing import Any
from weakref import finalize
from zlib import compressobj

import polars as pl

from dashboard import store
from dashboard.export import archive, formats, sdmx
from dashboard.export.citation import Cited, cited_sources
from dashboard.export.metadata import Metadata, metadata, open_rows
from dashboard.subjects.question import OBSERVED
from dashboard.words import data_version, terms
from dashboard.words.source_facts import open_tables, withheld
from data.i18n import DEFAULT, Language, language
from data.manifest import codebook_table
from data.number_states import columns, with_states
from data.snapshot import BOUNDARIES, SEAL, Snapshot

try:
    import fcntl
except ImportError:  # Windows, where the folder of a killed process stays
    fcntl = None  # type: ignore[assignment]

PREFIX = "atalaya-"
LOCK = "lock"
GZIP = 31
BLOCK = 1 << 20


def shelf() -> "Shelf":
    """The files of the open snapshot, removed when it is no longer shown, or with the process."""
    return _shelf(store.snapshot())


@lru_cache(store.MOST_OPEN)
def _shelf(snapshot: Snapshot) -> "Shelf":
    return Shelf(snapshot)


class Shelf:
    """The files of one snapshot. Methods raise KeyError for tables that are not offered, and OSError on a full disk."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.barred = withheld(snapshot.manifest)
        self._making = RLock()
        self._facts: dict[tuple[str, str], Any] = {}

    def values(self, name: str, column: str) -> tuple[str, ...]:
        """The values of a column, sorted."""
        if (name, column) not in self._facts:
            found = self.rows(name).select(pl.col(column).drop_nulls().unique().sort()).collect()
            self._facts[name, column] = tuple(found[column])
        known: tuple[str, ...] = self._facts[name, column]
        return known

    def years(self, name: str) -> tuple[int, int]:
        """The first and last year of a table."""
        if (name, "") not in self._facts:
            span = self.rows(name).select(first=pl.col("year").min(), last=pl.col("year").max()).collect().row(0)
            self._facts[name, ""] = (int(span[0]), int(span[1]))
        first, last = self._facts[name, ""]
        return first, last

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The tables that may be passed on, and the polygons."""
        return open_tables(self.snapshot.manifest)

    def rows(self, name: str) -> pl.LazyFrame:
        """The rows of a table that may be passed on, each with the state of its figure."""
        if name not in self.names or name == BOUNDARIES:
            raise KeyError(name)
        return with_states(open_rows(self.snapshot.table(name), self.barred))

    def parquet(self, name: str) -> Path:
        """A table as Parquet with its metadata; the polygons as GeoParquet."""
        if name == BOUNDARIES and name in self.names:
            return self._file(f"{name}.parquet", self._polygons)
        rows = self.rows(name)
        return self._file(
            f"{name}.parquet",
            lambda path: formats.write_parquet(rows, self._metadata(language(DEFAULT), name), path),
        )

    def csv(self, name: str) -> Path:
        """A table as CSV."""
        rows = self.rows(name)
        return self._file(f"{name}.csv", lambda path: formats.write_csv(rows, self.snapshot.id, path))

    def packed(self, path: Path) -> Path:
        """A file compressed with gzip."""
        return self._file(f"{path.name}.gz", partial(_compress, path))

    @cached_property
    def package(self) -> dict[str, Any]:
        """The data package of all Parquet files: the manifest of the snapshot with sizes and hashes of these files."""
        manifest, package_metadata = self.snapshot.manifest, self._metadata(language(DEFAULT), "snapshot")
        return {
            # The hash of the manifest's own content is not that of this one.
            **{name: value for name, value in manifest.items() if name != SEAL},
            "withheld": list(self.barred),
            "licenses": list(package_metadata.licenses),
            "resources": [self._resource(table) for table in manifest["resources"] if table["name"] in self.names],
        }

    def archive(self, lang: Language) -> bytes:
        """A ZIP data package of everything with the codebook; its README is in the reader's language."""
        package_metadata, codebook_csv = (
            self._metadata(lang, "snapshot"),
            formats.csv(codebook_table(), self.snapshot.id),
        )
        codebook_resource = archive.resource(codebook_table(), "codebook", {}, codebook_csv, self.snapshot.id)
        package = {**self.package, "resources": [*self.package["resources"], codebook_resource]}
        files = {f"{name}.parquet": self.parquet(name).read_bytes() for name in self.names}
        texts = {archive.DESCRIPTOR: archive.json_text(package), archive.README: package_metadata.readme.encode()}
        return archive.zipped(
            {**files, f"{codebook_resource['name']}.csv": codebook_csv, **texts}, package_metadata.created
        )

    def _metadata(self, lang: Language, name: str) -> Metadata:
        """The metadata of a table or, for any other name, of all tables."""
        manifest, whole = self.snapshot.manifest, name not in self.names
        rows = pl.DataFrame() if whole else self.rows(name).collect()
        sources = [
            source["name"]
            for source in manifest["sources"]
            if (source["name"] not in self.barred if whole else name in source["tables"])
        ]
        title = data_version.title(lang) if whole else terms.term(lang, "table", name)
        cited = Cited(name, title, "", self.snapshot.id, manifest["created"], cited_sources(rows, manifest, sources))
        files = [(f"{table}.parquet", terms.term(lang, "table", table)) for table in self.names] if whole else []
        return metadata(lang, self.snapshot, cited, rows.columns, files)

    def _resource(self, table: dict[str, Any]) -> dict[str, Any]:
        path = self.parquet(table["name"])
        content, rows = path.read_bytes(), pl.scan_parquet(path).select(pl.len()).collect().item()
        fields = table["schema"]["fields"]
        added = [{"name": name, "type": "string"} for name in columns([field["name"] for field in fields])]
        schema = {**table["schema"], "fields": [*fields, *added]}
        size = {"rows": rows, "size": len(content), "hash": f"sha256:{sha256(content).hexdigest()}"}
        flow = {"sdmx": sdmx.dataflow(table["name"])} if table["name"] in OBSERVED else {}
        return {**table, "schema": schema, **size, **flow}

    def _polygons(self, path: Path) -> None:
        self.snapshot.boundaries().to_parquet(path, compression="zstd", index=False)

    @cached_property
    def _folder(self) -> Path:
        return temporary_folder(self)

    def _file(self, name: str, write: Callable[[Path], None]) -> Path:
        """A file of the folder; if it does not exist, one thread writes it and others wait."""
        path = self._folder / name
        if not path.exists():
            with self._making:
                if not path.exists():
                    # A cleaner of temporary folders may have removed it.
                    self._folder.mkdir(mode=0o700, exist_ok=True)
                    draft = path.with_name(f"{name}.draft")
                    write(draft)
                    draft.replace(path)
        return path


def temporary_folder(owner: object) -> Path:
    """A new folder readable only by this user, removed with its owner or at the end of the process."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    if not fcntl:
        finalize(owner, shutil.rmtree, folder, ignore_errors=True)
        return folder
    # Rename the lock file only once it is locked, so that no other process takes the folder for a leftover.
    lock = os.open(draft := folder / f"{LOCK}.draft", os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    draft.replace(folder / LOCK)
    finalize(owner, _remove, folder, lock)
    return folder


def remove_leftovers() -> list[Path]:
    """Remove this user's folders whose processes have ended; returns the removed ones."""
    every = sorted(Path(tempfile.gettempdir()).glob(f"{PREFIX}*")) if fcntl else []
    return [folder for folder in every if _remove_if_orphaned(folder)]


def _remove_if_orphaned(folder: Path) -> bool:
    """Remove a folder if no process owns it; returns whether it did."""
    try:
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
            return False
        lock = os.open(folder / LOCK, os.O_RDWR | os.O_NOFOLLOW)
    except OSError:
        # Without a lock file the owner is unknown.
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        return False
    _remove(folder, lock)
    return True


def _remove(folder: Path, lock: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    os.close(lock)


def _compress(source: Path, target: Path) -> None:
    gzip = compressobj(wbits=GZIP)
    with source.open("rb") as read, target.open("wb") as written:
        while block := read.read(BLOCK):
            written.write(gzip.compress(block))
        written.write(gzip.flush())
