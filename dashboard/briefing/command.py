"""`python -m dashboard briefing`: write a briefing to a file, without a server or a browser."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from dashboard import site, store
from dashboard.briefing import formats
from data.i18n import DEFAULT, LANGUAGES, language


class BriefingError(Exception):
    """A briefing cannot be made or written; the text is one line that says what is wrong and what to do."""


def main(arguments: Sequence[str]) -> int:
    """Write a briefing; returns 0, or 1 with a line on stderr. Wrong options exit with argparse's status 2."""
    options = _parser().parse_args(arguments)
    try:
        path = _target(Path(options.out), options.format, replace=options.replace)
        area, other = _areas(options.area, options.other, options.format)
        root = site.public_address() if options.public is None else site.checked_address(options.public)
        _write(path, formats.made(options.format, language(options.lang), area, other, root))
    except (BriefingError, site.SiteError) as error:
        sys.stderr.write(f"atalaya: {error}\n")
        return 1
    sys.stdout.write(f"{path}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m dashboard briefing",
        description="Write a briefing of the region, of a state, or of two states.",
    )
    parser.add_argument("--area", default="", help="state by its ISO code, e.g. CRI (default: the region)")
    parser.add_argument("--with", dest="other", default="", help="a second state, for the flows between the two")
    parser.add_argument("--lang", default=DEFAULT, choices=list(LANGUAGES), help=f"language (default: {DEFAULT})")
    parser.add_argument("--format", default="pptx", choices=list(formats.FORMS), help="kind of file (default: pptx)")
    parser.add_argument("--out", required=True, help="the file to write")
    parser.add_argument("--replace", action="store_true", help="overwrite an existing file")
    parser.add_argument(
        "--public", "--address", help=f"public address of the server, for links (default: {site.PUBLIC})"
    )
    return parser


def _areas(area: str, other: str, form: str) -> tuple[str | None, str | None]:
    """The two states as ISO codes."""
    codes = [code.strip().upper() for code in (area, other)]
    if codes[1] and not codes[0]:
        raise BriefingError(f"--with {other} needs a first state: add --area.")
    for given, code in zip((area, other), codes, strict=True):
        if code and code not in store.areas():
            known = ", ".join(store.areas())
            raise BriefingError(f"{given!r} is not one of the 35 states: use one of {known}.")
    if codes[0] and codes[0] == codes[1]:
        raise BriefingError(f"--area and --with both name {codes[0]}: choose another state, or leave --with out.")
    if form not in formats.offered(codes[1]):
        raise BriefingError(f"two states have no single {form}: leave --with out, or choose --format pdf.")
    return codes[0] or None, codes[1] or None


def _target(path: Path, form: str, *, replace: bool) -> Path:
    """The path of the file, checked before the briefing is made."""
    if path.is_dir():
        raise BriefingError(
            f"{path} is a folder: name a file in it, e.g. {path / f'briefing.{formats.FORMS[form][1]}'}."
        )
    if not path.absolute().parent.is_dir():
        raise BriefingError(f"the folder {path.absolute().parent} does not exist: create it, or choose another --out.")
    if path.exists() and not replace:
        raise BriefingError(f"{path} already exists: choose another --out, or add --replace.")
    return path


def _write(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{path.name}.draft")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise BriefingError(f"cannot write {path}: {error.strerror or error}. Choose another --out.") from error
