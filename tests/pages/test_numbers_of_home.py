"""Every number in the figures of page "Home", against UNODC's workbook by openpyxl and plain Python.

Read from the drawing itself: texts, what the pointer shows, the alternative text, and heights and lengths by the scale.
"""

from collections import defaultdict
from functools import cache

import pytest

from dashboard import store
from dashboard.subjects.home import page, query
from dashboard.views.figure import Drawn
from data.i18n import language
from tests.dashboard.subjects.home import test_source as source
from tests.pages import drawings, recount
from tests.pages.drawings import LOOKS, figure, notes, numbers
from tests.pages.test_every_number import written

pytestmark = pytest.mark.real
ANSWER = "More than in {first}, but fewer than in {peak}."
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


def parts(year: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """All other states, and the United States."""
    found = by_year()[year]
    return together(one for area, one in found.items() if area != LARGEST), found[LARGEST]


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
    shares = {f"{100 * found[LARGEST][0] / one:.0f}" for one in (low, high)}
    title, note = page.lead(language("en"))
    assert title == (
        f"For {last_year()}, {len(found)} of the 35 states of the Americas together reported more than {thousands:,} "
        f"detected victims of trafficking in persons, {shares.pop()}% of them in the United States."
    )
    assert not shares
    assert note.startswith(f"For the other {len(store.areas()) - len(found)}, UNODC’s data have no total. ")


def test_the_paragraphs_on_change_are_worked_out_from_the_workbooks():
    (first, areas), sums, last = panel(), panel_sums(), last_year()
    (_, before), (_, after) = sums[first], sums[last]
    few, many, latest = recount.own_citizens(LARGEST)
    years = sorted({first, few.year, many.year, last})
    figures = [f"{written(by_year()[year][LARGEST])} for {year}" for year in years]
    peak = max(sums, key=lambda year: sums[year][1])
    assert first < peak < last
    assert sums[peak][1][0] > max(before[1], after[1])
    convicted, states, since, until = convictions()
    said = (*page.changes(language("en"), query.overview()), page.convictions(language("en")))
    first_words, rest, second = (one.replace("\u2060", "") for one in said)
    # More than in the first year, and fewer than in the highest.
    assert before[1] < after[0] <= after[1] < sums[peak][1][0]
    assert f"{first_words} {rest}".startswith(
        f"{ANSWER.format(first=first, peak=peak)} The {len(areas) - 1} states other than the United States that "
        f"reported every year from {first} to {last} detected {written(before)} victims in {first} and "
        f"{written(after)} in {last}. "
        f"Their highest sum was {written(sums[peak][1])}, in {peak}. "
        f"The United States reported {', '.join(figures[:-1])} and {figures[-1]}. "
        "Part of the rise in detected victims may be a change in who is counted: among them, UNODC lists fewer than "
        f"five of the country’s own citizens for {few.year}, but {written(many.figure)} for {many.year} and "
        f"{written(latest.figure)} for {latest.year}. "
    )
    # A rise between the two lists, in the total too.
    assert by_year()[few.year][LARGEST][1] < by_year()[many.year][LARGEST][0]
    assert second == (
        f"{ANSWER.format(first=since, peak=convicted[3])} The {states} states other than the United States that "
        f"reported convictions every year from {since} to {until} convicted {convicted[0]} persons in {since} and "
        f"{convicted[1]} in {until}. Their highest sum was {convicted[2]}, in {convicted[3]}. The United States "
        f"reported {convicted[4]} for {since}, {convicted[5]} for {convicted[3]} and {convicted[6]} for {until}."
    )


def convictions() -> tuple[list[str], int, int, int]:
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
                len(every - {LARGEST}),
                first,
                last,
            )
    raise AssertionError


# ---------------------------------------------------------------- detected victims by year


def expected_change() -> dict[str, object]:
    shown, under = set(), set()
    for year in years():
        others, largest = parts(year)
        lines = [f"All other states: {written(others)}", f"United States: {written(largest)}"]
        n = len(by_year()[year])
        total = f"Total: {written(together([others, largest]))}"
        shown.add("<br>".join([f"<b>{year}</b>", *lines, total, f"{n} states reported"]))
        under.add((0, year, str(n)))
    for year, (every, without) in panel_sums().items():
        shown.add(f"<b>{year}</b><br>The same states every year: {written(every)}")
        shown.add(f"<b>{year}</b><br>The same states without the United States: {written(without)}")
    n = str(len(panel()[1]))
    ends = [
        part
        for year in (min(years()), last_year())
        for part in (written(together(by_year()[year].values())), str(year), str(len(by_year()[year])))
    ]
    later = [(str(year), str(len(found))) for year, found in by_year().items() if year > last_year()]
    window = f"{panel()[0]}–{last_year()}"
    broken = tuple(str(one.year) for one in recount.own_citizens(LARGEST)[:2])
    lines = str(panel()[0]), str(last_year()), n
    words = (
        {n, window},
        (*ends, *lines),
        (*broken, *(part for one in later for part in one), *RELEASE, str(last_year())),
    )
    return {"pointer": shown, "under the plots": under, "labeled": {(0, last_year()), (1, last_year())}, "words": words}


def year_of(places: dict[int, float], x: float) -> int:
    """The year at a place, from those of other years: years are equally wide, also those without a figure."""
    (first, left), (last, right) = min(places.items()), max(places.items())
    year = first + (x - left) * (last - first) / (right - left)
    assert abs(year - round(year)) < 0.01
    return round(year)


def read_change(plate: Drawn) -> dict[str, object]:
    scales, every = drawings.plots(plate.spec), drawings.pointed(plate.spec)
    spots = {(drawings.plot_of(scales, one.x, one.y), int(numbers(one.text)[0])): one.x for one in every}
    under, labeled, headings = set(), set(), set()
    for one in drawings.texts(plate.spec):
        if one.side == "middle center":
            place = drawings.plot_above(scales, one.x, one.y)
            year = year_of({year: x for (plot, year), x in spots.items() if plot == place}, one.x)
            (labeled if one.text == str(year) else under).add((place, year, one.text))
        elif one.side == "middle right":
            headings.update(numbers(one.text))
    words = (headings, numbers(plate.description), notes(plate))
    last = {(place, year) for place, year, _ in labeled if year == last_year()}
    return {"pointer": {one.text for one in every}, "under the plots": under, "labeled": last, "words": words}


@pytest.fixture(scope="module", params=LOOKS)
def change(request) -> Drawn:
    return figure("region_change", request.param)


def test_every_number_of_the_years_is_worked_out_from_the_workbook(change):
    assert read_change(change) == expected_change()
    # Of the release of October 2025, in figures: 24 states, most of the victims in the United States.
    assert numbers(change.description)[3:6] == ("21,095–21,098", "2022", "24")


def heights(plate: Drawn) -> dict[int, list[tuple[str, float]]]:
    """By year the look of each part of the bar and its height by the scale, from the base up."""
    scale, found = drawings.plots(plate.spec)[0], defaultdict(list)
    bars = [one for one in drawings.pointed(plate.spec) if "Total" in one.text]
    for look, left, right, upper, lower in drawings.rectangles(plate.spec):
        for year in {int(numbers(one.text)[0]) for one in bars if abs(one.x - (left + right) / 2) <= 1}:
            if lower <= scale.base and right - left < (bars[-1].x - bars[0].x) / 4:
                found[year].append((lower, look, scale.read(upper) - scale.read(lower)))
    return {year: [(look, tall) for _, look, tall in sorted(some, reverse=True)] for year, some in found.items()}


def wrong_bars(plate: Drawn) -> list[int]:
    """The years whose bar is not as high as the figures of its parts."""
    unit, wrong = drawings.plots(plate.spec)[0].unit, []
    for year, some in heights(plate).items():
        others, largest = parts(year)
        low, high = together([others, largest])
        expected = [others[0], largest[0], *([high - low] if high > low else [])]
        if [tall for _, tall in some] != pytest.approx(expected, abs=2 * unit):
            wrong.append(year)
    return wrong


def test_each_bar_is_as_high_as_its_figures(change):
    assert not wrong_bars(change)
    shown = heights(change)
    assert {*shown} == {*years()}
    # The parts have the same two colors in each year.
    looks = {tuple(look for look, _ in some)[:2] for some in shown.values()}
    assert len(looks) == 1
    assert len({*looks.pop()}) == 2


def test_each_point_of_the_panel_is_as_high_as_its_figure(change):
    scales = drawings.plots(change.spec)
    marks = [one for one in drawings.pointed(change.spec) if "The same" in one.text]
    for year, figures in panel_sums().items():
        for words, ends in zip(("every year", "without"), figures, strict=True):
            mine = [scales[1].read(one.y) for one in marks if numbers(one.text)[0] == str(year) and words in one.text]
            assert [min(mine), max(mine)] == pytest.approx([*ends], abs=scales[1].unit), (year, words)


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
    largest = []
    for _, bars in every:
        name, (_, label) = max(((name, bar) for name, bar in bars.items() if name), key=lambda one: one[1][0])
        largest += [*numbers(name), *numbers(label)]
    beside = [part for base, bars in every for part in (*base, *(n for name in bars for n in numbers(name)))]
    # The sentence ends with the states of the last breakdown, which is by form.
    words = ((*largest, every[-1][0][0]), (str(last_year()), *RELEASE, str(last_year())))
    return {"labels": labels, "pointer": shown, "beside": beside, "words": words}


@pytest.fixture(scope="module", params=LOOKS)
def victims(request) -> Drawn:
    return figure("region_victims", request.param)


def test_every_number_of_the_groups_is_worked_out_from_the_workbook(victims):
    assert drawings.bars_of_victims(victims) == expected_victims()


def test_each_bar_is_as_long_as_its_figure(victims):
    """All blocks have one scale, on which all victims are the whole width."""
    everyone = together(source.reported(printed(), source.VICTIMS, last_year()).values())[1]
    figures = [one for _, bars in blocks() for one, _ in bars.values()]
    labels = [one for one in drawings.texts(victims.spec) if one.axis == "x" and one.side == "middle left"]
    marks = [*drawings.rectangles(victims.spec)]
    for (low, high), label in zip(figures, labels, strict=True):
        top = min(upper for _, _, right, upper, _ in marks if upper > label.y and right <= label.x)
        bar = sorted((left, right, look) for look, left, right, upper, _ in marks if upper == top and right <= label.x)
        column = [one for one in bar if not any(one[1] <= other.x < label.x for other in labels)]
        left, unit = column[0][0], everyone / (label.x - column[0][0])
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
    assert last_year() in wrong_bars(plate._replace(spec={**plate.spec, "data": data}))


@pytest.mark.parametrize(
    ("name", "read", "expected"),
    [("region_change", read_change, expected_change), ("region_victims", drawings.bars_of_victims, expected_victims)],
)
def test_a_change_of_any_number_is_found(name, read, expected):
    plate = figure(name, "desk")
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
