"""Pictures to take away: the marks and numbers of the screen's figure, in a frame that names title, release and source.

What is expected is counted in the specification that the screen draws, by the code of these tests.
"""

import base64
import re
from collections import Counter
from io import BytesIO
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import polars as pl
import pytest
from fontTools.ttLib import TTFont

from dashboard import site, store
from dashboard.catalog import figures, pages
from dashboard.charts.colors import COLORS
from dashboard.charts.figure_words import contradicted_total
from dashboard.charts.render import metrics
from dashboard.stage import captions, pictures
from dashboard.stage import drawn as stage_drawn
from dashboard.stage.drawn import drawn
from dashboard.stage.request import parse
from dashboard.subjects.states import query as states_query
from dashboard.words import countries, disclaimer, terms
from data.i18n import LANGUAGES, language
from tests.dashboard.charts.render.test_every_figure import marks, texts
from tests.in_turn import in_turn

NAME = "{http://www.w3.org/2000/svg}"
# Figures that need a value: without it they would be empty.
TWO = {"one": "MEX", "other": "USA"}
NEEDED = {"between": TWO, "pair_map": TWO, "pair_routes": TWO, "ledger_map": {"paragraph": "1"}}
VIEWS = [
    *((name, NEEDED.get(name, {})) for name in figures()),
    ("routes", {"picture": "matrix"}),
    ("routes", {"picture": "order", "evidence": "stated"}),
    *(("explore", {"reading": reading}) for reading in ("lines", "two_years", "heat")),
    ("region", {"measure": "count", "year": "2022"}),
]
SHAPES = [shape for shape in pictures.SHAPES if shape != "card"]
# Each view in one shape after the other; the other shapes are long. A card has bars of its own.
SHAPED = [
    pytest.param(
        name, changed, shape, marks=() if at % len(SHAPES) == place else pytest.mark.long, id=f"{name}-{shape}"
    )
    for at, (name, changed) in enumerate(VIEWS)
    for place, shape in enumerate(SHAPES)
]


@pytest.fixture(autouse=True)
def _unset(monkeypatch):
    monkeypatch.setenv(site.PUBLIC, "")


def screen(asked):
    """The specification of the same figure on a wide screen."""
    view = {"width": "1680", "dark": "0", "stage": "0"}
    return drawn(parse(asked.name, dict(asked.texts) | view)).spec


def answers(spec):
    """What the marks and the areas of a figure say when pointed at."""
    found = set()
    for trace in spec["data"]:
        hover = trace.get("hovertext")
        found |= set(hover) if isinstance(hover, list) else {hover}
        if "hoveron" in trace:
            found.add(trace["text"])
    return found - {None, ""}


def with_panels(every):
    """What the panels of Explore say in a picture: a state without any figure has none, and a note names it."""
    states = {re.match(r"<b>(.+), \d+</b>", one)[1] for one in every if not one.endswith("no figure")}
    return {one for one in every if re.match(r"<b>(.+), \d+</b>", one)[1] in states}


def lines(element):
    """The lines of text in an element, counted."""
    return Counter("".join(line.itertext()) for line in element.iter(f"{NAME}text"))


def flat(texts_found):
    """The words of some texts in one line."""
    return " ".join("".join(line.itertext()) for line in texts_found)


def every_word(picture):
    return flat(picture.iter(f"{NAME}text"))


@pytest.mark.parametrize(("name", "changed", "shape"), SHAPED)
def test_a_picture_has_the_marks_and_numbers_of_the_screen(name, changed, shape):
    asked = pictures.parse(name, {**changed, "shape": shape})
    around = pictures.words(asked)
    spec = pictures.figure(asked, around).spec
    picture = ET.fromstring(pictures.svg(asked))  # noqa: S314 - ours
    figure = picture.find(f"{NAME}svg")
    # A ledger has as many rows as there is room for.
    listed = name == "routes" and not changed
    expected = with_panels(answers(screen(asked))) if name == "explore" and not changed else answers(screen(asked))
    assert (answers(spec) <= expected) if listed else (answers(spec) == expected)
    assert sum(one.get("class") == "mark" for one in figure.iter(f"{NAME}path")) == marks(spec)
    wanted, drawn_lines = texts(spec), lines(figure)
    assert wanted <= drawn_lines, wanted - drawn_lines
    # The figure lies on the sheet, between the words.
    left, top, wide, tall = (float(figure.get(key)) for key in ("x", "y", "width", "height"))
    form = pictures.SHAPES[shape]
    assert (picture.get("width"), picture.get("height")) == (str(form.width), str(form.height))
    assert left >= 0
    assert left + wide <= form.width
    assert tall >= 0
    headings = [line for line in picture.findall(f"{NAME}text") if float(line.get("y")) < top + 1]
    assert flat(headings).startswith(around.title)
    notes = [float(line.get("y")) for line in picture.findall(f"{NAME}text") if line not in headings]
    assert min(notes) > top + tall


# Figures that lie across a slide, and the least share of it that they take.
ACROSS = [
    *((name, {}) for name in ("region", "routes", "region_change", "coverage_map", "parties_map")),
    *(("series", {"area": area}) for area in ("CRI", "DOM", "PER", "USA")),
    *(("state_routes", {"area": area, "evidence": "counted", "position": "origin"}) for area in ("CRI", "HTI", "USA")),
]
SHARE = 0.695


@pytest.mark.parametrize(("name", "changed"), ACROSS)
def test_a_figure_takes_seven_tenths_of_its_slide(name, changed):
    picture = ET.fromstring(pictures.svg(pictures.parse(name, changed)))  # noqa: S314 - ours
    figure, form = picture.find(f"{NAME}svg"), pictures.SHAPES["slide"]
    assert float(figure.get("width")) * float(figure.get("height")) / (form.width * form.height) >= SHARE


@pytest.mark.parametrize(("name", "code"), in_turn(figures()))
def test_a_picture_names_its_title_release_data_version_and_that_the_observatory_is_independent(name, code):
    asked = pictures.parse(name, {**NEEDED.get(name, {}), "lang": code})
    lang, picture = language(code), ET.fromstring(pictures.svg(asked))  # noqa: S314 - ours
    words = every_word(picture)
    made = drawn(parse(name, dict(asked.texts) | {"width": "2560", "dark": "0", "stage": "760"}))
    assert made.source or name == "between"
    for note in filter(None, (made.source, made.measure, *made.notes)):
        assert note.removesuffix(".") in words
    assert disclaimer.independent_in_short(lang) in words
    assert store.snapshot().id in words
    assert picture.find(f"{NAME}title").text
    assert picture.find(f"{NAME}title").text in words
    assert picture.find(f"{NAME}desc").text


def test_a_number_of_the_map_of_routes_is_the_sum_of_the_rows():
    flows = store.tables().flows().collect()
    rows = flows.filter(pl.col("evidence") == "counted", pl.col("origin") == "MEX", pl.col("destination") == "USA")
    low, high = rows["low"].sum(), rows["high"].sum()
    assert low == high > 0
    asked = pictures.parse("routes", {"state": "MEX", "position": "origin"})
    found = lines(ET.fromstring(pictures.svg(asked)))  # noqa: S314 - ours
    # In the ledger and on the circle.
    assert found[f"{low:,.0f}"] == 2


# The figures that stand for a page, in pixels of a card as wide as a message.
CARDS = [
    *((name, {}) for name in ("region_change", "region", "routes", "ledger_matrix", "parties_map", "coverage_map")),
    ("region", {"latest": "1", "measure": "count"}),
    ("state_routes", {"area": "HTI"}),
    ("state_routes", {"area": "LCA", "evidence": "stated"}),
    ("series", {"area": "LCA"}),
    *(("victims", {"area": area}) for area in ("DOM", "CRI", "USA")),
    ("pair_map", {"one": "DOM", "other": "HTI"}),
    ("explore", {}),
    ("compare", {}),
    ("routes", {"evidence": "stated"}),
    ("pair_routes", TWO),
    ("between", TWO),
    *((name, {}) for name in ("region_convictions", "region_victims", "coverage_matrix", "parties_chart")),
    ("parties_chart", {"all_treaties": "1"}),
    ("ledger_map", {"paragraph": "1"}),
]
# Figures without a card, and why.
CARDLESS = {
    "laws": "its dates are no bars, and its figures are those of `series`",
    "treaty_matrix": "no few of its treaties stand for all of them",
    "revisions": "of a state it has one change or none",
}
MESSAGE, READABLE = 500, 11.0
# Those that have a number, as the tables have it; the rest have a title.
NUMBERED = [
    ("victims", {"area": "DOM"}, "76", "2023"),
    ("victims", {"area": "CRI"}, "56*", "2023"),
    ("victims", {"area": "USA"}, "16,390", "2022"),
    ("series", {"area": "LCA"}, "0", "2021"),
    ("region", {"year": "2022"}, "24 of 35", "2022"),
    ("routes", {}, "6,952", "2022"),
    ("state_routes", {"area": "HTI", "evidence": "counted", "position": "origin"}, "365–420", "2023"),
    ("pair_map", {"one": "DOM", "other": "HTI"}, "108–112", "2023"),
    ("parties_map", {}, "35 of 35", "2000"),
]


def drawn_in(figure):
    """The words of a figure with the place and the size of each, from above to below."""
    every = ([float(one.get(key)) for key in ("y", "x", "font-size")] for one in figure.iter(f"{NAME}text"))
    texts = ("".join(one.itertext()) for one in figure.iter(f"{NAME}text"))
    return sorted((*place, text) for place, text in zip(every, texts, strict=True))


def box(line):
    """The left and the right end of a line of words, and its level."""
    x, wide = float(line.get("x")), metrics.width("".join(line.itertext()), float(line.get("font-size")))
    return (
        (x - wide, x, float(line.get("y"))) if line.get("text-anchor") == "end" else (x, x + wide, float(line.get("y")))
    )


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("name", "changed"), CARDS)
def test_a_card_is_readable_in_a_message_and_none_of_its_words_meet(name, changed, code):
    picture = ET.fromstring(pictures.svg(pictures.parse(name, {**changed, "shape": "card", "lang": code})))  # noqa: S314 - ours
    (figure,) = (one for one in picture.findall(f"{NAME}svg") if one.get("class") == "figure")
    enlarged = float(figure.get("width")) / float(figure.get("viewBox").split()[2])
    sizes = [size * enlarged for _, _, size, _ in drawn_in(figure)]
    sizes += [float(line.get("font-size")) for line in picture.findall(f"{NAME}text")]
    assert min(sizes) * MESSAGE / pictures.SHAPES["card"].width >= READABLE
    assert len(drawn_in(figure)) >= 2
    boxes = [box(line) for line in figure.iter(f"{NAME}text")]
    apart = [
        one[1] <= other[0] or other[1] <= one[0] or abs(one[2] - other[2]) >= 14
        for one, other in combinations(boxes, 2)
    ]
    assert all(apart)
    assert all(left >= 0 and right <= float(figure.get("viewBox").split()[2]) for left, right, _ in boxes)
    # Bars fill the card between its head and its notes, and nothing else does.
    assert float(figure.get("height")) >= 0.28 * pictures.SHAPES["card"].height
    (sign,) = (one for one in picture.findall(f"{NAME}svg") if one.get("class") == "sign")
    assert float(sign.get("x")) + float(sign.get("width")) <= pictures.SHAPES["card"].width
    heading = [line for line in picture.findall(f"{NAME}text") if float(line.get("y")) < float(figure.get("y"))]
    ends = [box(line) for line in heading]
    assert max(right for _, right, _ in ends) < float(sign.get("x"))
    # A mark is never without its reason.
    lang = language(code)
    written = [text for *_, text in drawn_in(figure)] + ["".join(line.itertext()) for line in heading]
    assert any("*" in text for text in written) == (contradicted_total(lang) in every_word(picture))


@pytest.mark.parametrize(("name", "changed", "number", "year"), NUMBERED)
def test_a_card_has_one_large_number_with_what_it_counts_and_its_year(name, changed, number, year):
    picture = ET.fromstring(pictures.svg(pictures.parse(name, {**changed, "shape": "card"})))  # noqa: S314 - ours
    heading, *words = sorted(picture.findall(f"{NAME}text"), key=lambda line: -float(line.get("font-size")))
    assert "".join(heading.itertext()) == number
    assert float(heading.get("font-size")) >= 1.5 * float(words[0].get("font-size"))
    assert float(heading.get("font-size")) * MESSAGE / pictures.SHAPES["card"].width >= 2 * READABLE
    (figure,) = (one for one in picture.findall(f"{NAME}svg") if one.get("class") == "figure")
    noun = flat(line for line in words if float(line.get("y")) < float(figure.get("y")))
    assert re.search("[a-z]{5}", noun)
    assert year in noun


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_figure_at_an_end_of_a_title_is_its_number(code):
    lang = language(code)
    for few, many in ((7, 7), (108, 112), (15_000, 16_000)):
        figure = lang.interval(few, many)
        assert pictures.headed(f"{figure} noun in 2020") == (figure, "noun in 2020")
        assert pictures.headed(lang.labeled("A noun", figure)) == (figure, "A noun")
    for title in ("No figure", f"2022{lang.labeled('', '7')} of 9", f"In {lang.number(7)} states"):
        assert pictures.headed(title) == ("", title)


@pytest.mark.parametrize(("name", "changed"), [case for case in CARDS if case[0] != "ledger_matrix"])
def test_a_card_names_the_releases_of_its_figures(name, changed):
    asked = pictures.parse(name, {**changed, "shape": "card"})
    words = every_word(ET.fromstring(pictures.svg(asked)))  # noqa: S314 - ours
    source = captions.caption(name, dict(asked.texts)).source
    assert re.search("release|data to|as of|consulted", source)
    assert source in words
    assert "not a product of the OAS" in words


def card(name, changed, code):
    """A card's request, and the number at the right of each name."""
    asked = pictures.parse(name, {**changed, "shape": "card", "lang": code})
    picture = ET.fromstring(pictures.svg(asked))  # noqa: S314 - ours
    (figure,) = (one for one in picture.findall(f"{NAME}svg") if one.get("class") == "figure")
    return asked, dict(pairwise(text for *_, text in drawn_in(figure)))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("changed", [{}, {"reading": "lines"}, {"reading": "two_years"}, {"state": "CRI,HTI"}])
def test_the_card_of_explore_has_the_numbers_of_its_key(changed, code):
    asked, words = card("explore", changed, code)
    described = captions.caption("explore", dict(asked.texts)).description
    # The description begins with what is counted, and names each kind with its number.
    counted = dict(re.findall(r"([^.:;]+?)\s?: (\d+)\s?[;.]", described.partition(". ")[2]))
    assert [words[name] for name in words if words[name].isdigit()] == list(counted.values())
    assert len(counted) >= 2
    assert f"{described.partition('. ')[0]}." in words


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("changed", [{}, {"state": "CRI"}])
def test_the_card_of_the_matrix_counts_its_cells(changed, code):
    asked, words = card("ledger_matrix", changed, code)
    lang = language(code)
    label, cells = lang.text("Strongest source"), answers(screen(asked))
    found = Counter(
        grade
        for grade in ("background", "figure", "fact", "public_document", "none")
        for cell in cells
        if lang.labeled(label, terms.in_sentence(terms.term(lang, "cell", grade))) in cell.split("<br>")
    )
    del found["none"]  # Paragraphs of which nothing is known are not drawn.
    assert len(found) >= 2
    for grade, n in found.items():
        assert words[terms.term(lang, "cell", grade)] == lang.number(n), grade


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_card_of_the_declaration_counts_the_paragraphs_by_their_strongest_source(code):
    """By hand: 23 has laws and 4 an act of 2021, 30 is on treaties; 1, 13 and 26 have figures; see the page's bars."""
    _, words = card("ledger_bars", {}, code)
    lang = language(code)
    expected = {"public_document": 2, "fact": 1, "figure": 3, "background": 17, "none": 9}
    assert sum(expected.values()) == 32
    for grade, n in expected.items():
        assert words[terms.term(lang, "cell", grade)] == lang.number(n), grade


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_card_of_a_comparison_has_the_figures_of_its_title(code):
    """Those of 2022, from the table of the snapshot."""
    lang = language(code)
    totals = store.tables().table("observations").collect().filter(
        pl.col("year").is_between(2012, 2022), pl.col("indicator") == "detected_victims", source="unodc_glotip",
        sex="total", age="total", form="total",
    )  # fmt: skip
    (argentina,) = totals.filter(area="ARG", year=2022, status="exact")["low"]
    known = totals.filter(pl.col("status").is_in(["exact", "masked"]))
    known = known.filter(pl.col("year").n_unique().over("area") == 11, year=2022)
    median = {known[end].median() for end in ("low", "high")}
    asked, words = card("compare", {}, code)
    assert known.height == 11
    both = lang.number(argentina), lang.number(*median)
    assert tuple(words[name] for name in (lang.country("ARG"), lang.text("Median of the region"))) == both
    assert all(figure in captions.caption("compare", dict(asked.texts)).title for figure in both)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_card_of_the_region_counts_its_states(code):
    """Those of 2022 with a rate, from the table of the snapshot."""
    lang = language(code)
    rows = store.tables().table("observations").collect().filter(
        pl.col("year") == 2022, pl.col("indicator") == "detected_victims_rate", sex="total", age="total", form="total",
    )  # fmt: skip
    _, words = card("region", {"year": "2022"}, code)
    exact = rows.filter(pl.col("status") == "exact", pl.col("high") > 0)["high"]
    limits = states_query.breaks("detected_victims_rate")
    lowest = exact.filter(exact <= limits[0]).len()
    assert words[lang.text("up to {high}", high=lang.number(limits[0], 1))] == lang.number(lowest)
    between = exact.filter((exact > limits[1]) & (exact <= limits[2])).len()
    names = {"low": lang.number(limits[1], 1), "high": lang.number(limits[2])}
    assert words[lang.text("over {low} to {high}", **names)] == lang.number(between)
    reported = rows.filter(pl.col("low").is_not_null()).height
    assert words[terms.term(lang, "status", "not_reported")] == lang.number(35 - reported)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_card_of_a_state_has_the_figures_of_its_title(code):
    asked, words = card("victims", {"area": "CRI"}, code)
    drawn_ = captions.caption("victims", dict(asked.texts))
    numbers = [text for text in words.values() if text.isdigit()]
    # Of the ages, UNODC's figures contradict one: no bar has a mark without its reason.
    assert len(numbers) == 2
    assert numbers[0] in drawn_.title
    assert all(re.search(rf"\b{number}\b", drawn_.description) for number in numbers)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_card_of_the_home_page_has_the_figures_of_the_years_of_its_title(code):
    """The sums of the states other than the United States that have a total in each year, from the snapshot."""
    asked, words = card("region_change", {}, code)
    # A number that none of its bars has would be that of another figure.
    assert not pictures.words(asked).number
    title = captions.caption("region_change", dict(asked.texts)).title
    totals = store.tables().table("observations").collect().filter(
        pl.col("year").is_between(2012, 2022), pl.col("indicator") == "detected_victims", source="unodc_glotip",
        sex="total", age="total", form="total",
    )  # fmt: skip
    known = totals.filter(pl.col("status").is_in(["exact", "masked"]), pl.col("area") != "USA")
    known = known.filter(pl.col("year").n_unique().over("area") == 11)
    for year in (2012, 2019, 2022):
        mine = known.filter(year=year)
        low, high = mine.select(pl.col("low", "high").sum()).row(0)
        mark = "*" if mine["contradicted"].any() else ""
        assert words[str(year)] == f"{language(code).interval(low, high)}{mark}"
        # The last year is that of the card.
        assert (str(year) in title) is (year < 2022)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("changed", [{}, {"state": "MEX"}])
def test_the_card_of_routes_has_the_three_largest_pairs_and_that_of_its_number_first(changed, code):
    lang, sums = language(code), {}
    for row in store.tables().table("flows").collect().iter_rows(named=True):
        pair = row["origin"], row["destination"]
        if row["evidence"] == "counted" and all(pair) and len({*pair}) == 2 and row["status"] != "questioned":
            low, high = sums.get(pair, (0, 0))
            sums[pair] = low + (row["low"] or 0), high + (row["high"] or 0)
    mine = [pair for pair in sums if changed.get("state", pair[0]) in pair]
    largest = sorted(mine, key=lambda pair: sum(sums[pair]), reverse=True)[:3]
    asked, words = card("routes", changed, code)
    # The bars of both are of the same pairs, in the same order.
    bars = [(name, text) for name, text in words.items() if text in {lang.interval(*sums[pair]) for pair in largest}]
    assert [text for _, text in bars] == [lang.interval(*sums[pair]) for pair in largest]
    assert bars[0][1] == pictures.words(asked).number
    for (name, _), pair in zip(bars, largest, strict=True):
        of_origin, in_destination = countries.of(lang, pair[0]), countries.inside(lang, pair[1])
        assert name.endswith(f"{of_origin} {in_destination}")


@pytest.mark.parametrize(("name", "code"), in_turn(figures()))
def test_each_figure_has_a_card_with_bars_or_a_reason_for_having_none(name, code):
    asked = {**NEEDED.get(name, {}), "lang": code, "shape": "card"}
    if name in CARDLESS:
        with pytest.raises(ValueError, match="shape"):
            pictures.parse(name, asked)
        return
    _, around, fills = filled(name, asked)
    assert fills
    assert around.title
    # For those who do not see it: each bar with its figure.
    assert re.search(r"\d", around.alt)


def filled(name, changed):
    """A card's request, its words, and the colors of its bars."""
    asked = pictures.parse(name, {**changed, "shape": "card"})
    around = pictures.words(asked)
    layout = pictures.figure(asked, around).spec
    return asked, around, {trace["fillcolor"] for trace in layout["data"] if trace.get("fill") == "toself"}


def test_a_state_without_any_figure_has_no_card():
    with pytest.raises(ValueError, match="shape"):
        pictures.parse("series", {"area": "DMA", "shape": "card"})
    with pytest.raises(ValueError, match="shape"):
        pictures.parse("pair_map", {"one": "LCA", "other": "BLZ", "shape": "card"})
    assert pictures.parse("pair_map", {"one": "LCA", "other": "BLZ"}).shape == "slide"


@pytest.mark.parametrize("changed", [{}, {"state": "HTI"}])
def test_described_routes_have_their_own_color_on_a_card_and_name_whose_reports_they_are(changed):
    _, around, fills = filled("routes", {**changed, "evidence": "stated"})
    _, counted, others = filled("routes", changed)
    assert fills == {COLORS.arrows["stated"]}
    assert COLORS.arrows["counted"] in others
    assert COLORS.arrows["stated"] not in others
    assert "US Department of State" in around.subtitle
    assert "US Department of State" not in counted.subtitle
    # Three bars are three routes.
    assert re.match(r"(The )?3 (routes|of)", around.alt)


def test_the_words_of_the_card_of_the_declaration_are_of_its_bars():
    asked = pictures.parse("ledger_bars", {"shape": "card"})
    assert "each bar counts" in captions.caption("ledger_bars", dict(asked.texts)).measure
    assert pictures.words(asked).subtitle == "Paragraphs by the strongest source found"


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_card_of_convictions_and_that_of_victims_count_what_they_say(code):
    lang = language(code)
    _, words = card("region_convictions", {}, code)
    totals = store.tables().table("observations").collect().filter(
        pl.col("year").is_between(2012, 2021), pl.col("indicator") == "persons_convicted", source="unodc_glotip",
        sex="total", age="total", form="total",
    )  # fmt: skip
    known = totals.filter(pl.col("status").is_in(["exact", "masked"]), pl.col("area") != "USA")
    known = known.filter(pl.col("year").n_unique().over("area") == 10)
    for year in (2012, 2021):
        low, high = known.filter(year=year).select(pl.col("low", "high").sum()).row(0)
        assert words[str(year)].removesuffix("*") == lang.interval(low, high)
    # Of victims the bar of the share in the title.
    asked, words = card("region_victims", {}, code)
    (share,) = re.findall(r"\d+\s?%", pictures.words(asked).title)
    assert any(f"({share})" in text for text in words.values())


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_card_of_deposits_counts_the_states_by_the_end_of_each_year(code):
    """The Protocol of 2000, from the table of the snapshot."""
    _, words = card("parties_chart", {}, code)
    acts = (
        store.tables()
        .table("instruments")
        .collect()
        .filter(pl.col("action") != "signature", instrument="palermo_protocol")
    )
    first = acts.with_columns(year=pl.col("date").dt.year()).group_by("area").agg(pl.col("year").min())
    for year in (2002, 2006, 2010):
        assert words[str(year)] == str(first.filter(pl.col("year") <= year).height)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_card_of_a_state_compares_no_contradicted_total(code):
    """The latest totals of Costa Rica that its parts do not contradict, from the table of the snapshot."""
    totals = store.tables().table("observations").collect().filter(
        pl.col("status").is_in(["exact", "masked"]), area="CRI", indicator="detected_victims", source="unodc_glotip",
        sex="total", age="total", form="total",
    ).sort("year")  # fmt: skip
    sure = [str(year) for year in totals.filter(~pl.col("contradicted"))["year"].tail(4)]
    asked, words = card("series", {"area": "CRI"}, code)
    assert [name for name in words if re.fullmatch(r"\d{4}", name)] == sure
    assert totals["contradicted"][-1]
    assert pictures.words(asked).number.endswith("*")
    assert language(code).text("years without a contradicted total") in " ".join([*words, *words.values()])


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_zero_has_a_ring_on_a_card_and_says_what_an_earlier_release_gave(code):
    asked = pictures.parse("series", {"area": "LCA", "shape": "card", "lang": code})
    around = pictures.words(asked)
    layout = pictures.figure(asked, around).spec
    (rings,) = (trace for trace in layout["data"] if trace.get("mode") == "lines" and None in trace["x"])
    assert rings["x"].count(None) == 4
    # The release of April 2025.
    assert "14" in around.alt
    assert "2025" in around.alt
    assert not around.subtitle


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("name", "area"), [("region_victims", {}), ("victims", {"area": "USA"})])
def test_all_shares_of_a_card_are_of_the_same_victims(name, area, code):
    _, words = card(name, area, code)
    lang = language(code)
    named = {terms.term(lang, "sex", sex) for sex in ("female", "male")}
    assert named <= {*words}
    assert not {terms.term(lang, "age", age) for age in ("0-17", "18+")} & {*words}
    shares = [int(share) for text in words.values() for share in re.findall(r"\((\d+)\s?%\)", text)]
    assert 98 <= sum(shares) <= 102


NOT_PEOPLE = ("region", "coverage_map", "coverage_matrix", "explore", "ledger_bars", "ledger_matrix", "parties_map")


@pytest.mark.parametrize("name", [*NOT_PEOPLE, "parties_chart"])
def test_orange_is_for_counted_people_alone(name):
    _, _, fills = filled(name, {})
    assert fills <= {COLORS.focus, COLORS.unreported}


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_map_the_chart_and_their_cards_make_one_claim_on_a_treaty(code):
    lang = language(code)
    titles = {captions.caption(name, {"lang": code}).title for name in ("parties_map", "parties_chart")}
    (title,) = titles
    assert re.findall(r"\b3\d\b", title) == ["35", "34"]
    around = pictures.words(pictures.parse("parties_map", {"shape": "card", "lang": code}))
    assert around.number == lang.text("{n} of {all}", n=35, all=35)
    _, words = card("parties_chart", {}, code)
    assert [text for text in words.values() if text in {"34", "35"}] == ["34", "35"]


def test_a_picture_says_how_many_of_its_figures_a_state_disputes(monkeypatch):
    monkeypatch.setattr(stage_drawn, "disputed", lambda _request, lang: [f"2 figures are disputed ({lang.code})."])
    store.tables().forget()
    picture = ET.fromstring(pictures.svg(pictures.parse("series", {"area": "PER", "lang": "fr"})))  # noqa: S314 - ours
    store.tables().forget()
    assert "2 figures are disputed (fr)." in every_word(picture)


@pytest.mark.parametrize("name", figures())
def test_no_sentence_is_cut_where_the_figure_breaks_a_line(name):
    found = pictures.words(pictures.parse(name, NEEDED.get(name, {}))).notes[0]
    assert not re.search(r"[,:;]\.| (a|an|of|the|in|by|up)\. ", found)


def test_an_svg_file_has_our_letters_within_it_and_asks_for_nothing():
    picture = ET.fromstring(pictures.svg(pictures.parse("series", {"area": "PER"})))  # noqa: S314 - ours
    sheet = picture.find(f"{NAME}style").text
    fonts = [base64.b64decode(part) for part in re.findall(r"base64,([^)]+)\)", sheet)]
    with TTFont(BytesIO(fonts[0])) as regular, TTFont(BytesIO(fonts[1])) as bold:
        letters = regular.getBestCmap().keys() & bold.getBestCmap().keys()
    assert {ord(letter) for letter in every_word(picture) if not letter.isspace()} <= letters
    assert re.findall(r"url\((?!data:)", sheet) == []
    families = {text.get("font-family").partition(",")[0] for text in picture.iter(f"{NAME}text")}
    assert families == {re.search("font-family:([^;]+);", sheet)[1]}


def test_the_address_is_that_of_the_view_and_only_of_a_site_that_has_one(monkeypatch):
    asked = pictures.parse("region", {"year": "2019"})
    assert "http" not in every_word(ET.fromstring(pictures.svg(asked)))  # noqa: S314 - ours
    monkeypatch.setenv(site.PUBLIC, "https://example.org/atalaya")
    assert "https://example.org/atalaya/region?lang=en&year=2019" in every_word(ET.fromstring(pictures.svg(asked)))  # noqa: S314 - ours


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("nothing", {}),
        ("region", {"shape": "poster"}),
        ("region", {"year": "1492"}),
        ("region", {"color": "red"}),
        ("region", {"lang": "xx"}),
        ("region", {"width": "640"}),
        ("routes", {"state": "MEX,XXX"}),
    ],
)
def test_an_address_with_an_unknown_part_is_refused(name, query):
    with pytest.raises(ValueError, match=r"."):
        pictures.parse(name, query)


def test_an_old_address_of_a_map_of_routes_still_has_its_picture():
    assert pictures.parse("routes", {"badges": "1", "state": "MEX"}) == pictures.parse("routes", {"state": "MEX"})


def test_what_an_address_leaves_out_has_its_default():
    assert dict(pictures.parse("series", {}).texts) == {"area": "ARG", "edition": "newest", "lang": "en"}
    assert pictures.parse("series", {}).shape == "slide"


def test_every_figure_has_a_page():
    assert {one.page for one in figures().values()} <= pages().keys()
