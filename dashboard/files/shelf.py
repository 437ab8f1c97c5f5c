"""Every table of a snapshot as files that may be passed on, made when first asked for, in a folder of their own.

The same files serve the page of sources and the addresses under `/api/v1`; what may not be passed on is not in them.
"""

from collections.abc import Callable
from functools import cache, cached_property, partial
from hashlib import sha256
from pathlib import Path
from threading import RLock
from typing import Any
from zlib import compressobj

import polars as pl

from dashboard import store, terms
from dashboard.citation import Cited, rests
from dashboard.describe.enclosed import enclosed
from dashboard.files import archive, delimited, parquet, rights
from dashboard.files.enclosed import Enclosed
from dashboard.files.scratch import scratch
from data.account import codebook
from data.i18n import DEFAULT, Language, language
from data.snapshot import BOUNDARIES, Snapshot

GZIP, BLOCK = 31, 1 << 20


@cache
def shelf() -> "Shelf":
    """The files of the snapshot of this process; they go with it."""
    return Shelf(store.snapshot())


class Shelf:
    """The files of one snapshot. Its methods raise KeyError for what is not handed out, and OSError on a full disk."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.barred = rights.withheld(snapshot.manifest)
        self._making = RLock()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The tables that may be passed on, and the polygons."""
        return tuple(rights.tables(self.snapshot.manifest))

    def rows(self, name: str) -> pl.LazyFrame:
        """What of a table may be passed on."""
        if name not in self.names or name == BOUNDARIES:
            raise KeyError(name)
        return rights.passed_on(self.snapshot.table(name), self.barred)

    def parquet(self, name: str) -> Path:
        """A table as Parquet with its account in the metadata; the polygons as GeoParquet."""
        if name == BOUNDARIES and name in self.names:
            return self._kept(f"{name}.parquet", self._polygons)
        rows = self.rows(name)
        return self._kept(
            f"{name}.parquet", lambda path: parquet.write(rows, self._told(language(DEFAULT), name), path)
        )

    def csv(self, name: str) -> Path:
        """A table as CSV."""
        return self._kept(f"{name}.csv", partial(delimited.write, self.rows(name), self.snapshot.id))

    def packed(self, path: Path) -> Path:
        """The same file as gzip."""
        return self._kept(f"{path.name}.gz", partial(_pack, path))

    @cached_property
    def package(self) -> dict[str, Any]:
        """The data package of all Parquet files: the manifest of the snapshot with the files as they are here."""
        manifest, told = self.snapshot.manifest, self._told(language(DEFAULT), "snapshot")
        return {
            **manifest,
            "withheld": list(self.barred),
            "licenses": list(told.licences),
            "resources": [self._resource(held) for held in manifest["resources"] if held["name"] in self.names],
        }

    def archive(self, lang: Language) -> bytes:
        """Everything as one data package, the codebook with it; its account is in the reader's language."""
        told, book = self._told(lang, "snapshot"), delimited.csv(codebook(), self.snapshot.id)
        described = archive.resource(codebook(), "codebook", {}, book, self.snapshot.id)
        package = {**self.package, "resources": [*self.package["resources"], described]}
        files = {f"{name}.parquet": self.parquet(name).read_bytes() for name in self.names}
        words = {archive.DESCRIPTOR: archive.text(package), archive.ACCOUNT: told.account.encode()}
        return archive.zipped({**files, f"{described['name']}.csv": book, **words}, told.created)

    def _told(self, lang: Language, name: str) -> Enclosed:
        """The account of a table, or of all of them, each named."""
        manifest, whole = self.snapshot.manifest, name not in self.names
        every = [told["name"] for told in manifest["sources"] if told["name"] not in self.barred]
        rows = pl.DataFrame() if whole else self.rows(name).collect()
        about = every if whole else [told["name"] for told in manifest["sources"] if name in told["tables"]]
        title = str(manifest["title"]) if whole else terms.term(lang, "table", name)
        cited = Cited(name, title, "", self.snapshot.id, manifest["created"], rests(rows, manifest, about))
        files = [(f"{table}.parquet", terms.term(lang, "table", table)) for table in self.names] if whole else []
        return enclosed(lang, self.snapshot, cited, rows.columns, files)

    def _resource(self, held: dict[str, Any]) -> dict[str, Any]:
        path = self.parquet(held["name"])
        content, rows = path.read_bytes(), pl.scan_parquet(path).select(pl.len()).collect().item()
        return {**held, "rows": rows, "size": len(content), "hash": f"sha256:{sha256(content).hexdigest()}"}

    def _polygons(self, path: Path) -> None:
        self.snapshot.boundaries().to_parquet(path, compression="zstd", index=False)

    @cached_property
    def _folder(self) -> Path:
        """Goes with the shelf, or else with the process."""
        return scratch(self)

    def _kept(self, name: str, write: Callable[[Path], None]) -> Path:
        """A file of the folder; where it is not there yet one who asks writes it, the others wait."""
        path = self._folder / name
        if not path.exists():
            with self._making:
                if not path.exists():
                    # Who tidies the machine's temporary folder may have taken it.
                    self._folder.mkdir(mode=0o700, exist_ok=True)
                    draft = path.with_name(f"{name}.draft")
                    write(draft)
                    draft.replace(path)
        return path


def _pack(source: Path, target: Path) -> None:
    press = compressobj(wbits=GZIP)
    with source.open("rb") as read, target.open("wb") as written:
        while block := read.read(BLOCK):
            written.write(press.compress(block))
        written.write(press.flush())
