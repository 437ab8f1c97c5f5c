"""The page "API": what a program can ask for, for people who write one. `/api/v1/` leads people here."""

from collections.abc import Iterator

import polars as pl

from dashboard import site, store
from dashboard.subjects import api_addresses, question
from dashboard.views.page import Block, Code, Link, Page, Pairs, Remarks, Section, Table
from dashboard.words import terms
from dashboard.words.source_facts import open_tables
from dashboard.words.tables import sheet
from data.i18n import N_, Language
from data.manifest import VICTIMS

# Descriptions for other programs, and what each is.
DESCRIPTIONS = {
    f"{api_addresses.ROOT}/{api_addresses.OPENAPI}": N_("The API, with the values of all parameters (OpenAPI 3.1)"),
    f"{api_addresses.ROOT}/{api_addresses.PACKAGE}": N_("All tables, as a data package (Frictionless)"),
    api_addresses.DCAT: N_("All tables, as a catalog (DCAT-AP 3)"),
    api_addresses.CROISSANT: N_("All tables, for machine learning (Croissant 1.1)"),
    api_addresses.STRUCTURES: N_("The columns and codes of rows as SDMX-CSV (SDMX-JSON 2.0)"),
    api_addresses.CATALOG: N_("Where these descriptions are (RFC 9727)"),
}
# One feed of each kind.
FEEDS = ("feed.atom", "country/HTI/feed.atom", f"indicator/{VICTIMS}/feed.atom")


def _sections(lang: Language) -> Iterator[Section]:
    yield Section("", "use", tuple(_use(lang)))
    title = lang.text("Parameters")
    yield Section(title, "parameters", (_parameters(lang, title),))
    links = tuple(Pairs((), path, lang.text(words)) for path, words in DESCRIPTIONS.items())
    yield Section(lang.text("Descriptions for programs"), "descriptions", links)
    remarks = (
        lang.text("Changed figures, corrections, reports and questions to publishers, each with its release."),
        lang.text("Of the region, of each state and of each indicator; as Atom (.atom) and JSON Feed (.json)."),
    )
    feeds = (Pairs((), f"/{lang.code}/{path}", f"/{lang.code}/{path}") for path in FEEDS)
    yield Section(lang.text("What changed (feed)"), "feeds", (Remarks(remarks), *feeds))


def _use(lang: Language) -> Iterator[Block]:
    """How addresses are made, and one to try."""
    root, minutes, most = site.public_address(), api_addresses.MINUTES, api_addresses.MOST_ROWS
    lines = (
        lang.text(
            "The same tables at stable addresses: {names}.",
            names=lang.listing(open_tables(store.snapshot().manifest)),
        ),
        lang.text(
            "Responses come from the current data version and may be up to {minutes} minutes old. "
            "If the address has the ID of a data version after /api/v1/, the response never "
            "changes.",
            minutes=lang.number(minutes),
        ),
        lang.text(
            "Separate values with commas. A response has at most {most} rows; for more, download a file.",
            most=lang.number(most),
        ),
    )
    yield Remarks(lines)
    yield Code("", "\n".join(api_addresses.addresses(root)))
    label = lang.text("Example: detected victims in Costa Rica and Panama since 2019")
    yield Pairs((), api_addresses.example(root), label)
    yield Link("sources", lang.text("Codebook"), anchor="codebook")


def _parameters(lang: Language, title: str) -> Table:
    """The parameters of all questions: what each is, and for which tables."""
    named = {name: lang.text(label) for name, label in question.LABELS.items()}
    tables: dict[str, list[str]] = {}
    for table in question.COLUMNS:
        for name in question.parameters_of(table):
            tables.setdefault(name, []).append(table)
    rows = [(name, named.get(name) or terms.term(lang, "column", name), ", ".join(of)) for name, of in tables.items()]
    labels = [lang.text("Parameter"), lang.text("Meaning"), lang.text("Tables")]
    return Table("parameters", title, sheet(pl.DataFrame(rows, schema=labels, orient="row")))


API = Page(
    slug="api",
    title=N_("API"),
    purpose=N_("All rows for programs: addresses, parameters, descriptions and feeds."),
    sections=lambda lang, _values: tuple(_sections(lang)),
)
