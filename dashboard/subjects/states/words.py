"""Sentences about the region in a year, and about one state: headings, descriptions, remarks."""

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from dashboard.charts.figure_words import MARK, contradicted_total, marked
from dashboard.subjects.states import query
from dashboard.words import tables, terms
from dashboard.words.tables import RATE_DIGITS
from data import manifest
from data.i18n import Language
from data.subregions import ALL, states_of

STATES = 35
# Above this share the map of counts says how much of the sum one state reports.
MOST = 0.5
# The figure that the first sentence of the region's page parts the states by: victims, and victims per 100,000 people.
PARTED = {"count": 100, "rate": 1}
# Contradicted totals of so many states are named; of more the number is said.
NAMED = 6


def when(lang: Language, year: int | None, subregion: str = ALL) -> str:
    """The year of a map, after the name of the part of the region that it shows."""
    of_year = lang.text("latest figure of each state") if year is None else str(year)
    return of_year if subregion == ALL else f"{terms.term(lang, 'subregion', subregion)}, {of_year}"


def finding(
    lang: Language, frame: pl.DataFrame, indicator: str, measure: str, year: int | None, subregion: str = ALL
) -> str:
    """The sentence above the map: how many states report, and the sum of their counts or the range of their rates.

    Figures of several years are not added up. Counting rules may differ, so no state is named.

    Args:
        frame: the result of `query.region`.
    """
    total, states = query.total(frame), len(states_of(subregion))
    summed = bool(measure == "count" and year is not None and total.reported)
    parts = [_summed(lang, total, states) if summed else _reported(lang, total.reported, states)]
    if summed:
        parts += [lang.text("one of them {n}", n=n) for n in _most(lang, frame, total)]
    elif ends := _ends(lang, frame, measure):
        parts.append(lang.text("exact figures from {low} to {high}", **ends))
    subject = terms.term(lang, "indicator", query.measured(indicator, measure))
    return lang.labeled(f"{subject}, {when(lang, year, subregion)}", lang.joined(parts))


def claim(
    lang: Language, frame: pl.DataFrame, indicator: str, measure: str, year: int | None, subregion: str = ALL
) -> str:
    """The title of the map: how many states report, and the sum of their counts; the arguments are as in `finding`."""
    total, states = query.total(frame), len(states_of(subregion))
    if measure == "count" and year is not None and total.reported:
        return _summed(lang, total, states)
    return lang.labeled(terms.term(lang, "indicator", indicator), _reported(lang, total.reported, states))


def parted(lang: Language, measure: str, year: int, figures: pl.DataFrame) -> str:
    """Of how many states the detected victims of a year are few, of how many they are many, and the highest figure.

    Args:
        figures: the result of `standing.region`, with at least one row.
    """
    at, digits = PARTED[measure], RATE_DIGITS if measure == "rate" else 0
    ends = {"low": figures.sort("low").row(0, named=True), "high": figures.sort("high").row(-1, named=True)}
    said: dict[str, object] = {end: marked(row, lang.number(row[end], digits)) for end, row in ends.items()}
    said |= {"year": year, "states": STATES}
    few, more = figures.filter(pl.col("most") <= at).height, figures.filter(pl.col("low") > at).height
    if few and more:
        said |= {"n": figures.height, "few": lang.number(few), "more": lang.number(more)}
        # Translators: {few} and {more} are numbers of states, {high} is the highest total.
        of_counts = lang.text(
            "For {year}, UNODC has a total of detected victims for {n} of the {states} states. In {few} of them it "
            "is at most 100, in {more} it is above 100; the highest is {high}.",
            **said,
        )
        # Translators: {few} and {more} are numbers of states, {high} is the highest rate.
        of_rates = lang.text(
            "For {year}, UNODC has a total of detected victims for {n} of the {states} states. In {few} of them the "
            "rate is at most 1 per 100,000 population, in {more} it is above 1; the highest is {high}.",
            **said,
        )
        # Translators: {n} states, of which it cannot be said whether the figure is at most a number or above it.
        either = lang.plural(
            "For {n} of them, the figures allow both.",
            "For {n} of them, the figures allow both.",
            unsure := figures.height - few - more,
        )
        return " ".join([of_counts if measure == "count" else of_rates, *([either] if unsure else [])])
    if measure == "count":
        # Translators: {low} and {high} are the lowest and the highest total that the figures allow.
        return lang.plural(
            "For {year}, UNODC has a total of detected victims for {n} of the {states} states: from {low} to {high}.",
            "For {year}, UNODC has a total of detected victims for {n} of the {states} states: from {low} to {high}.",
            figures.height,
            **said,
        )
    # Translators: {low} and {high} are the lowest and the highest rate that the figures allow.
    return lang.plural(
        "For {year}, UNODC has a total of detected victims for {n} of the {states} states: from {low} to {high} per "
        "100,000 population.",
        "For {year}, UNODC has a total of detected victims for {n} of the {states} states: from {low} to {high} per "
        "100,000 population.",
        figures.height,
        **said,
    )


def measured(
    lang: Language, frame: pl.DataFrame, code: str, measure: str, year: int | None, subregion: str = ALL
) -> str:
    """What the map measures and when; of a sum also how much of it one state reports, where that is most of it."""
    subject = f"{terms.term(lang, 'indicator', code)}, {when(lang, year, subregion)}"
    most = _most(lang, frame, query.total(frame)) if measure == "count" and year is not None else []
    # Translators: stands after the total of all states; {n} of it are one state's.
    return lang.joined([subject, *(lang.text("one state alone reported {n}", n=n) for n in most)])


def ranged(lang: Language, frame: pl.DataFrame, measure: str) -> list[str]:
    """From which to which figure the exact ones of a map go."""
    ends = _ends(lang, frame, measure)
    return [lang.text("Exact figures: from {low} to {high}.", **ends)] if ends else []


def _ends(lang: Language, frame: pl.DataFrame, measure: str) -> dict[str, str]:
    """The lowest and the highest of the exact figures of a map, `low` and `high`; nothing without any."""
    rows, digits = _exact(frame), RATE_DIGITS if measure == "rate" else 0
    each = [marked(row, lang.number(row["high"], digits)) for row in rows]
    return {"low": each[0], "high": each[-1]} if each else {}


def _most(lang: Language, frame: pl.DataFrame, total: query.Total) -> list[str]:
    """The figure of the one state that makes up most of a sum of several, if there is one."""
    rows = _exact(frame)[-1:] if total.reported > 1 else []
    return [marked(row, lang.number(row["high"])) for row in rows if row["high"] > MOST * total.high]


def _exact(frame: pl.DataFrame) -> Sequence[tables.Row]:
    return frame.filter(pl.col("status") == "exact").sort("high", "area").to_dicts()


def _reported(lang: Language, reported: int, states: int) -> str:
    return lang.plural(
        "a figure for {n} of {states} states", "a figure for {n} of {states} states", reported, states=states
    )


def _summed(lang: Language, total: query.Total, states: int) -> str:
    return lang.plural(
        "{amount} in {n} of {states} states",
        "{amount} in {n} of {states} states",
        total.reported,
        states=states,
        amount=marked({"contradicted": total.contradicted}, lang.between(total.low, total.high)),
    )


def under_map(frame: pl.DataFrame, lang: Language, measure: str, year: int | None) -> str:
    """What the title of the region's map does not say: what its sum is made of; empty if that is plain."""
    total = query.total(frame)
    if measure != "count" or year is None or not total.masked:
        return ""
    return lang.plural(
        "The total adds up {exact} known figures and {n} figure “<5” ({masked}).",
        "The total adds up {exact} known figures and {n} figures “<5” ({masked}).",
        total.masked,
        exact=lang.number(total.exact),
        masked=lang.interval(total.masked_low, total.masked_high),
    )


def unreported(frame: pl.DataFrame, lang: Language) -> str:
    """How many states of the region's map have no figure; empty if all have one."""
    missing = frame.filter(pl.col("low").is_null()).height
    words = lang.plural("There is no figure for {n} state.", "There is no figure for {n} states.", missing)
    return words if missing else ""


def heading(lang: Language, code: str, year: int | None, reported: int, subregion: str = ALL) -> str:
    """The title of a table or file: indicator, part of the region, year, how many states report."""
    states = len(states_of(subregion))
    share = lang.plural("{n} of {states} reported", "{n} of {states} reported", reported, states=states)
    return f"{terms.term(lang, 'indicator', code)}, {when(lang, year, subregion)} · {share}"


def unit_of_count(lang: Language, indicators: Iterable[str]) -> list[str]:
    """The sentence under figures of several states on what they count; nothing for indicators that are not counts."""
    counts = {code.removesuffix("_rate") for code in indicators} & set(manifest.counts())
    words = lang.text(
        "Unit of count: not stated by the publisher. States may count persons or cases, and "
        "all nationalities or only their own nationals."
    )
    return [words] if counts else []


def contradicted(lang: Language, found: pl.DataFrame, named: int = NAMED) -> list[str]:
    """What the mark beside figures means: which totals their parts contradict, or how many where they are many.

    Args:
        found: area and year of each, without those that are not on show.
        named: of how many states at most the names are said.
    """
    if found["area"].n_unique() > named:
        return [
            # Translators: of each this is certain.
            _mark(
                lang.text(
                    "{n} totals of states, alone or in a sum, are contradicted by their own figures by sex, age or "
                    "form.",
                    n=lang.number(found.height),
                )
            )
        ]
    by_state = _years(found, "area")
    # Translators: of each total this is certain.
    label = lang.text("Totals contradicted by their own figures by sex, age or form")
    return _contradicted(lang, label, {lang.country(area): by_state[area] for area in lang.sorted_countries(by_state)})


def contradicted_indicators(lang: Language, found: pl.DataFrame) -> list[str]:
    """The same of the totals of one state: `found` has indicator and year of each."""
    years = _years(found, "indicator")
    shown = [code for code in manifest.indicators() if code in years]
    # Translators: totals; of each this is certain.
    label = lang.text("Contradicted by own figures by sex, age or form")
    named = {terms.in_sentence(terms.term(lang, "indicator", code)): years[code] for code in shown}
    return _contradicted(lang, label, named)


def _years(found: pl.DataFrame, by: str) -> dict[str, list[int]]:
    return dict(found.group_by(by, maintain_order=True).agg(pl.col("year").unique().sort()).iter_rows())


def _contradicted(lang: Language, label: str, years: Mapping[str, Sequence[int]]) -> list[str]:
    """The years of totals that their parts contradict, by what they are totals of."""
    each = [lang.text("{state} ({years})", state=name, years=tables.runs(lang, some)) for name, some in years.items()]
    return [_mark(f"{lang.labeled(label, lang.listing(each))}.")] if each else []


def _mark(line: str) -> str:
    """What the mark means, after the mark."""
    return f"{MARK} {line}"


def marks(lang: Language, rows: pl.DataFrame) -> list[str]:
    """What the mark beside figures means: which of them their own parts contradict; nothing without any.

    Args:
        rows: with area, year and contradicted.
    """
    found = rows.filter("contradicted")
    return [contradicted_total(lang)] if found["area"].n_unique() > NAMED else contradicted(lang, found)


def over_time(lang: Language) -> str:
    """The title of the figures beside laws and treaties."""
    return lang.text("Figures and laws over time")


def acted(lang: Language, acts: int) -> str:
    """The title of the figures beside laws and treaties: how many of these have a known year."""
    # Translators: a title. {n} counts the law and the treaties that stand below the figures.
    return lang.plural(
        "{n} law or treaty beside the figures, year by year",
        "{n} laws and treaties beside the figures, year by year",
        acts,
    )


def over_time_measured(lang: Language, area: str, years: Sequence[int]) -> str:
    """What those figures show and what they do not; their years are those of figures, laws and treaties."""
    # Translators: a claim: nothing here shows that a law or treaty changed a figure.
    said = lang.text("What happened, year by year; this does not show what changed the figures.").removesuffix(".")
    shown = [lang.country(area), *([lang.span((min(years), max(years)))] if years else [])]
    return lang.labeled(", ".join(shown), terms.in_sentence(said))


def explained(lang: Language, small: list[str]) -> str:
    """What detected means, and a warning about rates of very small populations (`query.tiny`), if there are any."""
    detected = lang.text("“Detected” means identified by the authorities. The true number of victims is not known.")
    return " ".join([detected, *tiny(small, lang)])


def reading(lang: Language) -> str:
    """What a rise or a fall of detected victims can mean."""
    return lang.text(
        "The number of detected victims can rise or fall with trafficking itself, with the effort to detect it or with "
        "what is counted. The figures do not show which."
    )


def tiny(areas: list[str], lang: Language) -> list[str]:
    """A warning about rates of very small populations, if there are any."""
    names = lang.listing(lang.country(area) for area in lang.sorted_countries(areas))
    # Translators: in each of the states.
    words = lang.text(
        "Fewer than 200,000 people live in {states}: one victim more or less changes the rate considerably.",
        states=names,
    )
    return [words] if areas else []


def state(frames: dict[str, pl.DataFrame], lang: Language, area: str) -> str:
    """The description of the panels of one state."""
    years = {code: frame.filter(pl.col("status").is_in(query.REPORTED)).height for code, frame in frames.items()}

    def each(*, main: bool) -> str:
        """The indicators of the main source or of the others, with their years."""
        some = [code for code in years if (manifest.indicators()[code].source == manifest.main_source()) is main]
        return lang.joined(
            f"{terms.in_sentence(terms.term(lang, 'indicator', code))}, {lang.number(years[code])}" for code in some
        )

    sentences = [
        lang.text(
            "{state}, number of years with a total in UNODC’s data: {indicators}.",
            state=lang.country(area),
            indicators=each(main=True),
        )
    ]
    if others := each(main=False):
        sentences.append(lang.text("Number of years with a total in other sources: {indicators}.", indicators=others))
    return " ".join(sentences)


def membership(lang: Language, area: str) -> list[str]:
    """Remarks on a state's membership of the organization and on its reservation to the declaration."""
    notes = terms.term(lang, "membership", query.members()[area]), terms.term(lang, "reservation", area)
    return [*filter(None, notes)]
