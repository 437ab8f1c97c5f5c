"""Some twenty treaties: each has its own first and last day wherever it stands, and what binds two states is said."""

import re
from datetime import date
from itertools import pairwise

import plotly.graph_objects as go
import polars as pl
import pytest
from lxml import html

from dashboard import store
from dashboard.catalog import pages
from dashboard.charts.medium import LAPTOP, NARROW, PHONE, TABLET, TEXT, WALL, Medium
from dashboard.charts.render.metrics import width
from dashboard.forms.html.document import document
from dashboard.subjects.pair import tables as pair_tables
from dashboard.subjects.treaties import query, tables, words
from dashboard.subjects.treaties.filters import INSTRUMENTS
from dashboard.subjects.treaties.matrix import treaty_matrix
from dashboard.subjects.treaties.page_figures import CHART, MAP, MATRIX
from dashboard.views.address import read
from dashboard.views.figure import Values
from dashboard.words import terms
from data.i18n import LANGUAGES, language
from data.treaties import bound_from, treaties

EN = language("en")


def address(**given):
    return read(INSTRUMENTS, {name: [text] for name, text in given.items()}).values


def shown(slug, **given):
    """The words of a page, without the options of its controls."""
    page = pages()[slug]
    values = read((*page.path, *page.filters), {name: [text] for name, text in given.items()}).values
    (main,) = html.fromstring(document(EN, page, values)).xpath("//main")
    for one in main.xpath(".//script | .//style | .//option"):
        one.drop_tree()
    return " ".join(main.text_content().split())


@pytest.mark.parametrize("medium", [Medium.picture(1060, 700), WALL, LAPTOP], ids=["picture", "wall", "laptop"])
def test_no_word_of_the_matrix_is_turned_where_there_is_room(medium):
    """Its rows are treaties and its columns the codes of all states; the marks are those of a tablet."""
    values = Values.of({spec.name: spec.default for spec in MATRIX.filters})
    picture, page = (MATRIX.draw(values, EN, one).spec for one in (medium, TABLET))
    assert {
        axis["tickangle"]
        for name, axis in picture["layout"].items()
        if name.startswith("xaxis") and "tickangle" in axis
    } == {0}
    for axis in ("xaxis", "xaxis2"):
        assert {text.replace("<br>", "") for text in picture["layout"][axis]["ticktext"]} == set(store.areas())
    assert {terms.term(EN, "treaty", name) for name in query.shown()} <= set(picture["layout"]["yaxis"]["ticktext"])

    def placed(spec, axis):
        found = [trace for trace in spec["data"] if trace.get("customdata")]
        labels = spec["layout"][axis]
        names = dict(zip(labels["tickvals"], labels["ticktext"], strict=True))
        return {
            (*mark, names[at].replace("<br>", ""))
            for trace in found
            for mark, at in zip(trace["customdata"], trace[axis[0]], strict=True)
        }

    assert {(area, treaty) for area, treaty, _ in placed(picture, "yaxis")} == {
        (area, treaty) for area, treaty, _ in placed(page, "xaxis")
    }
    assert all(area == code for area, _, code in placed(picture, "xaxis"))
    assert all(terms.term(EN, "treaty", treaty) == name for _, treaty, name in placed(picture, "yaxis"))


# ---------------------------------------------------------------- the days of each treaty

# A day in words: the depositaries' last days, in the order of the files.
LAST = {name: EN.date(release) for name, release in query.closings().items()}


@pytest.mark.parametrize("treaty", query.shown())
def test_a_view_of_one_treaty_says_its_own_last_day_and_no_other(treaty):
    """With a second table a map once said the day of that table above a source line of the first."""
    values = Values.of(
        {spec.name: spec.default for spec in MAP.filters} | {"treaty": treaty, "year_end": query.years(treaty)[1]}
    )
    drawn = MAP.draw(values, EN, WALL)
    title = drawn.alt
    assert LAST[treaty] in title
    others = {day for name, day in LAST.items() if day != LAST[treaty]}
    said = [title, *words.beside_map(EN, treaty), tables.standing(EN, "none", query.closings()[treaty])]
    for line in said:
        assert not [day for day in others if re.search(rf"\b{re.escape(day)}\b", line)], line
    # The slider begins with the treaty's own first year, and ends with that of its own table.
    dated = query.acts((treaty,))["date"].drop_nulls()
    first, last = query.years(treaty)
    assert last == query.end(query.closings()[treaty]).year
    assert first == (treaties()[treaty].opened.year if dated.len() else last)


@pytest.mark.parametrize("treaty", query.shown())
def test_the_sources_of_a_map_end_on_the_day_that_its_title_says(treaty):
    rows = query.counted((treaty,))
    newest = max(rows["release"], key=query.end, default=None)
    # Nothing on the map is newer than what the title says; the oldest line may be, where two sources serve.
    assert newest is None or query.end(newest) <= query.end(query.closings()[treaty])


def test_no_page_speaks_of_a_fixed_number_of_treaties_or_of_one_day_for_all():
    days = sorted(set(query.closings().values()), key=query.end)
    assert len(days) > 5
    both = f"{EN.date(days[-1])} at the latest (by treaty; {EN.date(days[0])} at the earliest)"
    for slug, given in (("instruments", {}), ("country", {"area": "HND"}), ("pair", {"one": "HND", "other": "PAN"})):
        text = shown(slug, **given)
        assert both in text, slug
        assert not re.search(r"\b(two|three|both) (treaties|instruments)\b", text, re.IGNORECASE)
        # Where the day of one treaty stands, it stands with that treaty or its own rows.
        assert not re.search(r"Treaty actions up to (?!.{0,40}\(by treaty)[^;]{0,40}2023", text)


def test_a_chart_of_a_subject_says_the_day_of_each():
    drawn = CHART.draw(address(treaty="children_in_conflict", all_treaties="1"), EN, WALL)
    flat = drawn.alt
    assert "25 August 2022 (Rights of the child, Children in armed conflict and Sale of children)" in flat
    assert "14 November 2011 (Traffic in minors)" in flat


def test_a_treaty_without_any_day_is_in_no_chart_and_says_so():
    drawn = CHART.draw(address(treaty="belem_do_para"), EN, WALL)
    assert "Not in the chart, as no day is known: Belém do Pará." in drawn.notes
    assert "No state deposited" not in drawn.alt
    found = query.standings("belem_do_para", 2019)
    assert words.on_map_heading(EN, "belem_do_para", found, 2019, "2019").startswith(
        "32 of 35 states had become parties"
    )


def test_what_our_copy_does_not_show_is_not_called_an_absence():
    rows = query.standings("mutual_assistance", 2021)
    standing = dict(rows.select("area", "standing").iter_rows())
    # The page ends after the United States, Cuba is not on it; Venezuela is a party by another page.
    found = [standing[area] for area in ("URY", "CUB", "VEN", "BRB")]
    assert found == ["unseen", "unseen", "undated", "none"]
    acts = query.acts(("mutual_assistance",)).rows_by_key("area", named=True)
    said = [tables.action(EN, query.closings(), acts[area][0]) for area in ("URY", "BRB")]
    assert said == ["Not in our copy of the table", "No action recorded as of 26 February 2021"]
    # Nor beside another state.
    bound = query.bound(("HND", "URY", "BRB")).filter(instrument="mutual_assistance")
    assert dict(bound.select("area", "unseen").iter_rows()) == {"HND": False, "URY": True, "BRB": False}
    pair = ("BRB", "URY")
    lines = pair_tables.instruments(query.bound(pair), query.laws(), pair, EN, query.closings())
    (line,) = lines.filter(pl.col("Treaty or law") == terms.term(EN, "part", "mutual_assistance")).to_dicts()
    assert [line["Uruguay"], line["Barbados"]] == said
    heading = words.on_map_heading(EN, "mutual_assistance", rows, 2021, "2021-02-26")
    assert heading.endswith("; our copy of the table does not show 2 states")


# ---------------------------------------------------------------- what binds a state, and two


@pytest.mark.parametrize(
    ("wait", "deposit", "expected"),
    [
        ("30d", date(2006, 11, 10), date(2006, 12, 10)),
        ("0d", date(1968, 11, 1), date(1968, 11, 1)),
        ("90d", date(2000, 1, 1), date(2000, 3, 31)),
        ("1mo", date(2002, 1, 31), date(2002, 2, 28)),
        ("3mo+", date(2007, 2, 23), date(2007, 6, 1)),
        ("3mo+", date(2007, 12, 1), date(2008, 4, 1)),
        ("30d", date(1990, 1, 1), date(1995, 5, 5)),
        ("30d", None, None),
    ],
)
def test_a_treaty_binds_a_state_after_its_own_time_and_not_before_it_is_in_force(wait, deposit, expected):
    frame = pl.DataFrame(
        {
            "deposit": [deposit],
            "first": [date(1995, 5, 5) if expected == date(1995, 5, 5) else date(1960, 1, 1)],
            "wait": [wait],
        },
        schema={"deposit": pl.Date, "first": pl.Date, "wait": pl.String},
    )
    assert frame.select(bound_from("deposit", "first", "wait")).item() == expected


def test_honduras_and_panama_are_bound_by_a_treaty_of_mutual_assistance():
    rows = {row["instrument"]: row for row in query.common("HND", "PAN").iter_rows(named=True)}
    # Honduras acceded on 10 November 2006 and Panama ratified on 29 January 2002: thirty days after the later one.
    assert (rows["mutual_assistance"]["both"], rows["mutual_assistance"]["since"]) == (True, date(2006, 12, 10))
    assert rows["mutual_assistance_protocol"]["lacking"] == ["PAN"]
    assert (rows["belem_do_para"]["both"], rows["belem_do_para"]["since"]) == (True, None)
    assert rows["traffic_in_minors"]["unseen"] == ["HND"]
    lines = dict(words.common(EN, query.common("HND", "PAN")))
    assert "In force for both: Mutual assistance (2006)" in lines["Cooperation in criminal matters"]
    assert "o deposit recorded (Panama): Mutual assistance, protocol" in lines["Cooperation in criminal matters"]
    assert "10 December 2006" in shown("pair", one="HND", other="PAN")


def test_the_page_says_who_made_a_reservation_to_the_protocol():
    text = shown("instruments")
    assert "7 states made a reservation or declaration to the Protocol on Trafficking in Persons (2000)" in text
    assert query.reservations("palermo_protocol")["area"].to_list() == ["BHS", "BOL", "COL", "CUB", "ECU", "SLV", "USA"]
    assert "articles 16 and 18" in shown("instruments", treaty="untoc")
    assert "Reservations and declarations were read for these treaties only" in shown("instruments", treaty="cedaw")
    nothing = {"reservation": "unspecified"}
    assert tables.articles(EN, nothing) == "none named"


def test_a_country_says_its_treaties_in_a_line_for_each_subject():
    lines = dict(words.of_state(EN, query.matrix().filter(area="USA"), query.closings()))
    assert len(lines) == len(query.subjects()) == 6
    assert lines["Women"] == "Signed only: Discrimination against women; no action recorded as of 2019: Belém do Pará"
    assert "Trafficking protocol (2005, reservation or declaration)" in lines["Trafficking, organized crime"]


# ---------------------------------------------------------------- the matrix


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_phone_lists_each_treaty_with_all_standings_in_lines_that_fit(code):
    lang = language(code)
    texts, targets = MATRIX.draw(Values.of({}), lang, PHONE).spec["data"]
    assert targets["customdata"] == [[name] for names in query.subjects().values() for name in names]
    assert max(width(re.sub("</?b>", "", line), TEXT, bold="<b>" in line) for line in texts["text"]) <= NARROW
    levels = texts["y"]
    assert min(high - low for high, low in pairwise(levels)) >= TEXT
    said = " ".join(texts["text"]).replace("</b> <b>", " ")
    for name in query.shown():
        assert f"<b>{terms.term(lang, 'part', name)}</b>" in said
    counted = query.matrix().group_by("instrument", "standing").len()
    for instrument, standing, states in counted.iter_rows():
        of_treaty = said.partition(f"<b>{terms.term(lang, 'part', instrument)}</b>")[2].partition("<b>")[0]
        assert f"{terms.term(lang, 'standing', standing)} ({states})" in of_treaty


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_matrix_has_a_mark_for_every_state_and_treaty(code):
    drawn = MATRIX.draw(Values.of({}), language(code), WALL)
    marks = [tuple(pair) for trace in drawn.spec["data"] for pair in trace.get("customdata") or []]
    states, names = set(store.areas()), set(query.shown())
    assert set(marks) == {(area, name) for area in states for name in names}
    reserved = query.matrix().filter(pl.col("reservation").is_not_null()).height
    assert len(marks) == len(states) * len(names) + reserved
    heads = [text for text in drawn.spec["layout"]["yaxis"]["ticktext"] if not text.startswith("<b>")]
    assert len(heads) == len(set(heads)) == len(names)
    assert len(go.Figure({"data": [], "layout": {"xaxis": drawn.spec["layout"]["xaxis"]}}).data) == 0


def test_the_rows_of_a_subject_stand_together():
    spec = treaty_matrix(query.matrix(), EN, WALL, subjects=query.subjects(), closings=query.closings())
    heads = spec["layout"]["yaxis"]["ticktext"]
    assert heads[:5] == [
        *("<b>Trafficking, organized crime</b>", "Trafficking protocol", "Palermo Convention"),
        *("Smuggling protocol", "Traffic in persons 1949"),
    ]
    assert sum(text.startswith("<b>") for text in heads) == len(query.subjects())


# The titles of treaties as the depositaries print them, with the year that we add.
TITLES = {
    "cedaw": {
        "es": "Convención sobre la eliminación de todas las formas de discriminación contra la mujer (1979)",
        "pt": "Convenção sobre a Eliminação de Todas as Formas de Discriminação contra a Mulher (1979)",
        "fr": "Convention sur l’élimination de toutes les formes de discrimination à l’égard des femmes (1979)",
    },
    "child_rights": {
        "es": "Convención sobre los Derechos del Niño (1989)",
        "pt": "Convenção sobre os Direitos da Criança (1989)",
        "fr": "Convention relative aux droits de l’enfant (1989)",
    },
    "corruption": {
        "es": "Convención de las Naciones Unidas contra la Corrupción (2003)",
        "pt": "Convenção das Nações Unidas contra a Corrupção (2003)",
        "fr": "Convention des Nations Unies contre la corruption (2003)",
    },
    "mutual_assistance": {
        "es": "Convención Interamericana sobre Asistencia Mutua en Materia Penal (1992)",
        "pt": "Convenção Interamericana sobre Assistência Mútua em Matéria Penal (1992)",
        "fr": "Convention interaméricaine sur l’entraide en matière pénale (1992)",
    },
    "traffic_in_minors": {
        "es": "Convención Interamericana sobre Tráfico Internacional de Menores (1994)",
        "pt": "Convenção Interamericana sobre Tráfico Internacional de Menores (1994)",
        "fr": "Convention interaméricaine sur le trafic international des mineurs (1994)",
    },
}


@pytest.mark.parametrize("treaty", query.TREATIES)
def test_each_treaty_has_its_names_in_four_languages(treaty):
    names = {code: language(code).text(treaties()[treaty].name) for code in LANGUAGES}
    assert len(set(names.values())) == len(LANGUAGES)
    assert all(
        str(treaties()[treaty].opened.year)[:3] in name or re.search(r"\(\d{4}\)", name) for name in names.values()
    )
    for code, title in TITLES.get(treaty, {}).items():
        assert names[code] == title
