"""Every number on the pages of three states, in tables, sentences and on maps, against the publishers' files.

Tables are worked out cell by cell. Each other text is read from top to bottom, and its numbers, in their order, have to
be those of a statement worked out from the files: a number that nobody accounted for fails the test.
"""

import csv
import re
from collections import Counter
from itertools import groupby
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import store
from dashboard.menu import scripts
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import words as routes_words
from dashboard.views.page import Pairs
from data.i18n import language
from tests.dashboard.subjects.states import test_certainty as standings
from tests.pages import depositaries, recount
from tests.pages.declared import declared
from tests.pages.drawings import numbers
from tests.pages.recount import APRIL, MASKS, MIRROR, OCTOBER, REFERENCE, VICTIMS, value
from tests.pages.test_ledger import ACTS

pytestmark = pytest.mark.real
ENTRY = Path(__file__).parents[2] / "dashboard" / "app.py"
EN = language("en")
PAGES = ("USA", "HTI", "LCA")
FOLDED = ("counted", "stated", "roles", "series", "acts.country", "over_time", "sources", "movements", "register")
INDICATORS = {
    "Detected victims": VICTIMS,
    "Suspects in formal contact with the authorities": "Persons brought into formal contact",
    "Persons prosecuted": "Persons prosecuted",
    "Persons convicted": "Persons convicted",
    "Recorded offenses": "Offences",
}
NONE = "–"


@pytest.fixture(scope="module", params=PAGES)
def area(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def page(area: str) -> AppTest:
    """The page of a state with all its tables unfolded."""
    app = AppTest.from_file(ENTRY, default_timeout=120)
    app.switch_page(str(scripts()["country"]))
    app.query_params["lang"], app.query_params["area"] = "en", area
    for name in FOLDED:
        app.session_state[f"folded.{name}"] = True
    app.run()
    assert not app.exception
    return app


def tables(page: AppTest, *columns: str) -> list[list[dict[str, str]]]:
    """The rows of each table that has some columns."""
    frames = [frame.value for frame in page.dataframe if {*columns} <= {*frame.value.columns}]
    return [[dict(zip(frame.columns, map(str, row), strict=True)) for row in frame.to_numpy()] for frame in frames]


def written(figure: tuple[int, int]) -> str:
    low, high = figure
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def runs(years) -> str:
    """Years as `2007–2010, 2012`."""
    parts = []
    for _, group in groupby(enumerate(sorted({*years})), lambda pair: pair[1] - pair[0]):
        found = [year for _, year in group]
        parts.append(str(found[0]) if len(found) == 1 else f"{found[0]}–{found[-1]}")
    return ", ".join(parts)


def releases(names) -> str:
    return " and ".join(names)


def of_state(area: str, printed: str) -> dict[int, str]:
    """The printed totals of a state by year, without leaked codes."""
    every = recount.totals_of_october(printed)
    return {year: text for (one, year), text in every.items() if one == area and not leaked(text)}


def leaked(text: str) -> bool:
    return text != "<5" and int(text.replace(",", "")) > recount.LEAKED


def years_of_any(printed: str) -> list[int]:
    return sorted({year for one, year in recount.totals_of_october(printed) if one in store.areas()})


# ---------------------------------------------------------------- tables


LEFT_OUT = re.compile(r"Left out because [^:]+: (\S+) \(")


def test_the_arrows_of_counted_victims(page, area):
    expected = Counter(
        (
            EN.country(flow.origin),
            EN.country(flow.destination),
            written(flow.figure),
            written(flow.left_out) if flow.left_out[1] else "",
            runs(flow.years),
            releases(flow.releases),
            "questioned" if flow.questioned else "",
        )
        for flow in recount.counted_flows(area)
    )
    shown = Counter(
        (
            *(row[name] for name in ("Citizens of", "Detected in", "Figure")),
            "".join(LEFT_OUT.findall(row["Remark"])),
            *(row[name] for name in ("Years", "Release")),
            "questioned" if row["Remark"].lower().startswith("questioned") else "",
        )
        for rows in tables(page, "Citizens of")
        for row in rows
    )
    assert shown == expected


def test_the_arrows_of_described_routes(page, area):
    expected = Counter(
        (EN.country(flow.origin), EN.country(flow.destination), written(flow.figure), flow.leg, runs(flow.years))
        for flow in recount.described_flows(area)
    )
    shown = Counter(
        tuple(row[name] for name in ("From", "To", "Figure", "Leg", "Years"))
        for rows in tables(page, "Leg")
        for row in rows
        if row["Unit"] in {"statement", "statements"}
    )
    assert shown == expected
    assert expected


def test_each_figure_names_the_cell_that_prints_it(page, area):
    ((*rows,),) = [rows for rows in tables(page, "Indicator", "Source cell") if "Group" not in rows[0]]
    book = recount.books()[1]
    for title, printed in INDICATORS.items():
        mine = {int(row["Year"]): row for row in rows if row["Indicator"] == title}
        assert sorted(mine) == years_of_any(printed)
        known = of_state(area, printed)
        for year, row in mine.items():
            if year not in known:
                assert (row["Figure"], row["Release"], row["Source cell"]) == (NONE, NONE, NONE), (title, year)
                continue
            assert (row["Figure"], row["Release"]) == (written(value(known[year], MASKS[OCTOBER])), OCTOBER)
            # The three rows of banner and header come first, and a spreadsheet counts from 1.
            cell = book[int(row["Source cell"].rpartition("!")[2]) - 4]
            assert (cell[0], str(cell[9]), str(cell[11])) == (area, str(year), known[year])
            assert cell[5:9] == recount.WHOLE
            assert str(cell[4]).startswith(printed)


def test_the_years_of_each_indicator(page, area):
    (rows,) = tables(page, "Fewer than five", "No figure")
    for row in rows:
        printed = INDICATORS[row["Indicator"]]
        known, every = of_state(area, printed), years_of_any(printed)
        masked = [year for year, text in known.items() if text == "<5"]
        unusable = {
            year for (one, year), text in recount.totals_of_october(printed).items() if one == area and leaked(text)
        }
        assert row["Exact figure or zero"] == (runs({*known} - {*masked}) or NONE)
        assert row["Fewer than five"] == (runs(masked) or NONE)
        assert row["No figure"] == (runs({*every} - {*known} - unusable) or NONE)
        assert row["Reported, but not usable"] == (runs(unusable) or NONE)
    assert len(rows) == len(INDICATORS)


def test_the_record_beside_states_that_report_alike(page, area):
    (rows,) = [rows for rows in tables(page, "State", "Persons convicted") if "Indicator" not in rows[0]]
    codes = {EN.country(one): one for one in store.areas()}
    counted = {one: len(of_state(one, VICTIMS)) for one in store.areas()}
    near = {
        one
        for one, n in counted.items()
        if (abs(n - counted[area]) <= 2 and n if counted[area] else not n) and one != area
    }
    assert codes[rows[0]["State"]] == area
    assert {codes[row["State"]] for row in rows[1:]} == near
    for row in rows:
        for title in [*INDICATORS][:4]:
            known = of_state(codes[row["State"]], INDICATORS[title])
            assert row[title] == (f"{len(known)}: {runs(known)}" if known else NONE)


def test_what_each_kind_of_evidence_names(page, area):
    """Pairs and routes with the years of both kinds; what is “<5” in each year, in a release without zeros, is open."""
    expected = Counter()
    counted, described = named(area)
    for route in {one for one, *_ in (*counted, *described)}:
        marks = []
        for kind in (counted, described):
            years = runs(year for one, year, _ in kind if one == route)
            certain = any(sure for one, _, sure in kind if one == route)
            marks.append((f"● {years}" if certain else f"◌ {years} (“<5”, may be none)") if years else NONE)
        alone = {(True, False): "only counted", (False, True): "only described"}
        both = alone.get(tuple(mark != NONE for mark in marks), "named by both kinds")
        expected[" → ".join(map(EN.country, route)), *marks, both] += 1
    shown = Counter(tuple(row.values()) for rows in tables(page, "Pair or route") for row in rows)
    assert shown == expected
    assert expected


M49 = {"USA": "840", "HTI": "332", "LCA": "662"}


def sdg_files() -> dict[str, list[list[str]]]:
    """The lines of each file of the SDG database."""
    paths = sorted(MIRROR.glob("unsd_sdg/unsdg_ddf*.csv"))
    return {path.name: [*csv.reader(path.read_text("utf-8").splitlines())] for path in paths}


def test_the_figures_of_the_sdg_database_are_its_rows(page, area):
    (rows,) = tables(page, "Group", "Source cell")
    files = sdg_files()
    cited = []
    for row in rows:
        name, _, place = row["Source cell"].partition(", row ")
        head, cell = files[name][0], files[name][int(place) - 1]
        printed = dict(zip(head, cell, strict=True))
        assert (printed["geo_area"], printed["year"]) == (M49[area], row["Year"])
        assert float(row["Figure"].replace(",", "")) == pytest.approx(float(printed[head[-1]]), abs=0.05)
        assert row["Release"] == "October 2020"
        cited.append(row["Source cell"])
        for word in re.findall(r"\d+", row["Group"]):
            assert word in printed["age"]
    mine = [
        f"{name}, row {number}"
        for name, lines in files.items()
        for number, line in enumerate(lines, 1)
        if line[lines[0].index("geo_area")] == M49[area]
    ]
    # Surveys print several bands of age; the page has the one that is declared for each.
    assert {*cited} <= {*mine}
    assert len(cited) == len({*cited})


def test_the_roles_are_those_of_the_newest_report_that_speaks(page, area):
    later: Counter[str] = Counter()
    spoken = spoken_roles(area)
    for role, year, stated, _ in role_statements(area):
        later[role] += not stated and role in spoken and year > spoken[role][0]
    (rows,) = tables(page, "Role", "Coding")
    shown = {row["Role"]: row for row in rows}
    titles = {
        "source": "Origin",
        "transit": "Transit",
        "destination": "Destination",
        "internal": "Internal trafficking",
    }
    assert {*shown} == {titles[role] for role in spoken}
    for role, (year, stated, source) in spoken.items():
        row = shown[titles[role]]
        assert row["Newest report coded “yes” or “no”"] == str(year)
        assert row["Coding"] == {"yes": "Coded “yes”", "no": "Coded “no”"}[stated]
        assert source in row["Source"]
        n = later[role]
        assert re.findall(r"\d+", row["Since then"]) == ([str(n)] if n else [])


def spoken_roles(area: str) -> dict[str, tuple[int, str, str]]:
    """Year, statement and source of the newest report that speaks of each role; a denial counts before a claim."""
    every = sorted(role_statements(area), key=lambda one: (one[1], one[2] != "yes"))
    return {role: (year, stated, source) for role, year, stated, source in every if stated}


def role_statements(area: str) -> list[tuple[str, int, str, str]]:
    """Role, year, `yes`, `no` or nothing, and source of each statement."""
    names = {"USA": "United States", "HTI": "Haiti", "LCA": "St. Lucia"}
    (hti,), (cia,) = MIRROR.glob("hti/*.csv"), MIRROR.glob("cia_factbook/*.csv")
    words = {"Yes": "yes", "No": "no", "No mention": "", "Y": "yes", "N": ""}
    found = []
    with hti.open(encoding="mac_roman", newline="") as file:
        for row in csv.DictReader(file):
            if names[area].split()[-1] in row["country"]:
                found += [
                    (role, int(row["year"]), words[row[role]], "Frank")
                    for role in ("source", "transit", "destination", "internal")
                ]
    with cia.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["iso3"] == area and row["source"]:
                found += [
                    (role, int(row["first_seen"][:4]), words[row[role]], "CIA")
                    for role in ("source", "transit", "destination")
                ]
    assert found
    return found


TREATIES = {
    "Protocol on Trafficking in Persons (2000)": "XVIII-12-a_",
    "Convention against Transnational Organized Crime (2000)": "XVIII-12_",
    "Protocol against the Smuggling of Migrants (2000)": "XVIII-12-b_",
}
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November")


def acts(area: str, part: str) -> list[tuple[str, str, int]]:
    """Action, day and row of each act that the depositary's table prints."""
    (path,) = MIRROR.glob(f"untc/untc_{part}*.csv")
    with path.open(encoding="utf-8", newline="") as file:
        lines = [*csv.reader(file)]
    found = []
    for number, line in enumerate(lines, 1):
        plain = line[0].replace("Saint", "St.")
        if plain.startswith(depositaries.UN_NAMES[area]):
            for column, cell in enumerate(line[1:3]):
                if match := re.match(r"(\d+) (\w{3}) (\d{4})\s*(\w*)", cell.strip()):
                    day, month, year, mark = match.groups()
                    full = next(one for one in (*MONTHS, "December") if one.startswith(month))
                    late = "accession" if mark == "a" else "ratification"
                    found.append((late if column else "signature", f"{day} {full} {year}", number))
    return found


def test_the_acts_on_each_treaty(page, area):
    (rows,) = tables(page, "Treaty", "Action")
    for title, part in TREATIES.items():
        mine = [row for row in rows if row["Treaty"] == title]
        expected = [(action, day, str(number)) for action, day, number in acts(area, part)]
        shown = [
            (row["Action"].lower(), row["Date"], row["Source cell"].rpartition(" ")[2])
            for row in mine
            if row["Date"] != NONE
        ]
        assert shown == expected
        if not expected:
            assert [row["Action"] for row in mine] == ["No action recorded as of 10 July 2014"]


def test_the_lines_on_treaties_are_what_the_depositaries_lists_have(area):
    first, others = declared("country", area=area).every(Pairs)
    *lines, (law, _) = first.rows
    lines += others.rows
    assert law == "Law"
    # Reservations come from texts that have no columns.
    plain = [re.sub(r", reservation or declaration", "", line) for _, line in lines]
    assert plain == depositaries.of_subjects(area)


def test_the_law_is_that_of_the_reviewed_list(page, area):
    ((row,),) = tables(page, "Law cited")
    with (REFERENCE / "laws.csv").open(encoding="utf-8", newline="") as file:
        (law,) = [(number, line) for number, line in enumerate(csv.DictReader(file), 2) if line["area"] == area]
    assert (row["Law cited"], row["Year"]) == (law[1]["title"], law[1]["year"] or "not known")
    assert row["Source cell"] == f"laws.csv, row {law[0]}"


# ---------------------------------------------------------------- sentences

Numbers = tuple[str, ...]
Route = tuple[str, ...]


def largest(area: str, flows) -> list[str]:
    """The figures of the five largest arrows between two countries, by their middle.

    Where others may be as large as the fifth, those of fewer than five are not named.
    """
    between = [flow for flow in flows if flow.origin != flow.destination and not flow.questioned]
    five = sorted(between, key=lambda flow: (-sum(flow.figure), flow.origin, flow.destination))[:5]
    rivals = [flow for flow in between if five and flow not in five and flow.figure[1] >= five[-1].figure[0]]
    more = [flow for flow in five if not masked(area, flow)]
    return [number for flow in (more if rivals and more else five) for number in in_words(area, flow)]


def masked(area: str, flow) -> bool:
    """Whether a figure is masked in each of its years."""
    return flow.releases != ("undated",) and all(one.figure in MASKS.values() for one in counted_of(area, flow))


def counted_of(area: str, flow) -> list:
    return [
        one
        for one in recount.counted(area)
        if (one.origin, one.destination) == (flow.origin, flow.destination) and one.figure[1] and not one.questioned
    ]


def in_words(area: str, flow) -> list[str]:
    """The numbers of a figure: of one that is masked in each of its years how many years these are, if several."""
    if not masked(area, flow) or len(counted_of(area, flow)) != len(flow.years):
        return [written(flow.figure)]
    return [str(len(flow.years))] if len(flow.years) > 1 else []


def period(flows) -> str:
    """The first and the last year of flows."""
    years = [year for flow in flows for year in flow.years]
    return "–".join(dict.fromkeys((str(min(years)), str(max(years)))))


def inside(flows) -> list[str]:
    """The figure of victims of the state's own citizenship."""
    return [written(flow.figure) for flow in flows if flow.origin == flow.destination and not flow.questioned]


def over(years) -> list[str]:
    """The years of a figure: the first and the last, and of a sum with gaps how many there are."""
    first, last = years[0], years[-1]
    gaps = len(years) < last - first + 1
    return [*([str(len(years))] if gaps else []), *map(str, dict.fromkeys((first, last)))]


def in_brackets(years) -> tuple[str, ...]:
    """The years of a figure one by one, as runs: `2010–2016, 2019`."""
    return numbers(runs(years))


def opening(area: str) -> list[Numbers]:
    """The latest total, and the figures before."""
    found: list[Numbers] = []
    for title, printed in INDICATORS.items():
        years = [*of_state(area, printed).items()]
        for (before_year, before), (year, last) in zip(sorted(years), sorted(years)[1:], strict=False):
            figures = [written(value(text, MASKS[OCTOBER])) for text in (last, before)]
            found.append((str(year), figures[1], str(before_year)))
        if years:
            year, last = max(years)
            figure = written(value(last, MASKS[OCTOBER]))
            found += (
                [(figure, str(year)), (figure,), (str(year),)]
                if title != "Recorded offenses" or len(years) == 1
                else []
            )
    return found


def compared(area: str) -> list[Numbers]:
    """How the latest figure of each indicator stands among those of all its years."""
    return [numbers(standings.expected(code, area)) for code in standings.INDICATORS.values()]


def revised(area: str) -> list[Numbers]:
    """The day of the earlier release and its figure where it differs from one of the last two, and not by a mask."""
    found: list[Numbers] = []
    for code in standings.INDICATORS.values():
        years = standings.totals().get((code, area), {})
        for year in sorted(years)[-2:]:
            earlier = standings.totals(newest=False).get((code, area), {}).get(year)
            if earlier and earlier not in {years[year], "<5"}:
                found += [(*numbers(APRIL), earlier), (str(year), *numbers(APRIL), earlier)]
    return found


def broken(area: str) -> list[Numbers]:
    """The two lists between which a state begins to count its own citizens, and the last list."""
    if not (found := recount.own_citizens(area)):
        return []
    few, *later = found
    # Since that year, and for that year; and beside the chart.
    said = (*[str(few.year)] * 2, *(part for one in later for part in (written(one.figure), str(one.year))))
    return [said, years_of_break(area)]


def years_of_break(area: str) -> Numbers:
    """The two years between which a state begins to count its own citizens; none without a break."""
    return tuple(str(one.year) for one in (recount.own_citizens(area) or ())[:2])


def certainty(area: str) -> list[Numbers]:
    """The year of the latest total and the releases that have it; if the one before differs, its day and figure."""
    known = of_state(area, VICTIMS)
    if not known:
        return []
    year = max(known)
    april = [str(row[11]) for row in recount.books()[0] if row[0] == area and row[9] == year and _is_total(row)]
    if known[year] == "<5":
        return []
    if not april:
        return [(str(year), *numbers(OCTOBER))]
    if april == [known[year]]:
        return [(str(year), *numbers(APRIL), *numbers(OCTOBER))]
    # A mask stood for the figure of today if that is below five.
    masked = [known[year]] if known[year] in {*"01234"} else []
    return [(*numbers(APRIL), *(masked if april == ["<5"] else numbers(april[0])))]


def _is_total(row: tuple[object, ...]) -> bool:
    return str(row[4]).startswith(VICTIMS) and row[5:9] == recount.WHOLE


def map_lines(flows) -> list[Numbers]:
    """How many flows a map shows, and of how many."""
    between = [flow for flow in flows if flow.origin != flow.destination and not flow.questioned]
    legs = sum(flow.leg != "direct" for flow in between)
    shown = min(len(between) - legs, 10) + min(legs, 5)
    return [(str(shown), str(len(between)))]


def leading(flows) -> list:
    """The flow that is surely larger than each other one, alone, whose years the title of a map has; else all."""
    known = [flow for flow in flows if not flow.questioned]
    first, *others = sorted(known, key=lambda flow: -sum(flow.figure))
    return [first] if all(first.figure[0] > other.figure[1] for other in others) else known


def explained(area: str, flows) -> list[Numbers]:
    """Beside each of the maps: the years of the sums, the mask, and the first range that is not a mask."""
    years = [year for flow in flows for year in flow.years]
    known = [flow for flow in flows if not flow.questioned]
    found = []
    for part in (
        [flow for flow in known if flow.destination != area],
        [flow for flow in known if flow.destination == area],
    ):
        largest_first = sorted(part, key=lambda one: -sum(one.figure))
        wide = [one for one in largest_first if one.figure[0] < one.figure[1]]
        ranges = [written(one.figure) for one in wide if in_words(area, one) == [written(one.figure)]]
        # Without the words on “<5” where no row that is drawn is masked.
        found += [(str(min(years)), str(max(years)), *mask, *ranges[:1]) for mask in ([], ["5", "5"])]
    return found


def left_out(flows) -> list[Numbers]:
    """The questioned flows, the largest first, with their years."""
    doubted = sorted((flow for flow in flows if flow.questioned), key=lambda one: -one.figure[0])
    return [tuple(n for flow in doubted for n in (written(flow.figure), runs(flow.years)))] if doubted else []


def two_releases(flows) -> list[Numbers]:
    """The days of the newest and of the earlier release, and the last year for which the earlier one serves."""
    earlier = any(APRIL in flow.releases for flow in flows)
    return [(*numbers(OCTOBER), str(recount.LAST_OF_APRIL), *numbers(APRIL))] if earlier else []


def flow_sentences(area: str) -> list[Numbers]:
    counted, stated = recount.counted_flows(area), recount.described_flows(area)
    found = [(written(flow.figure), *shown(flow.years)) for flow in counted for shown in (over, in_brackets)]
    # The opening names the years of the state's own citizens, and of the largest other group, first.
    found += [(*over(flow.years), written(flow.figure)) for flow in counted if flow.destination == area]
    ends = {end: [flow for flow in counted if getattr(flow, end) == area] for end in ("origin", "destination")}
    for end, flows in ends.items():
        # Those detected at home are on the map of those detected here alone.
        own = inside(flows) if end == "destination" else []
        mapped = flows if end == "destination" else [flow for flow in flows if flow.destination != area]
        # The title of the map has one figure: of the state's own citizens, or of the leading partner.
        known = [flow for flow in mapped if not flow.questioned]
        titles = [(period(leading(mapped)),), *((written(one.figure),) for one in leading(mapped))] if mapped else []
        titles += [(period(known),)] if known else []
        found += [(*own, *largest(area, flows)), *titles, *map_lines(flows)] if flows else []
    abroad = [flow for flow in ends["origin"] if flow.destination != area and not flow.questioned]
    if abroad:
        total = sum(flow.figure[0] for flow in abroad), sum(flow.figure[1] for flow in abroad)
        # Those in some countries may be none.
        places = written((sum(flow.figure[0] > 0 for flow in abroad), len(abroad)))
        sure = str(sum(flow.figure[0] > 0 for flow in abroad))
        found.append((written(total), sure, period(abroad)))
        if not of_state(area, VICTIMS):
            # The key figure of a state without a total, and the line below it.
            found += [(written(total),), (places, period(abroad))]
    found += [(period(counted),), *explained(area, counted), *two_releases(counted)] if counted else []
    top = largest(area, stated)
    found += [(*inside(stated), *top), (period(stated),), *map_lines(stated)]
    ties = sum(written(flow.figure) == top[0] for flow in stated)
    found += [(str(ties), top[0]) if ties > 1 else (top[0],), (str(ties),)]
    lost = sum(one.origin is None for one in recount.counted(area)), recount.described(area)[1]
    open_ended = recount.open_ended(area)
    return [*found, *left_out(counted), *((str(n),) for n in (*lost, open_ended) if n)]


def listed(area: str) -> list[Numbers]:
    """How many victims have a listed citizenship, and how many were detected, in the years with lists."""
    totals = of_state(area, VICTIMS)
    mine = [one for one in recount.counted(area) if one.destination == area and one.origin and one.year in totals]
    listed = {one.year for one in mine}
    years = {year: text for year, text in totals.items() if year in listed}
    total = recount.summed(
        recount.Record(None, area, year, value(text, MASKS[OCTOBER]), "", False) for year, text in years.items()
    )
    return [(*numbers(runs(years)), written(recount.summed(mine)), written(total))]


def test_the_victims_with_a_citizenship_in_costa_rica_are_of_the_years_with_a_list():
    """2023 has a total and no list: neither number of the sentence may have its victims."""
    rows = [row for row in recount.books()[0] if (row[0], row[4], row[5]) == ("CRI", VICTIMS, recount.LISTED)]
    years = {int(str(row[9])) for row in rows}
    listed = sum(int(str(row[11]).replace(",", "")) for row in rows if row[11] != "<5")
    totals = of_state("CRI", VICTIMS)
    low, high = (sum(value(totals[year], MASKS[OCTOBER])[end] for year in years) for end in (0, 1))
    assert 2023 in {*totals} - years
    selection = routes_filters.of_state("CRI", "counted")
    covered = routes_query.coverage(("CRI",), selection.first, selection.last)
    text = routes_words.coverage(covered, EN)
    in_sentence = " and ".join(runs(years).rsplit(", ", 1))
    assert text.startswith(
        f"UNODC’s lists of citizenships add up to at least {listed} victims; the totals of the same years "
        f"({in_sentence}) add up to {written((low, high))} victims. "
    )
    assert routes_words.published(covered, EN).startswith(
        f"In the years with both a list of citizenships and a total ({in_sentence}), UNODC lists the citizenship of at "
        f"least {listed} of {written((low, high))} detected victims. "
    )


# The cells of the groups by sex, age and form, and the numbers in the names of those by age.
GROUPS = (
    [("Total", "Total", sex, "Total") for sex in ("Female", "Male", "Other")],
    [("Total", "Total", "Total", age) for age in ("18 years or over", "0 to 17 years")],
    [("by form of exploitation", form, "Total", "Total") for form in ("Sexual exploitation", "Forced labour")],
)
AGES = {"18 years or over": "18", "0 to 17 years": "0–17"}


def victims(area: str) -> list[Numbers]:
    """The groups of each breakdown of the last year, the largest first, where all figures are exact."""
    years = of_state(area, VICTIMS)
    if not years or years[max(years)] in {"0", "<5"}:
        return []
    year = max(years)
    rows = [row for row in recount.books()[1] if row[0] == area and row[4] == VICTIMS and int(str(row[9])) == year]
    printed = {tuple(row[5:9]): int(str(row[11]).replace(",", "")) for row in rows if row[11] != "<5"}
    found = []
    for group in GROUPS:
        figures = sorted(((printed[cell], cell) for cell in group), reverse=True)
        whole = printed[recount.WHOLE] if group is GROUPS[-1] else sum(figure for figure, _ in figures)
        found.append(str(year))
        for figure, cell in figures:
            found += [*([AGES[cell[3]]] if cell[3] in AGES else []), f"{figure:,}", f"{100 * figure / whole:.0f}"]
            # The total lacks those of unknown sex and age: a share says that it is of the others.
            lacking = group is not GROUPS[-1] and printed.get(("Total", "Total", "Unknown", "Unknown"))
            found += [f"{whole:,}"] if lacking and cell == figures[0][1] else []
    # The title of the figure has the share of the larger sex, which here is more than half.
    sexes = [printed[cell] for cell in GROUPS[0]]
    assert 2 * max(sexes) > sum(sexes)
    return [tuple(found), (f"{100 * max(sexes) / sum(sexes):.0f}", str(year))]


def treaty_lines(area: str) -> list[Numbers]:
    """The last days of the tables, a line for each subject of treaties, and the law."""
    with (REFERENCE / "laws.csv").open(encoding="utf-8", newline="") as file:
        (law,) = [line for line in csv.DictReader(file) if line["area"] == area]
    title = numbers(law["title"])
    # A title that has the year does not have it twice.
    cited = (*title, *([law["year"]] if law["year"] and law["year"] not in title else []))
    return [depositaries.limits(), *map(numbers, depositaries.of_subjects(area)), cited]


def over_time(area: str) -> list[Numbers]:
    """The years of the law and of the acts on the protocol and the convention, beside the chart of the figures."""
    with (REFERENCE / "laws.csv").open(encoding="utf-8", newline="") as file:
        (law,) = [line["year"] for line in csv.DictReader(file) if line["area"] == area]
    protocol, convention = [*TREATIES.values()][:2]
    days = [day for part in (protocol, convention) for _, day, _ in acts(area, part)]
    return [(*filter(None, [law]), *(day.rpartition(" ")[2] for day in days))]


def beside(area: str) -> list[Numbers]:
    """The title and the measure of that chart: how many laws and treaties, and the years; and its sources."""
    (happened,) = over_time(area)
    with (REFERENCE / "laws.csv").open(encoding="utf-8", newline="") as file:
        every = [*csv.DictReader(file)]
    cited = [line for line in every if line["area"] == area and line["year"]]
    joined = [part for part in [*TREATIES.values()][:2] if any(act != "signature" for act, *_ in acts(area, part))]
    years = sorted(year for printed in [*INDICATORS.values()][:4] for year in of_state(area, printed))
    first = min(years[0], *map(int, happened))
    year, month, day = max(line["transcribed"] for line in every).split("-")
    consulted = (str(int(day)), year)
    assert MONTHS[int(month) - 1] == "November"
    return [
        (str(len(cited) + len(joined)),),
        ("–".join(map(str, dict.fromkeys((first, years[-1])))),),
        # The chart of the four indicators alone.
        ("–".join(map(str, dict.fromkeys((years[0], years[-1])))),),
        consulted,
        (*consulted, *numbers(OCTOBER), str(years[-1]), *numbers(depositaries.READ["XVIII"])),
    ]


def agreement(area: str) -> list[Numbers]:
    """How many pairs both kinds of evidence name, with "<5" where the victims may be none; and how many only one."""
    kinds = named(area)
    counted, described = ({pair for pair, *_ in kind if len(pair) == 2 and len({*pair}) == 2} for kind in kinds)
    both, sure = counted & described, {pair for pair, _, certain in kinds[0] if certain}
    perhaps = both - sure
    every = (counted | described, both, counted - described, described - counted)
    # Up to eight pairs are named and not counted.
    few = ("5",) if len(perhaps) <= 8 else (str(len(perhaps)), "5")
    return [tuple(str(len(one)) for one in every), *([few] if perhaps else [])]


def named(area: str) -> tuple[list[tuple[Route, int, bool]], list[tuple[Route, int, bool]]]:
    """What each kind of evidence names of a state: the pair or route, the year, and whether it is certain."""
    usable = [one for one in recount.counted(area) if one.origin and one.figure[1] and not one.questioned]
    counted = [((one.origin, one.destination), one.year, one.figure[0] > 0) for one in usable]
    described = []
    for year, *labels in recount.statements():
        if area not in {recount.country(one) for one in labels if one and known(one)}:
            continue
        origin, transit, destination = map(recount.country, labels)
        if origin and destination:
            described += [((origin, destination), year, True)] if area in {origin, destination} else []
            described += [((origin, transit, destination), year, True)] if transit else []
    return counted, described


def movement_lines() -> list[Numbers]:
    """The year of UNHCR's newest figures, twice, after the figure that stands for those below five."""
    rows = pl.read_parquet(Path(store.snapshot().root) / "movements.parquet").filter(source="unhcr_population")
    newest = str(rows["year"].max())
    (release,) = rows["release"].unique()
    # A version is the year and the month of its publication.
    assert str(release).startswith(f"{newest}.12.")
    return [("5", newest, newest)]


def declaration(area: str) -> list[Numbers]:
    """How many of the paragraphs that address states have which best evidence: a recount of the snapshot's rows."""
    with (REFERENCE / "commitments.csv").open(encoding="utf-8", newline="") as file:
        kinds = {
            int(line["paragraph"]): line["kind"] for line in csv.DictReader(file) if line["actor"].startswith("states")
        }
    rows = pl.read_parquet(Path(store.snapshot().root) / "evidence.parquet").filter(actor=area).to_dicts()
    best: Counter[str] = Counter()
    for paragraph, kind in kinds.items():
        grades = {row["grade"] for row in rows if row["paragraph"] == paragraph}
        order = (
            ["act"]
            if kind == "fact" and grades
            else [one for one in ("public_document", "figure", "background") if one in grades]
        )
        best[(order or ["none"])[0]] += 1
    assert best["public_document"] == 0
    # Two kinds have a year in their words: the documents since March 2018, and those from before.
    words = {"act": (), "figure": (), "background": ("2018",), "none": ()}
    counts = [number for grade, year in words.items() if best[grade] for number in (*year, str(best[grade]))]
    return [(str(len(kinds)), *counts, *sources_searched())]


def sources_searched() -> Numbers:
    """How many sources the entries come from, how many of them end by the year of the declaration, and that year."""
    last: Counter[str] = Counter()
    for row in pl.read_parquet(Path(store.snapshot().root) / "evidence.parquet").iter_rows(named=True):
        ends = row["period_to"] or row["date"]
        # Lists of treaty actions stand as of the day of their release.
        year = int(row["release"][:4]) if row["source"] in ACTS else ends.year if ends else row["year"] or 0
        last[row["source"]] = max(last[row["source"]], year)
    return str(len(last)), str(sum(year <= 2018 for year in last.values())), "2018"


def record(area: str) -> list[Numbers]:
    """How many years have a total, or how many other states have none; and what there is in years without a total."""
    every, mine = years_of_any(VICTIMS), of_state(area, VICTIMS)
    span = (str(max(every) - min(every) + 1), str(min(every)), str(max(every)))
    silent = [one for one in store.areas() if one != area and not of_state(one, VICTIMS)]
    first = (str(len(mine)), *span, *numbers(runs(mine))) if mine else (str(len(silent)),)
    return [first, *map(numbers, recount.without_total(area))]


def source_lines(area: str) -> list[Numbers]:
    """The releases that the rows of the page come from, how many rows from each, and their last year."""
    figures = [
        (OCTOBER, year)
        for printed in INDICATORS.values()
        for one, year in recount.totals_of_october(printed)
        if one == area
    ]
    ends = (lambda one: one.origin == area, lambda one: one.destination == area)
    flows = recount.counted(area)
    found: list[Numbers] = []
    # The page, a chart of totals, and each of the two maps.
    for part, records in ((figures, flows), (figures, []), *(([], [one for one in flows if at(one)]) for at in ends)):
        rows = part + [(one.release, one.year) for one in records]
        by_release = {name: [year for one, year in rows if one == name] for name in MASKS}
        used = {name: years for name, years in by_release.items() if years}
        each = used.items()
        if used:
            # Below a figure; on the page and behind "About this figure" each release has its records.
            found.append((*(n for name in used for n in numbers(name)), str(max(year for _, year in rows))))
        if len(used) > 1:
            found.append(
                tuple(
                    part
                    for name, years in each
                    for part in (f"{len(years):,}", f"{len(rows):,}", *numbers(name), *numbers(runs(years)))
                )
            )
    (cia,) = MIRROR.glob("cia_factbook/*.csv")
    seen = max(row["last_seen"] for row in csv.DictReader(cia.read_text("utf-8").splitlines()))
    roles = spoken_roles(area).values()
    for source, release in {"Frank": ("2013.1",), "CIA": (str(int(seen[8:])), seen[:4])}.items():
        if mine := [year for year, _, one in roles if one == source]:
            found.append((*release, str(max(mine))))
    years = [
        year for year, *labels in recount.statements() if area in {recount.country(x) for x in labels if x and known(x)}
    ]
    sdg = [
        line[lines[0].index("year")]
        for lines in sdg_files().values()
        for line in lines
        if line[lines[0].index("geo_area")] == M49[area]
    ]
    return [*found, (str(max(years)),), ("2020", max(sdg)), *depositaries.releases(area)]


def known(label: str) -> bool:
    try:
        return recount.country(label) is not None
    except LookupError:
        return False


def fixed() -> list[Numbers]:
    """Numbers that no file prints: of the document's name, of masks, of ages."""
    return [("2018",), ("5", "1", "4", "0", "4")]


def footer() -> list[Numbers]:
    """The day of the build."""
    created = store.snapshot().manifest["created"]
    return [(str(int(created[8:10])), created[:4])]


def test_every_number_in_a_sentence_is_accounted_for(page, area):
    figures = (opening, compared, certainty, revised, broken, flow_sentences, listed, victims)
    parts = (*figures, agreement, treaty_lines, declaration, record, source_lines)
    expected = {one for part in parts for one in part(area)} | {*movement_lines(), *fixed(), *footer()}
    if len(of_state(area, VICTIMS)):
        shown = [*INDICATORS.values()][:4]
        # The chart of the response: the years with a total of each indicator.
        totals = (*(str(len(of_state(area, printed))) for printed in shown), *years_of_break(area))
        expected |= {totals, latest(area), *over_time(area), *beside(area)}
    every = [
        text.value
        for kind in (page.title, page.header, page.subheader, page.markdown, page.caption, page.info)
        for text in kind
    ]
    every += [metric.value for metric in page.metric]
    every += [re.sub("<[^>]+>", "\n", one.proto.body) for one in page.get("html") if "<footer" in one.proto.body]
    lines = [line.replace(store.snapshot().id, "") for text in every for line in text.split("\n")]
    found = {line: numbers(line) for line in lines if numbers(line)}
    missed = [f"{line}: {one}" for line, one in found.items() if not accounted(one, expected)]
    assert not missed, "\n".join(missed)
    assert len(found) > 15


def accounted(found: Numbers, expected: set[Numbers]) -> bool:
    """Whether the numbers of a line are those of one statement, or of several one after the other."""
    starts = [one for one in expected if one and found[: len(one)] == one]
    return not found or any(accounted(found[len(one) :], expected) for one in starts)


def latest(area: str) -> Numbers:
    years = of_state(area, VICTIMS)
    return written(value(years[max(years)], MASKS[OCTOBER])), str(max(years))
