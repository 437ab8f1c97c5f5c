"""The counted flows of a state, and the opening sentences on it, for its page and its briefing."""

from dashboard.editions import NEWEST
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.states import profile, profile_words
from dashboard.subjects.treaties import filters as treaties_filters
from dashboard.subjects.treaties import query as treaties_query
from data.i18n import Language

# Where citizens of a state were detected, and whose citizens it detected.
DIRECTIONS = ("origin", "destination")


def counted(area: str, position: str, edition: str = NEWEST) -> routes_query.Arrows:
    """The arrows of a state's counted flows in a direction."""
    return routes_query.arrows(routes_filters.of_state(area, "counted", edition, position))


def ends(area: str, position: str, edition: str = NEWEST) -> profile.Ends:
    """Where citizens of a state were detected (`origin`), or whose citizens it detected (`destination`)."""
    return profile.ends(counted(area, position, edition).every, position)


def in_order(area: str, edition: str = NEWEST) -> dict[str, profile.Ends]:
    """The other ends of a state's counted flows by direction, the one with the larger flow first."""
    found = {position: ends(area, position, edition) for position in DIRECTIONS}
    return dict(sorted(found.items(), key=lambda one: -one[1].largest))


def joined(area: str) -> int | None:
    """The year in which a state joined the Protocol on Trafficking in Persons; None if it is not known to have."""
    protocol, year = treaties_query.TREATIES[0], treaties_filters.years()[1]
    (day,) = treaties_query.standings(protocol, year).filter(area=area)["deposit"]
    return int(day.year) if day else None


def opening(lang: Language, area: str, edition: str = NEWEST, changing: str = "") -> str:
    """What is known of a state: its latest total, the sentence `changing` on its trend if any, and its largest flow."""
    abroad, here = (ends(area, position, edition) for position in DIRECTIONS)
    return profile_words.opening(lang, area, profile.latest(area, edition), abroad, here, joined(area), changing)
