"""The pages on top of the archive: one in each language, with the missing wheels and the untested systems."""

import re
import shutil

import pytest

from data import i18n
from data.i18n import LANGUAGES
from offline import build, readme, words
from offline.laptop.contents import Contents
from offline.targets import Target
from offline.wheels import Wheels


@pytest.fixture(scope="module")
def summary():
    gone = Wheels(Target("windows-arm64", "3.12"), (), ("pyarrow", "zzz-lib"))
    whole = [Wheels(Target(system, "3.12"), (), ()) for system in ("linux-x86_64", "macos-arm64")]
    return readme.Summary("0123456789ab", "2026-11-25", [*whole, gone])


def test_there_is_a_different_page_in_each_language(summary):
    pages = readme.pages(summary)
    assert len(pages) == len(LANGUAGES) == len({*pages.values()})
    assert {"README.txt", "LEAME.txt", "LEIAME.txt", "LISEZMOI.txt"} <= set(pages)
    lines = [set(page.decode().splitlines()) - {""} for page in pages.values()]
    assert len({len(page_lines) for page_lines in lines}) == 1
    # No line is left in another language.
    assert not set.intersection(*lines)


def test_each_page_names_what_is_missing_and_what_is_not_proven(summary):
    for page in readme.pages(summary).values():
        text = page.decode()
        assert "pyarrow, zzz-lib" in text
        assert "windows-arm64 (3.12)" in text
        assert re.search(r"macos-arm64 \(3\.12\)", text)
        assert all(how in text for how in ("start.bat", "start.command", "sh start.sh"))
        assert "0123456789ab" in text


def test_only_linux_is_called_proven(summary):
    text = readme.pages(summary)["README.txt"].decode()
    line = next(line for line in text.splitlines() if "not tested" in line)
    assert "macos-arm64" in line
    assert "linux" not in line


def test_missing_translations_are_in_english(summary, monkeypatch, tmp_path):
    shutil.copytree(i18n.CATALOGUES, tmp_path, dirs_exist_ok=True)
    # Its messages are there, untranslated.
    shutil.copytree(i18n.CATALOGUES / "en", tmp_path / "nl")
    monkeypatch.setattr(i18n, "CATALOGUES", tmp_path)
    monkeypatch.setitem(i18n.LANGUAGES, "nl", "Nederlands")
    monkeypatch.setitem(i18n.LOCALES, "nl", "nl")
    pages = readme.pages(summary)
    assert len(pages) == len(LANGUAGES)
    assert b"HOW TO START" in pages["README.nl.txt"]
    assert words.names()["dutch"] == "nl"
    assert words.sentences()["nl"] == words.sentences()["en"]


def test_the_sentences_of_the_scripts_exist_in_each_language():
    sentences = words.sentences()
    assert set(sentences) == set(LANGUAGES)
    for key in words.SENTENCES:
        assert len({sentences[code][key] for code in LANGUAGES}) == len(LANGUAGES)
    contents = Contents({}, sentences, {})
    assert contents.say("es", "other_port", port=8501, other=8502).startswith("Otro programa")
    assert contents.say("xx", "starting") == sentences["en"]["starting"]


def test_scripts_say_in_each_language_that_python_is_missing(summary):
    scripts = build.scripts(summary.whole)
    assert set(scripts) == {"start.sh", "start.command", "start.bat"}
    for text in map(bytes.decode, scripts.values()):
        assert all(sentences["no_python"].format(pythons="3.12") in text for sentences in words.sentences().values())
        assert "@" not in text.replace("@echo", "").replace('"$@"', "")
    # cmd.exe reads lines that end as Windows' do, and takes these characters for commands.
    batch = scripts["start.bat"].decode()
    assert batch.count("\n") == batch.count("\r\n")
    assert not [line for line in batch.splitlines() if line.startswith("echo ") and re.search(r"[&<>|^%!]", line)]
