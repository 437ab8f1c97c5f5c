"""Writes a few lines of Polars that read the rows of a view from the downloaded tables. Pure: ids in, text out.

If a view adds up, compares or fills gaps, the code gives the rows it is made of, and a comment says so.
"""

from collections.abc import Iterable, Sequence

from dashboard.editions import NEWEST, SOURCE
from dashboard.subjects.compare import query as compare_query
from dashboard.subjects.coverage import revisions as coverage_revisions
from dashboard.subjects.explore import query as explore_query
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.pair import query as pair_query
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.sources import query as sources_query
from dashboard.subjects.states import query as states_query
from dashboard.views.rows import Snippet, quoted
from data.subregions import ALL, states_of

Years = tuple[int, int]
TOTALS = 'pl.all_horizontal(pl.col("sex", "age", "form") == "total")'
COUNTING_UNIT = "The view also has the unit of count, which is not stated unless a reviewed document shows it."
NO_REPEATS = 'pl.col("repeat_of").is_null()'
OFF_THE_MAP = '~pl.col("located") | ~pl.col("complete")'


def region(code: str, year: int | None, edition: str, subregion: str = ALL) -> Snippet:
    """The figures of all states, or those of a subregion, for one year, or the latest of each."""
    conditions = (_is("indicator", code), TOTALS, *([] if year is None else [f'pl.col("year") == {year}']))
    conditions += () if subregion == ALL else (_is("area", states_of(subregion)),)
    latest = ("area",) if year is None else ()
    return Snippet("observations", conditions, "A state without a figure has no row here.", edition, latest)


def state(area: str, edition: str) -> Snippet:
    """Everything recorded for a state."""
    return Snippet("observations", (_is("area", area),), COUNTING_UNIT, edition)


def others(area: str) -> Snippet:
    """A state's other counts and surveys."""
    return Snippet("observations", (_is("area", area), _is("source", states_query.SDG)), COUNTING_UNIT)


def explored(selection: explore_query.Selection, edition: str) -> Snippet:
    """The indicators, states, years and groups of a selection."""
    groups = (_group(name, codes) for name, codes in selection.groups.items() if codes)
    return Snippet("observations", (*_selected(selection), *groups), COUNTING_UNIT, edition)


def unsummed(selection: explore_query.Selection, edition: str) -> Snippet:
    """Totals that are not the sum of their parts."""
    comment = "The view has the totals among these that are not the sum of their parts."
    return Snippet("observations", (*_selected(selection), '~pl.col("derived")'), comment, edition)


def compared(pair: compare_query.Pair, edition: str) -> Snippet:
    """Two states, or a state and the region, side by side."""
    region = pair.other == compare_query.REGION
    totals = [_is("indicator", compare_query.measures(pair.indicator)), TOTALS]
    conditions = totals if region else [*totals, _is("area", pair.states)]
    other = "the median of all states" if region else pair.other
    comment = f"The view has the figure of {pair.one} beside {other}, year by year."
    return Snippet("observations", tuple(conditions), comment, edition)


def sdg_differences() -> Snippet:
    """Where the SDG database and UNODC's workbook have no number in common."""
    conditions = (_is("indicator", (sources_query.HERE, sources_query.THERE)), 'pl.col("low").is_not_null()')
    return Snippet("observations", conditions, "The view has the pairs of these that have no number in common.")


def reported(indicator: str, edition: str) -> Snippet:
    """Which states report an indicator, by year."""
    published = f'(pl.col("source") != "{SOURCE}") | (pl.col("release") <= "{edition}")'
    conditions = (_is("indicator", indicator), '~pl.col("derived")', *([] if edition == NEWEST else [published]))
    return Snippet("vintages", conditions, "The view has one of these for each state and year: the newest.")


def revised(indicator: str, area: str, *, masking: bool) -> Snippet:
    """What publishers changed between one release and the next."""
    conditions = [
        _is(name, value)
        for name, value in (("indicator", indicator), ("area", area))
        if value != coverage_revisions.ALL
    ]
    return Snippet(
        "revisions", (*conditions, *([] if masking else [f'pl.col("kind") != "{coverage_revisions.CONVENTION}"']))
    )


def arrows(selection: routes_query.Filter) -> Snippet:
    """The arrows of a map of routes."""
    comment = "The view adds these up by route, questioned ones apart; a route through a transit state is two legs."
    return Snippet("flows", tuple(_records(selection)), f"{comment}{_others(selection)}", selection.edition)


def lost(selection: routes_query.Filter) -> Snippet:
    """The records of the routes that cannot be placed on a map."""
    return Snippet("flows", (*_records(selection), OFF_THE_MAP), _others(selection).strip(), selection.edition)


def _others(selection: routes_query.Filter) -> str:
    """The filters of the view that these lines leave out."""
    rest = ", ".join(f"{name} = {text}" for name, text in routes_query.others(selection).items())
    return f" Also chosen in the view: {rest}." if rest else ""


def unlocated(evidence: str) -> Snippet:
    """All records of a kind of evidence that cannot be placed on a map."""
    return Snippet("flows", (_is("evidence", evidence), OFF_THE_MAP))


def questioned() -> Snippet:
    """The records with a questioned figure."""
    return Snippet("flows", (_is("status", "questioned"),))


def between(pair: compare_query.Pair, edition: str) -> Snippet:
    """The records with both of two states on their route."""
    route = 'pl.concat_list("origin", "transit", "destination")'
    both = f"{route}.list.set_intersection({quoted((pair.one, pair.other))}).list.len() == 2"
    return Snippet("flows", (NO_REPEATS, both), "The view says the direction of each, too.", edition)


def listed(areas: Sequence[str], years: Years, edition: str) -> Snippet:
    """How many detected victims have a listed citizenship."""
    comment = (
        "The view also has how many of the listed are questioned in the table of flows, and the release of the list."
    )
    return Snippet("flow_coverage", tuple(_places(areas, years)), comment, edition)


def roles(areas: Sequence[str], years: Years) -> Snippet:
    """The newest report that states or denies each role."""
    comment = "The view also has the number of later reports that do not mention the role."
    return Snippet(
        "roles", ('pl.col("stated") != "no_mention"', *_places(areas, years)), comment, latest=("area", "role")
    )


def treaties(areas: Sequence[str]) -> Snippet:
    """The acts of states on the treaties."""
    conditions = (_is("instrument", tuple(pair_query.IN_FORCE)), _is("area", areas))
    return Snippet("instruments", conditions, "The view has one row for each treaty and state.")


def standings(treaty: str) -> Snippet:
    """The standing of each state toward a treaty at the end of a year."""
    return Snippet("instruments", (_is("instrument", treaty),), "The view has one row for each state.")


def acts(treaty_ids: Sequence[str]) -> Snippet:
    """All acts on some treaties."""
    return Snippet(
        "instruments",
        (_is("instrument", treaty_ids),),
        "A state without an act has no row here; whether sources differ shows in their rows.",
    )


def laws() -> Snippet:
    """The law named for each state."""
    newest = 'pl.col("version") == pl.col("version").max().over("kind", "actor", "locator")'
    return Snippet("evidence", (_is("kind", "law"), newest), "A state for which no law is named has no row here.")


def migrants(one: str, other: str) -> Snippet:
    """People of either of two states who live in the other."""
    return Snippet("migrant_stock", tuple(_is(end, (one, other)) for end in ("origin", "destination")))


def entries(selection: ledger_query.Filter) -> Snippet:
    """The latest version of each selected entry, with the replies to it."""
    narrowed = selection.grades or not selection.whole
    return _entries(selection, "Of the answers the view has only those to its entries." if narrowed else "")


def cells(selection: ledger_query.Filter) -> Snippet:
    """The cells of the matrix."""
    return _entries(
        selection, "The view has one row for each paragraph and actor: the best grade, and how many entries."
    )


def paragraphs() -> Snippet:
    """Every paragraph with the number of states with evidence."""
    return _entries(
        ledger_query.Filter(), "The view has one row for each paragraph: the number of states with entries."
    )


def _entries(selection: ledger_query.Filter, comment: str) -> Snippet:
    conditions = ['pl.col("version") == pl.col("version").max().over("id")']
    conditions += [f'pl.col("paragraph").is_in({list(selection.paragraphs)})'] if selection.paragraphs else []
    conditions += [_is("actor", selection.actors)] if selection.actors else []
    conditions += [_is("grade", (*selection.grades, ledger_query.REPLY))] if selection.grades else []
    if not selection.whole:
        days = (("period_from", f"<= {selection.last}"), ("period_to", f">= {selection.first}"))
        reply = f'pl.col("grade") == "{ledger_query.REPLY}"'
        year = 'pl.coalesce(pl.col("{}").dt.year(), "year", pl.col("date").dt.year())'
        conditions += [f"({reply}) | ({year.format(day)} {limit})" for day, limit in days]
    return Snippet("evidence", tuple(conditions), comment)


def _selected(selection: explore_query.Selection) -> Iterable[str]:
    """The indicators, states and years of a selection."""
    yield _is("indicator", selection.indicators)
    yield from _places(selection.areas, selection.years)


def _group(name: str, codes: Iterable[str]) -> str:
    """A group; for an indicator without totals, such as a survey of women, `total` means all of its groups."""
    chosen = _is(name, tuple(codes))
    return f'{chosen} | (pl.col("{name}") != "total").all().over("indicator")' if "total" in codes else chosen


def _records(selection: routes_query.Filter) -> Iterable[str]:
    """The flow records that a filter selects."""
    yield _is("evidence", selection.evidence)
    yield from _places((), (selection.first, selection.last))
    yield NO_REPEATS
    if selection.areas:
        ends = ("origin", "transit", "destination") if selection.position == "any" else (selection.position,)
        yield f"pl.any_horizontal({_is(ends, selection.areas)})"
    if selection.forms and selection.evidence == "stated":
        yield f'pl.col("form").list.set_intersection({quoted(selection.forms)}).list.len() > 0'


def _places(areas: Sequence[str], years: Years) -> Iterable[str]:
    """States, if any are named, and years."""
    if areas:
        yield _is("area", areas)
    yield f'pl.col("year").is_between({years[0]}, {years[1]})'


def _is(column: str | Sequence[str], value: str | Sequence[str]) -> str:
    test = f"== {quoted(value)}" if isinstance(value, str) else None
    return f"pl.col({quoted(column)}) {test}" if test else f"pl.col({quoted(column)}).is_in({quoted(value)})"
