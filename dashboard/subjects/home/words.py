"""The sentences of page "Home", its key figures, and the words of its figures."""

from collections.abc import Callable, Mapping, Sequence

import polars as pl

from dashboard.charts.bars import BarBlock
from dashboard.charts.figure_words import marked
from dashboard.subjects.home.query import CONVICTED, GROUPS, VICTIMS, Breakdown, Flow, Overview, Row, SteadyReporters
from dashboard.subjects.states import own_citizens, victims_words
from dashboard.subjects.states.victims import Groups
from dashboard.subjects.states.words import STATES
from dashboard.words import countries, tables, terms
from data.i18n import N_, Language, capitalized

# In percent.
HALF = 50
THREE_QUARTERS = 75
# The share of the largest reporter where a total of the sum is contradicted, so that no percentage is certain.
PARTS = {
    # Translators: certain for all that the figures may be. {sentence} says how many victims the states reported.
    THREE_QUARTERS: N_("{sentence}, more than three quarters of them {in_state}."),
    # Translators: certain for all that the figures may be. {sentence} says how many victims the states reported.
    HALF: N_("{sentence}, more than half of them {in_state}."),
}
PARTS_ALONE = {
    # Translators: of the victims that the states reported; certain for all that the figures may be.
    THREE_QUARTERS: N_("More than three quarters of them were detected {in_state}."),
    # Translators: of the victims that the states reported; certain for all that the figures may be.
    HALF: N_("More than half of them were detected {in_state}."),
}


def headline(lang: Language, found: Overview | None) -> str:
    """The region in its latest well-reported year, in one sentence, with the share of the largest reporter.

    The sum is in round words: the key figure has its interval.
    """
    if found is None:
        return lang.text("No state has reported how many victims it detected.")
    whole = _reported(lang, found)
    share, part = _share(lang, found)
    if not share and not part:
        return f"{whole}."
    values = {"sentence": whole, "in_state": countries.inside(lang, found.largest)}
    if part:
        return lang.text(PARTS[part], **values)
    return lang.text("{sentence}, {share} of them {in_state}.", share=share, **values)


def _share(lang: Language, found: Overview) -> tuple[str, int]:
    """The share of the largest reporter in percent, or the part that it is certainly more than; only one of them.

    Where a total of the sum is contradicted, a percentage is certain only if both ends round to it.
    """
    if not found.largest:
        return "", 0
    each = {terms.percent(lang, (end, end)) for end in found.share}
    if not found.contradicted or len(each) == 1:
        return terms.percent(lang, found.share), 0
    return "", next((part for part in PARTS if found.share[0] > part), 0)


def headlines(lang: Language, found: Overview | None) -> tuple[str, str]:
    """The same in few words, and the share of the largest reporter in a sentence of its own."""
    if found is None or not found.total[1] or (found.states == 1 and found.total[0] < found.total[1]):
        return headline(lang, found).removesuffix("."), ""
    title = lang.plural(
        "For {year}, {some} of {states} states reported {figure} detected victim",
        "For {year}, {some} of {states} states reported {figure} detected victims",
        round(found.total[1]),
        year=found.year,
        some=lang.number(found.states),
        states=STATES,
        figure=terms.round_figure(lang, *found.total),
    )
    share, part = _share(lang, found)
    inside = countries.inside(lang, found.largest) if found.largest else ""
    if part:
        return title, lang.text(PARTS_ALONE[part], in_state=inside)
    # Translators: {share} of the victims that the states reported, such as 78%.
    return title, lang.text("{share} of them were detected {in_state}.", share=share, in_state=inside) if share else ""


def mostly(lang: Language, found: Overview) -> str:
    """The state that surely detected most victims, with its figure; empty if there is none."""
    if not found.largest or found.share[0] <= HALF:
        return ""
    # Translators: a title of at most twelve words; {figure} is that of the state.
    return lang.text(
        "Most victims detected in {year} were detected {in_state}: {figure}",
        year=found.year,
        in_state=countries.inside(lang, found.largest),
        figure=lang.interval(*found.figure),
    )


def missing(lang: Language, found: Overview | None) -> str:
    """For how many states there is no figure in the year of the headline; empty if there is one for each."""
    n = STATES - found.states if found else 0
    return (
        lang.plural(
            "For the other state, UNODC’s data have no total for that year.",
            "For the other {n}, UNODC’s data have no total for that year.",
            n,
        )
        if n
        else ""
    )


def _reported(lang: Language, found: Overview) -> str:
    """How many states reported how many victims: a number, none, or fewer than five if the only figure is masked."""
    values = {"year": found.year, "states": STATES}
    low, high = found.total
    if not high:
        # Translators: each of the {n} states reported a zero; of the others there is no figure.
        return lang.plural(
            "For {year}, {n} of the {states} states of the Americas reported that no victims were detected",
            "For {year}, {n} of the {states} states of the Americas reported that no victims were detected",
            found.states,
            **values,
        )
    if found.states == 1 and low < high:
        victims = lang.text("fewer than five detected victims of trafficking in persons")
    else:
        victims = lang.plural(
            "{figure} detected victim of trafficking in persons",
            "{figure} detected victims of trafficking in persons",
            round(high),
            figure=terms.round_figure(lang, low, high),
        )
    # Translators: {victims} is the sum of what the {n} states reported.
    return lang.plural(
        "For {year}, {n} of the {states} states of the Americas reported {victims}",
        "For {year}, {n} of the {states} states of the Americas together reported {victims}",
        found.states,
        victims=victims,
        **values,
    )


def key_figures(
    lang: Language, found: Overview | None, convicted: Overview | None, largest: Flow | None
) -> dict[str, tuple[str, str, str]]:
    """The key figures of the region: `victims`, `states`, `convicted`, `flow`; one that is not known is missing.

    Returns:
        Of each its label, the figure as the language writes it, and a note.
    """
    figures = {}
    if found:
        share = {"n": lang.number(found.ever), "all": lang.number(STATES)}
        figures["victims"] = lang.text("Victims detected"), _total(lang, found), _basis(lang, found)
        figures["states"] = ever(lang, found), lang.text("{n} of {all}", **share), in_year(lang, found)
    if convicted:
        figures["convicted"] = lang.text("Persons convicted"), _total(lang, convicted), _basis(lang, convicted)
    if largest:
        figures["flow"] = flow(lang, largest), lang.interval(*largest.figure), flow_years(lang, largest)
    return figures


def _total(lang: Language, found: Overview) -> str:
    """The sum, with a mark if parts contradict any of its totals."""
    return marked({"contradicted": found.contradicted}, lang.interval(*found.total))


def _basis(lang: Language, found: Overview) -> str:
    """The year of a key figure, how many states it is of, and those whose figure their parts contradict."""
    n, year = found.states, found.year
    of = lang.plural("{year}, {n} of {states} states", "{year}, {n} of {states} states", n, year=year, states=STATES)
    if not found.contradicted:
        return of
    names = lang.listing(countries.of(lang, area) for area in lang.sorted_countries(found.contradicted))
    # Translators: these totals are summed here although their parts, by sex or by age, come to more.
    doubt = lang.text("in the data {of_states}, the figures by sex, age or form contradict the total", of_states=names)
    return lang.joined([of, doubt])


def ever(lang: Language, found: Overview) -> str:
    """What the key figure on reporting counts."""
    # Translators: the states have a total for one year or more since {first}.
    return lang.text("States with a total of victims at least once since {first}", first=found.first)


def in_year(lang: Language, found: Overview) -> str:
    """How many states have a total in the year of the headline."""
    return lang.plural("{n} of them for {year}", "{n} of them for {year}", found.states, year=found.year)


def flow(lang: Language, found: Flow) -> str:
    """What the key figure on the largest flow counts."""
    return lang.text(
        "Citizens {of_origin} detected as victims {in_destination}",
        of_origin=countries.of(lang, found.origin),
        in_destination=countries.inside(lang, found.destination),
    )


def flow_years(lang: Language, found: Flow) -> str:
    """The years of the largest flow, and how many states list citizenships."""
    # Translators: larger groups from or in other countries are not counted. Of {n} states some citizenships are listed,
    # perhaps not all.
    return lang.text(
        "{years}: the largest group of citizens of one of the {states} states detected in another. UNODC lists "
        "the citizenships of victims detected in {n} states, but not of every victim.",
        years=tables.runs(lang, found.years),
        states=STATES,
        n=lang.number(found.listing),
    )


def changing(lang: Language, panel: SteadyReporters | None) -> list[str]:
    """What the panel says of a change: first without the largest reporter, then of it alone, and of a break in it."""
    if panel is None or not panel.enough:
        return [lang.text("Too few states reported every year to say whether more victims are detected.")]
    plain = lang.plural(
        "{who} together detected {before} victim in {first} and {after} in {last}.",
        "{who} together detected {before} victims in {first} and {after} in {last}.",
        round(panel.row(panel.compared, panel.first)["high"]),
        **_who(lang, panel, VICTIMS),
        **_ends(lang, panel),
    )
    return [*filter(None, [_compared(lang, panel, VICTIMS) or plain, _largest(lang, panel) if panel.without else ""])]


# The subjects of sentences on change, of all states of a panel and of those besides the largest reporter.
WHO = {
    VICTIMS: (
        # Translators: the subject of a sentence; the same states have a figure in each year, of others nothing is said.
        N_("The {states} states that reported every year from {first} to {last}"),
        # Translators: the subject of a sentence; {state} is not among the {states} states.
        N_("The {states} states other than {state} that reported every year from {first} to {last}"),
    ),
    CONVICTED: (
        # Translators: the subject of a sentence; the same states have a figure in each year, of others nothing is said.
        N_("The {states} states that reported convictions every year from {first} to {last}"),
        # Translators: the subject of a sentence; {state} is not among the {states} states.
        N_("The {states} states other than {state} that reported convictions every year from {first} to {last}"),
    ),
}
# What `SteadyReporters.change` finds, in sentences.
COMPARED = {
    VICTIMS: {
        # Translators: certain for all that the figures may be.
        "fall": N_("{who} together detected fewer victims in {last} ({after}) than in {first} ({before})."),
        # Translators: certain for all that the figures may be.
        "rise": N_("{who} together detected more victims in {last} ({after}) than in {first} ({before})."),
        # Translators: certain for all that the figures may be; {most} is the highest of all years between.
        "below": N_(
            "{who} together detected more victims in {last} ({after}) than in {first} ({before}), but fewer than in "
            "{top} ({most})."
        ),
    },
    CONVICTED: {
        # Translators: certain for all that the figures may be.
        "fall": N_("{who} together convicted fewer persons in {last} ({after}) than in {first} ({before})."),
        # Translators: certain for all that the figures may be.
        "rise": N_("{who} together convicted more persons in {last} ({after}) than in {first} ({before})."),
        # Translators: certain for all that the figures may be; {most} is the highest of all years between.
        "below": N_(
            "{who} together convicted more persons in {last} ({after}) than in {first} ({before}), but fewer than in "
            "{top} ({most})."
        ),
    },
}


# The same as titles of at most twelve words. The sum of the states other than one that the figure names, in the last
# year that the figure names.
CLAIMS = {
    VICTIMS: {
        # Translators: a title of at most twelve words; {states} other states, together, in the last year.
        "fall": N_("{states} states together detected fewer victims in {last} than in {first}"),
        # Translators: a title of at most twelve words; {states} other states, together, in the last year.
        "rise": N_("{states} states together detected more victims in {last} than in {first}"),
        # Translators: a title of at most twelve words; {states} other states, together, in the last year.
        "below": N_("{states} states: more victims detected than in {first}, fewer than in {top}"),
    },
    CONVICTED: {
        # Translators: a title of at most twelve words; {states} other states, together, in the last year.
        "fall": N_("{states} states together convicted fewer persons in {last} than in {first}"),
        # Translators: a title of at most twelve words; {states} other states, together, in the last year.
        "rise": N_("{states} states together convicted more persons in {last} than in {first}"),
        # Translators: a title of at most twelve words; {states} other states, together, in the last year.
        "below": N_("{states} states: more persons convicted than in {first}, fewer than in {top}"),
    },
}


def _who(lang: Language, panel: SteadyReporters, indicator: str) -> dict[str, str]:
    """The subject of a sentence on change."""
    state = {"state": countries.the(lang, panel.without)} if panel.without else {}
    return {"who": lang.text(WHO[indicator][bool(panel.without)], **state, **_ends(lang, panel))}


def _compared(lang: Language, panel: SteadyReporters, indicator: str) -> str:
    """How the last sum compares with the first and the highest; empty where it is not certain."""
    found = COMPARED[indicator].get(panel.change(panel.compared))
    return lang.text(found, **_who(lang, panel, indicator), **_ends(lang, panel)) if found else ""


def steady(lang: Language, panel: SteadyReporters | None) -> str:
    """The same of the states besides the largest reporter, in few words; empty if too few reported every year."""
    if panel is None or not panel.enough:
        return ""
    # Translators: of these states, the same in both years, the sum of the detected victims.
    return lang.text(
        "In {states} states that reported every year: {before} victims ({first}), {after} ({last})",
        **_ends(lang, panel),
    )


def _largest(lang: Language, panel: SteadyReporters) -> str:
    """The figures of the largest reporter, and from when on its lists have its own citizens, if that is a break."""
    found = panel.break_
    years = {panel.first, panel.last, *([found.before, found.after] if found else [])}
    return " ".join(filter(None, [_of_largest(lang, panel, sorted(years)), own_citizens.words(lang, found)]))


def _of_largest(lang: Language, panel: SteadyReporters, years: Sequence[int]) -> str:
    """The figures of the largest reporter in some years."""
    figures = lang.listing(
        lang.text("{figure} for {year}", figure=written(lang, panel.row("largest", year), lang.between), year=year)
        for year in years
    )
    return lang.plural(
        "{state} reported {figures}.",
        "{state} reported {figures}.",
        countries.number(lang, panel.without),
        state=capitalized(countries.the(lang, panel.without)),
        figures=figures,
    )


def broken(lang: Language, panel: SteadyReporters | None, *, why: bool = True) -> str:
    """What the figure says at a break in the series of the largest reporter; empty without one.

    Args:
        why: whether there is room to say what may be its cause.
    """
    return own_citizens.at_line(lang, panel.break_ if panel else None, why=why)


def convicted(lang: Language, panel: SteadyReporters | None) -> list[str]:
    """What the panel says of convictions, as `changing` of victims; nothing if it has too few states."""
    if panel is None or not panel.enough:
        return []
    plain = lang.plural(
        "{who} together convicted {before} person in {first} and {after} in {last}.",
        "{who} together convicted {before} persons in {first} and {after} in {last}.",
        round(panel.row(panel.compared, panel.first)["high"]),
        **_who(lang, panel, CONVICTED),
        **_ends(lang, panel),
    )
    top = panel.peak("all")
    years = [panel.first, *([top] if top else []), panel.last]
    largest = _of_largest(lang, panel, years) if panel.without else ""
    return [*filter(None, [_compared(lang, panel, CONVICTED) or plain, largest])]


def _ends(lang: Language, panel: SteadyReporters) -> dict[str, object]:
    """How many states the compared part has, and its sums in its first, its highest and its last year."""
    part = panel.compared
    top = panel.peak(part) or panel.last
    return {
        "states": lang.number(len(panel.areas) - (part == "without")),
        "first": panel.first,
        "last": panel.last,
        "top": top,
        "before": written(lang, panel.row(part, panel.first)),
        "after": written(lang, panel.row(part, panel.last)),
        "most": written(lang, panel.row(part, top)),
    }


def written(lang: Language, row: Row, words: Callable[[float, float], str] | None = None) -> str:
    """A sum, with a mark if parts contradict any of its totals.

    Args:
        row: low, high, contradicted; words: how an interval is said, in figures unless given.
    """
    return marked(row, (words or lang.interval)(row["low"], row["high"]))


def rule(lang: Language) -> str:
    """How the windows of the panels are chosen."""
    return lang.text(
        "Each comparison ends in the latest year for which at least two-thirds of the states that have ever reported "
        "have a figure. It begins in the earliest year from which at least a third of them have a total for every year."
    )


def undrawn(lang: Language, later: Mapping[int, int]) -> list[str]:
    """A note on the years that are not drawn because few states have reported yet."""
    return [
        lang.plural(
            "Not drawn: {year}, for which {n} state has reported so far",
            "Not drawn: {year}, for which {n} states have reported so far",
            n,
            year=year,
        )
        for year, n in later.items()
    ]


def claim(lang: Language, panel: SteadyReporters | None, indicator: str) -> str:
    """What the figure of change shows: whether all but the largest reporter count more; empty if that is unclear."""
    if panel is None or not panel.enough or not panel.without:
        return ""
    found = CLAIMS[indicator].get(panel.change("without"))
    return lang.text(found, **_ends(lang, panel)) if found else ""


def topic(lang: Language, indicator: str) -> str:
    """What the figure of change counts."""
    return lang.text("Persons convicted by year") if indicator == CONVICTED else lang.text("Detected victims by year")


def measured(lang: Language, panel: SteadyReporters | None, indicator: str = VICTIMS) -> str:
    """What the figure of change counts, of which states and for which years."""
    states = panel_title(lang, panel) if panel and panel.enough else lang.text("All states that reported")
    return lang.labeled(topic(lang, indicator), terms.in_sentence(states))


def panel_title(lang: Language, panel: SteadyReporters) -> str:
    """The states of a panel, and its years."""
    n, years = len(panel.areas) - bool(panel.without), lang.span((panel.first, panel.last))
    if not panel.without:
        # Translators: each of them in each of {years}.
        return lang.text("The {n} states that reported every year, {years}", n=lang.number(n), years=years)
    # Translators: each of them, {state} too, in each of {years}.
    return lang.text(
        "{state} and the {n} other states that reported every year, {years}",
        state=countries.the(lang, panel.without),
        n=lang.number(n),
        years=years,
    )


def without_largest(lang: Language, panel: SteadyReporters, indicator: str) -> str:
    """What the sums of a panel without its largest reporter count."""
    if not panel.without:
        return measured(lang, panel, indicator)
    values = {"n": lang.number(len(panel.areas) - 1), "state": countries.the(lang, panel.without)}
    if indicator == CONVICTED:
        # Translators: {n} states, each with a figure for each year; {state} is not one of them.
        return lang.text("Persons convicted in the {n} states that reported every year, without {state}", **values)
    # Translators: {n} states, each with a figure for each year; {state} is not one of them.
    return lang.text("Detected victims in the {n} states that reported every year, without {state}", **values)


def states_row(lang: Language) -> str:
    """The words under the numbers of states."""
    return lang.text("Under each year: how many states reported")


def part(lang: Language, part: str, largest: str) -> str:
    """A part of the sums of all states that reported."""
    if part == "largest":
        return lang.country(largest)
    return lang.text("All other states") if largest else lang.text("All states that reported")


def panel_parts(lang: Language, panel: SteadyReporters) -> dict[str, str]:
    """The names of the parts of a panel."""
    if not panel.without:
        return {"others": panel_title(lang, panel)}
    # Translators: the states other than one that is named beside them.
    others = lang.text("The {n} other states", n=lang.number(len(panel.areas) - 1))
    return {"others": others, "largest": lang.country(panel.without)}


def line(lang: Language, part: str, panel: SteadyReporters) -> str:
    """A column of the table of sums: a part of a panel."""
    if part == "all":
        return lang.text("The same states every year")
    return lang.text("The same states without {state}", state=countries.the(lang, panel.without))


def bar(lang: Language, year: int, parts: Sequence[tuple[str, Row]], states: int) -> str:
    """The hover text of a bar: the sum of each part in its year, and how many states reported; 0 if that is known.

    Args:
        parts: name, and row with low, high, contradicted.
    """
    lines = [f"<b>{year}</b>", *(lang.labeled(name, written(lang, row)) for name, row in parts)]
    reported = [lang.plural("{n} state reported", "{n} states reported", states)] if states else []
    return "<br>".join([*lines, *reported])


def change(lang: Language, parts: Sequence[tuple[str, pl.DataFrame]], indicator: str = VICTIMS) -> str:
    """The description of the figure of change: the first and the last sum of each part, by name.

    Args:
        parts: name, and rows with year, low, high, contradicted.
    """
    of = (
        lang.text("The bars show persons convicted by year, all on one scale.")
        if indicator == CONVICTED
        else lang.text("The bars show detected victims by year, all on one scale.")
    )
    return " ".join([of, *(f"{lang.labeled(name, _first_and_last(lang, rows))}." for name, rows in parts)])


def _first_and_last(lang: Language, rows: pl.DataFrame) -> str:
    """The first and the last of the sums by year."""
    first, last = (rows.row(end, named=True) for end in (0, -1))
    values = {"before": written(lang, first), "after": written(lang, last)}
    values |= {"first": first["year"], "last": last["year"]}
    return lang.text("{before} in {first}, {after} in {last}", **values)


def _based(lang: Language, block: Groups, name: str) -> str:
    """The figure of a group with its share; of forms, the share is of the victims in the states with both."""
    share = block.share(name)
    if not isinstance(block, Breakdown) or block.dimension != "form" or share is None:
        return victims_words.based(lang, block, name)
    # Translators: of all victims that these {n} states detected, not of all states.
    return lang.plural(
        "{figure} ({share} of the victims detected in the {n} state with usable figures)",
        "{figure} ({share} of the victims detected in the {n} states with usable figures)",
        block.states,
        figure=lang.interval(*block.figures[name]),
        share=terms.percent(lang, share),
    )


def groups(lang: Language, found: Sequence[Breakdown]) -> str:
    """The description of the figure of groups: those of each breakdown, the largest first."""
    first = lang.text(
        "The bars show, on one scale, the victims in each group and those whose group is "
        "unknown or whose state is left out."
    )
    each = (
        lang.labeled(victims_words.title(lang, one.dimension), lang.joined(victims_words.named(lang, one, _based)))
        for one in found
    )
    return " ".join([first, *(f"{text}." for text in each)])


def who(lang: Language, found: Sequence[Breakdown], largest: str = "") -> str:
    """The victims by sex, age and form, with and without the largest reporter; what has no share is left out."""
    return " ".join([*groups_of_all(lang, found), *without(lang, found, largest)])


def groups_of_all(lang: Language, found: Sequence[Breakdown]) -> list[str]:
    """The shares of women and girls, of children, and of the two forms, each in a sentence."""
    by = {one.dimension: one for one in found}
    women, children, sexual, labor = _shares(lang, by)
    sentences = []
    if women:
        # Translators: {n} is how many states have figures by sex that can be used.
        sentences.append(
            lang.plural(
                "In the {n} state with usable figures by sex for {year}, {share} of the detected victims whose sex is "
                "known were women or girls.",
                "In the {n} states with usable figures by sex for {year}, {share} of the detected victims whose sex is "
                "known were women or girls.",
                by["sex"].states,
                year=by["sex"].year,
                share=women,
            )
        )
    if children:
        sentences.append(
            lang.plural(
                "In the {n} state with usable figures by age, {share} of those whose age is known were under 18.",
                "In the {n} states with usable figures by age, {share} of those whose age is known were under 18.",
                by["age"].states,
                share=children,
            )
        )
    if sexual and labor:
        sentences.append(
            lang.plural(
                "{sexual} of detected victims were trafficked for sexual exploitation and {labor} for forced labor, in "
                "the {n} state with usable figures for both; other forms are not shown.",
                "{sexual} of detected victims were trafficked for sexual exploitation and {labor} for forced labor, in "
                "the {n} states with usable figures for both; other forms are not shown.",
                by["form"].states,
                sexual=sexual,
                labor=labor,
            )
        )
    return sentences


def women(lang: Language, found: Sequence[Breakdown]) -> str:
    """The share of women and girls in few words; empty if there is none."""
    share, *_ = _shares(lang, {one.dimension: one for one in found})
    # Translators: of the victims whose sex is known.
    return lang.text("{share} of detected victims of known sex were women or girls", share=share) if share else ""


def _shares(lang: Language, by: Mapping[str, Breakdown]) -> list[str]:
    """The shares of women and girls, of children, and of the two forms; empty where there is none."""
    named = (("sex", "female"), ("age", "0-17"), *(("form", form) for form in GROUPS["form"]))
    shares = [by[dimension].share(group) if dimension in by else None for dimension, group in named]
    return ["" if share is None else terms.percent(lang, share) for share in shares]


def without(lang: Language, found: Sequence[Breakdown], largest: str, *, why: bool = True) -> list[str]:
    """The same shares without the largest reporter, in one sentence; none if it is not among the figures.

    Args:
        why: whether to say that most of these victims were detected there, if so.
    """
    by = {one.dimension: one for one in found}
    rest = {dimension: one.without for dimension, one in by.items() if one.without}
    women, children, sexual, labor = _shares(lang, rest)
    shares = []
    if women:
        shares.append(lang.text("women or girls, {share}", share=women))
    if children:
        shares.append(lang.text("under 18, {share}", share=children))
    if sexual and labor:
        shares.append(lang.text("sexual exploitation, {share}", share=sexual))
        shares.append(lang.text("forced labor, {share}", share=labor))
    if not shares:
        return []
    values = {"state": countries.the(lang, largest), "shares": lang.joined(shares)}
    if why and all(2 * one.known[1] < by[dimension].known[0] for dimension, one in rest.items()):
        # Translators: more than half of the victims in these figures were detected in {state}; the shares are of the
        # same victims as in the sentences before (those whose sex or age is known; of forms, all).
        return [
            lang.text("Without {state}, where most of these victims were detected, the shares are: {shares}.", **values)
        ]
    # Translators: the shares are of the same victims as in the sentences before.
    return [lang.text("Without {state}, the shares are: {shares}.", **values)]


def victims_claim(lang: Language, found: Sequence[Breakdown]) -> str:
    """What the figure of groups shows: how many of most victims are women or girls; empty if that is not certain."""
    by = {one.dimension: one for one in found}
    share = by["sex"].share("female") if "sex" in by else None
    return women(lang, found) if share and share[0] > HALF else ""


def victims_measured(lang: Language, year: int) -> str:
    """What the figure of groups counts, and its year."""
    return lang.text("Detected victims by sex, age and form of exploitation, {year}", year=year)


def blocks(lang: Language, found: Sequence[Breakdown]) -> list[BarBlock]:
    """The bars of the breakdowns: a bar of 80% is as long as 80% of its column."""
    return [_block(lang, one) for one in found]


def _block(lang: Language, found: Breakdown) -> BarBlock:
    bars = victims_words.bars(lang, found, lambda name: name, unusable(lang))
    most = max(found.known[1], *(bar.figure[1] for bar in bars))
    return BarBlock(victims_words.title(lang, found.dimension), _base(lang, found), bars, most)


def _base(lang: Language, found: Breakdown) -> str:
    """What the shares of a breakdown are shares of, and how many states count."""
    return lang.plural(
        "{n} of {all} states, {known} of {total} victims",
        "{n} of {all} states, {known} of {total} victims",
        found.states,
        all=lang.number(found.reporting),
        known=lang.interval(*found.known),
        total=lang.interval(*found.everyone),
    )


def unusable(lang: Language) -> str:
    """The name of the victims whose group is not known, or whose state is left out."""
    return lang.text("Unknown or state left out")


def groups_remarks(lang: Language, found: Sequence[Breakdown]) -> list[str]:
    """Which states are left out of a breakdown, and why forms do not add up."""
    reasons = {
        lang.text("Left out, because UNODC gives several figures for one group"): "unusable",
        lang.text("Left out, because their figures contradict each other"): "contradicting",
    }
    remarks = []
    for label, reason in reasons.items():
        out = [
            f"{lang.country(area)} ({terms.in_sentence(victims_words.title(lang, one.dimension))})"
            for one in found
            for area in lang.sorted_countries(getattr(one, reason))
        ]
        if out:
            remarks.append(f"{lang.labeled(label, lang.listing(out))}.")
    if any(one.dimension == "form" for one in found):
        remarks.append(
            lang.text(
                "Other forms are not shown, and a victim can be counted under several, so the forms "
                "need not add up to the total."
            )
        )
    return remarks
