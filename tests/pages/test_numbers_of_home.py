"""Every number in the figures of page "Home", against UNODC's workbook by openpyxl and plain Python.

Read from the drawing itself: texts, what the pointer shows, the alternative text, and heights and lengths by the scale.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import pytest

from dashboard import store
from dashboard.charts.colors import THEMES
from dashboard.subjects.home import page
from dashboard.views.figure import Drawn
from dashboard.views.page import Text
from data.i18n import language
from tests.dashboard.subjects.home import test_source as source
from tests.dashboard.subjects.states.test_certainty import doubtful, may_be
from tests.pages import drawings, recount
from tests.pages.declared import declared
from tests.pages.drawings import LOOKS, figure, notes, numbers
from tests.pages.test_every_number import runs, written

pytestmark = pytest.mark.real
EN = language("en")
RELEASE = ("28", "2025")
LARGEST = "USA"


@cache
def printed() -> dict[tuple[object, ...], set[str]]:
    """The printed cells of the newest release, by indicator, dimension, category, sex, age, year and state."""
    found = defaultdict(set)
    for row in recount.books()[-1]:
        if row[0] in store.areas():
            found[(*row[4:9], int(str(row[9])), row[0])].add(str(row[11]))
    return dict(found)


@cache
def by_year() -> dict[int, dict[str, tuple[int, int]]]:
    """The total of each state by year."""
    return source.years(printed(), source.VICTIMS)


@cache
def last_year() -> int:
    """The latest year in which two thirds of the states that ever reported did."""
    return source.default_year(by_year())[0]


def together(figures) -> tuple[int, int]:
    low, high = source.summed(figures)
    return int(low), int(high)


def years() -> list[int]:
    return [year for year in by_year() if year <= last_year()]


@cache
def panel() -> tuple[int, frozenset[str]]:
    """The first year of the longest run of years that a third of the states report whole, and these states."""
    ever = source.default_year(by_year())[1]
    for first in years():
        every = frozenset.intersection(*(frozenset(by_year()[year]) for year in years() if year >= first))
        if 3 * len(every) >= ever:
            return first, every
    raise AssertionError


def panel_sums() -> dict[int, tuple[tuple[int, int], tuple[int, int]]]:
    """The states of the panel in each year: all of them, and without the United States."""
    first, areas = panel()
    return {
        year: tuple(together(by_year()[year][area] for area in some) for some in (areas, areas - {LARGEST}))
        for year in years()
        if year >= first
    }


# ---------------------------------------------------------------- sentences


def test_the_headline_is_worked_out_from_the_workbook():
    found = by_year()[last_year()]
    low, high = together(found.values())
    thousands = low // 1000 * 1000
    assert thousands < low
    # All that the totals may be: Brazil's own parts are more than its total.
    least, most = together(may_be("detected_victims", area, last_year()) for area in found)
    shares = [100 * found[LARGEST][0] / one for one in (most, least)]
    assert (low, high) == (least, high) != (least, most)
    assert 75 < shares[0] < 77.5 < shares[1]
    title, note = page.lead(language("en"))
    assert title == (
        f"For {last_year()}, {len(found)} of the 35 states of the Americas together reported more than {thousands:,} "
        "detected victims of trafficking in persons, more than three quarters of them in the United States."
    )
    assert note.startswith(
        f"For the other {len(store.areas()) - len(found)}, UNODC’s data have no total for that year. "
    )


def test_the_paragraphs_on_change_are_worked_out_from_the_workbooks():
    (first, areas), sums, last = panel(), panel_sums(), last_year()
    (_, before), (_, after) = sums[first], sums[last]
    few, many, latest = recount.own_citizens(LARGEST)
    years = sorted({first, few.year, many.year, last})
    figures = [f"{written(by_year()[year][LARGEST])} for {year}" for year in years]
    peak = max(sums, key=lambda year: sums[year][1])
    assert first < peak < last
    assert sums[peak][1][0] > max(before[1], after[1])
    convicted, of_convictions, since, until = convictions()
    said = (*page.changes(language("en")), page.convictions(language("en")))
    first_words, rest, second = (one.replace("\u2060", "") for one in said)
    # More than in the first year, and fewer than in the highest.
    assert before[1] < after[0] <= after[1] < sums[peak][1][0]
    assert first_words == (
        f"The {len(areas) - 1} states other than the United States that reported every year from {first} to {last} "
        f"together detected more victims in {last} ({written(after)}) than in {first} ({written(before)}*), but "
        f"fewer than in {peak} ({written(sums[peak][1])}*)."
    )
    ends = {year: together(may_be("detected_victims", area, year) for area in areas - {LARGEST}) for year in sums}
    assert ends[first][1] < ends[last][0] <= ends[last][1] < ends[peak][0]
    assert marked_years("detected_victims", areas) >= {first, peak}
    assert last not in marked_years("detected_victims", areas)
    assert rest == (
        f"The United States reported {', '.join(figures[:-1])} and {figures[-1]}. "
        f"Part of the rise in the totals since {few.year} may come from a change in who is counted: UNODC lists fewer "
        f"than five of the country’s own citizens among the victims for {few.year}, but {written(many.figure)} for "
        f"{many.year} and {written(latest.figure)} for {latest.year}. "
        "The number of detected victims can rise or fall with trafficking itself, with the effort to detect it or with "
        "what is counted. The figures do not show which."
    )
    # A rise between the two lists, in the total too.
    assert by_year()[few.year][LARGEST][1] < by_year()[many.year][LARGEST][0]
    assert second == (
        f"The {len(of_convictions) - 1} states other than the United States that reported convictions every year from "
        f"{since} to {until} together convicted more persons in {until} ({convicted[1]}*) than in {since} "
        f"({convicted[0]}), but fewer than in {convicted[3]} ({convicted[2]}). The United States reported "
        f"{convicted[4]} for {since}, {convicted[5]} for {convicted[3]} and {convicted[6]} for {until}."
    )
    assert marked_years("persons_convicted", of_convictions) & {since, int(convicted[3]), until} == {until}
    texts = {line for text in declared("home", "en").every(Text) for line in text.paragraphs}
    assert contradicted("detected_victims", areas, first, last) in texts
    assert contradicted("persons_convicted", of_convictions, since, until) in texts


def marked_years(indicator: str, areas: frozenset[str]) -> set[int]:
    """The years in which parts contradict a total of the states other than the United States."""
    return {year for area in areas - {LARGEST} for year in doubtful(indicator, area)}


def contradicted(indicator: str, areas: frozenset[str], first: int, last: int) -> str:
    """The mark of the totals in a panel's window that their parts by sex or age contradict."""
    found = {EN.country(area): [year for year in doubtful(indicator, area) if first <= year <= last] for area in areas}
    every = [f"{name} ({runs(some)})" for name, some in sorted(found.items()) if some]
    assert len(every) > 1
    named = f"{', '.join(every[:-1])} and {every[-1]}"
    return f"* Totals contradicted by their own figures by sex, age or form: {named}."


def convictions() -> tuple[list[str], frozenset[str], int, int]:
    """The sums without the largest of the states that report convictions in each year of the longest run; the run."""
    reported = source.years(printed(), source.CONVICTED)
    last, ever = source.default_year(reported)
    for first in (year for year in reported if year <= last):
        every = frozenset.intersection(*(frozenset(reported[year]) for year in reported if first <= year <= last))
        if 3 * len(every) >= ever:
            sums = {
                year: together(found[area] for area in every - {LARGEST})
                for year, found in reported.items()
                if first <= year <= last
            }
            peak = max((year for year in sums if year < last), key=lambda year: sums[year])
            assert sums[peak][0] > max(sums[first][1], sums[last][1])
            # More than in the first year.
            assert sums[last][0] > sums[first][1]
            largest = [written(reported[year][LARGEST]) for year in (first, peak, last)]
            return (
                [*(written(sums[year]) for year in (first, last, peak)), str(peak), *largest],
                every,
                first,
                last,
            )
    raise AssertionError


# ---------------------------------------------------------------- detected victims by year


def sums() -> dict[tuple[int, int], tuple[int, int]]:
    """By plot and year the sum that its bar stands for: all others of the panel, and the United States."""
    each = panel_sums().items()
    return {(0, year): rest for year, (_, rest) in each} | {(1, year): by_year()[year][LARGEST] for year, _ in each}


def expected_change() -> dict[str, object]:
    found, (first, areas), last = sums(), panel(), last_year()
    doubts = marked_years("detected_victims", areas)
    marks = {(0, year): "*" for year in doubts}
    assert not {*doubtful("detected_victims", LARGEST)} & {*panel_sums()}
    n, window = str(len(areas) - 1), f"{first}–{last}"
    shown = {
        f"<b>{year}</b><br>The {n} other states: {written(found[0, year])}{marks.get((0, year), '')}<br>"
        f"United States: {written(found[1, year])}"
        for year in panel_sums()
    }
    above = {
        (plot, year, f"{written(found[plot, year])}{marks.get((plot, year), '')}")
        for plot in (0, 1)
        for year in (first, last, max(panel_sums(), key=lambda year: found[plot, year][1]))
    }
    below = {(0, year) for year in {*doubts} & {*panel_sums()}}
    ends = [part for plot in (0, 1) for year in (first, last) for part in (written(found[plot, year]), str(year))]
    broken = {str(one.year) for one in recount.own_citizens(LARGEST)[:2]}
    # Of the title (more than in the first year, fewer than in the highest), the line below it and the source, and how
    # many totals are marked.
    top = max(panel_sums(), key=lambda year: found[0, year])
    doubted = [year for area in areas for year in doubtful("detected_victims", area) if first <= year <= last]
    around = (n, str(first), str(top), n, window, *RELEASE, str(last), str(len(doubted)))
    words = ({n, *broken}, (n, *ends), around)
    return {"pointer": shown, "above": above, "below": below, "labeled": {(0, last), (1, last)}, "words": words}


def places(plate: Drawn) -> dict[float, tuple[int, int]]:
    """The plot and the year of each bar, by its middle."""
    middles, window = sorted({one.x for one in drawings.pointed(plate.spec)}), [*panel_sums()]
    assert len(middles) == 2 * len(window)
    return {x: (number // len(window), window[number % len(window)]) for number, x in enumerate(middles)}


def read_change(plate: Drawn) -> dict[str, object]:
    (scale,), bars, tops = drawings.plots(plate.spec), places(plate), {}
    for x, _, upper, _ in rectangles(plate):
        tops[x] = min(upper, tops.get(x, upper))
    above, below, labeled, headings = set(), set(), set(), set()
    for one in drawings.texts(plate.spec):
        if one.text == "*":
            assert one.side == "middle center"
            assert one.y > scale.base
            below.add(bars[min(bars, key=lambda x: abs(x - one.x))])
        elif one.side == "middle center" and one.y > scale.base:
            labeled.add(bars[min(bars, key=lambda x: abs(x - one.x))])
            assert bars[min(bars, key=lambda x: abs(x - one.x))][1] == int(one.text)
        elif one.side == "middle center":
            # It belongs to the bar whose upper end is nearest.
            above.add((*bars[min(tops, key=lambda x: (x - one.x) ** 2 + (tops[x] - one.y) ** 2)], one.text))
        elif one.side == "middle right":
            headings.update(numbers(one.text))
    words = (headings, numbers(plate.description), notes(plate))
    last = {(plot, year) for plot, year in labeled if year == last_year()}
    pointer = {one.text for one in drawings.pointed(plate.spec)}
    return {"pointer": pointer, "above": above, "below": below, "labeled": last, "words": words}


@pytest.fixture(scope="module", params=LOOKS)
def change(request) -> Drawn:
    return figure("region_change", request.param)


def test_every_number_of_the_years_is_worked_out_from_the_workbook(change):
    found, expected = read_change(change), expected_change()
    shown, most = found.pop("above"), expected.pop("above")
    assert found == expected
    # A phone has no room for each of them.
    assert {one for one in most if one[1] == last_year()} <= shown <= most


def test_the_figures_of_the_united_states_are_those_of_november_2026(change):
    """As the workbook of 28 October 2025 prints them."""
    assert numbers(change.description)[5:] == ("469", "2012", "16,390", "2022")


def rectangles(plate: Drawn) -> Iterator[tuple[float, str, float, float]]:
    """Of each rectangle of a bar the middle of the bar, its look, its upper and its lower end."""
    bars = places(plate)
    step = min(right - left for left, right in pairwise(bars))
    for look, left, right, upper, lower in drawings.rectangles(plate.spec):
        x = min(bars, key=lambda x: abs(x - (left + right) / 2))
        if abs(x - (left + right) / 2) <= 1 and right - left < step:
            yield x, look, upper, lower


def heights(plate: Drawn) -> dict[tuple[int, int], list[tuple[str, float]]]:
    """By plot and year the look of each part of the bar and its height by the scale, from the base up."""
    (scale,), bars, found = drawings.plots(plate.spec), places(plate), defaultdict(list)
    for x, look, upper, lower in rectangles(plate):
        found[bars[x]].append((lower, look, scale.read(upper) - scale.read(lower)))
    return {key: [(look, tall) for _, look, tall in sorted(some, reverse=True)] for key, some in found.items()}


def wrong_bars(plate: Drawn) -> list[tuple[int, int]]:
    """The plots and years whose bar is not as high as its figure: solid up to the least, dashed up to the most."""
    unit, found = drawings.plots(plate.spec)[0].unit, sums()
    shown = {key: [tall for _, tall in some] for key, some in heights(plate).items()}
    expected = {key: [low, *([high - low] if high > low else [])] for key, (low, high) in found.items()}
    return [key for key in found if shown.get(key) != pytest.approx(expected[key], abs=2 * unit)]


def test_each_bar_is_as_high_as_its_figure_on_one_scale(change):
    assert not wrong_bars(change)
    assert heights(change).keys() == sums().keys()


def test_others_are_orange_and_the_largest_reporter_is_navy(change):
    looks = {plot: {some[0][0] for (of, _), some in heights(change).items() if of == plot} for plot in (0, 1)}
    assert looks == {0: {THEMES["light"].arrows["counted"]}, 1: {THEMES["light"].focus}}


def test_a_line_marks_the_break_between_its_two_years(change):
    before, after = (one.year for one in recount.own_citizens(LARGEST)[:2])
    at = {where: x for x, where in places(change).items()}
    drawn = [trace for trace in change.spec["data"] if "fill" not in trace]
    (line,) = [trace for trace in drawn if trace.get("line", {}).get("dash", "solid") != "solid"]
    (x,) = {x for x in line["x"] if x is not None}
    assert at[1, before] < x < at[1, after]
    assert x == pytest.approx((at[1, before] + at[1, after]) / 2, abs=1)


# ---------------------------------------------------------------- victims by sex, age and form

NAMES = {
    **{"Female": "Female", "Male": "Male", "Other": "Other sex or gender"},
    **{"0 to 17 years": "Children (0–17 years)", "18 years or over": "Adults (18 years and over)"},
    **{"Sexual exploitation": "Sexual exploitation", "Forced labour": "Forced labor"},
}


def share(figures: dict[str, tuple[int, int]], group: str, whole: tuple[int, int] | None) -> str:
    """A share in percent: the least of it while all else is at its most, and the other way round."""
    low, high = figures[group]
    rest = together(one for name, one in figures.items() if name != group)
    wholes = (whole[1], whole[0]) if whole else (low + rest[1], high + rest[0])
    ends = [f"{100 * part / of:.0f}" for part, of in zip((low, high), wholes, strict=True)]
    return "–".join(dict.fromkeys(ends)) + "%"


def blocks() -> list[tuple[tuple[str, ...], dict[str, tuple[tuple[int, int], str]]]]:
    """Each block: the numbers of what it is of, and by name each figure with its label, without a name the rest."""
    totals = source.reported(printed(), source.VICTIMS, last_year())
    everyone, found = together(totals.values()), []
    for dimension, groups in source.GROUPS.items():
        counted = source.of_groups(printed(), dimension, last_year())
        figures = {group: together(one.get(group, (0, 0)) for one in counted.values()) for group in groups}
        mine = together(totals[area] for area in counted) if dimension == "form" else None
        known = mine or together(figures.values())
        base = str(len(counted)), str(len(totals)), written(known), written(everyone)
        bars = {
            NAMES[group]: (one, f"{written(one)} ({share(figures, group, mine)})") for group, one in figures.items()
        }
        rest = everyone[0] - known[1], everyone[1] - known[0]
        found.append((base, {**bars, "": (rest, written(rest))}))
    return found


def expected_victims() -> dict[str, object]:
    every = blocks()
    labels = [label for _, bars in every for _, label in bars.values()]
    shown = {f"{name}: {label}" for _, bars in every for name, (_, label) in bars.items() if name}
    read = []
    for base, bars in every:
        groups = sorted(((name, bar) for name, bar in bars.items() if name), key=lambda one: one[1][0], reverse=True)
        texts = [[*numbers(name), *numbers(label)] for name, (_, label) in groups]
        # Shares by form are of the victims of the states that have them: their number stands in the first; others are
        # of those whose sex or age is known.
        texts[0] += [base[0] if base is every[-1][0] else base[2]]
        read += [number for text in texts for number in text]
    beside = [part for base, bars in every for part in (*base, *(n for name in bars for n in numbers(name)))]
    (*_, women) = numbers(every[0][1]["Female"][1])
    words = (tuple(read), (women, str(last_year()), *RELEASE, str(last_year())))
    return {"labels": labels, "pointer": shown, "beside": beside, "words": words}


@pytest.fixture(scope="module", params=LOOKS)
def victims(request) -> Drawn:
    return figure("region_victims", request.param)


def test_every_number_of_the_groups_is_worked_out_from_the_workbook(victims):
    assert drawings.bars_of_victims(victims) == expected_victims()


def test_each_bar_is_as_long_as_its_figure(victims):
    """The whole width is the victims of whom the bars are shares: a bar of 80% has 80% of its column."""
    known = {base: int(base[2].split("–")[-1].replace(",", "")) for base, _ in blocks()}
    figures = [(*one, known[base]) for base, bars in blocks() for one, _ in bars.values()]
    labels = [one for one in drawings.texts(victims.spec) if one.axis == "x" and one.side == "middle left"]
    marks = [*drawings.rectangles(victims.spec)]
    for (low, high, whole), label in zip(figures, labels, strict=True):
        top = min(upper for _, _, right, upper, _ in marks if upper > label.y and right <= label.x)
        bar = sorted((left, right, look) for look, left, right, upper, _ in marks if upper == top and right <= label.x)
        column = [one for one in bar if not any(one[1] <= other.x < label.x for other in labels)]
        left, unit = column[0][0], whole / (label.x - column[0][0])
        solid, end = ((right - left) * unit for right in (column[0][1], column[-1][1]))
        assert (solid, end) == pytest.approx((low, high), abs=unit), label.text


# ---------------------------------------------------------------- the tests can fail


def test_a_bar_of_a_wrong_height_is_found():
    plate = figure("region_change", "desk")
    base = drawings.plots(plate.spec)[0].base
    # Two in a hundred too high: 330 victims of 16,390.
    data = [
        {**trace, "y": [y and base + 1.02 * (y - base) for y in trace["y"]]} if "fill" in trace else trace
        for trace in plate.spec["data"]
    ]
    assert (1, last_year()) in wrong_bars(plate._replace(spec={**plate.spec, "data": data}))


@pytest.mark.parametrize(
    ("name", "read", "expected"),
    [("region_change", read_change, expected_change), ("region_victims", drawings.bars_of_victims, expected_victims)],
)
def test_a_change_of_any_number_is_found(name, read, expected):
    plate = figure(name, "desk")
    assert read(plate) == expected()
    assert not unnoticed(plate, read, expected())


def unnoticed(plate: Drawn, read, expected) -> list[str]:
    """The altered texts of a figure that read as expected."""
    every = [*drawings.altered(plate.spec)]
    assert len(every) > 20
    return [text for text, spec in every if same(plate._replace(spec=spec), read, expected)]


def same(plate: Drawn, read, expected) -> bool:
    try:
        return read(plate) == expected
    except (AssertionError, LookupError, ValueError, ZeroDivisionError):
        return False
