"""Stock of migrants and movements of people between states of the region: context, not trafficking."""

from collections.abc import Sequence
from functools import cache

import polars as pl
import pycountry

from data.contract import MigrantStock, Movements
from data.releases import latest
from etl.areas import resolve
from etl.parsed import Finding, Parsed

# Usually the short name of a country, but here the region (M49 057): the country is "Micronesia (Fed. States of)".
REGIONS = ("Micronesia",)
# Places in the publishers' lists that are not a single entry of ISO 3166-1.
NO_ISO_CODE = ("Channel Islands", "XCX")
# Why a pair with a state of the region is set aside; for two labels in a row, the first of these reasons is given.
REASONS = ("unrecognised_label", "region", "no_iso_code", "not_one_country")
ENDS = ("origin", "destination")
# Kinds of movements kept from any origin: they are compared with the total of those who cross a state.
FROM_ANYWHERE = ("crossings",)


def migrant_stocks(
    parsed: Sequence[tuple[str, Parsed]], states: tuple[str, ...]
) -> tuple[pl.DataFrame, pl.DataFrame, list[Finding]]:
    """The stocks of the newest release (`data.contract.MigrantStock`), those of earlier ones, and findings.

    Releases are never mixed: what the newest one omits is only among the earlier ones.

    Args:
        parsed: source id and rows of every release that we have (see `migrant_stock`).
        states: ISO3 of the states.
    """
    read = [migrant_stock(one, source, states) for source, one in parsed]
    every = pl.concat([MigrantStock.create_empty(), *(rows for rows, _ in read)])
    newest = pl.col("release") == latest()
    return every.filter(newest), every.filter(~newest), [finding for _, aside in read for finding in aside]


def migrant_stock(parsed: Parsed, source: str, states: tuple[str, ...]) -> tuple[pl.DataFrame, list[Finding]]:
    """Stocks of one release between two of the states (`data.contract.MigrantStock`), and findings on other cells.

    Args:
        parsed: rows with `origin`, `destination` (labels as printed) or `origin_code`, `destination_code` (ISO3, or
            another code as printed), `year`, `persons`, `locator`.
    """
    judged = _judged(parsed, states)
    used = _kept(judged, parsed, source).with_columns(
        low=pl.col("persons").cast(pl.Float64), high=pl.col("persons").cast(pl.Float64)
    )
    return used.select(MigrantStock.column_names()), _set_aside(judged, parsed, source)


def movements(parsed: Sequence[tuple[str, Parsed]], states: tuple[str, ...]) -> tuple[pl.DataFrame, list[Finding]]:
    """Movements between two of the states, and those who cross a state, of any origin (`data.contract.Movements`).

    Args:
        parsed: source id and rows of every newest part, with the columns of `Movements`; places as in `migrant_stock`.
        states: ISO3 of the states.

    Returns:
        the rows, where a nationality that is not a country (or not known) has no `origin`; and findings on the others.
    """
    frames: list[pl.DataFrame] = [Movements.create_empty()]
    findings: list[Finding] = []
    for source, one in parsed:
        judged = _judged(one, states, FROM_ANYWHERE)
        frames.append(_kept(judged, one, source).select(Movements.column_names()))
        findings += _set_aside(judged, one, source)
    return pl.concat(frames), findings


def _judged(parsed: Parsed, states: tuple[str, ...], anywhere: tuple[str, ...] = ()) -> pl.DataFrame:
    """The rows with `origin_area`, `destination_area` (ISO3), and why they are set aside: `reason`, `detail`."""
    rows = parsed.rows.rename({f"{end}_code": end for end in ENDS}, strict=False)
    coded = rows.columns != parsed.rows.columns
    for end in ENDS:
        places = _places(rows[end], end, coded=coded)
        rows = rows.join(places, on=end, how="left", validate="m:1", maintain_order="left")
    free = pl.col("kind").is_in(anywhere) if anywhere else pl.lit(value=False)
    reasons = pl.when(free).then(_reason(states, ENDS[1:])).otherwise(_reason(states, ENDS))
    return rows.with_columns(reason=reasons).with_columns(detail=_detail())


def _kept(judged: pl.DataFrame, parsed: Parsed, source: str) -> pl.DataFrame:
    used = judged.filter(pl.col("reason").is_null()).drop(ENDS)
    named = used.rename({f"{end}_area": end for end in ENDS})
    return named.with_columns(source=pl.lit(source), release=pl.lit(parsed.release))


@cache
def _codes() -> tuple[str, ...]:
    return tuple(one.alpha_3 for one in pycountry.countries)


def _places(labels: pl.Series, end: str, *, coded: bool) -> pl.DataFrame:
    """Each label once: `<end>` as printed, `<end>_area` (ISO3), `<end>_reason` (why it has none)."""
    read = resolve(labels.unique().sort())
    label, kind = pl.col("label"), pl.col("kind")
    listed = label.is_in(_codes() if coded else ())
    reason = (
        pl.when(listed)
        .then(None)
        .when(label.is_in(REGIONS))
        .then(pl.lit("region"))
        .when(label.is_in(NO_ISO_CODE))
        .then(pl.lit("no_iso_code"))
        .when(kind == "unrecognised")
        .then(pl.lit("unrecognised_label"))
        .when(kind == "region")
        .then(pl.lit("region"))
        .when(kind != "country")
        .then(pl.lit("not_one_country"))
    )
    known = pl.when(reason.is_null()).then(pl.when(listed).then("label").otherwise("area"))
    return read.select(label.alias(end), known.alias(f"{end}_area"), reason.alias(f"{end}_reason"))


def _reason(states: tuple[str, ...], ends: Sequence[str]) -> pl.Expr:
    """Why a row is set aside, or null; the first that applies. `ends` have to be states."""
    areas = [pl.col(f"{end}_area") for end in ends]
    # A country outside makes what the other label means unimportant.
    outside = pl.any_horizontal(~area.is_in(states) for area in areas).fill_null(value=False)
    why = [pl.when(outside).then(pl.lit("outside_the_region"))]
    unplaced = [pl.col(f"{end}_reason") for end in ends]
    why += [pl.when(pl.any_horizontal(one == reason for one in unplaced)).then(pl.lit(reason)) for reason in REASONS]
    # People who live where they were born are not migrants.
    at_home = pl.when(pl.col("origin_area") == pl.col("destination_area")).then(pl.lit("same_country"))
    return pl.coalesce(*why, at_home)


def _detail() -> pl.Expr:
    """The label that has no country; empty for a pair of countries."""
    ends = [pl.when(pl.col(f"{end}_reason") == pl.col("reason")).then(pl.col(end)) for end in reversed(ENDS)]
    return pl.coalesce(*ends, pl.lit(""))


def _set_aside(judged: pl.DataFrame, parsed: Parsed, source: str) -> list[Finding]:
    groups = judged.drop_nulls("reason").group_by("reason", "detail")
    counts = groups.agg(pl.len(), pl.col("locator").first()).sort("reason", "detail")
    return [
        Finding(source, parsed.release, reason, detail, n, unexpected=True, first=first, part=parsed.part)
        if reason == "unrecognised_label"
        else Finding(source, parsed.release, reason, detail, n, part=parsed.part)
        for reason, detail, n, first in counts.iter_rows()
    ]
