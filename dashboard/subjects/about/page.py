"""The page "About and method": sections of plain sentences, and the glossary."""

from collections.abc import Iterator

from dashboard import site
from dashboard.subjects.about import words
from dashboard.views.page import Link, Page, Remarks, Section
from data.i18n import N_, Language


def _sections(lang: Language) -> Iterator[Section]:
    for one in words.sections(lang, site.contact()):
        yield Section(one.heading, one.anchor, (Remarks(one.sentences),))
    sources = Link("sources", lang.text("Sources and licenses"))
    yield Section(lang.text("Glossary"), "glossary", (Remarks(words.terms(lang)), sources))


ABOUT = Page(
    slug="about",
    describes_data=True,
    title=N_("About and method"),
    purpose=N_("What the figures mean, and what we do with them."),
    sections=lambda lang, _values: tuple(_sections(lang)),
)
