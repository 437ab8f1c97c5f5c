"""The counted flows of a state, for its page and its briefing."""

from dataclasses import replace

from dashboard.editions import NEWEST
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.states import profile

# Where citizens of a state were detected, and whose citizens it detected.
DIRECTIONS = ("origin", "destination")


def counted(area: str, position: str, edition: str = NEWEST) -> routes_query.Arrows:
    """The arrows of a state's counted flows in a direction."""
    return routes_query.arrows(routes_filters.of_state(area, "counted", edition, position))


def ends(area: str, position: str, edition: str = NEWEST) -> profile.Ends:
    """Where citizens of a state were detected (`origin`), or whose citizens it detected (`destination`)."""
    found = profile.ends(counted(area, position, edition).every, position)
    return found if position == "origin" else replace(found, own_alone=profile.own_alone(area, edition))


def in_order(area: str, edition: str = NEWEST) -> dict[str, profile.Ends]:
    """The other ends of a state's counted flows by direction, the one with the larger flow first."""
    found = {position: ends(area, position, edition) for position in DIRECTIONS}
    return dict(sorted(found.items(), key=lambda one: -one[1].largest))
