"""Inputs of a usual size that take a parser very long."""

import io
import zipfile

from tests.attacks.workbooks import valid

# A key of many parts: Python's parser takes a time that grows with the square of their number.
DOTTED = f"{'.'.join('a' * 15_000)} = 1".encode()


def with_attributes(many: int) -> bytes:
    """A workbook with a cell that has many attributes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(valid(0))) as given, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            content = given.read(name)
            if name.endswith("sheet1.xml"):
                attributes = " ".join(f'a{number}=""' for number in range(many))
                content = content.replace(b"<sheetData>", f"<sheetData><row {attributes}/>".encode(), 1)
            made.writestr(name, content)
    return stream.getvalue()
