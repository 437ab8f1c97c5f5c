"""The contents of the folder (`contents.json`, written with the archive), its messages, and a check of its files."""

import hashlib
import json
import locale
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# program/offline/laptop/contents.py
ROOT = Path(__file__).parents[3]
FILE = Path(__file__).with_name("contents.json")
SUMS = "SHA256SUMS"
DEFAULT = "en"


class Trouble(Exception):  # noqa: N818 - a person reads it, as one sentence
    """A reason why the observatory cannot start: the key of a message and the values of its fields."""

    def __init__(self, key: str, **fields: object) -> None:
        super().__init__(key)
        self.key, self.fields = key, fields


@dataclass(frozen=True)
class Contents:
    """The contents of the folder.

    Attributes:
        targets: by system (`linux-x86_64`) and Python (`3.11`): the name of its `uv` wheel and its `unpacked` bytes.
        sentences: messages by language and key.
        names: language codes by English name.
    """

    targets: dict[str, dict[str, dict[str, Any]]]
    sentences: dict[str, dict[str, str]]
    names: dict[str, str]

    def say(self, code: str, key: str, **fields: object) -> str:
        """A message in a language, with its fields filled."""
        return self.sentences.get(code, self.sentences[DEFAULT])[key].format(**fields)

    def language(self) -> str:
        """The language in the settings of this computer; English if the folder does not have it."""
        settings = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
        try:
            locale.setlocale(locale.LC_CTYPE, "")
            # Windows says `Spanish_Mexico` where the others say `es_MX`.
            settings.append(locale.getlocale()[0] or "")
        except (locale.Error, ValueError):
            pass
        words = [setting.lower().partition("_")[0] for setting in settings if setting]
        codes = (self.names.get(word, word) for word in words)
        return next((code for code in codes if code in self.sentences), DEFAULT)


def read(path: Path = FILE) -> Contents:
    """Read the contents of the folder."""
    return Contents(**json.loads(path.read_text("utf-8")))


def damaged(root: Path, matches: Callable[[str], bool]) -> list[str]:
    """Files that are missing, unreadable or changed, of those whose name is `wanted`."""
    try:
        lines = (root / SUMS).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        lines = []
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    return (
        [name for name, digest in sums.items() if matches(name) and _digest(root / name) != digest] if sums else [SUMS]
    )


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
