"""The 35 states, and resolving labels of nationalities and places to ISO 3166-1 codes.

Labels are matched exactly or not at all; a region, several countries, or an unknown label has no area.
"""

import re

import dataframely as dy
import polars as pl
import pycountry

from data import columns
from data.contract import Areas
from data.reviewed import Reviewed, read
from etl.gazetteer import AMBIGUOUS, UNRECOGNISED, LabelMeaning, known, mended, normalize

# What a label may contain besides the nationality: "(FEVIMTRA: 4 y FECOR: 1)" after it, "3 " before it.
AGENCY_COUNTS = re.compile(r"\s*\(\s*[^\W\d_]+\s*:\s*\d+(?:\s*(?:y|e|et|and|,|;)\s*[^\W\d_]+\s*:\s*\d+)*\s*\)\s*$")
LEADING_COUNT = re.compile(r"^\s*\d+\s+(?=[^\W\d_])")
# Tried on the normalized label when all exact look-ups have failed.
PATTERNS: tuple[tuple[re.Pattern[str], LabelMeaning], ...] = (
    (re.compile(r"[\W\d_]*"), LabelMeaning("not_a_label")),
    (re.compile(r"q\d+(?: \w+)*"), LabelMeaning("not_a_label")),
    (re.compile(r"reg(?: \w+)+"), LabelMeaning("region")),
    (re.compile(r"others? .+|.+ others?"), LabelMeaning("region")),
    (re.compile(r"(?:neighbou?ring|nearby) (?:\w+ )*(?:countries|states|nations)"), LabelMeaning("region")),
    (re.compile(r"\d+ \S+ (?:y|e|et|and) \d+ \S+"), AMBIGUOUS),
)
RESOLVED = {"label": pl.String, "kind": pl.String, "area": pl.String, "annotated": pl.Boolean}


class States(Reviewed, Areas):
    """The file of the 35 independent states of the Americas."""

    FILE = "areas.csv"
    area = columns.country(key=True)
    subregion = columns.code(("north_america", "central_america", "caribbean", "south_america"))
    member = columns.code(("member", "not_participating", "left", "disputed"))

    @dy.rule()
    def codes_of_one_country(cls) -> pl.Expr:
        """The three codes are those that ISO 3166-1 gives to one country."""
        codes = [f"{one.alpha_3} {one.numeric} {one.alpha_2}" for one in pycountry.countries]
        return pl.concat_str("area", "m49", "iso2", separator=" ").is_in(codes)


def states() -> dy.DataFrame[Areas]:
    """The 35 independent states of the Americas, by code, from `data/reference/areas.csv`.

    Raises:
        ReviewedError: the file breaks its schema.
    """
    return Areas.validate(read(States).drop("row").sort("area"))


def state_codes() -> tuple[str, ...]:
    """The ISO 3166-1 alpha-3 codes of the 35 states, in alphabetical order."""
    return tuple(states()["area"])


def resolve(labels: pl.Series, own: pl.Series | None = None) -> pl.DataFrame:
    """Resolve each label to a country, or say why it is not one.

    Args:
        labels: as the publisher printed them; null (an empty cell) is `unknown`.
        own: ISO3 of the state that reports each row: the area of "nationals of the reporting state".

    Returns:
        One row for each label, in order: `label` as given, `kind` (etl.gazetteer.KINDS), `area` (ISO3; set for the kind
        country, and for own_nationals if the state is known), `annotated` (a count or an agency next to the
        nationality was ignored).
    """
    frame = pl.DataFrame({"label": labels.cast(pl.String), "own": _own(labels, own)})
    # A table repeats its labels thousands of times; each is resolved once.
    distinct = frame["label"].unique().to_list()
    read = pl.DataFrame([_row(label) for label in distinct], schema=RESOLVED, orient="row")
    area = pl.when(pl.col("kind") == "own_nationals").then("own").otherwise("area")
    # An empty cell is a label too, of the kind unknown.
    joined = frame.join(read, on="label", how="left", nulls_equal=True, maintain_order="left", validate="m:1")
    return joined.select("label", "kind", area.alias("area"), "annotated")


def _own(labels: pl.Series, own: pl.Series | None) -> pl.Series:
    return pl.repeat(None, len(labels), dtype=pl.String, eager=True) if own is None else own.cast(pl.String)


def _row(label: str | None) -> tuple[str | None, str, str | None, bool]:
    if label is None:
        return None, "unknown", None, False
    reading, annotated = _read(label)
    return label, reading.kind, reading.area, annotated


def _read(label: str) -> tuple[LabelMeaning, bool]:
    """The reading of a label as printed, else of the nationality inside a label with counts."""
    # The whole label first: what looks like a count may be part of a known name.
    whole = _look_up(label)
    if whole != UNRECOGNISED:
        return whole, False
    inner = LEADING_COUNT.sub("", AGENCY_COUNTS.sub("", label))
    reading = _look_up(inner) if inner != label else UNRECOGNISED
    return (reading, True) if reading != UNRECOGNISED else (UNRECOGNISED, False)


def _look_up(label: str) -> LabelMeaning:
    keys = [normalize(label), normalize(mended(label))]
    exact = (known()[key] for key in keys if key in known())
    by_pattern = (reading for pattern, reading in PATTERNS if pattern.fullmatch(keys[0]))
    return next(exact, None) or next(by_pattern, UNRECOGNISED)
