"""Page "Sources" as a reader of the desk sees it."""

import pytest

from tests.pages.test_explore import plain
from tests.pages.test_opened import arrived


def test_the_overview_of_sources_shows_all_its_columns_on_any_screen():
    (overview,) = arrived("sources", {"lang": "en"}).table
    assert list(overview.value.columns) == ["Source", "Newest release here", "How obtained", "Reuse"]
    assert overview.proto.alt == "Sources and releases"


@pytest.mark.parametrize(
    ("address", "titles"),
    [
        ({"differing": "GTM.2013"}, ["Detected victims, Guatemala, 2013"]),
        ({"record": "data_glotip_2025-04-14.xlsx#data_glotip_1!6262"}, ["Bolivia (Plurinational State of) → Bolivia"]),
    ],
)
def test_an_address_opens_the_passport_of_a_row(address, titles):
    app = arrived("sources", {"lang": "en", **address})
    shown = plain(app.subheader)
    for title in titles:
        assert any(title in one for one in shown), shown
    (name,) = address
    app.button(key=f"close.{name}").click().run()
    assert not any(title in one for title in titles for one in plain(app.subheader))
    assert name not in app.query_params
