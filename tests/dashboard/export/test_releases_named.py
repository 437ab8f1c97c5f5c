"""A file names the releases that its rows come from, with how many rows of which years."""

import io
import zipfile

import polars as pl
import pytest

from dashboard import store
from dashboard.export import cited_view
from dashboard.subjects.routes import files as routes_files
from dashboard.subjects.routes.query import FlowFilter
from dashboard.subjects.states import files as states_files
from data.i18n import LANGUAGES, language
from data.place import HERE


def readme(view, lang):
    with zipfile.ZipFile(io.BytesIO(cited_view.file_of(view, "zip", lang, "", []))) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith("README.md")]
        return archive.read(name).decode()


# How each language joins a release to its day.
OF = {"en": "of", "es": "del", "pt": "de", "fr": "du"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_file_of_routes_names_both_releases(code):
    """Counted from the table of flows; the release of the newest figures is not that of most flows."""
    lang = language(code)
    flows = pl.read_parquet(HERE / store.snapshot().id / "flows.parquet").filter(pl.col("evidence") == "counted")
    text = readme(routes_files.arrows(lang, FlowFilter()), lang)
    for release, n in flows["release"].value_counts().iter_rows():
        sentence = "{n} of {all} records from the release {of_release} ({years})"
        of_release = f"{OF[code]} {lang.date(release)}"
        values = {"all": lang.number(flows.height), "of_release": of_release, "years": "#"}
        part = lang.plural(sentence, sentence, n, **values)
        assert part.partition("#")[0] in text


def test_the_list_of_citizenships_cites_the_release_of_the_lists():
    """Its totals are of October 2025, the lists of April 2025."""
    text = readme(
        routes_files.listed(language("en"), FlowFilter(areas=("USA",), first=2017, last=2018)), language("en")
    )
    assert "Releases of these rows" in text
    assert "2 of 4 records from the release of 14 April 2025 (2017–2018)" in text
    assert "Releases: 14 April 2025 and 28 October 2025" in text


def test_a_file_of_figures_names_the_last_year_of_its_rows():
    text = readme(states_files.region(language("en"), "detected_victims", 2019, "newest"), language("en"))
    assert "release of 28 October 2025, data to 2019" in text
    assert "counting_unit" in text
