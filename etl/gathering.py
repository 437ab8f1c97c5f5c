"""The files of every source and what was read in them; the room that reading took is given back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
from geopandas import GeoDataFrame

from etl import boundaries
from etl.declaration import Declaration
from etl.errors import SourceError
from etl.fetch import Held
from etl.kept import refuse
from etl.rawfile import RawFile
from etl.receipts import Receipt, receive
from etl.room import give_back
from etl.tables import POLYGONS

# Gets the files of one source; of those named in `unread` (address, and why) others.
Asked = Callable[..., Held]


@dataclass(frozen=True)
class Gathered:
    """By source the files and what was read in each; and the map's two tables, of `boundaries.build`."""

    files: Mapping[str, Held]
    receipts: Mapping[str, list[Receipt]]
    shapes: GeoDataFrame
    countries: pl.DataFrame


def gather(known: Mapping[str, Declaration], ask: Callable[[Declaration], Asked], raw: Path, today: date) -> Gathered:
    """Get and read the files of every source.

    Args:
        known, ask: the sources, by id, and how the files of one are asked for.
        raw, today: where they are kept; the day of the build (UTC), after which no release can be dated.

    Raises:
        FetchError, SourceError: a source has no file that can be read.
    """
    files: dict[str, Held] = {}
    receipts: dict[str, list[Receipt]] = {}
    for name, source in known.items():
        if name == POLYGONS:
            files[name] = ask(source)()
            ground = boundaries.build(files[name].files)
            # Polygons leave 150 MB; workbooks and records, below, 130 MB, which the tables would come on top of.
            give_back()
        else:
            files[name], receipts[name] = _read(ask(source), raw / name, today)
    give_back()
    return Gathered(files, receipts, *ground)


def _read(ask: Asked, folder: Path, today: date) -> tuple[Held, list[Receipt]]:
    """A source's files and what is in them.

    One just downloaded that cannot be read is put aside, and asked no more: the next newest serves, or what is held.
    """
    unread: dict[str, str] = {}
    while True:
        held = ask(unread=unread)
        try:
            return held, receive(held.files, today)
        except SourceError:
            new = [file for file in held.files if file.name in held.new]
            broken = {file.name: problem for file in new if (problem := _broken(file, today))}
            if not broken:
                raise
            refuse(folder, broken.keys())
            unread |= {file.address: broken[file.name] for file in held.files if file.name in broken}


def _broken(file: RawFile, today: date) -> str:
    """Why nobody can read a file, or nothing."""
    try:
        receive([file], today)
    except SourceError as error:
        return str(error)
    return ""
