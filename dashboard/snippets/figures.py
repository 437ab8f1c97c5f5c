"""The figures of states and years as lines of Polars."""

from collections.abc import Iterable

from dashboard.query import coverage, differences, explore, observed, revisions
from dashboard.query.explore import Selection
from dashboard.query.published import NEWEST, SOURCE
from dashboard.snippets.tables import Tables, said

TOTALS = 'pl.all_horizontal(pl.col("sex", "age", "form") == "total")'
# Each cell that a figure was computed from, as one text.
CELL = 'pl.concat_str(pl.element().struct.unnest(), separator=" ")'
FILE = f"""    .with_columns(pl.col("inputs").list.eval({CELL}))
    .select({said(observed.FILE)})"""


def region(held: Tables, code: str, year: int | None, edition: str) -> str:
    """`observed.region_file`: a row a state, also where it has no figure."""
    when = 'pl.col("year").max().over("area")' if year is None else str(year)
    told = "" if year is None else f"year=pl.lit({year}, pl.Int16), "
    return f"""{held.figures(edition, "areas")}
found = observations.filter(pl.col("indicator") == {said(code)}, {TOTALS})
found = found.filter(pl.col("year") == {when})
rows = (
    areas.select("area").join(found, on="area", how="left").sort("area")
    .with_columns(pl.lit("total").alias(name) for name in ("sex", "age", "form"))
    .with_columns(indicator=pl.lit({said(code)}), {told}status=pl.col("status").fill_null("not_reported"))
{FILE}
)
"""


def state(held: Tables, area: str, edition: str) -> str:
    """`observed.state_file`: everything recorded for a state."""
    return f"""{held.figures(edition)}
rows = (
    observations.filter(pl.col("area") == {said(area)})
    .sort("indicator", "year", "sex", "age", "form")
{FILE}
)
"""


def explored(held: Tables, wanted: Selection, edition: str) -> str:
    """`explore.rows`: indicators, states, years and groups as asked for."""
    return f"""{held.figures(edition)}
{asked(wanted)}rows = (
    asked.sort("indicator", "area", "year", "sex", "age", "form")
{FILE}
)
"""


def asked(wanted: Selection) -> str:
    """The lines that keep of the observations what is asked for."""
    told = [f'pl.col("area").is_in({said(wanted.areas)})'] if wanted.areas else []
    told += [f'pl.col("year").is_between({wanted.first}, {wanted.last})']
    told += [_group(name, codes) for name, codes in wanted.groups.items() if codes]
    conditions = ",\n    ".join(told)
    return f"""asked = observations.filter(pl.col("indicator").is_in({said(wanted.indicators)}))
asked = asked.filter(
    {conditions},
)
"""


def _group(name: str, codes: Iterable[str]) -> str:
    """A group; an indicator without any total, such as a survey of women, is told by the groups that it has."""
    chosen = f'pl.col("{name}").is_in({said(codes)})'
    return f'{chosen} | (pl.col("{name}") != "total").all().over("indicator")' if "total" in codes else chosen


def covered(held: Tables, indicator: str, edition: str) -> str:
    """`coverage.file`: a reading for each state and year, or what stands in its place."""
    out = f'(pl.col("source") != {said(SOURCE)}) | (pl.col("release") <= {said(edition)})'
    printed = '~pl.col("derived")' if edition == NEWEST else f'~pl.col("derived"), {out}'
    return f"""{held.figures(edition, "vintages", "areas")}
cell = ["area", "year"]


def newest(frame):
    mine = frame.filter(pl.col("indicator") == {said(indicator)})
    # All of everyone; else both sexes of one age band; else whom the survey asked.
    for whole in (["sex", "age", "form"], ["sex", "form"], ["form"]):
        found = mine.filter(pl.all_horizontal(pl.col(whole) == "total"))
        if found.height:
            break
    narrower = [pl.col(name) != "total" for name in ("sex", "age", "form")]
    found = found.sort(*cell, "release", *narrower, "sex", "age", "form", "source")
    found = found.unique([*cell, "release"], keep="first", maintain_order=True)
    return found.unique(cell, keep="last", maintain_order=True)


now = newest(observations)
gone = newest(vintages.filter({printed})).join(now, on=cell, how="anti")
zero = (pl.col("status") == "exact") & (pl.col("high") == 0)
now = now.with_columns(kind=pl.when(zero).then(pl.lit("zero")).otherwise("status"))
gone = gone.with_columns(kind=pl.lit("withdrawn"))
read = pl.concat([now, gone], how="diagonal").select({said(coverage.READING)})
years = read.select(year=pl.int_range(pl.col("year").min(), pl.col("year").max() + 1, dtype=pl.Int16))
rows = (
    areas.select("area").join(years, how="cross").join(read, on=cell, how="left")
    .with_columns(pl.col("kind").fill_null("not_reported"))
    .sort(cell)
    .select(pl.lit({said(indicator)}).alias("indicator"), pl.all())
)
"""


def changes(held: Tables, indicator: str, state: str, *, masking: bool) -> str:
    """`revisions.rows`: what publishers changed between one release and the next."""
    asked = [f'pl.col("indicator") == {said(indicator)}'] if indicator != revisions.ALL else []
    asked += [f'pl.col("area") == {said(state)}'] if state != revisions.ALL else []
    asked += [] if masking else ['pl.col("kind") != "convention"']
    return f"""{held.read("revisions")}
rows = (
    revisions.filter({", ".join(asked)})
    .sort("area", "year", "form", "sex", "age", "release_from")
)
"""


def differing(held: Tables) -> str:
    """`differences.differences`: where the SDG database and UNODC's workbook have no number in common."""
    place, figure = said(differences.PLACE), said(differences.FIGURE)
    both = said(differences.PLACE + differences.FIGURE)
    return f"""{held.read("observations")}
figures = observations.filter(pl.col("low").is_not_null())
sdg = figures.filter(pl.col("indicator") == {said(differences.HERE)}).select({both})
unodc = figures.filter(pl.col("indicator") == {said(differences.THERE)}, pl.col("source") == {said(SOURCE)})
unodc = unodc.select(*{place}, pl.col({figure}).name.suffix("_unodc"))
apart = (pl.col("high") < pl.col("low_unodc")) | (pl.col("low") > pl.col("high_unodc"))
rows = sdg.join(unodc, on={place}).sort({place}).filter(apart)
"""


def table(held: Tables, name: str) -> str:
    """A table whole."""
    return f"{held.read(name)}\nrows = {name}\n"


def others(held: Tables, area: str) -> str:
    """`observed.others_file`: a state's other counts and surveys."""
    return f"""{held.read("observations")}
rows = (
    observations.filter(pl.col("area") == {said(area)}, pl.col("source") == {said(observed.SDG)})
    .sort("indicator", "year", "form", "sex", "age", descending=[False, True, False, False, False])
{FILE}
)
"""


def unsummed(held: Tables, wanted: Selection, edition: str) -> str:
    """`explore.unsummed_file`: totals that are not the sum of their parts."""
    return f"""{held.figures(edition)}
{asked(wanted)}key = {said(explore.KEY)}
added = observations.filter(pl.col("unit").is_in({said(explore.ADDED)}), ~pl.col("derived"))
cell = ["source", "release", "locator"]


def parted(frame, by):
    # Persons of whom neither sex nor age is known are a part of those of all ages, and of both sexes.
    if by == "form":
        return frame
    unknown = frame.filter(pl.col("sex") == "unknown", pl.col("age") == "unknown")
    return pl.concat([frame, unknown.with_columns(pl.lit("total").alias("age" if by == "sex" else "sex"))])


found = []
for by in ["sex", "age", "form"]:
    group, whole = parted(added, by), [name for name in key if name != by]
    parts = group.filter(pl.col(by) != "total").group_by(whole).agg(
        pl.col(by).sort().alias("parts"),
        pl.col("low").sum().alias("parts_low"),
        pl.col("high").sum().alias("parts_high"),
        usable=pl.col("low").is_not_null().all() & (pl.col(by) != "unknown").any(),
    )
    totals = group.filter(pl.col(by) == "total", pl.col("low").is_not_null())
    told = totals.join(parts.filter("usable"), on=whole).join(parted(asked, by), on=whole, how="semi")
    more_low, more_high = pl.col("low") - pl.col("parts_high"), pl.col("high") - pl.col("parts_low")
    told = told.with_columns(by=pl.lit(by), more_low=more_low, more_high=more_high)
    found.append(told.select(*{said(explore.UNSUMMED)}, *cell))
rows = pl.concat(found).filter((pl.col("more_low") > 0) | (pl.col("more_high") < 0)).sort(*key, "by")
"""
