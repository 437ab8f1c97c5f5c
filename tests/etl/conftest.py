"""The declared sources, with a local server in the publishers' place."""

import shutil
from collections import defaultdict
from dataclasses import replace

import pytest
from filelock import FileLock

from data import reviewed
from data.snapshot import Snapshot
from etl import gathering, pipeline
from etl.checking import validate
from etl.fetching.fetch import fetch
from etl.making import boundaries
from etl.source_declaration import declarations
from tests.etl import cells
from tests.etl.declared import SHORT, declare_records
from tests.etl.publishers import API, IMPATIENT, LEGACY, LISTING
from tests.etl.test_pipeline import build, sample

# Sources in the repository, which have no publisher.
OWN = ("reference", "reports")


@pytest.fixture(autouse=True)
def _short_tables(request, monkeypatch):
    """The samples have a few of a frozen table's records."""
    if not request.node.get_closest_marker("real"):
        declare_records(monkeypatch, SHORT)


def _remember(patch, module, name, key, copy=lambda result: result):
    """Cache the results of a function without side effects; errors are raised again."""
    answers, function = {}, getattr(module, name)

    def remembered(*arguments):
        if (known := key(*arguments)) not in answers:
            answers[known] = function(*arguments)
        return copy(answers[known])

    patch.setattr(module, name, remembered)


def _copied(result):
    shapes, countries = result
    return shapes.copy(), countries


def _remember_valid_tables(patch):
    """A table that equals one that was valid is valid: most tables of two builds of samples are equal."""
    valid, check = defaultdict(list), validate.table

    def checked(name, schema, frame):
        for before, result in valid[name, schema]:
            if frame.schema == before.schema and frame.equals(before):
                return result
        valid[name, schema].append((frame, check(name, schema, frame)))
        return valid[name, schema][-1][1]

    patch.setattr(validate, "table", checked)


@pytest.fixture(scope="session", autouse=True)
def _quick_builds():
    """Cache what builds make of identical bytes, and return no memory to the system between two steps."""
    with pytest.MonkeyPatch.context() as patch:
        _remember(patch, boundaries, "build", lambda files, _: tuple(file.sha256 for file in files), _copied)
        _remember(patch, reviewed, "parse", lambda content, form: (content, form))
        _remember_valid_tables(patch)
        patch.setattr(gathering, "give_back_memory", lambda: None)
        yield


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A snapshot of the small samples, which tests only read."""
    with pytest.MonkeyPatch.context() as patch:
        declare_records(patch, SHORT)
        return build(sample(tmp_path_factory.mktemp("built") / "mirror"))[1]


@pytest.fixture(scope="session")
def _place_built_once(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        declare_records(patch, SHORT)
        place = tmp_path_factory.mktemp("place")
        build(sample(place / "mirror"))
    return place


@pytest.fixture
def mirrored(tmp_path, _place_built_once):
    """The mirror of the small samples; beside it the snapshot published from it, and the stored downloads."""
    shutil.copytree(_place_built_once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "mirror"


@pytest.fixture(scope="session")
def real_snapshot(mirror):
    """What the pipeline makes of the publishers' real files, once for all workers; for tests marked `real`."""
    home = cells.FOLDER / "real"
    with FileLock(f"{home}.lock"):
        if not (home / "current").exists():
            pipeline.build(pipeline.Request(mirror=mirror, home=home, raw=home / "raw"))
    return Snapshot.open(str(home))


@pytest.fixture
def unodc(httpserver, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    addresses = tuple(httpserver.url_for(path) for path in (LISTING + "?filter=data_glotip", LEGACY))
    return replace(declarations()["unodc_glotip"], addresses=addresses)


@pytest.fixture
def worldbank(httpserver, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    return replace(declarations()["worldbank_population"], addresses=(httpserver.url_for(API + "?format=json"),))


@pytest.fixture
def live(httpserver, tmp_path, monkeypatch):
    """Every source is frozen and stored but UNODC's, whose publisher is a local server."""
    monkeypatch.setenv("NO_PROXY", "*")
    folder, raw = sample(tmp_path / "mirror"), tmp_path / "raw"
    known = declarations()
    for name, source in known.items():
        if source.fetch not in OWN:
            for file in fetch(source, folder, raw=raw).files:
                (raw / name).mkdir(parents=True, exist_ok=True)
                (raw / name / file.name).write_bytes(file.content)
    frozen = {n: s if s.fetch in OWN else replace(s, fetch="frozen", addresses=()) for n, s in known.items()}
    addresses = tuple(httpserver.url_for(path) for path in (LISTING, LEGACY))
    frozen["unodc_glotip"] = replace(known["unodc_glotip"], addresses=addresses)
    monkeypatch.setattr(pipeline, "declarations", lambda: frozen)
    monkeypatch.setattr("etl.fetching.fetch.fetch.__kwdefaults__", {**fetch.__kwdefaults__, "limits": IMPATIENT})
    monkeypatch.delenv("ATALAYA_MIRROR", raising=False)
    return tmp_path
