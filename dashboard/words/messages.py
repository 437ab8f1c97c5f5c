"""Update the catalogues of translations: run `python -m dashboard.words.messages` after messages change.

It collects every message of dashboard/, data/, offline/, pages/ and etl/cases/, the English texts of the sources'
declarations, the names of treaties and the reasons for what counts as evidence, and merges them into the `atalaya.po`
of each language: new messages are added untranslated, unused ones removed, translations kept. No match is fuzzy.
"""

import csv
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from data.i18n import CATALOGUES, DEFAULT, DOMAIN, LANGUAGES, LOCALES
from data.treaties import treaties

ROOT = Path(__file__).parents[2]
FOLDERS = ("dashboard", "data", "pages", "offline", "etl/cases")
DECLARATIONS = "etl/sources"
# The texts of a declaration that `dashboard.words.source_facts` shows in the reader's language.
FACTS = ("title", "publisher", "license", "citation")
TREATIES = "data/reference/treaties.csv"
# Reviewed files with a column `reason`, which the page on the declaration shows.
RULES = ("data/reference/questions.csv", "data/reference/hti_measures.csv")
# `.text(...)`, `.plural(one, many, ...)`, `agreed(lang, area, message, ...)` with one English form for both, and the
# mark of messages in tables; gettext's own names are not used here.
KEYWORDS: dict[str, tuple[int, ...] | None] = {"text": None, "plural": (1, 2), "agreed": (3, 3), "N_": None}
METHODS = [("**.py", "python")]
# Header lines that change with the date or the tool, or say nothing; without them a diff shows messages only.
UNSTABLE = tuple(f'"{name}' for name in ("POT-Creation", "PO-Revision", "Generated-By", "Last-", "Report-", "Project-"))
UNSTABLE += ('"Language-Team',)


def extract(root: Path = ROOT) -> Catalog:
    """All messages of the program in `root`, with their files and `Translators:` comments."""
    template = Catalog(domain=DOMAIN)
    for folder in FOLDERS:
        found = extract_from_dir(
            root / folder, METHODS, keywords=KEYWORDS, comment_tags=["Translators:"], strip_comment_tags=True
        )
        for file, line, message, comments, _ in found:
            template.add(message, locations=[(f"{folder}/{file}", line)], auto_comments=comments)
    for path in sorted((root / DECLARATIONS).rglob("*.toml")):
        for message in _declared(tomllib.loads(path.read_text("utf-8"))):
            template.add(message, locations=[(path.relative_to(root).as_posix(), 1)])
    for path in root.glob(TREATIES):
        for message in (name for one in treaties(path).values() for name in (one.name, one.short)):
            template.add(message, locations=[(TREATIES, 1)])
    for path in (root / name for name in RULES if (root / name).exists()):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                template.add(row["reason"], locations=[(path.relative_to(root).as_posix(), 1)])
    return template


def _declared(source: dict[str, Any]) -> Iterator[str]:
    """What a source's declaration says in English and not in every other language: label, indicators, and its facts."""
    yield from (source[fact] for fact in FACTS if fact in source)
    indicators = source.get("indicators", [])
    parts = ("title", "definition", "coverage")
    texts = [source.get("label", {}), *(one.get(part, {}) for one in indicators for part in parts)]
    yield from (each[DEFAULT] for each in texts if DEFAULT in each and not LANGUAGES.keys() <= each.keys())


def merged(code: str, template: Catalog, folder: Path = CATALOGUES) -> Catalog:
    """The catalogue of a language, updated to the messages of `template`; translations are kept."""
    path = folder / code / "LC_MESSAGES" / f"{DOMAIN}.po"
    earlier = _read(path, code)
    fresh = Catalog(locale=LOCALES[code], domain=DOMAIN, fuzzy=False)
    for message in template:
        if message.id:
            known = earlier.get(message.id)
            # A message that has become plural, or no longer is, needs a new translation.
            same = known is not None and isinstance(known.id, str) == isinstance(message.id, str)
            text = known.string if known is not None and same else None
            fresh.add(message.id, text, locations=message.locations, auto_comments=message.auto_comments)
    return fresh


def write(catalogue: Catalog, path: Path) -> None:
    """Write a catalogue without dates and line numbers, so that a change shows only what changed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.header_comment = "# Messages of the Atalaya observatory."
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, sort_output=True, omit_header=False, include_lineno=False)
    lines = [line for line in path.read_text("utf-8").splitlines(keepends=True) if not line.startswith(UNSTABLE)]
    path.write_text("".join(lines), "utf-8")


def update(codes: Iterable[str] = LANGUAGES) -> None:
    """Update the catalogues of `codes` to the program's messages."""
    template = extract()
    for code in codes:
        write(merged(code, template), CATALOGUES / code / "LC_MESSAGES" / f"{DOMAIN}.po")


def _read(path: Path, code: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=LOCALES[code])
    with path.open("rb") as file:
        return read_po(file, locale=LOCALES[code])


if __name__ == "__main__":
    update()
