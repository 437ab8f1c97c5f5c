"""Validate tables and polygons before a snapshot is published; an error names table, rule and rows."""

from collections import defaultdict
from collections.abc import Iterable

import dataframely as dy
import geopandas as gpd
import polars as pl

from data.columns import BOUNDARY_KIND
from data.contract import BOUNDARY_COLUMNS, SCHEMAS
from etl.errors import PublishError
from etl.parsed import Finding

SHOWN = 3
# A few new spellings a year are normal in free text; more means that the form of the labels has changed.
UNREAD_LABEL_SHARE = 0.02
REGION = 35


def tables(frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Check each table against its schema, as `table` does.

    Raises:
        PublishError: a table is missing, or rows break a rule.
    """
    missing = SCHEMAS.keys() - frames.keys()
    if missing:
        raise PublishError(f"the build did not make table {', '.join(sorted(missing))}; correct etl/making/tables.py")
    return {name: table(name, SCHEMAS[name], frame) for name, frame in sorted(frames.items())}


def table(name: str, schema: type[dy.Schema], frame: pl.DataFrame) -> pl.DataFrame:
    """Check one table against its schema; columns are put in the contract's order, and rows sorted by key.

    Raises:
        PublishError: rows break a rule; the text names the table, the rules, and a few of the rows.
    """
    # Joins and literals may widen a type, so cast to the contract's.
    valid, failure = schema.filter(frame, cast=True)
    broken = failure.counts()
    if broken:
        rules = ", ".join(f"{rule} ({rows} rows)" for rule, rows in sorted(broken.items()))
        examples = failure.invalid().head(SHOWN).to_dicts()
        raise PublishError(f"table {name} breaks the contract: {rules}; for example {examples}")
    # Sorted, so that equal rows give equal files.
    return valid.sort(schema.primary_key() or frame.columns)


def boundaries(shapes: gpd.GeoDataFrame) -> None:
    """Check that every state has a polygon, every key is unique, every polygon is valid.

    Raises:
        PublishError: a check fails; the text names the areas.
    """
    states = set(shapes.loc[shapes["kind"] == "state", "area"])
    problems = {
        "columns": [name for name in BOUNDARY_COLUMNS if name not in shapes.columns],
        "kinds": sorted(set(shapes["kind"]) - set(BOUNDARY_KIND)),
        "repeated keys": sorted(shapes["area"][shapes["area"].duplicated()]),
        "invalid or empty polygons": sorted(shapes.loc[~shapes.is_valid | shapes.is_empty, "area"]),
    }
    lines = [f"{what}: {', '.join(names)}" for what, names in problems.items() if names]
    if len(states) != REGION:
        lines.append(f"{len(states)} states have a polygon, expected {REGION}")
    if lines:
        raise PublishError(f"boundaries break the contract: {'; '.join(lines)}")


def unread_labels(findings: Iterable[Finding], read: dict[str, int]) -> None:
    """Refuse a build with many unknown labels; a few stay without a country and are listed.

    Args:
        findings: of all sources.
        read: rows read per source.

    Raises:
        PublishError: more than 2 % of a source's rows have such a label.
    """
    unread: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.reason == "unrecognised_label":
            unread[finding.source].append(finding)
    for source, mine in sorted(unread.items()):
        count = sum(finding.rows for finding in mine)
        if count > UNREAD_LABEL_SHARE * read[source]:
            problem = f"source {source}: {count} of {read[source]} rows have an unknown label"
            raise PublishError(f"{problem}; review each label and add it to data/reference/labels.csv", mine)
