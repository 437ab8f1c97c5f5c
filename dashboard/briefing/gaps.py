"""What is not reported: by a state or two, which years of which indicator; in the region, who reports nothing."""

import polars as pl

from dashboard import tables, terms
from dashboard.briefing import charts, opening, words
from dashboard.briefing.content import Part, Table
from dashboard.query import coverage, observed
from data.i18n import Language


def of_region(lang: Language) -> Part:
    """Year by year how many states report detected victims; of each indicator who never did."""
    chart = charts.reporting(lang, observed.COUNTS[0])
    silent = {code: _silent(lang, code) for code in observed.COUNTS}
    columns: tables.Columns = {
        lang.text("Indicator"): lambda row: terms.term(lang, "indicator", row["code"]),
        lang.text("Years"): lambda row: "–".join(map(str, coverage.span(row["code"]))),
        lang.text("States that ever reported"): lambda row: _ever(lang, row["code"]),
        lang.text("States without a usable figure in any year"): lambda row: silent[row["code"]] or tables.NONE,
    }
    alt = lang.text("Which states report each indicator, and which never did")
    held = words.table(tables.written(({"code": code} for code in observed.COUNTS), columns), alt)
    notes = "\n".join([chart.alt, opening.cited(lang, opening.MAIN)])
    return Part("gaps", lang.text("What is not reported"), _lead(lang), chart=chart, tables=(held,), notes=notes)


def _silent(lang: Language, code: str) -> str:
    """The names of the states without a usable figure in any year."""
    rows = coverage.states(code)
    never = rows.filter(pl.col("years") == 0)["area"]
    return ", ".join(lang.country(area) for area in lang.sorted_countries(never))


def _ever(lang: Language, code: str) -> str:
    rows = coverage.states(code)
    n = rows.filter(pl.col("years") > 0).height
    return lang.text("{n} of {all}", n=lang.number(n), all=lang.number(rows.height))


def _lead(lang: Language) -> str:
    return lang.text("A gap is no zero: it says that no figure was published, not that there were no victims.")


def of_states(lang: Language, areas: tuple[str, ...]) -> Part:
    """Which years each state reports, masks or leaves out, indicator by indicator."""
    held = []
    for area in areas:
        name = lang.text("Which years are reported")
        told = words.sheet(
            tables.sheet(tables.gaps(observed.state(area), lang)), lang.labelled(lang.country(area), name)
        )
        head = (lang.labelled(lang.country(area), told.head[0]), *told.head[1:]) if len(areas) > 1 else told.head
        held.append(Table(head, told.rows, told.alt))
    title = lang.text("What is not reported")
    masked = lang.text("A masked figure, printed as “<5”, is 0 to 4 where its release prints no zero, else 1 to 4.")
    lead = _lead(lang)
    notes = "\n".join([lead, masked, opening.cited(lang, opening.MAIN)])
    return Part("gaps", title, lead, tables=tuple(held), remarks=(masked,), notes=notes)
