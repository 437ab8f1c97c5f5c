"""A state's correction is shown beside the figure wherever the figure is; without corrections nothing is shown."""

import io
import json
import zipfile

import openpyxl
import pytest

from dashboard import store
from dashboard.export import cited_view
from dashboard.stage.drawn import drawn
from dashboard.stage.request import parse, query
from dashboard.subjects.corrections import words as corrections_words
from dashboard.subjects.corrections.query import every
from dashboard.subjects.states import files as states_files
from data.i18n import LANGUAGES, language
from tests.dashboard.subjects.corrections.samples import FINDING, FLOW_FINDING, disputed
from tests.pages.test_figures import EN, opened

DAY = {"en": "2 May 2024", "es": "2 de mayo de 2024", "pt": "2 de maio de 2024", "fr": "2 mai 2024"}
PAGES = {
    "country": ("table.series", {"area": "CRI"}),
    "explore": ("table.explore", {"indicators": "detected_victims", "state": "CRI", "reading": "table"}),
    "region": ("table.region", {"indicator": "detected_victims", "measure": "count", "year": "2019"}),
    "routes": ("table.routes", {"state": "CRI", "years": "2019-2019"}),
    "coverage": ("table.coverage", {"reported": "detected_victims"}),
}


@pytest.fixture
def corrected():
    with disputed():
        yield


def page(name: str, **address: str):
    app = opened(name, **PAGES[name][1] | address)
    if name == "country":
        app.session_state["folded.series"] = True
        app.run()
    assert not app.exception
    return app


def table(app, name: str):
    return next(frame.value for frame in app.dataframe if frame.key == PAGES[name][0])


def words(app) -> str:
    return "\n".join(text.value.replace("\\", "") for text in app.markdown)


@pytest.mark.usefixtures("corrected")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_the_row_has_a_mark_and_a_sentence_with_day_and_state(name, lang):
    app = page(name, lang=lang)
    rows, spoken = table(app, name), language(lang)
    column = rows[corrections_words.heading(spoken)]
    finding = FLOW_FINDING if name == "routes" else FINDING
    marked = [cell for cell in column if cell]
    assert len(marked) == 1
    assert marked[0].startswith("‡ ")
    assert finding in marked[0]
    assert spoken.country("CRI") in marked[0]
    assert DAY[lang] in marked[0].replace("\u00a0", " ")
    # In a text under the table too, for screen readers.
    assert finding in words(app)
    figures = rows[spoken.text("Exact figure" if name == "coverage" else "Figure")]
    if name == "coverage":
        # The row covers all years: the sentence: the year, and the number of years is not marked.
        assert "2019" in marked[0]
        assert not any("‡" in cell for cell in figures)
    else:
        assert [cell.endswith(" ‡") for cell in figures] == [bool(cell) for cell in column]


@pytest.mark.usefixtures("corrected")
def test_the_printed_figure_stays_as_it_is():
    rows = table(page("region"), "region")
    costa_rica = rows[rows["State"] == "Costa Rica"].iloc[0]
    # As the workbook of October 2025 prints it.
    assert costa_rica["Figure"] == "62 ‡"
    assert costa_rica["Data status"] == "Exact figure"


@pytest.mark.usefixtures("corrected")
def test_another_state_and_year_have_no_column():
    for address in ({"area": "PAN"},):
        assert corrections_words.heading(EN) not in table(page("country", **address), "country")
    assert corrections_words.heading(EN) not in table(page("region", year="2018"), "region")


@pytest.mark.usefixtures("corrected")
def test_the_passports_of_the_figure_and_of_its_rate_have_the_correction():
    for figure in ("detected_victims.2019", "detected_victims_rate.2019"):
        text = words(opened("country", area="CRI", figure=figure))
        assert any(FINDING in line and "2 May 2024" in line for line in text.split("\n"))
    assert FINDING not in words(opened("country", area="PAN", figure="detected_victims.2019"))


@pytest.mark.usefixtures("corrected")
def test_page_sources_lists_every_correction():
    app = opened("sources")
    rows = next(frame.value for frame in app.dataframe if "Statement of the state" in frame.value)
    assert sorted(rows["Statement of the state"]) == sorted([FINDING, FLOW_FINDING])
    assert set(rows["State"]) == {"Costa Rica"}
    assert sorted(rows["Figure"]) == ["Detected victims, Costa Rica, 2019", "Nicaragua → Costa Rica, 2019"]
    assert "#corrections" in words(app)


@pytest.mark.parametrize("name", [*PAGES, "sources"])
def test_without_a_correction_nothing_shows(name):
    app = page(name) if name in PAGES else opened(name)
    assert all(corrections_words.heading(EN) not in frame.value.columns for frame in app.dataframe)
    assert "‡" not in words(app)
    assert "disputes" not in words(app)
    assert "#corrections" not in words(app)


PLATES = {
    "region": {"indicator": "detected_victims", "measure": "count", "year": 2019},
    "series": {"area": "CRI"},
    "coverage_map": {"reported": "detected_victims"},
    "coverage_matrix": {"reported": "detected_victims"},
    "routes": {"state": ("CRI",), "years": (2019, 2019)},
    "explore": {"indicators": ("detected_victims",), "state": ("CRI",)},
}
ELSEWHERE = {
    "region": {"indicator": "detected_victims", "measure": "count", "year": 2018},
    "series": {"area": "PAN"},
    "routes": {"state": ("CRI",), "years": (2018, 2018)},
}


def description(name: str, values: dict[str, object], lang: str) -> str:
    from dashboard.catalog import figures

    whole = {spec.name: values.get(spec.name, spec.default) for spec in figures()[name].filters}
    return drawn(parse(name, query(name, whole, lang) | {"width": "720", "dark": "0"})).description


@pytest.mark.usefixtures("corrected")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PLATES)
def test_the_description_of_a_figure_mentions_the_dispute(name, lang):
    (sentence,) = corrections_words.shown(language(lang), 1)
    assert description(name, PLATES[name], lang).endswith(sentence)


@pytest.mark.usefixtures("corrected")
@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_description_without_a_disputed_value_does_not_mention_it(name):
    assert "disputed" not in description(name, ELSEWHERE[name], "en")


def test_no_description_mentions_a_dispute_without_a_correction():
    assert all("disputed" not in description(name, values, "en") for name, values in PLATES.items())


def view(lang: str):
    return states_files.state(language(lang), "CRI", "newest")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_workbook_and_an_archive_have_the_correction(lang):
    spoken = language(lang)
    with disputed():
        book = openpyxl.load_workbook(io.BytesIO(cited_view.file_of(view(lang), "xlsx", spoken, "", [])))
        packed = zipfile.ZipFile(io.BytesIO(cited_view.file_of(view(lang), "zip", spoken, "", [])))
    sheet = list(book[corrections_words.heading(spoken)].iter_rows(values_only=True))
    assert len(sheet) == 2
    assert FINDING in sheet[1]
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert not any(FINDING in map(str, row) for row in rows)
    assert FINDING in packed.read("disputed.csv").decode("utf-8-sig")
    assert FINDING in packed.read("README.md").decode()
    resources = json.loads(packed.read("datapackage.json"))["resources"]
    assert [resource["path"] for resource in resources][1:] == ["disputed.csv"]


def test_files_without_a_correction_are_as_they_were():
    book = openpyxl.load_workbook(io.BytesIO(cited_view.file_of(view("en"), "xlsx", EN, "", [])))
    assert len(book.worksheets) == 3
    packed = zipfile.ZipFile(io.BytesIO(cited_view.file_of(view("en"), "zip", EN, "", [])))
    # Rows, the two scripts that rebuild them, the description and the words.
    assert len(packed.namelist()) == 5
    with disputed():
        panama = states_files.state(EN, "PAN", "newest")
        other = zipfile.ZipFile(io.BytesIO(cited_view.file_of(panama, "zip", EN, "", [])))
    assert len(other.namelist()) == 5


def test_the_sample_is_not_in_the_snapshot():
    assert every().is_empty()
    assert store.areas()
