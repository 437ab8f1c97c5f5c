"""Signs what a place shows, in the files of TUF (`data.signatures` reads them): who may sign, what, and for how long.

The publishers' keys stay away from the place and name the others. The key of the nightly job says that what is signed
is still the newest, and signs what it has built itself, unless the publishers sign all data by hand. A statement that
needs more signatures than it has waits in a draft, which no reader takes for one.
"""

import json
import os
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple, TypeVar

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.signer import CryptoSigner, Signature, SSlibKey
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp

from data.place import names, read, remove, write
from data.pointer import NEXT, POINTER, history, pointer, timestamp, withdrawn_ids
from data.signatures import AT, NAME, STAMP, Chain, chain, newest_root, signed_by
from data.signed import METADATA, SignedFiles, TrustError
from data.snapshot import MANIFEST
from etl.errors import AtalayaError

T = TypeVar("T", Root, Timestamp, Snapshot, Targets)
# Days for which a signature is accepted. The last two are renewed each night, and a long weekend may fail.
LASTS = {Root.type: 365, Targets.type: 365, Snapshot.type: 7, Timestamp.type: 7}
# Where the hashes of the pages as files stand, by the id of their snapshot.
SITE = "site"
SITE_MANIFEST = "manifest.json"
PUBLIC = ".pub"
DRAFT = "draft"
# Earlier versions of a file that a reader may be about to read.
KEPT = 2


class SignError(AtalayaError):
    """Nothing can be signed; the text says why, and what to do."""


class SigningRoles(NamedTuple):
    """Who may sign.

    Attributes:
        publishers: the public files of the keys that name the others.
        nightly: the public file of the key of the nightly job.
        threshold: how many publishers must sign.
        by_hand: whether the publishers sign the data too; else the nightly job does, or one of them.
    """

    publishers: Sequence[Path]
    nightly: Path
    threshold: int = 1
    by_hand: bool = False


def make_key(path: Path, password: str) -> Path:
    """Write a new private key (PKCS8, encrypted if there is a password), and beside it the public one; returns that.

    Raises:
        SignError: one of the files exists, or cannot be written.
    """
    key, pem = Ed25519PrivateKey.generate(), serialization.Encoding.PEM
    locked = serialization.BestAvailableEncryption(password.encode()) if password else serialization.NoEncryption()
    public = path.with_name(path.name + PUBLIC)
    try:
        for file, mode, content in (
            (path, 0o600, key.private_bytes(pem, serialization.PrivateFormat.PKCS8, locked)),
            (public, 0o644, key.public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo)),
        ):
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as opened:
                opened.write(content)
    except OSError as error:
        raise SignError(f"the key cannot be written to {path} ({error}); nothing is replaced") from error
    return public


def keys(paths: Sequence[str], password: str) -> list[CryptoSigner]:
    """Private keys from their files.

    Raises:
        SignError: one cannot be read or opened.
    """
    found = []
    for path in paths:
        try:
            content = Path(path).read_bytes()
            secret = password.encode() if b"ENCRYPTED" in content.splitlines()[0] else None
            found.append(CryptoSigner(serialization.load_pem_private_key(content, secret)))
        except (OSError, ValueError, TypeError, IndexError) as error:
            raise SignError(f"the key in {path} cannot be opened ({error})") from error
    return found


class SigningPlace:
    """The signatures of a place, with what is needed to renew them.

    Args:
        place: the folder or store of snapshots.
        trusted: the content of the root file that is trusted; empty: the place has none yet.
        signers: the private keys at hand.

    Raises:
        SignError: the signatures cannot be read, or the root is not valid.
    """

    def __init__(self, place: str, trusted: bytes, signers: Sequence[CryptoSigner]) -> None:
        self.place, self._signers, self._trusted = place, signers, trusted
        self._now = datetime.now(UTC).replace(microsecond=0)
        try:
            self.root = newest_root(trusted, self._fetch) if trusted else None
        except (RepositoryError, OSError, ValueError) as error:
            raise SignError(f"the roots in {place} do not follow from the trusted one ({error})") from error

    @property
    def signs_data(self) -> bool:
        """Whether the keys at hand are enough to sign data."""
        role = self._appointed().signed.roles[Targets.type]
        return sum(one.public_key.keyid in role.keyids for one in self._signers) >= role.threshold

    def appoint(self, roles: SigningRoles) -> str:
        """Say who may sign from now on; the publishers so far and the new ones must sign it. Returns what was done.

        Raises:
            SignError: a key cannot be read, or there are fewer than must sign.
        """
        root = self._root_of(roles)
        file = self._signed(root, Root.type, (self.root.signed if self.root else root, root))
        before = self.root or file
        if not all(one.signed.get_verification_result(*_payload(file)) for one in (before, file)):
            return self._draft(file)
        self._put(f"{root.version}.{Root.type}.json", file)
        return f"{METADATA}/{root.version}.{Root.type}.json is signed until {root.expires:%Y-%m-%d}"

    def publish(self, name: str, manifest: bytes) -> str:
        """Sign a snapshot that the place shows or will show, and the pointer; returns what was done.

        Args:
            manifest: the content of its manifest, of which the caller knows that it is right.

        Raises:
            SignError: the place shows another one, or none of the keys may sign data.
        """
        known = pointer(self.place)
        if name not in (known.current, known.waiting.id if known.waiting else ""):
            raise SignError(f"{self.place} shows snapshot {known.current}, not {name}; nothing was signed")
        # What was withdrawn is not signed again: no process shows it instead of a damaged one.
        there = set(names(self.place)) - withdrawn_ids(history(self.place)) | {SITE}
        kept = {path: one for path, one in self._listed().items() if path.split("/")[0] in there and "/" in path}
        contents = {file: read(f"{self.place}/{file}") for file in (POINTER, NEXT) if file in there}
        return self._sign_files(kept, {**contents, f"{name}/{MANIFEST}": manifest})

    def publish_site(self, folder: Path) -> str:
        """Sign the pages as files in a folder, and put the signatures beside them; returns what was done.

        Raises:
            SignError: their snapshot is not signed, or none of the keys may sign data.
        """
        listed = self._listed()
        try:
            content = (folder / SITE_MANIFEST).read_bytes()
            name = json.loads(content)["id"]
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise SignError(f"{folder} has no pages as files ({error})") from error
        if f"{name}/{MANIFEST}" not in listed:
            raise SignError(f"the pages are of snapshot {name}, which is not signed in {self.place}")
        done = self._sign_files(listed, {f"{SITE}/{name}/{SITE_MANIFEST}": content})
        for file in names(f"{self.place}/{METADATA}"):
            write(f"{folder}/{METADATA}/{file}", self._fetch(file))
        return done

    def renew(self) -> str:
        """Say that what is signed is still the newest, for some more days; returns what was done.

        Raises:
            SignError: nothing valid is signed, or the key of the nightly job is not at hand.
        """
        root = self._appointed()
        versions = sorted(self._versions(Targets.type), reverse=True)
        for version in versions:
            with suppress(RepositoryError, OSError):
                content = self._fetch(f"{version}.{Targets.type}.json")
                listed = signed_by(root, Targets, content, version)
                break
        else:
            raise SignError(f"nothing is signed in {self.place}; sign its snapshot first")
        number = self._after(*self._versions(Snapshot.type))
        meta = {f"{Targets.type}.json": MetaFile.from_data(version, content, ["sha256"])}
        snapshot = self._signed(Snapshot(number, expires=self._until(Snapshot.type), meta=meta), Snapshot.type)
        turn, until = self._after(self._stamped()), self._until(Timestamp.type)
        stamp = Timestamp(turn, expires=until, snapshot_meta=MetaFile(number))
        newest = self._signed(stamp, Timestamp.type)
        self._put(f"{number}.{Snapshot.type}.json", snapshot)
        # Readers turn to the new files with this one.
        self._put(STAMP, newest)
        return in_words(Chain(root, listed, snapshot, newest).statement)

    def base(self) -> str:
        """The id of the published snapshot, if it is signed: what a build starts from.

        Raises:
            SignError: it is not.
        """
        try:
            signed = chain(self._trusted, self._fetch).statement
            known = pointer(self.place)
            # An embargo may have ended.
            name = known.at(self._now)
            for file in (POINTER, *([NEXT] if known.waiting else []), f"{name}/{MANIFEST}"):
                signed.confirm(file, read(f"{self.place}/{file}"))
        except (RepositoryError, OSError, ValueError, TrustError) as error:
            raise SignError(
                f"what is published in {self.place} is not signed ({error}), and a build would continue from it; look "
                "at it, roll back if it is not yours, and sign it"
            ) from error
        return name

    def signed_ids(self) -> frozenset[str]:
        """The ids of the snapshots of which the place has the signed manifest."""
        found = set()
        for path, one in self._listed().items():
            name, _, file = path.partition("/")
            with suppress(OSError, ValueError, RepositoryError):
                if file == MANIFEST:
                    one.verify_length_and_hashes(read(f"{self.place}/{path}"))
                    found.add(name)
        return frozenset(found)

    def confirm(self, name: str, manifest: bytes) -> None:
        """Compare the manifest of a snapshot with the signed one.

        Raises:
            SignError: it is another one.
        """
        one = self._listed().get(f"{name}/{MANIFEST}")
        try:
            if one is None:
                raise SignError(f"snapshot {name} is not signed")
            one.verify_length_and_hashes(manifest)
        except RepositoryError as error:
            raise SignError(
                f"snapshot {name}, from which was built, is not the signed one; nothing is signed"
            ) from error

    def _root_of(self, roles: SigningRoles) -> Root:
        """The root that says so; that of a draft if it says the same."""
        if not 0 < roles.threshold <= len(roles.publishers):
            raise SignError(f"{roles.threshold} of {len(roles.publishers)} publishers cannot sign; name more of them")
        version = self.root.signed.version + 1 if self.root else 1
        if version in self._versions(Root.type):
            raise SignError(f"{self.place} has a root already; name it, or the newest that you trust, with --trust")
        root = Root(version, expires=self._until(Root.type), consistent_snapshot=True)
        nightly, publishers = _public(roles.nightly), [_public(path) for path in roles.publishers]
        for role in (Snapshot.type, Timestamp.type, *([] if roles.by_hand else [Targets.type])):
            root.add_key(nightly, role)
        for key, role in ((key, role) for key in publishers for role in (Root.type, Targets.type)):
            root.add_key(key, role)
        root.roles[Root.type].threshold = roles.threshold
        root.roles[Targets.type].threshold = roles.threshold if roles.by_hand else 1
        return root

    def _sign_files(self, kept: Mapping[str, TargetFile], contents: Mapping[str, bytes]) -> str:
        root = self._appointed()
        files = {**kept, **{path: TargetFile.from_data(path, one, ["sha256"]) for path, one in contents.items()}}
        number = self._after(*self._versions(Targets.type))
        new = Targets(number, expires=self._until(Targets.type), targets=files)
        new.unrecognized_fields[AT] = timestamp(self._now)
        file = self._signed(new, Targets.type)
        if not root.signed.get_verification_result(*_payload(file)):
            return self._draft(file)
        self._put(f"{number}.{Targets.type}.json", file)
        if not any(one.public_key.keyid in root.signed.roles[Timestamp.type].keyids for one in self._signers):
            return "signed; it is shown when the nightly job has renewed its own signature ('python -m etl sign renew')"
        return self.renew()

    def _signed(self, new: T, role: str, by: Sequence[Root] = ()) -> Metadata[T]:
        """A file signed with the keys at hand, added to the signatures of a draft that says the same.

        Raises:
            SignError: none of them may sign it.
        """
        file: Metadata[T] = Metadata(new)
        with suppress(RepositoryError, OSError):
            draft = Metadata[T].from_bytes(self._fetch(f"{DRAFT}.{role}.json"))
            if _meaning(draft.signed) == _meaning(new) and draft.signed.expires <= new.expires:
                file = draft
        allowed = {key for root in by or (self._appointed().signed,) for key in root.roles[role].keyids}
        able = [one for one in self._signers if one.public_key.keyid in allowed]
        if not able:
            raise SignError(f"none of the keys at hand may sign {role}.json; name another with --key")
        for one in able:
            file.sign(one, append=True)
        return file

    def _draft(self, file: Metadata[T]) -> str:
        self._put(f"{DRAFT}.{file.signed.type}.json", file, keep=True)
        return f"{len(file.signatures)} signature(s) wait in a draft; another person gives the same command with a key"

    def _put(self, name: str, file: Metadata[T], *, keep: bool = False) -> None:
        write(f"{self.place}/{METADATA}/{name}", file.to_bytes())
        kind: str = file.signed.type
        # All roots stay: a reader goes from one to the next.
        past: list[int] = [] if kind == Root.type else sorted(self._versions(kind))[: -KEPT - 1]
        for each in [*(f"{version}.{kind}.json" for version in past), *([] if keep else [f"{DRAFT}.{kind}.json"])]:
            with suppress(OSError, ValueError):
                remove(f"{self.place}/{METADATA}/{each}")

    def _appointed(self) -> Metadata[Root]:
        if self.root is None:
            raise SignError("say who may sign with --trust FILE or ATALAYA_TRUST: the root file of 'sign root'")
        return self.root

    def _listed(self) -> dict[str, TargetFile]:
        """The files that are signed now; none if the signatures are not valid."""
        with suppress(RepositoryError, OSError, ValueError):
            return chain(self._trusted, self._fetch).targets.signed.targets
        return {}

    def _versions(self, kind: str) -> list[int]:
        """The versions of a file that are there, valid or not: the next one has to be above them."""
        with suppress(OSError):
            found = (re.fullmatch(rf"(\d+)\.{kind}\.json", name) for name in names(f"{self.place}/{METADATA}"))
            return [int(one[1]) for one in found if one]
        return []

    def _after(self, *versions: int) -> int:
        """The next version: the seconds of a clock, so that it is above those that readers saw before a restore."""
        return max(max(versions, default=0) + 1, int(self._now.timestamp()))

    def _stamped(self) -> int:
        with suppress(RepositoryError, OSError):
            return Metadata[Timestamp].from_bytes(self._fetch(STAMP)).signed.version
        return 0

    def _until(self, role: str) -> datetime:
        return self._now + timedelta(days=LASTS[role])

    def _fetch(self, name: str) -> bytes:
        return read(f"{self.place}/{METADATA}/{name}")


def in_words(signed: SignedFiles) -> str:
    """Who signed, when, and for how long."""
    until = timestamp(signed.expires) if signed.expires else "never"
    return f"signed by {' and '.join(signed.by)} on {signed.at}, accepted until {until}"


def _public(path: Path) -> SSlibKey:
    """A public key with the name of its file."""
    try:
        key = SSlibKey.from_crypto(serialization.load_pem_public_key(path.read_bytes()))
    except (OSError, ValueError) as error:
        raise SignError(f"there is no public key in {path} ({error})") from error
    key.unrecognized_fields[NAME] = path.name.removesuffix(PUBLIC)
    return key


def _payload(file: Metadata[T]) -> tuple[str, bytes, dict[str, Signature]]:
    return file.signed.type, file.signed_bytes, file.signatures


def _meaning(signed: Root | Targets | Snapshot | Timestamp) -> dict[str, object]:
    """What a file says, but its moments."""
    return {name: value for name, value in signed.to_dict().items() if name not in ("expires", AT)}
