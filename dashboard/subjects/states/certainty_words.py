"""Words on the latest total of a state: whether the figures rise or fall, and how sure the total is."""

from collections.abc import Sequence

import polars as pl

from dashboard.subjects.states import victims_words
from dashboard.subjects.states.profile import Ends
from dashboard.subjects.states.profile_words import whole
from dashboard.subjects.states.trend import Trend
from dashboard.subjects.states.victims import Groups
from dashboard.words import data_version, terms
from data.i18n import Language


def trend(lang: Language, found: Trend | None) -> str:
    """Whether the figures of the latest years in a row rise or fall."""
    if found is None:
        return lang.text("Whether the number rises or falls cannot be said: too few years in a row have a figure.")
    first, before = found.years[0], whole(lang, found.figures[0])
    if found.way == "same":
        # Figures of fewer than five may differ.
        few = found.figures[0][0] != found.figures[0][1]
        text = lang.text("The figure is fewer than five in each year reported since {first}.", first=first)
        return text if few else lang.text("The figure is the same in each year reported since {first}.", first=first)
    texts = {
        "rise": lang.text("The figure has risen every year since {first} ({figure}).", first=first, figure=before),
        "fall": lang.text("The figure has fallen every year since {first} ({figure}).", first=first, figure=before),
        "both": lang.text(
            "The figure was {figure} in {first}; since then it has risen in some years and fallen in others.",
            first=first,
            figure=before,
        ),
        "neither": lang.text(
            "The figure was {figure} in {first} and has neither risen nor fallen steadily since.",
            first=first,
            figure=before,
        ),
    }
    return texts[found.way]


def of_total(lang: Language, readings: pl.DataFrame, groups: Sequence[Groups]) -> str:
    """How sure the latest total is: in which releases it stands, and which groups contradict it.

    Args:
        readings: the total in each release that has it, the latest last: release, low, high.
        groups: the groups of its year.
    """
    *earlier, last = readings.select("low", "high").iter_rows()
    if last[0] != last[1]:
        sentences = [lang.text("UNODC gives it only as “fewer than five”.")]
    elif not earlier:
        sentences = [lang.text("It is in only one UNODC release so far.")]
    elif set(earlier) == {last}:
        n = len(earlier) + 1
        same = lang.plural("It is in {n} release of UNODC.", "It is the same in {n} UNODC releases.", n)
        sentences = [same]
    else:
        (low, high), release = earlier[-1], data_version.of_release(lang, readings["release"][-2])
        if low == high:
            gave = lang.text("UNODC’s release {of_release} gave {figure}.", of_release=release, figure=lang.number(low))
        else:
            gave = lang.text("UNODC’s release {of_release} gave “fewer than five”.", of_release=release)
        sentences = [gave]
    if unfit := [terms.in_sentence(victims_words.title(lang, one.dimension)) for one in groups if one.exceeds]:
        sentences.append(lang.text("The figures by {groups} contradict it.", groups=lang.listing(unfit)))
    sentences.append(lang.text("UNODC does not say whether the state counts persons or cases."))
    question = lang.text("How certain is the total?")
    return " ".join([question, *sentences])


def of_flows(lang: Language, found: Sequence[Ends]) -> str:
    """How sure the figures of a state without a total are; empty without a range."""
    if not any(one.rows.filter(pl.col("low") < pl.col("high")).height for one in found):
        return ""
    question = lang.text("How certain are these figures?")
    words = lang.text("The ranges include figures of fewer than five, which UNODC does not publish exactly.")
    return f"{question} {words}"
