"""The views of the page Instruments."""

from functools import partial

from dashboard import choices
from dashboard.describe import instruments as describe
from dashboard.files import snippets
from dashboard.files.views import View, file_name
from dashboard.query import instruments
from data.i18n import Language


def standings(lang: Language, treaty: str, year: int) -> View:
    """How each state stood to a treaty at the end of a year."""
    closing = instruments.closing()
    rows = instruments.standings(treaty, year)
    return View(
        file_name("parties", treaty, year),
        describe.on_map_heading(lang, treaty, rows, year, closing),
        "instruments",
        lambda: rows,
        (choices.TREATY, choices.YEAR_END),
        snippets.standings(treaty),
        key="parties",
    )


def acts(lang: Language, wanted: tuple[str, ...]) -> View:
    """Every act on one treaty or on all."""
    return View(
        file_name("acts", *(wanted if len(wanted) == 1 else ())),
        describe.acts_heading(lang, wanted),
        "instruments",
        partial(instruments.acts, wanted),
        (choices.TREATY, choices.ALL_TREATIES),
        snippets.acts(wanted),
        key="acts",
    )


def laws(lang: Language) -> View:
    """The law that is named for each state."""
    title = describe.laws_heading(lang)
    return View("laws", title, "instruments", instruments.laws, (), snippets.laws())
