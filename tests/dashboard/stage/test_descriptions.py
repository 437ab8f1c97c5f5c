"""The numbers of every figure's description, counted anew from the snapshot's files row by row, without our queries."""

import itertools
import re
from datetime import date
from functools import cache

import pyarrow.parquet as pq
import pytest

from dashboard import store
from dashboard.stage.drawn import drawn
from dashboard.stage.request import FILTERS
from data.i18n import LANGUAGES
from data.snapshot import HERE
from tests.dashboard.stage.test_wire import asked


@cache
def rows(name):
    path = HERE / store.snapshot().id / f"{name}.parquet"
    return pq.read_table(path).to_pylist()


def numbers(text, lang="en"):
    """The figures of a sentence as they stand, thousands together."""
    parts = {"en": ",", "es": ",", "pt": ".", "fr": "\u202f\u00a0"}[lang]
    found = re.findall(rf"\d+(?:[{parts}]\d{{3}})*(?:[.,]\d+)?", text)
    return [float(re.sub(rf"[{parts}](?=\d{{3}})", "", one).replace(",", ".")) for one in found]


def told(name, **changed):
    return drawn(asked(name, **changed)).description


def totals(indicator):
    return [
        row
        for row in rows("observations")
        if row["indicator"] == indicator and (row["sex"], row["age"], row["form"]) == ("total",) * 3
    ]


STATES = 35


def test_there_are_so_many_states():
    assert len(rows("areas")) == STATES


@pytest.mark.parametrize("year", [2012, 2019, 2022])
def test_the_map_of_rates(year):
    held = [row for row in totals("detected_victims_rate") if row["year"] == year]
    known = [row["high"] for row in held if row["status"] == "exact"]
    said = numbers(told("region", year=year).split(": ", 1)[1])
    assert said[:2] == [len(held), STATES]
    assert said[2:4] == [round(min(known), 2), round(max(known), 2)]
    assert said[4] == STATES - len(held)


@pytest.mark.parametrize("year", [2012, 2019, 2022])
def test_the_map_of_counts(year):
    held = [row for row in totals("detected_victims") if row["year"] == year]
    known = [row for row in held if row["status"] == "exact"]
    masked = [row for row in held if row["status"] == "masked"]
    low, high = (sum(row[end] for row in [*known, *masked]) for end in ("low", "high"))
    said = numbers(told("region", measure="count", year=year).split(": ", 1)[1])
    assert said[:3] == [len(held), STATES, len(known)]
    if masked:
        assert said[3:] == [len(masked), *(sum(row[end] for row in masked) for end in ("low", "high")), low, high]
    else:
        assert said[3:] == [low]


def legs(evidence, first, last):
    """The steps of every record that counts, with the record."""
    for row in rows("flows"):
        counts = row["evidence"] == evidence and row["repeat_of"] is None and row["status"] != "questioned"
        unread = row["transit_label"] and not row["transit"]
        if counts and first <= row["year"] <= last and row["high"] and not unread:
            way = [row["origin"], *filter(None, [row["transit"]]), row["destination"]]
            for leg in itertools.pairwise(way):
                if None not in leg and leg[0] != leg[1]:
                    yield leg, row


@pytest.mark.parametrize(("first", "last"), [(2012, 2019), (2007, 2023), (2020, 2020)])
def test_the_arrows_of_counted_victims(first, last):
    sums = {}
    for leg, row in legs("counted", first, last):
        if {"MEX", "USA"} & set(leg):
            sums[leg] = sums.get(leg, 0) + row["high"]
    said = numbers(told("routes", years=(first, last)).split(": ", 1)[1])
    assert said[:2] == [min(25, len(sums)), len(sums)]
    assert said[-1] == max(sums.values())


@pytest.mark.parametrize("area", ["CRI", "BRA", "ARG"])
def test_a_state_s_own_line(area):
    of_state = [row for row in rows("observations") if row["area"] == area]
    measured = {row["indicator"] for row in of_state if row["indicator"] in COUNTS and row["status"] in USABLE}
    victims = [row for row in totals("detected_victims") if row["area"] == area and row["status"] == "exact"]
    latest = max(victims, key=lambda row: row["year"])
    said = numbers(told("series", area=area))
    assert said == [len(measured), 5, latest["high"], latest["year"]]


COUNTS = ("detected_victims", "offences", "persons_prosecuted", "persons_convicted", "persons_formal_contact")
USABLE = ("exact", "masked")


@pytest.mark.parametrize("indicator", ["detected_victims", "persons_convicted"])
def test_who_reported_in_which_years(indicator):
    held = [row for row in totals(indicator) if row["status"] in USABLE]
    years = {state: {row["year"] for row in held if row["area"] == state} for state in {row["area"] for row in held}}
    first, last = 2007 if indicator == "detected_victims" else 2003, max(row["year"] for row in held)
    every = [state for state, seen in years.items() if len(seen) == last - first + 1]
    said = numbers(told("coverage_map", reported=indicator))
    assert said == [first, last, len(years), STATES, len(every), STATES - len(years)]
    cells = numbers(told("coverage_matrix", reported=indicator))
    zeros = sum(row["status"] == "exact" and row["high"] == 0 for row in held)
    masked = sum(row["status"] == "masked" for row in held)
    assert cells[2:6] == [STATES * (last - first + 1), len(held), zeros, masked]
    assert cells[3] + sum(cells[6:]) == cells[2]


def test_who_is_party_by_the_end_of_a_year():
    dates = {}
    for row in rows("instruments"):
        if row["instrument"] == "palermo_protocol":
            dates.setdefault(row["action"] == "signature", {})[row["area"]] = row["date"]
    party = {area for area, day in dates[False].items() if day.year <= 2008}
    signed = {area for area, day in dates[True].items() if day.year <= 2008} - party
    later = dates[False].keys() - party - signed
    said = numbers(told("parties_map", year_end=2008).split("2008: ", 1)[1])
    assert said[:3] == [len(party), STATES, len(signed)]
    assert said[3] == len(later)


def test_the_deposits_in_time():
    said = told("parties_chart", treaty="palermo_protocol", all_treaties=False)
    days = [
        row["date"]
        for row in rows("instruments")
        if row["instrument"] == "palermo_protocol" and row["action"] != "signature" and row["date"] < date(2014, 2, 1)
    ]
    assert "up to January 2014" in said
    count = re.search(r"(\d+) of (\d+), from (\d+) (\w+) (\d+) to (\d+) (\w+) (\d+)", said)
    assert [int(count[1]), int(count[2])] == [len(days), STATES]
    assert [f"{min(days):%-d %B %Y}", f"{max(days):%-d %B %Y}"] == [
        f"{count[3]} {count[4]} {count[5]}",
        f"{count[6]} {count[7]} {count[8]}",
    ]


BACKGROUND, FACT = "background", "fact"


def test_the_cells_of_the_ledger_add_up_and_hold_the_evidence_that_there_is():
    said = numbers(told("ledger_matrix", theme=[]).replace("March 2018", ""))
    cells, since, background, facts, none = said
    assert cells == since + background + facts + none
    graded = {}
    for row in rows("evidence"):
        if row["paragraph"] and row["line"] is None:
            graded.setdefault((row["paragraph"], row["actor"]), set()).add(row["grade"])
    assert since == sum(bool(grades - {BACKGROUND, FACT}) for grades in graded.values())


def test_a_paragraph_s_map_holds_the_evidence_that_there_is():
    said = numbers(told("ledger_map", paragraph="23").replace("March 2018", "").split(": ", 1)[1])
    graded = {}
    for row in rows("evidence"):
        if row["paragraph"] == 23 and row["line"] is None and row["actor"] != "OAS-GS":
            graded.setdefault(row["actor"], set()).add(row["grade"])
    assert said[0] == sum(bool(grades - {BACKGROUND, FACT}) for grades in graded.values())
    # The paragraph is counted of 34, its map shows all 35.
    assert (sum(said[2:]) + said[0], said[1]) == (STATES, 34)


@pytest.mark.parametrize("reading", ["multiples", "lines", "heat"])
def test_the_figures_of_a_question(reading):
    wanted = {("detected_victims", "total"), ("detected_victims", "female"), ("offences", "total")}
    held = [
        row
        for row in rows("observations")
        if (row["indicator"], row["sex"]) in wanted
        and row["age"] == row["form"] == "total"
        and row["area"] in {"ARG", "CRI"}
        and 2012 <= row["year"] <= 2019
    ]
    said = numbers(told("explore", reading=reading).split("–2019: ", 1)[1])
    assert said[:2] == [len({row["area"] for row in held if row["status"] in USABLE}), 2]
    assert said[2] == sum(row["status"] == "exact" and row["high"] > 0 for row in held)
    assert said[3] == sum(row["status"] == "exact" and row["high"] == 0 for row in held)
    assert said[4] == sum(row["status"] == "masked" for row in held)


def test_two_states_side_by_side():
    held = totals("persons_convicted")
    years = {area: {row["year"]: row for row in held if row["area"] == area} for area in ("BOL", "ARG")}
    both = years["BOL"].keys() & years["ARG"].keys()
    said = told("compare", other="ARG")
    assert f"Bolivia {len(years['BOL'])}, Argentina {len(years['ARG'])}, both {len(both)}." in said
    one, other = (years[area][max(both)]["high"] for area in ("BOL", "ARG"))
    assert f"In {max(both)}," in said
    assert f"persons convicted {one:.0f} · {other:.0f}," in said


def test_what_runs_between_two_states():
    said = told("between")
    ways = {("BOL", "ARG"): "Bolivia detected in Argentina", ("ARG", "BOL"): "Argentina detected in Bolivia"}
    for (origin, destination), words in ways.items():
        held = [
            row
            for row in rows("flows")
            if row["evidence"] == "counted"
            and (row["origin"], row["destination"]) == (origin, destination)
            and row["repeat_of"] is None
        ]
        part = said.split(words, 1)[1].split(".", 1)[0]
        years = {row["year"] for row in held}
        masked = {row["year"] for row in held if row["status"] == "masked"}
        zeros = {row["year"] for row in held if row["status"] == "exact" and row["high"] == 0}
        assert numbers(part) == [min(years), max(years), len(masked), len(zeros)]


def test_the_years_that_two_releases_read_differently():
    said = numbers(told("revisions").rsplit(": ", 1)[1])
    totals_of = ("total",) * 3
    held = {
        row["year"]
        for row in rows("revisions")
        if (row["indicator"], row["area"]) == ("offences", "URY")
        and (row["sex"], row["age"], row["form"]) == totals_of
        and row["source"] == "unodc_glotip"
    }
    assert said == [len(held)]


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != "en"])
@pytest.mark.parametrize("name", FILTERS)
def test_every_language_tells_the_same_numbers(name, lang):
    """In any order, for languages order words each in its own way, and Portuguese says "100 mil"."""
    plain, said = (
        re.sub(r"\b100(?:,000|.000| mil)\b", "", drawn(asked(name, code)).description) for code in ("en", lang)
    )
    assert sorted(numbers(said, lang)) == sorted(numbers(plain))
