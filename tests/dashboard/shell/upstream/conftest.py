"""The scripts that Streamlit serves, for the tests of the overrides."""

from importlib import resources

import pytest


@pytest.fixture(scope="session")
def streamlit_scripts() -> str:
    """All of Streamlit's scripts, one after the other."""
    folder = resources.files("streamlit").joinpath("static", "static", "js")
    return "".join(path.read_text("utf-8") for path in folder.iterdir() if path.name.endswith(".js"))
