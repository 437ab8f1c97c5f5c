"""The page on a release for people: what its tables count, what was protected and why, what a reader can learn."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

import polars as pl

from data.i18n import Language, capitalized
from etl.cases.releases import CaseRegister, of_table
from etl.cases.tables import EXACT, TABLES
from etl.cases.words import COVERAGE, PROPOSAL, TABLE


class AuditedRule(Protocol):
    """The rule of an audit: figures from 1 to one below `threshold` are protected.

    `width` is the highest less the lowest number that stays possible for each of them, at least.
    """

    @property
    def threshold(self) -> int: ...  # noqa: D102
    @property
    def width(self) -> int: ...  # noqa: D102


class AuditedTable(Protocol):
    """What the audit found of a table; `proposals` are codes of coarser groups, if most of it is protected."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def proposals(self) -> Sequence[str]: ...  # noqa: D102


class Audited(Protocol):
    """What the audit of a release found.

    `narrowest` is the highest less the lowest number that stays possible for the protected figure that a reader can
    know best, None if nothing is protected; `earlier`, how many earlier releases were audited together with this one.
    """

    @property
    def rule(self) -> AuditedRule: ...  # noqa: D102
    @property
    def narrowest(self) -> int | None: ...  # noqa: D102
    @property
    def earlier(self) -> int: ...  # noqa: D102
    @property
    def tables(self) -> Sequence[AuditedTable]: ...  # noqa: D102


def page(lang: Language, register: CaseRegister, day: date, cells: pl.DataFrame, found: Audited) -> str:
    """The page in Markdown.

    Args:
        cells: the cells of all tables, each once (`etl.cases.tables.PUBLISHED`).
    """
    parts = [*_head(lang, register, day), *_counted(lang, register, found), *_protected(lang, cells, found)]
    return "\n\n".join([*parts, *_learned(lang, found), *_kept(lang)]) + "\n"


def _head(lang: Language, register: CaseRegister, day: date) -> Iterator[str]:
    # Translators: of a register, after its name and a colon.
    protected = lang.text("what was protected")
    yield f"# {lang.labeled(register.title, protected)}"
    yield lang.text(
        "{state}. Release of {day}, published by {publisher} under the license {license}. Questions go to {contact}.",
        state=lang.country(register.state),
        day=lang.date(day),
        publisher=register.publisher,
        license=register.license,
        contact=register.contact,
    )


def _counted(lang: Language, register: CaseRegister, found: Audited) -> Iterator[str]:
    yield _heading(lang.text("What the tables count"))
    points = [
        lang.text(COVERAGE[register.date]),
        lang.text(
            "The tables count persons. A person exploited in two forms is one person: the total has that person once, "
            "each of the two forms has that person, too. So the forms do not add up to the total."
        ),
        lang.text(
            "“unknown” means asked and not recorded, “not_asked” means that the register does not ask, “total” means "
            "all persons."
        ),
        lang.text(
            "Of a year, a citizenship, a country, a sex or an age with fewer than {n} persons only the figure itself "
            "is published, and no row below it: a row that is not there says nothing. Otherwise a row that is not "
            "there in the tables by citizenship is zero, and the other tables have a row for each zero.",
            n=lang.number(found.rule.threshold),
        ),
    ]
    yield "\n".join(f"- {point}" for point in points)


def _protected(lang: Language, cells: pl.DataFrame, found: Audited) -> Iterator[str]:
    yield _heading(lang.text("What was protected, and why"))
    yield lang.text(
        "Who knows the place can recognize a person in a figure of few persons. So each figure from 1 to {most} is "
        "published as a range, and so are the other figures from which it could be computed.",
        most=lang.number(found.rule.threshold - 1),
    )
    yield lang.text(
        "A year with fewer than {n} persons has only its total, and so has a year that cannot be protected in another "
        "way.",
        n=lang.number(found.rule.threshold),
    )
    head = [lang.text("Table"), lang.text("Figures"), lang.text("Exact"), lang.text("As a range")]
    rows = [head, ["---", "---:", "---:", "---:"]]
    for table in TABLES:
        mine = of_table(cells, table)
        exact = mine.filter(pl.col("status") == EXACT).height
        numbers = (mine.height, exact, mine.height - exact)
        rows.append([capitalized(lang.text(TABLE[table.name])), *map(lang.number, numbers)])
    yield "\n".join(f"| {' | '.join(row)} |" for row in rows)
    if coarser := proposals(lang, found):
        yield lang.text(
            "More than half of some tables is protected. Larger groups with exact figures often say more. Consider:"
        )
        yield "\n".join(f"- {line}" for line in coarser)


def proposals(lang: Language, found: Audited) -> list[str]:
    """For each table of which most is protected, what would make its groups coarser."""
    return [
        lang.labeled(
            capitalized(lang.text(TABLE[table.name])),
            lang.listing([lang.text(PROPOSAL[code]) for code in table.proposals], either=True),
        )
        for table in found.tables
        if table.proposals
    ]


def _learned(lang: Language, found: Audited) -> Iterator[str]:
    yield _heading(lang.text("What a reader can learn at most"))
    yield _audited(lang, found.earlier)
    if found.earlier:
        yield _added(lang)
    if found.narrowest is None:
        yield lang.text("No figure of this release had to be protected.")
    else:
        yield lang.text(
            "Of each protected figure at least {n} different numbers stay possible; the rule asks for {least}.",
            n=lang.number(found.narrowest + 1),
            least=lang.number(found.rule.width + 1),
        )
    yield lang.text(
        "Who knows some of the cases from elsewhere, such as an office that handled them, can learn more. No table can "
        "prevent that."
    )


def _added(lang: Language) -> str:
    return lang.text(
        "It was also computed what follows if cases were only added between the releases. How many were added to an "
        "exact figure can be computed, even a single one."
    )


def _audited(lang: Language, earlier: int) -> str:
    if not earlier:
        return lang.text(
            "Before it was published, this release, the first of the register, was audited: everything was computed "
            "that follows from all its figures, from their sums, and from the fact that persons are whole numbers."
        )
    return lang.plural(
        "Before it was published, this release was audited together with {n} earlier release: everything was computed "
        "that follows from all published figures, from their sums, and from the fact that persons are whole numbers.",
        "Before it was published, this release was audited together with {n} earlier releases: everything was computed "
        "that follows from all published figures, from their sums, and from the fact that persons are whole numbers.",
        earlier,
    )


def _kept(lang: Language) -> Iterator[str]:
    yield _heading(lang.text("What stays in the office"))
    yield lang.text(
        "The case records. This folder has no record, no name, no date of birth and no place below the country: only "
        "the tables, this page, the description of the files (datapackage.json) and the layout by which the records "
        "were read."
    )


def _heading(words: str) -> str:
    return f"## {words}"
