"""A language is added by its folder alone: done here in a copy of the tree, with a catalogue of a few messages."""

import csv
import json
from pathlib import Path

import pytest

from dashboard.menu import scripts
from data.glossary import glossary
from data.i18n import LANGUAGES
from tests.exercises.tree import copy, run, screens

LANGUAGE = 'locale = "nl"\norder = 5\n'
# A heading of each page: its title, but on Home and Country, whose titles are a sentence and a name, a section's.
HEADINGS = {
    "home": ("Are more victims detected?", "Verandert het?"),
    "region": ("Region", "Regio"),
    "routes": ("Routes", "Routes in kaart"),
    "country": ("Briefing and sources", "Nota en bronnen"),
    "pair": ("What to ask each other", "Wat elkaar te vragen"),
    "explore": ("Explore", "Verkennen"),
    "declaration": ("Declaration", "Verklaring"),
    "instruments": ("Treaties and laws", "Verdragen en wetten"),
    "coverage": ("Coverage", "Dekking"),
    "sources": ("Sources", "Bronnen"),
    "present": ("Present", "Presenteren"),
    "about": ("About and method", "Over de methode"),
    "letter": ("What the data lack", "Wat de gegevens missen"),
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
    assert {f"reference/glossary.csv: {column}" for column in ("nl", "avoid_nl", "meaning_nl")} <= {*lacking}
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


CREOLE = 'locale = "ht"\norder = 5\nname = "Kreyòl ayisyen"\n'
SMALL = '\n[small]\nin = "nan"\nof = "nan"\nto = "nan"\nby = "pa"\nfrom = "soti nan"\nthrough = "pa"\n'
MEANT = [concept for concept, entry in glossary().items() if entry.meaning["en"]]
SAID = """
from dashboard.subjects.about.words import meaning, term
from dashboard.words import countries
from data.i18n import language
lang = language("ht")
print([countries.inside(lang, "USA"), countries.leaving(lang, "HTI"), countries.number(lang, "USA")])
print(term(lang, "detected"), "|", meaning(lang, "detected")[:8].strip())
"""


def test_what_a_language_lacks_is_english_and_its_columns_are_read_when_they_are_there(tmp_path):
    """Two files are enough; each column of names, terms and articles adds what it says."""
    tree = copy(tmp_path, "data", "dashboard")
    folder, reference = tree / "data" / "locales" / "ht", tree / "data" / "reference"
    (folder / "LC_MESSAGES").mkdir(parents=True)
    (folder / "LC_MESSAGES" / "atalaya.po").write_text(CATALOGUE, "utf-8")

    def said(toml: str) -> list[str]:
        (folder / "language.toml").write_text(toml, "utf-8")
        done = run(tree, "-c", SAID)
        return done.stdout.splitlines() or done.stderr.splitlines()[-1:]

    def column(file: str, name: str, cells: dict[str, str]) -> None:
        path = reference / file
        with path.open(encoding="utf-8", newline="") as lines:
            header, *rows = csv.reader(lines)
        with path.open("w", encoding="utf-8", newline="") as lines:
            rows += [[cell, *[""] * (len(header) - 2), "a test"] for cell in cells if file == "country_names.csv"]
            csv.writer(lines).writerows([[*header, name], *([*row, cells.get(row[0], "")] for row in rows)])

    english = "['in the United States', 'from Haiti', 1]"
    assert said(CREOLE) == [english, "Detected victim | A person"]
    column("country_names.csv", "ht", {"USA": "Etazini", "HTI": "Ayiti"})
    column("glossary.csv", "meaning_ht", dict.fromkeys(MEANT, "yon moun"))
    assert said(CREOLE + SMALL) == ["['nan Etazini', 'soti nan Ayiti', 1]", "Detected victim | A person"]
    column("glossary.csv", "ht", {**dict.fromkeys(glossary(), "mo"), "detected": "viktim yo jwenn"})
    assert said(CREOLE + SMALL)[1] == "Viktim yo jwenn | yon moun"
    (error,) = said(CREOLE + 'articles = ["la"]\n' + SMALL)
    assert "data/reference/articles.csv, row 1: its columns are area,en,es,pt,fr,fr_in; expected: " in error
    column("articles.csv", "ht", {"USA": "la"})
    assert said(CREOLE + 'articles = ["la"]\n' + SMALL)[0] == "['nan la Etazini', 'soti nan Ayiti', 1]"
    (error,) = said(CREOLE + '[small]\nin = "nan"\n')
    assert error.endswith("data/locales/ht/language.toml: it has no of, to, by, from, through; add what is missing")
