"""The fonts of the paper: every letter of every language, and the requested weights."""

import pytest
import typst

from dashboard.briefing import fonts
from data.i18n import CATALOGUES, LANGUAGES
from tests.dashboard.briefing.paper_samples import briefing
from tests.dashboard.briefing.read_pdf import opened, poppler, words

SIGNS = "≤≥–—→−×·ºª“”‘’«»…\u00a0\u202f¿¡0123456789<>%"


def test_both_families_are_there():
    assert {fonts.SANS, fonts.SERIF, fonts.FALLBACK} <= set(fonts.fonts().families())


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_letter_of_every_language_can_be_drawn(code):
    catalogue = CATALOGUES / code / "LC_MESSAGES" / "atalaya.po"
    written = set(catalogue.read_text(encoding="utf-8") + SIGNS) - {"\n"}
    assert len(written) > 60
    assert {letter for letter in written if ord(letter) not in fonts.letters()} == set()


def test_undrawable_letters_get_a_mark_and_invisible_ones_are_removed():
    assert fonts.drawable("a\u4e2db\u2060c\nd\x00") == f"a{fonts.UNKNOWN}bc d"
    # A thin space, which the font lacks and our texts do not use.
    assert fonts.drawable("1\u20092") == "1 2"
    assert ord(fonts.UNKNOWN) in fonts.letters()


def test_the_paper_uses_only_these_fonts():
    from dashboard.briefing import pdf

    pages = opened(pdf.write(briefing())).pages
    used = {str(font.BaseFont).partition("+")[2] for page in pages for font in page.obj.Resources.Font.values()}
    assert used
    assert {name.split("-")[0] for name in used} == {"SourceSansPro", "SourceSerifPro"}


@poppler
@pytest.mark.parametrize("weight", [400, 700])
def test_words_in_a_picture_have_the_requested_weight(weight):
    """The width of letters depends on their weight: letters in a picture are as wide as the same ones outside it."""
    text = f"<text y='50' font-family='{fonts.SANS}' font-size='40' font-weight='{weight}'>Hamburgefonstiv</text>"
    picture = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 500 80' width='500' height='80'>{text}</svg>"
    page = f"""#set page(width: 600pt, height: 200pt, margin: 10pt)
    #text(font: "{fonts.SANS}", weight: {weight}, size: 40pt)[Hamburgefonstiv]
    #image("picture.svg", width: 500pt)"""
    content = typst.compile(
        {"main.typ": page.encode(), "picture.svg": picture.encode()},
        font_paths=fonts.fonts(),
        ignore_system_fonts=True,
    )
    outside, inside = (word.right - word.left for word in words(content))
    assert inside == pytest.approx(outside, rel=0.005)
