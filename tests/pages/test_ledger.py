"""The page on the declaration as a reader sees it, compared with the table `evidence` counted in plain Python."""

import csv
import re
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from dashboard import store
from dashboard.export import cited_view
from dashboard.shell import layout, navigation
from dashboard.subjects.explore import filters as explore_filters
from dashboard.subjects.ledger import files as ledger_files
from dashboard.subjects.ledger import filters as ledger_filters
from dashboard.subjects.ledger import words as ledger_words
from dashboard.subjects.ledger.query import Filter
from dashboard.words import terms
from dashboard.words.ledger_vocabulary import REASONS
from data import declaration_text
from data.declaration import MEASURES, OBJECTIVES, THEMES, TITLES
from data.i18n import LANGUAGES, language
from tests.pages.test_figures import EN, opened
from tests.pages.test_report_preview import submitting

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
PARAGRAPHS = range(1, 33)
FACTS = {30}


def declared() -> dict[int, dict[str, str]]:
    with (REFERENCE / "commitments.csv").open(encoding="utf-8", newline="") as file:
        return {int(row["paragraph"]): row for row in csv.DictReader(file)}


@cache
def newest() -> list[dict]:
    """The last version of each entry."""
    last: dict[str, dict] = {}
    for row in store.tables().table("evidence").collect().iter_rows(named=True):
        if row["id"] not in last or last[row["id"]]["version"] < row["version"]:
            last[row["id"]] = row
    return list(last.values())


def states_with(paragraph: int) -> tuple[set[str], set[str], set[str]]:
    """The states with a document or fact that counts, those with no more than a figure, and with background alone."""
    mine, figure, older = set(), set(), set()
    for row in newest():
        if row["paragraph"] != paragraph or len(row["actor"]) != 3 or row["grade"] == "reply":
            continue
        if paragraph in FACTS:
            counts = row["kind"] == "treaty"
        else:
            counts = row["grade"] not in {"background", "figure"} and row["actor"] != "CUB"
        if counts:
            mine.add(row["actor"])
        elif row["grade"] == "figure" and row["actor"] != "CUB":
            figure.add(row["actor"])
        elif row["grade"] == "background" and not (row["actor"] == "CUB" and paragraph not in FACTS):
            older.add(row["actor"])
    return mine, figure - mine, older - mine - figure


def words(app) -> str:
    return " ".join(text.value.replace("\\", "") for text in app.markdown)


def shown(app, key):
    return next(frame.value for frame in app.dataframe if frame.key == key)


def test_the_table_of_paragraphs_counts_as_plain_python_does():
    table = next(frame.value for frame in opened("declaration").dataframe if "Addressed to" in frame.value)
    assert len(table) == 32
    commitments = declared()
    for number, (_, row) in zip(PARAGRAPHS, table.iterrows(), strict=True):
        mine, figure, older = states_with(number)
        of = commitments[number]["counted_of"]
        assert row["Paragraph"].startswith(f"{number}. ")
        assert row["Document, or treaty"] == (f"{len(mine)} of {of}" if mine else "")
        assert row["Figure only"] == (str(len(figure)) if figure else "")
        assert row["Earlier source"] == (str(len(older)) if older else "")
        nothing = int(of) - len(mine) - len(figure) - len(older) if of else 0
        assert row["Nothing found"] == (str(nothing) if nothing else "")


def test_no_entry_from_before_the_declaration_is_counted():
    for row in newest():
        if row["grade"] not in {"background", "reply"} and row["paragraph"] not in FACTS:
            years = [row["period_from"] and row["period_from"].year, row["year"], row["date"] and row["date"].year]
            year = next((known for known in years if known), None)
            assert year is not None, row["id"]
            assert year >= 2018, row["id"]
            # Of a law of 2018 the day has to be known.
            assert row["kind"] != "law" or year > 2018 or row["date"], row["id"]
            assert row["date"] is None or row["date"] >= date(2018, 3, 7), row["id"]


def test_two_commitments_have_a_document_issued_since_the_declaration():
    """Both are laws of the reviewed list: one of a later year, one of 2018 whose day is known."""
    since = {
        row["actor"]: row
        for row in newest()
        if row["paragraph"] and row["paragraph"] not in FACTS and row["grade"] not in {"background", "figure", "reply"}
    }
    with (REFERENCE / "laws.csv").open(encoding="utf-8", newline="") as file:
        laws = [row for row in csv.DictReader(file) if row["title"]]
    later = {row["area"] for row in laws if int(row["year"] or 0) > 2018 or row["date"] >= "2018-03-07"}
    assert {*since} == later == {"GUY", "URY"}
    assert {row["kind"] for row in since.values()} == {"law"}
    assert since["URY"]["date"] == date(2018, 7, 20)


@pytest.mark.parametrize("number", [1, 9, 14, 23, 26, 30, 31])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_paragraph_s_view_says_what_it_is_and_how_many_states_have_evidence(number, lang):
    app, spoken = opened("declaration", lang=lang, paragraph=str(number)), language(lang)
    assert not app.exception
    text, of = words(app), declared()[number]["counted_of"]
    assert any(f"{number}. {spoken.text(TITLES[number])}" in head.value for head in app.header)
    assert spoken.text(MEASURES[number]) in text
    assert spoken.text(THEMES[declared()[number]["theme"]]) in text
    if of:
        kind = "fact" if number in FACTS else "progress"
        mine, figure, _ = states_with(number)
        count = {"n": len(mine), "counted_of": int(of), "kind": kind, "figure": len(figure)}
        titles = [chart.proto.alt for chart in app.get("plotly_chart")]
        assert any(ledger_words.counted(spoken, count)[1:] in title for title in titles)
        assert re.search(r"(?<![\d.,-])0 (?:of|de|sur)\b", text) is None
    else:
        assert any(terms.term(spoken, "addressed", declared()[number]["actor"]) in box.value for box in app.info)


def test_the_list_of_a_paragraph_holds_its_entries_and_a_state_s_own():
    mine = [row for row in newest() if row["paragraph"] == 23]
    assert len(mine) > 30
    assert len(shown(opened("declaration", paragraph="23"), "table.entries")) == len(mine)
    table = shown(opened("declaration", paragraph="23", state="CRI"), "table.entries")
    assert set(table["State or body"]) == {"Costa Rica"}
    assert len(table) == sum(row["actor"] == "CRI" for row in mine)


def test_a_treaty_act_is_a_fact_on_its_paragraph_and_background_elsewhere():
    for number, grade in ((30, "Treaty status"), (3, "Earlier source (before March 2018)")):
        table = shown(opened("declaration", paragraph=str(number), whose="CRI"), "table.entries")
        assert set(table["Type of source"]) == {grade}


def test_the_rule_of_a_paragraph_is_the_declared_one():
    expected = defaultdict(list)
    for name in ("questions.csv", "hti_measures.csv"):
        with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                expected[int(row["paragraph"])].append(row["reason"])
    for number in (1, 6, 13, 23, 30):
        frames = [frame.value for frame in opened("declaration", paragraph=str(number)).dataframe]
        rules = [list(frame["Why"]) for frame in frames if "Why" in frame]
        assert [sorted(reasons) for reasons in rules] == [sorted(reasons) for reasons in [expected[number]] if reasons]


def test_every_reason_of_a_rule_is_a_message():
    for name in ("questions.csv", "hti_measures.csv"):
        with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
            assert {row["reason"] for row in csv.DictReader(file)} <= set(REASONS)


@pytest.fixture
def links(monkeypatch) -> list[tuple[str, dict[str, str]]]:
    """Every link that a page makes: to which page, with which parameters."""
    made = []
    monkeypatch.setattr(layout, "link", lambda _lang, page, _label, **ids: made.append((page, ids)))
    return made


def test_each_paragraph_with_an_indicator_leads_to_a_page_that_shows_it(links):
    every = {number: list(filter(None, row["indicators"].split(";"))) for number, row in declared().items()}
    assert sum(map(bool, every.values())) >= 4
    for number, named in every.items():
        links.clear()
        opened("declaration", paragraph=str(number))
        assert [ids["indicators"] for page, ids in links if page == "explore"] == named
    for code in {code for named in every.values() for code in named}:
        app = opened("explore", indicators=code)
        assert app.session_state[explore_filters.INDICATORS.name] == [code]
        assert not app.warning


def test_a_paragraph_links_to_its_neighbours_and_to_related_pages(links):
    opened("declaration", paragraph="26")
    assert ("coverage", {}) in links
    assert [ids["paragraph"] for page, ids in links if page == "declaration"] == ["all", "25", "27"]
    links.clear()
    opened("declaration", paragraph="25")
    assert ("routes", {}) in links
    links.clear()
    opened("declaration", paragraph="1")
    assert [ids["paragraph"] for page, ids in links if page == "declaration"] == ["all", "2"]
    links.clear()
    opened("declaration", paragraph="30")
    assert (("instruments", {}) in links) is ("instruments" in navigation.scripts())


@pytest.mark.parametrize("lang", [code for code in LANGUAGES if code != "en"])
def test_every_paragraph_theme_and_objective_has_its_words_in_every_language(lang):
    spoken = language(lang)
    assert set(TITLES) == set(MEASURES) == set(PARAGRAPHS)
    assert set(OBJECTIVES) == set(range(1, 8))
    for table in (TITLES, MEASURES, THEMES, OBJECTIVES):
        assert [english for english in table.values() if spoken.catalogue.gettext(english) == english] == []
    assert len({spoken.text(title) for title in TITLES.values()}) == 32


def test_theme_objective_and_addressee_are_filters():
    def matrix(**chosen):
        return ledger_filters.matrix_selection(lambda spec: chosen.get(spec.name, spec.default))

    commitments = declared()
    legal = {number for number, row in commitments.items() if row["theme"] == "legal_framework"}
    assert set(matrix(theme=["legal_framework"]).paragraphs) == legal
    assert set(matrix(objective=["5"]).paragraphs) == {18, 19}
    assert set(matrix(addressed="OAS-GS").paragraphs) == {9, 28, 32}
    assert set(matrix(addressed="COLLECTIVE").paragraphs) == {14, 24, 29, 31}
    # No paragraph fits both: an empty selection would mean everything.
    assert matrix(addressed="OAS-GS", theme=["prevention"]).paragraphs == (0,)
    assert matrix().paragraphs == ()


def test_paraguay_s_reservation_and_the_special_cases_of_states_are_explained():
    assert any("ad referendum" in box.value for box in opened("declaration", paragraph="23", whose="PRY").info)
    for area in ("CUB", "NIC", "VEN"):
        app = opened("declaration", paragraph="26", whose=area)
        assert any("OAS" in box.value for box in app.info), area


def test_the_page_says_what_it_is_not():
    text = words(opened("declaration"))
    assert "“Nothing found” does not mean that nothing was done." in text
    assert "We do not score or rank states" in text
    assert "2023–2028" in text
    assert "overdue" not in text.lower()


def test_a_row_opens_its_source():
    entry = next(row for row in newest() if row["kind"] == "law" and row["actor"] == "CRI")
    app = opened("declaration", paragraph="23", entry=entry["id"])
    text = words(app)
    assert entry["title"] in text
    assert "SHA-256" in text
    assert entry["locator"].partition("#")[0] in text
    assert any(store.snapshot().id in code.value for code in app.code)


def test_an_unknown_entry_is_reported_as_missing():
    app = opened("declaration", paragraph="23", entry="law:XYZ")
    assert any("is not in this table" in box.value for box in app.info)


def of_state(area: str) -> dict[int, str]:
    """The strongest source of each paragraph of a state, in plain Python; paragraphs without one are left out."""
    order = ["background", "figure", "fact", "public_document", "state_report", "reviewed"]
    best: dict[int, str] = {}
    for row in newest():
        if row["actor"] == area and row["paragraph"] and row["grade"] != "reply":
            grade = "fact" if row["paragraph"] in FACTS and row["kind"] == "treaty" else row["grade"]
            best[row["paragraph"]] = max(grade, best.get(row["paragraph"], grade), key=order.index)
    return best


def finding(area: str) -> str:
    """The sentence on a state, from the counts in plain Python."""
    best, paragraphs = of_state(area), [n for n, row in declared().items() if row["counted_of"]]
    since = sum(grade not in {"background", "figure", "fact"} for grade in best.values())
    figures = sum(grade == "figure" for grade in best.values())
    documents = "documents" if since > 1 else "a document"
    newest = (
        f"; for {since} of them {documents} issued since March 2018"
        if since
        else ", but no document issued since March 2018"
    )
    parts = [f"sources found for {len(best)} of {len(paragraphs)} paragraphs{newest}"]
    parts += [f"for {figures} of them, only figures"] if figures else []
    return f"{EN.country(area)}: {'; '.join(parts)}"


@pytest.mark.parametrize("area", ["CRI", "HTI", "LCA", "USA", "GUY", "PRY"])
def test_one_state_opens_on_what_is_known_with_the_gap_in_one_line(area):
    app = opened("declaration", state=area)
    assert finding(area) in [head.value for head in app.header]
    (known,) = [element.value for element in app.table if "What we found" in element.value]
    numbers = [int(cell.replace("\\", "").split(".")[0]) for cell in known["Paragraph"]]
    assert numbers == sorted(of_state(area))
    words_of = {"background": "Earlier source", "figure": "A figure, not an action", "fact": "Treaty status"}
    grades = [cell.replace("\\", "") for cell in known["Source"]]
    expected = [words_of.get(of_state(area)[number], "Public document") for number in numbers]
    assert all(grade.startswith(word) for grade, word in zip(grades, expected, strict=True))
    gap = sorted({n for n, row in declared().items() if row["counted_of"]} - set(numbers))
    assert f"Nothing found for paragraphs {', '.join(map(str, gap[:-1]))} and {gap[-1]}." in words(app)
    assert not any(frame.key == "table.paragraphs" for frame in app.dataframe)


@pytest.mark.parametrize("area", ["CRI", "HTI", "USA", "URY"])
def test_a_state_s_page_shows_its_part_of_the_declaration(links, area):
    best, paragraphs = of_state(area), [n for n, row in declared().items() if row["counted_of"]]
    grades = list(best.values())
    counts = {
        "with a document issued since March 2018": sum(one not in {"background", "figure", "fact"} for one in grades),
        "with treaties that it joined": grades.count("fact"),
        "with figures only": grades.count("figure"),
        "with sources from before March 2018 only": grades.count("background"),
        "with nothing found": len(paragraphs) - len(best),
    }
    # A count of zero has no part in the sentence.
    kinds = EN.listing(f"{n} {kind}" for kind, n in counts.items() if n)
    shown_words = words(opened("country", area=area))
    assert f"Of the declaration’s {len(paragraphs)} paragraphs addressed to each state: {kinds}." in shown_words
    assert counts["with nothing found"] > 0
    assert shown_words.count("“Nothing found” does not mean that nothing was done.") == 1
    assert ("declaration", {"scope": "state", "area": area}) in links


def test_the_choice_of_a_state_survives_that_of_a_paragraph():
    app = opened("declaration", state="CRI")
    app.selectbox(key="paragraph").select("26").run()
    assert not app.exception
    assert set(shown(app, "table.entries")["State or body"]) == {"Costa Rica"}
    assert app.session_state["area"] == "CRI"
    app.selectbox(key="paragraph").select("23").run()
    assert set(shown(app, "table.entries")["State or body"]) == {"Costa Rica"}


@pytest.mark.parametrize(
    "address", [{"state": "CRI"}, {"whose": "CRI"}, {"area": "CRI"}, {"scope": "state", "area": "CRI"}]
)
def test_an_address_that_names_one_state_lists_only_its_entries(address):
    app = opened("declaration", paragraph="26", **address)
    assert set(shown(app, "table.entries")["State or body"]) == {"Costa Rica"}
    mine = [row for row in newest() if row["paragraph"] == 26 and row["actor"] == "CRI"]
    assert len(shown(app, "table.entries")) == len(mine)
    assert app.session_state["scope"] == "state"


def test_an_address_of_the_region_keeps_the_region():
    app = opened("declaration", paragraph="26", scope="region", area="CRI")
    assert len(set(shown(app, "table.entries")["State or body"])) > 20
    several = opened("declaration", paragraph="26", state="CRI,HND")
    assert set(shown(several, "table.entries")["State or body"]) == {"Costa Rica", "Honduras"}


def test_a_body_keeps_its_own_filter():
    app = opened("declaration", paragraph="29", whose="COLLECTIVE")
    assert app.session_state["whose"] == "COLLECTIVE"
    assert app.session_state["scope"] == "region"


# The marks of a command line.
COMMANDS = ("python -m", ".venv", "$ ", "make ")


@pytest.mark.parametrize("address", [{}, {"state": "CRI"}, {"paragraph": "26"}, {"paragraph": "26", "state": "CRI"}])
def test_no_command_is_on_the_page(address):
    app = submitting(**address)
    shown_words = [
        *(text.value for text in (*app.markdown, *app.caption, *app.info)),
        *(code.value for code in app.code),
    ]
    assert not [text for text in shown_words for mark in COMMANDS if mark in text]


@pytest.mark.parametrize("area", ["CUB", "NIC", "VEN", "PRY"])
def test_a_state_s_standing_is_said_once_on_its_view(area):
    app = opened("declaration", state=area)
    notes = [box.value for box in app.info]
    assert len(notes) == len(set(notes)) == 1
    assert not any(notes[0] in text.value for text in app.markdown)


SAMPLE = Path(__file__).parents[1] / "etl" / "recorded" / "declaration" / "declaration_text_sample.csv"


@pytest.fixture
def loaded(monkeypatch):
    """The declaration's file with the sample's words, which are made up."""
    rows = declaration_text.paragraphs(SAMPLE)
    monkeypatch.setattr(declaration_text, "paragraphs", lambda: rows)


# The words of paragraph 26 of the sample by language of the reader: Spanish and French have their own.
SHOWN = {
    "en": "Palabras de muestra para pruebas: indicadores",
    "es": "Palabras de muestra para pruebas: indicadores",
    "pt": "Palabras de muestra para pruebas: indicadores",
    "fr": "Mots d’échantillon pour les tests\u202f: indicateurs",
}


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_loaded_words_are_shown_with_their_document_or_in_another_language(lang):
    app = opened("declaration", lang=lang, paragraph="26")
    text = words(app)
    assert SHOWN[lang].replace("\u202f", " ") in text.replace("\u202f", " ")
    code = "fr" if lang == "fr" else "es"
    captions = " ".join(caption.value.replace("\\", "") for caption in app.caption)
    assert f"SAMPLE/DOC.1 ({code})" in captions
    assert (language(lang).language_name("es") in captions) is (lang in {"en", "pt"})
    # The picture's description, which is also the note of a scene, has them too.
    assert any(SHOWN[lang].split(" ")[0] in text.value for text in app.markdown[1:])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_loaded_words_the_number_of_the_document_is_given(lang):
    app = opened("declaration", lang=lang, paragraph="26")
    captions = " ".join(caption.value for caption in app.caption)
    assert "CSH/GT/RTP V-4/17 rev. 6" in captions
    assert language(lang).date("2018-03-07") in captions
    assert not any(text.value.startswith(">") for text in app.markdown)


def test_the_cells_can_be_downloaded_with_their_sources():
    view = ledger_files.cells(EN, Filter())
    rows = cited_view.rows_of(view)
    # 28 paragraphs of 35 states, two of them with a cell of all together; three of the secretariat, one of all.
    assert rows.height == sum(35 * bool(row["counted_of"]) for row in declared().values()) + 3 + 4
    progress = [number for number in PARAGRAPHS if number not in FACTS and declared()[number]["counted_of"]]
    for grade, place in (("public_document", 0), ("figure", 1)):
        outside = {number for number in progress if best(number, "CUB") == grade}
        assert rows.filter(grade=grade).height == sum(len(states_with(n)[place]) for n in progress) + len(outside)
    assert set(view.sources) == {row["source"] for row in newest()}


def best(number: int, actor: str) -> str:
    """The best grade of an actor's entries on a paragraph."""
    grades = ["", "background", "figure", "public_document"]
    mine = [row["grade"] for row in newest() if (row["paragraph"], row["actor"]) == (number, actor)]
    return grades[max(map(grades.index, mine), default=0)]
