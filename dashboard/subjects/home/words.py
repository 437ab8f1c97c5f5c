"""The sentences of page "Home", its key figures, and the words of its figures."""

from collections.abc import Mapping, Sequence
from math import floor
from typing import Any

import polars as pl

from dashboard.charts.figure_words import BREAKDOWN
from dashboard.subjects.home.query import VICTIMS, Breakdown, Flow, Overview, Panel, Range
from dashboard.subjects.states.words import STATES
from dashboard.words import countries, tables, terms
from data.i18n import Language

Row = Mapping[str, Any]


def headline(lang: Language, found: Overview | None) -> str:
    """The region in its latest well-reported year, in one sentence, with the share of the largest reporter."""
    if found is None:
        return lang.text("No state has reported how many victims it detected.")
    whole = lang.plural(
        "In {year}, {n} of {states} states reported {total} detected victims",
        "In {year}, {n} of {states} states reported {total} detected victims",
        found.states,
        year=found.year,
        states=STATES,
        total=lang.interval(*found.total),
    )
    if not found.largest:
        return f"{whole}."
    # Translators: {state} is a country with its article; the plural is for names like "the United States".
    part = lang.plural(
        "{state} reported {figure} of them ({share})",
        "{state} reported {figure} of them ({share})",
        countries.number(lang, found.largest),
        state=countries.the(lang, found.largest),
        figure=lang.interval(*found.figure),
        share=percent(lang, found.share),
    )
    return f"{lang.joined([whole, part])}."


def percent(lang: Language, share: Range) -> str:
    """A share in whole percent; an interval whose ends round to different numbers is rounded outwards."""
    low, high = (floor(end + 0.5) for end in share)
    text = lang.number(low) if low == high and (low or not share[1]) else lang.interval(*share)
    return lang.text("{share}%", share=text)


def of_states(lang: Language, year: int, n: int) -> str:
    """The year of a key figure, and how many states it is of."""
    return lang.plural("{year}, {n} of {states} states", "{year}, {n} of {states} states", n, year=year, states=STATES)


def ever(lang: Language, found: Overview) -> str:
    """The year of the key figure on reporting, and how many states reported in any year."""
    return lang.plural("{year}; in any year: {n}", "{year}; in any year: {n}", found.ever, year=found.year)


def flow(lang: Language, found: Flow) -> str:
    """What the key figure on the largest flow counts."""
    return lang.text(
        "Citizens {of_origin} detected {in_destination}",
        of_origin=countries.of(lang, found.origin),
        in_destination=countries.inside(lang, found.destination),
    )


def flow_years(lang: Language, found: Flow) -> str:
    """The years of the largest flow, and how many states list citizenships."""
    return lang.plural(
        "The largest flow, {years}; {n} of {states} states publishes citizenships",
        "The largest flow, {years}; {n} of {states} states publish citizenships",
        found.listing,
        years=tables.runs(found.years),
        states=STATES,
    )


def changing(lang: Language, panel: Panel | None, largest: str) -> list[str]:
    """What the panel says of a change: its two ends, with and without the largest reporter."""
    if panel is None or not panel.enough:
        return [
            lang.text("This cannot be said: fewer than five states reported detected victims in every year compared.")
        ]
    values = {"first": panel.first, "last": panel.last}
    sentences = [
        lang.text(
            "The {n} states that reported every year from {first} to {last} detected {before} victims in {first} and "
            "{after} in {last}.",
            n=lang.number(len(panel.areas)),
            before=lang.interval(*panel.at("all", panel.first)),
            after=lang.interval(*panel.at("all", panel.last)),
            **values,
        )
    ]
    if panel.without:
        sentences.append(
            lang.text(
                "Without {state}, the other {n} detected {before} and {after}.",
                state=countries.the(lang, largest),
                n=lang.number(len(panel.areas) - 1),
                before=lang.interval(*panel.at("without", panel.first)),
                after=lang.interval(*panel.at("without", panel.last)),
            )
        )
    return sentences


def convicted(lang: Language, panel: Panel | None) -> str:
    """What the panel says of convictions; empty if it has too few states."""
    if panel is None or not panel.enough:
        return ""
    return lang.text(
        "Persons convicted, in the {n} states that reported them every year from {first} to {last}: {before} in "
        "{first} and {after} in {last}.",
        n=lang.number(len(panel.areas)),
        first=panel.first,
        last=panel.last,
        before=lang.interval(*panel.at("all", panel.first)),
        after=lang.interval(*panel.at("all", panel.last)),
    )


def reading(lang: Language) -> str:
    """What a rise or a fall of detected victims can mean."""
    return lang.text(
        "More victims detected can mean more trafficking or more detection. The figures do not show which."
    )


def rule(lang: Language) -> str:
    """How the windows of the panels are chosen."""
    return lang.text(
        "Each period is the longest one, up to the latest well-reported year, in which the same states, at least a "
        "third of those that ever reported, reported every year."
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


def change_title(lang: Language, found: Overview) -> str:
    """The title of the figure of change."""
    if not found.largest:
        return lang.text("Detected victims by year")
    return lang.text("Detected victims by year: {state} and all other states", state=countries.the(lang, found.largest))


def bars_title(lang: Language) -> str:
    """The heading of the bars."""
    return lang.text("All states that reported")


def panel_title(lang: Language, panel: Panel) -> str:
    """The heading of the panel."""
    n = lang.number(len(panel.areas))
    return lang.text("The {n} states that reported every year", n=n)


def states_row(lang: Language) -> str:
    """The words under the numbers of states."""
    return lang.text("Under each year: how many states reported")


def part(lang: Language, part: str, largest: str) -> str:
    """A part of the bars."""
    if part == "largest":
        return lang.country(largest)
    return lang.text("All other states") if largest else lang.text("All states that reported")


def line(lang: Language, part: str, panel: Panel | None) -> str:
    """A line of the panel."""
    if part == "all" or panel is None:
        return lang.text("The same states every year")
    return lang.text("The same without {state}", state=countries.the(lang, panel.without))


def masked(lang: Language) -> str:
    """The hatched end of a bar."""
    return lang.text("What figures of fewer than five may add")


def bar(lang: Language, found: Overview, rows: Sequence[Row]) -> str:
    """The hover text of a bar: each part, the sum, and how many states reported."""
    parts = [
        lang.labelled(part(lang, row["part"], found.largest), lang.interval(row["low"], row["high"])) for row in rows
    ]
    total = lang.interval(*(sum(row[end] for row in rows) for end in ("low", "high")))
    n = sum(row["states"] for row in rows)
    reported = lang.plural("{n} state reported", "{n} states reported", n)
    lines = [f"<b>{rows[0]['year']}</b>", *parts, lang.labelled(lang.text("Total"), total), reported]
    return "<br>".join(lines)


def point(lang: Language, panel: Panel, row: Row) -> str:
    """The hover text of a mark of the panel."""
    figure = lang.interval(row["low"], row["high"])
    return f"<b>{row['year']}</b><br>{lang.labelled(line(lang, row['part'], panel), figure)}"


def change(lang: Language, rows: pl.DataFrame, panel: Panel | None) -> str:
    """The description of the figure of change; the sentences of `changing` stand above it.

    Args:
        rows: the result of `dashboard.subjects.home.query.by_year`.
    """
    sums = rows.group_by("year").agg(pl.col("low", "high", "states").sum()).sort("year")
    (first, *before), (last, *after) = (sums.row(end) for end in (0, -1))
    sentences = [
        lang.text(
            "Bars: detected victims by year, from {before} in {first} to {after} in {last}.",
            first=first,
            last=last,
            before=lang.interval(*before[:2]),
            after=lang.interval(*after[:2]),
        )
    ]
    if panel and panel.without:
        sentences.append(
            lang.text(
                "Lines: the same {n} states every year, with and without {state}.",
                n=lang.number(len(panel.areas)),
                state=countries.the(lang, panel.without),
            )
        )
    elif panel:
        sentences.append(lang.text("Line: the same {n} states every year.", n=lang.number(len(panel.areas))))
    return " ".join(sentences)


def groups(lang: Language, blocks: Sequence[Breakdown]) -> str:
    """The description of the figure of groups: the largest group of each breakdown."""
    largest = [max(block.groups, key=lambda group: sum(block.groups[group])) for block in blocks]
    named = [
        lang.labelled(block_title(lang, block), f"{group(lang, block, one)}, {group_figure(lang, block, one)}")
        for block, one in zip(blocks, largest, strict=True)
    ]
    first = lang.text("Bars on one scale: victims in each group, and victims without a usable figure.")
    label = lang.text("The largest groups")
    return f"{first} {lang.labelled(label, lang.joined(named))}."


def who(lang: Language, blocks: Sequence[Breakdown]) -> str:
    """The victims by sex, age and form, in two sentences; a breakdown that is missing is left out."""
    by = {block.dimension: block for block in blocks}
    sentences = []
    if "sex" in by:
        share = percent(lang, by["sex"].share("female"))
        sentences.append(lang.text("Of the victims whose sex is known, {share} are women or girls.", share=share))
    if "age" in by:
        share = percent(lang, by["age"].share("0-17"))
        sentences.append(lang.text("Of those whose age is known, {share} are under 18.", share=share))
    if "form" in by:
        block = by["form"]
        sexual, labor = (percent(lang, block.share(form)) for form in ("sexual_exploitation", "forced_labour"))
        sentences.append(
            lang.plural(
                "In the {n} state that reports both, {sexual} were trafficked for sexual exploitation and {labor} "
                "for forced labor.",
                "In the {n} states that report both, {sexual} were trafficked for sexual exploitation and {labor} "
                "for forced labor.",
                block.states,
                sexual=sexual,
                labor=labor,
            )
        )
    return " ".join(sentences)


def victims_title(lang: Language, year: int) -> str:
    """The title of the figure of groups."""
    return lang.text("Detected victims by sex, age and form of exploitation, {year}", year=year)


def block_title(lang: Language, block: Breakdown) -> str:
    """The heading of a breakdown."""
    titles = {"sex": lang.text("Sex"), "age": lang.text("Age"), "form": lang.text("Form of exploitation")}
    return titles[block.dimension]


def block_base(lang: Language, block: Breakdown) -> str:
    """What the shares of a breakdown are shares of, and how many states count."""
    return lang.plural(
        "{n} of {all} states, {known} of {total} victims",
        "{n} of {all} states, {known} of {total} victims",
        block.states,
        all=lang.number(block.reporting),
        known=lang.interval(*block.known),
        total=lang.interval(*block.total),
    )


def group(lang: Language, block: Breakdown, group: str) -> str:
    """The name of a group, or of the victims without one."""
    if group not in block.groups:
        return lang.text("No usable figure")
    word, _ = BREAKDOWN[block.dimension]
    return word(lang, group)


def group_figure(lang: Language, block: Breakdown, group: str) -> str:
    """The figure of a group with its share; of the victims without a group the figure alone."""
    if group not in block.groups:
        return lang.interval(*block.unknown)
    figure = lang.interval(*block.groups[group])
    return lang.text("{figure} ({share})", figure=figure, share=percent(lang, block.share(group)))


def groups_remarks(lang: Language, blocks: Sequence[Breakdown]) -> list[str]:
    """How the states of a breakdown are chosen, and why forms do not add up."""
    remarks = [
        lang.text(
            "A state is included if its figures by group can be used. Figures that contradict each other or add up "
            "to more than the total are left out."
        )
    ]
    if any(block.dimension == "form" for block in blocks):
        remarks.append(
            lang.text("A victim can be counted under several forms, so the forms do not add up to the total.")
        )
    return remarks


def indicator(lang: Language, code: str = VICTIMS) -> str:
    """The name of a key figure."""
    return terms.term(lang, "indicator", code)
