"""A page is a numbered file; the number is the order."""

import pytest

from dashboard import navigation
from dashboard.i18n import language


def test_numbered_scripts_in_numeric_order(tmp_path):
    for name in ("10_present.py", "2_routes.py", "1_region.py", "notes.txt", "_draft.py", "3-x.py", "__pycache__"):
        (tmp_path / name).write_text("")
    assert list(navigation.scripts(tmp_path)) == ["region", "routes", "present"]
    assert navigation.scripts(tmp_path)["routes"] == tmp_path / "2_routes.py"


def test_titles_are_translated_and_addresses_are_not():
    pages = navigation.pages(language("es"))
    assert pages["routes"].title == "Rutas"
    assert pages["routes"].url_path == "routes"


def test_the_first_page_opens_at_the_root_and_under_its_own_name():
    assert navigation.page("region", language("en")).url_path == ""
    assert navigation.alias(language("en")).url_path == "region"


def test_a_page_that_does_not_exist():
    with pytest.raises(KeyError):
        navigation.page("nowhere", language("en"))
