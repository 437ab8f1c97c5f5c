"""The file as another program opens it: LibreOffice makes pages of the slides, poppler reads their words.

Slow, as LibreOffice takes half a minute; skipped if it is not installed.
"""

import os
import re
import shutil
import subprocess
from itertools import combinations
from pathlib import Path

import pytest

from tests.dashboard.briefing.deck import opened, slide_text, written
from tests.dashboard.briefing.read_pdf import words

MISSING = [name for name in ("soffice", "pdftotext", "pdffonts", "pdftoppm") if shutil.which(name) is None]
SUBJECTS = [("en", None, None), ("es", "CRI", None), ("pt", "PRY", None), ("fr", "USA", "MEX"), ("en", "GRD", None)]
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        bool(MISSING), reason=f"not installed: {', '.join(MISSING)} (libreoffice-impress, poppler-utils)"
    ),
]


def run(*command, **environment):
    return subprocess.run(
        [*map(str, command)], capture_output=True, text=True, check=True, env=os.environ | environment
    ).stdout


def converted(folder, **environment) -> dict[tuple, Path]:
    """Every subject as LibreOffice prints it."""
    files = {subject: folder / f"{number}.pptx" for number, subject in enumerate(SUBJECTS)}
    for subject, path in files.items():
        path.write_bytes(written(*subject))
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *files.values(), **environment)
    return {subject: path.with_suffix(".pdf") for subject, path in files.items()}


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> dict[tuple, Path]:
    return converted(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def without_arial(tmp_path_factory) -> dict[tuple, Path]:
    """As printed where no font has the widths of Arial: DejaVu Sans, which is wider, takes its place."""
    folder = tmp_path_factory.mktemp("bare")
    fonts, config = folder / "fonts", folder / "fonts.conf"
    fonts.mkdir()
    # Its folder may have more, such as a font for mathematics, whose lines are four times as high.
    for style in ("Book", "Bold"):
        path = Path(run("fc-match", "-f", "%{file}", f"DejaVu Sans:style={style}"))
        shutil.copy(path, fonts / path.name)
    config.write_text(f"<fontconfig><dir>{fonts}</dir><cachedir>{folder / 'cache'}</cachedir></fontconfig>")
    return converted(folder, FONTCONFIG_FILE=str(config))


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: "_".join(filter(None, subject)))
def test_libreoffice_prints_every_slide_with_all_its_words(printed, subject):
    deck = opened(*subject)
    pages = run("pdftotext", printed[subject], "-").split("\f")[:-1]
    assert len(pages) == len(deck.slides)
    for slide, page in zip(deck.slides, pages, strict=True):
        shown = letters(page)
        said = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        for text in said:
            assert all(letters(word) in shown for word in text.split()), text
        for figure in re.findall(r"\d+–\d+", slide_text(slide).partition(slide.notes_slide.notes_text_frame.text)[0]):
            assert letters(figure) in shown


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: "_".join(filter(None, subject)))
def test_every_letter_has_a_glyph(printed, subject):
    """A missing glyph would come from another font than the requested one, or be a box."""
    fonts = [line.split()[0].split("+")[-1] for line in run("pdffonts", printed[subject]).splitlines()[2:]]
    assert len({re.sub(r"-?(Bold|Regular)$", "", name) for name in fonts}) == 1, fonts
    assert "\ufffd" not in run("pdftotext", printed[subject], "-")


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: "_".join(filter(None, subject)))
def test_no_word_lies_on_another_or_leaves_its_slide(printed, subject):
    check_words(printed[subject])


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: "_".join(filter(None, subject)))
def test_without_a_font_as_wide_as_arial_words_become_smaller_and_do_not_overlap(without_arial, subject):
    fonts = run("pdffonts", without_arial[subject])
    assert "DejaVu" in fonts
    check_words(without_arial[subject])


def check_words(path):
    """Words outside maps and charts do not overlap, and all are on the page."""
    every = words(path.read_bytes())
    assert max(word.right for word in every) < 962
    assert max(word.bottom for word in every) < 542
    by_page = {}
    for word in every:
        by_page.setdefault(word.page, []).append(word)
    for found in by_page.values():
        ordered = sorted(found, key=lambda word: word.top)
        pairs = [(one, other) for one, other in combinations(ordered, 2) if one.covers(other)]
        # Letters of a map may cross figures on its arrows; beside maps there is no overlap.
        apart = [pair for pair in pairs if not all(100 < one.top < 480 and one.left < 710 for one in pair)]
        assert apart == []


@pytest.mark.parametrize("subject", SUBJECTS[:1], ids=["region"])
def test_poppler_draws_it(printed, subject, tmp_path):
    run("pdftoppm", "-r", "40", "-png", printed[subject], tmp_path / "page")
    drawn = sorted(tmp_path.glob("*.png"))
    assert len(drawn) == len(opened(*subject).slides)
    assert min(path.stat().st_size for path in drawn) > 2000


def letters(text):
    """Only the letters and digits of a text, as programs break lines differently."""
    return re.sub(r"[\W_]+", "", text.replace("–", "x"))
