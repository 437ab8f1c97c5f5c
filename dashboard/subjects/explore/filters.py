"""The filters of the page Explore, and the selection that they make: every indicator with a row.

`total` also matches the groups of an indicator without a total.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from dashboard.store import Tables, cached
from dashboard.subjects.explore import query
from dashboard.subjects.shared import EDITION, INDICATOR, STATES, counted_years
from dashboard.subjects.states import query as states_query
from dashboard.views.filters import Flag, Many, One, Span, Spec
from dashboard.words.vocabulary import AGE, FORM, SEX
from data.i18n import N_
from data.manifest import VICTIMS
from data.subregions import CODES

# The groups in the order in which they are shown, by dimension.
KNOWN: dict[str, Mapping[str, str]] = {"sex": SEX, "age": AGE, "form": FORM}


@cached
def usual_years(snap: Tables) -> tuple[int, int]:
    """The first and the last year with a total of the default indicator."""
    years = states_query.years.of(snap, INDICATOR.default)
    return years[0], years[-1]


@cached
def groups(snap: Tables, dimension: str) -> tuple[str, ...]:
    """The groups of `sex`, `age` or `form` that have a row: the known ones in their order, then age bands by age."""
    found, known = query.groups.of(snap, dimension), KNOWN[dimension]
    bands = sorted(found - set(known), key=lambda band: [*map(int, re.findall(r"\d+", band))])
    return (*(code for code in known if code in found), *bands)


TASK = One("desk", ("explore", "compare"), "explore", control=N_("View"), words="desk")
READING = One(
    "reading",
    ("multiples", "lines", "two_years", "heat", "table", "joined"),
    "multiples",
    control=N_("Display"),
    words="reading",
)
INDICATORS = Many(
    "indicators",
    query.indicators,
    (VICTIMS,),
    label=N_("Indicator"),
    control=N_("Indicators"),
    words="indicator",
    empty=N_("No indicator"),
    api="indicator",
)


@dataclass(frozen=True)
class Period(Span):
    """A first and a last year; two years that are compared are by default those that most states share."""

    def beside(self, values: Mapping[str, Any]) -> tuple[int, int]:
        """The default beside the values of other filters, by name."""
        chosen = tuple(values.get(INDICATORS.name, ()))
        both = values.get(READING.name) == "two_years"
        shared = query.shared_years(chosen[0]) if chosen and both else None
        return shared[:2] if shared and self.allows(shared[:2]) else self.default


PERIOD = Period("period", counted_years, usual_years, label=N_("Years"))
SEXES = Many(
    "sex", partial(groups, "sex"), ("total",), label=N_("Sex"), words="any_sex", empty=N_("Total and all groups")
)
AGES = Many(
    "age", partial(groups, "age"), ("total",), label=N_("Age"), words="any_age", empty=N_("Total and all groups")
)
EXPLOITATION = Many(
    "exploitation",
    partial(groups, "form"),
    ("total",),
    label=N_("Form of exploitation"),
    words="any_form",
    empty=N_("Total and all groups"),
    api="form",
)
# Groups of states whose figures are added up. With `chosen` the chosen states are, and do not stand alone.
CHOSEN = "chosen"
SUMS = Many(
    "sum",
    (CHOSEN, *CODES),
    label=N_("Sum of states"),
    control=N_("Sums of states"),
    words="any_sum",
    empty=N_("No sum"),
)
# Whether the panels of all states share one scale; a single large state can then dwarf the others.
ONE_SCALE = Flag("one_scale", control=N_("One scale for all states"))
EXPLORE: tuple[Spec[Any], ...] = (
    READING,
    INDICATORS,
    STATES,
    SUMS,
    PERIOD,
    SEXES,
    AGES,
    EXPLOITATION,
    ONE_SCALE,
    EDITION,
)


def selection(value: Callable[[Spec[Any]], Any]) -> query.Selection:
    """The selection of figures by the filters of the page; `value` reads the value of a filter."""
    first, last = value(PERIOD)
    several = (INDICATORS, STATES, SEXES, AGES, EXPLOITATION)
    indicators, states, sexes, ages, forms = (tuple(value(spec)) for spec in several)
    return query.Selection(indicators, _areas(states, tuple(value(SUMS))), first, last, sexes, ages, forms)


def _areas(states: tuple[str, ...], sums: tuple[str, ...]) -> tuple[str, ...]:
    """The areas of a selection: states, then groups of states, which stand alone if no state is chosen."""
    groups = tuple(code for code in sums if code != CHOSEN)
    if CHOSEN not in sums:
        return (*states, *groups)
    together = "-".join(sorted(states)) if states else next(iter(CODES))
    return tuple(dict.fromkeys((together, *groups)))
