"""List the missing translations of a language: `python -m data.translations fr`. The screens show them in English."""

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

from data import disputed, meeting
from data.articles import Articles
from data.country_names import CountryNames
from data.glossary import Glossary
from data.i18n import CATALOGUES, DEFAULT, DOMAIN, LANGUAGES, LOCALES
from data.reviewed import read

HERE = Path(__file__).parent


def missing(code: str) -> list[str]:
    """The texts without a translation: for each the file, and the message, the place or the column in the file."""
    result = [f"{_catalogue(code).relative_to(HERE)}: {message}" for message in _messages(code)]
    for path in (*meeting.delivered().values(), disputed.AREAS):
        places = _places(tomllib.loads(path.read_text("utf-8")), code, "")
        result += [f"{path.relative_to(HERE)}: {place}" for place in places]
    for form in (CountryNames, Articles, Glossary):
        lacking = sorted(form.of_language(code).keys() - {*read(form).columns})
        result += [f"reference/{form.FILE}: {column}" for column in lacking]
    return result


def _messages(code: str) -> Iterator[str]:
    """The messages that a catalogue does not translate; the English catalogue lists all messages."""
    if code == DEFAULT:
        return
    own = _translated(code) if _catalogue(code).exists() else {}
    yield from (message for message in _translated(DEFAULT) if not own.get(message))


def _translated(code: str) -> dict[str, bool]:
    """Whether each message of a catalogue is translated in all its plural forms."""
    with _catalogue(code).open("rb") as file:
        catalogue = read_po(file, locale=LOCALES[code])
    listed = ((m.id, m.string) for m in catalogue if m.id)
    return {
        message if isinstance(message, str) else message[0]: bool(text if isinstance(text, str) else all(text))
        for message, text in listed
    }


def _catalogue(code: str) -> Path:
    return CATALOGUES / code / "LC_MESSAGES" / f"{DOMAIN}.po"


def _places(value: Any, code: str, place: str) -> Iterator[str]:  # noqa: ANN401 - any TOML value
    """The places of texts by language (those with English) that lack this language."""
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
