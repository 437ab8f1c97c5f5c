"""Letters on what is missing: to Peru, Bolivia, Haiti, Brazil and UNODC, worked out from the workbooks."""

import bz2
import csv
import io
import json
import os
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

import pytest
from openpyxl import load_workbook

from dashboard import site, store
from dashboard.catalog import pages
from dashboard.export import report_workbooks
from dashboard.subjects.letters import query, words
from dashboard.subjects.letters.filters import TO
from dashboard.subjects.passports import keys
from dashboard.views.figure import Values
from dashboard.views.page import Code, Links, Table, Workbooks
from data import languages
from data.i18n import LANGUAGES, language
from data.report import reading
from data.report.order import order
from data.report.targets import targets
from tests.dashboard.subjects.states.test_certainty import forms, sums
from tests.data.report import workbooks
from tests.etl.cells import cells, r_table
from tests.pages.declared import of

EN = language("en")
PUBLISHER = "unodc_glotip"
# Sources that print no figures of states on trafficking.
OTHERS = ("oas_treaties", "un_hr_status", "undesa_migrant_stock_2024", "unhcr_population", "untc", "untc_more")
TITLES = {
    "Detected victims": "Detected trafficking victims",
    "Suspects in formal contact with the authorities": "Persons brought into formal contact",
    "Persons prosecuted": "Persons prosecuted",
    "Persons convicted": "Persons convicted",
    "Recorded offenses": "Offences of trafficking in persons",
}


def said(part: str, to: str) -> list[str]:
    return [f"{one.what}, {one.year}: {one.says} {one.asks}" for one in words.found(EN, to).get(part, [])]


def years(release: str = "2025-10-28") -> dict[str, dict[str, dict[int, str]]]:
    """The printed totals by title, state and year; figures that are codes of a questionnaire are left out."""
    found: dict = {title: {} for title in TITLES}
    for row in cells(Path(os.environ["ATALAYA_MIRROR"]) / "unodc_glotip" / f"data_glotip_{release}.xlsx")[3:]:
        title = next((title for title, start in TITLES.items() if str(row[4]) == start), None)
        text = str(row[11]).replace(",", "")
        usable = text == "<5" or int(float(text)) < 1_000_000
        if title and row[0] in store.areas() and row[5:9] == ("Total",) * 4 and usable:
            found[title].setdefault(str(row[0]), {})[int(str(row[9]))] = text
    return found


@pytest.mark.real
@pytest.mark.parametrize("area", ["PER", "BOL", "HTI", "BRA", "JAM"])
def test_what_is_not_published_of_a_state_is_what_the_workbook_lacks(area):
    lines = words.missing(EN, area)
    for title, states in years().items():
        last = max(year for mine in states.values() for year in mine)
        mine = sorted(states.get(area, {}))
        (line,) = [one for one in lines if one.startswith(f"{title}: ")] or [""]
        assert ("no total for any year" in line) == (not mine)
        if not mine:
            continue
        after = f"no total after {mine[-1]}; other states have some up to {last}"
        assert (after in line) == (mine[-1] < last)
        lacking = [year for year in range(mine[0], mine[-1]) if year not in mine]
        assert bool(lacking) == (" for " in line.replace(after, ""))
        assert all(str(year) in line or "–" in line for year in lacking)


@pytest.mark.real
def test_the_letter_to_unodc_names_the_states_without_any_figure():
    lines = {line.partition(":")[0]: line for line in words.missing(EN, PUBLISHER)}
    for title, states in years().items():
        never = [EN.country(area) for area in store.areas() if area not in states]
        named = lines[title].partition("no total for any year: ")[2].partition("; ")[0]
        assert never
        assert all(name in named for name in never)
        assert len(named.replace(", and ", ", ").replace("Antigua and", "Antigua").split(", ")) >= len(never) - 1


@pytest.mark.real
def test_what_contradicts_itself_is_asked():
    peru = said("contradicted", "PER")
    assert (
        "Detected victims, 2023: The figures by sex add up to 583: more than 308. Which is right: 308, 583 or another "
        "number?" in peru
    )
    whole = (
        "Detected victims, 2023: The total of 308 is the figure for sexual exploitation, although there is also one "
        "for forced labor: 67. Is the total that of all victims, or of one form of exploitation only?"
    )
    assert whole in peru
    # 549 women and 34 men, as the workbook has it.
    parts = {row[7]: int(str(row[11])) for row in _newest() if row[0] == "PER" and _of_2023_by_sex(row)}
    assert sum(parts.values()) == 583
    citizens = said("citizenships", "PER")
    assert [one.split(": ")[0] for one in citizens] == [
        f"Detected victims, {year}" for year in (2020, 2019, 2016, 2014)
    ]
    own = next(one for one in citizens if ", 2019: " in one)
    assert own.endswith(
        "UNODC lists 600 citizens of Peru: more than its total of all victims, 509. Which is right: 600, 509 or "
        "another number?"
    )
    (bolivia,) = [one for one in said("repeated", "BOL") if ", 2023: " in one]
    assert "Each of these counts is 708." in bolivia
    assert {years()[title]["BOL"][2023] for title in list(TITLES)[:2]} == {"708"}
    (brazil,) = said("changed", "BRA")
    assert brazil == (
        "Persons prosecuted, 2022: 0 in the release of 28 October 2025, 21 in that of 14 April 2025. "
        "Which is right: 0, 21 or another number?"
    )
    printed = [years(release)["Persons prosecuted"]["BRA"][2022] for release in ("2025-10-28", "2025-04-14")]
    assert printed == ["0", "21"]
    assert words.found(EN, "HTI") == {}
    everything = words.text(EN, PUBLISHER)
    assert all(
        one in everything
        for one in (
            "308, 583 or another number?",
            "Each of these counts is 708.",
            "Which is right: 0, 21 or another number?",
        )
    )


@pytest.mark.real
def test_who_keeps_a_register_is_asked_why_unodc_has_another_total():
    def asked(to):
        return {one.year: one.says for one in words.found(EN, to)["differing"]}

    # The complaints of 2023 in the register, and the total that UNODC prints.
    assert asked("national_peru") == {
        2023: "For 2023, UNODC publishes 308, the register 583; UNODC’s own figures by sex and by age also add up to "
        "583. UNODC’s figure for sexual exploitation alone is 308, too."
    }
    assert sums()["detected_victims", "PER", 2023] == {"sex": (583, 583), "age": (583, 583)}
    assert forms()["PER", 2023]["sexual exploitation"] == (308, 308)
    assert years()["Detected victims"]["PER"][2023] == "308"
    registered: Counter[int] = Counter()
    (packed,) = (Path(os.environ["ATALAYA_MIRROR"]) / "national_mexico").glob("*.bz2")
    with bz2.open(packed, "rt", encoding="utf-8", newline="") as file:
        # Few of millions of lines are on trafficking.
        for row in csv.DictReader(line for at, line in enumerate(file) if at == 0 or "Trata" in line):
            if row["tipo_de_delito"] == "Trata de personas":
                registered[int(row["n_year"])] += int(row["n_victimas"])
    printed_ones = years()["Detected victims"]["MEX"]
    both = sorted(registered.keys() & printed_ones.keys())
    expected = {year: f"The register has {registered[year]:,}, UNODC {int(printed_ones[year]):,}." for year in both}
    assert len(expected) == 8
    assert asked("national_mexico") == expected


def _newest():
    return cells(Path(os.environ["ATALAYA_MIRROR"]) / "unodc_glotip" / "data_glotip_2025-10-28.xlsx")[3:]


def _of_2023_by_sex(row) -> bool:
    wanted = str(row[4]) == TITLES["Detected victims"] and row[5:7] == ("Total", "Total") and row[8] == "Total"
    return wanted and str(row[9]) == "2023" and row[7] in {"Female", "Male"}


@pytest.mark.parametrize("to", ["PER", "BOL", "HTI", "PAN", PUBLISHER, *OTHERS])
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_finding_of_the_page_is_in_the_letter_with_its_cells_and_its_address(to, code, monkeypatch):
    lang = language(code)
    assert "/passport?" not in words.text(lang, to)
    monkeypatch.setenv(site.PUBLIC, "https://atalaya.example")
    letter = words.text(lang, to)
    assert letter.startswith(words.heading(lang, to))
    for found in words.found(lang, to).values():
        for one in found:
            assert one.says in letter
            assert one.asks in letter
            # The cell is there.
            assert keys.rows(one.table, tuple((n, v) for n, v in one.where.items() if n != "table")).height == 1
            assert f"\n  https://atalaya.example/{code}/passport?{urlencode(one.where)}" in letter
            assert one.cells(lang)
            assert f"\n  {one.cells(lang)}\n" in letter
    assert all(line in letter for lines in words.listed(lang, to).values() for line in lines)


@pytest.mark.parametrize(
    ("to", "written"),
    [
        *(("PER", "es"), ("BRA", "pt"), ("HTI", "fr"), ("JAM", "en"), ("CAN", "en"), (PUBLISHER, "en")),
        *(("national_peru", "es"), ("national_mexico", "es"), ("unhcr_population", "en"), ("untc", "en")),
    ],
)
def test_a_letter_is_in_the_language_of_whom_it_is_to_and_then_in_that_of_the_page(to, written):
    for code in LANGUAGES:
        shown = of(pages()["letter"], language(code), Values.of({TO.name: to}))
        texts = [one.text for one in shown.every(Code)]
        assert texts == [words.text(language(one), to) for one in dict.fromkeys((written, code))]
        assert [one.spoken for one in shown.every(Code)] == [
            one * (one != code) for one in dict.fromkeys((written, code))
        ]


def test_every_state_has_one_language():
    declared = [area for facts in languages.declared().values() for area in facts.get("states", ())]
    assert len(declared) == len({*declared})
    assert {*declared} <= {*store.areas()}
    assert (languages.of_state("PER"), languages.of_state("BRA"), languages.of_state("HTI")) == ("es", "pt", "fr")


def test_all_addressees_are_offered_and_each_row_leads_to_its_cell():
    assert {*TO.options} == {*store.areas(), *query.publishers()}
    assert {PUBLISHER, "unsd_sdg", *OTHERS} <= {*query.publishers()}
    # A revision that a newer one replaces, what we transcribed ourselves, and what has nothing to ask.
    assert not {"undesa_migrant_stock_2020", "reference", "untc_declarations"} & {*query.publishers()}
    assert all(words.listed(EN, one) or words.found(EN, one) for one in OTHERS)
    index = of(pages()["letter"].index, EN, Values(()))
    assert {link.filters[TO.name] for block in index.every(Links) for link in block.links} == {*TO.options}
    shown = of(pages()["letter"], EN, Values.of({TO.name: "PER"}))
    assert all(len(table.links) == table.sheet.rows.num_rows for table in shown.every(Table))
    assert [one.filled for one in shown.every(Workbooks)] == [True]
    # A state of whose figures nothing is asked has the workbook, too; a publisher has none.
    assert len(of(pages()["letter"], EN, Values.of({TO.name: "HTI"})).every(Workbooks)) == 1
    assert of(pages()["letter"], EN, Values.of({TO.name: PUBLISHER})).every(Workbooks) == []
    # Whom there is nothing to ask is named with the others.
    (rest,) = words.of_others(EN)
    others = {one["name"] for one in store.snapshot().manifest["sources"]} - {*query.publishers()}
    names = ("hti", "cia_factbook", "natural_earth", "worldbank_population")
    assert others >= {*names}
    assert rest.count(";") == len(names) - 1


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_workbook_has_a_line_for_each_figure_and_is_read_without_a_fault(code):
    today = report_workbooks.today()
    ordered = order("correction", "PER", "2020", code, today)
    content = report_workbooks.content(ordered, filled=True)
    every = [one for part, some in words.found(EN, "PER").items() if part in words.FILLED for one in some]
    # The state's own register is no indicator of the workbook: only the letter compares it with UNODC's total.
    asked = [one for one in every if not one.where["indicator"].startswith("register_")]
    (own,) = (one for one in every if one not in asked)
    assert own.year == 2023
    assert own.says.startswith("For 2023, UNODC publishes 308, the register 583;")
    book = load_workbook(io.BytesIO(content))
    workbooks.signed(book)
    read = reading.read(workbooks.saved(book), today, targets(store.tables().table))
    assert read.faults == ()
    # A line for each figure, with all that is asked of it.
    assert len(read.entries) == len({tuple(one.where.items()) for one in asked}) == 8
    assert len(asked) == 12
    names = {entry.replies_to for entry in read.entries}
    assert "figure:detected_victims:PER:2023:total:total:total" in names
    assert "583" in " ".join(entry.finding for entry in read.entries)
    # Without the wish, and of another kind, they are blank as before.
    assert report_workbooks.content(ordered) != content
    report = order("report", "PER", "2020", code, today)
    assert report_workbooks.content(report, filled=True) == report_workbooks.content(report)


def raw(pattern: str) -> list[list[str]]:
    (path,) = Path(os.environ["ATALAYA_MIRROR"]).glob(pattern)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [*csv.reader(lines)]


@pytest.mark.real
def test_depositaries_are_asked_about_acts_that_cannot_be_as_printed():
    # Antigua and Barbuda never signed, and its date stands without the "a" of an accession.
    (antigua,) = [row for row in raw("untc/untc_XVIII-12-a_*.csv") if row[0].startswith("Antigua")]
    assert antigua[1:3] == ["", "17 Feb 2010"]
    asked = (
        "Protocol on Trafficking in Persons (2000), ratification, 2010: Doubtful: published as a ratification, "
        "although no signature is published. Is it an accession?"
    )
    assert said("acts", "untc") == [asked]
    assert asked in said("acts", "ATG")
    assert f"- Antigua and Barbuda, {asked}" in words.text(EN, "untc")
    # Of the OAS those that are printed as a ratification (RA) without a day of signature.
    unsigned = [
        (row[2], int(row[5][:4]))
        for row in raw("oas_treaties/oas_treaty_acts_transcribed.csv")
        if row[3] == "" and row[6] == "RA" and row[2] in store.areas()
    ]
    assert sorted((one.area, one.year) for one in words.acts(EN, "oas_treaties")) == sorted(unsigned)
    assert ("ATG", 2005) in unsigned


@pytest.mark.real
def test_two_sources_that_give_an_act_differently_are_both_asked():
    (table,) = [row for row in raw("untc_more/4-11.csv") if row[0].startswith("Panama")]
    (compiled,) = [row for row in raw("un_hr_status/hr_status_crc.csv") if row[1] == "Panama"]
    assert "12 Dec 1990" in table
    assert "1995" in compiled
    for to, asks in {
        "untc_more": "Which is right, 12 December 1990 or 1995?",
        "un_hr_status": "Which is right, 1995 or 12 December 1990?",
    }.items():
        (one,) = words.acts(EN, to)
        assert (one.area, one.asks) == ("PAN", asks)
    assert len(words.acts(EN, "PAN")) == 2


@pytest.mark.real
def test_the_letter_to_the_oas_says_which_states_its_cut_pages_may_lack():
    missing = words.missing(EN, "oas_treaties")
    (cut,) = [one for one in missing if one.endswith("(our copy of the table may lack Cuba, Uruguay and Venezuela)")]
    assert cut.startswith("Inter-American Convention on Mutual Assistance in Criminal Matters (1992): not known")
    # Cuba is not in the list; the text ends after the United States.
    shown = {row[2] for row in raw("oas_treaties/oas_treaty_acts_transcribed.csv") if row[0] == "A-55"}
    assert {*store.areas()} - shown == {"CUB", "URY", "VEN"}
    undated = [row[2] for row in raw("oas_treaties/party_without_date.csv") if row[0] == "B-57"]
    (line,) = [one for one in missing if "Traffic in Minors" in one and "parties without a date" in one]
    assert all(EN.country(area) in line for area in undated)


@pytest.mark.real
def test_undesa_and_unhcr_are_asked_about_what_their_files_say():
    mirror = Path(os.environ["ATALAYA_MIRROR"])
    now = r_table(mirror / "undesa_migrant_stock_2024" / "undesa_stocks.rda")
    (path,) = (mirror / "undesa_migrant_stock_2020").glob("*.json")
    before = json.loads(path.read_text("utf-8"))
    at = before["names"].index
    then = before["matrix"]["1990"][at("Bolivia")][at("Peru")]
    after = now[(now["from"] == "BOL") & (now["geo"] == "PER") & (now["t"] == 1990)]["n"].sum()
    (one,) = [
        one
        for one in words.stocks(EN, "undesa_migrant_stock_2024")
        if "Bolivia → Peru" in one.what and one.year == 1990
    ]
    assert (
        one.asks
        == f"Which is right: {int(after)}, {then:,} or another number?"
        == "Which is right: 12, 3,569 or another number?"
    )
    refugees = r_table(mirror / "unhcr_population" / "population.rda")
    unknown = {"TIB", "UNK", "XXA"}
    assert unknown <= {*refugees["coo_iso"]} | {*refugees["coa_iso"]}
    (line,) = [one for one in words.unused(EN, "unhcr_population") if "TIB, UNK, XXA" in one]
    assert line.endswith("Which country is meant?")


@pytest.mark.real
def test_a_letter_names_the_rows_of_the_workbook():
    """Row by row: what stands there is the figure in question, or one of those that contradict it."""
    rows = cells(Path(os.environ["ATALAYA_MIRROR"]) / "unodc_glotip" / "data_glotip_2025-10-28.xlsx")
    (by_sex,) = [one for one in words.found(EN, "PER")["contradicted"] if one.year == 2023 and "by sex" in one.says]
    file, _, places = by_sex.cells(EN).partition(": ")
    assert file == "data_glotip_2025-10-28.xlsx"
    printed = [rows[int(place.removeprefix("data_glotip_1!")) - 1] for place in places.split(", ")]
    assert [(row[0], int(str(row[9])), row[7], int(str(row[11]))) for row in printed] == [
        ("PER", 2023, "Total", 308),
        ("PER", 2023, "Female", 549),
        ("PER", 2023, "Male", 34),
    ]
