"""The fonts of the PDF: Source Sans Pro and Source Serif Pro, from registry packages (SIL Open Font License)."""

import unicodedata
from functools import cache

import font_source_sans_pro
import font_source_serif_pro
import typst
from fontTools.ttLib import TTFont

SANS = "Source Sans Pro"
SERIF = "Source Serif Pro"
# Typst's own font, for characters that both lack.
FALLBACK = "Libertinus Serif"
UNKNOWN = "\N{BALLOT BOX}"


@cache
def fonts() -> typst.Fonts:
    """The fonts for Typst, read once; no system fonts."""
    folders = [font_source_sans_pro.font_directory, font_source_serif_pro.font_directory]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


@cache
def letters() -> frozenset[int]:
    """The code points in the font of the text."""
    with TTFont(font_source_sans_pro.font_files_ttf["SourceSansPro"], lazy=True) as font:
        return frozenset(font.getBestCmap())


def drawable(words: str) -> str:
    """The words with a mark for every character that the font lacks, and without invisible characters."""
    return "".join(one if ord(one) in letters() else " " if one.isspace() else _mark(one) for one in words)


def _mark(letter: str) -> str:
    return "" if unicodedata.category(letter) in {"Cf", "Cc"} else UNKNOWN
