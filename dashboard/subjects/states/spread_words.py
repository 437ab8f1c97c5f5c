"""Sentences on how the figures of a state spread over the years."""

from dashboard.subjects.states.profile_words import whole
from dashboard.subjects.states.spread import Spread
from dashboard.subjects.states.words import reading
from dashboard.words import tables, terms
from data.i18n import Language

# With fewer years nothing is said about a change.
FEWEST = 3


def changing(lang: Language, victims: Spread | None, convicted: Spread | None) -> list[str]:
    """How the yearly figures of a state spread, and what a change can mean; nothing without a total of victims.

    Two figures show no trend, and no figure of a change is computed: masked ones would make it a guess.
    """
    if victims is None:
        return []
    n = len(victims.every)
    if n < FEWEST:
        return [
            lang.plural(
                "{n} reported year does not show whether the number of victims rises or falls.",
                "{n} reported years do not show whether the number of victims rises or falls.",
                n,
            )
        ]
    found = [one for one in (victims, convicted) if one and len(one.every) >= FEWEST]
    lines = [lang.labelled(terms.term(lang, "indicator", one.indicator), _spread(lang, one)) for one in found]
    return [*lines, *([reading(lang)] if len(victims.years) > 1 else [])]


def _spread(lang: Language, found: Spread) -> str:
    """The highest and the lowest figure, and whether the latest is one of them."""
    low, high = ((whole(lang, one), tables.runs(found.years[one])) for one in (found.lowest, found.highest))
    values = {"n": lang.number(len(found.every)), "first": found.every[0], "last": found.every[-1]}
    if len(found.years) == 1:
        return lang.text("{figure} in each of the {n} years reported from {first} to {last}.", figure=low[0], **values)
    if found.only_latest(found.highest):
        return lang.text(
            "the latest figure is the highest of the {n} reported from {first} to {last}; the lowest is {low} "
            "({low_years}).",
            low=low[0],
            low_years=low[1],
            **values,
        )
    if found.only_latest(found.lowest):
        return lang.text(
            "the latest figure is the lowest of the {n} reported from {first} to {last}; the highest is {high} "
            "({high_years}).",
            high=high[0],
            high_years=high[1],
            **values,
        )
    return lang.text(
        "the {n} figures reported from {first} to {last} range from {low} ({low_years}) to {high} ({high_years}).",
        low=low[0],
        low_years=low[1],
        high=high[0],
        high_years=high[1],
        **values,
    )
