"""Where snapshots are: a folder, or an object store such as S3. Files are read, listed and written in the same way.

`s3://bucket/prefix` is read with the usual variables of S3: `AWS_ENDPOINT_URL` for another server than Amazon's,
`AWS_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` or the role of the machine.
"""

import os
import shutil
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

HERE = Path(__file__).parent / "snapshot"
VARIABLE = "ATALAYA_SNAPSHOT"
# The names of unfinished files and folders begin with it.
STAGING = ".staging-"
# Seconds that a store has to accept a connection and to answer, and how often it is tried.
CONNECT = 3.0
ANSWER = 10.0
ATTEMPTS = 2
S3 = "s3"
FIRST_REGION = "us-east-1"
# The schemes of addresses of stores; `file` needs no network.
STORES = (S3, "gs", "gcs", "abfs", "abfss", "file")


def place_of(location: str | None = None) -> str:
    """Where snapshots are: `location`, else `ATALAYA_SNAPSHOT`, else the folder in this package."""
    return (location or os.environ.get(VARIABLE) or str(HERE)).rstrip("/")


def is_store(address: str) -> bool:
    """Whether an address is of an object store, not of a folder."""
    scheme, found, _ = address.partition("://")
    return bool(found) and scheme in STORES


def read(address: str) -> bytes:
    """The bytes of a file in a folder, or at an object-store address such as `s3://bucket/key`.

    Raises:
        OSError, ValueError: it cannot be read.
    """
    if not is_store(address):
        return Path(address).read_bytes()
    store, path = _store(address)
    with store.open_input_file(path) as file:
        return bytes(file.read())


def names(address: str) -> list[str]:
    """The names of what is in a folder, or below an object-store address.

    Raises:
        OSError, ValueError: it cannot be listed.
    """
    if not is_store(address):
        return [path.name for path in Path(address).iterdir()]
    return [info.base_name for info in _listed(address, recursive=False)]


def files(address: str) -> list[str]:
    """The paths of all files below an address, relative to it, sorted.

    Raises:
        OSError, ValueError: it cannot be listed.
    """
    if not is_store(address):
        root = Path(address)
        return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    _, root_path = _store(address)
    listed = [info for info in _listed(address, recursive=True) if info.is_file]
    return sorted(info.path.removeprefix(f"{root_path}/") for info in listed)


def write(address: str, content: bytes, kind: str = "", caching: str = "") -> None:
    """Write a file, and its folder, in one step: a reader sees the file before, or all of the new one.

    Args:
        kind, caching: its media type, and its `Cache-Control`, as a store answers with them.

    Raises:
        OSError, ValueError: it cannot be written; the file before is unchanged.
    """
    if is_store(address):
        store, path = _store(address)
        if address.startswith("file:"):
            # Unlike stores of objects, a disk has folders.
            store.create_dir(path.rpartition("/")[0], recursive=True)
        said = {name: text for name, text in (("Content-Type", kind), ("Cache-Control", caching)) if text}
        with store.open_output_stream(path, metadata=said or None) as file:
            file.write(content)
        return
    local = Path(address)
    draft = local.with_name(f"{STAGING}{local.name}-{os.getpid()}")
    local.parent.mkdir(parents=True, exist_ok=True)
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            # After a power failure the name must not be that of an empty file.
            os.fsync(file.fileno())
        draft.replace(local)
    finally:
        # Leave nothing unfinished behind; the disk may be full.
        draft.unlink(missing_ok=True)


def remove(address: str) -> None:
    """Delete a file, or a folder with all that is in it; nothing happens if there is none.

    Raises:
        OSError, ValueError: it cannot be deleted.
    """
    if not is_store(address):
        local = Path(address)
        if local.is_dir():
            # Renamed first: the next build clears it if this one is killed halfway.
            shutil.rmtree(local.rename(local.with_name(f"{STAGING}{local.name}")), ignore_errors=True)
        else:
            local.unlink(missing_ok=True)
        return
    store, path = _store(address)
    info = store.get_file_info(path)
    if info.is_file:
        store.delete_file(path)
    elif info.type.name == "Directory":
        store.delete_dir(path)


def _listed(address: str, *, recursive: bool) -> list[Any]:
    # Imported late: a third of a second that a folder does not need.
    from pyarrow.fs import FileSelector  # noqa: PLC0415

    store, path = _store(address)
    listed: list[Any] = store.get_file_info(FileSelector(path, recursive=recursive))
    return listed


def _store(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it."""
    scheme, _, path = address.partition("://")
    if scheme == S3:
        region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or FIRST_REGION
        return _s3(region, os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")), path
    from pyarrow.fs import FileSystem  # noqa: PLC0415

    # Names of files may have spaces.
    store, inner = FileSystem.from_uri(quote(address, safe=":/@"))
    return store, inner


@cache
def _s3(region: str, endpoint: str | None) -> Any:  # noqa: ANN401 - pyarrow has no types
    """The connection to S3; a store that is gone is given up after some seconds, not after minutes."""
    from pyarrow.fs import AwsStandardS3RetryStrategy, S3FileSystem  # noqa: PLC0415

    retries = AwsStandardS3RetryStrategy(max_attempts=ATTEMPTS)
    limits = {"connect_timeout": CONNECT, "request_timeout": ANSWER, "retry_strategy": retries}
    return S3FileSystem(region=region, endpoint_override=endpoint, **limits)
