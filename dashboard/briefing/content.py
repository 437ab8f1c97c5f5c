"""A whole briefing, for any kind of file: the parts that its page declares, the sources, and what all files name."""

from dataclasses import dataclass

from dashboard.views.page import Part
from data.i18n import Language


@dataclass(frozen=True)
class Briefing:
    """A whole briefing.

    Attributes:
        lang: its language, for the few words that the writers of files add (page numbers).
        name: an id for file names, e.g. `CRI_USA`; the region is `region`.
        title, subtitle: its subject, and the kind of document.
        as_of: the releases of UNODC in use and their last year, for every slide and page; each part names the releases
            of its rows.
        address: the link that opens the view; empty if no public address is configured.
        snapshot, created: the snapshot's id and date (ISO 8601).
        parts: the first is the opening, the last the sources.
        single: whether it is one page to print.
    """

    lang: Language
    name: str
    title: str
    subtitle: str
    as_of: str
    address: str
    snapshot: str
    created: str
    parts: tuple[Part, ...]
    single: bool = False
