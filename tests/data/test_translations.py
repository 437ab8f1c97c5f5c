"""A language is a catalogue and entries in data files: missing ones are shown in English, and listed."""

import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from data import articles, i18n, translations
from data.i18n import LANGUAGES
from data.languages import declared
from data.translations import missing

ROOT = Path(__file__).parents[2]
CODE = """
from data import disputed, i18n, meeting, translations
from data.contract import SCHEMAS
lang = i18n.language("nl")
print(list(i18n.LANGUAGES), lang.name, lang.tag, lang.text("Region"), lang.text("State"), lang.number(1234.5, 1))
areas = disputed.disputed_areas()
print(areas["disputed:belize_guatemala"].names["nl"])
path = meeting.delivered()["national_authorities"]
scenes = meeting.read(path.read_bytes(), path.name, lambda _: iter(()), ours=True).scenes
print(scenes[0].title["nl"] == scenes[0].title["en"], scenes[0].notes["nl"] == scenes[0].notes["en"])
print([name for name in SCHEMAS["workplan_lines"].column_names() if name.startswith("text_")])
lacking = translations.missing("nl")
print("locales/nl/LC_MESSAGES/atalaya.po: State" in lacking, "locales/nl/LC_MESSAGES/atalaya.po: Region" in lacking)
print("scenes/national_authorities.toml: scene[1].notes.nl" in lacking)
print("reference/disputed/areas.toml: area[1].names.nl" in lacking)
"""


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_is_missing_in_the_languages_that_are_there(code):
    assert missing(code) == []


@pytest.fixture
def new_language(monkeypatch: pytest.MonkeyPatch) -> str:
    """A language that is declared and has no catalogue and no text yet."""
    monkeypatch.setitem(i18n.LOCALES, "nl", "nl")
    monkeypatch.setattr(articles, "declared", lambda: {**declared(), "nl": {"locale": "nl", "order": 5}})
    return "nl"


def test_a_language_without_a_catalogue_is_in_english_with_its_own_numbers(new_language):
    lang = i18n.language.__wrapped__(new_language)
    assert (lang.text("Region"), lang.number(1234.5, 1)) == ("Region", "1.234,5")


def command(monkeypatch: pytest.MonkeyPatch, *codes: str) -> None:
    """Run `python -m data.translations` in this process."""
    monkeypatch.setattr(sys, "argv", ["translations", *codes])
    runpy.run_path(str(translations.__file__), run_name="__main__")


def test_the_command_lists_every_text_that_a_new_language_lacks(new_language, monkeypatch, capsys):
    command(monkeypatch, new_language)
    listed = capsys.readouterr().out.splitlines()
    assert {
        "locales/nl/LC_MESSAGES/atalaya.po: Region",
        "scenes/national_authorities.toml: scene[1].notes.nl",
        "reference/disputed/areas.toml: area[1].names.nl",
    } <= set(listed)


def test_the_command_checks_every_language_by_default(monkeypatch, capsys):
    command(monkeypatch)
    assert capsys.readouterr().out.split() == []


def test_a_language_is_added_by_a_catalogue_and_shows_english_where_it_lacks_words(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("snapshot", "__pycache__"))
    folder = tmp_path / "data" / "locales" / "nl"
    (folder / "LC_MESSAGES").mkdir(parents=True)
    (folder / "language.toml").write_text('locale = "nl"\norder = 5\n', "utf-8")
    (folder / "LC_MESSAGES" / "atalaya.po").write_text('msgid "Region"\nmsgstr "Regio"\n', "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", CODE], cwd=tmp_path, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        f"{[*LANGUAGES, 'nl']} Nederlands nl Regio State 1.234,5",
        "Southern Belize (claimed by Guatemala)",
        "True True",
        "['text_en', 'text_es', 'text_pt', 'text_fr']",
        "True False",
        "True",
        "True",
    ]
