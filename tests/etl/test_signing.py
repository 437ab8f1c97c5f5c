"""A stolen key of the store is not enough to publish: what readers are shown when somebody else writes their place."""

import json
import shutil
import stat
from datetime import datetime, timedelta, tzinfo
from hashlib import sha256
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from tuf.api.metadata import Metadata, Timestamp

from data import pointer, shown, signed, trust, verified
from data.pointer import POINTER
from data.shown import Shown
from data.snapshot import MANIFEST, SnapshotError
from etl import sign_command, signing
from etl.__main__ import FAILED, OK, main
from etl.errors import PublishError
from etl.pipeline import Outcome
from etl.signing import SignError
from etl.snapshots import rollback
from etl.verifying import verify
from tests.data.damages import flip
from tests.etl.signed_place import PASSWORD, SignedPlace
from tests.sealing import seal

STAMP = "metadata/timestamp.json"


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verified, "PAUSE", 0)
    monkeypatch.setattr(shown, "FRESH", 0)
    monkeypatch.setenv("ATALAYA_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("ATALAYA_TRUST", str(tmp_path / "root.json"))
    for name in (sign_command.KEYS, sign_command.PASSWORD):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def place(tmp_path: Path) -> SignedPlace:
    """A place whose first snapshot is signed."""
    made = SignedPlace(tmp_path)
    made.sign(made.first)
    return made


def restarted(place: SignedPlace) -> Shown:
    """A process that starts on the same machine."""
    trust._KNOWN.clear()
    return Shown(str(place.home))


def looked(one: Shown) -> tuple[str, str]:
    """What a process shows after a look at its place, and what it found wrong."""
    one.check()
    return one.current.id, one.state().error


def test_a_signed_snapshot_is_shown_and_the_next_one_after_it_was_signed(place: SignedPlace):
    one = Shown(str(place.home))
    assert looked(one) == (place.first, "")
    assert one.current.signed
    assert one.current.signed.by == ("nightly",)
    place.publish(place.second)
    place.sign(place.second)
    assert looked(one) == (place.second, "")
    # The one before can still be read by its id.
    assert restarted(place).named(place.first)


def test_without_a_setting_nothing_changes(place: SignedPlace, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("ATALAYA_TRUST")
    one = Shown(str(place.home))
    place.publish(place.second)
    assert looked(one) == (place.second, "")
    assert one.current.signed is None


def test_with_a_stolen_key_of_the_store_nothing_of_one_s_own_is_shown(place: SignedPlace):
    one = Shown(str(place.home))
    place.publish(place.second)
    assert looked(one) == (place.first, f"the file {POINTER} is not signed")
    assert (one.state().unsigned, one.state().failures) == (True, 1)
    # Nor after a restart, nor by its id.
    again = restarted(place)
    assert (again.current.id, str(again.current.fault)) == (place.first, f"the file {POINTER} is not signed")
    assert again.state().unsigned
    assert again.named(place.second) is None
    # Nor by the id of the signed one.
    place.publish(place.first)
    seal(place.home / place.first, title="mine")
    assert looked(one) == (place.first, f"the file {place.first}/{MANIFEST} is not signed")
    assert one.current.manifest["title"] != "mine"


def test_what_was_withdrawn_does_not_stand_in_for_what_is_damaged(place: SignedPlace):
    place.publish(place.second)
    place.sign(place.second)
    rollback(str(place.home), place.first, "A. Person")
    place.sign(place.first)
    # The history is not signed: who writes the place can take the withdrawal out of it.
    (place.home / pointer.HISTORY).unlink()
    (place.home / place.first / "flows.parquet").unlink()
    with pytest.raises(SnapshotError, match="flows"):
        Shown(str(place.home))


def test_what_a_wrong_key_signed_is_not_shown(place: SignedPlace, tmp_path: Path):
    one = Shown(str(place.home))
    place.publish(place.second)
    other = SignedPlace(tmp_path / "other")
    shutil.rmtree(place.home / "metadata")
    other.home, own = place.home, place.home
    other.root.unlink()
    other.appoint("first")
    shutil.copy(own / "metadata" / "1.root.json", other.root)
    other.sign(place.second)
    assert looked(one) == (place.first, f"the file {STAMP} is not signed")
    assert not verify(str(own), place.root.read_bytes()).whole


def test_an_old_snapshot_offered_again_is_refused_also_after_a_restart(place: SignedPlace, tmp_path: Path):
    shutil.copytree(place.home, tmp_path / "old")
    place.publish(place.second)
    place.sign(place.second)
    one = Shown(str(place.home))
    for name in ("metadata", POINTER):
        old, new = tmp_path / "old" / name, place.home / name
        (shutil.rmtree if new.is_dir() else Path.unlink)(new)
        (shutil.copytree if old.is_dir() else shutil.copy)(old, new)
    assert looked(one) == (place.second, f"the file {STAMP} is {signed.OLDER}")
    again = restarted(place)
    assert str(again.current.fault) == f"the file {STAMP} is {signed.OLDER}"
    assert again.state().unsigned


class Later(datetime):
    """An hour later."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "Later":
        return super().now(tz) + timedelta(hours=1)


def test_what_came_back_from_an_older_backup_is_shown_once_it_is_signed(
    place: SignedPlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    shutil.copytree(place.home, tmp_path / "backup")
    for _ in range(3):
        place.with_keys("nightly").renew()
    place.publish(place.second)
    place.sign(place.second)
    one = Shown(str(place.home))
    shutil.rmtree(place.home)
    shutil.copytree(tmp_path / "backup", place.home)
    assert looked(one) == (place.second, f"the file {STAMP} is {signed.OLDER}")
    # Not by a renewal: the list of files is still the older one.
    monkeypatch.setattr(signing, "datetime", Later)
    place.with_keys("nightly").renew()
    assert looked(one) == (place.second, f"the file {STAMP} is {signed.OLDER}")
    place.sign(place.first)
    assert looked(one) == (place.first, "")


@pytest.mark.parametrize("role", ["timestamp", "snapshot", "targets", "root"])
def test_of_signatures_that_have_expired_nothing_new_is_shown(place: SignedPlace, role: str, monkeypatch):
    one = Shown(str(place.home))
    with monkeypatch.context() as past:
        past.setitem(signing.LASTS, role, -1)
        if role == "root":
            place.appoint("first")
        place.publish(place.second)
        place.sign(place.second)
    assert looked(one) == (place.first, f"the file {STAMP} is {signed.EXPIRED}")
    # For a copy on a stick that is no fault, and it is said.
    verdict = verify(str(place.home), place.root.read_bytes())
    assert verdict.whole
    assert "expired since" in verdict.line
    # Who has never seen a valid signature shows nothing.
    trust._KNOWN.clear()
    shutil.rmtree(Path(trust.copies.kept_apart(str(place.home), "trust")))
    with pytest.raises(SnapshotError, match=f"{signed.EXPIRED}.: it has to be signed"):
        Shown(str(place.home))
    place.with_keys("first").appoint(signing.SigningRoles([place.keys / "first.pub"], place.keys / "nightly.pub"))
    place.sign(place.second)
    assert looked(one) == (place.second, "")


def test_a_table_swapped_between_two_signed_snapshots_is_not_shown(place: SignedPlace):
    one = Shown(str(place.home))
    place.publish(place.second)
    place.sign(place.second)
    table = "observations.parquet"
    shutil.copy(place.home / place.first / table, place.home / place.second / table)
    assert looked(one) == (place.first, f"the file {place.second}/{table} is damaged")
    # With a manifest that fits the mixture.
    seal(place.home / place.second)
    assert looked(one) == (place.first, f"the file {place.second}/{MANIFEST} is not signed")


def test_an_embargo_that_was_taken_away_is_missed(place: SignedPlace):
    name = f"{place.home}"
    later = signing.datetime.now(signing.UTC) + signing.timedelta(hours=1)
    pointer.wait(name, place.second, later)
    place.sign(place.second)
    one = Shown(name)
    one.check()
    assert (one.state().waiting, one.state().error) == (place.second, "")
    pointer.wait(name, place.second, later - signing.timedelta(hours=2))
    assert looked(one) == (place.first, f"the file {pointer.NEXT} is not signed")
    pointer.cancel(name)
    assert looked(one) == (place.first, f"the file {pointer.NEXT} is missing")


def test_a_lost_key_is_replaced_and_what_it_signs_afterwards_is_refused(place: SignedPlace):
    one = Shown(str(place.home))
    signing.make_key(place.keys / "newer", "")
    with pytest.raises(SignError, match="none of the keys"):
        place.appoint("nightly", nightly="newer")
    place.appoint("second", nightly="newer")
    with pytest.raises(SignError, match="nothing is signed"):
        place.with_keys("nightly").renew()
    # The finder does not ask our program.
    stamp = Metadata[Timestamp].from_file(str(place.home / STAMP))
    stamp.signed.version += 1
    stamp.sign(signing.keys([str(place.keys / "nightly")], "")[0])
    stamp.to_file(str(place.home / STAMP))
    assert looked(one) == (place.first, f"the file {STAMP} is not signed")
    place.publish(place.second)
    place.sign(place.second, "newer")
    # With the root that was given to it at first.
    assert looked(one) == (place.second, "")
    assert restarted(place).current.signed.by == ("newer",)


def test_with_a_threshold_of_two_one_name_shows_nothing(tmp_path: Path):
    place = SignedPlace(tmp_path, threshold=2, by_hand=True)
    assert "wait in a draft" in place.sign(place.first, "first")
    with pytest.raises(SignError, match="nothing is signed"):
        place.with_keys("nightly").renew()
    assert "renew" in place.sign(place.first, "second")
    with pytest.raises(SnapshotError):
        Shown(str(place.home))
    place.with_keys("nightly").renew()
    one = Shown(str(place.home))
    assert one.current.signed.by == ("first", "second")
    place.publish(place.second)
    with pytest.raises(SignError, match="none of the keys"):
        place.sign(place.second, "nightly")
    # Twice the same name is one name; the nightly job goes on with what two have signed.
    place.sign(place.second, "first")
    place.sign(place.second, "first")
    place.with_keys("nightly").renew()
    assert looked(one) == (place.first, f"the file {POINTER} is not signed")
    place.sign(place.second, "second", "nightly")
    assert looked(one) == (place.second, "")


def test_a_draft_that_says_something_else_is_not_signed_by_the_second(tmp_path: Path):
    place = SignedPlace(tmp_path, threshold=2, by_hand=True)
    place.sign(place.first, "first")
    draft = place.home / "metadata" / "draft.targets.json"
    said = json.loads(draft.read_bytes())
    said["signed"]["targets"]["current"]["hashes"]["sha256"] = "0" * 64
    draft.write_text(json.dumps(said))
    assert "1 signature(s) wait" in place.sign(place.first, "second")
    assert json.loads(draft.read_bytes())["signed"]["targets"]["current"]["hashes"]["sha256"] != "0" * 64


def test_verify_names_the_first_file_that_differs(place: SignedPlace, tmp_path: Path):
    trusted = place.root.read_bytes()
    verdict = verify(str(place.home), trusted)
    # The files of the folder but those that say so, the page of the build, and the snapshot that nobody signed.
    files = [path for path in (place.home / place.first).rglob("*") if path.is_file() and path.name != "build.md"]
    assert verdict.whole
    assert f"{len(files) + 1} files are as signed by nightly on 2" in verdict.line
    assert verify(str(place.home)).line.endswith(f"(root {sha256(trusted).hexdigest()[:16]})")
    copy = tmp_path / "stick"
    for damaged in (f"{place.first}/flows.parquet", f"{place.first}/read/index.json", f"{place.first}/{MANIFEST}"):
        shutil.copytree(place.home, copy)
        flip(copy / damaged, 200)
        assert not verify(str(copy), trusted).whole
        assert f"the file {damaged} is not the signed one" in verify(str(copy), trusted).line
        shutil.rmtree(copy)
    place.publish(place.second)
    assert f"the file {POINTER} is not the signed one" in verify(str(place.home), trusted).line
    shutil.rmtree(place.home / "metadata")
    assert "is not signed" in verify(str(place.home), trusted).line


def test_pages_as_files_are_signed_and_compared_on_a_disk_and_at_an_address(
    place: SignedPlace, tmp_path: Path, httpserver: HTTPServer
):
    site, trusted = tmp_path / "site", place.root.read_bytes()
    (site / "en").mkdir(parents=True)
    (site / "en" / "region.html").write_text("<p>1</p>")
    page = sha256(b"<p>1</p>").hexdigest()
    (site / "manifest.json").write_text(json.dumps({"id": place.first, "files": {"en/region.html": page}}))
    assert not verify(str(site), trusted).whole
    place.with_keys("nightly").publish_site(site)
    assert "2 files are as signed by nightly" in verify(str(site), trusted).line
    for path in site.rglob("*"):
        if path.is_file():
            httpserver.expect_request(f"/a/{path.relative_to(site).as_posix()}").respond_with_data(path.read_bytes())
    httpserver.expect_request("/a/metadata/2.root.json").respond_with_data("", 404)
    assert verify(httpserver.url_for("/a/"), trusted) == (
        True,
        verify(str(site), trusted).line.replace(str(site), httpserver.url_for("/a/")),
    )
    (site / "en" / "region.html").write_text("<p>2</p>")
    assert "the file en/region.html is not the signed one" in verify(str(site), trusted).line
    # Pages of a snapshot that nobody signed.
    (site / "manifest.json").write_text(json.dumps({"id": place.second, "files": {}}))
    with pytest.raises(SignError, match="not signed"):
        place.with_keys("nightly").publish_site(site)


def test_a_build_signs_what_it_published_and_begins_with_nothing_unsigned(place: SignedPlace, monkeypatch):
    monkeypatch.setenv(sign_command.KEYS, str(place.keys / "nightly"))

    def build() -> Outcome:
        place.publish(place.second)
        return Outcome(place.second, [])

    _, line = sign_command.built(str(place.home), place.home, build)
    assert line.startswith("signed by nightly on ")
    assert looked(Shown(str(place.home))) == (place.second, "")
    stamp = (place.home / STAMP).read_bytes()

    def failing() -> Outcome:
        raise PublishError("a check failed")

    # The data stay, and it is said that they are the newest.
    with pytest.raises(PublishError, match="a check failed"):
        sign_command.built(str(place.home), place.home, failing)
    assert (place.home / STAMP).read_bytes() != stamp
    assert looked(Shown(str(place.home))) == (place.second, "")
    # Somebody else has published meanwhile: the job neither signs nor continues it.
    place.publish(place.first)
    with pytest.raises(SignError, match="a build would continue from it"):
        sign_command.built(str(place.home), place.home, build)


def test_a_command_that_leaves_data_unsigned_says_so(place: SignedPlace, tmp_path: Path, capsys, monkeypatch):
    back = ["snapshots", "rollback", place.second, "--by", "A. Person", "--snapshot", str(place.home)]
    command = f"'python -m etl sign snapshot {place.second}'"
    reminder = f"not signed: with ATALAYA_TRUST replicas show it only after {command}"
    assert main(back) == OK
    assert capsys.readouterr().err.splitlines()[1:] == [reminder]
    place.sign(place.second)
    assert sign_command.reminder(str(place.home), place.second) == ""
    # Also where this machine does not ask for signatures; of a place without any only where it does.
    place.publish(place.first)
    monkeypatch.delenv("ATALAYA_TRUST")
    assert sign_command.reminder(str(place.home), place.second) == reminder
    shutil.rmtree(place.home / "metadata")
    assert sign_command.reminder(str(place.home), place.second) == ""
    monkeypatch.setenv("ATALAYA_TRUST", str(tmp_path / "root.json"))
    assert sign_command.reminder(str(place.home), place.second) == reminder


def test_what_the_publishers_sign_by_hand_a_build_only_renews(tmp_path: Path, monkeypatch):
    place = SignedPlace(tmp_path, by_hand=True)
    place.sign(place.first, "first", "nightly")
    monkeypatch.setenv(sign_command.KEYS, str(place.keys / "nightly"))

    def build() -> Outcome:
        place.publish(place.second)
        return Outcome(place.second, [])

    _, line = sign_command.built(str(place.home), place.home, build)
    assert line.startswith("signed by first on ")
    assert looked(Shown(str(place.home)))[0] == place.first


def test_the_commands_make_keys_sign_and_verify(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    made = SignedPlace(tmp_path)
    shutil.rmtree(made.home / "metadata")
    made.root.unlink()
    monkeypatch.delenv("ATALAYA_TRUST")
    monkeypatch.setenv(sign_command.PASSWORD, PASSWORD)
    place, key = str(made.home), made.keys / "new"

    def run(*words: object) -> int:
        return main([str(word) for word in words])

    assert run("sign", "key", key) == OK
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert b"ENCRYPTED" in key.read_bytes()
    assert run("sign", "key", key) == FAILED
    by = ("--snapshot", place, "--key", key)
    roles = ("--publisher", f"{key}.pub", "--nightly", f"{key}.pub")
    assert run("sign", "root", *roles, "--threshold", 2, *by) == FAILED
    assert run("sign", "root", *roles, *by) == OK
    # The root that is there is not replaced by chance.
    assert run("sign", "root", *roles, *by) == FAILED
    assert run("sign", "snapshot", made.first, *by) == FAILED
    trusted = ("--trust", made.home / "metadata" / "1.root.json")
    assert run("sign", "snapshot", made.second, *by, *trusted) == FAILED
    assert run("sign", "snapshot", made.first, *by, *trusted) == OK
    assert run("sign", "renew", *by, *trusted) == OK
    assert run("verify", place, *trusted) == OK
    assert "files are as signed by new on" in capsys.readouterr().err.splitlines()[-1]
    flip(made.home / made.first / "roles.parquet", 300)
    assert run("verify", place, *trusted) == FAILED
    assert run("sign", "snapshot", made.first, *by, *trusted) == FAILED
    monkeypatch.setenv(sign_command.PASSWORD, "another")
    assert run("sign", "renew", *by, *trusted) == FAILED
    assert "cannot be opened" in capsys.readouterr().err.splitlines()[-1]
