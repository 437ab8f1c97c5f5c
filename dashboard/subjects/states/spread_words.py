"""Words on how the figures of a state spread over the years."""

from dashboard.subjects.states.profile_words import whole
from dashboard.subjects.states.spread import Spread
from dashboard.subjects.states.words import explained, reading
from data.i18n import Language

# With fewer years nothing is said about a change.
FEWEST = 3


def since(lang: Language, found: Spread | None) -> str:
    """Since when an indicator is reported, and the lowest and the highest figure of a year; empty of one or two years.

    No figure of a change is computed: masked ones would make it a guess. Of figures that are all one number `unchanged`
    speaks.
    """
    if found is None or len(found.every) < FEWEST or _one_number(found):
        return ""
    first, low, high = found.every[0], whole(lang, found.lowest), whole(lang, found.highest)
    if low == high:
        return lang.text("since {first}: {figure} in each year reported", first=first, figure=low)
    return lang.text("since {first}: {low} to {high} a year", first=first, low=low, high=high)


def unchanged(lang: Language, found: Spread | None, year: int) -> str:
    """The year of a key figure that is the same in each year reported; empty if it is not, or of one or two years."""
    if found is None or len(found.every) < FEWEST or not _one_number(found):
        return ""
    return lang.text("in {year}; the same in each year reported since {first}", year=year, first=found.every[0])


def _one_number(found: Spread) -> bool:
    """Whether all figures are one known number; those of fewer than five may differ."""
    return found.lowest == found.highest and found.lowest[0] == found.lowest[1]


def caution(lang: Language, victims: Spread | None) -> str:
    """What figures of detected victims do not show: the true number and, where they differ, why they change."""
    known = explained(lang, [])
    return f"{known} {reading(lang)}" if victims and len(victims.years) > 1 else known
