"""The letters of the paper: that Streamlit still brings them, and that they have every letter the product writes."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import typst

from dashboard.briefing import fonts, pdf
from data.i18n import CATALOGUES, LANGUAGES
from tests.dashboard.briefing.paper_samples import briefing
from tests.dashboard.briefing.read_pdf import holes, opened, poppler, words

SIGNS = "≤≥–—→−×·ºª“”‘’«»…\u00a0\u202f\u2009¿¡0123456789<>%"


def test_the_installed_streamlit_brings_the_fonts_of_the_screen():
    assert {path.stem for path in fonts.unpacked().files} == set(fonts.PACKED)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_letter_of_every_language_can_be_drawn(code):
    catalogue = CATALOGUES / code / "LC_MESSAGES" / "atalaya.po"
    written = set(catalogue.read_text(encoding="utf-8") + SIGNS) - {"\n"}
    assert len(written) > 60
    assert {letter for letter in written if ord(letter) not in fonts.letters()} == set()


def test_what_cannot_be_drawn_gets_a_mark_and_what_is_never_seen_goes():
    assert fonts.drawable("a\u4e2db\u2060c\nd\x00") == "a□bc d"
    assert ord(fonts.UNKNOWN) in fonts.letters()


def test_without_the_fonts_of_the_screen_typst_takes_its_own(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "_shipped", lambda: tmp_path)
    bare = fonts.Unpacked()
    monkeypatch.setattr(fonts, "unpacked", lambda: bare)
    fonts.letters.cache_clear()
    made, warnings = pdf.compiled(briefing())
    fonts.letters.cache_clear()
    assert bare.files == []
    assert any("unknown font family" in warning for warning in warnings)
    held = opened(made)
    used = {str(font.BaseFont) for page in held.pages for font in page.obj.Resources.Font.values()}
    assert used
    assert all("Libertinus" in name for name in used)
    assert holes(held) == 0


def test_all_who_ask_get_one_folder_and_a_new_one_where_it_is_gone():
    with ThreadPoolExecutor(4) as pool:
        folders = {held.folder for held in pool.map(lambda _: fonts.unpacked(), range(8))}
    (folder,) = folders
    fonts.unpacked().files[0].unlink()
    again = fonts.unpacked()
    assert again.folder != folder
    assert all(path.exists() for path in again.files)
    assert len(again.files) == len(fonts.PACKED)


@poppler
@pytest.mark.parametrize("weight", [fonts.PLAIN, fonts.BOLD])
def test_words_of_a_picture_have_the_weight_that_is_asked_for(weight):
    """The widths of letters go with their weight: those in a picture are as wide as the same outside of it."""
    text = f"<text y='50' font-family='{fonts.SANS}' font-size='40' font-weight='{weight}'>Hamburgefonstiv</text>"
    picture = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 500 80' width='500' height='80'>{text}</svg>"
    page = f"""#set page(width: 600pt, height: 200pt, margin: 10pt)
    #text(font: "{fonts.SANS}", weight: {weight}, size: 40pt)[Hamburgefonstiv]
    #image("picture.svg", width: 500pt)"""
    made = typst.compile(
        {"main.typ": page.encode(), "picture.svg": picture.encode()},
        font_paths=[str(fonts.unpacked().folder)],
        ignore_system_fonts=True,
    )
    outside, inside = (one.right - one.left for one in words(made))
    assert inside == pytest.approx(outside, rel=0.005)
