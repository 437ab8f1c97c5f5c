"""`python -m dashboard site DIR`: write the pages of the snapshot as plain files, which need no server and no network.

They are opened from any server of files, and by a double click from a disk. The folder is written whole beside the one
before, which it then replaces.
"""

import argparse
import json
import multiprocessing
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from hashlib import sha256
from pathlib import Path

from dashboard import catalog, store
from dashboard.export.cited_view import KEPT
from dashboard.forms.html.file_addresses import Written
from dashboard.server import site_files, site_store
from dashboard.server.site_files import WrittenPage
from dashboard.server.site_store import CURRENT, MANIFEST
from data import place
from data.i18n import LANGUAGES


class SiteFilesError(Exception):
    """The files cannot be written; the text is one line that says so."""


def main(arguments: Sequence[str]) -> int:
    """Write the folder; returns 0, or 1 with a line on stderr. Wrong options exit with argparse's status 2."""
    options, begun = _parser().parse_args(arguments), time.monotonic()
    try:
        what = site_files.written(options.languages, options.areas, options.pages, briefings=options.briefings)
        count, size = _written(options.place, what, options.keep, options.workers)
    except (SiteFilesError, BrokenProcessPool, OSError) as error:
        sys.stderr.write(f"atalaya: {error}\n")
        return 1
    sys.stdout.write(f"{options.place}: {count:,} files, {size / 1e6:,.0f} MB, {time.monotonic() - begun:,.0f} s\n")
    return 0


def write(folder: Path, what: Written, keep: int, workers: int) -> tuple[int, int]:
    """Write the files into a folder, whole or not at all.

    Args:
        keep: how many snapshots have their pages at `s/<id>/` too; 0: none.
        workers: processes at once.

    Returns:
        How many files there are, without those of snapshots that are kept, and their bytes.

    Raises:
        SiteFilesError: the folder has something else, or another snapshot was published meanwhile.
        OSError: it cannot be written.
    """
    new, old = (folder.with_name(f"{folder.name}.{one}") for one in ("new", "old"))
    if old.exists() and not folder.exists():
        # The switch of an earlier run was cut short.
        old.rename(folder)
    if folder.exists() and any(folder.iterdir()) and not (folder / MANIFEST).exists():
        raise SiteFilesError(f"{folder} has other files. Choose an empty folder, or a new one.")
    for one in (new, old):
        shutil.rmtree(one, ignore_errors=True)
    new.mkdir(parents=True)
    _put(new, site_files.around(what))
    _fill(new, what, workers)
    sizes = _seal(new)
    if keep:
        _keep(new, folder, keep)
    _json(new / CURRENT, _snapshot())
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
    return len(sizes), sum(sizes)


def _written(address: str, what: Written, keep: int, workers: int) -> tuple[int, int]:
    """As `write`, into a folder or an object store."""
    if not place.is_store(address):
        return write(Path(address), what, keep, workers)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "site"
        found = write(folder, what, 0, workers)
        site_store.put(folder, address, keep)
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m dashboard site", description="Write the pages of the snapshot as plain files."
    )
    parser.add_argument(
        "place",
        metavar="DIR",
        type=lambda text: text.rstrip("/"),
        help="the folder to write, or an address in an object store, such as s3://bucket/site; what this command wrote "
        "there is replaced",
    )
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=list(LANGUAGES), help="default: all")
    parser.add_argument(
        "--areas", nargs="+", choices=store.areas(), default=store.areas(), metavar="ISO3", help="states (default: all)"
    )
    parser.add_argument("--pages", nargs="+", choices=[*catalog.pages()], metavar="PAGE", help="pages (default: all)")
    parser.add_argument("--briefings", action="store_true", help="with the briefings of the region and of each state")
    parser.add_argument(
        "--keep",
        type=int,
        default=0,
        metavar="N",
        help="keep the pages of the last N snapshots at s/<id>/",
    )
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes (default: the cores)")
    return parser


def _fill(folder: Path, what: Written, workers: int) -> None:
    """Write all documents, in several processes."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _begin, (store.snapshot().id,)) as pool:
        jobs = [pool.submit(_page, folder, what, place) for place in site_files.places(what)]
        try:
            for job in as_completed(jobs):
                job.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _begin(snapshot: str) -> None:
    """Begin a process: it ends with the one that started it, and reads the same snapshot."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    found = store.snapshot_of(snapshot)
    if found is None:
        raise SiteFilesError(f"snapshot {snapshot} is gone.")
    store.begin()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
    os._exit(1)


def _page(folder: Path, what: Written, place: WrittenPage) -> None:
    _put(folder, site_files.page_files(what, place))


def _put(folder: Path, files: Iterator[tuple[str, bytes]]) -> None:
    for name, content in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _seal(folder: Path) -> list[int]:
    """Write the manifest; returns the size of each file."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    hashes = {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in paths}
    _json(folder / MANIFEST, {**_snapshot(), "files": hashes})
    return [path.stat().st_size for path in paths]


def _keep(new: Path, before: Path, most: int) -> None:
    """Put the pages of this snapshot, and those of earlier ones that the folder before has, below `s/`."""
    place = new / KEPT / store.snapshot().id
    names = [path for path in new.iterdir() if path.name != KEPT]
    place.mkdir(parents=True)
    for path in names:
        _linked(path, place / path.name)
    earlier = [path.parent for path in (before / KEPT).glob(f"*/{MANIFEST}") if path.parent.name != place.name]
    dated = sorted(earlier, key=lambda path: json.loads((path / MANIFEST).read_text("utf-8"))["created"])
    for path in dated[max(len(dated) - most + 1, 0) :]:
        _linked(path, new / KEPT / path.name)


def _linked(source: Path, target: Path) -> None:
    """A copy that takes no room where the file system has links."""
    if source.is_dir():
        shutil.copytree(source, target, copy_function=_link)
    else:
        _link(source, target)


def _link(source: str | Path, target: str | Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _snapshot() -> dict[str, str]:
    snapshot = store.snapshot()
    return {"id": snapshot.id, "created": str(snapshot.manifest["created"])}


def _json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=1), "utf-8")
