"""What the folder holds (`contents.json`, written with the archive), and its words in the reader's language."""

import json
import locale
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# program/offline/laptop/contents.py
ROOT = Path(__file__).parents[3]
FILE = Path(__file__).with_name("contents.json")
DEFAULT = "en"


class Trouble(Exception):  # noqa: N818 - it is told to a person, in one sentence
    """What keeps the observatory from starting: the key of a sentence, and what fills it."""

    def __init__(self, key: str, **fields: object) -> None:
        super().__init__(key)
        self.key, self.fields = key, fields


@dataclass(frozen=True)
class Contents:
    """Snapshot id; target (`linux-x86_64`, `3.11`) to its wheels and their installed bytes; words by language."""

    snapshot: str
    pip: str
    targets: dict[str, dict[str, Any]]
    words: dict[str, dict[str, str]]

    @property
    def pythons(self) -> list[str]:
        """The versions of Python that any system is served with, the oldest first."""
        found = {version for versions in self.targets.values() for version in versions}
        return sorted(found, key=lambda version: int(version.split(".")[1]))

    def say(self, code: str, key: str, **fields: object) -> str:
        """A sentence in a language, filled."""
        return self.words.get(code, self.words[DEFAULT])[key].format(**fields)


def read(path: Path = FILE) -> Contents:
    """The account that was written with the archive."""
    return Contents(**json.loads(path.read_text("utf-8")))


def spoken(codes: list[str]) -> str:
    """The language of the person at this computer, as its settings tell; English for all others."""
    told = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    try:
        locale.setlocale(locale.LC_CTYPE, "")
        # Windows says `Spanish_Mexico`, where the others say `es_MX`.
        told.append((locale.getlocale()[0] or "").lower())
    except (locale.Error, ValueError):
        pass
    names = {"english": "en", "spanish": "es", "portuguese": "pt", "french": "fr"}
    words = [word.lower().partition("_")[0] for word in told if word]
    return next((code for word in words if (code := names.get(word, word)) in codes), DEFAULT)
