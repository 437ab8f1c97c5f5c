"""The file as another program opens it: LibreOffice makes pages of the slides, poppler reads their words.

Slow, as LibreOffice takes half a minute; skipped if it is not installed.
"""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.dashboard.briefing.deck import opened, slide_text, written

MISSING = [name for name in ("soffice", "pdftotext", "pdffonts", "pdftoppm") if shutil.which(name) is None]
SUBJECTS = [("en", None, None), ("es", "CRI", None), ("pt", "PRY", None), ("fr", "USA", "MEX"), ("en", "GRD", None)]
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        bool(MISSING), reason=f"not installed: {', '.join(MISSING)} (libreoffice-impress, poppler-utils)"
    ),
]


def run(*command):
    return subprocess.run([*map(str, command)], capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> dict[tuple, Path]:
    """Every subject as LibreOffice prints it."""
    folder = tmp_path_factory.mktemp("office")
    files = {subject: folder / f"{number}.pptx" for number, subject in enumerate(SUBJECTS)}
    for subject, path in files.items():
        path.write_bytes(written(*subject))
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *files.values())
    return {subject: path.with_suffix(".pdf") for subject, path in files.items()}


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: "_".join(filter(None, subject)))
def test_libreoffice_prints_every_slide_with_all_its_words(printed, subject):
    deck = opened(*subject)
    pages = run("pdftotext", printed[subject], "-").split("\f")[:-1]
    assert len(pages) == len(deck.slides)
    for slide, page in zip(deck.slides, pages, strict=True):
        shown = letters(page)
        cards = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame and not shape.is_placeholder]
        for text in (slide.shapes.title.text_frame.text, *cards):
            assert all(letters(word) in shown for word in text.split()), text
        for figure in re.findall(r"\d+–\d+", slide_text(slide).partition(slide.notes_slide.notes_text_frame.text)[0]):
            assert letters(figure) in shown


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: "_".join(filter(None, subject)))
def test_every_letter_has_a_glyph(printed, subject):
    """A missing glyph would come from another font than the requested one, or be a box."""
    fonts = [line.split()[0].split("+")[-1] for line in run("pdffonts", printed[subject]).splitlines()[2:]]
    assert len({re.sub(r"-?(Bold|Regular)$", "", name) for name in fonts}) == 1, fonts
    assert "\ufffd" not in run("pdftotext", printed[subject], "-")


@pytest.mark.parametrize("subject", SUBJECTS[:1], ids=["region"])
def test_poppler_draws_it(printed, subject, tmp_path):
    run("pdftoppm", "-r", "40", "-png", printed[subject], tmp_path / "page")
    drawn = sorted(tmp_path.glob("*.png"))
    assert len(drawn) == len(opened(*subject).slides)
    assert min(path.stat().st_size for path in drawn) > 2000


def letters(text):
    """Only the letters and digits of a text, as programs break lines differently."""
    return re.sub(r"[\W_]+", "", text.replace("–", "x"))
