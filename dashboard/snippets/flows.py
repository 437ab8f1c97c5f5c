"""Routes as lines of Polars."""

from collections.abc import Iterator

from dashboard.query import routes
from dashboard.snippets.tables import Tables, said

Years = tuple[int, int]


def arrows(held: Tables, wanted: routes.Filter) -> str:
    """`routes.arrows_file`: the legs between countries, added up over what was asked."""
    allowed = [f'pl.col("high") >= {wanted.minimum}', *([] if wanted.questioned else ['~pl.col("questioned")'])]
    literal = ", ".join(f"{name}=pl.lit({said(word)})" for name, word in _told(wanted).items())
    conditions = ",\n    ".join(_asked(wanted))
    return f"""{held.flows(wanted.edition)}
asked = flows.filter(
    {conditions},
)
# A route through a known transit state is two legs.
through = pl.col("transit").is_not_null()
legs = pl.concat([
    asked.filter(~through, pl.col("transit_label").is_null()).with_columns(leg=pl.lit("direct")),
    asked.filter(through).with_columns(leg=pl.lit("to_transit"), destination="transit"),
    asked.filter(through).with_columns(leg=pl.lit("from_transit"), origin="transit"),
])
legs = legs.filter(pl.col("origin", "destination").is_not_null(), pl.col("low").is_not_null(), pl.col("high") > 0)
key = ["origin", "destination", "leg", "transit", "questioned"]
several = {{"year": "years", "source": "sources", "release": "releases", "locator": "locators"}}
exact = pl.col("low") == pl.col("high")
rows = (
    legs.with_columns(questioned=pl.col("status") == "questioned")
    .group_by(key)
    .agg(
        pl.col("low", "high").sum(),
        pl.len().alias("records"),
        *(pl.col(one).unique().sort().alias(many) for one, many in several.items()),
    )
    .filter({", ".join(allowed)})
    .sort(pl.col("low") + pl.col("high"), *key, descending=[True] + [False] * len(key))
    .with_columns(status=pl.when(exact).then(pl.lit("exact")).otherwise(pl.lit("masked")))
    .with_columns(status=pl.when("questioned").then(pl.lit("questioned")).otherwise("status"))
    .with_columns({literal})
    .select({said(routes.FILE)})
)
"""


def unlocated(held: Tables, evidence: str) -> str:
    """`routes.unlocated_file`: the records that no map can place."""
    return f"""{held.read("flows")}
rows = (
    flows.filter(pl.col("evidence") == {said(evidence)}, ~pl.col("located") | ~pl.col("complete"))
    .sort("source", "release", "locator")
)
"""


def lost(held: Tables, wanted: routes.Filter) -> str:
    """`routes.lost_file`: those of them that filters allow."""
    conditions = ",\n    ".join([*_asked(wanted), '~pl.col("located") | ~pl.col("complete")'])
    return f"""{held.flows(wanted.edition)}
rows = flows.filter(
    {conditions},
).sort("source", "release", "locator")
"""


def questioned(held: Tables) -> str:
    """`routes.questioned`: the records whose figure is doubted."""
    return f"""{held.read("flows")}
rows = flows.filter(pl.col("status") == "questioned").sort("destination", "origin", "year")
"""


def listed(held: Tables, areas: tuple[str, ...], years: Years, edition: str) -> str:
    """`routes.coverage`: how many detected victims carry a listed citizenship."""
    return f"""{held.listed(edition)}
rows = flow_coverage.filter({_places(areas, years)}).sort("area", "year")
"""


def roles(held: Tables, areas: tuple[str, ...], years: Years) -> str:
    """`routes.roles_file`: the latest report that states each role."""
    return f"""{held.read("roles")}
stated = roles.filter(pl.col("stated") == "yes", {_places(areas, years)})
newest = pl.col("year") == pl.col("year").max().over("area", "role", "source")
rows = stated.filter(newest).sort("area", "role", "source", "locator")
"""


def _places(areas: tuple[str, ...], years: Years) -> str:
    mine = [f'pl.col("area").is_in({said(areas)})'] if areas else []
    return ", ".join([*mine, f'pl.col("year").is_between({years[0]}, {years[1]})'])


def _asked(wanted: routes.Filter) -> Iterator[str]:
    """The conditions on a record."""
    yield f'pl.col("evidence") == {said(wanted.evidence)}'
    yield f'pl.col("year").is_between({wanted.first}, {wanted.last})'
    yield 'pl.col("repeat_of").is_null()'
    if wanted.areas:
        ends = ("origin", "transit", "destination") if wanted.position == "any" else (wanted.position,)
        yield f"pl.any_horizontal(pl.col({said(ends)}).is_in({said(wanted.areas)}).fill_null(False))"
    if wanted.forms and wanted.evidence == "stated":
        yield f'pl.col("form").list.set_intersection({said(wanted.forms)}).list.len() > 0'


def _told(wanted: routes.Filter) -> dict[str, str]:
    """What each row says of itself."""
    stated = wanted.evidence == "stated"
    return {
        "evidence": wanted.evidence,
        "unit": "statements" if stated else "persons",
        "year_basis": "report" if stated else "reference",
        "asked_areas": ";".join(wanted.areas) or "all",
        "asked_position": wanted.position,
        "asked_forms": (";".join(wanted.forms) if stated else "") or "all",
        "asked_years": f"{wanted.first}-{wanted.last}",
    }
