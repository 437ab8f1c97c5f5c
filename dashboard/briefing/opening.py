"""What stands around a briefing: its title, its date, its link, and the warning where its snapshot is old."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from dashboard import asof, disclaimer, store, terms
from dashboard.briefing.content import Part
from dashboard.filters import LANGUAGE
from data.i18n import Language
from data.snapshot import Snapshot

MAIN = "unodc_glotip"


def as_of(lang: Language, snapshot: Snapshot) -> str:
    """The line of every slide and page: the newest release of the main source, the snapshot, its day."""
    main = next(source for source in snapshot.manifest["sources"] if source["name"] == MAIN)
    told = lang.text("UNODC: release of {release}", release=asof.release(lang, asof.newest(main)))
    return f"{told} · {asof.dated(lang, snapshot)}"


def stale(lang: Language, snapshot: Snapshot, today: date | None) -> str | None:
    """The warning of every slide and page where the snapshot is more than a year old."""
    if not asof.old(snapshot, today):
        return None
    day = lang.date(str(snapshot.manifest["created"])[:10])
    return lang.text("More than a year old: figures as of {date}. Newer ones may have been published.", date=day)


def address(lang: Language, root: str, page: str, **ids: str) -> str:
    """The link that opens the view; empty where the server's public address is not known."""
    return f"{root.rstrip('/')}/{page}?{urlencode({LANGUAGE.name: lang.code, **ids})}" if root else ""


def title(lang: Language, name: str, remarks: tuple[str, ...] = ()) -> Part:
    """The first part: whom it is about, whose product it is not, what must be said of the state."""
    lead = lang.text("What is recorded: figures, routes, the Declaration of Mexico, and what is missing.")
    detected = lang.text("Detected means recorded by the authorities. It is not how many victims there are.")
    told = (detected, *remarks, disclaimer.independent(lang))
    return Part("title", name, lead, remarks=told, notes="\n".join([lead, *told]))


def cited(lang: Language, source: str, releases: Sequence[str] = ()) -> str:
    """A source with the releases that rows name, or with its newest, to stand behind a figure."""
    held = next(one for one in store.snapshot().manifest["sources"] if one["name"] == source)
    named = releases or (asof.newest(held),)
    written = lang.listing(asof.release(lang, one) for one in named)
    return lang.text("{source}: {release}", source=terms.term(lang, "source", source), release=written)
