"""Our fonts have the letters of our texts, as the originals draw them; the browser's own stand in until they come."""

import re
import tomllib
from collections import Counter
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from dashboard import fonts, static
from data.i18n import LANGUAGES

ROOT = Path(__file__).parents[2]
LIMIT = 60_000
FACE = re.compile(r'@font-face \{ font-family: "([^"]+)"; ([^}]*)\}')
ALL = pytest.mark.parametrize("font", fonts.FONTS, ids=lambda font: font.name)
# The original of the titles has no narrow space: it comes from the next font.
LACKING = {"sans.woff2": set(), "sans-semibold.woff2": set(), "serif-semibold.woff2": {"\u202f"}}


@cache
def texts() -> Counter[str]:
    """How often each letter is in the catalogues and in the reference files (names of states, sources ...)."""
    letters: Counter[str] = Counter()
    for code in LANGUAGES:
        for path in (ROOT / "data" / "locales" / code).rglob("*.po"):
            for message in read_po(BytesIO(path.read_bytes())):
                letters.update("".join(message.string) + "".join(message.id))
    for path in (ROOT / "data" / "reference").glob("*.csv"):
        letters.update(path.read_text("utf-8"))
    return Counter({letter: count for letter, count in letters.items() if letter.isprintable()})


def drawing(font: TTFont, letter: int) -> tuple[float, list[object]]:
    """The width of a letter and the lines that draw it."""
    glyphs, pen = font.getGlyphSet(), RecordingPen()
    glyph = glyphs[font.getBestCmap()[letter]]
    glyph.draw(pen)
    return glyph.width, [step for step in pen.value if step[0] != "addComponent"]


@ALL
def test_each_font_is_small(font: fonts.Font):
    assert 10_000 < (fonts.FOLDER / font.name).stat().st_size < LIMIT


@ALL
def test_a_font_has_every_letter_of_our_texts_that_the_original_has(font: fonts.Font):
    ours = set(TTFont(fonts.FOLDER / font.name).getBestCmap())
    whole = set(TTFont(font.original).getBestCmap())
    assert {letter for letter in texts() if ord(letter) in whole - ours} == set()
    assert {letter for letter in "áñçœÉ–—’“”«»…\u202f\u2011€−≤→" if ord(letter) not in ours} == LACKING[font.name]


@ALL
def test_the_letters_are_those_of_the_original(font: fonts.Font):
    ours, whole = TTFont(fonts.FOLDER / font.name), TTFont(font.original)
    letters = set(ours.getBestCmap()) & set(whole.getBestCmap())
    assert len(letters) > 300
    for letter in letters:
        assert drawing(ours, letter) == drawing(whole, letter), hex(letter)


@ALL
def test_a_changed_font_does_not_have_the_reserved_name(font: fonts.Font):
    """Condition 3 of the SIL Open Font License; its text and the copyright come with the fonts (condition 2)."""
    names = TTFont(fonts.FOLDER / font.name)["name"]
    for number in fonts.NAMES:
        assert "Source" not in names.getDebugName(number)
    assert names.getDebugName(1) == font.family
    rights = (fonts.FOLDER / "OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in rights
    assert font.name in rights


def test_the_style_sheet_has_every_font_that_it_names_and_the_desk_has_those_of_streamlit():
    theme = tomllib.loads((ROOT / "streamlit_config.toml").read_text("utf-8"))["theme"]
    css = static.letters()
    named = {name for line in re.findall(r"--(?:sans|serif): ([^;]+);", css) for name in re.findall(r'"([^"]+)"', line)}
    assert named == {family for family, _ in FACE.findall(css)}
    assert (theme["font"], theme["headingFont"]) == ("sans-serif", "serif")


@pytest.mark.parametrize(("name", "face", "stand_in"), [
    ("sans.woff2", 0, "LiberationSans-Regular"),
    ("sans-semibold.woff2", 1, "LiberationSans-Bold"),
    ("serif-semibold.woff2", 2, "LiberationSerif-Bold"),
])  # fmt: skip
def test_letters_that_stand_in_are_as_wide_and_as_high(name: str, face: int, stand_in: str):
    """Liberation has the widths of Arial and Times New Roman. Within half a percent: 7 pixels of a line of 1366."""
    found = sorted(Path("/usr/share/fonts").rglob(f"{stand_in}.ttf"))
    if not found:
        pytest.skip("this machine lacks the Liberation fonts")
    ours, other = (TTFont(path) for path in (fonts.FOLDER / name, found[0]))
    both = {ord(letter) for letter in texts()} & set(ours.getBestCmap()) & set(other.getBestCmap())
    wide = [
        sum(texts()[chr(letter)] * drawing(font, letter)[0] for letter in both) / font["head"].unitsPerEm
        for font in (ours, other)
    ]
    faces = FACE.findall(static.letters())
    early = [rules for family, rules in faces if family.endswith(" Early")][face]
    size = percent("size-adjust", early)
    assert wide[0] / wide[1] == pytest.approx(size / 100, rel=0.005)
    own = next(rules for _, rules in faces if f"/{name})" in rules)
    for rule, usual in (("ascent-override", "ascent"), ("descent-override", "descent")):
        height = percent(rule, own) if rule in own else abs(getattr(ours["hhea"], usual)) / 10
        assert percent(rule, early) * size / 100 == pytest.approx(height, abs=0.3)


def percent(rule: str, rules: str) -> float:
    found = re.search(rf"{rule}: ([\d.]+)%", rules)
    assert found, rule
    return float(found[1])
