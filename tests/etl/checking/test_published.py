"""The check of a snapshot reports any wrong manifest and any wrong file in one line."""

import hashlib
import json
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.snapshot import MANIFEST, Snapshot, SnapshotError, sealed
from etl.checking import published

MISSING = object()


@pytest.fixture(scope="module")
def home(built, tmp_path_factory) -> Path:
    """A copy of a small snapshot, which the tests damage."""
    copy = tmp_path_factory.mktemp("home") / "snapshot"
    shutil.copytree(Path(built.root).parent, copy)
    assert failed(copy) == []
    return copy


@pytest.fixture
def manifest(home):
    """A function that damages the manifest; it is restored afterwards."""
    path = Path(Snapshot.open(str(home)).root) / MANIFEST
    whole = path.read_bytes()

    def spoil(change: Callable[[dict[str, Any]], Any]) -> None:
        # With a hash that no longer fits it would not even be opened.
        content = json.loads(whole)
        path.write_text(json.dumps(sealed(change(content) or content)))

    yield spoil
    path.write_bytes(whole)


def failed(home: Path) -> list[str]:
    return [f"{result.name}: {result.saw}" for result in published.run(str(home)) if not result.passed]


def put(*place: Any) -> Callable[[dict[str, Any]], None]:
    """Put the last argument at the place that the others name, or delete what is there if it is MISSING."""
    *path, last, value = place

    def change(content: Any) -> None:
        for step in path:
            content = content[step]
        if value is MISSING:
            del content[last]
        else:
            content[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (put("resources", None), "manifest: resources is None, expected list; build again"),
        (put("resources", MISSING), "manifest: resources is None, expected list; build again"),
        (put("resources", 0, []), "manifest: resources[0] is [], expected dict; build again"),
        (put("resources", 0, "rows", True), "manifest: resources[0].rows is True, expected int; build again"),
        (put("resources", 0, "rows", 10**4000), f"manifest: resources[0].rows is 1{'0' * 79}, expected int"),
        (put("resources", 0, "size", "1"), "manifest: resources[0].size is '1', expected int; build again"),
        (put("resources", 0, "hash", MISSING), "manifest: resources[0].hash is None, expected str; build ag"),
        (put("resources", 0, "path", "../a\0"), "manifest: 21 of 21 tables listed"),
        (put("resources", 0, "path", "x" * 400), "manifest: 21 of 21 tables listed"),
        (put("resources", 0, MISSING), "manifest: 20 of 21 tables listed"),
        (put("sources", {}), "manifest: sources is {}, expected list; build again"),
        (put("sources", 0, "releases", None), "manifest: sources[0].releases is None, expected list; build"),
        (put("sources", 0, "releases", 0, "set_aside", MISSING), "manifest: releases[0].set_aside is None, expected"),
        (put("sources", 0, "releases", 0, "set_aside", [{}]), "manifest: releases[0].set_aside[0].rows is None, exp"),
        (put("checks", [1]), "manifest: checks[0] is 1, expected dict; build again"),
        (put("accepted", []), "manifest: accepted is [], expected str; build again"),
        (put("resources", 0, {}), "manifest: resources[0].name is None, expected str and 4 more; build again"),
    ],
)
def test_a_malformed_manifest_is_reported(home, manifest, change, message):
    manifest(change)
    (line,) = failed(home)
    assert line.startswith(message)
    assert published.report(str(home)) == [] or "table" in line


@pytest.mark.parametrize("content", ["[]", "null", "1", '"a"', "[" * 100_000, '{"a":' * 5000, "9" * 5000, "", "{"])
def test_a_snapshot_without_a_readable_manifest_is_refused(home, content):
    path = Path(Snapshot.open(str(home)).root) / MANIFEST
    whole = path.read_bytes()
    path.write_text(content)
    try:
        with pytest.raises(SnapshotError, match=r"^no readable snapshot in .*run 'python -m etl build'"):
            published.run(str(home))
    finally:
        path.write_bytes(whole)


def table(**columns: list[Any]) -> bytes:
    file = BytesIO()
    pl.DataFrame(columns).write_parquet(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "names"),
    [(b"no table", ["file flows"]), (b"PAR1" * 9, ["file flows"]), (table(a=[1]), ["contract", "id", "balanced"])],
)
def test_files_with_other_content_are_reported_although_their_hash_is_right(home, tmp_path, content, names):
    shutil.copytree(home, tmp_path / "s")
    root = Path(Snapshot.open(str(tmp_path / "s")).root)
    (root / "flows.parquet").write_bytes(content)
    described = json.loads((root / MANIFEST).read_text())
    (flows,) = [resource for resource in described["resources"] if resource["name"] == "flows"]
    flows |= {"hash": f"sha256:{hashlib.sha256(content).hexdigest()}", "rows": 1}
    (root / MANIFEST).write_text(json.dumps(sealed(described)))
    lines = failed(tmp_path / "s")
    assert [line.partition(":")[0] for line in lines] == names
    assert all(len(line.splitlines()) == 1 for line in lines)


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The place of each value inside a JSON value."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for step, inner in steps for place in ((*at, step), *places(inner, (*at, step)))]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_check_ends_with_results_for_any_manifest(home, manifest, data):
    def change(content):
        # Most of the manifest is not read; the check looks at these two parts.
        place = data.draw(st.sampled_from([place for place in places(content) if place[0] in {"resources", "sources"}]))
        put(*place, data.draw(JSON | st.just(MISSING)))(content)

    manifest(change)
    results = published.run(str(home))
    assert results
    assert all(len(result.saw.splitlines()) <= 1 for result in results)
