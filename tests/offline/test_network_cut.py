"""The archive of this machine, unpacked into an empty folder, with the network cut: every page, four languages."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from dashboard import menu
from data.i18n import LANGUAGES, Language, language
from offline import build, targets
from tests.offline.names import refused
from tests.offline.samples import ROOT, python

CUT = [["unshare", "--net"], ["unshare", "--map-root-user", "--net"]]


@pytest.fixture(scope="module")
def made(downloaded, tmp_path_factory):
    """The archive, made from the downloaded wheels for this system and this Python only."""
    out = tmp_path_factory.mktemp("offline")
    messages = []
    path = build.archived(ROOT, [targets.here()], downloaded, out, messages.append)
    assert re.search(r"\d+ wheels", messages[0])
    yield path
    # With what was installed it takes more than a gigabyte.
    shutil.rmtree(out)


@pytest.fixture(scope="module")
def folder(made):
    """The unpacked folder."""
    subprocess.run([sys.executable, "-m", "zipfile", "-e", made, made.parent / "stick"], check=True)
    (path,) = (made.parent / "stick").iterdir()
    return path


@pytest.fixture(scope="module")
def cut():
    """The command that runs another one without a network."""
    for command in CUT:
        if not subprocess.run([*command, "true"], capture_output=True, check=False).returncode:
            return command
    pytest.skip("this machine does not let a test make a network namespace (unshare)")


def test_the_archive_holds_nothing_that_a_file_system_refuses(made):
    with ZipFile(made) as archive:
        entries = archive.infolist()
    assert len(entries) > 300
    assert refused(entry.filename for entry in entries) == []
    # The upper half of the attributes is the mode; 0o12 is a link.
    assert {entry.external_attr >> 28 for entry in entries} == {0o10}
    assert max(len(entry.filename) for entry in entries) < 180


def test_the_archive_names_no_machine_and_no_index_and_holds_nothing_raw(made):
    machine = re.compile(
        rb"(?<![\w.~}])/(?:work|home|root|Users|tmp)/\w|pypi[.]org|pythonhosted[.]org|--(?:extra-)?index-url"
    )
    with ZipFile(made) as archive:
        ours = [name for name in archive.namelist() if "/wheels/" not in name and not name.endswith(".parquet")]
        assert [name for name in ours if machine.search(archive.read(name))] == []
        assert not [name for name in archive.namelist() if re.search(r"/data/raw/|/etl/|\.(?:xlsx|zip|xls)$", name)]
        assert not [name for name in archive.namelist() if re.search(r"__pycache__|\.git(?:/|ignore)|\.venv", name)]


def test_the_archive_holds_a_readme_and_a_start_for_each_system(made):
    with ZipFile(made) as archive:
        top = {name.split("/", 1)[1] for name in archive.namelist() if name.count("/") == 1}
    assert {"start.sh", "start.command", "start.bat", "SHA256SUMS"} <= top
    assert {"README.txt", "LEAME.txt", "LEIAME.txt", "LISEZMOI.txt"} <= top


def test_another_program_finds_the_unpacked_folder_whole(folder):
    check = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    assert not subprocess.run(check, cwd=folder, check=False).returncode
    listed = {line.split("  ", 1)[1] for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines()}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there - listed == {"SHA256SUMS"}


def test_the_same_inputs_give_the_same_archive(made, downloaded, tmp_path):
    again = build.archived(ROOT, [targets.here()], downloaded, tmp_path, lambda _: None)
    assert again.name == made.name
    # A quarter of a gigabyte: compared by another program.
    different = subprocess.run(["cmp", again, made], check=False).returncode
    again.unlink()
    assert not different


def links(lang: Language) -> dict[str, str]:
    """The words of the link to each page, by slug."""
    foot = {slug: lang.text(words) for slug, words in menu.AT_FOOT.items() if slug in menu.UNLISTED}
    return {slug: foot.get(slug) or menu.title(lang, slug) for slug in menu.scripts()}


@pytest.mark.browser
def test_every_page_is_shown_in_every_language_with_the_network_cut(folder, cut, chromium, tmp_path):
    pages = {code: links(language(code)) for code in LANGUAGES}
    assert [len(one) for one in pages.values()] == [len(list((ROOT / "pages").glob("[0-9]*.py")))] * len(LANGUAGES)
    (tmp_path / "pages.json").write_text(json.dumps(pages))
    command = [*cut, sys.executable, "-m", "tests.offline.inside", folder, chromium, python(), tmp_path / "pages.json"]
    # The start does not know this user's folders, so it cannot find anything in them.
    variables = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    ran = subprocess.run(command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True, check=True)
    report = json.loads(ran.stdout)
    assert report["reached"] == []
    assert (report["console"], report["outside"]) == ([], [])
    assert report["briefings"] == {"pptx": "PK\x03\x04", "pdf": "%PDF"}
    assert report["status"] == 0
    assert "Installing" in report["first"]
    assert "ready" in report["second"]
    assert "Installing" not in report["second"]
    assert Path(folder / "env").is_dir()
