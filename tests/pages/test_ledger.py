"""The page on the declaration as a reader sees it, compared with the table `evidence` counted in plain Python."""

import csv
import re
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from dashboard import menu, store
from dashboard.export import cited_view
from dashboard.stage.drawn import drawn
from dashboard.subjects.explore import filters as explore_filters
from dashboard.subjects.ledger import files as ledger_files
from dashboard.subjects.ledger import filters as ledger_filters
from dashboard.subjects.ledger import words as ledger_words
from dashboard.subjects.ledger.query import EntryFilter
from dashboard.views.page import Code, Graphic, Link, Links, Pairs, Passport, Table, Text
from dashboard.words import terms
from data import declaration_text
from data.declaration import MEASURES, OBJECTIVES, THEMES, TITLES
from data.i18n import LANGUAGES, language
from tests.dashboard.stage.test_wire import request_for
from tests.pages.declared import Declared, lines
from tests.pages.declared import declared as declared_page
from tests.pages.test_figures import EN, opened
from tests.pages.test_report_preview import submitting

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
PARAGRAPHS = range(1, 33)
FACTS = {30}
# The sources of actions on treaties.
ACTS = {"oas_treaties", "reference", "un_hr_status", "untc", "untc_more"}


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


def page(lang: str = "en", **address: str) -> Declared:
    return declared_page("declaration", lang, **address)


def table(found: Declared, name: str) -> dict[str, list[str]]:
    """The columns of a table of the page, by heading."""
    (one,) = (block for block in found.every(Table) if block.name == name)
    return one.sheet.rows.to_pydict()


def headings(found: Declared) -> list[str]:
    return [section.heading for section in found.sections if section.heading]


def notices(found: Declared) -> list[str]:
    return [sentence for text in found.every(Text) if text.kind == "notice" for sentence in text.paragraphs]


def small(found: Declared) -> str:
    return " ".join(sentence for text in found.every(Text) if text.kind == "small" for sentence in text.paragraphs)


def links(found: Declared) -> list[Link]:
    return [*found.every(Link), *(link for row in found.every(Links) for link in row.links)]


def figures(found: Declared, lang: str = "en") -> list[str]:
    """What the figures say, as drawn: titles, descriptions and what is behind "About this figure"."""
    every = [drawn(request_for(one.name, lang, **one.values)) for one in found.every(Graphic)]
    return [" ".join([made.alt, *made.about]) for made in every]


def shown(app, key):
    return next(frame.value for frame in app.dataframe if frame.key == key)


def test_the_table_of_paragraphs_counts_as_plain_python_does():
    columns = table(page(), "paragraphs")
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    assert len(rows) == 32
    commitments = declared()
    for number, row in zip(PARAGRAPHS, rows, strict=True):
        mine, figure, older = states_with(number)
        of = commitments[number]["counted_of"]
        assert row["Paragraph"].startswith(f"{number}. ")
        assert row["Document, or treaty"] == (f"{len(mine)} of {of}" if mine else "")
        assert row["Figure only"] == (str(len(figure)) if figure else "")
        assert row["Earlier or undated source"] == (str(len(older)) if older else "")
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


def test_three_commitments_have_a_document_issued_since_the_declaration():
    """Two are laws of the reviewed list, one of a later year, one of 2018 whose day is known; one is a treaty's act."""
    since = {
        row["actor"]: row
        for row in newest()
        if row["paragraph"] and row["paragraph"] not in FACTS and row["grade"] not in {"background", "figure", "reply"}
    }
    with (REFERENCE / "laws.csv").open(encoding="utf-8", newline="") as file:
        laws = [row for row in csv.DictReader(file) if row["title"]]
    later = {row["area"] for row in laws if int(row["year"] or 0) > 2018 or row["date"] >= "2018-03-07"}
    # Suriname joined the protocol on children in armed conflict in 2021.
    assert {*since} - {"SUR"} == later == {"GUY", "URY"}
    assert {area: row["kind"] for area, row in since.items()} == {"GUY": "law", "URY": "law", "SUR": "treaty"}
    assert (since["SUR"]["title"], since["SUR"]["year"]) == ("children_in_conflict", 2021)
    assert since["URY"]["date"] == date(2018, 7, 20)


@pytest.mark.parametrize("number", [1, 9, 14, 23, 26, 30, 31])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_paragraph_s_view_says_what_it_is_and_how_many_states_have_evidence(number, lang):
    found, spoken = page(lang, paragraph=str(number)), language(lang)
    text, of = found.words, declared()[number]["counted_of"]
    assert f"{number}. {spoken.text(TITLES[number])}" in headings(found)
    assert spoken.text(MEASURES[number]) in text
    assert spoken.text(THEMES[declared()[number]["theme"]]) in text
    if of:
        kind = "fact" if number in FACTS else "progress"
        mine, figure, _ = states_with(number)
        count = {"n": len(mine), "counted_of": int(of), "kind": kind, "figure": len(figure)}
        (said,) = figures(found, lang)
        assert ledger_words.by_states(spoken, count) in said
        assert all(line in said for line in ledger_words.only_figures(spoken, len(figure)))
        assert re.search(r"(?<![\d.,-])0 (?:of|de|sur)\b", text) is None
    else:
        (notice,) = notices(found)
        assert terms.term(spoken, "addressed", declared()[number]["actor"]) in notice


def test_the_list_of_a_paragraph_holds_its_entries_and_a_state_s_own():
    mine = [row for row in newest() if row["paragraph"] == 23]
    assert len(mine) > 30
    assert len(table(page(paragraph="23"), "entries")["Finding"]) == len(mine)
    listed = table(page(paragraph="23", state="CRI"), "entries")["State or body"]
    assert set(listed) == {"Costa Rica"}
    assert len(listed) == sum(row["actor"] == "CRI" for row in mine)


def test_a_treaty_act_is_a_fact_on_its_paragraph_and_background_elsewhere():
    for number, grade in ((30, "Treaty status"), (3, "Source before March 2018 or undated")):
        entries = table(page(paragraph=str(number), whose="CRI"), "entries")
        assert set(entries["Type of source"]) == {grade}


def test_the_rule_of_a_paragraph_is_the_declared_one():
    expected = defaultdict(list)
    for name in ("questions.csv", "hti_measures.csv"):
        with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                expected[int(row["paragraph"])].append(row["reason"])
    for number in (1, 6, 13, 23, 30):
        sheets = [one.sheet.rows.to_pydict() for one in page(paragraph=str(number)).every(Table)]
        rules = [columns["Why"] for columns in sheets if "Why" in columns]
        assert [sorted(reasons) for reasons in rules] == [sorted(reasons) for reasons in [expected[number]] if reasons]


def test_each_paragraph_with_an_indicator_leads_to_a_page_that_shows_it():
    every = {number: list(filter(None, row["indicators"].split(";"))) for number, row in declared().items()}
    assert sum(map(bool, every.values())) >= 4
    for number, named in every.items():
        to_explore = [link for link in links(page(paragraph=str(number))) if link.page == "explore"]
        assert [link.filters["indicators"] for link in to_explore] == named
        assert all(link.words.startswith(menu.title(EN, "explore")) for link in to_explore)
    for code in {code for named in every.values() for code in named}:
        app = opened("explore", indicators=code)
        assert app.session_state[explore_filters.INDICATORS.name] == [code]
        assert not app.warning


def test_a_paragraph_links_to_its_neighbours_and_to_related_pages():
    for number, neighbours in {"1": ["all", "2"], "26": ["all", "25", "27"], "32": ["all", "31"]}.items():
        mine = [link.filters for link in links(page(paragraph=number)) if not link.page]
        assert [filters["paragraph"] for filters in mine] == neighbours
        # The passport of an entry of this paragraph is closed.
        assert all(filters["entry"] == "" for filters in mine)
    for number, slug in {"3": "instruments", "25": "routes", "26": "coverage", "30": "instruments"}.items():
        (related,) = (link for link in links(page(paragraph=number)) if link.page not in {"", "explore", "about"})
        assert related.page == slug
        assert related.words == f"See also: {menu.title(EN, slug)}"


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
    assert any("ad referendum" in notice for notice in notices(page(paragraph="23", whose="PRY")))
    for area in ("CUB", "NIC", "VEN"):
        assert any("OAS" in notice for notice in notices(page(paragraph="26", whose=area))), area


def test_the_page_says_what_it_is_not():
    found = page()
    text = " ".join([*figures(found), *found.sentences])
    assert "“Nothing found” does not mean that nothing was done." in text
    assert "We do not score or rank states" in text
    assert "2023–2028" in text
    assert "overdue" not in text.lower()


def test_a_row_opens_its_source():
    entry = next(row for row in newest() if row["kind"] == "law" and row["actor"] == "CRI")
    (passport,) = page(paragraph="23", entry=entry["id"]).every(Passport)
    text = "\n".join(line for block in passport.blocks for line in lines(block))
    assert entry["title"] in text
    assert "SHA-256" in text
    assert entry["locator"].partition("#")[0] in text
    assert any(store.snapshot().id in block.text for block in passport.blocks if isinstance(block, Code))
    document = next(block for block in passport.blocks if isinstance(block, Pairs))
    assert document.address == (entry["url"] or "")


def test_an_unknown_entry_is_reported_as_missing():
    assert any("is not in this table" in notice for notice in notices(page(paragraph="23", entry="law:XYZ")))


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
    found = page(state=area)
    assert finding(area) in headings(found)
    known = table(found, "found")
    numbers = [int(cell.split(".")[0]) for cell in known["Paragraph"]]
    assert numbers == sorted(of_state(area))
    words_of = {"background": "Source before March", "figure": "A figure, not an action", "fact": "Treaty status"}
    grades = known["Source"]
    expected = [words_of.get(of_state(area)[number], "Public document") for number in numbers]
    assert all(grade.startswith(word) for grade, word in zip(grades, expected, strict=True))
    gap = sorted({n for n, row in declared().items() if row["counted_of"]} - set(numbers))
    assert f"Nothing found for paragraphs {', '.join(map(str, gap[:-1]))} and {gap[-1]}." in found.words
    assert "paragraphs" not in {one.name for one in found.every(Table)}


@pytest.mark.parametrize("area", ["CRI", "HTI", "USA", "URY"])
def test_a_state_s_page_shows_its_part_of_the_declaration(area):
    best, paragraphs = of_state(area), [n for n, row in declared().items() if row["counted_of"]]
    grades = list(best.values())
    counts = {
        "a document issued since March 2018": sum(one not in {"background", "figure", "fact"} for one in grades),
        "a treaty that the state joined": grades.count("fact"),
        "only figures": grades.count("figure"),
        "only documents from before March 2018 or without a date": grades.count("background"),
        "nothing": len(paragraphs) - len(best),
    }
    # A count of zero has no part in the sentence.
    *most, last_kind = [f"{kind} ({n})" for kind, n in counts.items() if n]
    kinds = f"{', '.join(most)} and {last_kind}"
    app = opened("country", area=area)
    shown_words = " ".join(text.value.replace("\\", "") for text in app.markdown)
    last: dict[str, int] = defaultdict(int)
    for row in newest():
        ends = row["period_to"] or row["date"]
        # Lists of treaty actions stand as of the day of their release, whatever the newest action is.
        year = int(row["release"][:4]) if row["source"] in ACTS else ends.year if ends else row["year"] or 0
        last[row["source"]] = max(last[row["source"]], year)
    assert last.keys() >= ACTS
    early = sum(year <= 2018 for year in last.values())
    assert (
        f"The Declaration addresses {len(paragraphs)} paragraphs to each state. On these we found: {kinds}. Of our "
        f"{len(last)} sources, {early} end in 2018 or before." in shown_words
    )
    assert counts["nothing"] > 0
    assert shown_words.count("“Nothing found” does not mean that nothing was done.") == 1
    (link,) = (link.proto for link in app.get("page_link") if link.proto.page == "declaration")
    assert parse_qs(link.query_string) == {"lang": ["en"], "scope": ["state"], "area": [area]}


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
    # A document says the same.
    assert table(page(paragraph="26", **address), "entries") == shown(app, "table.entries").to_dict("list")


def test_the_page_opens_on_the_state_that_was_chosen_on_another_page():
    app = opened("country", area="HTI")
    app.switch_page(str(menu.scripts()["declaration"])).run()
    assert not app.exception
    assert (app.session_state["scope"], app.session_state["area"]) == ("state", "HTI")


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
    found = page(state=area)
    (note,) = notices(found)
    assert found.sentences.count(note) == 1


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
    found, code = page(lang, paragraph="26"), "fr" if lang == "fr" else "es"
    sentences = [sentence.replace("\u202f", " ") for sentence in found.sentences]
    official = SHOWN[lang].replace("\u202f", " ")
    assert [sentence.strip("“”«» ") for sentence in sentences if official in sentence] == [official]
    assert f"SAMPLE/DOC.1 ({code})" in small(found)
    assert (language(lang).language_name("es") in small(found)) is (lang in {"en", "pt"})
    # The picture's description, which is also the note of a scene, has them too.
    (figure,) = figures(found, lang)
    assert official in figure.replace("\u202f", " ")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_loaded_words_the_number_of_the_document_is_given(lang):
    found = page(lang, paragraph="26")
    assert "CSH/GT/RTP V-4/17 rev. 6" in small(found)
    assert language(lang).date("2018-03-07") in small(found)
    assert language(lang).text("Official text") not in found.words


def test_the_cells_can_be_downloaded_with_their_sources():
    view = ledger_files.cells(EN, EntryFilter())
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
