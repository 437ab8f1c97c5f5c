"""The declarations of the sources in the open snapshot's manifest: indicators, names and definitions.

The screens read them from here, so they show a new source or indicator as soon as a build includes it.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

import polars as pl

from data import codebook
from data.shown import opened
from data.snapshot import Snapshot

TextsByLanguage = Mapping[str, str]
# Snapshots whose declarations stay in memory: the current one and those before (`data.shown`).
KEPT = 4


class Indicator(NamedTuple):
    """A declared indicator: its unit, its place in lists, its texts by language, and its line of the codebook."""

    unit: str
    order: int
    title: TextsByLanguage
    definition: TextsByLanguage
    codebook: Mapping[str, str | int]


def indicators() -> Mapping[str, Indicator]:
    """The declared indicators by id, in display order."""
    return _indicators(opened())


def sources() -> Mapping[str, TextsByLanguage]:
    """The short name of each source by language, by the source's id."""
    return _sources(opened())


def forms_apart() -> frozenset[str]:
    """The ids of the sources that release each form of exploitation as its own series."""
    return frozenset(one["name"] for one in opened().manifest.get("sources", []) if one.get("forms_apart"))


def in_order(ids: Iterable[str]) -> tuple[str, ...]:
    """Indicators in display order; those that no source declares come last, by id."""
    places = {code: place for place, code in enumerate(indicators())}
    return tuple(sorted(ids, key=lambda code: (places.get(code, len(places)), code)))


def codebook_table() -> pl.DataFrame:
    """The reviewed codebook, with a line for each declared indicator that it lacks."""
    return _codebook(opened())


@lru_cache(KEPT)
def _indicators(snapshot: Snapshot) -> dict[str, Indicator]:
    declared = sorted(snapshot.manifest.get("indicators", []), key=lambda one: (one["order"], one["id"]))
    return {one["id"]: Indicator(**{name: one[name] for name in Indicator._fields}) for one in declared}


@lru_cache(KEPT)
def _sources(snapshot: Snapshot) -> dict[str, TextsByLanguage]:
    return {source["name"]: source["label"] for source in snapshot.manifest.get("sources", []) if source.get("label")}


@lru_cache(KEPT)
def _codebook(snapshot: Snapshot) -> pl.DataFrame:
    reviewed = codebook.codebook()
    place = {"table": "observations", "column": "indicator"}
    known = set(reviewed.filter(**place)["code"])
    declared = ((code, one.codebook) for code, one in _indicators(snapshot).items() if code not in known)
    lines = [{**place, "code": code, **line} for code, line in declared if line]
    return pl.concat([reviewed, pl.DataFrame(lines, schema=reviewed.schema)])
