"""What the figures of one release say against each other: totals and their parts by sex, age and form.

Nothing is changed: the table `identities` lists both figures of each, and `etl.making.marks` marks the contradicted.
"""

import polars as pl

from data.contract import OBSERVATION_KEY, Identities
from etl.making.victim_counts import VICTIMS
from etl.source_declaration import COUNTED, declarations

# The known groups of a breakdown, which share no person. People of unknown sex or age may be outside the total.
GROUPS = {"sex": ("female", "male", "other"), "age": ("0-17", "18+")}
KEY = (*OBSERVATION_KEY, "release")
# No contradiction, and yet unusual: a publisher may have exchanged the sexes.
UNUSUAL = "more_males"
SEXUAL = "sexual_exploitation"
FIGURE = ("low", "high", "locator")


def identities(figures: pl.DataFrame) -> pl.DataFrame:
    """Each figure that others of the same release contradict or make unusual (`data.contract.Identities`).

    Only what is certain for all numbers that masked figures may be.

    Args:
        figures: rows of `vintages`, or of `observations`.
    """
    counted = figures.filter(pl.col("unit").is_in(COUNTED), ~pl.col("derived"))
    # Somebody may be convicted of several forms; a victim is one person, in one total.
    indicators = (one for source in declarations().values() for one in source.indicators)
    victims = counted.filter(
        pl.col("indicator").is_in([one.id for one in indicators if VICTIMS in {one.id, one.restates}])
    )
    found = [_parts(counted, by) for by in GROUPS]
    found += [_form_above(victims), _one_form(victims), _more_males(victims)]
    return pl.concat([one.select(Identities.column_names()) for one in found])


def contradicted(figures: pl.DataFrame) -> pl.DataFrame:
    """The keys of the counts, with their release, that their own parts certainly contradict."""
    return identities(figures).filter(pl.col("kind") != UNUSUAL).select(KEY).unique(maintain_order=True)


def _parts(counts: pl.DataFrame, by: str) -> pl.DataFrame:
    """The counts of which the groups of one kind have more persons."""
    parts = counts.filter(pl.col(by).is_in(GROUPS[by])).sort(by)
    place = [name for name in KEY if name != by]
    sums = parts.group_by(place, maintain_order=True).agg(
        parts=pl.col(by),
        parts_low=pl.col("low").sum(),
        # A group of which several values are printed may be any number.
        parts_high=pl.when(pl.col("high").null_count() == 0).then(pl.col("high").sum()),
        parts_locator=pl.col("locator").str.join("; "),
    )
    wholes = counts.filter(pl.col(by) == "total").join(sums, on=place, how="inner", validate="1:1")
    return wholes.filter(pl.col("parts_low") > pl.col("high")).with_columns(kind=pl.lit(f"parts_by_{by}"))


def _forms(victims: pl.DataFrame) -> pl.DataFrame:
    """Each exact or masked total beside each of its forms, with the form's `part`, `part_low`, `part_high`, ..."""
    place = [name for name in KEY if name != "form"]
    totals = victims.filter(pl.col("form") == "total")
    forms = victims.filter(pl.col("form") != "total").drop_nulls("low")
    parts = forms.select(*place, part="form", **{f"part_{name}": pl.col(name) for name in FIGURE})
    whole = pl.all_horizontal(pl.col("sex", "age") == "total")
    return totals.filter(whole).join(parts, on=place, how="inner", validate="1:m").sort(*KEY, "part")


def _form_above(victims: pl.DataFrame) -> pl.DataFrame:
    """The totals below one of their forms; `parts` begins with the largest of these forms."""
    rows = _forms(victims).filter(pl.col("part_low") > pl.col("high"))
    return _gathered(rows.sort("part_low", descending=True, maintain_order=True), "form_above")


def _one_form(victims: pl.DataFrame) -> pl.DataFrame:
    """The totals that equal one form while another is above zero; `parts` begins with the one that is equal."""
    forms = _forms(victims).filter(pl.col("low") == pl.col("high"), pl.col("low") > 0)
    same = forms.filter(pl.col("part_low") == pl.col("low"), pl.col("part_high") == pl.col("high"))
    same = same.unique(KEY, keep="first", maintain_order=True).select(*KEY, one="part", one_locator="part_locator")
    others = forms.join(same, on=KEY, how="inner", validate="m:1").filter(
        pl.col("part") != pl.col("one"), pl.col("part_low") > 0
    )
    found = _gathered(others.sort("part_low", descending=True, maintain_order=True), "one_form")
    return found.join(same, on=KEY, how="inner", validate="1:1").with_columns(
        parts=pl.concat_list("one", "parts"),
        parts_locator=pl.concat_str("one_locator", "parts_locator", separator="; "),
    )


def _gathered(rows: pl.DataFrame, kind: str) -> pl.DataFrame:
    """One row for each total, with the figure of the first of its parts: forms may overlap, so they are not added."""
    return rows.group_by(KEY, maintain_order=True).agg(
        pl.col(FIGURE).first(),
        parts=pl.col("part"),
        parts_low=pl.col("part_low").first(),
        parts_high=pl.col("part_high").first(),
        parts_locator=pl.col("part_locator").str.join("; "),
        kind=pl.lit(kind).first(),
    )


def _more_males(victims: pl.DataFrame) -> pl.DataFrame:
    """The years in which certainly more males than females are victims of sexual exploitation.

    The figures are sums over the ages that are printed for both, where there is no figure for all ages.
    """
    cell = [name for name in KEY if name != "sex"]
    place = [name for name in cell if name != "age"]
    rows = victims.filter(pl.col("form") == SEXUAL)
    male, female = (rows.filter(sex=sex).select(*cell, *FIGURE) for sex in ("male", "female"))
    pairs = male.join(female, on=cell, how="inner", suffix="_female", validate="1:1").sort(cell)
    whole = pl.col("age") == "total"
    found = (
        pairs.filter(whole | ~whole.any().over(place))
        .group_by(place, maintain_order=True)
        .agg(
            pl.col("low").sum(),
            high=pl.when(pl.col("high").null_count() == 0).then(pl.col("high").sum()),
            locator=pl.col("locator").str.join("; "),
            parts_low=pl.col("low_female").sum(),
            parts_high=pl.when(pl.col("high_female").null_count() == 0).then(pl.col("high_female").sum()),
            parts_locator=pl.col("locator_female").str.join("; "),
        )
    )
    named = {"sex": pl.lit("male"), "age": pl.lit("total"), "kind": pl.lit(UNUSUAL)}
    return found.filter(pl.col("low") > pl.col("parts_high")).with_columns(parts=pl.lit(["female"]), **named)
