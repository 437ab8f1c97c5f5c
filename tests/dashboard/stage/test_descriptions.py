"""The numbers of every figure's alternative text, recounted from the snapshot's files without our queries."""

import itertools
import re
from datetime import date
from functools import cache

import pyarrow.parquet as pq
import pytest

from dashboard import store
from dashboard.catalog import figures
from dashboard.stage.drawn import drawn
from dashboard.words import terms
from data.i18n import LANGUAGES, language
from data.place import HERE
from tests.dashboard.stage.test_wire import request_for


@cache
def rows(name):
    path = HERE / store.snapshot().id / f"{name}.parquet"
    return pq.read_table(path).to_pylist()


def numbers(text, lang="en"):
    """The numbers of a sentence in order, without thousands separators."""
    parts = {"en": ",", "es": "\u202f", "pt": ".", "fr": "\u202f\u00a0"}[lang]
    matches = re.findall(rf"\d+(?:[{parts}]\d{{3}})*(?:[.,]\d+)?", text)
    return [float(re.sub(rf"[{parts}](?=\d{{3}})", "", match).replace(",", ".")) for match in matches]


def described(name, **changed):
    """The alternative text of a figure, and the words below it, which name the releases of its rows."""
    plate = drawn(request_for(name, **changed))
    return plate.alt, " ".join([plate.source, *plate.about])


def description(name, **changed):
    return described(name, **changed)[0]


def totals(indicator):
    return [
        row
        for row in rows("observations")
        if row["indicator"] == indicator and (row["sex"], row["age"], row["form"]) == ("total",) * 3
    ]


STATES = 35


def test_the_number_of_states():
    assert len(rows("areas")) == STATES


@pytest.mark.parametrize("year", [2012, 2019, 2022])
def test_the_map_of_rates(year):
    reported = [row for row in totals("detected_victims_rate") if row["year"] == year]
    known = [row["high"] for row in reported if row["status"] == "exact"]
    made = drawn(request_for("region", year=year))
    assert numbers(made.title) == [len(reported), STATES]
    # Each state whose total its parts contradict has its year.
    marked = [year for row in reported if row["contradicted"]]
    assert numbers(" ".join(made.notes)) == marked
    assert numbers(made.description) == [round(min(known), 2), round(max(known), 2), STATES - len(reported)]


@pytest.mark.parametrize("year", [2012, 2019, 2022])
def test_the_map_of_counts(year):
    reported = [row for row in totals("detected_victims") if row["year"] == year]
    known = [row for row in reported if row["status"] == "exact"]
    masked = [row for row in reported if row["status"] == "masked"]
    low, high = (sum(row[end] for row in [*known, *masked]) for end in ("low", "high"))
    made = drawn(request_for("region", measure="count", year=year))
    # "<5" is how a figure is published, not a number of the sentence.
    said = made.description.partition("Exact figures")[0].replace("“<5” ", "")
    largest = max(row["high"] for row in known)
    most = [largest] if largest > high / 2 else []
    of_masked = [len(masked), *(sum(row[end] for row in masked) for end in ("low", "high"))]
    parts = [len(known), *of_masked] if masked else []
    sums = [low, high] if masked else [low]
    marked = [year for row in reported if row["contradicted"]]
    assert numbers(made.title) == [*sums, len(reported), STATES]
    assert numbers(made.measure) == [year, *most]
    assert numbers(said) == parts
    assert numbers(" ".join(made.notes)) == marked


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
    plate = drawn(request_for("routes", years=(first, last), arrows=10))
    largest = sorted(sums.values(), reverse=True)
    # Intervals have two ends; the upper one is compared.
    # The heading has the largest, the description the next ones.
    arrows = plate.description.split("The next largest: ")[1].split(". ")[0].split("; ")
    assert [numbers(plate.description)[0], *(numbers(each)[-1] for each in arrows)] == largest[:5]
    assert plate.alt.startswith(plate.title)


@pytest.mark.parametrize("area", ["CRI", "BRA", "ARG"])
def test_a_state_s_own_line(area):
    of_state = [row for row in rows("observations") if row["area"] == area]
    totals = {"sex": "total", "age": "total", "form": "total"}
    whole = [row for row in of_state if totals.items() <= row.items() and row["status"] in USABLE]
    said = description("series", area=area).lower()
    for code in DRAWN:
        name = terms.term(language("en"), "indicator", code).lower()
        assert re.search(rf"{name}, (\d+)", said)[1] == str(sum(row["indicator"] == code for row in whole))


DRAWN = ("detected_victims", "persons_prosecuted", "persons_convicted", "persons_formal_contact")
USABLE = ("exact", "masked")


@pytest.mark.parametrize("indicator", ["detected_victims", "persons_convicted"])
def test_who_reported_in_which_years(indicator):
    usable = [row for row in totals(indicator) if row["status"] in USABLE]
    years = {
        state: {row["year"] for row in usable if row["area"] == state} for state in {row["area"] for row in usable}
    }
    first, last = 2007 if indicator == "detected_victims" else 2003, max(row["year"] for row in usable)
    every = [state for state, in_years in years.items() if len(in_years) == last - first + 1]
    figures = numbers(description("coverage_map", reported=indicator))
    # No zero is counted.
    assert figures == [len(years), STATES, first, last, *filter(None, [len(every)]), STATES - len(years)]
    matrix = drawn(request_for("coverage_matrix", reported=indicator))
    cells = numbers(matrix.description)
    zeros = sum(row["status"] == "exact" and row["high"] == 0 for row in usable)
    masked = sum(row["status"] == "masked" for row in usable)
    exact = len(usable) - zeros - masked
    every_cell = STATES * (last - first + 1)
    assert cells == [exact, zeros, masked, every_cell - len(usable)]
    assert numbers(matrix.title) == [every_cell - len(usable), every_cell]


def test_who_is_party_by_the_end_of_a_year():
    dates = {}
    for row in rows("instruments"):
        if row["instrument"] == "palermo_protocol":
            dates.setdefault(row["action"] == "signature", {})[row["area"]] = row["date"]
    party = {area for area, day in dates[False].items() if day.year <= 2008}
    signed = {area for area, day in dates[True].items() if day.year <= 2008} - party
    made = drawn(request_for("parties_map", year_end=2008))
    title, text = made.title, made.description
    found = [group.split(": ", 1)[1] for group in text.split(".")[0].split("; ")]
    # A few states are named, more are counted.
    names = [language("en").country(area) for area in (row["area"] for row in rows("areas"))]
    counted = [numbers(group)[0] if numbers(group) else sum(name in group for name in names) for group in found]
    assert numbers(title)[:2] == [len(party), STATES]
    assert counted == [len(signed), STATES - len(party) - len(signed)]


def test_the_deposits_in_time():
    text = description("parties_chart", treaty="palermo_protocol", all_treaties=False)
    days = [
        row["date"]
        for row in rows("instruments")
        if row["instrument"] == "palermo_protocol" and row["action"] != "signature" and row["date"] < date(2014, 2, 1)
    ]
    count = re.search(
        r"(\d+) of (\d+) states deposited their instruments between (\d+) (\w+) (\d+) and (\d+) (\w+) (\d+)", text
    )
    assert [int(count[1]), int(count[2])] == [len(days), STATES]
    assert [f"{min(days):%-d %B %Y}", f"{max(days):%-d %B %Y}"] == [
        f"{count[3]} {count[4]} {count[5]}",
        f"{count[6]} {count[7]} {count[8]}",
    ]
    plate = drawn(request_for("parties_chart", treaty="palermo_protocol", all_treaties=False))
    assert f"Most of the {STATES} states" in plate.title
    # The eighteenth of 35 states.
    assert plate.title.endswith(f"{sorted(days)[STATES // 2]:%-d %B %Y}")


BACKGROUND, FACT, FIGURE = "background", "fact", "figure"


def test_the_cells_of_the_ledger_add_up_and_match_the_evidence():
    plate = drawn(request_for("ledger_matrix", theme=[]))
    since, cells = numbers(plate.title.replace("March 2018", ""))
    facts, background, none, only_figures = numbers(plate.description)
    graded = {}
    for row in rows("evidence"):
        if row["paragraph"] and row["line"] is None:
            graded.setdefault((row["paragraph"], row["actor"]), set()).add(row["grade"])
    documented = {cell for cell, grades in graded.items() if grades - {BACKGROUND, FACT, FIGURE}}
    figure = sum(FIGURE in grades for cell, grades in graded.items() if cell not in documented)
    assert (since, only_figures) == (len(documented), figure)
    assert cells == len(documented) + figure + facts + background + none


def test_the_map_of_a_paragraph_matches_the_evidence():
    plate = drawn(request_for("ledger_map", paragraph="23"))
    figures = numbers(f"{plate.title} {plate.description}".replace("March 2018", ""))
    graded = {}
    for row in rows("evidence"):
        if row["paragraph"] == 23 and row["line"] is None and row["actor"] != "OAS-GS":
            graded.setdefault(row["actor"], set()).add(row["grade"])
    assert figures[0] == sum(bool(grades - {BACKGROUND, FACT, FIGURE}) for grades in graded.values())
    # Every counted state has one grade.
    assert sum(figures[2:]) + figures[0] == figures[1] == STATES - 1


@pytest.mark.parametrize("reading", ["multiples", "lines", "heat"])
def test_the_figures_of_a_question(reading):
    series = {("detected_victims", "total"), ("detected_victims", "female"), ("offences", "total")}
    matching = [
        row
        for row in rows("observations")
        if (row["indicator"], row["sex"]) in series
        and row["age"] == row["form"] == "total"
        and row["area"] in {"ARG", "CRI"}
        and 2012 <= row["year"] <= 2019
    ]
    figures = numbers(description("explore", reading=reading).split("–2019. ", 1)[1])
    known = [
        sum(row["status"] == "exact" and row["high"] > 0 for row in matching),
        sum(row["status"] == "exact" and row["high"] == 0 for row in matching),
        sum(row["status"] == "masked" for row in matching),
    ]
    assert figures[: len([*filter(None, known)])] == [*filter(None, known)]


def test_two_states_side_by_side():
    convictions = totals("persons_convicted")
    years = {area: {row["year"]: row for row in convictions if row["area"] == area} for area in ("BOL", "ARG")}
    both = years["BOL"].keys() & years["ARG"].keys()
    text = description("compare", other="ARG")
    assert f"Bolivia ({len(years['BOL'])}), Argentina ({len(years['ARG'])}) and both ({len(both)})." in text
    one, other = (years[area][max(both)]["high"] for area in ("BOL", "ARG"))
    assert text.startswith(f"{max(both)}: {one:.0f} in Bolivia, {other:.0f} in Argentina.")
    # The rates of the year stand once, in the description.
    assert text.count(f" in {max(both)}: ") == 1
    assert "Persons convicted in" not in drawn(request_for("compare", other="ARG")).description


def test_flows_between_two_states():
    text = drawn(request_for("between")).description
    ways = {
        ("BOL", "ARG"): "Bolivia detected as victims in Argentina",
        ("ARG", "BOL"): "Argentina detected as victims in Bolivia",
    }
    for (origin, destination), words in ways.items():
        records = [
            row
            for row in rows("flows")
            if row["evidence"] == "counted"
            and (row["origin"], row["destination"]) == (origin, destination)
            and row["repeat_of"] is None
        ]
        part = text.split(words, 1)[1].split(".", 1)[0]
        years = {row["year"] for row in records}
        assert numbers(part) == [min(years), max(years)]


def test_the_years_that_two_releases_read_differently():
    figures = numbers(description("revisions").rsplit(": ", 1)[1])
    totals_of = ("total",) * 3
    years = {
        row["year"]
        for row in rows("revisions")
        if (row["indicator"], row["area"]) == ("offences", "URY")
        and (row["sex"], row["age"], row["form"]) == totals_of
        and row["source"] == "unodc_glotip"
    }
    assert figures == [len(years)]


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != "en"])
@pytest.mark.parametrize("name", figures())
def test_every_language_has_the_same_numbers(name, lang):
    """In any order, as word order differs between languages, and Portuguese writes "100 mil"."""
    english, translated = (
        re.sub(r"\b100(?:,000|.000| mil)\b", "", drawn(request_for(name, code)).alt) for code in ("en", lang)
    )
    assert sorted(numbers(translated, lang)) == sorted(numbers(english))


APRIL, OCTOBER = "2025-04-14", "2025-10-28"
DAYS = {APRIL: "14 April 2025", OCTOBER: "28 October 2025"}


def counted(**ends):
    return [
        row
        for row in rows("flows")
        if row["evidence"] == "counted" and all(row[end] == area for end, area in ends.items())
    ]


RELEASED = [
    (
        "region",
        {"year": 2019, "measure": "count"},
        lambda: [row for row in totals("detected_victims") if row["year"] == 2019],
    ),
    ("series", {"area": "BRA"}, lambda: [row for row in totals("detected_victims") if row["area"] == "BRA"]),
    ("between", {}, lambda: [*counted(origin="BOL", destination="ARG"), *counted(origin="ARG", destination="BOL")]),
    ("routes", {"years": (2007, 2023), "state": []}, counted),
]


@pytest.mark.parametrize(("name", "changed", "shown"), RELEASED, ids=[name for name, *_ in RELEASED])
def test_the_foot_of_a_figure_names_the_releases_of_its_rows(name, changed, shown):
    """Never the newest of the source where the rows are of another; where two serve, how many rows are of each."""
    foot, every = described(name, **changed)[1], shown()
    by_release = {release: sum(row["release"] == release for row in every) for release in DAYS}
    for release, n in by_release.items():
        assert (DAYS[release] in foot) == (n > 0)
    if all(by_release.values()):
        for release, n in by_release.items():
            assert f"{n:,} of {len(every):,} records from the release of {DAYS[release]}" in foot
    else:
        assert f"data to {max(row['year'] for row in every)}" in foot


@pytest.mark.parametrize(
    ("name", "changed"),
    [("parties_map", {"year_end": 2014}), ("parties_chart", {"treaty": "palermo_protocol", "all_treaties": False})],
)
def test_figures_of_treaties_name_the_release_of_the_acts_that_they_count(name, changed):
    acts = [row for row in rows("instruments") if row["instrument"] == "palermo_protocol"]
    counted = [row["release"] for row in acts if row["date"] and row["date"] <= date(2014, 1, 31)]
    assert set(counted) == {"2014-07-10"}
    assert "United Nations Treaty Collection, status of treaties as of 10 July 2014" in str(
        drawn(request_for(name, **changed))
    )


def test_a_rate_names_the_releases_of_its_count_and_of_its_population():
    """A rate is a count of UNODC over a population of the World Bank: the figure names both."""
    of_rate = {
        (cell["source"], cell["release"])
        for row in totals("detected_victims_rate")
        if row["year"] == 2019
        for cell in row["inputs"]
    }
    assert of_rate == {("unodc_glotip", OCTOBER), ("worldbank_population", "2026-03")}
    foot = described("region", year=2019, measure="rate")[1]
    assert "release of 28 October 2025, data to 2019" in foot
    assert "release of March 2026, data to 2019" in foot


@pytest.mark.parametrize(
    ("name", "changed", "paragraphs"),
    [
        ("ledger_matrix", {"theme": []}, range(1, 33)),
        ("ledger_map", {"paragraph": "23"}, [23]),
        ("ledger_map", {"paragraph": "4"}, [4]),
        ("ledger_map", {"paragraph": "20"}, [20]),
    ],
)
def test_figures_of_the_declaration_name_the_releases_of_their_evidence(name, changed, paragraphs):
    foot = described(name, **changed)[1]
    evidence = [row for row in rows("evidence") if row["paragraph"] in paragraphs]
    named = {row["source"] for row in evidence}
    for source in {row["source"] for row in rows("evidence")}:
        label = terms.term(language("en"), "source", source)
        assert (label in foot) == (source in named)


REPEATED = [
    ("region", {"measure": "rate"}),
    ("region", {"measure": "count"}),
    ("parties_map", {"year_end": 2014}),
    ("compare", {"other": "USA"}),
    ("coverage_map", {}),
    ("ledger_map", {"paragraph": "26"}),
]


@pytest.mark.parametrize(("name", "changed"), REPEATED, ids=lambda value: value if isinstance(value, str) else "")
def test_no_number_of_a_title_stands_in_the_description_too(name, changed):
    """The year may: rates are of the same year as the counts in the title."""
    plate = drawn(request_for(name, **changed))
    title = plate.title
    figures = {number for number in numbers(title) if not 2000 <= number <= 2030}
    assert figures
    assert not figures & set(numbers(plate.description))


def test_a_states_map_of_one_direction_has_only_its_flows():
    counted = [
        row
        for row in rows("flows")
        if row["evidence"] == "counted" and row["status"] != "questioned" and row["located"] and (row["high"] or 0) > 0
    ]

    def drawn_pairs(position):
        spec = drawn(request_for("state_routes", area="DOM", evidence="counted", position=position)).spec
        return {tuple(opens[1:3]) for trace in spec["data"] for opens in trace.get("customdata", ())}

    abroad = {(row["origin"], row["destination"]) for row in counted if row["origin"] == "DOM"} - {("DOM", "DOM")}
    here = {(row["origin"], row["destination"]) for row in counted if row["destination"] == "DOM"}
    assert drawn_pairs("origin") == abroad
    assert drawn_pairs("destination") == here
    assert ("DOM", "DOM") in here
