"""The server for those who change it: `python -m dashboard dev` starts again whenever a file is saved.

The pages that are open in a browser then load themselves again. Each start is a fork of a process that has loaded the
libraries and nothing of ours, so that it takes a second; documents are made when they are asked for, and only with the
drawings that fit the window. While the server starts, requests wait: its socket stays open. The desk has Streamlit's
own watch on files.
"""

import argparse
import gc
import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import NoReturn

from dashboard import desk

ROOT = Path(__file__).parents[2]
FOLDERS = ("dashboard", "pages", "data")
ENDINGS = frozenset({".py", ".toml", ".po", ".csv", ".html", ".css", ".js", ".svg", ".typ"})
HOST = "127.0.0.1"
# Seconds between two looks at the files.
LOOK = 0.2
# What takes long to load. One that is missing here is loaded at each start.
LIBRARIES = (
    "anyio.abc",
    "babel.dates",
    "babel.lists",
    "babel.messages.mofile",
    "babel.messages.pofile",
    "babel.numbers",
    "brotli",
    "dataframely",
    "fontTools.ttLib.ttFont",
    "geopandas",
    "jinja2.runtime",
    "jsonschema",
    "openpyxl",
    "plotly",
    "polars",
    "pptx",
    "prometheus_client.core",
    "pyarrow.parquet",
    "pycountry",
    "requests",
    "scipy.optimize",
    "starlette.applications",
    "tomllib",
    "typst",
    "uvicorn.config",
    "xlsxwriter",
)


def main(arguments: Sequence[str]) -> int:
    """Serve until stopped; returns the exit status."""
    options = parser().parse_args(arguments)
    from dashboard.server.serve import StartError, listen  # noqa: PLC0415 - `_serve` loads it again after each change

    try:
        listener = listen(HOST, options.port)
        desk_port = 0 if options.no_desk else options.desk_port or options.port + 1
        if desk_port:
            listen(HOST, desk_port, "--desk-port, or --no-desk").close()
    except StartError as error:
        sys.stderr.write(f"atalaya: {error}\n")
        return 1
    # Streamlit looks at the files of its script's folder and of this path.
    os.environ["PYTHONPATH"] = str(ROOT)
    words = desk.command(HOST, desk_port, watch=True)
    # Then the processes beside this one end too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    sys.stdout.write(f"Atalaya: http://{HOST}:{options.port}\n")
    sys.stdout.write(f"The desk: {desk.address(HOST, desk_port)}\n" if desk_port else "")
    sys.stdout.flush()
    try:
        with desk.beside(words, options.port) if desk_port else nullcontext():
            _again_and_again(listener, desk_port)
    except KeyboardInterrupt:
        pass
    return 0


def parser() -> argparse.ArgumentParser:
    """The options of `python -m dashboard dev`."""
    made = argparse.ArgumentParser(
        prog="python -m dashboard dev", description="Serve the dashboard; start again whenever a file is saved."
    )
    made.add_argument("--port", type=int, default=8501, help="port (default: 8501)")
    either = made.add_mutually_exclusive_group()
    either.add_argument("--desk-port", type=int, help="port of the desk (default: the next one after --port)")
    either.add_argument("--no-desk", action="store_true", help="serve no desk")
    return made


def _again_and_again(listener: socket.socket, desk_port: int) -> NoReturn:
    """Run the server; after each change of a file end it and run it again."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*LIBRARIES])
    files = saved()
    while True:
        process = context.Process(target=_serve, args=(listener, desk_port))
        process.start()
        try:
            while (now := saved()) == files:
                time.sleep(LOOK)
        finally:
            process.kill()
            process.join()
        sys.stdout.write(f"Changed: {', '.join(changed(files, now))}\n")
        sys.stdout.flush()
        files = now


def saved(root: Path = ROOT) -> dict[str, int]:
    """When each file of which pages are made was last saved, by its path; without the snapshots."""
    found = {}
    for path in (path for folder in FOLDERS for path in (root / folder).rglob("*") if path.suffix in ENDINGS):
        # An editor may just be replacing it.
        with suppress(FileNotFoundError):
            found[str(path.relative_to(root))] = path.stat().st_mtime_ns
    return found


def changed(before: dict[str, int], now: dict[str, int]) -> list[str]:
    """The paths of files that differ between two looks, in order."""
    return sorted({path for path, _ in before.items() ^ now.items()})


def _serve(listener: socket.socket, desk_port: int) -> None:
    """Serve on a socket, in a process that has nothing of ours yet."""
    # As in `dashboard.__main__`, until all is loaded.
    gc.disable()
    from dashboard.server import reloading  # noqa: PLC0415

    reloading.serve(listener, desk_port)
