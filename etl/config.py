"""The folders of a build: from the command line, else the environment, else defaults."""

from collections.abc import Mapping
from pathlib import Path

from etl.errors import AtalayaError, FetchError

ROOT = Path(__file__).parents[1]
RAW = ROOT / "data" / "raw"
MIRROR_VARIABLE = "ATALAYA_MIRROR"
SNAPSHOT_VARIABLE = "ATALAYA_SNAPSHOT"


def folder(named: str, origin: str) -> Path:
    """A local folder that a person named, whether it exists or not.

    Args:
        named: its path, which may begin with `~`.
        origin: the option or variable that names it, for the error.

    Raises:
        AtalayaError: no folder can have that name: it is blank, an address, too long, or of an unknown user.
    """
    if not named.strip() or "://" in named:
        what = "an address" if named.strip() else "blank"
        raise AtalayaError(f"{origin} is {named!r}, which is {what}; give a local folder, or leave it out")
    try:
        path = Path(named).expanduser()
        path.is_dir()
    except (OSError, ValueError, RuntimeError) as error:
        raise AtalayaError(f"{origin} is {named!r}, which cannot be a folder ({error}); correct it") from error
    return path


def named_folder(option: str | None, flag: str, variable: str, environment: Mapping[str, str]) -> Path | None:
    """The folder named on the command line, else in the environment, else None.

    Raises:
        AtalayaError: no folder can have the given name.
    """
    # An empty variable counts as unset; an empty option is a mistake.
    named, origin = (environment.get(variable) or None, variable) if option is None else (option, flag)
    return None if named is None else folder(named, origin)


def mirror_folder(option: str | None, environment: Mapping[str, str]) -> Path | None:
    """The mirror folder, which is used instead of the publishers, or None.

    Raises:
        AtalayaError: a folder was named and does not exist.
    """
    path = named_folder(option, "--mirror", MIRROR_VARIABLE, environment)
    if path is not None and not path.is_dir():
        origin = MIRROR_VARIABLE if option is None else "--mirror"
        raise FetchError(f"{origin} is {path}, which is not a folder; correct it or leave it out")
    return path
