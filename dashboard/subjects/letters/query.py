"""What is missing, contradicts itself, or changed in what is published: by state or by publisher."""

from typing import NamedTuple

import polars as pl

from dashboard.store import Tables, areas, cached
from dashboard.subjects.coverage import query as coverage
from dashboard.subjects.identities import query as identities
from dashboard.subjects.states import profile
from dashboard.subjects.states.query import DIMENSIONS, REPORTED, whole
from dashboard.subjects.treaties import query as treaties
from data import manifest
from data.i18n import N_
from data.releases import order

VICTIMS = manifest.VICTIMS
# A series of one state is its own; those of several are expected of all.
SEVERAL = 2
LATE = profile.LATE
USABLE = pl.col("kind").is_in(coverage.USABLE)
# The doubts about an act as printed; and how many times apart two estimates are that are asked about.
DOUBTS = ("ratified_without_signature", "deposited_before_signature", "in_force_before_deposit")
APART = 10
# The reasons to set rows aside that their publisher may explain, with the question.
ASKED = {
    "no_iso_code": N_("Which country is meant?"),
    "not_one_country": N_("Which country is meant?"),
    "no_place": N_("Which country is meant?"),
    "same_country": N_("Are origin and destination right?"),
    "no_value": N_("Is a blank figure a zero, or not known?"),
    "zero_or_few": N_("Which of these zeros are true zeros?"),
    "several_values": N_("Which of the figures is right?"),
    "unlabelled_categories": N_("What are the categories called?"),
    "questionnaire_code": N_("What is the figure?"),
}


class Gap(NamedTuple):
    """What a state lacks of an indicator.

    Attributes:
        last: the latest year with a usable figure; 0 without any.
        years: those without one between the first and the last that it has.
        until: the last year of any state.
    """

    area: str
    indicator: str
    last: int
    years: tuple[int, ...]
    until: int


@cached
def publishers(snap: Tables) -> tuple[str, ...]:
    """The sources that print figures of states, and all others of whose rows there is something to ask, by id."""
    printed = {manifest.indicators()[code].source for code in coverage.indicators()}
    asked = {*acts.of(snap)["source"], *undated.of(snap)["source"], *stocks.of(snap)["source"]}
    asked |= {name for name in manifest.sources() if unused.of(snap, name) or manifest.unseen(name)}
    return tuple(sorted(printed | asked))


@cached
def registered(snap: Tables, source: str) -> str:
    """The state whose register a source is, by its code: the only one of which it has figures; empty for others."""
    found = snap.observations().filter(pl.col("source") == source).select(pl.col("area").unique()).collect()["area"]
    return found.item() if found.len() == 1 else ""


@cached
def acts(snap: Tables) -> pl.DataFrame:
    """The dated acts (`treaties.query.ACT`) that are in doubt as printed, or that two sources give differently."""
    rows = treaties.acts.of(snap, treaties.shown.of(snap)).filter(pl.col("date").is_not_null())
    doubted = pl.col("note").str.contains_any([*DOUBTS]).fill_null(value=False)
    return rows.filter(doubted | pl.col("differs"))


@cached
def undated(snap: Tables) -> pl.DataFrame:
    """The states that a source names as parties to a treaty without a date: source, instrument, areas."""
    parties = snap.table("instruments").filter(pl.col("date").is_null(), pl.col("action") != treaties.SIGNATURE)
    on = ["source", "instrument"]
    return parties.group_by(on).agg(areas=pl.col("area").unique().sort()).sort(on).collect()


@cached
def stocks(snap: Tables) -> pl.DataFrame:
    """The migrants between two states that the newest estimate and the one before give at least `APART` times apart.

    Returns:
        the columns of `migrant_stock`, and `persons_before` and `release_before`.
    """
    on = ["destination", "origin", "year"]
    vintages = snap.table("migrant_stock_vintages").sort(order()).unique(on, keep="last")
    both = snap.table("migrant_stock").join(vintages, on=on, how="inner", suffix="_before", validate="1:1")
    most, least = (end("persons", "persons_before") for end in (pl.max_horizontal, pl.min_horizontal))
    return both.filter(most >= APART * least).sort(on).collect()


@cached
def unused(snap: Tables, source: str) -> dict[str, tuple[int, list[str]]]:
    """Why rows of the newest files of a source were left out or marked: by reason their number, and details.

    Reasons are those of `ASKED`; a revision that a newer one replaces has none.
    """
    replaced = snap.table("migrant_stock_vintages").select("source").collect()["source"]
    found: dict[str, tuple[int, list[str]]] = {}
    declared = manifest.entry(source)
    newest = {file.get("part"): file for file in declared["releases"]}.values() if source not in replaced else ()
    for one in (each for file in newest for key in ("set_aside", "to_look_at") for each in file.get(key, ())):
        if one["reason"] in ASKED:
            n, details = found.get(one["reason"], (0, []))
            found[one["reason"]] = n + one["rows"], [*details, *filter(None, [one.get("detail")])]
    return found


@cached
def gaps(snap: Tables, indicator: str) -> tuple[Gap, ...]:
    """What each state lacks of an indicator, by the code of the state; nothing of one that only one state has."""
    cells = coverage.cells.of(snap, indicator)
    usable = cells.filter(USABLE)
    if usable["area"].n_unique() < SEVERAL:
        return ()
    until, found = int(usable["year"].max()), []  # type: ignore[arg-type]
    for area in areas():
        mine = sorted(usable.filter(area=area)["year"])
        within = range(mine[0], mine[-1] + 1) if mine else ()
        found.append(Gap(area, indicator, mine[-1] if mine else 0, tuple(y for y in within if y not in mine), until))
    return tuple(found)


@cached
def broken_down(snap: Tables, area: str) -> dict[str, tuple[int, ...]]:
    """By breakdown of the victims (sex, age, form, citizenship) the years that have a total alone, if there are any."""
    rows = snap.observations().filter(pl.col("area") == area, pl.col("indicator") == VICTIMS).collect()
    whole = pl.all_horizontal(pl.col(DIMENSIONS) == "total")
    years = set(rows.filter(whole, pl.col("status").is_in(REPORTED), pl.col("high") > 0)["year"])
    has = {name: set(rows.filter(pl.col(name) != "total")["year"]) for name in DIMENSIONS}
    flows = snap.flows().filter(pl.col("destination") == area, pl.col("evidence") == "counted")
    has["citizenship"] = set(flows.select("year").collect()["year"])
    return {name: tuple(sorted(years - some)) for name, some in has.items() if years - some}


@cached
def contradictions(snap: Tables, *, unusual: bool) -> pl.DataFrame:
    """The rows of `identities` in the releases shown: those that contradict, or those that are only unusual."""
    return identities.newest.of(snap).filter((pl.col("kind") == identities.UNUSUAL) == unusual)


@cached
def above_total(snap: Tables) -> pl.DataFrame:
    """The counted flows that are larger than the total of the state and year on show.

    As `flows`, with `area` (the detecting state), and `low_total`, `high_total` and `parts_locator` of the total.
    """
    rows = snap.flows().filter(pl.col("evidence") == "counted", pl.col("note") == "larger_than_total")
    totals = whole(snap.observations(), VICTIMS).select(
        "area", "year", low_total="low", high_total="high", parts_locator="locator"
    )
    found = rows.with_columns(area=pl.col("destination")).join(totals, on=["area", "year"], validate="m:1")
    return found.filter(pl.col("low") > pl.col("high_total")).sort("area", "year", "origin").collect()


@cached
def changed(snap: Tables) -> pl.DataFrame:
    """The totals that are certainly another figure in one release than in the one before.

    Returns:
        the columns of `revisions`, and `locator` and `locator_before` of the two figures.
    """
    whole = pl.all_horizontal(pl.col(DIMENSIONS) == "total")
    apart = (pl.col("low_to") > pl.col("high_from")) | (pl.col("high_to") < pl.col("low_from"))
    rows = snap.table("revisions").filter(whole, apart, pl.col("kind") == "revised")
    on = ["indicator", "area", "year", *DIMENSIONS, "source"]
    stand = snap.table("vintages").select(*on, "release", "locator")
    for end, name in (("to", "locator"), ("from", "locator_before")):
        of_end = stand.rename({"release": f"release_{end}", "locator": name})
        rows = rows.join(of_end, on=[*on, f"release_{end}"], how="left", validate="m:1")
    return rows.sort("area", "indicator", "year", descending=[False, False, True]).collect()


@cached
def repeated(snap: Tables, area: str) -> tuple[tuple[tuple[str, ...], int, float], ...]:
    """The indicators of a state that are one number in a year: their ids, the year, the number."""
    printed = {
        (code, year): low
        for code in manifest.counts()
        for year, low in coverage.cells.of(snap, code).filter(area=area).select("year", "low").iter_rows()
    }
    same = profile.same.of(snap, area).items()
    return tuple((codes, year, printed[codes[0], year]) for codes, years in same for year in years)
