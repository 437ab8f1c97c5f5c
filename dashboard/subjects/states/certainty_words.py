"""Words on the latest figures of a state: how they stand among those of other years, and how sure the total is."""

from collections.abc import Sequence

import polars as pl

from dashboard.subjects.states.profile import Ends
from dashboard.subjects.states.profile_words import whole
from dashboard.subjects.states.standing import Standing
from dashboard.subjects.states.words import explained, reading
from dashboard.words import data_version, tables, terms
from data.i18n import N_, Language


def standing(lang: Language, found: Standing | None, verdict: str = "") -> str:
    """How the latest figure stands among those of all years; of a figure that its parts contradict, what they are.

    Args:
        verdict: what the state's own register says of a figure that its parts contradict.
    """
    if found is None:
        return ""
    return " ".join(filter(None, [_standing(lang, found, verdict), _not_counted(lang, found)]))


# Titles of at most twelve words, after the name of what is counted and a colon; certain as the sentences are.
CLAIMS = {
    # Translators: a figure and its year; every other of the {n} figures is lower.
    "highest": N_("{figure} ({year}), the highest of {n} yearly figures"),
    # Translators: a figure and its year; every other of the {n} figures is higher.
    "lowest": N_("{figure} ({year}), the lowest of {n} yearly figures"),
    # Translators: a figure and its year; it was higher in the year {before}.
    "high": N_("{figure} ({year}), the highest since {before}"),
    # Translators: a figure and its year; it was lower in the year {before}.
    "low": N_("{figure} ({year}), the lowest since {before}"),
}


def claim(lang: Language, found: Standing | None, figure: str) -> str:
    """The latest figure as the highest or lowest of some years, for a title; empty if it is not surely one of these."""
    if found is None or found.kind not in CLAIMS or len(found.years) <= TWO:
        return ""
    if found.kind in {"high", "low"} and not found.before:
        return ""
    before = found.before[0] if found.before else 0
    n = lang.number(len(found.years))
    return lang.text(CLAIMS[found.kind], figure=figure, year=found.years[-1], n=n, before=before)


def _standing(lang: Language, found: Standing, verdict: str) -> str:
    n, first, last = lang.number(len(found.years)), found.years[0], found.years[-1]
    if found.kind in EXTREMES:
        kind = f"{found.kind} of two" if f"{found.kind} of two" in EXTREMES and len(found.years) == TWO else found.kind
        sentence = lang.text(EXTREMES[kind], n=n, first=first, last=last)
        return _since_one(lang, found) or sentence
    low, high = whole(lang, found.lowest), whole(lang, found.highest)
    at = tables.runs_in_sentence(lang, found.at)
    spans = {
        "years": tables.runs_in_sentence(lang, found.years),
        "earlier": tables.runs_in_sentence(lang, found.earlier),
    }
    texts = {
        "above": lambda: _since(lang, found, spans),
        # Translators: {years} and {earlier} are runs of years: 2021–2023, or 2014–2018 and 2020.
        "below": lambda: lang.text("All yearly figures for {years} are lower than those for {earlier}.", **spans),
        "contradicted": lambda: _contradicted(lang, found, verdict),
        "only": lambda: "" if found.left_out else lang.text("There is no figure for another year."),
        "other": lambda: _other(lang, found),
        # Translators: each of them is the one number {figure}; there are at least three.
        "same": lambda: lang.text(
            "All {n} yearly figures since {first} are {figure}.", n=n, first=first, figure=whole(lang, found.lowest)
        ),
        # Translators: every one of the figures is certainly below five; they may differ, and each may be zero.
        "few": lambda: lang.text("Each of the {n} yearly figures since {first} is fewer than five.", n=n, first=first),
        "between": lambda: lang.text(
            "The yearly figures since {first} range from {low} to {high} ({years}).",
            first=first,
            low=low,
            high=high,
            years=at,
        ),
    }
    return texts[found.kind]()


TWO = 2
# Translators: each is certain for every number that a figure “fewer than five” may be. {n} counts the years with a
# figure, this one included; years without a figure are not counted.
EXTREMES = {
    # Translators: every other figure is lower.
    "highest": N_("This is the highest of the {n} yearly figures since {first}."),
    # Translators: there are two figures; the parts of one contradict it, so it is not compared by how much.
    "highest of two": N_("The only other figure, for {first}, is lower."),
    # Translators: there are two figures; the parts of one contradict it, so it is not compared by how much.
    "lowest of two": N_("The only other figure, for {first}, is higher."),
    # Translators: every other figure is higher.
    "lowest": N_("This is the lowest of the {n} yearly figures since {first}."),
    # Translators: another may be as high.
    "none_higher": N_("None of the {n} yearly figures since {first} is higher."),
    # Translators: another may be as low.
    "none_lower": N_("None of the {n} yearly figures since {first} is lower."),
    # Translators: every other of the latest {n} figures is lower; an earlier one is not.
    "high": N_("This is the highest of the latest {n} yearly figures ({first}–{last})."),
    # Translators: every other of the latest {n} figures is higher; an earlier one is not.
    "low": N_("This is the lowest of the latest {n} yearly figures ({first}–{last})."),
}


def _since(lang: Language, found: Standing, spans: dict[str, str]) -> str:
    """That the latest figures are above those before; and the highest of all, if it is an earlier one of the latest."""
    # Translators: {years} and {earlier} are runs of years: 2021–2023, or 2014–2018 and 2020.
    risen = lang.text("All yearly figures for {years} are higher than those for {earlier}.", **spans)
    if found.years[-1] in found.at or found.doubted or not {*found.at} <= {*found.years}:
        return risen
    # Translators: {high} is the highest figure of all years, of an earlier one than the latest: {at}.
    high = lang.text(
        "The highest was {high} ({at}).", high=whole(lang, found.highest), at=tables.runs_in_sentence(lang, found.at)
    )
    return f"{risen} {high}"


def _other(lang: Language, found: Standing) -> str:
    """The figure of the only other year."""
    figure = found.lowest if found.at == found.years[-1:] else found.highest
    # Translators: no other year has a figure.
    return lang.text("The only other figure is {figure} ({year}).", figure=whole(lang, figure), year=found.years[0])


def _since_one(lang: Language, found: Standing) -> str:
    """The same since the year with a higher or lower figure, and the years since then without one; else empty."""
    if found.before is None or found.kind not in {"high", "low"}:
        return ""
    year, figure = found.before
    values = {"year": year, "figure": whole(lang, figure)}
    if found.kind == "high":
        # Translators: every figure after {year} is lower; {figure} is a number or "fewer than five".
        said = lang.text("This is the highest since {year}, when it was {figure}.", **values)
    else:
        # Translators: every figure after {year} is higher; {figure} is a number or "fewer than five".
        said = lang.text("This is the lowest since {year}, when it was {figure}.", **values)
    without = {*range(year + 1, found.years[-1])} - {*found.years, *found.doubted}
    if not without:
        return said
    years = tables.runs_in_sentence(lang, sorted(without))
    if without & {*found.unusable}:
        none = lang.text("There is no usable figure for {years}.", years=years)
    else:
        none = lang.text("There is no figure for {years}.", years=years)
    return f"{said} {none}"


def _not_counted(lang: Language, found: Standing) -> str:
    """The years whose totals are left out, and why."""
    if not found.left_out:
        return ""
    years = tables.runs_in_sentence(lang, found.doubted)
    if found.kind == "only":
        # Translators: the totals of {years} are wrong, or the figures are; how much is not known.
        return lang.text(
            "How this compares with other years cannot be said: for {years}, the figures by sex, age or form "
            "contradict the total.",
            years=years,
        )
    # Translators: the totals of {years} are wrong, or the figures are; the sentence before is about all other years.
    return lang.text("Not counted: {years}, because the figures by sex, age or form contradict the total.", years=years)


def _contradicted(lang: Language, found: Standing, verdict: str) -> str:
    """What the parts are that contradict the total: sums that are more, and the form that is more or equals it."""
    compared = lang.text("So we compare UNODC’s total with no other year.")
    return " ".join(filter(None, [_sums(lang, found), verdict, _form(lang, found), compared]))


def _form(lang: Language, found: Standing) -> str:
    """The form that is more than the total, or that equals it although there is another."""
    names = [terms.in_sentence(terms.term(lang, "form", form)) for form in found.forms]
    figures = [lang.interval(*figure) for figure in found.forms.values()]
    if not names:
        return ""
    if len(names) == 1:
        # Translators: {form} is a form of exploitation; its figure is surely more than the total.
        return lang.text("One form alone, {form}, has {n}: more than the total.", form=names[0], n=figures[0])
    # Translators: both are forms of exploitation; the figure for the second is surely above zero.
    return lang.text(
        "The total equals the figure for {form} alone, although there is also one for {second}: {n}.",
        form=names[0],
        second=names[1],
        n=figures[1],
    )


def _sums(lang: Language, found: Standing) -> str:
    """The sums of the parts by sex and age that are more than the total; empty if none is."""
    sums = {by: lang.interval(*total) for by, total in found.parts.items()}
    if not sums:
        return ""
    if len(sums) > 1 and len({*sums.values()}) == 1:
        # Translators: each of the two sums is surely more than the total.
        return lang.text("The figures by sex and by age each add up to {n}: more than the total.", n=sums["sex"])
    if len(sums) > 1:
        # Translators: each of the two sums is surely more than the total.
        return lang.text(
            "The figures by sex add up to {by_sex} and those by age to {by_age}: more than the total.",
            by_sex=sums["sex"],
            by_age=sums["age"],
        )
    if "sex" in sums:
        # Translators: the sum is surely more than the total.
        return lang.text("The figures by sex add up to {n}: more than the total.", n=sums["sex"])
    # Translators: the sum is surely more than the total.
    return lang.text("The figures by age add up to {n}: more than the total.", n=sums["age"])


def marked(lang: Language) -> str:
    """The mark beside a total that its parts contradict, where their sums are said elsewhere."""
    return lang.text("The figures by sex, age or form contradict this total.")


def of_total(lang: Language, readings: pl.DataFrame, year: int) -> str:
    """In which releases the latest total stands; empty where it is “fewer than five”.

    Args:
        readings: the total in each release that has it, the latest last: release, low, high.
        year: the year of the total.
    """
    low, high = readings.select("low", "high").row(-1)
    if low != high:
        return ""
    releases = [data_version.of_release(lang, release) for release in readings["release"]]
    if len(releases) == 1:
        # Translators: no other release has a total of that year, so it cannot be compared.
        return lang.text(
            "The total for {year} is in only one UNODC release so far, that {of_release}.",
            year=year,
            of_release=releases[0],
        )
    # Translators: {of_releases} is two releases, with their "of"; that they agree does not say that the total is right.
    same = lang.text(
        "The total for {year} is the same in UNODC’s releases {of_releases}.",
        year=year,
        of_releases=lang.listing(releases),
    )
    return earlier(lang, readings, year) or same


def earlier(lang: Language, readings: pl.DataFrame, year: int) -> str:
    """What the release before gave for the figure of a year; empty if no earlier release has another figure.

    Args:
        readings: the figure in each release that has it, the latest last: release, low, high.
        year: the year of the figure.
    """
    if readings.select("low", "high").n_unique() == 1:
        return ""
    release, low, high = readings.select("release", "low", "high").row(-2)
    if low is None:
        return ""
    values = {"year": year, "of_release": data_version.of_release(lang, release)}
    if low == high:
        figure = lang.number(low)
        return lang.text("For {year}, UNODC’s release {of_release} gave {figure}.", figure=figure, **values)
    if _within(readings):
        # Translators: the figure of the latest release is one of those that “fewer than five” stood for.
        return lang.text(
            "For {year}, UNODC’s release {of_release} gave “fewer than five”, which could mean {figure}.",
            figure=lang.number(readings["low"][-1]),
            **values,
        )
    # Translators: the latest release gives an exact figure.
    return lang.text("For {year}, UNODC’s release {of_release} gave “fewer than five”.", **values)


def revised(lang: Language, readings: pl.DataFrame, year: int) -> str:
    """What the release before gave, if it is surely another figure; else empty. Arguments as those of `earlier`."""
    return "" if readings.height <= 1 or _within(readings) else earlier(lang, readings, year)


def _within(readings: pl.DataFrame) -> bool:
    """Whether the release before gave “fewer than five” for a figure that may be the same."""
    (low, high), (least, most) = readings.select("low", "high").rows()[-2:]
    return low is not None and low < high and low <= least and most <= high


def caution(lang: Language, found: Standing | None) -> str:
    """What figures of detected victims do not show: the true number and, where they differ, why they change."""
    known = explained(lang, [])
    differ = found is not None and found.lowest != found.highest
    return f"{known} {reading(lang)}" if differ else known


def of_flows(lang: Language, found: Sequence[Ends]) -> str:
    """How sure the figures of a state without a total are; empty without a range."""
    if not any(one.rows.filter(pl.col("low") < pl.col("high")).height for one in found):
        return ""
    # Translators: other citizens of the state may have been detected; UNODC’s lists leave out countries and years.
    incomplete = lang.text(
        "UNODC does not list every citizenship for every year, so more victims may have been detected."
    )
    ranges = lang.text("Ranges come from figures that UNODC publishes only as “fewer than five”.")
    return f"{incomplete} {ranges}"
