"""The publishers' real workbooks, as openpyxl reads them, and files of R; once a run, since it takes seconds."""

import pickle
import tempfile
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import openpyxl
from filelock import FileLock

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")
Rows = list[tuple[object, ...]]
# Where the rows are stored for the other workers; `tests/conftest.py` sets it to a folder of the run. Never the current
# folder: the publishers' cells do not belong into the repository.
FOLDER = Path(tempfile.gettempdir())


def _shared(read: Callable[[bytes], T], content: bytes) -> T:
    """What a function reads in a file; the workers of a run share what one of them has read."""
    path = FOLDER / sha256(content).hexdigest()
    with FileLock(f"{path}.lock"):
        if not path.exists():
            path.write_bytes(pickle.dumps(read(content)))
    found: T = pickle.loads(path.read_bytes())  # noqa: S301 - a worker of this run wrote it
    return found


@cache
def sheets(content: bytes) -> dict[str, Rows]:
    """Every row of every sheet, by the sheet's name."""
    return _shared(_sheets, content)


def _sheets(content: bytes) -> dict[str, Rows]:
    book = openpyxl.load_workbook(BytesIO(content), read_only=True)
    for sheet in book.worksheets:
        # The dimensions recorded in the sheets may be wrong.
        sheet.reset_dimensions()
    by_sheet = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    book.close()
    return by_sheet


def cells(path: Path) -> Rows:
    """Every row of a workbook's first sheet."""
    return next(iter(sheets(path.read_bytes()).values()))


@cache
def r_table(path: Path) -> "pd.DataFrame":
    """The table of a file of R as pandas reads it through the library's own conversion, for tests that only read it."""
    return _shared(_r_table, path.read_bytes())


def _r_table(content: bytes) -> "pd.DataFrame":
    import rdata

    plain = {"yearmonth": lambda values, _: values, "yearquarter": lambda values, _: values}
    frame = rdata.conversion.DEFAULT_CLASS_MAP["data.frame"]
    classes = {**rdata.conversion.DEFAULT_CLASS_MAP, **plain, "tbl_df": frame}
    return next(iter(rdata.read_rda(BytesIO(content), constructor_dict=classes).values()))
