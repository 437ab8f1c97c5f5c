"""Read the one table of an R data file (`.rda`)."""

import bz2
import lzma
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from rdata.conversion import convert
from rdata.parser import RObject, RObjectType, parse_data

from etl.errors import SourceError

DAMAGED = (ValueError, TypeError, LookupError, NotImplementedError, EOFError, OSError, zlib.error, lzma.LZMAError)
SIGNATURES = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"RDX")
# Most bytes of an unpacked file: a small packed one could fill the memory.
MOST_BYTES = 200_000_000


def read_r(content: bytes, columns: Sequence[str], *, source: str, file: str) -> pl.DataFrame:
    """Some columns of the only table of an R data file, and `row` (counted from 1): texts, and numbers as Float64.

    Raises:
        SourceError: the bytes are not such a file, or a column is missing.
    """
    if not content.startswith(SIGNATURES):
        raise SourceError("this is not an R data file; download it again from the publisher", source=source, file=file)
    try:
        found = _columns(_unpacked(content))
        missing = [name for name in columns if name not in found]
        values = {} if missing else {name: _values(name, found[name]) for name in columns}
        table = pl.DataFrame(values).with_row_index("row", 1)
    except DAMAGED as error:
        problem = f"the R data file is damaged or of another form ({error}); download it again from the publisher"
        raise SourceError(problem, source=source, file=file) from error
    if missing:
        problem = f"it has no column {', '.join(missing)}, only {', '.join(found)}; adapt the parser"
        raise SourceError(problem, source=source, file=file)
    return table


def _unpacked(content: bytes) -> bytes:
    """The content without its compression."""
    if content.startswith(b"BZh"):
        bits = bz2.BZ2Decompressor().decompress(content, MOST_BYTES)
    elif content.startswith(b"\xfd7zXZ"):
        bits = lzma.LZMADecompressor().decompress(content, MOST_BYTES)
    elif content.startswith(b"\x1f\x8b"):
        bits = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(content, MOST_BYTES)
    else:
        bits = content
    if len(bits) >= MOST_BYTES:
        raise ValueError(f"more than {MOST_BYTES:,} bytes")
    return bits


def _columns(content: bytes) -> Mapping[str, RObject]:
    """The columns of the table by name, not yet converted: a table has more than a parser needs."""
    named = parse_data(content).object
    if named.info.type is not RObjectType.LIST or named.value[1].info.type is not RObjectType.NILVALUE:
        raise ValueError("not one table")
    table = named.value[0]
    names = convert(table.attributes)["names"]
    return dict(zip(names, table.value, strict=True))


def _values(name: str, column: RObject) -> pl.Series:
    """The values of a column, whatever R's class for them is (a month, a quarter)."""
    if column.info.type is RObjectType.STR:
        return pl.Series(name, [None if one.value is None else one.value.decode() for one in column.value], pl.String)
    plain: Any = column.value
    return pl.Series(name, plain.tolist(), pl.Float64, strict=False)
