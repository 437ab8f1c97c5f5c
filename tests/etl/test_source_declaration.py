from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.words.messages import extract
from data import words
from etl.errors import SourceError
from etl.source_declaration import SOURCES, declarations, indicators, read_declaration
from tests.etl.declared import SOURCE

VALUES = {
    "id": '"sample"',
    "label": '{ en = "A sample" }',
    "title": '"A sample"',
    "publisher": '"Somebody"',
    "landing_page": '"https://example.org/"',
    "license": '"CC BY 4.0"',
    "redistribute": '"rows"',
    "citation": '"Somebody. A sample."',
    "rows": '"roles"',
    "mirror": '["sample/*.csv", "sample/*.json"]',
    "fetch": '"frozen"',
}


def declare(folder: Path, name: str = "sample", **changes: str | None) -> Path:
    path = folder / f"{name}.toml"
    lines = [f"{key} = {value}" for key, value in {**VALUES, **changes}.items() if value is not None]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def refusal(path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        read_declaration(path)
    return str(caught.value)


def test_a_declaration_is_read_from_its_file(tmp_path):
    expected = replace(SOURCE, mirror=("sample/*.csv", "sample/*.json"), fetch="frozen")
    assert read_declaration(declare(tmp_path)) == expected


def test_only_what_is_fetched_live_is_not_frozen(tmp_path):
    assert read_declaration(declare(tmp_path)).frozen
    live = declare(tmp_path, fetch='"live"', addresses='["https://example.org/api"]')
    assert not read_declaration(live).frozen


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": None}, "missing key title"),
        ({"license": None, "color": '"blue"'}, "missing key license; unknown key color"),
        ({"publisher": "7"}, "publisher must be a text"),
        ({"mirror": '"sample/*.csv"'}, "mirror must be a list of texts"),
        ({"label": "{ en = 1 }"}, "label must be a table of texts"),
        ({"citation": '""'}, "citation is empty"),
        ({"mirror": "[]"}, "mirror is empty"),
        ({"redistribute": '"some"'}, "redistribute must be one of rows, derived, none, not 'some'"),
        ({"fetch": '"ftp"'}, "fetch must be one of"),
        ({"id": '"other"'}, "id must equal the file's name, sample"),
        ({"fetch": '"live"'}, "addresses is missing for fetch = 'live'"),
        ({"addresses": '["https://example.org/"]'}, "addresses must be empty for fetch = 'frozen'"),
        ({"rows": '"tables"'}, "rows must be one of observations, flows, roles, instruments"),
        ({"rows": '"observations"'}, "indicators is missing for rows = 'observations'"),
        ({"label": '{ es = "Una muestra" }'}, "label has no text in 'en'"),
        ({"title": "unquoted"}, "not a TOML file"),
    ],
)
def test_faults_of_a_declaration_are_reported_at_once(tmp_path, changes, expected):
    problem = refusal(declare(tmp_path, **changes))
    assert problem.startswith("source sample, file sample.toml: ")
    assert expected in problem


def test_declarations_come_in_the_order_of_their_ids(tmp_path):
    for name in ("pear", "apple", "fig"):
        declare(tmp_path, name, id=f'"{name}"')
    assert list(declarations(tmp_path)) == ["apple", "fig", "pear"]


def test_every_source_of_the_project_has_a_declaration_and_a_parser():
    known = declarations()
    parsers = {path.stem for path in [*SOURCES.glob("*.py"), *SOURCES.glob("[!_]*/")] if path.stem != "__init__"}
    assert {"unodc_glotip", "worldbank_population", "du_directionality", "hti"} <= set(known)
    # One parser is of all case registers; there is none so far.
    assert parsers - {"registry"} <= set(known)
    assert known["hti"].redistribute == known["du_directionality"].redistribute == "derived"
    assert all(address.startswith("https://") for source in known.values() for address in source.addresses)


@pytest.mark.real
def test_every_declared_file_is_in_the_mirror(mirror):
    # Transcribed facts and submitted reports have no publisher.
    published = (
        source for source in declarations().values() if source.fetch not in {"reference", "reports", "registry"}
    )
    for source in published:
        for pattern in source.mirror:
            assert any(list(mirror.glob(either)) for either in pattern.split("|")), f"{source.id}: {pattern}"


def test_the_catalogues_and_the_workbooks_have_the_declared_names_of_indicators():
    declared = [indicator for _, indicator in indicators(declarations())]
    assert words.INDICATOR.items() <= {entry.id: entry.title["en"] for entry in declared}.items()
    texts = {text for entry in declared for text in (entry.title["en"], entry.definition.get("en"))}
    texts |= {entry.coverage["en"] for entry in declared if entry.beside}
    texts |= {source.label["en"] for source in declarations().values()}
    new = texts - {None} - {message.id for message in extract()}
    assert not new, f"run .venv/bin/python -m dashboard.words.messages: {new}"


INDICATOR = '[[indicators]]\nid = "calls"\nunit = "persons"\norder = 1\ntitle = { en = "Calls" }\n'


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (INDICATOR, "indicator calls: definition has no text in 'en'"),
        (INDICATOR.replace("persons", "calls") + "derived = true", "indicator calls: unit must be one of persons"),
        (INDICATOR.replace("order = 1", 'order = "1"'), "indicator calls: order must be a whole number"),
        (INDICATOR.replace('id = "calls"', ""), "indicator 1: missing key id"),
        (INDICATOR + 'shown = "home"', "indicator calls: shown must be one of region, country, response, not 'home'"),
        (INDICATOR + "shown = true", "indicator calls: shown must be a text"),
        (
            INDICATOR + 'shown = "region"',
            "indicator calls: shown needs its rate; add [[indicators]] with id = 'calls_rate'",
        ),
        (
            INDICATOR.replace('"persons"', '"percent"') + 'shown = "region"',
            "indicator calls: shown is for counts (unit persons or offences, not derived); remove it",
        ),
        (INDICATOR + "derived = true", "indicator calls: derived is for the rate of a count; its id must be that"),
        (INDICATOR.replace("en =", "es =") + "derived = true", "indicator calls: title has no text in 'en'"),
        (INDICATOR + 'derived = true\ncodebook = { note = "?" }', "indicator calls: unknown key note in codebook"),
        (
            INDICATOR + 'beside = "offences"',
            "indicator calls: beside and a coverage with a text in 'en' belong together",
        ),
        (INDICATOR + 'coverage = { en = "All." }', "indicator calls: beside and a coverage with a text in 'en' belong"),
    ],
)
def test_faults_of_an_indicator_are_reported(tmp_path, entry, expected):
    path = declare(tmp_path, rows='"observations"')
    path.write_text(f"{path.read_text('utf-8')}\n{entry}\n", "utf-8")
    assert expected in refusal(path)


def test_a_register_stands_beside_a_count_of_the_source_of_victims(tmp_path):
    beside = INDICATOR + 'definition = { en = "Calls." }\nbeside = "calls"\ncoverage = { en = "All." }'
    path = declare(tmp_path, "apple", id='"apple"', rows='"observations"')
    path.write_text(f"{path.read_text('utf-8')}\n{beside}\n", "utf-8")
    with pytest.raises(SourceError, match=r"file apple\.toml: indicator calls: beside must be one of , not 'calls'"):
        declarations(tmp_path)


def test_an_indicator_is_declared_once(tmp_path):
    for name in ("apple", "pear"):
        path = declare(tmp_path, name, id=f'"{name}"', rows='"observations"')
        defined = INDICATOR + 'definition = { en = "Calls." }'
        path.write_text(f"{path.read_text('utf-8')}\n{defined}\n", "utf-8")
    with pytest.raises(
        SourceError, match=r"source pear, file pear\.toml: indicator calls is already declared by apple"
    ):
        declarations(tmp_path)
