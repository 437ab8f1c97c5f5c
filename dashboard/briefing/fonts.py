"""The letters of the paper: the fonts of the screen, which Streamlit brings along packed, made ready for print.

Typst reads fonts from a folder. They are unpacked into one for the life of the process; each takes a tenth of a second.
"""

import sys
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock

from fontTools.ttLib import TTFont, woff2

from dashboard.files.shelf import temporary_folder

# The beginnings of the files' names, which end with a hash, and what the fonts call themselves.
PACKED = {"SourceSansVF-Upright": "SourceSans3VF", "SourceSerifVariable-Roman": "Source Serif 4"}
SANS, SERIF = PACKED.values()
# Typst's own, should Streamlit bring others one day; it has all the letters, in another look.
FALLBACK = "Libertinus Serif"
# In pictures an ordinary weight is taken for none, which this font draws as its thinnest; one step more is heard.
PLAIN, BOLD = 500, 700
UNKNOWN = "\N{WHITE SQUARE}"
# Who asks while another unpacks waits for the same folder.
_UNPACKING = Lock()


class Unpacked:
    """The fonts in a folder that goes with this object."""

    def __init__(self) -> None:
        self.folder = temporary_folder(self)
        self.files = [self._unpacked(path) for name in PACKED for path in sorted(_shipped().glob(f"{name}*.woff2"))]

    def _unpacked(self, path: Path) -> Path:
        """Under the beginning of its name alone, so that its hash does not decide the order of fonts."""
        target = self.folder / f"{path.name.partition('.')[0]}.ttf"
        woff2.decompress(path, target)
        return target


def unpacked() -> Unpacked:
    """The fonts of this process; once more where somebody has tidied the machine's temporary folder."""
    with _UNPACKING:
        held = _unpacked()
        if not all(path.exists() for path in held.files):
            _unpacked.cache_clear()
            held = _unpacked()
        return held


_unpacked = cache(Unpacked)


@cache
def letters() -> frozenset[int]:
    """The code points that the letters of the text can draw; none where Streamlit does not bring them."""
    held = {path.stem: path for path in unpacked().files}
    upright = next((path for name, path in held.items() if PACKED[name] == SANS), None)
    if not upright:
        return frozenset()
    with TTFont(upright, lazy=True) as held:
        return frozenset(held.getBestCmap())


def drawable(words: str) -> str:
    """The words with a square for every letter that would leave a hole on paper, without signs that are never seen."""
    known = letters() or range(sys.maxunicode)
    return "".join(one if ord(one) in known else " " if one.isspace() else _stand_in(one) for one in words)


def _stand_in(letter: str) -> str:
    return "" if unicodedata.category(letter) in {"Cf", "Cc"} else UNKNOWN


def _shipped() -> Path:
    """Where Streamlit keeps the files of its own screens; nothing of it is run."""
    found = find_spec("streamlit")
    return Path(str(found and found.origin)).parent / "static" / "static" / "media"
