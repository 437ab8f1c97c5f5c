"""A page in Streamlit: what its declaration says, with Streamlit's own elements."""

import pytest

from dashboard.catalog import pages
from dashboard.views.figure import Values
from dashboard.views.page import Remarks
from data.i18n import LANGUAGES, language
from tests.frozen.front import Page


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("slug", pages())
def test_the_desk_says_all_that_the_page_declares(slug, code):
    app, sections = Page(f"/{slug}?lang={code}").app, pages()[slug].sections(language(code), Values(()))
    assert not app.exception
    assert [one.value for one in app.header] == [section.heading for section in sections]
    written = "\n".join(one.value for one in app.markdown).replace("\\", "")
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Remarks):
                assert all(line in written for line in block.lines)
