"""What the project states about each source before it reads a byte of it: `etl/sources/<id>.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from data.columns import REDISTRIBUTE, UNIT
from data.i18n import DEFAULT
from etl.errors import SourceError

SOURCES = Path(__file__).parent / "sources"
# What the rows of a source's `parse` are, and the tables that are made from them. The first four are open to any
# number of sources, and CONTRIBUTING.md lists their columns; the others are each the form of one source.
ROWS = {
    "observations": ("observations", "vintages"),
    "flows": ("flows",),
    "roles": ("roles",),
    "instruments": ("instruments",),
    "victim_counts": ("observations", "vintages", "flows", "flow_coverage"),
    "population": ("observations", "vintages"),
    "facts": ("instruments", "evidence"),
    "measures": ("evidence",),
    "reports": ("evidence",),
    "migrant_stock": ("migrant_stock",),
    "workplan_lines": ("workplan_lines",),
    "polygons": ("boundaries", "countries"),
}
# The publisher is asked for files (by the `fetch` of the source's module); it issues none any more; this project
# transcribed them (data/reference/); they were sent in and accepted (data/reports/).
LIVE, FROZEN, REFERENCE, REPORTS = FETCH = ("live", "frozen", "reference", "reports")
# What happens to a file with fewer records than `least_records` says.
SHORT = ("refuse", "note")
CLOSED_LISTS = {"rows": tuple(ROWS), "redistribute": REDISTRIBUTE, "fetch": FETCH, "short": SHORT}

Texts = tuple[str, ...]
Words = Mapping[str, str]
Numbers = Mapping[str, int]
CODEBOOK = ("definition", "sdmx", "sdg", "ictip")


@dataclass(frozen=True)
class Indicator:
    """What a source counts or measures.

    Attributes:
        id: a stable id, the same wherever the indicator is named.
        unit: one of `data.columns.UNIT`.
        order: its place in lists of indicators; smaller comes first.
        code: the publisher's own code of it, for a source whose `parse` looks indicators up by their codes.
        title, definition: a name and one sentence by language code, English at least. Where a language is missing, the
            catalogues translate the English text.
        derived: whether it is computed here (a rate), and not printed by the publisher.
        restates: the indicator of another source that it repeats: what is masked there is masked here too.
        codebook: the indicator's line of the codebook (`definition` and the terms of `sdmx`, `sdg`, `ictip`), where
            `data/reference/codebook.csv` has none; the English definition by default.
    """

    id: str
    unit: str
    order: int
    title: Words
    definition: Words = field(default_factory=dict)
    code: str = ""
    derived: bool = False
    restates: str = ""
    codebook: Words = field(default_factory=dict)


Indicators = tuple[Indicator, ...]


@dataclass(frozen=True)
class Declaration:
    """One source, as its `.toml` declares it. Keys without a default are required, and no other is known.

    Attributes:
        id: the source's id, equal to the name of its `.toml` and of its module or folder.
        label: its short name by language code, English at least.
        title, publisher, landing_page: what it is, who issues it, the page a person opens.
        licence, licence_page: the terms in words, and where they can be read (empty where nowhere).
        redistribute: `rows`, `derived` or `none` (what a snapshot and its downloads may carry).
        citation: as the publisher asks, or as a reader would find it.
        rows: what the rows of its `parse` are, one of `ROWS`.
        mirror: globs relative to a mirror folder; each must match at least one file.
        fetch: how its files are obtained, one of `FETCH`.
        addresses: live addresses in the order they are tried; none for a source that is not live.
        indicators: what it counts, where its rows become observations.
        least_records: records of whole files, by part, release, `part release`, or `any`: a file with fewer is cut.
        short: what happens to such a file, one of `SHORT`.
        pages: pages about single instruments, by id; elsewhere the landing page is linked.
    """

    id: str
    label: Words
    title: str
    publisher: str
    landing_page: str
    licence: str
    redistribute: str
    citation: str
    rows: str
    mirror: Texts
    licence_page: str = ""
    fetch: str = FROZEN
    addresses: Texts = ()
    indicators: Indicators = ()
    least_records: Numbers = field(default_factory=dict)
    short: str = SHORT[0]
    pages: Words = field(default_factory=dict)

    @property
    def frozen(self) -> bool:
        """Whether the publisher issues no further release, so that nobody is asked."""
        return self.fetch == FROZEN

    @property
    def own(self) -> bool:
        """Whether this project writes the files itself: they are reviewed line by line."""
        return self.fetch == REFERENCE

    @property
    def tables(self) -> Texts:
        """The tables that its rows go into."""
        return ROWS[self.rows]

    @property
    def module(self) -> ModuleType:
        """The source's module: `parse`, and `fetch` where it is live."""
        return import_module(f"etl.sources.{self.id}")


WANTED: dict[object, str] = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    Texts: "a list of texts",
    Words: "a table of texts",
    Numbers: "a table of whole numbers",
    Indicators: "a list of tables",
}


def _fits(value: object, kind: object) -> bool:
    if kind == Texts:
        return isinstance(value, list) and all(isinstance(item, str) and item for item in value)
    if kind == Indicators:
        return isinstance(value, list) and all(isinstance(item, dict) for item in value)
    if kind in (Words, Numbers):
        inner = str if kind == Words else int
        return isinstance(value, dict) and all(type(item) is inner and item for item in value.values())
    return type(value) is kind


def _form_problems(table: Mapping[str, Any], form: type, place: str = "") -> Iterator[str]:
    """What is wrong with the keys of a table and the types of their values."""
    known = {one.name: one for one in fields(form)}
    for name, one in known.items():
        required = one.default is MISSING and one.default_factory is MISSING
        if name not in table:
            yield from [f"{place}missing key {name}"] * required
        elif not _fits(table[name], one.type):
            yield f"{place}{name} must be {WANTED[one.type]}"
        elif required and table[name] in ("", [], {}):
            yield f"{place}{name} is empty"
    yield from (f"{place}unknown key {name}" for name in table if name not in known)


def _meaning_problems(source: Declaration, stem: str) -> Iterator[str]:
    """What is wrong with the values of a declaration whose form is sound."""
    if source.id != stem:
        yield f"id must equal the file's name, {stem}"
    for name, allowed in CLOSED_LISTS.items():
        if (value := getattr(source, name)) not in allowed:
            yield f"{name} must be one of {', '.join(allowed)}, not {value!r}"
    if (source.fetch == LIVE) != bool(source.addresses):
        yield f"fetch {source.fetch} takes {'an address' if source.fetch == LIVE else 'no address'}"
    if DEFAULT not in source.label:
        yield f"label has no text in {DEFAULT!r}"
    if ("observations" in ROWS.get(source.rows, ())) != bool(source.indicators):
        yield f"rows {source.rows} take {'no indicator' if source.indicators else 'indicators'}"
    for indicator in source.indicators:
        yield from _indicator_problems(indicator)


def _indicator_problems(indicator: Indicator) -> Iterator[str]:
    place = f"indicator {indicator.id}: "
    if indicator.unit not in UNIT:
        yield f"{place}unit must be one of {', '.join(UNIT)}, not {indicator.unit!r}"
    if DEFAULT not in indicator.title:
        yield f"{place}title has no text in {DEFAULT!r}"
    if not (indicator.derived or DEFAULT in indicator.definition):
        yield f"{place}definition has no text in {DEFAULT!r}"
    yield from (f"{place}unknown key {name} in codebook" for name in indicator.codebook if name not in CODEBOOK)


def read_declaration(path: Path) -> Declaration:
    """Read one declaration.

    Raises:
        SourceError: no TOML, or a key missing, unknown, empty or of the wrong kind; the text lists every one.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"not a TOML file ({error})", source=path.stem, file=path.name) from error
    problems = [*_form_problems(table, Declaration)]
    listed = table.get("indicators", []) if not problems else []
    for number, one in enumerate(listed, start=1):
        problems += _form_problems(one, Indicator, f"indicator {one.get('id', number)}: ")
    if not problems:
        indicators = tuple(Indicator(**one) for one in listed)
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in table.items()
        }
        source = Declaration(**values | {"indicators": indicators})
        # What the values mean is checked only where the form is sound.
        problems += _meaning_problems(source, path.stem)
    if problems:
        raise SourceError("; ".join(problems), source=path.stem, file=path.name)
    return source


@cache
def _declarations(folder: Path) -> Mapping[str, Declaration]:
    paths = [*folder.glob("*.toml"), *folder.glob("*/*.toml")]
    known = {path.stem: read_declaration(path) for path in sorted(paths, key=lambda path: path.stem)}
    declared: dict[str, str] = {}
    for source in known.values():
        for indicator in source.indicators:
            if other := declared.get(indicator.id):
                problem = f"indicator {indicator.id} is declared by {other} already; give it another id"
                raise SourceError(problem, source=source.id, file=f"{source.id}.toml")
            declared[indicator.id] = source.id
    return known


def declarations(folder: Path = SOURCES) -> dict[str, Declaration]:
    """Every declared source, by id, in the order of the ids.

    Raises:
        SourceError: a declaration is not well formed, or an indicator is declared twice.
    """
    return dict(_declarations(folder))


def source_of(rows: str) -> str:
    """The id of the source whose rows are of a kind that one source alone has."""
    return next((source.id for source in declarations().values() if source.rows == rows), "")


def indicators(known: Mapping[str, Declaration]) -> list[tuple[Declaration, Indicator]]:
    """Every declared indicator with its source, in the order in which they are listed."""
    every = [(source, indicator) for source in known.values() for indicator in source.indicators]
    return sorted(every, key=lambda pair: (pair[1].order, pair[1].id))
