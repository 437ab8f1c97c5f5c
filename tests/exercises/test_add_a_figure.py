"""A figure is added by one module and its words: done here in a copy of the tree."""

import json
from pathlib import Path

import pytest

from data.i18n import LANGUAGES
from tests.exercises import product

HEADING = "The five states with the most detected victims, {year}"
FIGURE = f'''"""The states with the most detected victims, for page "Region"."""

from dashboard.charts.bars import Bar, BarBlock, bars
from dashboard.charts.medium import Medium
from dashboard.subjects.shared import EDITION
from dashboard.subjects.states import query
from dashboard.subjects.states.filters import YEAR
from dashboard.views.figure import Drawn, Figure, Values
from dashboard.words import served, terms
from data.i18n import Language


def _most(values: Values, lang: Language, medium: Medium) -> Drawn:
    year, edition = values.value(YEAR), values.value(EDITION)
    rows = query.region("detected_victims", year, edition).sort("low", descending=True, nulls_last=True).head(5)
    each = [
        Bar(lang.country(area), (low, high), lang.interval(low, high), area)
        for area, low, high in rows.select("area", "low", "high").iter_rows()
    ]
    return Drawn(
        bars([BarBlock("", "", each, each[0].figure[1])], lang, medium),
        lang.text("{HEADING}", year=year),
        f"{{terms.term(lang, 'indicator', 'detected_victims')}}, {{year}}",
        f"{{lang.listing(bar.name for bar in each)}}.",
        served.served(rows),
    )


MOST = Figure(name="most", page="region", draw=_most, filters=(YEAR, EDITION))
'''
# Those of the tests of every figure that draw this one.
WIRE = "tests/dashboard/stage/test_wire.py"
ACCEPTED = "test_plotly_accepts_every_figure_and_it_has_a_description_in_every_language"
LOOKS = ("wide", "phone")
WORDS = {
    "es": {HEADING: "Los cinco Estados con más víctimas detectadas, {year}"},
    "pt": {HEADING: "Os cinco Estados com mais vítimas detectadas, {year}"},
    "fr": {HEADING: "Les cinq États comptant le plus de victimes détectées, {year}"},
}
# What a browser gets, and a picture for a slide with the words around it.
SHOWN = """
import gzip, json
from dashboard.stage import pictures, request, wire

def shown(code):
    query = request.query("most", request.defaults("most", {"year": "2022"}), code)
    view = {"width": "1280", "dark": "0", "stage": "0"}
    figure = json.loads(gzip.decompress(wire.packed(request.parse("most", {**query, **view}))))
    picture = pictures.parse("most", {"year": "2022", "lang": code})
    return {"description": figure["description"], "title": pictures.words(picture).title, "svg": pictures.svg(picture)}

print(json.dumps({code: shown(code) for code in ("en", "es")}))
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> Path:
    tree = product.copy(tmp_path_factory.mktemp("figure"))
    (tree / "dashboard/subjects/states/most_figure.py").write_text(FIGURE, "utf-8")
    product.translate(tree, WORDS)
    return tree


def test_a_module_and_its_words_are_enough(tree):
    assert product.changed_files(tree) == ["dashboard/subjects/states/most_figure.py", "data/locales"]


def test_it_is_drawn_for_browsers_and_as_a_picture_in_each_language(tree):
    shown = json.loads(product.run(tree, "-c", SHOWN))
    # From the table of the snapshot: 16,390, 1,186, 631, 560 and 539.
    assert shown["en"]["description"] == "United States, Argentina, Peru, Bolivia and Brazil."
    assert shown["es"]["description"] == "Estados Unidos, Argentina, Perú, Bolivia y Brasil."
    assert shown["en"]["title"] == HEADING.format(year=2022)
    assert shown["es"]["title"] == WORDS["es"][HEADING].format(year=2022)
    assert "16,390" in shown["en"]["svg"]


def test_the_tests_of_every_figure_pass(tree):
    product.run_tests(
        tree,
        "tests/test_shape.py::test_functions_are_short",
        "tests/dashboard/words/test_messages.py",
        "tests/dashboard/stage/test_pictures.py::test_every_figure_has_a_page",
        f"{WIRE}::test_the_sent_figure_is_the_drawn_figure[most]",
        *(f"{WIRE}::{ACCEPTED}[{look}-most-{code}]" for look in LOOKS for code in LANGUAGES),
    )
