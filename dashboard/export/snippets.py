"""A view as a few lines of Polars that read its rows from the downloaded tables. Pure: ids in, text out.

Where a view adds up, compares or fills gaps, the lines give the rows it is made of, and a comment says so.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.editions import NEWEST, SOURCE
from dashboard.subjects.compare import query as compare_query
from dashboard.subjects.coverage import revisions as coverage_revisions
from dashboard.subjects.explore import query as explore_query
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.pair import query as pair_query
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.sources import query as sources_query
from dashboard.subjects.states import query as states_query

Years = tuple[int, int]
TOTALS = 'pl.all_horizontal(pl.col("sex", "age", "form") == "total")'
NO_REPEATS = 'pl.col("repeat_of").is_null()'
OFF_THE_MAP = '~pl.col("located") | ~pl.col("complete")'
# Of each indicator and year the newest release until then that covers both.
FIGURES_AS_OF = """# As published in {edition}.
then = (pl.col("source") == "{source}") & (pl.col("release") <= "{edition}")
newest = release_coverage.filter(then).group_by("indicator", "year").agg(pl.col("release").max())
then = vintages.filter(then).join(newest, on=["indicator", "year", "release"], how="semi")
observations = pl.concat([observations.filter(pl.col("source") != "{source}"), then], how="diagonal")"""
FLOWS_AS_OF = """# As published in {edition}.
then = {earlier}.filter(pl.col("as_of") == "{edition}").drop("as_of")
{table} = pl.concat([{table}.filter(pl.col("source") != "{source}"), then], how="diagonal")"""
# The tables that an earlier release needs besides the newest one, and the lines that put them together.
EARLIER: dict[str, tuple[tuple[str, ...], str]] = {
    "observations": (("vintages", "release_coverage"), FIGURES_AS_OF),
    "flows": (("flow_vintages",), FLOWS_AS_OF),
    "flow_coverage": (("flow_coverage_vintages",), FLOWS_AS_OF),
}


@dataclass(frozen=True)
class Snippet:
    """The rows of a table that a view shows, or is made of.

    Attributes:
        table: its name in the snapshot.
        conditions: what is true of each row, as Python code.
        comment: how the view differs from these rows; empty where it shows them as they are.
        edition: the release of UNODC as of which the table is read (`dashboard.editions`).
        latest: columns; of the rows that agree in them only those of the latest year are meant.
    """

    table: str
    conditions: tuple[str, ...] = ()
    comment: str = ""
    edition: str = NEWEST
    latest: tuple[str, ...] = ()

    def text(self, snapshot: str, api: str = "") -> str:
        """The lines of code.

        Args:
            snapshot: its id, which is part of the names of downloaded files.
            api: the address under which this server has the tables too, if it is known.
        """
        others, as_of = EARLIER[self.table] if self.edition != NEWEST else ((), "")
        lines = ["import polars as pl", ""]
        for name in (self.table, *others):
            lines += [f"# The same file: {api}/{snapshot}/{name}.parquet"] if api else []
            lines += [f"{name} = pl.read_parquet({_code(f'atalaya_{name}_{snapshot}.parquet')})"]
        if others:
            lines += [as_of.format(table=self.table, earlier=others[0], edition=self.edition, source=SOURCE)]
        lines += [f"# {self.comment}"] if self.comment else []
        newest = f'pl.col("year") == pl.col("year").max().over({_code(self.latest)})'
        steps = [",\n    ".join(self.conditions), newest if self.latest else ""]
        filters = "".join(f".filter(\n    {step},\n)" for step in steps if step)
        return "\n".join([*lines, f"rows = {self.table}{filters}", ""])


def region(code: str, year: int | None, edition: str) -> Snippet:
    """The figures of all states, of one year or the latest of each."""
    conditions = (_is("indicator", code), TOTALS, *([] if year is None else [f'pl.col("year") == {year}']))
    latest = ("area",) if year is None else ()
    return Snippet("observations", conditions, "A state without a figure has no row here.", edition, latest)


def state(area: str, edition: str) -> Snippet:
    """Everything recorded for a state."""
    return Snippet("observations", (_is("area", area),), edition=edition)


def others(area: str) -> Snippet:
    """A state's other counts and surveys."""
    return Snippet("observations", (_is("area", area), _is("source", states_query.SDG)))


def explored(wanted: explore_query.Selection, edition: str) -> Snippet:
    """The indicators, states, years and groups of a selection."""
    groups = (_group(name, codes) for name, codes in wanted.groups.items() if codes)
    return Snippet("observations", (*_selected(wanted), *groups), edition=edition)


def unsummed(wanted: explore_query.Selection, edition: str) -> Snippet:
    """Totals that are not the sum of their parts."""
    comment = "The view has the totals among these that are not the sum of their parts."
    return Snippet("observations", (*_selected(wanted), '~pl.col("derived")'), comment, edition)


def compared(wanted: compare_query.Pair, edition: str) -> Snippet:
    """Two states, or a state and the region, side by side."""
    region = wanted.other == compare_query.REGION
    totals = [_is("indicator", compare_query.measures(wanted.indicator)), TOTALS]
    conditions = totals if region else [*totals, _is("area", wanted.states)]
    other = "the median of all states" if region else wanted.other
    comment = f"The view has the figure of {wanted.one} beside {other}, year by year."
    return Snippet("observations", tuple(conditions), comment, edition)


def sdg_differences() -> Snippet:
    """Where the SDG database and UNODC's workbook have no number in common."""
    conditions = (_is("indicator", (sources_query.HERE, sources_query.THERE)), 'pl.col("low").is_not_null()')
    return Snippet("observations", conditions, "The view has the pairs of these that have no number in common.")


def reported(indicator: str, edition: str) -> Snippet:
    """Who reports an indicator in which year."""
    out = f'(pl.col("source") != "{SOURCE}") | (pl.col("release") <= "{edition}")'
    conditions = (_is("indicator", indicator), '~pl.col("derived")', *([] if edition == NEWEST else [out]))
    return Snippet("vintages", conditions, "The view has one of these for each state and year: the newest.")


def revised(indicator: str, area: str, *, masking: bool) -> Snippet:
    """What publishers changed between one release and the next."""
    conditions = [
        _is(name, one) for name, one in (("indicator", indicator), ("area", area)) if one != coverage_revisions.ALL
    ]
    return Snippet(
        "revisions", (*conditions, *([] if masking else [f'pl.col("kind") != "{coverage_revisions.CONVENTION}"']))
    )


def arrows(wanted: routes_query.Filter) -> Snippet:
    """The arrows of a map of routes."""
    comment = f"The view adds these up by route; a route through a transit state is two legs.{_others(wanted)}"
    usual = [] if wanted.questioned else ['pl.col("status") != "questioned"']
    return Snippet("flows", (*_records(wanted), *usual), comment, wanted.edition)


def lost(wanted: routes_query.Filter) -> Snippet:
    """The records of the routes that no map can place."""
    return Snippet("flows", (*_records(wanted), OFF_THE_MAP), _others(wanted).strip(), wanted.edition)


def _others(wanted: routes_query.Filter) -> str:
    """What was chosen besides and has no line of code here."""
    chosen = ", ".join(f"{name} = {text}" for name, text in routes_query.others(wanted).items())
    return f" Also chosen in the view: {chosen}." if chosen else ""


def unlocated(evidence: str) -> Snippet:
    """Every record of a kind of evidence that no map can place."""
    return Snippet("flows", (_is("evidence", evidence), OFF_THE_MAP))


def questioned() -> Snippet:
    """The records whose figure is doubted."""
    return Snippet("flows", (_is("status", "questioned"),))


def between(wanted: compare_query.Pair, edition: str) -> Snippet:
    """The records on whose route two states stand."""
    route = 'pl.concat_list("origin", "transit", "destination")'
    both = f"{route}.list.set_intersection({_code((wanted.one, wanted.other))}).list.len() == 2"
    return Snippet("flows", (NO_REPEATS, both), "The view says the direction of each, too.", edition)


def listed(areas: Sequence[str], years: Years, edition: str) -> Snippet:
    """How many detected victims have a listed citizenship."""
    return Snippet("flow_coverage", tuple(_places(areas, years)), edition=edition)


def roles(areas: Sequence[str], years: Years) -> Snippet:
    """The latest report that states each role."""
    return Snippet("roles", (_is("stated", "yes"), *_places(areas, years)), latest=("area", "role", "source"))


def treaties(areas: Sequence[str]) -> Snippet:
    """What states did about each treaty."""
    conditions = (_is("instrument", tuple(pair_query.IN_FORCE)), _is("area", areas))
    return Snippet("instruments", conditions, "The view has one row for each treaty and state.")


def standings(treaty: str) -> Snippet:
    """How each state stood to a treaty at the end of a year."""
    return Snippet("instruments", (_is("instrument", treaty),), "The view has one row for each state.")


def acts(wanted: Sequence[str]) -> Snippet:
    """Every act on some treaties."""
    return Snippet("instruments", (_is("instrument", wanted),), "A state without an act has no row here.")


def laws() -> Snippet:
    """The law that is named for each state."""
    newest = 'pl.col("version") == pl.col("version").max().over("kind", "actor", "locator")'
    return Snippet("evidence", (_is("kind", "law"), newest), "A state for which no law is named has no row here.")


def migrants(one: str, other: str) -> Snippet:
    """People of either of two states who live in the other."""
    return Snippet("migrant_stock", tuple(_is(end, (one, other)) for end in ("origin", "destination")))


def entries(wanted: ledger_query.Filter) -> Snippet:
    """The latest version of each entry of a choice, with what answers it."""
    narrowed = wanted.grades or not wanted.whole
    return _entries(wanted, "Of the answers the view has only those to its entries." if narrowed else "")


def cells(wanted: ledger_query.Filter) -> Snippet:
    """The cells of the matrix."""
    return _entries(wanted, "The view has one row for each paragraph and actor: the best grade, and how many entries.")


def paragraphs() -> Snippet:
    """Every paragraph with the number of states that there is evidence of."""
    return _entries(
        ledger_query.Filter(), "The view has one row for each paragraph: the number of states with entries."
    )


def _entries(wanted: ledger_query.Filter, comment: str) -> Snippet:
    conditions = ['pl.col("version") == pl.col("version").max().over("id")']
    conditions += [f'pl.col("paragraph").is_in({list(wanted.paragraphs)})'] if wanted.paragraphs else []
    conditions += [_is("actor", wanted.actors)] if wanted.actors else []
    conditions += [_is("grade", (*wanted.grades, ledger_query.REPLY))] if wanted.grades else []
    if not wanted.whole:
        days = (("period_from", f"<= {wanted.last}"), ("period_to", f">= {wanted.first}"))
        reply = f'pl.col("grade") == "{ledger_query.REPLY}"'
        year = 'pl.coalesce(pl.col("{}").dt.year(), "year", pl.col("date").dt.year())'
        conditions += [f"({reply}) | ({year.format(day)} {limit})" for day, limit in days]
    return Snippet("evidence", tuple(conditions), comment)


def _selected(wanted: explore_query.Selection) -> Iterable[str]:
    """The indicators, states and years of a selection."""
    yield _is("indicator", wanted.indicators)
    yield from _places(wanted.areas, wanted.years)


def _group(name: str, codes: Iterable[str]) -> str:
    """A group; of an indicator without any total, such as a survey of women, `total` means every group it has."""
    chosen = _is(name, tuple(codes))
    return f'{chosen} | (pl.col("{name}") != "total").all().over("indicator")' if "total" in codes else chosen


def _records(wanted: routes_query.Filter) -> Iterable[str]:
    """The flow records that a filter asks for."""
    yield _is("evidence", wanted.evidence)
    yield from _places((), (wanted.first, wanted.last))
    yield NO_REPEATS
    if wanted.areas:
        ends = ("origin", "transit", "destination") if wanted.position == "any" else (wanted.position,)
        yield f"pl.any_horizontal({_is(ends, wanted.areas)})"
    if wanted.forms and wanted.evidence == "stated":
        yield f'pl.col("form").list.set_intersection({_code(wanted.forms)}).list.len() > 0'


def _places(areas: Sequence[str], years: Years) -> Iterable[str]:
    """States, if any are named, and years."""
    if areas:
        yield _is("area", areas)
    yield f'pl.col("year").is_between({years[0]}, {years[1]})'


def _is(column: str | Sequence[str], value: str | Sequence[str]) -> str:
    one = isinstance(value, str)
    return f"pl.col({_code(column)}) == {_code(value)}" if one else f"pl.col({_code(column)}).is_in({_code(value)})"


def _code(value: str | Sequence[str]) -> str:
    """An id, or a list of ids, as Python writes them."""
    return json.dumps(value if isinstance(value, str) else list(value))
