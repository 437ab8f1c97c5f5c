"""Words for a view as of an earlier release, so that nobody takes it for today's figures."""

from dashboard import asof, terms
from dashboard.query.published import NEWEST
from data.i18n import Language
from data.snapshot import Snapshot


def notes(lang: Language, snapshot: Snapshot, edition: str) -> list[str]:
    """What stands under a figure: the snapshot, and the earlier release it is seen as of."""
    return [*remark(lang, edition), asof.short(lang, snapshot)]


def titled(lang: Language, title: str, edition: str) -> str:
    """The title of a figure, with the earlier release it is seen as of."""
    if edition == NEWEST:
        return title
    return lang.text("{title} · release of {date}", title=title, date=terms.term(lang, "edition", edition))


def remark(lang: Language, edition: str) -> list[str]:
    """One sentence on an earlier release; nothing for the newest."""
    if edition == NEWEST:
        return []
    day = terms.term(lang, "edition", edition)
    return [lang.text("UNODC’s figures as published in its release of {date}; a newer release is available.", date=day)]
