"""Which check finds a wrong total: 500 totals of the newest release, each multiplied by a factor between 0.1 and 10.

Each is changed alone, and then together with its parts by sex, age and form.

All this happens in the tables of the committed snapshot, in memory: whole builds would give the same and take hours.
The shares are in `docs/method.md`.
"""

import random
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from data.place import HERE
from data.snapshot import Snapshot
from etl.checking import changes, consistent, jumps, series, sums

METHOD = Path(__file__).parents[3] / "docs" / "method.md"
SOURCE, DRAWN, SEED = "unodc_glotip", 500, 17
HOLDING = ("sums", "changes", "region", "repeats", "tenfold")
CHECKS = (*HOLDING, "held by any", "series", "newly differs", "held or asked")


@pytest.fixture(scope="module")
def figures() -> pl.DataFrame:
    return Snapshot.open(str(HERE)).table("observations").collect()


def drawn(figures: pl.DataFrame) -> list[tuple[dict[str, object], float]]:
    """Random totals with their wrong values; factors are as likely below one as above."""
    whole = pl.all_horizontal(pl.col("sex", "age", "form") == "total")
    counts = figures.filter(whole, pl.col("source") == SOURCE, ~pl.col("derived"), pl.col("low") > 0, status="exact")
    totals = counts.filter(pl.col("release") == counts["release"].max()).sort("indicator", "area", "year").to_dicts()
    chance, some = random.Random(SEED), []  # noqa: S311 - a sample, no secret
    while len(some) < DRAWN:
        total, factor = chance.choice(totals), 10 ** chance.uniform(-1, 1)
        if (wrong := round(total["low"] * factor)) != total["low"]:
            some.append((total, float(wrong)))
    return some


def found(figures: pl.DataFrame, total: dict[str, object], wrong: float, *, new: bool, parts: bool = False) -> set[str]:
    """The checks that find one wrong total, alone or with its parts, published before or in a year that is new."""
    kinds = [total["indicator"], f"{total['indicator']}_rate", "population"]
    before = figures.filter(pl.col("indicator").is_in(kinds))
    here = (pl.col("area") == total["area"]) & (pl.col("year") == total["year"]) & (pl.col("indicator") != "population")
    it = here & (pl.all_horizontal(pl.col("sex", "age", "form") == "total") | parts)
    now = before.with_columns(pl.col("low", "high") * pl.when(it).then(wrong / total["low"]).otherwise(1.0))
    then = before.filter(~here) if new else before
    both = [changes.figures({"observations": rows}) for rows in (now, then)]
    changed, region = changes.changes(*both), changes.regional(*both)
    totals = sums.compared(sums.sums(now), sums.sums(then)).filter(area=total["area"], year=total["year"])
    results = {
        "sums": totals["held"].any(),
        "changes": not changes.beyond(changed).is_empty(),
        "region": not changes.beyond(region).is_empty(),
        "repeats": bool(consistent.repeated_years(now, changed)),
        "tenfold": not all(check.passed for check in jumps.jumped({"observations": now}, {"observations": then})),
        "series": not series.outside(now, changed).filter(year=total["year"]).is_empty(),
        "newly differs": totals["asked"].any(),
    }
    results["held by any"] = any(results[name] for name in HOLDING)
    results["held or asked"] = any(results.values())
    return {name for name, hit in results.items() if hit}


def shares(figures: pl.DataFrame, *, new: bool, right: bool = False, parts: bool = False) -> dict[str, str]:
    """The share of the totals that each check finds; `right`: of the same totals as they are, without an error."""
    pairs = [(total, total["low"] if right else wrong) for total, wrong in drawn(figures)]
    hits = Counter(name for total, value in pairs for name in found(figures, total, value, new=new, parts=parts))
    return {name: f"{hits[name] / DRAWN:.0%}" for name in CHECKS}


@pytest.mark.long
def test_the_shares_in_the_documentation_are_those_of_the_sample(figures):
    table = [line.split(" | ") for line in METHOD.read_text("utf-8").splitlines() if "%" in line and line[0] == "|"]
    cells = [[cell.strip("| ") for cell in line] for line in table]
    ways = [(new, parts) for new in (False, True) for parts in (False, True)]
    columns = [shares(figures, new=new, parts=parts) for new, parts in ways]
    columns.append(shares(figures, new=True, right=True))
    assert [line[-5:] for line in cells] == [[column[name] for column in columns] for name in CHECKS]


def test_every_wrong_total_is_listed_with_both_values(figures):
    for total, wrong in drawn(figures)[:25]:
        place = {name: total[name] for name in ("indicator", "area", "year", "sex", "age", "form", "source")}
        it = pl.all_horizontal(pl.col(name) == value for name, value in place.items())
        now = figures.with_columns(pl.when(it).then(wrong).otherwise(end).alias(end) for end in ("low", "high"))
        changed = changes.changes(changes.figures({"observations": now}), changes.figures({"observations": figures}))
        assert changed.select("low_from", "low", "kind").rows() == [(total["low"], wrong, "changed")]
