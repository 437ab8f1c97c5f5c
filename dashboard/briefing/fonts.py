"""The letters of the paper: Source Sans Pro and Source Serif Pro, from registry packages (SIL Open Font License)."""

import unicodedata
from functools import cache

import font_source_sans_pro
import font_source_serif_pro
import typst
from fontTools.ttLib import TTFont

SANS, SERIF = "Source Sans Pro", "Source Serif Pro"
# Typst's own, for a letter that both lack.
FALLBACK = "Libertinus Serif"
UNKNOWN = "\N{BALLOT BOX}"


@cache
def fonts() -> typst.Fonts:
    """The fonts as Typst takes them, read once; none of the machine's."""
    folders = [font_source_sans_pro.font_directory, font_source_serif_pro.font_directory]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


@cache
def letters() -> frozenset[int]:
    """The code points that the font of the text can draw."""
    with TTFont(font_source_sans_pro.font_files_ttf["SourceSansPro"], lazy=True) as font:
        return frozenset(font.getBestCmap())


def drawable(words: str) -> str:
    """The words with a mark for every letter that would leave a hole on paper, without signs that are never seen."""
    return "".join(one if ord(one) in letters() else " " if one.isspace() else _mark(one) for one in words)


def _mark(letter: str) -> str:
    return "" if unicodedata.category(letter) in {"Cf", "Cc"} else UNKNOWN
