"""The cells of the publishers' real workbooks, as openpyxl reads them; once a run, since it takes seconds."""

import pickle
import tempfile
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import openpyxl
from filelock import FileLock

Rows = list[tuple[object, ...]]
# Where the rows are stored for the other workers; `tests/conftest.py` sets it to a folder of the run. Never the current
# folder: the publishers' cells do not belong into the repository.
FOLDER = Path(tempfile.gettempdir())


@cache
def sheets(content: bytes) -> dict[str, Rows]:
    """Every row of every sheet, by the sheet's name; the workers of a run share what one of them has read."""
    path = FOLDER / sha256(content).hexdigest()
    with FileLock(f"{path}.lock"):
        if not path.exists():
            path.write_bytes(pickle.dumps(_read(content)))
    return pickle.loads(path.read_bytes())  # noqa: S301 - a worker of this run wrote it


def _read(content: bytes) -> dict[str, Rows]:
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
