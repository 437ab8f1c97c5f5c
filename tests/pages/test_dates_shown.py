"""What dates a page shows: the data version and the day of its build stand in the footer and in citations only."""

import csv
import re

import pytest

from dashboard import site, store
from dashboard.catalog import figures
from dashboard.menu import scripts
from dashboard.stage.drawn import drawn
from dashboard.words import terms
from data.i18n import LANGUAGES, language
from tests.dashboard.stage.test_wire import request_for
from tests.pages import recount
from tests.pages.test_figures import opened

ID = store.snapshot().id
DAY = str(store.snapshot().manifest["created"])[:10]
LOCAL = re.compile(r"127\.0\.0\.1|localhost|\[::1\]")


def shown(app) -> list[str]:
    """Every text of a page but its footer: words, labels, and the cells of its tables."""
    texts = [
        element.value
        for kind in ("title", "header", "subheader", "markdown", "caption", "warning", "info", "error", "success")
        for element in app.get(kind)
    ]
    texts += [block.value for block in app.html if not block.value.startswith("<footer")]
    texts += [button.proto.label for kind in ("button", "download_button", "page_link") for button in app.get(kind)]
    for frame in app.dataframe:
        texts += [*map(str, frame.value.columns), *(str(cell) for row in frame.value.values.tolist() for cell in row)]
    return texts


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("slug", scripts())
def test_the_data_version_stands_in_the_footer_only(slug, code):
    app = opened(slug, lang=code)
    day = language(code).date(DAY)
    (footer,) = [block.value for block in app.html if block.value.startswith("<footer")]
    assert footer.count(ID) == footer.count(day) == 1
    texts = shown(app)
    assert len(texts) > 5
    for text in texts:
        assert ID not in text
        assert day not in text
        assert DAY not in text
        assert not LOCAL.search(text)


@pytest.mark.parametrize("name", figures())
@pytest.mark.parametrize("code", LANGUAGES)
def test_no_figure_shows_the_data_version(name, code):
    plate = drawn(request_for(name, code))
    text = f"{plate.spec} {plate.heading} {plate.description} {plate.source} {plate.notes} {plate.about}"
    assert ID not in text
    # The day of a transcription is a release: the line on the reviewed lists may have it if it is the day of the build.
    name = terms.term(language(code), "source", "reference") if DAY in transcribed() else "no source"
    with_day = [line for line in re.split(r"<br>|\\n|; |', '", text) if language(code).date(DAY) in line]
    assert [line for line in with_day if not line.startswith(name)] == []
    assert language(code).date(DAY) not in f"{plate.spec['data']} {plate.heading} {plate.description}"


def transcribed() -> set[str]:
    """The days on which lines of the reviewed lists were transcribed."""
    days = set()
    for path in recount.REFERENCE.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            days |= {row["transcribed"] for row in csv.DictReader(file) if "transcribed" in row}
    return days


@pytest.mark.parametrize("public", ["", "https://atalaya.example.org"])
def test_citations_and_code_have_the_public_address_or_none(public, monkeypatch):
    """Every text to copy under the map of the region and on page Sources, with each part open."""
    monkeypatch.setenv(site.PUBLIC, public)
    texts = []
    for slug, parts in {"region": ("cite.region", "code.region"), "sources": ("folded.cite.snapshot",)}.items():
        app = opened(slug)
        for part in parts:
            app.session_state[part] = True
        app.run()
        assert not app.exception
        texts += [block.value for block in app.code]
    text = "\n".join(texts)
    assert not LOCAL.search(text)
    assert ID in text
    assert (public in text) if public else not re.search(r"https?://[^ ]*/(region|sources|api)", text)
