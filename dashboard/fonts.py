"""The fonts of our pages, parts of Source Sans Pro and Source Serif Pro. `python -m dashboard.fonts` writes them.

The registry packages have the letters of many languages; ours have what four languages need. The license reserves the
name of the originals, so ours have another.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

import font_source_sans_pro
import font_source_serif_pro
from fontTools import subset
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parent / "assets" / "fonts"
# Latin letters, and the signs of our texts and figures.
LETTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x2010, 0x2028),
    0x202F,
    *range(0x2030, 0x203B),
    0x20AC,
    *range(0x2190, 0x2194),
    0x2212,
    0x2248,
    0x2260,
    0x2264,
    0x2265,
    0x25B6,
    0x25CC,
)
# Where a line may not break: drawn as the hyphen.
HYPHEN = 0x2D
FIRM_HYPHEN = 0x2011
# Kerning, composed accents, figures of one width, and the forms of letters in some languages.
FEATURES = ("kern", "mark", "mkmk", "ccmp", "locl", "tnum", "lnum")
# In a font's table of names: family, style, unique name, whole name, name for PostScript; and copyright and license.
NAMES = (1, 2, 3, 4, 6)
RIGHTS = (0, 13, 14)


@dataclass(frozen=True)
class Font:
    """A font of ours: its file, its family, and the file of the original."""

    name: str
    family: str
    original: Path


_SANS = Path(font_source_sans_pro.font_directory)
_SERIF = Path(font_source_serif_pro.font_directory)
FONTS = (
    Font("sans.woff2", "Atalaya Sans", _SANS / "SourceSansPro-Regular.ttf"),
    Font("sans-semibold.woff2", "Atalaya Sans", _SANS / "SourceSansPro-Semibold.ttf"),
    # Only for titles.
    Font("serif-semibold.woff2", "Atalaya Serif", _SERIF / "SourceSerifPro-Semibold.ttf"),
)


def made(font: Font) -> TTFont:
    """One of our fonts, as WOFF 2; an error of the system if the package lacks the original."""
    part = TTFont(font.original, recalcTimestamp=False)
    reduced = subset.Subsetter(subset.Options(layout_features=list(FEATURES), notdef_outline=True, hinting=False))
    reduced.populate(unicodes=LETTERS)
    reduced.subset(part)
    for table in part["cmap"].tables:
        table.cmap[FIRM_HYPHEN] = table.cmap[HYPHEN]
    part["name"].names = [record for record in part["name"].names if record.nameID in {*NAMES, *RIGHTS}]
    for record in part["name"].names:
        if record.nameID in NAMES:
            style = font.original.stem.rpartition("-")[2]
            record.string = {1: font.family, 2: style}.get(record.nameID, f"{font.family} {style}".replace(" ", "-"))
    part.flavor = "woff2"
    return part


def main() -> None:
    """Write all fonts and print their sizes."""
    for font in FONTS:
        made(font).save(FOLDER / font.name)
        sys.stdout.write(f"{font.name}: {(FOLDER / font.name).stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
