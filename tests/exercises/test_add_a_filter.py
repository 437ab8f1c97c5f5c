"""A filter on Routes is added in four files: done here in a copy of the tree, with one by the number of records."""

import json
from pathlib import Path

import pytest

from tests.exercises import product

LABEL = "Minimum number of records"
WORDS = {"es": "Número mínimo de registros", "pt": "Número mínimo de registros", "fr": "Nombre minimal d’entrées"}
ADDRESS = "/routes?lang=en&evidence=stated&state=GUY&arrows=100"
# The files of the view: in full, with their notes, as the page offers them.
FILES = """
import json, sys
from dashboard.export.metadata import filters_in_words
from dashboard.subjects.routes import files
from dashboard.subjects.routes import filters as routes_filters
from data.i18n import language
values = {spec.name: spec.parse(spec.write(spec.default)) for spec in routes_filters.ROUTES} | {"records": 3}

def file(code):
    lang = language(code)
    view = files.arrows(lang, routes_filters.selection(lambda spec: values[spec.name]))
    return {
        "name": view.name,
        "filters": dict(filters_in_words(lang, view.specs, values)),
        "records": [sorted(set(view.rows()["asked_records"])), view.rows()["records"].min()],
        "comment": view.code.comment,
    }

print(json.dumps({code: file(code) for code in sys.argv[1:]}))
"""


def after(file: Path, place: str, text: str) -> None:
    product.replace(file, place, place + text)


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> Path:
    tree = product.copy(tmp_path_factory.mktemp("filter"))
    filters, query = (tree / "dashboard/subjects/routes" / name for name in ("filters.py", "query.py"))
    spec = f'RECORDS = Whole("records", (1, 1_000), 1, label=N_("{LABEL}"))\n'
    after(filters, 'USUAL_ARROWS, control=N_("Maximum number of routes or pairs, largest first"))\n', spec)
    after(filters, '    "questioned": QUESTIONED,\n', '    "records": RECORDS,\n')
    after(query, "    limit: int = 10\n    edition: str = NEWEST\n", "    records: int = 1\n")
    after(query, 'ranked.filter(pl.col("high") >= selection.minimum', ', pl.col("records") >= selection.records')
    after(
        tree / "dashboard/subjects/routes/page.py", "            filters.MINIMUM,\n", "            filters.RECORDS,\n"
    )
    product.translate(tree, {code: {LABEL: text} for code, text in WORDS.items()})
    return tree


def test_four_files_are_enough(tree):
    assert product.changed_files(tree) == [
        "dashboard/subjects/routes/filters.py",
        "dashboard/subjects/routes/page.py",
        "dashboard/subjects/routes/query.py",
        "data/locales",
    ]


@pytest.fixture(scope="module")
def pages(tree):
    """Routes without the filter, with it, and with so much of it that nothing is left."""
    return product.open_pages(tree, ADDRESS, f"{ADDRESS}&records=3", "/routes?lang=en&state=GUY&records=1000")


def test_the_page_shows_fewer_arrows(pages):
    every, some, _ = pages
    assert LABEL in every["captions"]
    assert some["settled"] == {**every["settled"], "records": "3"}
    (all_rows, *_), (rows, *_) = every["tables"], some["tables"]
    assert 0 < rows[0] < all_rows[0]


def test_a_filter_that_leaves_nothing_is_named(pages):
    assert any(f"No flow fits the filter “{LABEL}”" in text for text in pages[-1]["texts"])


def test_a_file_names_the_filter(tree):
    labels = {"en": LABEL, "es": WORDS["es"]}
    files = json.loads(product.run(tree, "-c", FILES, *labels))
    for code, label in labels.items():
        file = files[code]
        assert file["name"].endswith("_records-3")
        assert file["filters"][label] == "3"
        assert file["records"] == [["3"], 3]
        assert "records = 3" in file["comment"]


def test_the_tests_of_filters_pass(tree):
    product.run_tests(
        tree,
        "tests/test_shape.py::test_pages_are_scripts_without_logic",
        "tests/dashboard/words/test_messages.py",
        "tests/dashboard/export/test_metadata.py::test_every_filter_of_a_page_has_words",
        "tests/dashboard/subjects/routes/test_empty.py",
        "tests/dashboard/subjects/test_files.py",
        "tests/dashboard/present/test_links.py::test_a_page_has_the_filters_that_it_declares_itself[routes]",
    )
