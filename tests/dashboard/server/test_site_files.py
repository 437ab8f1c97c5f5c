"""The site as files: whole or not at all, with links to what is there, and with the files that documents name."""

import asyncio
import json
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from hashlib import sha256
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from PIL import Image

from dashboard import __main__, catalog, store
from dashboard.server import command, site_command, site_files
from tests.offline.names import refused

ROOT = Path(__file__).parents[3]
LINK = re.compile(r'(?:\s(?:href|src|data-address)=|"contentUrl": )"([^"]*)"')
SMALL = ("--languages", "en", "--areas", "DOM", "HTI", "--workers", "1")


def written(folder, *more):
    assert __main__.main(["site", str(folder), *SMALL, *more]) == 0
    return folder


def links(pages):
    """All links of some pages and of their views, each with its page."""
    for page in pages:
        views = sorted(page.with_name(f"{page.stem}.views").glob("*.js"))
        contents = [json.loads(view.read_text("utf-8").removeprefix("arrived(")[:-2]) for view in views]
        parts = [part for view in contents for part in (*view["parts"].values(), view["all"] or "")]
        for text in (page.read_text("utf-8"), *parts):
            yield from ((page, unescape(link)) for link in LINK.findall(text))


def broken(folder, found):
    """Those of some links that lead to no file of the folder, or to no view of its page."""
    lost = []
    for page, link in found:
        address = urlsplit(urldefrag(urljoin(page.as_uri(), link)).url)
        if address.scheme != "file":
            continue
        target, query = Path(unquote(address.path)), unquote(address.query).replace("&", "_")
        view = target.with_name(f"{target.stem}.views") / f"{query}.js"
        if not target.is_file() or (query and not view.is_file()):
            lost.append(f"{page.relative_to(folder)}: {link}")
    return lost


def stop(command, new, enough, by):
    """Run a command, and stop it as soon as it has written so many files; its status."""
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 300
    while sum(path.is_file() for path in new.rglob("*")) < enough and time.monotonic() < deadline:
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(by)
    return process.wait(60)


def hashes(folder):
    about = {"manifest.json", "current.json"}
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in about)
    named = {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}
    return {name: one for name, one in named.items() if not name.startswith("s/")}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    pages = ("home", "country", "pair", "about", "declaration", "letter")
    return written(tmp_path_factory.mktemp("site") / "site", "--pages", *pages, "--keep", "2")


@pytest.fixture(scope="module")
def about(tmp_path_factory):
    """A site of one page."""
    return written(tmp_path_factory.mktemp("about") / "site", "--pages", "about")


@pytest.fixture
def own(about, tmp_path):
    """A copy of the site of one page."""
    return shutil.copytree(about, tmp_path / "site")


def test_every_link_of_a_page_leads_to_a_file(site):
    pages = [path for path in site.rglob("*.html") if "s" not in path.relative_to(site).parts]
    assert {"index.html", "en/index.html", "en/country/HTI.html", "en/pair/DOM/HTI.html"} <= {
        path.relative_to(site).as_posix() for path in pages
    }
    found = [*links(pages)]
    assert broken(site, found) == []
    assert len(found) > 300


def test_without_home_the_first_page_leads_to_one_that_is_written(tmp_path):
    folder = written(tmp_path / "site", "--pages", "about", "sources")
    assert broken(folder, links([folder / "index.html"])) == []
    assert 'href="en/about.html"' in (folder / "index.html").read_text("utf-8")


def test_the_page_on_the_api_says_that_its_addresses_need_the_website(tmp_path, monkeypatch):
    for root in ("", "https://example.org/atalaya"):
        monkeypatch.setenv("ATALAYA_PUBLIC_ADDRESS", root)
        folder = written(tmp_path / f"site{len(root)}", "--pages", "api", "sources")
        page = folder / "en" / "api.html"
        found = [link for _, link in links([page])]
        assert broken(folder, links([page])) == []
        assert "answers to programs (API) need the website." in page.read_text("utf-8")
        assert any(link.startswith("sources.html") for link in found)
        assert (f"{root}/api/v1/openapi.json" in found, f"{root}/en/feed.atom" in found) == (bool(root),) * 2
        assert not [link for link in found if link.startswith("/")]


def test_only_scripts_and_styles_that_a_page_names_are_there(site):
    pages = "".join(path.read_text("utf-8") for path in site.glob("en/*.html"))
    assets = {path.name for path in (site / "assets").rglob("*") if path.is_file()}
    # Those of Present, which is not written here.
    assert {name for name in assets if f"/{name}" not in pages} == {"present.js", "present.css"}
    assert {"page.js", "files.js"} <= assets


def test_a_link_without_a_file_is_found(tmp_path):
    page, view = tmp_path / "page.html", tmp_path / "page.views" / "a=1_b=2.js"
    addresses = ("page.html?a=1&amp;b=2#b", "page.html?a=2", "none.html", "https://example.org/")
    page.write_text("".join(f'<a href="{one}"></a>' for one in addresses), "utf-8")
    view.parent.mkdir()
    view.write_bytes(site_files.script({"parts": {0: '<a href="lost.html"></a>'}, "all": None}))
    lost = ("page.html?a=2", "none.html", "lost.html")
    assert broken(tmp_path, links([page])) == [f"page.html: {one}" for one in lost]


def test_a_state_has_its_briefing_if_it_is_asked_for(tmp_path):
    folder = tmp_path / "site"
    only = ("--languages", "en", "--areas", "HTI", "--workers", "1", "--pages", "country", "--briefings")
    assert __main__.main(["site", str(folder), *only]) == 0
    page = (folder / "en/country/HTI.html").read_text("utf-8")
    for name, begin in (("HTI.pdf", b"%PDF"), ("HTI.page.pdf", b"%PDF"), ("HTI.pptx", b"PK")):
        assert f'href="{name}"' in page
        assert (folder / "en/country" / name).read_bytes().startswith(begin)


def test_nothing_is_at_an_address_of_a_server(site):
    for path in (site / "en").rglob("*.html"):
        page = path.read_text("utf-8")
        assert not re.search(r'(?:href|src|action)="(?:absent:|/|[^"]*\.years|[^"]*/picture/|[^"]*/api/)', page), path


def test_the_manifest_has_the_hash_of_each_file(site):
    manifest = json.loads((site / "manifest.json").read_text("utf-8"))
    assert manifest["files"] == hashes(site)
    assert manifest["id"] == json.loads((site / "current.json").read_text("utf-8"))["id"] == store.snapshot().id


def test_every_file_system_takes_the_names(site):
    what = site_files.written(["en"], ("DOM", "HTI"))
    views = [f"en/{slug}.views/{view}.js" for (slug, _), found in what.views.items() for view in found]
    names = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    every = [*names, *(one.replace("&", "_") for one in views)]
    assert refused([f"atalaya-room-0123456789ab/{name}" for name in every]) == []


def test_rows_of_a_page_are_those_of_the_server(site):
    rows = (site / "en/country/HTI.routes_counted.csv").read_bytes()
    assert rows == asyncio.run(command.at("/en/country/HTI/routes_counted.csv")).content
    assert rows.count(b"\n") > 2
    assert (site / "en/country/HTI.routes_counted.xlsx").read_bytes()[:2] == b"PK"


def test_a_figure_is_there_as_png_and_svg(site):
    page = (site / "en/country/HTI.html").read_text("utf-8")
    drawn, painted = (sorted((site / "en/figures").glob(f"*.{kind}")) for kind in ("svg", "png"))
    assert [path.stem for path in drawn] == [path.stem for path in painted]
    named = [path for path in painted if f'href="../figures/{path.name}"' in page]
    assert len(named) > 1
    for path in named:
        with Image.open(path) as picture:
            assert (picture.format, picture.size) == ("PNG", (1920, 1080))


def test_the_pages_of_a_snapshot_stay_below_its_id(site):
    kept = site / "s" / store.snapshot().id
    assert (kept / "en/country/HTI.html").read_bytes() == (site / "en/country/HTI.html").read_bytes()
    assert not (kept / "current.json").exists()


def test_so_many_snapshots_are_kept_as_the_operator_says(tmp_path):
    before, new = tmp_path / "site", tmp_path / "site.new"
    for day, name in (("2026-01-01", "a" * 12), ("2026-01-02", "b" * 12), ("2026-01-03", "c" * 12)):
        place = before / "s" / name
        place.mkdir(parents=True)
        (place / "manifest.json").write_text(json.dumps({"created": day}), "utf-8")
    new.mkdir()
    (new / "index.html").write_text("new", "utf-8")
    site_command._keep(new, before, 3)
    assert {path.name for path in (new / "s").iterdir()} == {store.snapshot().id, "b" * 12, "c" * 12}
    assert (new / "s" / store.snapshot().id / "index.html").read_text("utf-8") == "new"


def test_a_folder_of_something_else_stays(tmp_path, capsys):
    (tmp_path / "letter.txt").write_text("mine", "utf-8")
    assert __main__.main(["site", str(tmp_path), *SMALL, "--pages", "about"]) == 1
    assert capsys.readouterr().err == f"atalaya: {tmp_path} has other files. Choose an empty folder, or a new one.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_run_that_is_killed_leaves_the_folder_before(tmp_path, own):
    folder, before = own, hashes(own)
    command = [sys.executable, "-m", "dashboard", "site", str(folder), *SMALL, "--pages", "about", "country", "pair"]
    new = tmp_path / "site.new"
    assert stop(command, new, 20, signal.SIGKILL) == -signal.SIGKILL
    assert hashes(folder) == before
    assert json.loads((folder / "manifest.json").read_text("utf-8"))["files"] == before
    # The processes that it started end too: nothing is written any more.
    time.sleep(3)
    left = sorted(new.rglob("*"))
    time.sleep(2)
    assert sorted(new.rglob("*")) == left
    # The next run is not hindered by what was left.
    written(folder, "--pages", "about")
    assert not new.exists()


def test_a_switch_that_was_cut_short_is_made_good(tmp_path, own):
    own.rename(tmp_path / "site.old")
    written(own, "--pages", "about")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


FIRST = '<title>One</title><main id="content">\n<div class="head">1</div><div class="sections">{}</div></main>'


def test_a_view_has_the_parts_that_differ():
    first = FIRST.format("<section>a</section><section>b</section>")
    other = FIRST.format("<section>a</section><section>c</section>").replace("One", "Two")
    found = site_files.difference(first, other)
    head = '<div class="head">1</div>'
    assert found["parts"] == {0: head, 2: "<section>c</section>"}
    assert (found["title"], found["looks"], found["count"], found["all"]) == ("Two", "", 3, None)
    fewer = site_files.difference(first, FIRST.format("<section>a</section>"))
    assert (fewer["all"], fewer["parts"]) == ('<div class="sections"><section>a</section></div>', {0: head})


def test_every_pair_with_a_record_and_every_year_is_written():
    what = site_files.written(["en"], store.areas())
    flows = store.tables().flows().collect()
    pairs = {
        tuple(sorted({one, other}))
        for row in flows.select("origin", "transit", "destination").iter_rows()
        for one in row
        for other in row
        if one and other and one != other and {one, other} <= set(store.areas()) and row[0] != row[2]
    }
    assert {path for path in what.paths["pair"] if len(path) == 2} == pairs
    assert len(what.paths["country"]) == 36
    years = {int(view.partition("=")[2]) for view in what.views["region", ()]}
    assert max(years) - min(years) + 1 == len(years) + 1
    # From all years of Routes to the last one, and so to each; of Explore the period is moved.
    seen = [year for year in flows["year"].unique() if year is not None]
    each = {f"years={year}-{year}" for year in range(min(seen), max(seen) + 1)}
    assert set(what.views["routes", ()]) == each
    periods = [[int(year) for year in view.partition("=")[2].split("-")] for view in what.views["explore", ()]]
    assert len({last - first for first, last in periods}) == 1
    assert what.paths["passport"] == frozenset()
    assert {*what.paths} == {*catalog.pages()}
    assert "notes=1&area=HTI" in what.views["present", ()]


@pytest.mark.long
def test_the_whole_site_is_there_or_nothing_of_it(tmp_path):
    """In two languages, so that links between them are followed; each takes about seven minutes of a core."""
    folder, new = tmp_path / "site", tmp_path / "site.new"
    arguments = ["site", str(folder), "--languages", "en", "es"]
    command = [sys.executable, "-m", "dashboard", *arguments]
    assert stop(command, new, 200, signal.SIGTERM) != 0
    assert not folder.exists()
    begun = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert __main__.main(arguments) == 0
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    sys.stdout.write(f"{spent.ru_utime + spent.ru_stime - begun.ru_utime - begun.ru_stime:,.0f} s of the processor\n")
    assert not new.exists()
    assert json.loads((folder / "manifest.json").read_text("utf-8"))["files"] == hashes(folder)
    pages = sorted(folder.rglob("*.html"))
    assert {page.relative_to(folder).parts[0] for page in pages} == {"index.html", "en", "es"}
    chance = random.Random(41)  # noqa: S311 - the same links each time
    found = [*links(chance.sample(pages, 200))]
    assert broken(folder, chance.sample(found, 1000)) == []
