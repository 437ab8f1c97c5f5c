"""Writes a page as an HTML document; the templates beside it say how its blocks look.

A document needs no script: its controls belong to one form, which a button sends. With scripts (`page.js`, htmx) a
change of a control fetches the same address with the header `HX-Request`; the answer replaces the content of `<main>`.
"""

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from dashboard import menu, site, static, store
from dashboard.charts.render.inline import Looks
from dashboard.forms.html import controls, figures, files, show, tables, workbooks
from dashboard.forms.html.addresses import Addresses
from dashboard.forms.html.file_addresses import ABSENT, FileAddresses, without_absent
from dashboard.forms.html.making import Making
from dashboard.menu import AT_FOOT
from dashboard.views import page as blocks
from dashboard.views.figure import Values
from dashboard.views.filters import Span, settled
from dashboard.views.page import Block, Graphic, Page, Section
from dashboard.words import data_version, disclaimer, fallback
from data.i18n import LANGUAGES, Language

TEMPLATES = Path(__file__).parent / "templates"
LOGO = static.ASSETS / "logo.svg"
# Words that have a hyphen or are an interval.
COMPOUND = re.compile(r"\S+[-–]\S+")
# The characters of a rest of a lead that is not folded.
SHORT = 120
# Where a sentence begins after another one, which does not end with an abbreviation.
BETWEEN_SENTENCES = re.compile(r"(?<=[\w)»”’]{3}[.!?])\s+(?=[«“¿¡(]*[A-ZÀ-Þ0-9])")
# What is made of a block for its macro; the others say all themselves.
PREPARED: Mapping[type[Block], Callable[[Making, Any], object]] = {
    blocks.Link: lambda making, block: making.addresses.link(block),
    blocks.Controls: controls.row,
    blocks.Chooser: controls.jump,
    blocks.Graphic: figures.plate,
    blocks.Preview: figures.glimpse,
    blocks.Table: tables.grid,
    blocks.Files: files.offer,
    blocks.Everything: files.everything,
    blocks.BriefingFiles: files.papers,
    blocks.Workbooks: workbooks.order,
    blocks.Show: show.stage,
}
# What a script replaces keeps the parts that a reader opened; nothing in a document is run as code.
CONFIG = {
    "includeIndicatorCSS": False,
    "noSwap": [204, 304, "4xx", "5xx"],
    "morphIgnore": ["data-htmx-powered", "open", "data-explored"],
    "morphSkip": ".plate-live",
    "extensions": "atalaya",
}
# On a link to the same page: a script replaces what has changed.
HERE = Markup(""" data-hx-boost='swap:"innerMorph show:none" target:"#content"'""")


Addressed = Callable[[Language, Page, Values, Mapping[str, str]], Addresses]


class Linked(NamedTuple):
    """A link of the frame around a page: its address and words, its language, and whether it leads to this document."""

    address: str
    words: str
    lang: str = ""
    here: bool = False


def document(
    lang: Language,
    page: Page,
    values: Values,
    *,
    notices: Sequence[str] = (),
    about: Callable[[Making, str, str, Sequence[Section]], str] = lambda _making, _heading, _lead, _sections: "",
    desk: bool = False,
    part: bool = False,
    drawings: Collection[str] = (),
    kept: Mapping[str, str] = blocks.NOTHING,
    posted: Mapping[str, str] = blocks.NOTHING,
    newer: bool = False,
    addressed: Addressed = Addresses,
) -> str:
    """The document of a page.

    Args:
        values: of its filters.
        notices: sentences on its address.
        about: makes the tags for the head, as HTML, when the content is made, from that, heading, lead and sections
            (`dashboard.server.cards`).
        desk: whether there is a desk to link to.
        part: whether only what a script replaces is wanted: the title, the menu, the languages, and the content of
            `<main>`.
        drawings: the classes of the drawings that are enough (`dashboard.stage.still.WIDTHS`), as a script asks for one
            in the header `Atalaya-Drawing`; empty for all.
        kept: parameters of the address that are no filters (`addresses.WHOLE`).
        posted: what was sent with the request and is no part of an address: the controls send it again.
        newer: whether it stays below `s/<id>/`, and there are newer data.
        addressed: makes the addresses of its links; those of files say that it is one (`FileAddresses`).
    """
    addresses = addressed(lang, page, values, kept)
    desk = desk and page.slug in menu.scripts()
    making = Making(lang, addresses, dict(values.given), drawings, desk=desk)
    sections = page.sections(lang, values)
    here = "" if addresses.files else HERE
    common = {"words": _words(lang), "here": here, "absent": ABSENT, "making": making, "prepared": _prepared}
    body = _template("sections.html").render(common, sections=sections, plain=_plain(sections))
    heading, lead = page.heading(lang, values), page.lead(lang, values)
    title = heading or lang.text(page.title)
    warning = fallback.notice(lang, store.snapshot())
    content = {
        "looks": making.looks.sheet if making.looks.names else "",
        "title": title,
        "whole": _whole(title),
        "lead": _parted(lead or lang.text(page.purpose)),
        "desk": Linked(addresses.desk(), addresses.lang.text("Work with these data")) if desk else None,
        "notices": [*([warning] if warning else []), *notices],
        "newer": Linked(addresses.newest, lang.text("This page with the newest data")) if newer else None,
        "sections": Markup(body),  # noqa: S704 - written by a template, which escapes
        "controlled": bool(making.controlled),
        "hidden": posted or making.hidden(),
        # What no control has stands in the address, as the answer's own address is that of the form.
        "posts_to": addresses.view(dict.fromkeys(making.controlled, "")) if posted else "",
        "menu": _menu(addresses),
        "order": " ".join(spec.name for spec in page.filters),
        "languages": [
            Linked(addresses.translated(code), name, code, code == lang.code) for code, name in LANGUAGES.items()
        ],
    }
    around = {} if part else _frame(addresses, about(making, heading, lead, sections))
    written: str = _template("part.html" if part else "page.html").render(common, **content, **around)
    return without_absent(written) if addresses.files else written


def _parted(lead: str) -> tuple[str, str, list[str]]:
    """The first two sentences of a lead, those that a phone shows on request, and the lines below.

    These say a break in a series: they are never hidden, so that no change is read without it.
    """
    said, *lines = lead.split("\n")
    ends = [one.start() for one in BETWEEN_SENTENCES.finditer(said)]
    # A short rest would take less room than what opens it.
    at = ends[1] if len(ends) > 1 and len(said) - ends[1] > SHORT else len(said)
    return said[:at], said[at:], lines


def _whole(words: str) -> Markup:
    """A heading in which no name or interval is broken at its hyphen or dash; its text is unchanged."""
    return Markup(COMPOUND.sub(r'<span class="whole">\g<0></span>', str(escape(words))))  # noqa: S704 - escaped


def years(lang: Language, page: Page, values: Values, part: str, drawing: str) -> bytes | None:
    """A figure of a page in each of its years, for a script that steps through them; None if it has no such years.

    Args:
        part: its name in the addresses of the page; drawing: the class of its drawings.
    """
    looks = Looks()

    def at(values: Values) -> Graphic | None:
        every = (block for one in page.sections(lang, values) for block in blocks.every(one.blocks))
        return next((block for block in every if isinstance(block, Graphic) and block.part == part), None)

    shown = at(values)
    spec = settled(shown.years, dict(values.given)) if shown and shown.years else None
    if spec is None or isinstance(spec, Span):
        return None

    def making(year: int) -> tuple[Making, Graphic]:
        chosen = Values.of({**dict(values.given), spec.name: year})
        made = Making(lang, Addresses(lang, page, chosen), dict(chosen.given), (drawing,), looks)
        return made, cast("Graphic", at(chosen))

    return figures.frames(making, spec)


def _frame(addresses: Addresses, about: str) -> dict[str, Any]:
    """What stands around the content of a page."""
    lang = addresses.lang
    files = _files(addresses) if isinstance(addresses, FileAddresses) else None
    scripts = ("htmx.min.js", "page.js", *(("files.js",) if files else ()))
    written = [code for code in LANGUAGES if addresses.leads(addresses.translated(code))]
    foot = [data_version.built(lang, store.snapshot()), disclaimer.independent(lang)]
    return {
        "lang": lang,
        "about": about,
        "canonical": addresses.canonical(),
        "feed": Linked(addresses.feed, lang.text("What changed (feed)")),
        "alternates": [(code, addresses.alternate(code)) for code in written],
        "icon": static.address("favicon.svg", addresses.up),
        "letters": static.letters(addresses.up),
        "sheet": static.address("page.css", addresses.up),
        "config": json.dumps(CONFIG),
        "scripts": [static.address(name, addresses.up) for name in scripts],
        "files": json.dumps(files, ensure_ascii=False) if files else "",
        "explore": "" if files else json.dumps(_exploring(addresses), ensure_ascii=False),
        "logo": LOGO.read_text("utf-8").strip(),
        "foot": [*foot, *([_copy(lang)] if files else [])],
        "foot_links": _foot(addresses),
    }


def _exploring(addresses: Addresses) -> dict[str, Any]:
    """What a script needs to let readers explore a figure (`explore.js`); the words of Plotly by its own ones."""
    lang = addresses.lang
    return {
        "plotly": static.address("plotly.min.js", addresses.up),
        "failed": lang.text("This figure could not be loaded. Its picture stays."),
        "words": {
            "Zoom": lang.text("Zoom"),
            "Pan": lang.text("Move"),
            "Box Select": lang.text("Select with a rectangle"),
            "Lasso Select": lang.text("Select with a lasso"),
            "Zoom in": lang.text("Zoom in"),
            "Zoom out": lang.text("Zoom out"),
            "Reset axes": lang.text("The whole figure"),
            "Double-click to zoom back out": lang.text("Double-click to see the whole figure again"),
        },
    }


def first_page(languages: Mapping[str, str]) -> str:
    """The document above those of all languages, in a folder of files: the choice between these.

    Args:
        languages: by their codes the documents to which they lead.
    """
    links = [Linked(address, LANGUAGES[code], code) for code, address in languages.items()]
    up, sheet = static.letters("./"), static.address("page.css")
    logo = Markup(LOGO.read_text("utf-8").strip())  # noqa: S704 - a file of ours
    written: str = _template("first.html").render(logo=logo, letters=Markup(up), sheet=sheet, links=links)  # noqa: S704 - as above
    return written


def _files(addresses: FileAddresses) -> dict[str, Any]:
    """What the script of a file needs (`files.js`): the other views of its page, where they are, and words."""
    lang = addresses.lang
    return {
        "snapshot": store.snapshot().id,
        "root": addresses.up,
        "document": addresses.document,
        "folder": addresses.folder,
        "views": addresses.views,
        "absent": lang.text("The view of this link is not in these files. The page is shown as it first opens."),
        "newer": _words(lang).newer,
        "newest": lang.text("This page with the newest data"),
    }


def _copy(lang: Language) -> str:
    """What readers of a file cannot do there."""
    return lang.text(
        "These pages are files. Filters, all rows of long tables, the source of a single figure, your own agenda, "
        "feeds and answers to programs (API) need the website."
    )


def _prepared(block: Block, making: Making) -> object:
    make = PREPARED.get(type(block))
    return make(making, block) if make else None


def _plain(sections: Sequence[Section]) -> bool:
    """Whether a page is words alone."""
    return all(isinstance(block, blocks.Remarks | blocks.Link) for section in sections for block in section.blocks)


def _menu(addresses: Addresses) -> list[Linked]:
    return [
        Linked(addresses.onward(one), menu.title(addresses.lang, one), here=one == addresses.page.slug)
        for one in menu.scripts()
        if one not in menu.UNLISTED
    ]


def _foot(addresses: Addresses) -> list[Linked]:
    lang = addresses.lang
    links = [Linked(addresses.of(slug), lang.text(words)) for slug, words in AT_FOOT.items()]
    links.append(Linked(addresses.feed, lang.text("What changed (feed)")))
    links = [one for one in links if addresses.leads(one.address)]
    contact = site.contact_link()
    return [*links, Linked(contact, lang.text("Contact"))] if contact else links


@cache
def _words(lang: Language) -> SimpleNamespace:
    """The words of the frame and of the blocks."""
    return SimpleNamespace(
        skip=lang.text("Skip to the content"),
        pages=lang.text("Pages"),
        language=lang.text("Language"),
        lost=lang.text("The connection to the server is lost."),
        newer=lang.text("Newer data have been published."),
        show=lang.text("Show"),
        fixed=lang.text("These pages are files: other choices need the website."),
        elsewhere=lang.text("Workbooks to fill in are on the website."),
        more=lang.text("More filters"),
        more_lines=lang.text("Read more"),
        search=lang.text("Search"),
        search_table=lang.text("Search the table"),
        open=lang.text("Open"),
        close=lang.text("Close"),
        lacking=lang.text("The item in this link is not in this table."),
        first_year=lang.text("First year"),
        last_year=lang.text("Last year"),
        play=lang.text("Play the years"),
        pause=lang.text("Pause"),
        zoom=lang.text("Zoom"),
        nearer=lang.text("Zoom in"),
        further=lang.text("Zoom out"),
        whole=lang.text("The whole region"),
        explore=lang.text("Explore this figure"),
        about_figure=lang.text("About this figure"),
        take=lang.text("Save or share"),
        copy_picture=lang.text("Copy the picture"),
        picture_not_copied=lang.text("This browser did not copy the picture. Save it with the link “PNG”."),
        link=lang.text("Link to this chart"),
        copy_link=lang.text("Copy the link"),
        share=lang.text("Share the link"),
        not_shared=lang.text("This browser did not share it."),
        frame=lang.text("Code for a web page"),
        download=lang.text("Download these rows"),
        cite=lang.text("Cite this view"),
        cite_all=lang.text("Cite this data version"),
        one_table=lang.text("One table as a file"),
        as_code=lang.text("This view as code"),
        copy=lang.text("Copy to clipboard"),
        copied=lang.text("Copied"),
        not_copied=lang.text("This browser did not copy it."),
        briefing=lang.text("Briefing"),
        download_workbook=lang.text("Download a workbook"),
        check_workbook=lang.text("Check your workbook"),
        check_promise=lang.text("You will see what will be published and any errors. We do not keep your file."),
        checked_later=lang.text("A workbook is checked when it is received; one with errors is not published."),
        of_briefing=lang.text("Figures, maps, routes and gaps of this view, as slides to edit or pages to print."),
    )


def _template(name: str) -> Any:  # noqa: ANN401 - Jinja's templates are not typed
    return templates().get_template(name)


@cache
def templates() -> Environment:
    """The templates, compiled when they are first used."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
