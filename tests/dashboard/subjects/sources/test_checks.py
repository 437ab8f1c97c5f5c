"""Results of checks by code and values: every code has words in the reader's language."""

import polars as pl
import pytest

from dashboard.subjects.sources import checks as sources_checks
from data.i18n import LANGUAGES, language
from etl.checking import result

EN, FR = language("en"), language("fr")
TWELVE = [("unodc_glotip", f"offences CRI {year}") for year in range(2006, 2020)]


def check(saw, expected=None):
    verdict = result.verdict("figures above population", saw, expected or result.none(), passed=False)
    return {"saw": verdict.saw, "expected": verdict.expected, "seen": verdict.seen, "wanted": verdict.wanted}


SEEN = [
    (result.none("none lost"), "none", "aucun cas"),
    (result.coded("repeated", "3 repeated", n=3), "3 repeated", None),
    (
        result.of_sources([("unodc_glotip", "detected_victims PER 2020"), ("hti", "transit CRI 2009")]),
        "2 of R. Frank, Human Trafficking Indicators and UNODC, Global Report on Trafficking in Persons: "
        "Detected victims, Peru, 2020; Transit, Costa Rica, 2009",
        None,
    ),
    (
        result.of_sources([("unodc_glotip", "evidence BOL-? 2019")]),
        "1 of UNODC, Global Report on Trafficking in Persons: Evidence on the Declaration, Bolivia → ?, 2019",
        None,
    ),
    (
        result.of_sources([("unodc_glotip", "detected_victims CRI 2022 sex:female age:0-17 16→24")]),
        "1 of UNODC, Global Report on Trafficking in Persons: Detected victims, Costa Rica, 2022, Female, "
        "Children (0–17 years), 16→24",
        None,
    ),
    (result.coded("rows", "24,218", n=24218), "24,218", "24 218"),
    (result.coded("within", "", n=1587, share=15), "within 15% of 1,587", None),
    (
        result.coded("rows", "", n=12, parts={"untoc": 12}),
        "Convention against Transnational Organized Crime (2000): 12",
        None,
    ),
    (result.coded("ours", "0 of ours", n=0), "0 of ours", None),
    (result.several(["untc 2014-01 untoc"]), "United Nations Treaty Collection", None),
    (
        result.several(["hti undated"]),
        "R. Frank, Human Trafficking Indicators, undated",
        "R. Frank, Human Trafficking Indicators, sans date",
    ),
    (
        result.coded("undeclared", "", rows=[[2, "2025-04-14"]], source="unodc_glotip", held=["2025-10-28"]),
        "flow_releases.csv; row 2: 14 April 2025; available releases of UNODC, Global Report",
        None,
    ),
    (result.coded("entries", "31 entries", n=31), "31 entries", "31 entrées"),
    (
        result.coded("entries_off", "", lacks=["law:CRI"], has=["treaty:untoc:signature:VEN:30"]),
        "missing: law:CRI; without a reason: treaty:untoc:signature:VEN:30",
        None,
    ),
    (result.coded("as_dated", "according to their date"), "according to their date", None),
    (result.coded("error", "", error="KeyError('x')"), "cannot be read: KeyError('x')", None),
]


@pytest.mark.parametrize(("saw", "english", "french"), SEEN)
def test_check_results_are_described_from_their_values(saw, english, french):
    text = sources_checks.value_words(EN, check(saw), "seen", "saw")
    assert text.startswith(english)
    if french:
        assert sources_checks.value_words(FR, check(saw), "seen", "saw").replace("\u202f", " ") == french


def test_checks_that_ask_come_after_those_that_failed():
    nothing = {"saw": "none", "expected": "none", "seen": {"code": "none"}, "wanted": {"code": "none"}}
    rows = [
        {"name": "years lost", **nothing, "passed": True, "asked": False},
        {"name": "totals outside the range of their series", **nothing, "passed": True, "asked": True},
        {"name": "changes beyond the usual", **nothing, "passed": False, "asked": False},
    ]
    table = sources_checks.checks(rows, EN)
    assert table["Result"].to_list() == ["not as expected", "to review", "as expected"]
    assert table["Check"].to_list()[:2] == [
        "Figures changed more than any revision so far",
        "Totals outside the range of the years around them",
    ]
    assert sources_checks.checks(rows, FR)["Résultat"].to_list()[1] == "à vérifier"


def test_items_beyond_the_limit_are_counted():
    text = sources_checks.value_words(EN, check(result.of_sources(TWELVE)), "seen", "saw")
    assert text.count("Costa Rica") == result.TO_LOOK_AT
    assert text.endswith("and 2 more")


@pytest.mark.parametrize("code", LANGUAGES)
def test_unknown_codes_stay_as_recorded(code):
    row = {"saw": "3: a word", "expected": "none", "seen": {"code": "of another day"}, "wanted": {}}
    assert sources_checks.value_words(language(code), row, "seen", "saw") == "3: a word"


def test_every_code_that_a_build_writes_has_words():
    import ast
    from pathlib import Path

    written = set()
    for path in Path("etl").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "coded":
                written.add(node.args[0].value)
    written |= {"within"}
    assert written <= set(sources_checks.FACTS)
    assert set(sources_checks.FACTS) <= written | {"none"}
    assert pl.DataFrame(sorted(written)).height > 5
