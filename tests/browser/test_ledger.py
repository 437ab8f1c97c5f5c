"""The page on the declaration: its first screen, its matrix, a paragraph by keyboard, its address, a workbook."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data.declaration import TITLES
from data.i18n import LANGUAGES, language
from tests.browser.conftest import ALL_SCREENS, Screen, Visitor, faults, settled, unchanged, violations
from tests.data.report.workbooks import GOOD, filled, order

pytestmark = pytest.mark.browser
FIGURES = ".plate-figure[data-shown]"
# Where on the page the mark of a cell lies.
MARK = """([paragraph, actor]) => {
  const graph = document.querySelector('.plate-figure[data-shown]');
  const at = graph.data.findIndex(trace => trace.customdata?.some(mark => mark[0] === paragraph));
  const trace = graph.data[at], box = graph.getBoundingClientRect();
  const place = trace.customdata.findIndex(mark => mark[0] === paragraph && mark[1] === actor);
  const { xaxis, yaxis } = graph._fullLayout;
  return [box.left + xaxis._offset + xaxis.d2p(trace.x[place]), box.top + yaxis._offset + yaxis.d2p(trace.y[place])];
}"""
PATHS = (
    "/declaration?state=HTI",
    "/declaration?paragraph=23",
    "/declaration?paragraph=9",
    "/declaration?paragraph=23&whose=CRI&entry=law:CRI",
)
USUAL = (Screen("light", "desktop"), Screen("dark", "phone"))
SCREENS = [
    pytest.param(screen, id=str(screen), marks=[] if screen in USUAL else [pytest.mark.long]) for screen in ALL_SCREENS
]


def mark_position(page: Page, paragraph: int, actor: str) -> tuple[float, float]:
    x, y = page.evaluate(MARK, [paragraph, actor])
    page.evaluate("by => document.querySelector('[data-testid=stMain]').scrollBy(0, by)", y - 500)
    unchanged(page, f"JSON.stringify(({MARK})({[paragraph, actor]}))")
    x, y = page.evaluate(MARK, [paragraph, actor])
    return x, y


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing(reader: Visitor, screen: Screen, path: str):
    page = reader.open(f"{path}&lang=es")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= screen.viewport["width"]


def test_a_cell_says_what_it_holds_and_opens_its_paragraph_and_state(regular: Visitor):
    page = regular.open("/declaration?lang=en")
    x, y = mark_position(page, 23, "CRI")
    page.mouse.move(x, y)
    expect(page.locator(f"{FIGURES} .hoverlayer").filter(has_text="Costa Rica")).to_have_count(1)
    page.mouse.click(x, y)
    page.wait_for_url(re.compile(r"paragraph=23"))
    settled(page)
    assert "area=CRI" in page.url
    assert "scope=state" in page.url
    expect(page.get_by_role("heading", name=re.compile("^23. "))).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("^Costa Rica: "))).to_be_visible()


def test_a_touch_on_a_phone_opens_a_cell(phone: Visitor):
    page = phone.open("/declaration?lang=en")
    expect(page.locator(FIGURES)).to_contain_text("VCT")
    x, y = mark_position(page, 26, "VCT")
    page.touchscreen.tap(x, y)
    page.wait_for_url(re.compile(r"paragraph=26"))
    assert "area=VCT" in page.url


def test_a_paragraph_and_the_next_are_reached_by_keyboard_alone(regular: Visitor):
    page = regular.open("/declaration?lang=en")
    chooser = page.get_by_role("combobox", name="Paragraph", exact=True)
    chooser.focus()
    page.keyboard.type("Common indicators")
    expect(page.get_by_role("option").first).to_contain_text("Common indicators")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"paragraph=26"))
    settled(page)
    following = page.get_by_role("link", name="Paragraph 27 →")
    following.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"paragraph=27"))
    settled(page)
    expect(page.get_by_role("heading", name=re.compile("^27. "))).to_be_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_address_restores_its_view_in_every_language(regular: Visitor, lang: str):
    page = regular.open(f"/declaration?paragraph=26&whose=BRA&grade=public_document&lang={lang}")
    expect(page.get_by_role("heading", name=f"26. {language(lang).text(TITLES[26])}")).to_be_visible()
    # The address is completed at the end of the run.
    page.wait_for_url(re.compile("scope=state"))
    for part in ("paragraph=26", "area=BRA", "grade=public_document", f"lang={lang}"):
        assert part in page.url
    expect(page.locator('[data-testid="stAlert"]').filter(has_text="“")).to_have_count(0)


def test_a_filled_workbook_is_checked_and_its_faults_are_listed(regular: Visitor, tmp_path: Path):
    good, bad = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    good.write_bytes(filled(order(), {12: GOOD}))
    bad.write_bytes(filled(order(), {12: GOOD | {"date": "1 de marzo"}}))
    page = regular.open("/declaration?lang=en")
    page.get_by_text("Submit a national report").click()
    field = page.locator('[data-testid="stFileUploader"] input[type="file"]')
    field.set_input_files(good)
    expect(page.get_by_text("No errors. Preview only")).to_be_visible()
    page.get_by_role("button", name="Remove the file").first.click()
    field.set_input_files(bad)
    # In the language of the workbook.
    expect(page.get_by_text("Se encontró 1 error. El libro no se aceptó.")).to_be_visible()
    assert violations(page) == []


LOWEST = 844


@pytest.mark.parametrize(
    ("place", "finding"), [("", "Declaration of Mexico: "), ("&state=HTI", "Haiti: sources found for 7 of")]
)
def test_the_finding_and_its_figure_are_on_the_first_screen_of_a_phone(phone: Visitor, place: str, finding: str):
    page = phone.open(f"/declaration?lang=en{place}")
    sentence = page.get_by_text(re.compile(f"^{finding}")).first
    expect(sentence).to_be_visible()
    shown = page.locator("[data-testid=stTable] table" if place else FIGURES).first
    expect(shown).to_be_visible()
    box, below = sentence.bounding_box(), shown.bounding_box()
    assert box is not None
    assert below is not None
    assert box["y"] + box["height"] < LOWEST
    # At least a hundred pixels of the figure or of the table are on the screen.
    assert box["y"] < below["y"] + below["height"]
    assert below["y"] < LOWEST - 100


def test_one_state_and_the_region_are_chosen_by_the_reader(regular: Visitor):
    page = regular.open("/declaration?lang=en")
    page.get_by_role("radio", name="One state").or_(page.get_by_role("button", name="One state")).first.click()
    page.wait_for_url(re.compile("scope=state"))
    settled(page)
    expect(page.locator("[data-testid=stTable] table").first).to_be_visible()
    page.get_by_text("The whole region", exact=True).first.click()
    page.wait_for_url(re.compile("scope=region"))
    settled(page)
    expect(page.locator(FIGURES)).to_be_visible()


REFUSED = {
    "en": "Error: application/pdf files are not allowed.",
    "es": "Error: Aquí no se aceptan archivos de tipo application/pdf.",
    "pt": "Erro: Arquivos do tipo application/pdf não são aceitos aqui.",
    "fr": "Erreur\u202f: Les fichiers de type application/pdf ne sont pas acceptés ici.",
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_of_fifty_megabytes_and_a_pdf_are_refused_in_the_reader_s_language(
    regular: Visitor, tmp_path: Path, lang: str
):
    large, words = tmp_path / "informe.xlsx", language(lang)
    large.write_bytes(filled(order(), {12: GOOD}) + b"\0" * 50_000_000)
    page = regular.open(f"/declaration?lang={lang}")
    page.get_by_text(words.text("Submit a national report")).click()
    field = page.locator('[data-testid="stFileUploader"] input[type="file"]')
    field.set_input_files(large)
    reason = words.text("Larger than {most} MB, the limit.", most=words.number(1))
    warning = page.locator('[data-testid="stAlert"]').filter(has_text=reason)
    expect(warning).to_be_visible()
    assert violations(page) == []
    expect(page.locator('[data-testid="stFileUploaderFileErrorMessage"]')).to_have_count(0)
    field.set_input_files({"name": "informe.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})
    expect(page.locator('[data-testid="stFileChip"] [role="alert"]')).to_have_text(REFUSED[lang])
    assert violations(page) == []
