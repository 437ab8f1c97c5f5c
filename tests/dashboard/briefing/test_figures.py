"""Each number on the slides equals one computed from the snapshot's files by the tests' own queries."""

import csv
import re
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from dashboard.words import countries
from data.i18n import language
from tests.dashboard.briefing.deck import (
    REPORTED,
    WHOLE,
    cards,
    charts,
    interval,
    number,
    of_kind,
    on_slide,
    opened,
    rows,
    slide_text,
    snapshot_table,
    title,
)

EN = language("en")
NAMED = {
    "Detected victims": "detected_victims",
    "Suspects in formal contact with the authorities": "persons_formal_contact",
    "Persons prosecuted": "persons_prosecuted",
    "Persons convicted": "persons_convicted",
    "Recorded offenses": "offences",
}
STATES = ["CRI", "USA", "PRY", "LCA", "DOM"]
COMMITMENTS = Path(__file__).parents[3] / "data" / "reference" / "commitments.csv"
FEW = "fewer than five"


def totals(indicator, area=None):
    found = snapshot_table("observations").filter(pl.col("indicator") == indicator, *WHOLE)
    return found.filter(pl.col("area") == area) if area else found


def reported(indicator, area=None):
    return totals(indicator, area).filter(REPORTED).sort("year")


def written(row):
    """A single figure as a slide writes it."""
    return FEW if row["status"] == "masked" else interval(row["low"], row["high"])


def flows(evidence, **ends):
    """The legs of the usable records of one kind of evidence: origin, destination, low, high, status, year."""
    found = snapshot_table("flows").filter(pl.col("evidence") == evidence, pl.col("repeat_of").is_null())
    return found.filter(pl.col("status").is_in(["exact", "masked"]), **ends)


def most_reported(indicator):
    """The latest year in which two thirds of the states that ever reported did."""
    found = reported(indicator)
    by_year = dict(found.group_by("year").agg(pl.col("area").n_unique()).iter_rows())
    return max(year for year, n in by_year.items() if 3 * n >= 2 * found["area"].n_unique())


@pytest.mark.parametrize("area", STATES)
def test_the_key_figures_of_a_state_are_its_latest(area):
    (slide,) = of_kind(opened("en", area), "title")
    shown = {label: (figure, note) for label, figure, note in cards(slide)}
    for label in list(NAMED)[:4]:
        found = reported(NAMED[label], area).to_dicts()
        if not found:
            assert label not in shown
            continue
        last, before = found[-1], found[-2] if len(found) > 1 else None
        figure, note = shown[label]
        assert figure == written(last) + "*" * last["contradicted"]
        assert note.startswith(f"in {last['year']}")
        # What its parts contradict stands beside no other figure.
        beside = before and not (last["contradicted"] or before["contradicted"])
        assert (f"{written(before)} in {before['year']})" in note) if beside else ("(" not in note)
    last = reported("detected_victims", area).row(-1, named=True)
    place = countries.inside(EN, area)
    expected = f"{EN.country(area)} reported {written(last)} detected victims to UNODC for {last['year']}"
    if last["contradicted"]:
        expected = (
            f"For {last['year']}, UNODC’s own figures contradict its total of {written(last)} victims detected {place}"
        )
    elif not last["high"]:
        expected = f"UNODC’s total of victims detected {place} is 0 for {last['year']}"
    assert title(slide).replace("\u00a0", " ").removeprefix("The ") == expected


def test_no_key_figure_is_an_interval_from_zero_or_a_word_for_nothing():
    for subject in (*((area, None) for area in STATES), ("HTI", None), ("CRI", "USA"), ("GRD", "KNA"), (None, None)):
        for slide in of_kind(opened("en", *subject), "title"):
            for _, figure, _ in cards(slide):
                assert not re.match(r"0–|None|Not|No ", figure), (subject, figure)


def test_the_key_figures_of_the_region():
    (slide,) = of_kind(opened(), "title")
    shown = {label: (figure, note) for label, figure, note in cards(slide)}
    for label, indicator in (("Victims detected", "detected_victims"), ("Persons convicted", "persons_convicted")):
        year = most_reported(indicator)
        found = reported(indicator).filter(year=year)
        figure = interval(found["low"].sum(), found["high"].sum())
        note = f"{year}, {found['area'].n_unique()} of 35 states"
        if doubted := sorted(EN.country(area) for area in found.filter("contradicted")["area"]):
            note += f"; in the data of {' and of '.join(doubted)}, the figures by sex, age or form contradict the total"
            figure += "*"
        assert shown[label] == (figure, note)
    victims = reported("detected_victims")
    year, first, ever = most_reported("detected_victims"), victims["year"].min(), victims["area"].n_unique()
    n = victims.filter(year=year)["area"].n_unique()
    label = f"States with a total of victims at least once since {first}"
    assert shown[label] == (f"{ever} of 35", f"{n} of them for {year}")
    assert title(slide).startswith(f"For {year}, {n} of 35 states reported")


def named(chart):
    """The indicator of a chart, whose title may also say that its series has a break."""
    return NAMED[chart.chart_title.text_frame.text.partition(" · ")[0]]


@pytest.mark.parametrize("area", [area for area in STATES if area != "LCA"])
def test_the_charts_of_a_state_have_every_figure(area):
    shown = charts(of_kind(opened("en", area), "time"))
    assert [named(chart) for chart in shown] == ["detected_victims", "persons_convicted"]
    assert len({tuple(chart.plots[0].categories) for chart in shown}) == 1
    for chart in shown:
        indicator = named(chart)
        years = [int(name) for name in chart.plots[0].categories]
        found = reported(indicator, area)
        assert found.filter(pl.col("year").is_in(years)).height == found.height > 1
        series = {line.name: dict(zip(years, line.values, strict=True)) for line in chart.plots[0].series}
        exact = dict(found.filter(status="exact").select("year", "high").iter_rows())
        masked = dict(found.filter(status="masked").select("year", "high").iter_rows())
        assert series.get("Exact figure", dict.fromkeys(years)) == {year: exact.get(year) for year in years}
        assert ("Zero" in series) is (0 in exact.values())
        assert series.get("Fewer than five", dict.fromkeys(years)) == {year: masked.get(year) for year in years}


def test_the_sums_of_the_region_by_year():
    """Of the states that reported in every year shown, without the United States."""
    (slide,) = of_kind(opened(), "time")
    (chart,) = charts([slide])
    window = [int(name) for name in chart.plots[0].categories]
    stacked = [sum(values) for values in zip(*(line.values for line in chart.plots[0].series), strict=True)]
    within = reported("detected_victims").filter(pl.col("year").is_in(window), pl.col("area") != "USA")
    always = within.group_by("area").agg(n=pl.col("year").n_unique()).filter(n=len(window))["area"]
    sums = within.filter(pl.col("area").is_in(always.implode())).group_by("year")
    ends = {year: (low, high) for year, low, high in sums.agg(pl.col("low", "high").sum()).iter_rows()}
    marks = {year: "*" * doubted for year, doubted in sums.agg(pl.col("contradicted").any()).iter_rows()}
    assert dict(zip(window, stacked, strict=True)) == {year: high for year, (_, high) in ends.items()}
    first, last = (f"{interval(*ends[year])}{marks[year]}" for year in (window[0], window[-1]))
    expected = (
        f"In {always.len()} states that reported every year: {first} victims ({window[0]}), {last} ({window[-1]})"
    )
    assert title(slide).replace("\u00a0", " ") == expected


@pytest.mark.parametrize("area", ["CRI", "USA", "DOM"])
def test_the_groups_of_victims(area):
    (slide,) = of_kind(opened("en", area), "victims")
    found = snapshot_table("observations").filter(indicator="detected_victims", area=area)
    names = {"Female": ("sex", "female"), "Male": ("sex", "male"), "Children (0–17 years)": ("age", "0-17")}
    names |= {"Adults (18 years and over)": ("age", "18+"), "Forced labor": ("form", "forced_labour")}
    seen = 0
    for chart in charts([slide]):
        heading = chart.plots[0].series[0].name
        year = int(heading[-4:])
        assert year <= found["year"].max()
        low, rest = (list(line.values) for line in chart.plots[0].series)
        for place, name in enumerate(chart.plots[0].categories):
            if name not in names:
                continue
            dimension, group = names[name]
            others = {one: "total" for one in ("sex", "age", "form") if one != dimension}
            row = found.row(by_predicate=_all(year=year, **{dimension: group}, **others), named=True)
            assert (low[place], low[place] + rest[place]) == (row["low"], row["high"])
            label = chart.plots[0].series[1].points[place].data_label.text_frame.text
            mark = "*" if row["contradicted"] else ""
            assert re.split(r"\s\(", label)[0] == interval(row["low"], row["high"]) + mark
            seen += 1
    assert seen >= 4


def _all(**values):
    return pl.all_horizontal(pl.col(name) == value for name, value in values.items())


# Of a state the direction with more victims from or in other countries: its heading names the other end.
HEADS = {"Citizens of": "origin", "Detected in": "destination"}


def table(slide):
    """The only table of a slide: its heads and its rows."""
    (found,) = [shape.table for shape in slide.shapes if shape.has_table]
    head, *lines = [[cell.text for cell in row.cells] for row in found.rows]
    return head, lines


@pytest.mark.parametrize("area", ["CRI", "USA", "HTI", "PRY"])
def test_the_table_beside_the_map_has_the_largest_counted_flows(area):
    slide = next(one for one in of_kind(opened("en", area), "map") if table(one)[0][-1] == "Victims")
    head, lines = table(slide)
    ends = [HEADS[name] for name in head[:-1]]
    found = flows("counted").filter(pl.col("high") > 0, pl.col("origin").is_not_null())
    found = found.filter(pl.col("destination").is_not_null())
    (end,) = ends
    found = found.filter(pl.col("origin" if end == "destination" else "destination") == area)
    # Own citizens are among those that a state detected.
    found = found.filter((pl.col("origin") != pl.col("destination")) | pl.lit(end == "origin"))
    sums = found.group_by("origin", "destination").agg(
        pl.col("low", "high").sum(), few=(pl.col("status") == "masked").all(), years=pl.len()
    )
    expected, between = {}, {}
    for row in sums.to_dicts():
        figure = interval(row["low"], row["high"])
        if row["few"]:
            figure = FEW if row["years"] == 1 else f"{FEW} a year"
        names = tuple(EN.country(row[end]) for end in ends)
        expected[names] = figure
        if row["origin"] != row["destination"]:
            between[names] = row["low"] + row["high"]
    shown = {tuple(names): figure for *names, figure in lines}
    assert len(shown) == len(lines) >= 4
    assert shown == {names: expected[names] for names in shown}
    named = [names for names in shown if names in between]
    assert min(between[one] for one in named) >= max((n for one, n in between.items() if one not in named), default=0)


def test_the_table_of_the_region_has_own_and_other_citizens_by_detecting_state():
    slide = next(one for one in of_kind(opened(), "map") if rows([one]) and "Own citizens" in table(one)[0])
    found = flows("counted").filter(pl.col("high") > 0, pl.col("origin").is_not_null())
    _, lines = table(slide)
    assert [state for state, *_ in lines] == sorted(state for state, *_ in lines)
    for state, *figures in lines:
        mine = found.filter(pl.col("destination").map_elements(EN.country, pl.String) == state)
        for figure, own in zip(figures, (True, False), strict=True):
            sums = mine.filter((pl.col("origin") == pl.col("destination")) == own)
            assert figure == interval(sums["low"].sum(), sums["high"].sum())
    assert len(lines) == 8
    own = found.filter(pl.col("destination").is_in(snapshot_table("areas")["area"].implode()))
    at_home = own.filter(pl.col("origin") == pl.col("destination"))["low"].sum()
    assert 2 * at_home > own["high"].sum()
    assert title(slide) == "Most victims with listed citizenship were detected in their own country"


@pytest.mark.parametrize("area", ["CRI", "HTI", "LCA"])
def test_the_described_routes_of_a_state(area):
    """Statements are counted by route; a leg to or from a transit state has its role."""
    slide = next(one for one in opened("en", area).slides if rows([one]) and table(one)[0][-1] == "Statements")
    found = snapshot_table("flows").filter(evidence="stated").filter(pl.col("repeat_of").is_null())
    ends = (pl.col("origin") == area) | (pl.col("destination") == area)
    direct = found.filter(ends, pl.col("transit").is_null(), pl.col("transit_label").is_null())
    sums = direct.drop_nulls(["origin", "destination"]).group_by("origin", "destination").len()
    expected = {(EN.country(a), EN.country(b)): number(n) for a, b, n in sums.iter_rows()}
    legs = found.filter(pl.col("transit").is_not_null())
    for start, end in (("origin", "transit"), ("transit", "destination")):
        mine = legs.filter((pl.col(start) == area) | (pl.col(end) == area)).drop_nulls([start, end])
        names = {one: f"{{}}{' (transit)' * (one == 'transit')}" for one in (start, end)}
        expected |= {
            (names[start].format(EN.country(a)), names[end].format(EN.country(b))): number(n)
            for a, b, n in mine.group_by(start, end).len().iter_rows()
        }
    shown = {(start, end): n for start, end, n in rows([slide])}
    assert shown
    assert shown == {route: expected[route] for route in shown}


@pytest.mark.parametrize("area", STATES)
def test_the_years_of_a_state(area):
    slide = of_kind(opened("en", area), "record")[-1]
    head, lines = table(slide)
    for cells in lines:
        of = dict(zip(head, cells, strict=True))
        found = totals(NAMED[of["Indicator"]], area)
        assert years(of.get("Exact figure or zero", "")) == set(found.filter(status="exact")["year"])
        assert years(of.get("Fewer than five", "")) == set(found.filter(status="masked")["year"])
    n = reported("detected_victims", area).height
    every = reported("detected_victims")["year"]
    assert f"{n} of {every.max() - every.min() + 1} years" in title(slide).replace("\u00a0", " ")


def years(text):
    """The years of runs such as `2010–2013, 2015`."""
    numbers = set()
    for first, last in re.findall(r"(\d{4})(?:–(\d{4}))?", text):
        numbers |= set(range(int(first), int(last or first) + 1))
    return numbers


def test_the_missing_figures_of_the_region():
    where, *_, slide = of_kind(opened(), "map")
    found = {label: reported(indicator)["area"].n_unique() for label, indicator in NAMED.items()}
    assert dict(rows([slide])) == {label: f"{n} of 35" for label, n in found.items()}
    ever = set(reported("detected_victims")["area"])
    silent = set(snapshot_table("areas")["area"]) - ever
    (line,) = [text for text in on_slide(slide).split("\n") if text.startswith("States without a usable figure")]
    assert all(EN.country(area) in line for area in silent)
    year = most_reported("detected_victims")
    for row in reported("detected_victims").filter(year=year).to_dicts():
        named = row["locator"].replace("#", ", ")
        cell = f"{EN.country(row['area'])}: {interval(row['low'], row['high'])} · {named}"
        assert cell in slide_text(where)
    largest = max(reported("detected_victims").filter(year=year).to_dicts(), key=lambda row: row["high"])
    assert title(where).replace("\u00a0", " ") == (
        f"Most victims detected in {year} were detected {countries.inside(EN, largest['area'])}: "
        f"{interval(largest['low'], largest['high'])}"
    )


def test_what_runs_between_two_states():
    deck = opened("en", "USA", "MEX")
    (slide,) = of_kind(deck, "title")
    by_label = {label: figure for label, figure, _ in cards(slide)}
    frames = [shape for shape in slide.shapes if shape.has_text_frame and shape.name.split(":")[0] != "label"]
    said = [shape.text_frame.text.replace("\u00a0", " ") for shape in frames]
    for start, end, label in (
        ("MEX", "USA", "Citizens of Mexico detected as victims in the United States"),
        ("USA", "MEX", "Citizens of the United States detected as victims in Mexico"),
    ):
        one_way = flows("counted", origin=start, destination=end)
        only = one_way.height == 1 and one_way["status"].item() == "masked"
        assert by_label[label] == (FEW if only else interval(one_way["low"].sum(), one_way["high"].sum()))
        assert any(label in text and by_label[label] in text for text in said), label
    stated = snapshot_table("flows").filter(pl.col("evidence") == "stated", pl.col("repeat_of").is_null())
    ends = {"MEX": 0, "USA": 0}
    for row in stated.select("origin", "transit", "destination").iter_rows():
        points = [point for point in row if point]
        pairs = {(row[0], row[2]), (row[0], row[1]), (row[1], row[2])} if len(points) > 1 else set()
        ends["MEX"] += ("MEX", "USA") in pairs
        ends["USA"] += ("USA", "MEX") in pairs
    assert by_label["Described routes from Mexico to the United States"] == number(ends["MEX"])
    assert by_label["Described routes from the United States to Mexico"] == number(ends["USA"])


@pytest.mark.parametrize("pair", [("CRI", "USA"), ("USA", "MEX"), ("HTI", "DOM")])
def test_figures_side_by_side_are_of_one_year_that_both_reported(pair):
    slides = of_kind(opened("en", *pair), "record")
    shown = [row for row in rows(slides) if re.search(r", \d{4}$", row[0])]
    assert shown
    for label, *figures in shown:
        name, year = label.rsplit(", ", 1)
        every = [reported(NAMED[name], area) for area in pair]
        both = set(every[0]["year"]) & set(every[1]["year"])
        assert int(year) == max(both)
        for found, figure in zip(every, figures, strict=True):
            assert figure == written(found.row(by_predicate=pl.col("year") == int(year), named=True))


def test_an_unlisted_pair_is_not_a_zero():
    deck = opened("en", "GRD", "KNA")
    (slide,) = of_kind(deck, "title")
    assert cards(slide) == []
    assert title(deck.slides[0]).startswith("UNODC’s data list no citizenships of victims for Grenada or Saint")
    assert "unknown, not zero" in on_slide(slide)


@pytest.mark.parametrize("area", ["CRI", "PRY", "USA", "GRD"])
def test_the_evidence_on_the_declaration_is_that_of_the_file(area):
    """Recounted from the rows of the evidence and the list of paragraphs."""
    slide = next(one for one in of_kind(opened("en", area), "record") if "paragraphs" in on_slide(one))
    best = {paragraph: kind for (paragraph, actor), kind in _standing().items() if actor == area}
    ours = [number for number, row in _commitments().items() if "states" in row["actor"].split("_and_")]
    nothing = len([number for number in ours if number not in best])
    text = on_slide(slide)
    assert f"nothing ({nothing})" in text
    figures = len([number for number in ours if best.get(number) == "figure"])
    assert (f"only figures ({figures})" in text) is (figures > 0)


@cache
def _commitments():
    with COMMITMENTS.open(encoding="utf-8") as file:
        return {int(row["paragraph"]): row for row in csv.DictReader(file)}


@cache
def _standing():
    """The best evidence of each paragraph and actor: a document since the declaration, a fact, a figure, background."""
    newest, best = {}, {}
    for row in snapshot_table("evidence").iter_rows(named=True):
        if row["version"] >= newest.get(row["id"], row)["version"]:
            newest[row["id"]] = row
    for row in newest.values():
        kind = _commitments().get(row["paragraph"], {}).get("kind")
        if row["grade"] == "reply":
            continue
        is_fact = kind == "fact" and row["kind"] == "treaty"
        level = "fact" if is_fact else row["grade"] if row["grade"] in {"background", "figure"} else "since"
        order = ["background", "figure", "fact", "since"]
        before = best.get((row["paragraph"], row["actor"]), "background")
        best[row["paragraph"], row["actor"]] = max(level, before, key=order.index)
    return best


def test_the_parties_to_the_treaties():
    (slide,) = of_kind(opened(), "record")
    shown = dict(rows([slide]))
    # Those that treaties.csv names under organized crime.
    assert len(shown) == 4
    acts = snapshot_table("instruments").filter(pl.col("action") != "signature", pl.col("date") < pl.date(2014, 2, 1))
    protocol = acts.filter(instrument="palermo_protocol")["area"].n_unique()
    # Barbados joined after the end of the table.
    assert shown["Protocol on Trafficking in Persons (2000)"] == f"{protocol + 1} of 35"
    assert title(slide) == f"All {protocol + 1} states have joined the Protocol on Trafficking in Persons (2000)"


def test_zeros_alone_have_no_chart():
    """Saint Lucia: four empty plots say no more than the four zeros of the opening."""
    found = pl.concat([reported(indicator, "LCA") for indicator in list(NAMED.values())[:4]])
    assert set(found["high"]) == {0}
    assert of_kind(opened("en", "LCA"), "time") == []
    (slide,) = of_kind(opened("en", "LCA"), "title")
    assert [figure for _, figure, _ in cards(slide)] == ["0"] * 4
