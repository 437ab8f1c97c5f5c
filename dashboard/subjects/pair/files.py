"""The rows of a pair of states as files: flows and treaties between them."""

from functools import partial

from dashboard.subjects.compare.filters import ONE
from dashboard.subjects.compare.query import Pair
from dashboard.subjects.pair import query
from dashboard.subjects.pair.filters import OTHER as PAIRED
from dashboard.subjects.pair.filters import THIRD
from dashboard.subjects.shared import EDITION
from dashboard.subjects.sources.files import sources_of
from dashboard.subjects.treaties import query as treaties_query
from dashboard.subjects.treaties.files import CELLS
from dashboard.views.code import NO_REPEATS, Snippet, any_of, has
from dashboard.views.rows import Rows, file_name, since
from data.i18n import Language

# The filters of two states on the page.
SPECS = (ONE, PAIRED, EDITION)


def between(title: str, pair: Pair, edition: str) -> Rows:
    """The records with both of two states on their route."""
    both = (any_of(*(has(end, state) for end in ("origin", "transit", "destination"))) for state in pair.states)
    return Rows(
        file_name("between", pair.one, pair.other, since(edition)),
        title,
        "pair",
        partial(query.between, pair.one, pair.other, edition),
        SPECS,
        Snippet("flows", (NO_REPEATS, *both), "The view says the direction of each, too.", edition),
        key="between",
    )


def through(title: str, pair: Pair, third: str, edition: str) -> Rows:
    """The records that lead from one state of a pair through a third to the other."""
    ends = tuple(has(end, pair.states) for end in ("origin", "destination"))
    conditions, comment = (NO_REPEATS, *ends, has("transit", third)), "The view says the direction of each, too."
    return Rows(
        file_name("between", pair.one, pair.other, "through", third, since(edition)),
        title,
        "pair",
        lambda: query.through(query.between(pair.one, pair.other, edition), third),
        (*SPECS, THIRD),
        Snippet("flows", conditions, comment, edition),
        key="through",
    )


def treaties(lang: Language, pair: Pair) -> Rows:
    """The acts of two states on the treaties."""
    conditions = (has("instrument", treaties_query.shown()), has("area", pair.states))
    treaties_of = lang.text("Treaties")
    return Rows(
        file_name("treaties", *pair.states),
        f"{treaties_of}, {lang.listing(map(lang.country, pair.states))}",
        "pair",
        partial(treaties_query.bound, pair.states),
        SPECS,
        Snippet("instruments", conditions, "The view has one row for each treaty and state.", matches=CELLS),
        sources_of("instruments"),
        "treaties",
    )
