"""Widths of words, compared with Carlito's font file if it is installed, and line breaking."""

import subprocess
from shutil import which

import pytest
from fontTools.ttLib import TTFont

from dashboard.charts.render import metrics

TEXTS = ["Trafficking in persons", "2007–2023 · 24 of 35", "Nationalité : États-Unis ; «à» œuvre", "ÑANDÚ ção ≤ 5 → 12"]


def carlito(style):
    process = subprocess.run(
        ["fc-match", "-f", "%{family}|%{file}", f"Carlito:style={style}"], capture_output=True, text=True, check=False
    )
    family, _, path = process.stdout.partition("|")
    return TTFont(path) if "Carlito" in family else None


@pytest.mark.skipif(which("fc-match") is None or carlito("Regular") is None, reason="Carlito is not installed")
@pytest.mark.parametrize(("style", "bold"), [("Regular", False), ("Bold", True)])
def test_words_are_as_wide_as_the_font_makes_them(style, bold):
    font = carlito(style)
    names, advance, units = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    for text in TEXTS:
        real = sum(advance[names[ord(sign)]][0] for sign in text) / units * 20
        assert real * 0.985 <= metrics.width(text, 20, bold=bold) <= real * 1.06


def test_digits_are_all_as_wide_as_each_other():
    assert len({metrics.width(sign, 10) for sign in "0123456789"}) == 1
    assert metrics.width("00", 10) == pytest.approx(10.14)


def test_letters_with_marks_are_as_wide_as_without():
    assert metrics.width("çãéñü", 10) == metrics.width("caenu", 10)


def test_words_are_wrapped_where_no_more_fit():
    assert metrics.wrapped("aa bb cc", metrics.width("aa bb", 10), 10) == ["aa bb", "cc"]
    assert metrics.wrapped("aa\nbb", 1000, 10) == ["aa", "bb"]
    assert len(metrics.wrapped("x" * 100, 100, 10)) >= metrics.width("x" * 100, 10) / 100


def test_the_largest_size_that_fits_is_taken():
    room = metrics.width("one line", 20)
    assert metrics.fitting("one line", room, 30, (30, 20, 10)) == 20
    assert metrics.fitting("one line", 5, 5, (30, 20)) == 20
