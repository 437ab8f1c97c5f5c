"""A link or a QR code leads to the snapshot that it was made from, also when others were published since."""

import io
import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import polars as pl
import pytest
import segno
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from dashboard import site, store
from dashboard.briefing import formats
from dashboard.server import pages, serve
from dashboard.server.documents import Documents
from dashboard.server.guard import Guard
from dashboard.server.one_snapshot import OneSnapshot
from data import codebook, pointer, shown
from data.i18n import language
from data.place import HERE
from data.pointer import POINTER
from data.shown import Shown
from data.snapshot import Snapshot
from tests import threads
from tests.dashboard.briefing.deck import slide_text
from tests.dashboard.test_public_address import dark, modules
from tests.described.test_described import PYTHON, faults
from tests.sealing import seal

PUBLIC = "https://atalaya.example.org"
OLDEST, OLDER = "a" * 12, "b" * 12
VIEW = "explore?indicator=detected_victims&area=CRI&from=2019&to=2019"
WARNING = re.compile(r'<p class="warning" role="status">([^<]*)<a href="([^"]*)">')
SERVER = Guard(OneSnapshot(Documents(serve.application())), [urlsplit(PUBLIC).hostname])


def figure() -> pl.Expr:
    """The row of one figure of Costa Rica."""
    total = [pl.col(name) == "total" for name in ("sex", "age", "form")]
    return pl.all_horizontal(
        pl.col("area") == "CRI", pl.col("year") == 2019, pl.col("indicator") == "detected_victims", *total
    )


def made(home: Path, name: str, day: str, value: float) -> None:
    """A snapshot with another value of the figure."""
    shutil.copytree(Snapshot.open(str(HERE)).root, home / name)
    path = home / name / "observations.parquet"
    changed = pl.when(figure()).then(value)
    rows = pl.read_parquet(path)
    rows.with_columns(low=changed.otherwise("low"), high=changed.otherwise("high")).write_parquet(path)
    # Of version 2 of the contract, whose manifests are sealed.
    seal(home / name, id=name, created=f"{day}T00:00:00Z", contract=2)


@pytest.fixture
def process(tmp_path, monkeypatch):
    """A process that shows the oldest of three snapshots."""
    made(tmp_path, OLDEST, "2026-01-01", 1001)
    made(tmp_path, OLDER, "2026-02-01", 1002)
    real = Snapshot.open(str(HERE))
    shutil.copytree(real.root, tmp_path / real.id)
    (tmp_path / POINTER).write_text(f"{OLDEST}\n", "utf-8")
    one = Shown(str(tmp_path))
    monkeypatch.setattr(shown, "shown", lambda: one)
    monkeypatch.setenv(site.PUBLIC, PUBLIC)
    monkeypatch.setattr(pages, "_KEPT", pages.ContentCache(pages.MOST))
    return one


def publish(process: Shown, name: str) -> None:
    pointer.turn(process.place, name)
    process.check()
    assert store.snapshot().id == name


def opened(address: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and text at an address of the site."""
    parts, messages = urlsplit(address), []

    async def send(message):
        messages.append(message)

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {
        **{"type": "http", "http_version": "1.1", "method": "GET", "scheme": "https", "path": parts.path},
        **{"raw_path": parts.path.encode(), "root_path": "", "query_string": parts.query.encode()},
        **{"headers": [(b"host", b"atalaya.example.org")], "client": ("192.0.2.1", 1), "server": ("localhost", 80)},
    }
    threads.run(SERVER(scope, receive, send))
    start, *rest = messages
    headers = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    return start["status"], headers, b"".join(one.get("body", b"") for one in rest).decode("utf-8", "replace")


def values(text: str) -> set[float]:
    return set(pl.read_csv(text.encode(), infer_schema_length=None).filter(figure())["low"])


def cited_in(document: str) -> str:
    """The address in the citation of a view."""
    (address,) = set(re.findall(rf"{PUBLIC}/s/[^\s<>\"]*explore[^\s<>\"]*[^\s<>\".,;}}]", unescape(document)))
    return str(address)


def code_of(slides: bytes) -> tuple[str, list[list[bool]]]:
    """The address under the QR code of the first slide, and the modules of its picture."""
    first = Presentation(io.BytesIO(slides)).slides[0]
    (address,) = set(re.findall(rf"{PUBLIC}/s/\S+", slide_text(first)))
    (shape,) = [one for one in first.shapes if one.shape_type == MSO_SHAPE_TYPE.PICTURE]
    count = len(segno.make(address, error="m").matrix)
    return str(address), modules(Image.open(io.BytesIO(shape.image.blob)), count, 3)


def pictures_with_codes(folder: Path, area: str) -> list[Path]:
    """The QR code of the slides on a state, and the first page of the briefing as PDF, as it is printed."""
    slides, paper = (formats.made(form, language("es"), area, None, PUBLIC) for form in ("pptx", "pdf"))
    first = Presentation(io.BytesIO(slides)).slides[0]
    (shape,) = [one for one in first.shapes if one.shape_type == MSO_SHAPE_TYPE.PICTURE]
    (folder / "slide.png").write_bytes(shape.image.blob)
    (folder / "paper.pdf").write_bytes(paper)
    command = ["pdftoppm", "-r", "200", "-f", "1", "-singlefile", "-png", "paper.pdf", "paper"]
    subprocess.run(command, cwd=folder, check=True)
    return [folder / "slide.png", folder / "paper.png"]


@pytest.mark.long
@pytest.mark.skipif(not PYTHON.exists(), reason="the packages of tests/described are missing: make test-full")
@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="poppler-utils is not installed (pdftoppm)")
def test_a_reader_of_codes_leads_to_a_snapshot_two_publishes_old(process, tmp_path):
    pictures = pictures_with_codes(tmp_path, "CRI")
    publish(process, OLDER)
    publish(process, Snapshot.open(str(HERE)).id)
    for path in pictures:
        found, read = faults("code", str(path))
        assert found == []
        (address,) = json.loads(read)
        assert address == f"{PUBLIC}/s/{OLDEST}/es/country/CRI"
        status, _, document = opened(address)
        assert (status, OLDEST in document) == (200, True)
        ((said, _),) = WARNING.findall(document)
        assert said.strip() == "Se han publicado datos más recientes."
        # Where its modules are lost, nothing is read.
        with Image.open(path) as picture:
            damaged = picture.convert("RGB").resize((20, 20))
        damaged.save(tmp_path / "damaged.png")
        assert faults("code", str(tmp_path / "damaged.png"))[0] == ["no code"]


def test_a_link_and_a_qr_code_open_a_snapshot_two_publishes_old(process):
    link = cited_in(opened(f"{PUBLIC}/en/{VIEW}")[2])
    on_slide, drawn = code_of(formats.made("pptx", language("es"), "CRI", None, PUBLIC))
    # The picture has the address and no other.
    assert drawn == dark(segno.make(on_slide, error="m"))
    assert on_slide == f"{PUBLIC}/s/{OLDEST}/es/country/CRI"
    assert link.startswith(f"{PUBLIC}/s/{OLDEST}/en/explore?")
    assert "Newer data" not in opened(link)[2]
    newest = Snapshot.open(str(HERE)).id
    publish(process, OLDER)
    publish(process, newest)
    for address, words in (
        (link, "Newer data have been published."),
        (on_slide, "Se han publicado datos más recientes."),
    ):
        status, _, document = opened(address)
        assert (status, OLDEST in document) == (200, True)
        ((said, there),) = WARNING.findall(document)
        assert said.strip() == words
        again = urljoin(address, unescape(there))
        assert again.startswith(address.replace(f"/s/{OLDEST}", "").partition("?")[0])
        assert f"/s/{OLDEST}" not in again
        status, _, current = opened(again)
        assert (status, WARNING.findall(current), newest in current) == (200, [], True)
    rows = link.replace("/explore?", "/explore.csv?")
    (real,) = values(opened(rows.replace(OLDEST, newest))[2])
    assert values(opened(rows)[2]) == {1001}
    assert values(opened(rows.replace(OLDEST, OLDER))[2]) == {1002}
    assert real not in {1001, 1002}
    assert values(opened(f"{PUBLIC}/en/{VIEW}".replace("explore?", "explore.csv?"))[2]) == {real}


def test_the_links_of_a_page_stay_in_its_snapshot(process):
    publish(process, OLDER)
    address = f"{PUBLIC}/s/{OLDEST}/fr/country/CRI"
    document = opened(address)[2]
    links = {urljoin(address, unescape(one)) for one in re.findall(r'\s(?:href|src)="([^"#]+)"', document)}
    inside = {one for one in links if one.startswith(f"{PUBLIC}/s/{OLDEST}/")}
    newest = {urljoin(address, WARNING.findall(document)[0][1])}
    canonical = set(
        re.findall(rf'<link rel="(?:canonical|alternate|describedby)"[^>]*href="({PUBLIC}[^"]*)"', document)
    )
    assert {one for one in links if one.startswith(PUBLIC)} - inside <= newest | canonical
    assert len(inside) > 40
    for one in sorted(inside)[:: len(inside) // 12]:
        assert opened(one)[0] in {200, 307}, one


def test_the_api_below_a_snapshot_answers_from_it(process):
    publish(process, OLDER)
    _, headers, text = opened(f"{PUBLIC}/s/{OLDEST}/api/v1/observations?area=CRI&format=csv")
    assert (headers["atalaya-snapshot"], values(text)) == (OLDEST, {1001})


@pytest.mark.parametrize(
    "asked", ["en/region?year=2019", "en/country/HTI", "pt/", "", "desk/explore?area=CRI", "en/routes.csv"]
)
@pytest.mark.usefixtures("process")
def test_a_snapshot_that_is_gone_leads_to_the_view_that_says_so(asked):
    address = f"{PUBLIC}/s/{'f' * 12}/{asked}"
    status, headers, _ = opened(address)
    there = urljoin(address, headers["location"])
    assert status == 307
    assert there == f"{PUBLIC}/{asked}{'&' if '?' in asked else '?'}snapshot={'f' * 12}"
    if asked.startswith("en/region"):
        assert f"This link was made from data version {'f' * 12}" in opened(there)[2]


def test_a_withdrawn_snapshot_leads_to_the_warning(process, monkeypatch):
    withdrawn = pl.DataFrame({"snapshot": [OLDEST], "withdrawn": ["2026-02-02"], "reason": ["wrong_figure"]})
    rows = withdrawn.with_columns(pl.col("withdrawn").str.to_date(), replaced_by=pl.lit(""))
    monkeypatch.setattr("dashboard.server.one_snapshot.errata", lambda: rows)
    monkeypatch.setattr("dashboard.views.notices.errata", lambda: rows)
    publish(process, OLDER)
    address = f"{PUBLIC}/s/{OLDEST}/en/region"
    there = urljoin(address, opened(address)[1]["location"])
    assert "Please do not cite the earlier figures." in opened(there)[2]
    assert set(codebook.errata()["snapshot"]).isdisjoint({OLDEST})


@pytest.mark.parametrize("path", [f"/s/{OLDEST}", "/s/../en/", "/s/ABC/en/", f"/s/{OLDEST}/nothing", "/s/"])
@pytest.mark.usefixtures("process")
def test_what_names_no_view_is_not_there(path):
    assert opened(f"{PUBLIC}{path}")[0] == 404


def test_the_desk_shows_the_newest_data(process):
    publish(process, OLDER)
    address = f"{PUBLIC}/s/{OLDEST}/desk/explore?area=CRI"
    assert urljoin(address, opened(address)[1]["location"]) == f"{PUBLIC}/desk/explore?area=CRI&snapshot={OLDEST}"
