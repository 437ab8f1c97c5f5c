"""A case register as a source of a build: its declaration, made from its releases, and its files.

`data/registries/<iso3>/` has the releases of a state's register (`etl.cases.releases`), as the state published them.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from data.i18n import DEFAULT, LANGUAGES, Language, language
from etl.cases import releases
from etl.cases.releases import CaseRegister, CaseRelease
from etl.cases.tables import TABLES
from etl.cases.words import COUNTS, COVERAGE, NAME
from etl.errors import AtalayaError

REGISTRIES = Path(__file__).parents[2] / "data" / "registries"
PREFIX = "registry_"
# The place of the first count in lists of indicators: after the registers that have a declaration of their own.
ORDER = 180


def declared(folder: Path) -> dict[str, dict[str, Any]]:
    """By source id the keys and values of its declaration (`etl.source_declaration.Declaration`).

    Raises:
        AtalayaError: a folder is not named after its state, or its data packages cannot be read.
    """
    found = {}
    for place in sorted(place for place in folder.glob("*") if place.is_dir() and not place.name.startswith(".")):
        if every := releases.releases(place):
            found[PREFIX + place.name] = _declaration(every, place)
    return found


def files(source: str, folder: Path) -> Iterator[tuple[str, bytes]]:
    """The tables of all releases of a source: their path in `folder`, and their content, compared with its hash.

    Raises:
        AtalayaError: a table is missing, has changed, or contradicts another one.
    """
    place = folder / source.removeprefix(PREFIX)
    for one in releases.releases(place):
        one.every_cell()
        for table in TABLES:
            path = releases.path_of(table)
            yield f"{place.name}/{one.day}/{path}", one.content(path)


def indicator(area: str, code: str) -> str:
    """The id of a count in a state's register, from that of the count of UNODC beside which it stands."""
    return f"register_{area.lower()}_{code}"


def _declaration(every: list[CaseRelease], place: Path) -> dict[str, Any]:
    register = every[-1].register
    for one in every:
        if one.register.state.lower() != place.name:
            raise one.damaged(releases.PACKAGE, f"it is of {one.register.state}, but is in the folder {place.name}")
    if register.date not in COVERAGE:
        raise AtalayaError(f"{place}: nothing is known of the date {register.date}; it needs its words")
    counts = {code for one in every for code in one.indicators}
    if unknown := sorted(counts - COUNTS.keys()):
        raise AtalayaError(f"{place}: nothing is known of the count {', '.join(unknown)}; it needs its words")
    return {
        "id": PREFIX + place.name,
        "label": _in_each(lambda lang: f"{lang.country(register.state)}, {lang.text(NAME)}"),
        "title": register.title,
        "publisher": register.publisher,
        "landing_page": register.page,
        "license": register.license,
        "license_page": register.license_page,
        "redistribute": "rows",
        "citation": f"{register.publisher}, {register.title}, {register.page}.",
        "rows": "observations",
        "mirror": ["*/tables/*.csv"],
        "fetch": "registry",
        "parser": "registry",
        "indicators": [
            _indicator(register, code, ORDER + number) for number, code in enumerate(COUNTS) if code in counts
        ],
    }


def _indicator(register: CaseRegister, code: str, order: int) -> dict[str, Any]:
    words = COUNTS[code]
    return {
        "id": indicator(register.state, code),
        "unit": "persons",
        "order": order,
        # In lists of indicators the counts of several states would have one name.
        "title": _in_each(lambda lang: f"{lang.text(words.title)} ({lang.country(register.state)})"),
        "definition": {DEFAULT: words.definition},
        "beside": code,
        "coverage": {DEFAULT: COVERAGE[register.date]},
        "counting_unit": register.unit,
        "date_counted": register.date,
        "codebook": {"ictip": words.ictip},
    }


def _in_each(words: Callable[[Language], str]) -> dict[str, str]:
    return {code: words(language(code)) for code in LANGUAGES}
