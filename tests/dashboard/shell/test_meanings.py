"""The small button that explains terms where they stand."""

import pytest
from streamlit.testing.v1 import AppTest

from data.glossary import glossary


def script(code):
    from dashboard.shell import blocks
    from data.i18n import language

    blocks.meanings(language(code), "detected", "release")


@pytest.mark.parametrize("code", ["en", "es", "pt", "fr"])
def test_a_button_gives_the_meanings_of_the_glossary(code):
    app = AppTest.from_function(script, args=(code,)).run()
    assert not app.exception
    (popover,) = app.get("popover")
    (shown,) = (one.value.replace("\\", "") for one in popover.markdown)
    for concept in ("detected", "release"):
        # After the term and a colon its first letter is small.
        first, *rest = glossary()[concept].meaning[code]
        assert "".join([first.lower(), *rest]) in shown
