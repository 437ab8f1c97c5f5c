"""The part of page "Declaration" for focal points: a workbook to fill in, a check of a filled one, where to send it."""

from collections.abc import Iterator
from datetime import UTC, datetime

from dashboard import site
from dashboard.views.page import Block, Heading, Link, Pairs, Text, WorkbookCheck, Workbooks
from dashboard.words import terms
from data.i18n import Language
from data.report.order import FIRST_YEAR, KIND, KINDS, SECRETARIAT, WITHOUT_REPORT, states

# The years that are offered first: those after the declaration.
USUAL_YEARS = (2018, 2020)


def steps(lang: Language, area: str) -> Iterator[Block]:
    """The three steps; `area` is the state whose workbook is offered first, empty for none."""
    yield _step(1, lang.text("Download a workbook"))
    kinds, years = {kind: lang.text(KIND[kind]) for kind in KINDS}, (FIRST_YEAR, datetime.now(UTC).year)
    yield Workbooks(kinds, {kind: actors(lang, kind) for kind in KINDS}, years, USUAL_YEARS, area)
    yield _step(2, lang.text("How the workbook is checked"))
    yield WorkbookCheck()
    yield _step(3, lang.text("Send it"))
    yield from _address(lang)


def _step(number: int, title: str) -> Heading:
    return Heading(f"{number}. {title}")


def actors(lang: Language, kind: str) -> dict[str, str]:
    """Who can send a workbook of a kind, by id: states by name, then the General Secretariat."""
    excluded = WITHOUT_REPORT if kind in {"report", "review"} else ()
    allowed = [area for area in lang.sorted_countries(states()) if area not in excluded]
    bodies = [] if kind == "correction" else [SECRETARIAT]
    return {code: terms.term(lang, "actor", code) for code in (*allowed, *bodies)}


def _address(lang: Language) -> Iterator[Block]:
    """Where a workbook is sent: the contact of this site, or who runs it if none is set."""
    if address := site.contact():
        yield Text((lang.text("Send the file to {address}.", address=address),))
        yield Pairs((), site.contact_link(), lang.text("Contact"))
    else:
        sentence = lang.text(
            "This copy of the site gives no address for reports. Send the file to the office or person that provides "
            "this copy."
        )
        yield Text((sentence,))
        yield Link("about", lang.text("About and method"))
