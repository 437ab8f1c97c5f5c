"""A language is added by its folder alone: done here in a copy of the tree, with a catalogue of a few messages."""

import json
from pathlib import Path

import pytest

from dashboard.menu import scripts
from data.i18n import LANGUAGES
from tests.exercises.tree import copy, run, screens

LANGUAGE = 'locale = "nl"\norder = 5\n'
# A heading of each page: its title, but on Home and Country, whose titles are a sentence and a name, a section's.
HEADINGS = {
    "home": ("Are more victims detected?", "Verandert het?"),
    "region": ("Region", "Regio"),
    "routes": ("Routes", "Routes in kaart"),
    "country": ("Key figures", "Kerncijfers"),
    "explore": ("Explore", "Verkennen"),
    "declaration": ("Declaration", "Verklaring"),
    "instruments": ("Treaties and laws", "Verdragen en wetten"),
    "coverage": ("Coverage", "Dekking"),
    "sources": ("Sources", "Bronnen"),
    "present": ("Present", "Presenteren"),
    "about": ("About and method", "Over de methode"),
}
WORDS = {**dict(HEADINGS.values()), "Detected victims": "Opgespoorde slachtoffers"}
CATALOGUE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n' + "".join(
    f'msgid "{english}"\nmsgstr "{dutch}"\n\n' for english, dutch in WORDS.items()
)
OFFLINE = """
import json
from offline import build, readme, words
from offline.targets import here
from offline.wheels import Wheels
pages = readme.pages(readme.Summary("0" * 12, "2026-01-01", [Wheels(here(), (), ())]))
scripts = build.scripts([here()])
print(json.dumps([{name: page.decode() for name, page in pages.items()}, sorted(scripts), words.names()]))
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> Path:
    """A copy of the tree with Dutch."""
    tree = copy(tmp_path_factory.mktemp("exercise"), "data", "dashboard", "pages", "offline", snapshot=True)
    folder = tree / "data" / "locales" / "nl"
    (folder / "LC_MESSAGES").mkdir(parents=True)
    (folder / "language.toml").write_text(LANGUAGE, "utf-8")
    (folder / "LC_MESSAGES" / "atalaya.po").write_text(CATALOGUE, "utf-8")
    return tree


def test_every_page_opens_in_the_language_and_the_switch_offers_it(tree):
    pages = list(scripts())
    shown = screens(tree, *((slug, {"lang": "nl"}) for slug in pages))
    for slug, page in zip(pages, shown, strict=True):
        assert page["options"]["lang"] == [*LANGUAGES.values(), "Nederlands"]
        assert HEADINGS[slug][1] in page["words"].splitlines()
    explore = shown[pages.index("explore")]
    assert explore["options"]["indicators"][:2] == [
        "Opgespoorde slachtoffers",
        "Suspects in formal contact with the authorities",
    ]


def test_missing_messages_are_listed(tree):
    done = run(tree, "-m", "data.translations", "nl")
    assert done.returncode == 0, done.stderr
    lacking = done.stdout.splitlines()
    assert "locales/nl/LC_MESSAGES/atalaya.po: Persons prosecuted" in lacking
    assert not {f"locales/nl/LC_MESSAGES/atalaya.po: {message}" for message in WORDS} & set(lacking)


@pytest.mark.parametrize("form", ["pptx", pytest.param("pdf", marks=pytest.mark.long)])
def test_a_briefing_is_written_in_the_language(tree, form):
    path = tree / f"briefing.{form}"
    done = run(
        tree, "-m", "dashboard", "briefing", "--lang", "nl", "--area", "CRI", "--format", form, "--out", str(path)
    )
    assert done.returncode == 0, done.stderr
    assert path.read_bytes()[:4] in {b"PK\x03\x04", b"%PDF"}


def test_the_offline_archive_has_a_page_in_the_language(tree):
    done = run(tree, "-c", OFFLINE)
    assert done.returncode == 0, done.stderr
    pages, starters, names = json.loads(done.stdout)
    assert len(pages) == len(LANGUAGES) + 1
    assert "1 januari 2026" in pages["README.nl.txt"]
    assert starters == ["start.bat", "start.command", "start.sh"]
    assert names["dutch"] == "nl"
