"""How wide words are in Calibri and Arial, in thousandths of an em of the regular face.

Read from the advance widths of Carlito and Liberation Sans. Letters with marks are as wide as without.
"""

import unicodedata
from functools import lru_cache
from typing import Literal

Face = Literal["calibri", "arial"]
# By width, the characters that have it.
_CALIBRI = {
    221: "'", 226: " \u00a0\u202f", 230: "il", 239: "j", 250: ",’‘", 252: "I.·", 268: ":;", 291: "`", 303: "()",
    305: "f", 306: "-", 307: "[]", 314: "{}", 319: "J", 326: "!¡", 335: "t", 339: "°", 349: "r", 386: "/\\", 391: "s",
    395: "z", 401: '"', 418: "“”", 420: "L", 423: "ºc", 433: "x", 452: "vy", 455: "k", 460: "FS|", 463: "?¿",
    468: "Z", 471: "g", 479: "a", 487: "TY", 488: "E", 498: "e#*+<=>^_~–≤≥×‡", 507: "$0123456789", 512: "«»",
    517: "P", 520: "XK", 525: "bdhnpqu", 527: "oß", 529: "ø", 533: "C", 543: "R", 544: "B", 567: "V", 579: "A",
    615: "D", 623: "H", 631: "G", 642: "U", 646: "N", 662: "O", 664: "Ø", 673: "Q", 682: "&", 690: "…", 715: "%w",
    773: "æ", 799: "m", 850: "œ", 855: "M", 890: "W", 894: "@", 905: "—→",
}  # fmt: skip
_ARIAL = {
    191: "'", 200: "\u202f", 222: "ilj’‘", 260: "|", 278: " \u00a0,I.:;f[]!t/\\", 333: "·`()-¡r“”", 334: "{}",
    355: '"', 365: "ºª", 389: "*", 400: "°", 469: "^", 500: "Jszcxvyk", 549: "≤≥",
    556: "L?gae#_–‡$0123456789«»bdhnpquo", 584: "+<=>~×", 611: "F¿ZTßø", 667: "SYEPXKBVA&", 722: "CRDHUNw",
    778: "GOØQ", 833: "mM", 889: "%æ", 944: "œW", 1000: "…—→", 1015: "@",
}  # fmt: skip
_WIDTHS: dict[Face, dict[str, int]] = {
    "calibri": {sign: wide for wide, signs in _CALIBRI.items() for sign in signs},
    "arial": {sign: wide for wide, signs in _ARIAL.items() for sign in signs},
}
# The width of a character that is not listed; and the most by which bold makes a word wider.
_UNKNOWN = 905
_BOLD: dict[Face, float] = {"calibri": 1.05, "arial": 1.1}
# The line height as a multiple of the font size: the larger of both faces.
LEADING = 1.2207


@lru_cache(65_536)
def width(text: str, size: float, *, bold: bool = False, face: Face = "calibri") -> float:
    """The width of a line of text in points."""
    letters = unicodedata.normalize("NFD", text)
    widths = _WIDTHS[face]
    units = sum(widths.get(sign, _UNKNOWN) for sign in letters if not unicodedata.combining(sign))
    return units / 1000 * size * (_BOLD[face] if bold else 1.0)


def wrapped(text: str, room: float, size: float, *, bold: bool = False, face: Face = "calibri") -> list[str]:
    """The number of lines that a text takes at a width in points; a word longer than a line takes several."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and width(longer, size, bold=bold, face=face) > room:
                lines.append(line)
                line = word
            else:
                line = longer
        lines += _broken(line, room, size, bold=bold, face=face)
    return lines


def _broken(line: str, room: float, size: float, *, bold: bool, face: Face) -> list[str]:
    return [line] * max(1, -(-int(width(line, size, bold=bold, face=face)) // max(int(room), 1)))


def height(text: str, room: float, size: float, *, bold: bool = False, face: Face = "calibri") -> float:
    """The height of a text in points."""
    return len(wrapped(text, room, size, bold=bold, face=face)) * LEADING * size


def fitting(
    text: str, room: float, tall: float, sizes: tuple[float, ...], *, bold: bool = False, face: Face = "calibri"
) -> float:
    """The first of the sizes at which a text fits a height in points; the last if none does."""
    fit = (size for size in sizes if height(text, room, size, bold=bold, face=face) <= tall)
    return next(fit, sizes[-1])
