"""The early map is requested like the page's map, and no text of an address gets into the document."""

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import static
from dashboard.server.documents import document
from dashboard.server.serve import ENTRY
from dashboard.shell import navigation
from dashboard.stage import early
from data.i18n import language
from tests.dashboard.stage.test_component import stage_data

ADDRESSES = [
    ("region", {}),
    ("region", {"indicator": "prosecuted", "measure": "count"}),
    ("region", {"year": "2015", "measure": "nonsense"}),
    ("region", {"year": "1800"}),
    ("region", {"latest": "1"}),
    ("routes", {}),
    ("routes", {"evidence": "stated", "state": "COL,MEX", "years": "2010-2012", "minimum": "0"}),
    ("routes", {"position": "origin", "form": "none", "arrows": "7", "questioned": "1", "state": "XXX"}),
]


@pytest.mark.parametrize(("slug", "query"), ADDRESSES)
def test_the_page_requests_the_same_map_as_the_document(slug, query, monkeypatch):
    monkeypatch.setattr(static, "served", lambda: True)
    app = AppTest.from_file(ENTRY, default_timeout=60)
    for name, text in ({"lang": "pt"} | query).items():
        app.query_params[name] = text
    app.switch_page(str(navigation.scripts()[slug])).run()
    assert not app.exception
    page, early_data = stage_data(app, f"map.{slug}"), early.data(slug, query, language("pt"))
    for part in ("figure", "ground", "plotly", "style", "query", "step", "labels", "zooms"):
        assert early_data[part] == page[part], part


def test_a_document_starts_streamlit_once_and_after_the_map():
    for slug in navigation.scripts():
        text = document(language("es"), slug, {})
        assert '<html lang="es">' in text
        assert (
            len(re.findall(r'import\("\./static/js/index|<script type="module" crossorigin src="\./static', text)) == 1
        )
        assert ('id="early"' in text) == (slug in {"region", "routes"})
        if slug in {"region", "routes"}:
            assert text.index("await early(") < text.index('import("./static/js/index')


@pytest.mark.parametrize("name", ["indicator", "year", "lang", "nothing"])
def test_text_of_an_address_does_not_get_into_the_document(name):
    assert "evil" not in document(language("en"), "region", {name: "</script><script>evil()"})


def test_no_word_closes_the_script(monkeypatch):
    monkeypatch.setattr(early, "data", lambda *_: {"labels": "</script><i>"})
    script = early.script("region", {}, language("en"), "./x.js")
    assert script.count("</script>") == 1
    assert json.loads(re.search(r"early\((.*?)\) }", script)[1]) == {"labels": "</script><i>"}
