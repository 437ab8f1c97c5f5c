"""Agreement of evidence on a state, and on two states, as blocks of their pages."""

from collections.abc import Iterator

import polars as pl

from dashboard.store import Tables, cached
from dashboard.subjects.agreement import files, query, tables, words
from dashboard.subjects.passports import keys
from dashboard.subjects.routes.filters import AGREEMENT
from dashboard.subjects.shared import STATES
from dashboard.views.filters import Spec
from dashboard.views.page import Block, Files, Link, Remarks, Table
from dashboard.words.tables import sheet
from data.i18n import Language


@cached
def _sources(snap: Tables) -> tuple[str, ...]:
    """The sources of the evidence."""
    named = [snap.table(name).select("source").unique().collect()["source"] for name in ("flows", "roles")]
    return tuple(sorted({one for sources in named for one in sources}))


def state(lang: Language, area: str) -> Iterator[Block]:
    """The pairs that both kinds name, in sentences, and tables of all pairs, routes and roles."""
    rows, roles = query.of_state(area), query.roles(area)
    if rows.is_empty() and roles.is_empty():
        return
    yield Remarks([*words.pairs(lang, area, query.pairs(rows)), words.limits(lang)])
    if rows.height:
        links = _cells(area, rows)
        yield Table("agreement", lang.text("Pairs and routes"), sheet(tables.pairs(rows, lang)), links=links)
    if roles.height:
        links = [_stated(area, role) for role in roles["role"]]
        yield Table("agreement_roles", lang.text("Roles"), sheet(tables.roles(roles, lang)), links=links)
    yield Link("routes", lang.text("Routes named by both kinds"), {STATES.name: area, AGREEMENT.name: "both"})
    yield Files(files.agreement(lang, area, _sources()))


def _cells(area: str, rows: pl.DataFrame) -> list[Link | None]:
    """The passport of each row that is one record; of several records a row has no single cell."""
    alone = query.records(area)
    cells = [alone.get(about) for about in rows["about"]]
    return [Link(keys.PAGE, "", keys.texts("flows", cell)) if cell else None for cell in cells]


def _stated(area: str, role: str) -> Link | None:
    """The passport of the newest statement of a role; None if no report states it."""
    stated = keys.rows("roles", (("area", area), ("role", role))).sort("year")
    return Link(keys.PAGE, "", keys.texts("roles", stated.row(-1, named=True))) if stated.height else None


def pair(lang: Language, one: str, other: str, specs: tuple[Spec[str], ...]) -> Iterator[Block]:
    """Which kinds of evidence name two states, in both directions; `specs` are the filters that name them."""
    rows = query.between(one, other)
    if rows.height:
        title, shown = lang.text("Agreement of evidence"), sheet(tables.between(rows, lang))
        yield Table("agreement", title, shown, wrapped=True, links=_cells(one, rows))
    named = [*rows.select("origin", "destination").iter_rows()]
    lacking = [words.unnamed(lang, *way) for way in ((one, other), (other, one)) if way not in named]
    yield Remarks([*lacking, words.limits(lang)])
    if rows.height:
        yield Files(files.between(lang, one, other, specs, _sources()))
