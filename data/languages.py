"""The declared languages: each is a folder `locales/<code>/` with `language.toml`.

`locale` (of CLDR) and `order` (in lists) are needed; `name`, `group` and `grouped_from`, `dash` and `first` say how the
language is named and how it writes numbers, ranges and the first of a month.

`states` are those to which letters are written in it; to others they are in the first language.

Names of countries in sentences: `small` has its words for `in`, `of`, `to`, `by`, `from` and `through`, and `joined`
what they become together with an article. `articles` are those of names, `plural` those that take a plural verb.
`places` are the words for `in` of a language in which they depend on the name. `elided` has the small words that change
before `vowels`. A language without `small` has the English ones, and English articles.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

# The language of the message ids.
DEFAULT = "en"
CATALOGUES = Path(__file__).parent / "locales"
SMALL = ("in", "of", "to", "by", "from", "through")


class LanguageError(ValueError):
    """A `language.toml` lacks something; the text names the file and the key."""

    def __init__(self, code: str, problem: str) -> None:
        super().__init__(f"data/locales/{code}/language.toml: {problem}")


@cache
def declared() -> Mapping[str, Mapping[str, Any]]:
    """What each `language.toml` says, by the language's code, in display order.

    Raises:
        LanguageError: a key is missing.
    """
    languages = {path.parent.name: tomllib.loads(path.read_text("utf-8")) for path in CATALOGUES.glob("*/*.toml")}
    for code, facts in languages.items():
        needed = (("locale", facts), ("order", facts), *((word, facts.get("small", SMALL)) for word in SMALL))
        if missing := [key for key, place in needed if key not in place]:
            raise LanguageError(code, f"it has no {', '.join(missing)}; add what is missing")
    return dict(sorted(languages.items(), key=lambda one: (one[1]["order"], one[0])))


def of_state(area: str) -> str:
    """The language in which letters to a state are written, by its code."""
    return next((code for code, facts in declared().items() if area in facts.get("states", ())), DEFAULT)
