"""The language of a file."""

from babel.core import get_global

from data.i18n import Language


def territory(lang: Language) -> str:
    """The country or region whose usage the numbers and words follow, e.g. `GB` or `419`."""
    likely = str(get_global("likely_subtags").get(lang.code, ""))
    return lang.locale.territory or likely.rpartition("_")[2]


def language_tag(lang: Language) -> str:
    """The language tag for files, e.g. `pt-BR`."""
    return "-".join(filter(None, (lang.code, territory(lang))))
