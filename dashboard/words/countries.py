"""The names of countries inside sentences, with the article and the small word before them.

    the(lang, "USA")      the United States    los Estados Unidos      os Estados Unidos    les États-Unis
    inside(lang, "USA")   in the ...           en los ...              nos ...              aux ...
    of(lang, "USA")       of the ...           de los ...              dos ...              des ...
    to(lang, "USA")       to the ...           a los ...               para os ...          vers les ...
    by(lang, "USA")       by the ...           por los ...             pelos ...            par les ...
    leaving(lang, "USA")  from the ...         de los ...              dos ...              des ...
    through(lang, "USA")  through the ...      por los ...             pelos ...            par les ...

Messages take the whole phrase as one value: `lang.text("{n} were detected {inside}", inside=inside(lang, area))`. For
verbs that agree with the name (`les États-Unis ont`), use `agreed`.
"""

from data.articles import articles
from data.i18n import Language, capitalized

# What a small word and an article become together; a missing pair is written as two words.
_JOINED = {
    "es": {("de", "el"): "del", ("a", "el"): "al"},
    "pt": {
        (small, one): joined + one
        for small, joined in (("em", "n"), ("de", "d"), ("por", "pel"))
        for one in ("o", "a", "os", "as")
    },
    "fr": {("de", "le"): "du", ("de", "les"): "des"},
}
_SMALL = {
    "in": {"en": "in", "es": "en", "pt": "em"},
    "of": {"en": "of", "es": "de", "pt": "de", "fr": "de"},
    "to": {"en": "to", "es": "a", "pt": "para", "fr": "vers"},
    "by": {"en": "by", "es": "por", "pt": "por", "fr": "par"},
    "through": {"en": "through", "es": "por", "pt": "por", "fr": "par"},
}
_MANY = {"es": ("los", "las"), "pt": ("os", "as"), "fr": ("les",)}
_VOWELS = "aàâeéèêiîoôuyhAÀÂEÉÈÊIÎOÔUYH"


def the(lang: Language, area: str) -> str:
    """The name with its article, e.g. `the United States`, `Haiti`."""
    return _phrase(lang, "", _article(lang, area), area)


def start(lang: Language, area: str) -> str:
    """The name with its article at the start of a sentence, e.g. `The United States`."""
    return capitalized(the(lang, area))


def inside(lang: Language, area: str) -> str:
    """Where something happens, e.g. `in the United States`, `en Haïti`, `no Brasil`."""
    if lang.code == "fr":
        return f"{articles().get(area, {}).get('fr_in', 'à')} {lang.country(area)}"
    return _phrase(lang, "in", _article(lang, area), area)


def of(lang: Language, area: str) -> str:
    """What belongs to a country or comes from it, e.g. `of the United States`, `d’Haïti`, `do Brasil`."""
    if lang.code == "fr" and not _article(lang, area) and lang.country(area).startswith(tuple(_VOWELS)):
        return f"d’{lang.country(area)}"
    return _phrase(lang, "of", _article(lang, area), area)


def to(lang: Language, area: str) -> str:
    """The direction of a movement, e.g. `to the United States`, `para o Brasil`."""
    return _phrase(lang, "to", _article(lang, area), area)


def by(lang: Language, area: str) -> str:
    """Who does something, e.g. `by the United States`, `pelo Brasil`."""
    return _phrase(lang, "by", _article(lang, area), area)


def leaving(lang: Language, area: str) -> str:
    """Where a movement begins, e.g. `from the United States`, `d’Haïti`, `do Brasil`."""
    return of(lang, area) if lang.code in _JOINED else _phrase(lang, "from", _article(lang, area), area)


def through(lang: Language, area: str) -> str:
    """What a movement passes, e.g. `through the United States`, `pelo Brasil`."""
    return _phrase(lang, "through", _article(lang, area), area)


def number(lang: Language, area: str) -> int:
    """2 where the name takes a plural verb in this language (`les États-Unis ont`), else 1; for `lang.plural`."""
    return 2 if _article(lang, area) in _MANY.get(lang.code, ()) else 1


def agreed(lang: Language, area: str, message: str, **values: object) -> str:
    """A sentence that begins with `{state}`, the name of a country; its verb agrees with the name."""
    return lang.plural(message, message, number(lang, area), state=start(lang, area), **values)


def _article(lang: Language, area: str) -> str:
    return articles().get(area, {}).get(lang.code, "")


def _phrase(lang: Language, small: str, article: str, area: str) -> str:
    """Small word, article and name; a language without its own small words here has the English ones."""
    before = _SMALL.get(small, {}).get(lang.code) or small
    joined = _JOINED.get(lang.code, {}).get((before, article), f"{before} {article}".strip())
    name = lang.country(area)
    if joined.endswith("’"):
        return joined + name
    return f"{joined} {name}".strip()
