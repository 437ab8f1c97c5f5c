"""Lists what a language lacks: `python -m data.translations fr`. Until it is there, English is shown in its place."""

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

from data import disputed, meeting
from data.i18n import CATALOGUES, DEFAULT, DOMAIN, LANGUAGES, LOCALES

HERE = Path(__file__).parent


def missing(code: str) -> list[str]:
    """Every text without its own words in a language: the file, and the message or the place in the file."""
    lacking = [f"{_catalogue(code).relative_to(HERE)}: {message}" for message in _messages(code)]
    for path in (*meeting.delivered().values(), disputed.AREAS):
        places = _places(tomllib.loads(path.read_text("utf-8")), code, "")
        lacking += [f"{path.relative_to(HERE)}: {place}" for place in places]
    return lacking


def _messages(code: str) -> Iterator[str]:
    """The messages that a catalogue does not translate, by the English catalogue, which has all of them."""
    if code == DEFAULT:
        return
    own = _translated(code) if _catalogue(code).exists() else {}
    yield from (message for message in _translated(DEFAULT) if not own.get(message))


def _translated(code: str) -> dict[str, bool]:
    """Whether each message of a catalogue has all its forms."""
    with _catalogue(code).open("rb") as file:
        catalogue = read_po(file, locale=LOCALES[code])
    listed = ((m.id, m.string) for m in catalogue if m.id)
    return {
        message if isinstance(message, str) else message[0]: bool(text if isinstance(text, str) else all(text))
        for message, text in listed
    }


def _catalogue(code: str) -> Path:
    return CATALOGUES / code / "LC_MESSAGES" / f"{DOMAIN}.po"


def _places(value: Any, code: str, place: str) -> Iterator[str]:  # noqa: ANN401 - whatever TOML holds
    """The tables of texts by language that lack one: those that have English."""
    if isinstance(value, dict):
        if isinstance(value.get(DEFAULT), str) and code not in value:
            yield f"{place}.{code}"
        for name, inner in value.items():
            yield from _places(inner, code, f"{place}.{name}" if place else name)
    elif isinstance(value, list):
        for number, inner in enumerate(value, start=1):
            yield from _places(inner, code, f"{place}[{number}]")


if __name__ == "__main__":
    for language in sys.argv[1:] or LANGUAGES:
        print(*missing(language), sep="\n")  # noqa: T201
