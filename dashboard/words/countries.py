"""The names of countries inside sentences, with the article and the small word before them.

    the(lang, "USA")      the United States    los Estados Unidos      os Estados Unidos    les États-Unis
    inside(lang, "USA")   in the ...           en los ...              nos ...              aux ...
    of(lang, "USA")       of the ...           de los ...              dos ...              des ...
    to(lang, "USA")       to the ...           a los ...               para os ...          vers les ...
    by(lang, "USA")       by the ...           por los ...             pelos ...            par les ...
    leaving(lang, "USA")  from the ...         de los ...              dos ...              des ...
    through(lang, "USA")  through the ...      por los ...             pelos ...            par les ...

Messages take the whole phrase as one value: `lang.text("{n} were detected {inside}", inside=inside(lang, area))`. For
verbs that agree with the name (`les États-Unis ont`), use `agreed`. The small words are in `language.toml`.
"""

from collections.abc import Mapping
from typing import Any

from data.articles import articles
from data.i18n import DEFAULT, Language, capitalized
from data.languages import declared


def the(lang: Language, area: str) -> str:
    """The name with its article, e.g. `the United States`, `Haiti`."""
    return _phrase(lang, "", area)


def start(lang: Language, area: str) -> str:
    """The name with its article at the start of a sentence, e.g. `The United States`."""
    return capitalized(the(lang, area))


def inside(lang: Language, area: str) -> str:
    """Where something happens, e.g. `in the United States`, `en Haïti`, `no Brasil`."""
    place = articles().get(area, {}).get(f"{lang.code}_in")
    return f"{place} {lang.country(area)}" if place else _phrase(lang, "in", area)


def of(lang: Language, area: str) -> str:
    """What belongs to a country or comes from it, e.g. `of the United States`, `d’Haïti`, `do Brasil`."""
    return _phrase(lang, "of", area)


def to(lang: Language, area: str) -> str:
    """The direction of a movement, e.g. `to the United States`, `para o Brasil`."""
    return _phrase(lang, "to", area)


def by(lang: Language, area: str) -> str:
    """Who does something, e.g. `by the United States`, `pelo Brasil`."""
    return _phrase(lang, "by", area)


def leaving(lang: Language, area: str) -> str:
    """Where a movement begins, e.g. `from the United States`, `d’Haïti`, `do Brasil`."""
    return _phrase(lang, "from", area)


def through(lang: Language, area: str) -> str:
    """What a movement passes, e.g. `through the United States`, `pelo Brasil`."""
    return _phrase(lang, "through", area)


def in_codes(lang: Language, origin: str, destination: str) -> str:
    """Whose citizens were detected where, by the codes of both: an arrow would show a way, which nobody counted."""
    # Translators: {origin} and {destination} are codes of countries: citizens of the first, detected in the second.
    return lang.text("{origin} in {destination}", origin=origin, destination=destination)


def number(lang: Language, area: str) -> int:
    """2 where the name takes a plural verb in this language (`les États-Unis ont`), else 1; for `lang.plural`."""
    code, facts = _grammar(lang)
    return 2 if _article(code, area) in facts.get("plural", ()) else 1


def agreed(lang: Language, area: str, message: str, **values: object) -> str:
    """A sentence that begins with `{state}`, the name of a country; its verb agrees with the name."""
    return lang.plural(message, message, number(lang, area), state=start(lang, area), **values)


def _grammar(lang: Language) -> tuple[str, Mapping[str, Any]]:
    """The language whose small words and articles a language has, its own or English, and what is declared of it."""
    code = lang.code if "small" in declared().get(lang.code, {}) else DEFAULT
    return code, declared()[code]


def _article(code: str, area: str) -> str:
    return articles().get(area, {}).get(code, "")


def _phrase(lang: Language, small: str, area: str) -> str:
    """Small word, article and name."""
    code, facts = _grammar(lang)
    name, article, before = lang.country(area), _article(code, area), facts["small"].get(small, "")
    words = facts.get("joined", {}).get(f"{before} {article}", f"{before} {article}".strip())
    if words in facts.get("elided", {}) and name[:1].casefold() in facts["vowels"]:
        words = facts["elided"][words]
    return words + name if words.endswith("’") else f"{words} {name}".strip()
