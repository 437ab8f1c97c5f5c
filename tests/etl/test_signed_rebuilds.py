"""A build of the same rows does not take a signature away: without a key that may sign, what is signed stays."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from data.place import read
from data.snapshot import MANIFEST
from etl import sign_command, signing
from etl.__main__ import OK, UNEXPECTED, main
from tests.etl.signed_place import PASSWORD

Run = Callable[..., int]


@pytest.fixture(params=["folder", "store"])
def place(request: pytest.FixtureRequest, mirrored: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder, or a store, with a snapshot that "own" has signed."""
    for name in (sign_command.KEYS, sign_command.PASSWORD, "ATALAYA_TRUST"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ATALAYA_CACHE", str(mirrored.parent / "cache"))
    signing.make_key(mirrored.parent / "own", "")
    home, key = mirrored.parent / "snapshots", mirrored.parent / "own"
    where = str(home) if request.param == "folder" else f"file://{home}"
    by = ["--snapshot", where, "--key", str(key)]
    assert main(["sign", "root", "--publisher", f"{key}.pub", "--nightly", f"{key}.pub", *by]) == OK
    shutil.copy(home / "metadata" / "1.root.json", mirrored.parent / "root.json")
    assert main(["sign", "snapshot", shown(where), *by, "--trust", str(mirrored.parent / "root.json")]) == OK
    return where


def shown(place: str) -> str:
    return read(f"{place}/current").decode().strip()


def manifest(place: str) -> bytes:
    return read(f"{place}/{shown(place)}/{MANIFEST}")


def built(place: str, mirrored: Path) -> int:
    folders = ("--raw", mirrored.parent / "raw", "--reports", mirrored.parent / "reports")
    return main(["build", "--mirror", str(mirrored), "--snapshot", place, *map(str, folders)])


def signed(place: str, mirrored: Path) -> bool:
    return main(["verify", place, "--trust", str(mirrored.parent / "root.json")]) == OK


@pytest.mark.parametrize("trusting", [True, False])
def test_a_build_without_a_key_leaves_the_signed_snapshot_as_it_is(place, mirrored, trusting, monkeypatch, capsys):
    if trusting:
        monkeypatch.setenv("ATALAYA_TRUST", str(mirrored.parent / "root.json"))
    before, name = manifest(place), shown(place)
    assert built(place, mirrored) in {OK, UNEXPECTED}
    lines = [line for line in capsys.readouterr().err.splitlines() if "sign" in line]
    assert lines == [f"the signed snapshot {name} stays as it is: the same rows, and no key to sign them again"]
    assert (shown(place), manifest(place)) == (name, before)
    assert signed(place, mirrored)


def test_a_build_with_a_key_signs_its_own_account(place, mirrored, monkeypatch):
    monkeypatch.setenv("ATALAYA_TRUST", str(mirrored.parent / "root.json"))
    monkeypatch.setenv(sign_command.KEYS, str(mirrored.parent / "own"))
    assert sign_command.protected(place) == frozenset()
    before = manifest(place)
    assert built(place, mirrored) in {OK, UNEXPECTED}
    assert manifest(place) != before
    assert signed(place, mirrored)


def test_a_key_that_may_not_sign_data_is_none(place, mirrored, monkeypatch):
    monkeypatch.setenv("ATALAYA_TRUST", str(mirrored.parent / "root.json"))
    monkeypatch.setenv(sign_command.PASSWORD, PASSWORD)
    signing.make_key(mirrored.parent / "other", PASSWORD)
    monkeypatch.setenv(sign_command.KEYS, str(mirrored.parent / "other"))
    assert sign_command.protected(place) == {shown(place)}


def test_what_is_not_the_signed_one_any_more_is_not_kept(place):
    folder = Path(place.removeprefix("file://"))
    path = folder / shown(place) / MANIFEST
    path.write_bytes(path.read_bytes() + b" ")
    assert sign_command.protected(place) == frozenset()
