"""Citations of a view as text, BibTeX and CSL-JSON: publishers and releases of its rows, snapshot, link. Pure.

The access date is left to the reader.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard.words import data_version
from data.i18n import Language
from data.releases import ordered

Manifest = Mapping[str, Any]
RELEASES = ("release", "release_from", "release_to")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Characters with a meaning in TeX, and the no-break spaces of French typography.
TEX = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%$#_"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    # BibTeX counts braces even after a backslash.
    | {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
    | {"\u00a0": "~", "\u202f": r"\,"}
)
# Braces must pair inside a field, so an address has them percent-encoded.
ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})


@dataclass(frozen=True)
class CitedSource:
    """A source that the rows come from (its entry in the manifest), and the releases that the rows name."""

    source: Mapping[str, Any]
    releases: tuple[str, ...]


@dataclass(frozen=True)
class Cited:
    """The parts of a citation: name (an id), title and link of the view; id and date of the snapshot; sources."""

    name: str
    title: str
    address: str
    snapshot: str
    created: str
    sources: tuple[CitedSource, ...]

    @property
    def day(self) -> tuple[int, int, int]:
        """Year, month and day of the snapshot."""
        year, month, day = map(int, self.created[:10].split("-"))
        return year, month, day

    @property
    def key(self) -> str:
        """An id, unique among the views of all snapshots."""
        return re.sub(r"[^A-Za-z0-9_-]", "-", f"atalaya_{self.snapshot}_{self.name}")


def cited_sources(rows: pl.DataFrame, manifest: Manifest, otherwise: Iterable[str] = ()) -> tuple[CitedSource, ...]:
    """The sources and releases that rows name, including those of inputs of derived figures, in manifest order.

    Args:
        otherwise: sources to use, with all their releases, if the rows name none.
    """
    named = {pair for pair in _release_pairs(rows, manifest) if None not in pair}
    sources = _by_name(manifest)
    named = named or {(name, release["release"]) for name in otherwise for release in sources[name]["releases"]}
    return tuple(
        CitedSource(source, tuple(ordered(release for name, release in named if name == source["name"])))
        for source in manifest["sources"]
        if source["name"] in {name for name, _ in named}
    )


def text(lang: Language, cited: Cited) -> str:
    """The citation as a sentence to paste."""
    day = lang.date(cited.created[:10])
    seen_in = lang.text("Seen in: Atalaya, snapshot {id}, {date}.", id=cited.snapshot, date=day)
    return " ".join(filter(None, [f"{cited.title.rstrip('.')}.", *_sources(lang, cited), seen_in, cited.address]))


def bibtex(lang: Language, cited: Cited) -> str:
    """One entry of a BibTeX file (UTF-8)."""
    year, month, _ = cited.day
    authors = [one.source["publisher"] for one in cited.sources] or ["Atalaya"]
    fields = {
        "title": "{" + _tex(cited.title) + "}",
        # Braces keep a name with commas together.
        "author": " and ".join("{" + _tex(name) + "}" for name in dict.fromkeys(authors)),
        "year": str(year),
        "month": MONTHS[month - 1],
        "howpublished": _tex(f"Atalaya, snapshot {cited.snapshot}, {cited.created[:10]}"),
        "note": _tex(" ".join(_sources(lang, cited))),
        "url": cited.address.translate(ADDRESS),
        "language": str(lang.locale.get_language_name("en")).lower(),
    }
    lines = [f"  {name} = {text if name == 'month' else '{' + text + '}'},\n" for name, text in fields.items() if text]
    return f"@misc{{{cited.key},\n{''.join(lines)}}}\n"


def csl(lang: Language, cited: Cited) -> str:
    """The citation for reference managers, as CSL-JSON."""
    authors = [one.source["publisher"] for one in cited.sources] or ["Atalaya"]
    item = {
        "id": cited.key,
        "type": "dataset",
        "title": cited.title,
        "author": [{"literal": name} for name in dict.fromkeys(authors)],
        "issued": {"date-parts": [list(cited.day)]},
        "publisher": "Atalaya",
        "version": cited.snapshot,
        "note": " ".join(_sources(lang, cited)),
        "URL": cited.address,
        "language": lang.code,
    }
    lines = [f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in item.items() if value]
    return "[{\n  " + ",\n  ".join(lines) + "\n}]"


def _sources(lang: Language, cited: Cited) -> list[str]:
    """The citation of each source, with the releases that the rows name."""
    return [f"{one.source['citation'].rstrip('.')}. {_releases(lang, one.releases)}" for one in cited.sources]


def _releases(lang: Language, releases: Iterable[str]) -> str:
    words = lang.listing(data_version.release(lang, release) for release in releases)
    return f"{lang.labelled(lang.text('Release'), words)}."


def _release_pairs(rows: pl.DataFrame, manifest: Manifest) -> Iterator[tuple[str, str]]:
    if "source" in rows.columns:
        for column in RELEASES:
            if column in rows.columns:
                yield from rows.select("source", column).unique().iter_rows()
    if "list_releases" in rows.columns:
        yield from rows.select("source", pl.col("list_releases")).explode("list_releases").unique().iter_rows()
    if "inputs" in rows.columns:
        yield from _cells(rows["inputs"].explode(empty_as_null=True).drop_nulls())
    if "sources" in rows.columns:
        known_releases = {
            name: {release["release"] for release in source["releases"]} for name, source in _by_name(manifest).items()
        }
        for sources, releases in rows.select("sources", "releases").iter_rows():
            yield from (
                (name, release)
                for name in sources
                for release in releases
                if release in known_releases.get(name, set())
            )


def _cells(cells: pl.Series) -> Iterator[tuple[str, str]]:
    """Source and release of cells; a cell is a struct, or a text that begins with both."""
    if isinstance(cells.dtype, pl.Struct):
        yield from cells.struct.unnest().select("source", "release").unique().iter_rows()
    elif cells.len():
        for cell in cells.str.splitn(" ", 3).struct.unnest().select("field_0", "field_1").unique().iter_rows():
            yield cell[0], cell[1]


def _by_name(manifest: Manifest) -> dict[str, Mapping[str, Any]]:
    return {source["name"]: source for source in manifest["sources"]}


def _tex(words: str) -> str:
    return words.translate(TEX)
