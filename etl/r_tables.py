"""Read the one table of an R data file (`.rda`)."""

import bz2
import lzma
import warnings
import zlib
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import polars as pl
from rdata.conversion import convert
from rdata.parser import RObject, RObjectType, parse_data

from etl.errors import SourceError

SIGNATURES = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"RDX")
# Most bytes of an unpacked file: a small packed one could fill the memory.
MOST_BYTES = 200_000_000


def read_r(
    content: bytes,
    texts: Sequence[str],
    numbers: Mapping[str, int],
    *,
    source: str,
    file: str,
    blank: Collection[str] = (),
) -> pl.DataFrame:
    """Some columns of the only table of an R data file, and `row` (counted from 1).

    Args:
        content: the bytes of the file.
        texts: columns to read as they are printed.
        numbers: columns of whole numbers from zero, with the largest one that is plausible; read as Float64.
        source, file: the place, for errors.
        blank: those of `numbers` that may be blank; a blank is null.

    Raises:
        SourceError: the bytes are not such a file, a column is missing, or a value is not of the kind above.
    """
    columns = (*texts, *numbers)
    if not content.startswith(SIGNATURES):
        raise SourceError("this is not an R data file; download it again from the publisher", source=source, file=file)
    try:
        # The library warns of what it leaves out: such a file has another form.
        with warnings.catch_warnings(action="error", category=UserWarning):
            found = _columns(_unpacked(content))
        missing = [name for name in columns if name not in found]
        values = {} if missing else {name: _values(name, found[name]) for name in columns}
        table = pl.DataFrame(values).with_row_index("row", 1)
    except Exception as error:  # The library checks little: odd bytes may raise any error in it.
        why = str(error) or type(error).__name__
        problem = f"the R data file is damaged or of another form ({why}); download it again from the publisher"
        raise SourceError(problem, source=source, file=file) from error
    if missing:
        problem = f"it has no column {', '.join(missing)}, only {', '.join(found)}; adapt the parser"
        raise SourceError(problem, source=source, file=file)
    if table.is_empty():
        raise SourceError("its table has no rows; download it again from the publisher", source=source, file=file)
    kinds = dict.fromkeys(texts, pl.String) | dict.fromkeys(numbers, pl.Float64)
    odd = [name for name, kind in kinds.items() if table.schema[name] != kind]
    if odd:
        problem = f"column {', '.join(odd)} has texts instead of numbers or the reverse; adapt the parser"
        raise SourceError(problem, source=source, file=file)
    table = table.with_columns(pl.col(*numbers).fill_nan(None))
    for name, most in numbers.items():
        value = pl.col(name)
        right = value.is_between(0, most) & (value == value.floor())
        for row, wrong in table.filter(~right.fill_null(name in blank)).select("row", name).head(1).iter_rows():
            problem = f"column {name} has {wrong}, not a whole number from 0 to {most}; check the file"
            raise SourceError(problem, source=source, file=file, row=row)
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
