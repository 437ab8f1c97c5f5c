"""What page "Instruments" hands over, as the views of `dashboard.files.views`."""

from functools import partial

from dashboard import choices
from dashboard.describe import instruments as describe
from dashboard.files.views import View, named
from dashboard.query import instruments
from dashboard.snippets import treaties as lines
from data.i18n import Language


def standings(lang: Language, treaty: str, year: int) -> View:
    """How each state stood to a treaty at the end of a year."""
    closing = instruments.closing()
    rows = instruments.standings(treaty, year)
    return View(
        named("parties", treaty, year),
        describe.on_map_heading(lang, treaty, rows, year, closing),
        "instruments",
        lambda: rows,
        (choices.TREATY, choices.YEAR_END),
        partial(lines.standings, treaty=treaty, year=year, last=instruments.end(closing)),
        key="parties",
    )


def acts(lang: Language, wanted: tuple[str, ...]) -> View:
    """Every act on one treaty or on all."""
    return View(
        named("acts", *(wanted if len(wanted) == 1 else ())),
        describe.acts_heading(lang, wanted),
        "instruments",
        partial(instruments.acts, wanted),
        (choices.TREATY, choices.ALL_TREATIES),
        partial(lines.acts, treaties=wanted),
        key="acts",
    )


def laws(lang: Language) -> View:
    """The laws that are named."""
    title = describe.laws_heading(lang)
    return View("laws", title, "instruments", instruments.laws, (), lines.laws)
