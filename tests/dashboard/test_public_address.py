"""Files that leave the server: all links have the public address or, where none is set, there are none; never another.

The server knows the address under which it was asked for a file (here none); no file may have that.
"""

import io
import re
import shutil
import subprocess
import zipfile
from functools import cache

import pikepdf
import pytest
import segno
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from dashboard import catalog, site, store
from dashboard.briefing import formats
from dashboard.export import citation, cited_view, downloads
from dashboard.subjects.explore import files as explore_files
from dashboard.subjects.explore.query import Selection
from dashboard.subjects.meetings import agendas
from dashboard.subjects.routes import files as routes_files
from dashboard.subjects.routes.query import FlowFilter
from dashboard.subjects.states import files as states_files
from data import meeting
from data.i18n import LANGUAGES, language
from tests.dashboard.briefing.deck import slide_text
from tests.dashboard.briefing.read_pdf import elements, poppler, text

PUBLIC = "https://atalaya.example.org/data"
LOCAL = re.compile(r"127\.0\.0\.1|localhost|\[::1\]|0\.0\.0\.0|:8501|testserver")
# A link of ours that lost its site: nobody can follow it.
BARE = re.compile(r"(?<![a-z0-9])/(region|country|routes|explore|compare|sources|declaration)\?")
SUBJECTS = [(None, None), ("CRI", None), ("CRI", "USA")]
VIEWS = {
    "region": lambda lang: states_files.region(lang, "detected_victims", 2022, "newest"),
    "routes": lambda lang: routes_files.arrows(lang, FlowFilter()),
    "country": lambda lang: states_files.state(lang, "CRI", "newest"),
    "explore": lambda lang: explore_files.explored(
        lang.text("Explore"), Selection(("detected_victims",), ("BRA",), 2015, 2019), "newest", ()
    ),
}


def unpacked(content):
    """Every text of a file that is an archive, or of any other file, as far as its bytes are text."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


@cache
def briefing(form, code, area, other, root):
    return formats.made(form, language(code), area, other, root)


def uris(document):
    notes = [note for page in document.pages for note in page.obj.get("/Annots", [])]
    return [str(note.A.URI) for note in notes if "/A" in note]


@pytest.mark.parametrize("root", ["", PUBLIC], ids=["unset", "public"])
@pytest.mark.parametrize(("area", "other"), SUBJECTS)
def test_slides_have_the_public_address_or_none(area, other, root):
    content = briefing("pptx", "en", area, other, root)
    every = unpacked(content)
    assert not LOCAL.search(every)
    shown = slide_text(Presentation(io.BytesIO(content)).slides[0])
    assert (PUBLIC in every) == (PUBLIC in shown) == bool(root)
    assert root or not BARE.search(every)


@poppler
@pytest.mark.parametrize("root", ["", PUBLIC], ids=["unset", "public"])
@pytest.mark.parametrize(("area", "other"), SUBJECTS[:2])
def test_paper_has_the_public_address_or_none(area, other, root):
    content = briefing("pdf", "en", area, other, root)
    with pikepdf.open(io.BytesIO(content)) as document, document.open_metadata() as metadata:
        alts = [str(element.Alt) for _, element in elements(document) if "/Alt" in element]
        every = "\n".join([text(content), *alts, *uris(document), *map(str, metadata.values())])
    assert not LOCAL.search(every)
    assert (PUBLIC in every) == bool(root)
    assert root or not BARE.search(every)


def modules(picture, count, border):
    """The dark modules of a QR code in a picture that it fills, with a white border of so many modules."""
    pixel = picture.convert("L").width / (count + 2 * border)
    centers = [round((border + place + 0.5) * pixel) for place in range(count)]
    gray = picture.convert("L")
    return [[gray.getpixel((x, y)) < 128 for x in centers] for y in centers]


def dark(code):
    return [[bool(module) for module in row] for row in code.matrix]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_qr_code_of_the_slides_has_the_public_address(code):
    first = Presentation(io.BytesIO(briefing("pptx", code, "CRI", None, PUBLIC))).slides[0]
    (shape,) = [shape for shape in first.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    expected = segno.make(f"{PUBLIC}/s/{store.snapshot().id}/{code}/country/CRI", error="m")
    found = modules(Image.open(io.BytesIO(shape.image.blob)), len(expected.matrix), 3)
    assert found == dark(expected)
    assert found != dark(segno.make(f"{PUBLIC}/s/{store.snapshot().id}/{code}/country/CRJ", error="m"))


@poppler
@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="poppler-utils is not installed (pdftoppm)")
def test_the_qr_code_of_the_paper_has_the_public_address(tmp_path):
    content = briefing("pdf", "es", "CRI", None, PUBLIC)
    with pikepdf.open(io.BytesIO(content)) as document:
        page = document.pages[0]
        (link,) = [note for note in page.obj.Annots if str(note.A.URI).startswith(PUBLIC)][:1]
        left, low, right, high = map(float, link.Rect)
        top = float(page.mediabox[3])
    (tmp_path / "page.pdf").write_bytes(content)
    command = ["pdftoppm", "-r", "432", "-f", "1", "-l", "1", "-singlefile", "-png", "page.pdf", "page"]
    subprocess.run(command, cwd=tmp_path, check=True)
    # 432 dpi are 6 pixels a point; the code stands 3 points inside of its white box.
    box = [round(6 * edge) for edge in (left + 3, top - high + 3, right - 3, top - low - 3)]
    expected = segno.make(f"{PUBLIC}/s/{store.snapshot().id}/es/country/CRI", error="q", micro=False)
    picture = Image.open(tmp_path / "page.png").crop(box)
    assert abs(picture.width - picture.height) < 3
    assert modules(picture, len(expected.matrix), 1) == dark(expected)


@pytest.mark.parametrize("root", ["", PUBLIC], ids=["unset", "public"])
@pytest.mark.parametrize("name", VIEWS)
def test_citations_code_and_files_have_the_public_address_or_none(name, root, monkeypatch):
    monkeypatch.setenv(site.PUBLIC, root)
    lang = language("fr")
    view = VIEWS[name](lang)
    # The filters of a view are those of a session; `tests.pages.test_downloads` looks at a page with one.
    monkeypatch.setattr(downloads.filters, "value", lambda spec: "CRI" if spec.name == "area" else spec.default)
    address = downloads.address(lang, view)
    place = f"{PUBLIC}/s/{store.snapshot().id}/fr/{'country/CRI' if name == 'country' else name}"
    assert address.partition("?")[0] == (place if root else "")
    cited = cited_view.cited(view, cited_view.rows_of(view), address)
    written = [
        citation.text(lang, cited),
        citation.bibtex(lang, cited),
        citation.ris(lang, cited),
        citation.csl(lang, cited),
    ]
    code = view.code.polars(store.snapshot().id, f"{root}/api/v1" if root else "")
    files = {ending: unpacked(cited_view.file_of(view, ending, lang, address, [])) for ending in cited_view.FORMATS}
    for every in (*written, code, *files.values()):
        assert not LOCAL.search(every)
        assert root or not BARE.search(every)
    for every in (*written, code, files["zip"]):
        assert (PUBLIC in every) == bool(root)


def test_a_citation_leads_to_its_snapshot(monkeypatch):
    monkeypatch.setenv(site.PUBLIC, PUBLIC)
    lang, pages = language("fr"), catalog.pages()
    root = f"{PUBLIC}/s/{store.snapshot().id}/fr"
    address = cited_view.address(lang, pages["region"], {"year": "2019", "indicator": "detected_victims"})
    assert address == f"{root}/region?year=2019&indicator=detected_victims"
    assert cited_view.address(lang, pages["pair"], {"one": "DOM", "other": "HTI"}) == f"{root}/pair/DOM/HTI"
    assert cited_view.address(lang, pages["home"], {}) == f"{root}/"
    # A briefing has the address that its maker was given.
    assert (
        cited_view.address(lang, pages["country"], {"area": "HTI"}, f"{PUBLIC}/2/")
        == root.replace("data", "data/2") + "/country/HTI"
    )


def test_the_scenes_of_an_agenda_name_no_site():
    """An agenda file works on every server: its links begin with a slash."""
    agenda = agendas.delivered("national_authorities")
    addresses = [scene.address for scene in agenda.scenes if scene.address not in {"opening", "closing"}]
    assert len(addresses) >= 5
    assert all(re.match("/[a-z]", address) for address in addresses)
    assert not re.search(r"https?://", meeting.written(agenda))
