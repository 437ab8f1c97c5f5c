"""`python -m etl sign key | root | snapshot | renew | site`, `python -m etl verify PLACE`, and builds that sign."""

import argparse
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from tuf.api.metadata import Root

from data.place import read
from data.signed import METADATA
from data.snapshot import MANIFEST
from data.trust import VARIABLE
from data.verified import FaultError, servable
from etl import signing, verifying
from etl.pipeline import Outcome
from etl.signing import SignError, SigningPlace, SigningRoles

# Files of private keys, separated as in PATH, and the password of those that are encrypted.
KEYS = "ATALAYA_SIGN_KEYS"
PASSWORD = "ATALAYA_SIGN_PASSWORD"  # noqa: S105 - the name of a setting


def run(options: argparse.Namespace, place: str) -> str:
    """Run a command of `sign`; returns what was done, in one line.

    Raises:
        AtalayaError: nothing was signed.
        OSError, ValueError: the place cannot be read or written.
    """
    if options.action == "key":
        public = signing.make_key(Path(options.file), os.environ.get(PASSWORD, ""))
        return f"written: {options.file}, which stays secret, and {public}"
    signer = _signer(place, options.trust, options.key)
    if options.action == "root":
        publishers = [Path(path) for path in options.publisher]
        done = signer.appoint(SigningRoles(publishers, Path(options.nightly), options.threshold, options.by_hand))
    elif options.action == "renew":
        done = signer.renew()
    elif options.action == "site":
        done = signer.publish_site(Path(options.folder))
    else:
        try:
            whole = servable(place, options.id, copy="")
        except FaultError as error:
            raise SignError(f"{error.fault}; nothing was signed") from error
        done = signer.publish(options.id, whole.files[MANIFEST])
    return f"{place}: {done}"


def verify(options: argparse.Namespace) -> verifying.Verdict:
    """Run `verify`."""
    return verifying.verify(options.place, _trusted(options.trust))


def built(place: str, home: Path, build: Callable[[], Outcome]) -> tuple[Outcome, str]:
    """Run a build; with keys at hand, sign what it published. If it publishes nothing, what is signed is renewed.

    Args:
        place, home: where it publishes, and the folder in which it works.

    Returns:
        The outcome, and what was signed; empty without keys.

    Raises:
        AtalayaError: the build has failed, began with what is not signed, or cannot be signed.
    """
    if not os.environ.get(KEYS, ""):
        return build(), ""
    signer = _signer(place, None, None)
    if not signer.signs_data:
        # The publishers sign by hand what it publishes.
        return build(), signer.renew()
    base = signer.base()
    try:
        outcome = build()
    except Exception:
        signer.renew()
        raise
    if base != outcome.snapshot:
        signer.confirm(base, read(f"{home}/{base}/{MANIFEST}"))
    return outcome, signer.publish(outcome.snapshot, read(f"{home}/{outcome.snapshot}/{MANIFEST}"))


def protected(place: str) -> frozenset[str]:
    """The ids of signed snapshots that a build leaves as they are: no key is at hand that could sign them again.

    Raises:
        SignError: a key cannot be opened.
    """
    if os.environ.get(KEYS, "") and _signer(place, None, None).signs_data:
        return frozenset()
    with suppress(SignError):
        return SigningPlace(place, root, []).signed_ids() if (root := _root(place)) else frozenset()
    return frozenset()


def reminder(place: str, name: str) -> str:
    """A line after something was published: what is left to sign. Empty where signatures are not asked for."""
    if not (root := _root(place)):
        return ""
    try:
        SigningPlace(place, root, []).base()
    except SignError:
        return f"not signed: with {VARIABLE} replicas show it only after 'python -m etl sign snapshot {name}'"
    return ""


def parsers(commands: Any) -> list[argparse.ArgumentParser]:  # noqa: ANN401 - argparse's type is private
    """Add the commands; returns those that name a place with `--snapshot`."""
    checker = commands.add_parser("verify", help="compare all files of a place with what was signed")
    checker.add_argument(
        "place", metavar="PLACE", help="a folder or store of snapshots, pages as files, or the address of such a site"
    )
    actions = commands.add_parser("sign", help="sign the snapshots of a place").add_subparsers(
        dest="action", required=True
    )
    maker = actions.add_parser("key", help="make a key: FILE (secret) and FILE.pub")
    maker.add_argument("file", metavar="FILE")
    root = actions.add_parser("root", help="say who may sign from now on; also to replace a lost key")
    root.add_argument("--publisher", metavar="FILE.pub", action="append", required=True, help="who names the others")
    root.add_argument("--nightly", metavar="FILE.pub", required=True, help="the key of the nightly job")
    root.add_argument(
        "--threshold", metavar="N", type=int, default=1, help="how many publishers must sign (default: 1)"
    )
    root.add_argument("--by-hand", action="store_true", help="the publishers sign the data, not the nightly job")
    one = actions.add_parser("snapshot", help="sign the snapshot that is shown, or waits")
    one.add_argument("id", metavar="ID", help="its id: nothing else is signed")
    again = actions.add_parser("renew", help="say that what is signed is still the newest")
    site = actions.add_parser("site", help="sign the pages as files, and put the signatures beside them")
    site.add_argument("folder", metavar="DIR", help="the folder that 'python -m dashboard site DIR' wrote")
    for command in (checker, root, one, again, site):
        command.add_argument("--trust", metavar="FILE", help=f"the root file that is trusted (or {VARIABLE})")
    for command in (root, one, again, site):
        command.add_argument("--key", metavar="FILE", action="append", help=f"a private key (or {KEYS})")
    return [root, one, again, site]


def _signer(place: str, trust: str | None, keys: list[str] | None) -> SigningPlace:
    paths = keys or list(filter(None, os.environ.get(KEYS, "").split(os.pathsep)))
    return SigningPlace(place, _trusted(trust), signing.keys(paths, os.environ.get(PASSWORD, "")))


def _root(place: str) -> bytes:
    """The root that is trusted here, else the first one of a place; empty if it has none."""
    try:
        return _trusted(None) or read(f"{place}/{METADATA}/1.{Root.type}.json")
    except (OSError, ValueError):
        return b""


def _trusted(named: str | None) -> bytes:
    """The content of the root file that is trusted; empty if none is named.

    Raises:
        SignError: it cannot be read.
    """
    path = named or os.environ.get(VARIABLE, "")
    try:
        return Path(path).read_bytes() if path else b""
    except OSError as error:
        raise SignError(f"the root file {path} cannot be read ({error})") from error
