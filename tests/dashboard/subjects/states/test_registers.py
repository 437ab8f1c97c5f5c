"""A state's own register beside UNODC's figures: compared, never mixed; nothing is said that the rows do not prove."""

import asyncio
import re
from html import unescape

import polars as pl
import pytest

from dashboard import store
from dashboard.server.command import at
from dashboard.subjects.explore import query as explore_query
from dashboard.subjects.states import query, registers_words
from dashboard.subjects.states.country_page import COUNTRY_PAGE
from dashboard.subjects.states.registers import ComparedYear, StateRegister, registers
from dashboard.views.address import read
from data import manifest
from data.i18n import LANGUAGES, language

EN = language("en")
PERU, MEXICO = "register_victims_reported", "register_victims_in_files"


def register(*years: ComparedYear, unfinished=()) -> StateRegister:
    return StateRegister(PERU, pl.DataFrame(), years, unfinished)


def year(number, own, beside=None, **parts) -> ComparedYear:
    form = parts.pop("form", "")
    ranges = {by: (n, n) for by, n in parts.items()}
    return ComparedYear(number, (own, own), beside and (beside, beside), ranges, form)


def said(*years: ComparedYear, **more) -> str:
    return " ".join(sentences(EN, register(*years, **more)))


def sentences(lang, found: StateRegister) -> list[str]:
    """What the page says of a register, in sight and folded."""
    return [*registers_words.compared(lang, found), *registers_words.details(lang, found)]


def test_one_sentence_says_where_both_agree():
    assert said(year(2017, 725, 725), year(2018, 734, 734)) == (
        "The register has the same totals as UNODC for 2017–2018."
    )
    assert said(year(2017, 725, 725)) == "The register has the same total as UNODC for 2017."


def test_a_masked_figure_neither_agrees_nor_differs():
    masked = ComparedYear(2020, (3, 3), (1, 4))
    assert said(masked) == ""
    assert registers_words.sheet(EN, register(masked)).cells[0] == ("2020", "1–4", "3", "–")
    assert "differ for 2021." in said(ComparedYear(2021, (5, 5), (1, 4)))


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"sex": 583, "age": 583}, "UNODC’s own figures by sex and by age also add up to 583."),
        ({"sex": 583, "age": 590}, "UNODC’s own figures by sex also add up to 583."),
        ({"age": 583}, "UNODC’s own figures by age also add up to 583."),
        ({"sex": 590}, "UNODC’s own figures by sex or age add up to more than its total."),
    ],
)
def test_what_the_parts_of_unodc_say_of_a_difference(parts, expected):
    assert said(year(2023, 583, 308, **parts)) == f"For 2023, UNODC publishes 308, the register 583; {expected}"


def test_a_reason_is_given_only_where_the_rows_prove_it():
    proved = said(year(2023, 583, 308, sex=583, age=583, form="sexual_exploitation"))
    assert proved.endswith("UNODC’s figure for sexual exploitation alone is 308, too.")
    assert "alone" not in said(year(2023, 583, 308, sex=583, age=583))


def test_another_difference_is_no_error_of_either():
    words = said(year(2018, 9, 7), year(2019, 9, 8), year(2020, 12))
    assert words.startswith("UNODC’s totals and the register’s differ for 2018–2019.")
    assert "shows no error of either" in words
    assert "opposite" not in words
    assert words.endswith("Only the register has a total for 2020.")


def test_a_part_of_a_year_is_named_and_not_shown():
    words = said(year(2024, 669), unfinished=[("2025-01", "2025-09")])
    assert "The register’s figures of January 2025 to September 2025 are left out" in words


# UNODC's totals of four years and the register's, and the year after which all later ones lie apart.
WAYS = [
    ((824, 115, 247, 226), (681, 753, 942, 936), (2020, True)),
    ((115, 247, 226, 824), (753, 681, 700, 701), (2020, False)),
    ((824, 115, 247, 226), (681, 753, 680, 936), None),
    ((824, 115, 247, 824), (681, 753, 942, 936), None),
    ((824, 115, 247, 226), (681, 600, 500, 400), None),
]


@pytest.mark.parametrize(("beside", "own", "expected"), WAYS)
def test_two_ways_are_opposite_only_if_every_later_figure_says_so(beside, own, expected):
    years = [year(2020 + at, mine, other) for at, (mine, other) in enumerate(zip(own, beside, strict=True))]
    parted = register(*years).parted
    assert (parted and (parted[0].year, parted[1])) == expected
    assert ("each of UNODC’s totals is" in said(*years)) is bool(expected)


def test_the_lead_gives_the_figures_of_a_register_that_went_the_other_way():
    (beside, own, _), *_ = WAYS
    years = [year(2020 + at, mine, other) for at, (mine, other) in enumerate(zip(own, beside, strict=True))]
    assert registers_words.against(EN, register(*years, year(2024, 790))) == (
        "After 2020, UNODC’s totals are all lower than its 824 for 2020. Those of the state’s own register are all "
        "higher than its 681 for 2020: 936 for 2023 and 790 for 2024."
    )
    # A later total of the register alone is not above that of 2020.
    assert registers_words.against(EN, register(*years, year(2024, 681))) == ""


def test_nothing_is_said_of_the_way_of_contradicted_totals():
    (beside, own, _), *_ = WAYS
    years = [
        year(2020 + at, mine, other, sex=other + 1) for at, (mine, other) in enumerate(zip(own, beside, strict=True))
    ]
    assert register(*years).parted is None


def test_the_register_has_a_say_only_where_the_last_total_is_contradicted():
    before, last = year(2022, 631, 631), year(2023, 583, 308, sex=583)
    assert registers_words.verdict(EN, register(before, last, year(2024, 669))) == (
        "The state’s own register has 583, too (631 for 2022 and 669 for 2024)."
    )
    assert registers_words.verdict(EN, register(last)) == ""
    assert registers_words.verdict(EN, register(before, year(2023, 583, 308))) == ""


# ---------------------------------------------------------------- the published rows


def test_the_published_registers_are_compared_year_by_year():
    (peru,), (mexico,) = registers("PER"), registers("MEX")
    assert [one.year for one in peru.years if one.same] == [2017, 2018, 2019, 2020, 2021, 2022]
    (apart,) = (one for one in peru.years if one.contradicted)
    assert apart == ComparedYear(
        2023, (583, 583), (308, 308), {"sex": (583, 583), "age": (583, 583)}, "sexual_exploitation"
    )
    assert mexico.parted
    assert (mexico.parted[0].year, mexico.parted[1]) == (2020, True)
    assert not any(one.same for one in mexico.years)
    assert registers("COL") == ()


def test_the_form_is_no_reason_where_no_other_form_is_above_zero():
    figures = store.tables().table("observations").collect()
    other = (pl.col("area") == "PER") & (pl.col("year") == 2023) & (pl.col("form") == "forced_labour")
    without = store.tables().replaced(observations=figures.filter(~other).lazy())
    (peru,) = registers.of(without, "PER")
    assert [one.form for one in peru.years if one.contradicted] == [""]


def test_an_earlier_release_changes_only_what_stands_beside():
    (peru,) = registers("PER", "2025-04-14")
    assert [one.own[0] for one in peru.years] == [725, 734, 509, 372, 535, 631, 583, 669]
    assert [one.beside for one in peru.years][-2:] == [None, None]


def test_a_register_is_in_no_sum_series_or_list_of_counts():
    assert not {*manifest.counts()} & {*manifest.registers()}
    assert explore_query.panels(("detected_victims", PERU, MEXICO)) == (("detected_victims",), (PERU,), (MEXICO,))
    assert set(query.others("PER")["source"]) == {"unsd_sdg"}
    assert not {"national_peru", "national_mexico"} & {*query.other_sources()}


def content(address: str) -> str:
    """The words of a document."""
    page = asyncio.run(at(address)).content.decode()
    main = re.search("<main.*</main>", page, re.DOTALL)
    assert main
    return " ".join(unescape(re.sub("<[^>]+>", " ", main[0])).split())


@pytest.mark.parametrize("code", LANGUAGES)
def test_did_detected_victims_in_peru_fall_in_2023(code):
    """It cannot be said from UNODC's total; its parts and the register say 583, after 631."""
    lang = language(code)
    words, (peru,) = content(f"/{code}/country/PER"), registers("PER")
    verdict = registers_words.verdict(lang, peru)
    assert {"583", "631", "2022"} <= {*re.findall(r"\d+", verdict)}
    assert registers_words.title(lang) in words
    for sentence in (verdict, *sentences(lang, peru)):
        assert words.count(" ".join(sentence.split())) == 1
    # It stands above the key figures.
    assert words.index(" ".join(verdict.split())) < words.index(" ".join(lang.text("Source: victims").split()))
    assert verdict != registers_words.verdict(EN, peru) or code == "en"


@pytest.mark.parametrize("code", LANGUAGES)
def test_mexico_says_what_the_register_covers_and_that_neither_errs(code):
    lang = language(code)
    words, (mexico,) = content(f"/{code}/country/MEX"), registers("MEX")
    for sentence in (registers_words.covered(lang, mexico), *sentences(lang, mexico)):
        assert " ".join(sentence.split()) in words


def test_a_state_without_a_register_has_no_such_section():
    assert registers_words.title(EN) not in content("/en/country/COL")


def test_the_rows_of_both_are_a_file_and_each_passport_names_the_other():
    file = asyncio.run(at("/en/country/PER/register.csv")).content
    rows = pl.read_csv(file, comment_prefix="#").filter(year=2023, sex="total").sort("indicator")
    assert rows.select("indicator", "low", "counting_unit").rows() == [
        ("detected_victims", 308.0, "not_stated"),
        (PERU, 583.0, "victims_in_complaints"),
    ]
    opened = content(f"/en/country/PER?figure={PERU}.2023")
    assert "Sum of 22 records of the file. State of the figure" in opened
    assert "Beside it, for comparison Detected victims: 308" in opened
    assert "Victims in complaints to the police: 583" in content("/en/country/PER?figure=detected_victims.2023")


def test_briefing_and_scene_say_in_one_sentence_where_both_agree_and_differ():
    values = read(COUNTRY_PAGE.filters, {"area": ("PER",)}).values
    rows = store.tables().observations().filter(area="PER", sex="total", age="total", form="total").collect()
    own = dict(rows.filter(indicator=PERU).select("year", "low").iter_rows())
    theirs = dict(rows.filter(indicator="detected_victims").select("year", "low").iter_rows())
    same = [year for year in own if own[year] == theirs.get(year)]
    assert (min(same), max(same), len(same)) == (2017, 2022, 6)
    assert [year for year in own if year in theirs and year not in same] == [2023]
    expected = "Peru, police register of complaints: its totals equal UNODC’s for 2017–2022 and differ for 2023."
    assert expected in COUNTRY_PAGE.glance(EN, values).remarks
    shown, response = [part for part in COUNTRY_PAGE.paper.parts(EN, values) if part.kind == "time"]
    assert [*shown.remarks] == [expected]
    assert any("police register of complaints" in line for line in shown.releases)
    assert not response.remarks
    others = read(COUNTRY_PAGE.filters, {"area": ("CRI",)}).values
    assert not any("its totals" in line for line in COUNTRY_PAGE.glance(EN, others).remarks)


def test_a_register_that_always_agrees_or_never_does_has_half_of_that_sentence():
    assert registers_words.brief(EN, register(year(2017, 7, 7))).endswith(": its totals equal UNODC’s for 2017.")
    assert registers_words.brief(EN, register(year(2017, 7, 8))).endswith(": its totals differ from UNODC’s for 2017.")
    assert registers_words.brief(EN, register(year(2017, 7))) == ""
