"""Writes a page as an HTML document; the templates beside it say how its blocks look."""

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboard import catalog, site, static, store
from dashboard.shell import navigation
from dashboard.shell.layout import FOOTER_LINKS
from dashboard.views.figure import Values
from dashboard.views.filters import LANGUAGE
from dashboard.views.page import Link, Page, Remarks
from dashboard.words import data_version, disclaimer, fallback
from data.i18n import LANGUAGES, Language

TEMPLATES = Path(__file__).parent / "templates"
LOGO = static.ASSETS / "logo.svg"
# A document lies one step below the root: /en/about.
UP = "../"


class Linked(NamedTuple):
    """A link of the frame around a page: its address and words, its language, and whether it leads to this document."""

    address: str
    words: str
    lang: str = ""
    here: bool = False


def document(lang: Language, page: Page, *, about: str = "", desk: bool = False) -> str:
    """The document of a page.

    Args:
        about: tags for the head, as HTML (`dashboard.server.cards`).
        desk: whether there is a desk to link to.
    """
    sections = page.sections(lang, Values(()))
    return (
        _templates()
        .get_template("page.html")
        .render(
            lang=lang,
            page=page,
            sections=sections,
            words=all(isinstance(block, Remarks | Link) for section in sections for block in section.blocks),
            title=lang.text(page.title),
            purpose=lang.text(page.purpose),
            about=about,
            desk=Linked(f"{UP}desk/{page.slug}?lang={lang.code}", lang.text("Work with these data")) if desk else None,
            skip=lang.text("Skip to the content"),
            pages=lang.text("Pages"),
            language=lang.text("Language"),
            letters=static.letters(UP),
            logo=LOGO.read_text("utf-8").strip(),
            menu=_menu(lang, page.slug),
            languages=[
                Linked(f"{UP}{code}/{page.slug}", name, code, code == lang.code) for code, name in LANGUAGES.items()
            ],
            canonical=f"{root}/{lang.code}/{page.slug}" if (root := site.public_address()) else "",
            alternates=[(code, f"{root or '..'}/{code}/{page.slug}") for code in LANGUAGES],
            warning=fallback.notice(lang, store.snapshot()),
            foot=[data_version.built(lang, store.snapshot()), disclaimer.independent(lang)],
            foot_links=_foot(lang),
            address=partial(address, lang),
            sheet=static.address("page.css", UP),
            icon=static.address("favicon.svg", UP),
        )
    )


def address(lang: Language, slug: str, filters: Mapping[str, str] = MappingProxyType({})) -> str:
    """The address of another document, or of a page that Streamlit still shows, relative to a document."""
    if slug in catalog.pages():
        return slug + f"?{urlencode(filters)}" * bool(filters)
    first = slug == next(iter(navigation.scripts()))
    return f"{UP}{'' if first else slug}?{urlencode({LANGUAGE.name: lang.code, **filters})}"


def _menu(lang: Language, slug: str) -> list[Linked]:
    return [
        Linked(address(lang, one), navigation.title(lang, one), here=one == slug)
        for one in navigation.scripts()
        if one not in navigation.UNLISTED
    ]


def _foot(lang: Language) -> list[Linked]:
    links = [Linked(address(lang, slug), lang.text(words)) for slug, words in FOOTER_LINKS.items()]
    contact = site.contact_link()
    return [*links, Linked(contact, lang.text("Contact"))] if contact else links


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
