import os
import re
from pathlib import Path

import polars as pl
import pytest

from dashboard import store
from dashboard.subjects.routes import query
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.routes.filters import CAPTIONS
from dashboard.subjects.routes.query import Arrows, FlowFilter, arrows
from dashboard.words import countries
from data.i18n import LANGUAGES, language
from tests.etl.cells import cells

EN = language("en")
ONLY = "Only routes from, through or to the 35 states are counted."
SCHEMA = {"origin": pl.String, "destination": pl.String, "low": pl.Float64, "high": pl.Float64}
SHOWN = pl.DataFrame(
    [("MEX", "USA", 40.0, 44.0), ("USA", "USA", 100.0, 100.0), ("BOL", "ARG", 9.0, 9.0)], schema=SCHEMA, orient="row"
).with_columns(
    years=pl.Series([[2007, 2008], [2023], [2010]]),
    leg=pl.lit("direct"),
    evidence=pl.lit("counted"),
    records=pl.Series([2, 1, 1]),
)
STATED = SHOWN.with_columns(evidence=pl.lit("stated"))
MEXICANS = "citizens of Mexico in the United States"
NONE = {
    "unlocated": 0,
    "zero": 0,
    "conflicting": 0,
    "beyond_limit": 0,
    "below_minimum": 0,
    "questioned": 0,
    "open_ended": 0,
}


def test_rings_are_not_counted_and_the_largest_group_is_named():
    text = routes_words.arrows(Arrows(SHOWN, pl.concat([SHOWN, SHOWN]), NONE), EN, FlowFilter(first=2007, last=2023))
    assert text == f"The groups: {MEXICANS}, 40–44; citizens of Bolivia in Argentina, 9."


@pytest.mark.parametrize(("sixth", "start"), [((3.0, 5.0), "Among the largest"), ((3.0, 4.0), "The largest")])
def test_no_group_is_called_one_of_the_largest_five_while_another_may_be_as_large(sixth, start):
    figures = [*((float(n), float(n)) for n in (9, 8, 7, 6, 5)), sixth]
    six = pl.concat([SHOWN.head(1).with_columns(low=pl.lit(low), high=pl.lit(high)) for low, high in figures])
    text = routes_words.arrows(Arrows(six, six, NONE), EN, FlowFilter(first=2007, last=2023))
    assert text.startswith(f"{start} groups: {MEXICANS}, 9;")


def test_victims_inside_one_state_are_in_the_description_of_a_map_without_an_arrow():
    ring = SHOWN.filter(pl.col("origin") == pl.col("destination"))
    text = routes_words.arrows(Arrows(ring, ring, NONE), EN, FlowFilter(first=2007, last=2023))
    assert text == "Own citizens: United States, 100."


def test_own_citizens_come_before_the_largest_group_of_a_chosen_state():
    chosen = FlowFilter(areas=("USA",), first=2007, last=2023)
    text = routes_words.arrows(Arrows(SHOWN, SHOWN, NONE), EN, chosen)
    assert f"Own citizens: United States, 100. The groups: {MEXICANS}, 40–44;" in text
    other = routes_words.arrows(Arrows(SHOWN, SHOWN, NONE), EN, FlowFilter(areas=("MEX",)))
    assert "Own citizens" not in other


def test_a_leg_of_a_longer_route_is_not_taken_for_a_route():
    legs = pl.concat(
        [STATED.head(1), *(STATED.head(1).with_columns(leg=pl.lit(leg)) for leg in ("to_transit", "from_transit"))]
    )
    text = routes_words.arrows(Arrows(legs, legs, NONE), EN, FlowFilter(evidence="stated"))
    assert text.endswith(
        "Mexico → United States, 40–44; Mexico → United States (leg to a transit state), 40–44; "
        "Mexico → United States (leg from a transit state), 40–44."
    )


def test_two_arrows_between_the_same_states_are_explained():
    sentence = "Two arrows may join the same two states"
    twice = [area for area in store.areas() if doubled(area)]
    assert "CRI" in twice
    for area in store.areas():
        remarks = routes_words.beside_map(EN, stated(area), CAPTIONS)
        assert any(one.startswith(sentence) for one in remarks) == (area in twice)


def stated(area: str) -> FlowFilter:
    return FlowFilter("stated", (area,), limit=10)


def doubled(area: str) -> bool:
    ends = [(row["origin"], row["destination"]) for row in arrows(stated(area)).shown.to_dicts()]
    return len(ends) > len({*ends})


def test_a_sum_of_masked_years_is_in_words():
    masked = SHOWN.head(1).with_columns(low=0.0, high=8.0)
    text = routes_words.arrows(Arrows(masked, masked, NONE), EN, FlowFilter())
    assert text.endswith(f"{MEXICANS}, fewer than five in each of 2 years.")
    # Two figures of one year may be more than five together.
    several = masked.with_columns(years=pl.Series([[2008]]))
    assert routes_words.arrows(Arrows(several, several, NONE), EN, FlowFilter()).endswith(f"{MEXICANS}, 0–8.")
    one = masked.with_columns(years=pl.Series([[2008]]), records=1, high=4.0)
    assert routes_words.arrows(Arrows(one, one, NONE), EN, FlowFilter()).endswith(f"{MEXICANS}, fewer than five.")


def test_the_finding_is_a_sentence_on_the_largest_flow():
    view = Arrows(SHOWN, SHOWN, NONE)
    assert routes_words.finding(view, EN, FlowFilter()) == (
        "40–44 citizens of Mexico were detected as victims in the United States (2007–2008): the largest figure that "
        "UNODC lists for two different countries, at least one of them among the 35 states."
    )
    mexico = routes_words.finding(view, EN, FlowFilter(areas=("MEX",)))
    assert mexico == (
        "UNODC lists 40–44 citizens of Mexico among the victims detected in the United States (2007–2008): more than "
        "in any other foreign country."
    )
    assert routes_words.finding(view, EN, FlowFilter(evidence="stated")) == (
        "Of the routes that start in, cross or end in one of the 35 states, reports describe Mexico → United States "
        "(no transit named) most often: 44 statements."
    )
    assert routes_words.finding(Arrows(SHOWN.head(0), SHOWN.head(0), NONE), EN, FlowFilter()) == ""


def found(evidence: str, *figures: tuple[float, float], areas: tuple[str, ...] = ()) -> str:
    """The finding on flows from Mexico, Bolivia and Peru with these figures."""
    ends = [("MEX", "USA"), ("BOL", "ARG"), ("PER", "CHL")]
    rows = [(*end, *figure) for end, figure in zip(ends, figures, strict=False)]
    view = pl.DataFrame(rows, schema=SCHEMA, orient="row").with_columns(leg=pl.lit("direct"), years=[2010], records=1)
    return routes_words.finding(Arrows(view, view, NONE), EN, FlowFilter(evidence=evidence, areas=areas))


def test_no_flow_is_called_the_largest_unless_it_surely_is():
    assert found("counted", (12, 12), (4, 11), (1, 1)) == (
        "12 citizens of Mexico were detected as victims in the United States (2010): the largest figure that "
        "UNODC lists for two different countries, at least one of them among the 35 states."
    )
    assert found("counted", (12, 12), (4, 12), (1, 1)) == ""
    assert found("counted", (12, 12), (12, 12), (1, 1)) == ""
    # A range from zero says nothing.
    assert found("counted", (0, 8)) == ""
    # Fewer than five.
    assert found("counted", (1, 4)) == ""


def test_routes_described_equally_often_are_counted():
    assert found("stated", (1, 1), (1, 1), (1, 1)) == f"Between countries, 3 routes are described, once each. {ONLY}"
    assert found("stated", (2, 2), (2, 2)) == f"Between countries, 2 routes are described, 2 times each. {ONLY}"
    assert found("stated", (2, 2), (2, 2), (1, 1)) == f"Described most often: 2 routes, 2 times each. {ONLY}"
    assert found("stated", (3, 3), (2, 2)) == (
        "Of the routes that start in, cross or end in one of the 35 states, reports describe Mexico → United States "
        "(no transit named) most often: 3 statements."
    )
    # Of a choice of states nothing is said about all routes.
    assert found("stated", (3, 3), (2, 2), areas=("MEX",)).startswith(
        "Of the routes with origin, transit or destination in Mexico, reports describe Mexico → United States (no "
        "transit named) most often: 3 statements."
    )
    assert found("stated", (3, 3), (2, 2), areas=("MEX", "USA")).startswith(
        "Of these routes, reports describe Mexico → United States (no transit named) most often: 3 statements."
    )
    assert found("stated", (1, 1)) == f"The only leg between two countries is Mexico → United States (1 time). {ONLY}"


def test_the_title_says_how_many_described_routes_are_shown_unless_all_are():
    stated = FlowFilter("stated")
    smaller = SHOWN.with_columns(low=pl.lit(1.0), high=pl.lit(2.0))

    def start(others: pl.DataFrame) -> str:
        return routes_words.title(Arrows(SHOWN, pl.concat([SHOWN, others]), NONE), EN, stated).split(" · ")[0]

    assert start(smaller) == "The 2 largest of 4 pairs of countries"
    # Another may be as large.
    assert start(SHOWN) == "2 of 4 pairs of countries are shown"
    assert start(smaller.with_columns(high=pl.lit(9.0))) == "2 of 4 pairs of countries are shown"
    assert routes_words.title(Arrows(SHOWN, SHOWN, NONE), EN, stated) == routes_words.heading(EN, stated)
    # Of counted victims the ledger has all.
    counted = Arrows(SHOWN, pl.concat([SHOWN, smaller]), NONE)
    assert routes_words.title(counted, EN, FlowFilter()) == routes_words.heading(EN, FlowFilter())


def test_statements_are_not_called_victims():
    text = routes_words.arrows(Arrows(SHOWN, SHOWN, NONE), EN, FlowFilter(evidence="stated", first=2014, last=2014))
    assert text.startswith("The routes, by number of statements: ")
    assert "victims" not in text


def test_an_empty_view_is_described():
    text = routes_words.arrows(Arrows(SHOWN.head(0), SHOWN.head(0), NONE), EN, FlowFilter(first=2007, last=2008))
    assert text == "No flow between two countries fits the filters."


def test_each_reason_for_not_drawing_has_a_sentence():
    view = Arrows(SHOWN, SHOWN, NONE | {"beyond_limit": 1, "zero": 2, "below_minimum": 3})
    sentences = routes_words.hidden(view, EN, FlowFilter(minimum=50))
    assert sorted(sentences) == [
        "2 records give zero victims.",
        "3 flows are below the minimum of 50.",
    ]
    every = routes_words.hidden(Arrows(SHOWN, SHOWN, dict.fromkeys(NONE, 2), SHOWN), EN, FlowFilter())
    # How many arrows are beyond the limit is in the title of the map; what has no place, or only one of two, is one.
    assert len(every) == len(NONE) - 2


def test_questioned_figures_are_counted_and_named_with_their_years_by_reason():
    """Each is a row of the table of flows; a pair of countries may have figures of several years."""
    rows = store.tables().table("flows").filter(pl.col("status") == "questioned").collect()
    ends = rows.select("origin", "destination").n_unique()
    said = routes_words.about(EN, FlowFilter())
    figures = f"{rows.height} yearly figures; {rows['low'].sum():,.0f} victims in all"
    assert f"Questioned: {ends} pairs of countries ({figures})." in said
    assert rows.height > ends
    reasons = {*rows["note"]}
    assert reasons == {"larger_than_total", "listed_by_review"}
    for reason in reasons:
        sentence, mine = REASONS[reason], rows.filter(note=reason)
        assert mine.height > 1
        largest = mine.group_by("origin", "destination").agg(pl.col("low").sum(), "year").sort("low")[-1].to_dicts()[0]
        origin, destination = countries.the(EN, largest["origin"]), countries.the(EN, largest["destination"])
        first = f"citizens of {origin} in {destination}, {largest['low']:,.0f} ("
        start = f"Left out of the maps and of other sums, but counted in that of the lists of citizenships: {first}"
        assert any(re.fullmatch(f"{re.escape(start)}[^.]*. {re.escape(sentence)}", one) for one in said)
    # Figures of other countries of detection are not in the lists of the 35 states.
    apart = rows.select("note", pl.col("destination").is_in([*store.areas()])).n_unique()
    assert sum(one.startswith("Left out of the maps") for one in said) == apart > len(reasons)


REASONS = {
    "larger_than_total": "Larger than the total of all victims detected there in the same year.",
    "listed_by_review": "Figures questioned after review: unusually high for a country of citizenship that is listed "
    "in two years only.",
}


@pytest.mark.parametrize("evidence", ["counted", "stated"])
def test_the_records_that_the_map_lacks_are_those_of_the_table_below(evidence):
    rows = store.tables().table("flows").filter(evidence=evidence).collect().filter(pl.col("repeat_of").is_null())
    lost = rows.filter(~(pl.col("located") & pl.col("complete")))
    (said,) = (
        one for one in routes_words.about(EN, FlowFilter(evidence=evidence)) if one.startswith("Not on the map: ")
    )
    without, *half = re.findall(r"([\d,]+) (?:figures|statements)", said)
    assert sum(int(one.replace(",", "")) for one in (without, *half)) == lost.height
    assert said.endswith(f"All {lost.height:,} are in the table “{routes_words.off_the_map(EN, evidence)}”.")
    # Only a described route can keep one of its legs.
    assert bool(half) == (evidence == "stated")


def test_a_list_that_a_questioned_figure_makes_too_long_is_explained_once():
    """Peru's own citizens of four years are more than all its victims: the remark on them has the years."""
    listed = query.coverage(("PER",), *query.span("counted"))
    more = "In 4 of these years the listed figures add up to more than the total."
    assert more in routes_words.published(listed, EN)
    assert more in routes_words.published(listed, EN, [2014, 2016, 2019])
    assert more not in routes_words.published(listed, EN, [2014, 2016, 2019, 2020])
    assert not any(more in one for one in routes_words.beside_map(EN, FlowFilter(areas=("PER",)), CAPTIONS))


def test_statements_are_never_in_a_list_without_their_name():
    stated = FlowFilter(evidence="stated", first=2014, last=2014)
    view = Arrows(*[SHOWN.with_columns(evidence=pl.lit("stated"))] * 2, NONE)
    assert "The routes, by number of statements: Mexico → United States, 40–44" in routes_words.arrows(view, EN, stated)


def test_the_description_of_a_map_does_not_repeat_what_is_left_out():
    for area in ("PER", "BOL", "USA"):
        selection = FlowFilter(areas=(area,))
        view = arrows(selection)
        assert view.doubted.height
        said = routes_words.arrows(view, EN, selection) + routes_words.under_map(view, EN, selection)
        assert "eft out" not in said
        assert any("Left out" in one for one in routes_words.beside_map(EN, selection, CAPTIONS))


def test_questioned_flows_of_a_state_have_their_reason():
    """Questioned by hand (data/reference/questioned_flows.csv), and lists longer than the total."""
    remarks = routes_words.beside_map(EN, FlowFilter(areas=("VCT",)), CAPTIONS)
    assert (
        "Left out of the maps and of all sums: citizens of Saint Vincent and the Grenadines in the United States, "
        f"122 (2015–2016). {REASONS['listed_by_review']}"
    ) in remarks
    peru = next(one for one in routes_words.beside_map(EN, FlowFilter(areas=("PER",)), CAPTIONS) if "Left out" in one)
    assert peru.startswith(
        "Left out of the maps and of other sums, but counted in that of the lists of citizenships: citizens of Peru "
        "in Peru, 2,110 (2014, 2016, 2019–2020). "
        f"{REASONS['larger_than_total']}"
    )
    assert not any("Left out" in one for one in routes_words.beside_map(EN, FlowFilter(areas=("HTI",)), CAPTIONS))


def flow(low: float, high: float, *years: int) -> dict:
    return {"low": low, "high": high, "records": len(years), "years": [*years]}


FEW, OR_NONE = (
    f"“<5” means {few}; “<5 a year”, fewer than five in each of several years."
    for few in ("fewer than five", "fewer than five, possibly none")
)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([flow(9, 9, 2019)], ""),
        ([flow(1, 4, 2019)], FEW),
        ([flow(0, 8, 2019, 2020)], f"{{sum}} {OR_NONE}"),
        (
            [flow(9, 9, 2019), flow(7, 10, 2019)],
            "A range such as 7–10 is a sum with figures known only as “fewer than five”.",
        ),
        (
            [flow(12, 24, 2018, 2019), flow(6, 7, 2019), flow(1, 4, 2019)],
            f"{{sum}} {FEW} A range such as 12–24 comes from adding such figures.",
        ),
    ],
)
def test_the_numbers_on_a_map_are_explained_as_far_as_there_are_any(rows, words):
    selection = FlowFilter(areas=("HTI",), position="origin")
    years = [year for record in arrows(selection).every["years"] for year in record]
    total = f"Each number is the total of the years with figures, {min(years)} to {max(years)}."
    text = routes_words.numbers(EN, selection, pl.DataFrame(rows))
    assert text.startswith(words.format(sum=total))
    assert (text == "") == (words == "")


def test_coverage_is_n_of_n():
    frame = pl.DataFrame(
        {
            "area": ["PER", "PER", "CHL"],
            "year": [2019, 2020, 2021],
            "listed": [10.0, 5.0, 50.0],
            "listed_high": [14.0, 5.0, 50.0],
            "total_low": [40.0, None, 45.0],
            "total_high": [40.0, None, 45.0],
            "nationalities": [2, 1, 3],
            "questioned": [3.0, 5.0, 20.0],
            "questioned_high": [3.0, 5.0, 20.0],
        }
    )
    text = routes_words.coverage(frame, EN)
    # The list without a total is excluded: 10 + 50 of 40 + 45.
    assert text.startswith(
        "UNODC’s lists of citizenships add up to 60–64 victims; the totals of the same states and years (2019 and "
        "2021) add up to 85 victims. In 1 case (one state in one year) the listed figures add up to more than the "
        "total. In neither sum: 1 list without a total. A missing pair of countries need not be a zero: "
    )
    alone = routes_words.coverage(frame.slice(1, 1), EN)
    nothing = "UNODC’s data have no total of detected victims for these years."
    assert alone == f"{nothing} In neither sum: 1 list without a total."
    assert routes_words.coverage(frame.head(0), EN) == nothing
    assert routes_words.coverage(frame.head(0), EN, ["HTI", "CUB"]) == (
        "UNODC’s data have no total of victims detected in Cuba or in Haiti for these years."
    )


def test_a_total_without_a_list_is_no_part_of_the_victims_with_a_citizenship():
    columns = ("listed", "listed_high", "total_low", "total_high", "questioned", "questioned_high")
    rows = {name: [10.0, 0.0] if "listed" in name else [40.0, 56.0] for name in columns}
    rows |= {"questioned": [0.0, 0.0], "questioned_high": [0.0, 0.0]}
    frame = pl.DataFrame(rows).with_columns(
        area=pl.lit("PER"), nationalities=pl.Series([2, 0]), year=pl.Series([2019, 2023])
    )
    assert routes_words.coverage(frame, EN) == (
        "UNODC’s lists of citizenships add up to 10 victims; the totals of the same years (2019) add up to 40 victims. "
        "In neither sum: 1 total without a list. A missing pair of countries need not be a zero: the citizenship may "
        "not be listed."
    )
    assert routes_words.coverage(frame.tail(1), EN) == "In neither sum: 1 total without a list."


def test_the_heading_names_every_filter_in_force():
    assert (
        routes_words.heading(EN, FlowFilter(first=2000, last=2030), "CRI")
        == "Citizenship of detected victims, 2007–2023 · Costa Rica"
    )
    every = FlowFilter(
        *("stated", ("HND", "GTM"), "origin", 2014, 2016, ("forced_labour", "sexual_exploitation"), 3),
        transit=True,
        questioned=True,
    )
    assert routes_words.heading(EN, every) == (
        "Routes described in reports of the US Department of State, 2014–2016, as coded by the University of Denver"
        " · Honduras and Guatemala, as origin · forced labor and sexual exploitation · with a transit state"
        " · at least 3 · with questioned citizenship figures"
    )
    # The last report is of 2016; forms and transit are not filters of counted victims' headings.
    assert "2015–2016" in routes_words.heading(EN, FlowFilter("stated", first=2015, last=2023))
    assert (
        routes_words.heading(EN, FlowFilter(forms=("forced_labour",), first=2015, last=2016))
        == "Citizenship of detected victims, 2015–2016"
    )


@pytest.mark.real
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_superlative_names_its_set(code):
    """UNODC's whole file lists more citizens of Albania in the United Kingdom than of Mexico in the United States."""
    file = min(Path(os.environ["ATALAYA_MIRROR"]).glob("unodc_glotip/*.xlsx"))
    wanted = {("USA", "Mexico"): 0, ("USA", "Mexicans"): 0, ("GBR", "Albania"): 0, ("GBR", "Albanians"): 0}
    for row in cells(file)[3:]:
        key = (row[0], row[6])
        if (
            row[4:6] == ("Detected trafficking victims", "by citizenship")
            and key in wanted
            and row[7:9] == ("Total", "Total")
        ):
            wanted[key] += 0 if row[11] == "<5" else int(str(row[11]).replace(",", ""))
    ours, theirs = (sum(n for (state, _), n in wanted.items() if state == one) for one in ("USA", "GBR"))
    assert theirs > ours
    lang, selection = language(code), FlowFilter()
    said = routes_words.finding(arrows(selection), lang, selection)
    assert lang.number(ours) in said
    assert "35" in said
