"""The declarations of the sources in the open snapshot's manifest: indicators, names and definitions.

The screens read them from here, so they show a new source or indicator as soon as a build includes it.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

import polars as pl

from data import codebook
from data.columns import SHOWN
from data.counting_units import NOT_STATED
from data.shown import opened
from data.snapshot import Snapshot

TextsByLanguage = Mapping[str, str]
# The count on which most pages rest. Readers can choose an earlier release of its source.
VICTIMS = "detected_victims"
# Where counts are shown in snapshots that do not say it: those built before December 2026.
SHOWN_BEFORE = {
    VICTIMS: "country",
    "persons_formal_contact": "country",
    "persons_prosecuted": "response",
    "persons_convicted": "response",
    "offences": "region",
}
# Snapshots whose declarations stay in memory: the current one and those before (`data.shown`).
KEPT = 4


class Indicator(NamedTuple):
    """A declared indicator: its source and unit, its place in lists, its texts by language, its line of the codebook.

    `shown` is one of `data.columns.SHOWN`, or empty: neither on Region nor among the key figures of Country.
    `beside` is, of a state's own register, the count of UNODC that it stands beside, else empty; `coverage` says by
    language what it covers. `counting_unit` is what it counts, if its source declares it (`data.counting_units`), and
    `date_counted` of a case register the date of a case that counts.
    """

    source: str
    unit: str
    order: int
    title: TextsByLanguage
    definition: TextsByLanguage
    codebook: Mapping[str, str | int]
    shown: str
    beside: str = ""
    coverage: TextsByLanguage = MappingProxyType({})
    counting_unit: str = ""
    date_counted: str = ""


def indicators() -> Mapping[str, Indicator]:
    """The declared indicators by id, in display order."""
    return _indicators(opened())


def counts(place: str = SHOWN[0]) -> tuple[str, ...]:
    """The counts of authorities shown in a place (one of `data.columns.SHOWN`), in display order."""
    within = SHOWN[SHOWN.index(place) :]
    return tuple(code for code, one in indicators().items() if one.shown in within)


def usual_units() -> Mapping[str, str]:
    """The unit of a count of which no reviewed line says more: what its source declares, else `NOT_STATED`."""
    declared = {code: one.counting_unit for code, one in indicators().items() if one.counting_unit}
    return dict.fromkeys(counts(), NOT_STATED) | declared


def registers() -> tuple[str, ...]:
    """The counts in states' own registers, in display order."""
    return tuple(code for code, one in indicators().items() if one.beside)


def main_source() -> str:
    """The source of detected victims."""
    return indicators()[VICTIMS].source


def sources() -> Mapping[str, TextsByLanguage]:
    """The short name of each source by language, by the source's id."""
    return _sources(opened())


def entry(name: str) -> Mapping[str, Any]:
    """What the manifest says of a source: title, publisher, releases and so on.

    Raises:
        KeyError: the data version has no source of this name.
    """
    every: dict[str, Mapping[str, Any]] = {one["name"]: one for one in opened().manifest["sources"]}
    return every[name]


def acts() -> Mapping[str, bool]:
    """The sources of acts on treaties: whether their acts were looked up one by one, and are no list of a day."""
    every = opened().manifest.get("sources", [])
    return {one["name"]: one["status"] == "reference" for one in every if "instruments" in one["tables"]}


def unseen(source: str = "") -> Mapping[str, str]:
    """By treaty the states (ISO3, with spaces between; `*`: all) whose acts our copies of its table may lack.

    Args:
        source: that of the copies; by default all.
    """
    every = [one for one in opened().manifest.get("sources", []) if source in {"", one["name"]}]
    return {treaty: states for one in every for treaty, states in one.get("unseen", {}).items()}


def treaty_pages() -> Mapping[str, str]:
    """By treaty its page on the site of its depositary, as far as a source declares one."""
    every = opened().manifest.get("sources", [])
    return {treaty: page for one in every for treaty, page in one.get("pages", {}).items()}


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
    complete = ({"shown": SHOWN_BEFORE.get(one["id"], "")} | one for one in declared)
    return {one["id"]: Indicator(**{name: one[name] for name in Indicator._fields if name in one}) for one in complete}


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
