"""Citations of a view as text, BibTeX, RIS and CSL-JSON: publishers and releases of its rows, data version, link. Pure.

The author is the publisher, and the year that of its release; the day of our build stands only beside the data version.
The access date is left to the reader. All is in the reader's language, as the view that is cited; a work that exists in
one language only keeps its title. The names of fields and months are those of the formats.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard.words import data_version
from dashboard.words.source_facts import fact
from data.i18n import Language
from data.releases import first_day, ordered

Manifest = Mapping[str, Any]
# What rests on more publishers is our compilation; the citation of each source follows anyhow.
MOST_AUTHORS = 3
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
    """A source that the rows come from (its entry in the manifest), and the releases that the rows name.

    `printed` is False of a source that only derived figures rest on, as the population under a rate: it is cited, and
    gives the citation no year.
    """

    source: Mapping[str, Any]
    releases: tuple[str, ...]
    printed: bool = True


@dataclass(frozen=True)
class Cited:
    """The parts of a citation: name (an id), title and link of the view; id and day of the data version; sources."""

    name: str
    title: str
    address: str
    snapshot: str
    created: str
    sources: tuple[CitedSource, ...]

    @property
    def issued(self) -> tuple[int, ...]:
        """Year, month and day of the newest release of the rows, as far as its name has them; empty if undated.

        Without any source the whole data version is cited, which is our own: then it is the day of its build.
        """
        mine = [one for one in self.sources if one.printed] or self.sources
        dated = ordered(release for one in mine for release in one.releases if first_day(release))
        return parts(dated[-1] if dated else "" if self.sources else self.created[:10])

    def authors(self, lang: Language) -> list[str]:
        """The publishers, those of the printed figures first; our own name if there are none, or very many."""
        every = sorted(self.sources, key=lambda one: not one.printed)
        names = list(dict.fromkeys(fact(lang, one.source, "publisher") for one in every))
        return names if 0 < len(names) <= MOST_AUTHORS else ["Atalaya"]

    @property
    def key(self) -> str:
        """An id, unique among the views of all snapshots."""
        return re.sub(r"[^A-Za-z0-9_-]", "-", f"atalaya_{self.snapshot}_{self.name}")


def cited_sources(rows: pl.DataFrame, manifest: Manifest, otherwise: Iterable[str] = ()) -> tuple[CitedSource, ...]:
    """The sources and releases that rows name, including those of inputs of derived figures, in manifest order.

    Args:
        otherwise: sources to use, with all their releases, if the rows name none.
    """
    printed = {pair for pair in _release_pairs(rows, manifest) if None not in pair}
    named = printed | {pair for pair in _input_pairs(rows) if None not in pair}
    sources = _by_name(manifest)
    named = named or {(name, release["release"]) for name in otherwise for release in sources[name]["releases"]}
    own = {name for name, _ in printed} or {name for name, _ in named}
    return tuple(
        CitedSource(
            source,
            tuple(ordered(release for name, release in named if name == source["name"])),
            printed=source["name"] in own,
        )
        for source in manifest["sources"]
        if source["name"] in {name for name, _ in named}
    )


def text(lang: Language, cited: Cited) -> str:
    """The citation as a sentence to paste."""
    year = str(cited.issued[0]) if cited.issued else lang.text("n.d.")
    head = f"{lang.joined(cited.authors(lang))} ({year}). {cited.title.rstrip('.')}."
    return " ".join(
        filter(
            None, [head, *_sources(lang, cited), data_version.seen(lang, cited.snapshot, cited.created), cited.address]
        )
    )


def bibtex(lang: Language, cited: Cited) -> str:
    """One entry of a BibTeX file (UTF-8)."""
    year, month = [*cited.issued, 0, 0][:2]
    fields = {
        "title": "{" + _tex(cited.title) + "}",
        # Braces keep a name with commas together.
        "author": " and ".join("{" + _tex(name) + "}" for name in cited.authors(lang)),
        "year": str(year or ""),
        "month": MONTHS[month - 1] if month else "",
        "howpublished": _tex(f"Atalaya. {data_version.version(lang, cited.snapshot, cited.created)}"),
        "note": _tex(" ".join(_sources(lang, cited))),
        "url": cited.address.translate(ADDRESS),
        "language": str(lang.locale.get_language_name("en")).lower(),
    }
    lines = [f"  {name} = {text if name == 'month' else '{' + text + '}'},\n" for name, text in fields.items() if text]
    return f"@misc{{{cited.key},\n{''.join(lines)}}}\n"


def csl(lang: Language, cited: Cited) -> str:
    """The citation for reference managers, as CSL-JSON."""
    item = {
        "id": cited.key,
        "type": "dataset",
        "title": cited.title,
        "author": [{"literal": name} for name in cited.authors(lang)],
        "issued": {"date-parts": [list(cited.issued)]} if cited.issued else None,
        "available-date": {"date-parts": [list(parts(cited.created[:10]))]},
        "publisher": "Atalaya",
        "version": cited.snapshot,
        "note": " ".join(_sources(lang, cited)),
        "URL": cited.address,
        "language": lang.code,
    }
    lines = [f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in item.items() if value]
    return "[{\n  " + ",\n  ".join(lines) + "\n}]"


def ris(lang: Language, cited: Cited) -> str:
    """The citation for reference managers, as a record of RIS."""
    issued = [f"{part:02}" for part in cited.issued]
    fields = [
        ("TY", "DATA"),
        ("ID", cited.key),
        *(("AU", f"{name},") for name in cited.authors(lang)),
        ("TI", cited.title),
        ("PY", "".join(issued[:1])),
        ("DA", "/".join([*issued, "", "", ""][:4]) if issued else ""),
        ("PB", "Atalaya"),
        ("ET", data_version.version(lang, cited.snapshot, cited.created)),
        *(("N1", source) for source in _sources(lang, cited)),
        ("UR", cited.address),
        ("LA", lang.code),
    ]
    return "".join(f"{name}  - {text}\n" for name, text in fields if text) + "ER  - \n"


def _sources(lang: Language, cited: Cited) -> list[str]:
    """The citation of each source, with the releases that the rows name."""
    return [
        f"{fact(lang, one.source, 'citation').rstrip('.')}. {_releases(lang, one.releases)}" for one in cited.sources
    ]


def _releases(lang: Language, releases: Iterable[str]) -> str:
    named = [data_version.release(lang, release) for release in releases]
    label = lang.text("Release") if len(named) == 1 else lang.text("Releases")
    return f"{lang.labeled(label, lang.listing(named))}."


def _release_pairs(rows: pl.DataFrame, manifest: Manifest) -> Iterator[tuple[str, str]]:
    if "source" in rows.columns:
        for column in RELEASES:
            if column in rows.columns:
                yield from rows.select("source", column).unique().iter_rows()
    if "list_releases" in rows.columns:
        yield from rows.select("source", pl.col("list_releases")).explode("list_releases").unique().iter_rows()
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


def _input_pairs(rows: pl.DataFrame) -> Iterator[tuple[str, str]]:
    """Source and release of the cells that derived figures were computed from."""
    if "inputs" in rows.columns:
        yield from _cells(rows["inputs"].explode(empty_as_null=True).drop_nulls())


def parts(release: str) -> tuple[int, ...]:
    """Year, month and day of a release, as far as its name has them: `2025-10` gives 2025, 10."""
    day = first_day(release)
    if day is None:
        return ()
    exact = re.match(r"[0-9]{4}(-[0-9]{2})?(-[0-9]{2})?", release)
    return (day.year, day.month, day.day)[: len(exact[0].split("-")) if exact else 1]


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
