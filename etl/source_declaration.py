"""The declaration of each source, `etl/sources/<id>.toml`: what it is, its rows, its indicators, how it is obtained."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from data.columns import COUNTING_UNIT, REDISTRIBUTE, SHOWN, UNIT
from data.counting_units import NOT_STATED
from data.i18n import DEFAULT
from etl.cases import source as registries
from etl.cases.releases import PACKAGE
from etl.errors import SourceError

SOURCES = Path(__file__).parent / "sources"
# The kinds of rows that `parse` can return, and the tables made from them. Any number of sources may use the first
# seven, and CONTRIBUTING.md lists their columns; each of the others is specific to one source.
ROWS = {
    "observations": ("observations", "vintages"),
    "flows": ("flows",),
    "roles": ("roles",),
    "instruments": ("instruments",),
    "reservations": ("instruments",),
    "migrant_stock": ("migrant_stock", "migrant_stock_vintages"),
    "movements": ("movements",),
    "victim_counts": ("observations", "vintages", "flows", "flow_coverage"),
    "population": ("observations", "vintages"),
    "facts": ("instruments", "evidence"),
    "measures": ("evidence",),
    "reports": ("evidence",),
    "workplan_lines": ("workplan_lines",),
    "polygons": ("boundaries", "countries"),
}
# How files are obtained: downloaded (by the `fetch` of the source's module); no longer published; transcribed by this
# project (data/reference/); sent in and accepted (data/reports/); released by a state's case register
# (data/registries/).
LIVE = "live"
FROZEN = "frozen"
REFERENCE = "reference"
REPORTS = "reports"
REGISTRY = "registry"
FETCH = (LIVE, FROZEN, REFERENCE, REPORTS, REGISTRY)
# What to do with a file that has fewer records than `least_records`.
SHORT = ("refuse", "note")
CLOSED_LISTS = {"rows": tuple(ROWS), "redistribute": REDISTRIBUTE, "fetch": FETCH, "short": SHORT}

TextList = tuple[str, ...]
TextTable = Mapping[str, str]
NumberTable = Mapping[str, int]
CODEBOOK = ("definition", "sdmx", "sdg", "ictip")
# The units of counts; the id of a rate is that of its count with an ending.
COUNTED = ("persons", "offences")
RATE = "_rate"


@dataclass(frozen=True)
class DeclaredIndicator:
    """A quantity that a source counts or measures.

    Attributes:
        id: a stable id, used everywhere.
        unit: one of `data.columns.UNIT`.
        order: its place in lists of indicators; smaller numbers come first.
        code: the publisher's own code for it, for a source whose `parse` looks indicators up by their codes.
        title, definition: a name and one sentence by language code, at least in English. For other languages the
            catalogues translate the English text.
        shown: where a count of authorities is shown, one of `data.columns.SHOWN`, each with those before it: `region`
            (its rate is then declared too), `country`, `response`; if empty, only Explore and the other counts of
            Country have it.
        derived: whether we compute it: the rate of a count of this source, with the id `<count>_rate`; otherwise the
            publisher prints it.
        restates: the indicator of another source that it repeats; figures masked there are masked here too.
        beside: of a count in a state's own register, the count of the source of `victim_counts` beside which Country
            shows it; the two are never added or drawn as one series.
        coverage: what such a register covers, as `title`.
        counting_unit: what is counted, one of `data.columns.COUNTING_UNIT`, where `data/reference/counting_units.csv`
            has no line.
        date_counted: of a case register, the date of a case that counts (`etl.cases.words.COVERAGE`).
        codebook: the indicator's line of the codebook (`definition` and the terms of `sdmx`, `sdg`, `ictip`), if
            `data/reference/codebook.csv` has none; by default the English definition.
    """

    id: str
    unit: str
    order: int
    title: TextTable
    definition: TextTable = field(default_factory=dict)
    code: str = ""
    shown: str = ""
    derived: bool = False
    restates: str = ""
    beside: str = ""
    coverage: TextTable = field(default_factory=dict)
    counting_unit: str = ""
    date_counted: str = ""
    codebook: TextTable = field(default_factory=dict)


Indicators = tuple[DeclaredIndicator, ...]


@dataclass(frozen=True)
class Declaration:
    """One source, as declared in its `.toml`. Keys without a default are required; other keys are errors.

    Attributes:
        id: the source's id, equal to the name of its `.toml` and of its module or folder.
        label: its short name by language code, at least in English.
        title, publisher, landing_page: what it is, who publishes it, its page on the web.
        license, license_page: the terms in words, and the page where they are published (may be empty).
        redistribute: `rows`, `derived` or `none`: what a snapshot and its downloads may contain.
        citation: as the publisher asks for it, or so that a reader can find the source.
        rows: the kind of rows that `parse` returns, one of `ROWS`.
        mirror: globs relative to a mirror folder; each must match at least one file.
        fetch: how its files are obtained, one of `FETCH`.
        addresses: addresses for downloads, in the order they are tried; empty if the source is not live.
        indicators: what it counts, if its rows become observations.
        least_records: number of records of whole files, by part, release, `part release`, or `any`; fewer: cut short.
        short: what to do with such a file, one of `SHORT`.
        pages: pages about single instruments, by id; for others the landing page is linked.
        forms_apart: whether each form of exploitation is a series with its own releases; else a release has all.
        absent: ISO3 of countries without any rows, in a source that has all others.
        parser: the module in `etl/sources` that parses it, if it is not named after the source.
        unseen: by instrument, the ISO3 (with spaces between) of the states that its table may have but our copy does
            not show, or `*` for all: that it has no act of theirs means nothing.
    """

    id: str
    label: TextTable
    title: str
    publisher: str
    landing_page: str
    license: str
    redistribute: str
    citation: str
    rows: str
    mirror: TextList
    license_page: str = ""
    fetch: str = FROZEN
    addresses: TextList = ()
    indicators: Indicators = ()
    least_records: NumberTable = field(default_factory=dict)
    short: str = SHORT[0]
    pages: TextTable = field(default_factory=dict)
    forms_apart: bool = False
    absent: TextList = ()
    unseen: TextTable = field(default_factory=dict)
    parser: str = ""

    @property
    def frozen(self) -> bool:
        """Whether the publisher has stopped publishing releases, so there is nothing to download."""
        return self.fetch == FROZEN

    @property
    def own(self) -> bool:
        """Whether this project writes the files itself, reviewed line by line."""
        return self.fetch == REFERENCE

    @property
    def counts(self) -> TextList:
        """The ids of the counts that it prints."""
        return tuple(one.id for one in self.indicators if one.unit in COUNTED and not one.derived)

    @property
    def rated(self) -> TextList:
        """The ids of the counts of which rates are made."""
        made = {one.id for one in self.indicators if one.derived}
        return tuple(code for code in self.counts if code + RATE in made)

    @property
    def tables(self) -> TextList:
        """The tables made from its rows; a case register also has lists of citizenships."""
        return (*ROWS[self.rows], *(("flows",) if self.fetch == REGISTRY else ()))

    @property
    def module(self) -> ModuleType:
        """The source's module: `parse`, and `fetch` if it is live."""
        return import_module(f"etl.sources.{self.parser or self.id}")


WANTED: dict[object, str] = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    TextList: "a list of texts",
    TextTable: "a table of texts",
    NumberTable: "a table of whole numbers",
    Indicators: "a list of tables",
}


def _fits(value: object, kind: object) -> bool:
    if kind == TextList:
        return isinstance(value, list) and all(isinstance(item, str) and item for item in value)
    if kind == Indicators:
        return isinstance(value, list) and all(isinstance(item, dict) for item in value)
    if kind in (TextTable, NumberTable):
        inner = str if kind == TextTable else int
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
    """What is wrong with the values of a declaration whose keys and types are right."""
    if source.id != stem:
        yield f"id must equal the file's name, {stem}"
    for name, allowed in CLOSED_LISTS.items():
        if (value := getattr(source, name)) not in allowed:
            yield f"{name} must be one of {', '.join(allowed)}, not {value!r}"
    if (source.fetch == LIVE) != bool(source.addresses):
        yield f"addresses {'is missing for' if source.fetch == LIVE else 'must be empty for'} fetch = {source.fetch!r}"
    if DEFAULT not in source.label:
        yield f"label has no text in {DEFAULT!r}"
    if ("observations" in ROWS.get(source.rows, ())) != bool(source.indicators):
        yield f"indicators {'must be empty' if source.indicators else 'is missing'} for rows = {source.rows!r}"
    for indicator in source.indicators:
        yield from _indicator_problems(indicator)
        yield from _shown_problems(indicator, source)


def _shown_problems(indicator: DeclaredIndicator, source: Declaration) -> Iterator[str]:
    """What is wrong with where an indicator is shown, and with rates."""
    place = f"indicator {indicator.id}: "
    if indicator.derived and indicator.id not in {code + RATE for code in source.counts}:
        yield f"{place}derived is for the rate of a count; its id must be that of a count of this source with {RATE}"
    if not indicator.shown:
        return
    if indicator.shown not in SHOWN:
        yield f"{place}shown must be one of {', '.join(SHOWN)}, not {indicator.shown!r}"
    elif indicator.id not in source.counts:
        yield f"{place}shown is for counts (unit {' or '.join(COUNTED)}, not derived); remove it"
    elif indicator.id not in source.rated:
        yield (
            f"{place}shown needs its rate; add [[indicators]] with id = '{indicator.id}{RATE}', "
            "unit = 'per_100000_population' and derived = true"
        )


def _indicator_problems(indicator: DeclaredIndicator) -> Iterator[str]:
    place = f"indicator {indicator.id}: "
    if indicator.unit not in UNIT:
        yield f"{place}unit must be one of {', '.join(UNIT)}, not {indicator.unit!r}"
    if DEFAULT not in indicator.title:
        yield f"{place}title has no text in {DEFAULT!r}"
    if not (indicator.derived or DEFAULT in indicator.definition):
        yield f"{place}definition has no text in {DEFAULT!r}"
    if bool(indicator.beside) != (DEFAULT in indicator.coverage):
        yield f"{place}beside and a coverage with a text in {DEFAULT!r} belong together"
    if indicator.counting_unit and indicator.counting_unit not in COUNTING_UNIT:
        yield f"{place}counting_unit must be one of {', '.join(COUNTING_UNIT)}, not {indicator.counting_unit!r}"
    yield from (f"{place}unknown key {name} in codebook" for name in indicator.codebook if name not in CODEBOOK)


def read_declaration(path: Path) -> Declaration:
    """Read one declaration.

    Raises:
        SourceError: it is not TOML, or keys are missing, unknown, empty or of the wrong type; the text lists all.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"not a TOML file ({error})", source=path.stem, file=path.name) from error
    return _declaration(table, path.stem, path.name)


def _declaration(table: Mapping[str, Any], stem: str, file: str) -> Declaration:
    problems = [*_form_problems(table, Declaration)]
    listed = table.get("indicators", []) if not problems else []
    for number, one in enumerate(listed, start=1):
        problems += _form_problems(one, DeclaredIndicator, f"indicator {one.get('id', number)}: ")
    if not problems:
        indicators = tuple(DeclaredIndicator(**one) for one in listed)
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in table.items()
        }
        source = Declaration(**values | {"indicators": indicators})
        # Values are checked only when all keys and types are right.
        problems += _meaning_problems(source, stem)
    if problems:
        raise SourceError("; ".join(problems), source=stem, file=file)
    return source


@cache
def _declarations(folder: Path) -> Mapping[str, Declaration]:
    paths = [*folder.glob("*.toml"), *folder.glob("*/*.toml")]
    known = {path.stem: read_declaration(path) for path in sorted(paths, key=lambda path: path.stem)}
    declared: dict[str, str] = {}
    for source in known.values():
        for indicator in source.indicators:
            if other := declared.get(indicator.id):
                problem = f"indicator {indicator.id} is already declared by {other}; give it another id"
                raise SourceError(problem, source=source.id, file=f"{source.id}.toml")
            declared[indicator.id] = source.id
    counted = {code for source in known.values() if source.rows == "victim_counts" for code in source.counts}
    for source, one in indicators(known):
        if one.beside and one.beside not in counted:
            problem = f"indicator {one.id}: beside must be one of {', '.join(sorted(counted))}, not {one.beside!r}"
            raise SourceError(problem, source=source.id, file=f"{source.id}.toml")
    return known


@cache
def _registers(folder: Path) -> Mapping[str, Declaration]:
    """The declarations of case registers, whose indicators have ids of their own and stand beside UNODC's."""
    return {name: _declaration(table, name, PACKAGE) for name, table in registries.declared(folder).items()}


def declarations(folder: Path = SOURCES) -> dict[str, Declaration]:
    """All declared sources by id, sorted by id; those of case registers are made from their releases.

    Raises:
        SourceError: a declaration is invalid, an indicator is declared twice, or one stands beside no other.
        AtalayaError: a release of a case register is damaged.
    """
    return dict(sorted({**_declarations(folder), **_registers(registries.REGISTRIES)}.items()))


def source_of(rows: str) -> str:
    """The id of the only source with a kind of rows; empty if there is none."""
    return next((source.id for source in declarations().values() if source.rows == rows), "")


def forms_apart() -> tuple[str, ...]:
    """The ids of the sources that release each form of exploitation as its own series."""
    return tuple(source.id for source in declarations().values() if source.forms_apart)


def counts(*, shown: bool = False) -> frozenset[str]:
    """The ids of the counts that any source prints, or of those `shown` as counts of authorities."""
    return frozenset(
        one.id
        for source in declarations().values()
        for one in source.indicators
        if (one.shown if shown else one.id in source.counts)
    )


def usual_units() -> dict[str, str]:
    """The unit of a count of which no reviewed line says more: what its source declares, else `NOT_STATED`."""
    declared = {one.id: one.counting_unit for source in declarations().values() for one in source.indicators}
    return dict.fromkeys(counts(shown=True), NOT_STATED) | {code: unit for code, unit in declared.items() if unit}


def indicators(known: Mapping[str, Declaration]) -> list[tuple[Declaration, DeclaredIndicator]]:
    """All declared indicators with their sources, in display order."""
    every = [(source, indicator) for source in known.values() for indicator in source.indicators]
    return sorted(every, key=lambda pair: (pair[1].order, pair[1].id))
