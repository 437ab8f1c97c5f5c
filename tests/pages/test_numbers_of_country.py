"""Every number in the figures of page "Country", against the publishers' files by openpyxl, csv and plain Python.

Read from the drawing itself: texts, what the pointer shows, the alternative text, and heights by the scale. The areas
of circles are tested in `tests/dashboard/subjects/routes/test_counted_map.py`.
"""

import re

import pytest

from dashboard import store
from dashboard.subjects.states import flows
from dashboard.views.figure import Drawn
from data.i18n import language
from tests.dashboard.subjects.states.test_certainty import INDICATORS as CODES_BY_TITLE
from tests.dashboard.subjects.states.test_certainty import doubtful, totals
from tests.pages import drawings, recount
from tests.pages.drawings import LOOKS, figure, notes, numbers
from tests.pages.recount import APRIL, OCTOBER, Flow
from tests.pages.test_every_number import (
    INDICATORS,
    VICTIMS,
    in_words,
    inside,
    largest,
    of_state,
    period,
    runs,
    written,
    years_of_any,
    years_of_break,
)
from tests.pages.test_every_number import (
    listed as listed_citizenships,
)
from tests.pages.test_numbers_of_home import unnoticed

pytestmark = pytest.mark.real
DRAWN = dict([*INDICATORS.items()][:4])
CODES = tuple(CODES_BY_TITLE.values())
RELEASE = ("28", "2025")


# ---------------------------------------------------------------- figures by year


def as_pointed(text: str) -> str:
    return "fewer than five (1–4)" if text == "<5" else text


def as_marked(text: str) -> str:
    """The same of a total that its parts contradict."""
    shown = as_pointed(text)
    return f"{shown.removesuffix(')')}*{')' * shown.endswith(')')}; contradicted by its own figures"


def first_year(area: str) -> int:
    return min(year for printed in DRAWN.values() for year in of_state(area, printed))


def reported(area: str) -> dict[str, dict[int, str]]:
    """The printed totals of each indicator that the state ever reported."""
    return {title: found for title, printed in DRAWN.items() if (found := of_state(area, printed))}


def expected_series(area: str) -> dict[str, object]:
    every, shown = reported(area), set()
    for title, known in every.items():
        years = {year for year in years_of_any(DRAWN[title]) if year >= first_year(area)}
        marked = doubtful(CODES_BY_TITLE[DRAWN[title]], area)
        words = {year: (as_marked if year in marked else as_pointed)(text) for year, text in known.items()}
        shown |= {(title, f"{year}: {text}") for year, text in words.items()}
        shown |= {(title, f"{year}: no figure") for year in years - {*known}}
    last = str(max(year for known in every.values() for year in known))
    # The description says how many years of each indicator have a total.
    counted = tuple(str(len(known)) for known in every.values())
    latest = next(iter(every.values()))
    first = str(min(year for known in every.values() for year in known))
    # The title has the convictions of the year of the last count of victims.
    convicted = numbers(every.get("Persons convicted", {}).get(max(latest), ""))
    # Of the title, of the line below it, of the source, and of the mark of totals.
    title = (*numbers(latest[max(latest)]), *convicted)
    around = (*title, str(max(latest)), f"{first}–{last}", *RELEASE, last, *contradicted(area))
    # The release before gave "fewer than five" for what is a zero now.
    earlier = totals(newest=False).get((CODES[0], area), {}).get(max(latest))
    was_masked = (str(max(latest)), "14", "2025", "0") if (earlier, latest[max(latest)]) == ("<5", "0") else ()
    # Labels of other lists are not all read here; those of the United States are.
    broken = years_of_break(area) if area == "USA" else ()
    words = (counted + broken, around + was_masked)
    labels = {"*"} if contradicted(area) else set()
    return {"pointer": shown, "labels": labels, "broken": broken, "misplaced": [], "words": words}


def contradicted(area: str) -> tuple[str, ...]:
    """The years of the totals that their parts exceed, by indicator."""
    return tuple(number for code in CODES for number in numbers(runs({*doubtful(code, area)})))


def titled(spec) -> list[str]:
    """The headings of the plots, from the top down."""
    every = [one for one in drawings.texts(spec) if one.axis == "x" and one.side == "middle right"]
    headings = [one for one in every if one.text.startswith("<b>")]
    return [one.text.strip("</b>") for one in sorted(headings, key=lambda one: one.y)]


def read_series(plate: Drawn) -> dict[str, object]:
    scales, titles = drawings.plots(plate.spec), titled(plate.spec)
    every = drawings.pointed(plate.spec)
    year_at = {one.x: one.text[:4] for one in every}
    # Years stand under their marks; all other texts are the figures of the scales, which `plots` compares.
    labels = {
        one.text for one in drawings.texts(plate.spec) if one.side == "middle center" and one.text != year_at.get(one.x)
    }
    beside = [one for one in drawings.texts(plate.spec) if one.side == "middle right" and one.text not in titles]
    broken = tuple(number for one in beside for number in numbers(one.text.removeprefix("<b>")))
    placed = [(one, drawings.plot_of(scales, one.x, one.y)) for one in every]
    return {
        "pointer": {(titles[place], one.text) for one, place in placed},
        "labels": labels,
        "broken": broken,
        "misplaced": [one for one, place in placed if not fits(one, scales[place])],
        "words": (numbers(plate.description), notes(plate)),
    }


def fits(mark: drawings.Text, scale: drawings.Plot) -> bool:
    """Whether a mark is as high as the figure that the pointer shows; without one it is on the base line."""
    _, *figures = numbers(mark.text)
    ends = [float(end.replace(",", "")) for end in (figures or ["0"])[0].split("–")]
    return ends[0] - scale.unit <= scale.read(mark.y) <= ends[-1] + scale.unit


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("area", ["USA", "LCA", "CRI"])
def test_every_number_by_year_is_that_of_the_workbook(area, look):
    assert read_series(figure("series", look, area=area)) == expected_series(area)


def test_haiti_has_no_total_and_no_number_by_year():
    assert not any(of_state("HTI", printed) for printed in DRAWN.values())
    plate = figure("series", "desk", area="HTI")
    assert not [one for one in drawings.texts(plate.spec) if numbers(one.text)]
    assert not drawings.pointed(plate.spec)


# ---------------------------------------------------------------- victims by sex, age and form

GROUPS = {
    "sex": {"Female": "Female", "Male": "Male", "Other": "Other sex or gender"},
    "age": {"0 to 17 years": "Children (0–17 years)", "18 years or over": "Adults (18 years and over)"},
    "form": {"Sexual exploitation": "Sexual exploitation", "Forced labour": "Forced labor"},
}


def cell_of(dimension: str, group: str) -> tuple[str, str, str, str]:
    """The four columns of a group's cell: dimension, category, sex, age."""
    return {
        "sex": ("Total", "Total", group, "Total"),
        "age": ("Total", "Total", "Total", group),
        "form": ("by form of exploitation", group, "Total", "Total"),
    }[dimension]


def printed_groups(area: str) -> tuple[int, int, dict[str, dict[str, int]], int]:
    """The last year with a total, the total, the figures of each dimension by name, and the unknown."""
    year = max(of_state(area, VICTIMS))
    rows = [row for row in recount.books()[1] if (row[0], row[4], int(str(row[9]))) == (area, VICTIMS, year)]
    cells = {tuple(row[5:9]): int(str(row[11]).replace(",", "")) for row in rows if row[11] != "<5"}
    figures = {
        dimension: {name: cells[place] for one, name in groups.items() if (place := cell_of(dimension, one)) in cells}
        for dimension, groups in GROUPS.items()
    }
    return year, cells[recount.WHOLE], figures, cells.get(("Total", "Total", "Unknown", "Unknown"), 0)


def contested_ages(area: str, year: int, ages: dict[str, int]) -> dict[str, int]:
    """The ages of which the exact figures by sex add up to more, with that sum."""
    rows = [row for row in recount.books()[1] if (row[0], row[4], int(str(row[9]))) == (area, VICTIMS, year)]
    sums = {
        name: sum(
            int(str(row[11]).replace(",", ""))
            for row in rows
            if tuple(row[5:9]) in {("Total", "Total", sex, age) for sex in GROUPS["sex"]} and row[11] != "<5"
        )
        for age, name in GROUPS["age"].items()
    }
    return {name: n for name, n in sums.items() if name in ages and n > ages[name]}


def expected_victims(area: str) -> dict[str, object]:
    year, total, figures, unknown = printed_groups(area)
    contested = contested_ages(area, year, figures["age"])
    labels, shown, beside, words, why = [], set(), [], [], []
    # A total that the figures by sex or age exceed has no shares of forms either.
    contradicted = any(sum(mine.values()) > total for dimension, mine in figures.items() if dimension != "form")
    for dimension, mine in figures.items():
        known = total if dimension == "form" else sum(mine.values())
        exceeds = known > total
        beside += [str(year), *([str(known)] if exceeds else []), f"{total:,}"]
        bare = exceeds or (contradicted and dimension == "form")
        shares = {name: "" if bare else f" ({100 * one / known:.0f}%)" for name, one in mine.items()}
        marked = {name: contested[name] for name in mine if name in contested}
        mine_labels = {name: f"{one:,}{shares[name]}{'*' * (name in marked)}" for name, one in mine.items()}
        beside += [number for name in mine for number in numbers(name)]
        # One row of the source has those of unknown sex and age: they are said once.
        beside += [str(unknown)] if unknown and dimension == "sex" else []
        labels += mine_labels.values()
        shown |= {f"{name}: {label}" for name, label in mine_labels.items()}
        words.append(str(year))
        for name in sorted(mine, key=mine.__getitem__, reverse=True):
            words += [*numbers(name), *numbers(mine_labels[name])]
            # The total lacks those of unknown sex and age: a share says that it is of the others.
            first = name == max(mine, key=mine.__getitem__)
            words += [f"{known:,}"] if first and unknown and known == total and dimension != "form" else []
        beside += [number for one in marked for number in (*numbers(one), str(marked[one]))]
        words += [number for one in marked for number in (*numbers(one), str(marked[one]))]
        why += [str(known), f"{total:,}"] if exceeds else [f"{total:,}"] if bare else []
    by_sex = [f"{one:,}" for one in sorted(figures["sex"].values(), reverse=True)[:2]]
    largest, known = max(figures["sex"].values()), sum(figures["sex"].values())
    most = largest > known / 2 and not contradicted
    claim = (f"{100 * largest / known:.0f}", str(year)) if most else (*by_sex, str(year))
    # Of the title, of the line below it, and of the source.
    around = (*claim, str(year), *RELEASE, str(year))
    return {"labels": labels, "pointer": shown, "beside": beside, "words": (tuple(words + why), around)}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("area", ["USA", "CRI"])
def test_every_number_of_the_groups_is_that_of_the_workbook(area, look):
    assert drawings.bars_of_victims(figure("victims", look, area=area)) == expected_victims(area)


@pytest.mark.parametrize("area", ["HTI", "LCA"])
def test_a_state_without_a_victim_in_its_last_total_has_no_groups(area):
    totals = of_state(area, VICTIMS)
    assert not totals or totals[max(totals)] == "0"
    plate = figure("victims", "desk", area=area)
    assert not drawings.texts(plate.spec)
    assert not drawings.pointed(plate.spec)


# ---------------------------------------------------------------- maps

MAPS = [
    *(("USA", "counted", end) for end in ("origin", "destination")),
    ("HTI", "counted", "origin"),
    *((area, "stated", "any") for area in ("USA", "HTI", "LCA")),
]
# As many described routes between two states as a map of a state shows, and legs through a transit state.
MOST, THROUGH = 10, 5


def flows_of(area: str, evidence: str, position: str) -> list[Flow]:
    """The flows of a map."""
    if evidence == "stated":
        return recount.described_flows(area)
    return [one for one in recount.counted_flows(area) if getattr(one, position) == area]


def label(area: str, flow: Flow) -> str:
    """The label of an arrow: a figure that is masked in each of its years has none of its own."""
    if in_words(area, flow) == [written(flow.figure)]:
        return written(flow.figure)
    return "<5 a year" if len(flow.years) > 1 else "<5"


def listed(area: str, flow: Flow) -> set[str]:
    """A route as a list has it: its ends, or their codes, what part of a route it is, and its figure."""
    part = "" if flow.leg == "direct" else f" ({flow.leg})"
    names = tuple(map(language("en").country, (flow.origin, flow.destination)))
    return {f"{start} → {end}{part} {label(area, flow)}" for start, end in (names, (flow.origin, flow.destination))}


def arrow(area: str, flow: Flow) -> tuple[str, tuple[str, ...]]:
    return f"{flow.origin}→{flow.destination}", (*in_words(area, flow), *numbers(runs(flow.years)))


def drawn_flows(area: str, evidence: str, position: str) -> tuple[list[Flow], list[Flow]]:
    """The flows that a map certainly shows, and those of which it shows some, as large as each other."""
    every = [one for one in flows_of(area, evidence, position) if not one.questioned]
    between = sorted((one for one in every if one.origin != one.destination), key=lambda one: -sum(one.figure))
    certain, some = [one for one in every if one.origin == one.destination and position != "origin"], []
    if evidence == "counted":
        return [*between, *certain], []
    for direct, most in ((True, MOST), (False, THROUGH)):
        kind = [one for one in between if (one.leg == "direct") is direct]
        least = sum(kind[most - 1].figure) if len(kind) > most else 0
        certain += [one for one in kind if sum(one.figure) > least]
        some += [one for one in kind if sum(one.figure) == least]
    return certain, some


def shown_flows(plate: Drawn) -> set[tuple[str, tuple[str, ...]]]:
    """The ends of each row of the ledger with the numbers that the pointer shows on it."""
    (*_, rows) = [trace for trace in plate.spec["data"] if trace["xaxis"] == "x9" and "customdata" in trace][:1]
    marks = zip(rows["customdata"], rows["hovertext"], strict=True)
    return {("→".join(opens[1:3]), numbers(words)) for opens, words in marks}


def description_of(area: str, evidence: str, position: str) -> tuple[str, ...]:
    every = flows_of(area, evidence, position)
    own = inside(every) if position != "origin" else []
    return *own, *largest(area, every)


def notes_of(area: str, evidence: str, position: str) -> tuple[str, ...]:
    """The numbers of the title and of the line below it; the releases and the last year of their data."""
    every = [one for one in flows_of(area, evidence, position) if not one.questioned]
    last = str(max(year for flow in flows_of(area, evidence, position) for year in flow.years))
    between = [one for one in every if one.origin != one.destination]
    if evidence == "stated":
        leading = max(between, key=lambda one: sum(one.figure))
        tied = len([one for one in between if one.figure == leading.figure]) > 1
        direct = len([one for one in between if one.leg == "direct"])
        drawn = min(direct, MOST) + min(len(between) - direct, THROUGH)
        limited = (str(drawn), str(len(between))) if drawn < len(between) else ()
        return (str(len(between)) if tied else written(leading.figure), *limited, period(every), last)
    leading = max(every if position == "destination" else between, key=lambda one: sum(one.figure))
    records = [one for one in recount.counted(area) if one.origin and getattr(one, position) == area]
    used = [of for of in (APRIL, OCTOBER) if any(one.release == of for one in records)]
    releases = [number for of in used for number in numbers(of)]
    # Of all that a state detected, of how many the citizenship is listed.
    (share,) = [one[-2:] for one in listed_citizenships(area)] if position == "destination" else [()]
    return (written(leading.figure), period(flows_of(area, evidence, position)), *share, *releases, last)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("area", "evidence", "position"), MAPS)
def test_every_number_of_a_map_is_worked_out_from_the_files(area, evidence, position, look):
    plate = figure("state_routes", look, area=area, evidence=evidence, position=position)
    certain, some = drawn_flows(area, evidence, position)
    shown, known = shown_flows(plate), {arrow(area, one) for one in [*certain, *some]}
    # Each figure of the largest flows is in the ledger, or it says how many are left out; no other number is there.
    left_out = sum(
        int(one.text.split()[0]) for one in drawings.texts(plate.spec) if re.fullmatch(r"\d+ more", one.text)
    )
    assert shown <= known
    assert left_out or {arrow(area, one) for one in certain} <= shown
    assert evidence == "stated" or len(shown) + left_out == len(certain)
    assert shown
    # An arrow of a direct route and of a leg says both.
    pointed = [text for one in drawings.pointed(plate.spec) for text in one.text.split("<br><br>")]
    assert {numbers(text) for text in pointed if numbers(text)} <= {n for _, n in known}
    labels = {label(area, one) for one in [*certain, *some]}
    # Routes from or to a country outside the region stand in a list.
    outside = [one for one in [*certain, *some] if not {one.origin, one.destination} <= {*store.basemap().points}]
    labels |= {text for one in outside if evidence == "stated" for text in listed(area, one)}
    written_there = [one.text for one in drawings.texts(plate.spec) if one.axis != "x9" and numbers(one.text)]
    figures = {re.sub("<b>[^0-9<]*</b> ?|</?b>", "", one) for one in written_there}
    assert {part for one in figures for part in (one.split(" + ") if evidence == "stated" else [one])} <= labels
    assert numbers(plate.description) == description_of(area, evidence, position)
    assert notes(plate) == notes_of(area, evidence, position)


@pytest.mark.parametrize("position", ["origin", "destination"])
@pytest.mark.parametrize("area", ["USA", "HTI", "LCA"])
def test_a_map_stands_where_the_files_have_a_flow(area, position):
    certain, _ = drawn_flows(area, "counted", position)
    assert bool(certain) == bool(flows.ends(area, position).first)
    assert bool(certain) == ((area, "counted", position) in MAPS)


# ---------------------------------------------------------------- the tests can fail


@pytest.mark.parametrize(
    ("name", "read", "expected"),
    [("series", read_series, expected_series), ("victims", drawings.bars_of_victims, expected_victims)],
)
def test_a_change_of_any_number_is_found(name, read, expected):
    assert not unnoticed(figure(name, "desk", area="USA"), read, expected("USA"))


def test_a_mark_at_a_wrong_height_is_found():
    plate = figure("series", "desk", area="USA")
    moved = [
        {**trace, "y": [y - 2 for y in trace["y"]]} if trace.get("hovertext") else trace for trace in plate.spec["data"]
    ]
    assert read_series(plate._replace(spec={**plate.spec, "data": moved}))["misplaced"]


def test_a_change_of_any_number_on_an_arrow_is_found():
    plate = figure("state_routes", "desk", area="HTI", evidence="counted", position="origin")
    shown = shown_flows(plate)
    changed = [spec for text, spec in drawings.altered(plate.spec) if "Citizens" in text]
    assert len(changed) > len(shown)
    for spec in changed:
        other = plate._replace(spec=spec)
        pointed = {numbers(one.text) for one in drawings.pointed(spec) if numbers(one.text)}
        assert shown_flows(other) != shown or pointed != {n for _, n in shown}
