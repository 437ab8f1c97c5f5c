"""The charts of a briefing: a state's figures in time, who reports in which year, what was counted between two."""

from collections import Counter
from collections.abc import Sequence

import polars as pl

from dashboard import tables, terms
from dashboard.briefing.content import Chart, Role
from dashboard.describe import bilateral as describe_bilateral
from dashboard.describe import coverage as describe_coverage
from dashboard.figures.coverage_matrix import word
from dashboard.query import coverage, observed
from data.i18n import Language

Values = tuple[float | None, ...]
Series = tuple[str, Values, Role]
# What a kind of cell (`dashboard.query.coverage.KINDS`) is in a bar.
ROLES: dict[str, Role] = {
    "exact": "value",
    "zero": "zero",
    "masked": "masked",
    "conflicting": "unusable",
    "suspect": "unusable",
    "withdrawn": "unusable",
    "not_reported": "missing",
}


def in_time(lang: Language, frame: pl.DataFrame, title: str) -> Chart | None:
    """A state's figures of one indicator by year; None where there is none.

    Args:
        frame: the answer of `dashboard.query.observed.series`.
        title: the indicator in words.
    """
    told = frame.filter(pl.col("status").is_in(observed.REPORTED))
    if told.is_empty():
        return None
    n, last = told.height, told.row(-1, named=True)
    alt = lang.plural(
        "{subject}, {years}: a figure in {n} year. The latest, of {year}: {figure}.",
        "{subject}, {years}: figures in {n} years. The latest, of {year}: {figure}.",
        n,
        subject=title,
        years=f"{frame['year'][0]}–{frame['year'][-1]}",
        year=last["year"],
        figure=terms.figure(lang, last["low"], last["high"], last["status"]),
    )
    unit = terms.term(lang, "unit", str(last["unit"]))
    return _chart(title, unit, frame["year"].to_list(), _parts(lang, frame), alt, _remarks(lang, frame))


def _chart(
    title: str, unit: str, years: Sequence[int], parts: Sequence[Series], alt: str, remarks: Sequence[str]
) -> Chart:
    series = tuple((name, values) for name, values, _ in parts)
    roles = tuple(role for _, _, role in parts)
    return Chart("line", title, unit, tuple(map(str, years)), series, alt, tuple(remarks), roles)


def _parts(lang: Language, frame: pl.DataFrame, name: str = "") -> list[Series]:
    """A frame's values, its true zeros once more, and the ends of its masked figures; only those that occur."""
    exact, masked = pl.col("status") == "exact", pl.col("status") == "masked"
    zero = exact & (pl.col("high") == 0)
    kinds: list[tuple[str, pl.Expr, str, Role]] = [
        (name or terms.term(lang, "status", "exact"), exact, "low", "value"),
        (_of(lang, name, terms.term(lang, "status", "zero")), zero, "low", "zero"),
        (_of(lang, name, lang.text("Masked figure, at least")), masked, "low", "least"),
        (_of(lang, name, lang.text("Masked figure, at most")), masked, "high", "most"),
    ]
    held = [
        (label, tuple(frame.select(pl.when(kind).then(pl.col(end))).to_series()), role)
        for label, kind, end, role in kinds
    ]
    return [one for one in held if any(value is not None for value in one[1])]


def _of(lang: Language, name: str, kind: str) -> str:
    return lang.labelled(name, terms.in_sentence(kind)) if name else kind


def _remarks(lang: Language, frame: pl.DataFrame) -> list[str]:
    """What is no point of the line: masked years with their intervals, years without a report, figures that clash."""
    masked = frame.filter(pl.col("status") == "masked")
    told = [f"{row['year']}: {lang.interval(row['low'], row['high'])}" for row in masked.iter_rows(named=True)]
    said = [lang.labelled(terms.term(lang, "status", "masked"), "; ".join(told))] if told else []
    for status in (observed.NOT_REPORTED, "conflicting", "suspect"):
        years = frame.filter(pl.col("status") == status)["year"].to_list()
        if years:
            said.append(lang.labelled(terms.term(lang, "status", status), tables.runs(years)))
    return said


def between(lang: Language, one: str, other: str, rows: pl.DataFrame) -> Chart | None:
    """The victims counted either way between two states, by year; None where nothing is listed.

    Args:
        rows: the answer of `dashboard.query.bilateral.yearly`.
    """
    if rows.is_empty():
        return None
    ways = rows.partition_by("start", maintain_order=True)
    parts = [
        part
        for mine in ways
        for part in _parts(
            lang,
            mine,
            lang.text(
                "Citizens of {start} detected in {end}",
                start=lang.country(mine["start"][0]),
                end=lang.country(mine["end"][0]),
            ),
        )
    ]
    alt = describe_bilateral.seen(lang, rows)
    title = describe_bilateral.charted(lang, one, other)
    return _chart(title, terms.term(lang, "unit", "persons"), ways[0]["year"].to_list(), parts, alt, [])


def reporting(lang: Language, code: str) -> Chart:
    """How many of the 35 states give a figure of an indicator in each year, and of what kind; a bar is all states."""
    cells, years = coverage.cells(code), coverage.span(code)
    found = Counter(cells.select("year", "kind").iter_rows())
    every = range(years[0], years[1] + 1)
    kinds = {kind: word(lang, kind) for kind in coverage.KINDS if kind in set(cells["kind"])}
    series = tuple((name, tuple(float(found[year, kind]) for year in every)) for kind, name in kinds.items())
    title = lang.text("{indicator}: what the 35 states report", indicator=terms.term(lang, "indicator", code))
    alt = describe_coverage.in_matrix(lang, code, cells, years)
    roles = tuple(ROLES[kind] for kind in kinds)
    return Chart("bar", title, lang.text("states"), tuple(map(str, every)), series, alt, (), roles)
