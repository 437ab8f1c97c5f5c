"""Serve the dashboard: `python -m dashboard [--host 127.0.0.1] [--port 8501] [--name example.org] [--path atalaya]
[--public https://example.org/atalaya] [--contact someone@example.org] [--desk-port 8502 | --no-desk]`.

`python -m dashboard desk [--host 127.0.0.1] [--port 8502]` serves the desk alone (`dashboard.desk`).
`python -m dashboard dev [--port 8501]` serves it and starts again whenever a file is saved (`dashboard.server.dev`).
`python -m dashboard page '/es/country/HTI?year=2019' -o haiti.html` writes what is at an address to a file.
`python -m dashboard site DIR` writes all pages as plain files.
`python -m dashboard mcp [--http 8503]` answers machines by the Model Context Protocol (`dashboard.mcp.command`).
`python -m dashboard briefing --out FILE [--area CRI [--with USA]] [--lang es] [--format pptx]` writes a briefing.
"""

import argparse
import gc
import sys
from collections.abc import Callable
from importlib import import_module

from dashboard import desk, site

OLDEST = (3, 11)


def main(arguments: list[str] | None = None) -> int:
    """Serve until stopped, or write a briefing; returns the exit status: 1, with one line on stderr, if that fails."""
    words = sys.argv[1:] if arguments is None else arguments
    if sys.version_info < OLDEST:
        return _fail(f"Python {OLDEST[0]}.{OLDEST[1]} or later is needed; this is {sys.version.split()[0]}.")
    command = COMMANDS.get(words[0]) if words else None
    return command(words[1:]) if command else _serve(_parser().parse_args(words))


def _serve(options: argparse.Namespace) -> int:
    # Nothing that is loaded at the start becomes garbage: collecting would take an eighth of the time.
    gc.disable()
    try:
        return _start(options)
    finally:
        # After a failed start it is still off.
        gc.enable()


def _start(options: argparse.Namespace) -> int:
    # Imported late: an old Python, a missing package or a damaged snapshot ends in one line, not in a traceback.
    try:
        site.configure(options.public, options.contact)
        if not _opens():
            return 1
        from dashboard.server import serve  # noqa: PLC0415
    except site.SiteError as error:
        return _fail(str(error))
    except ImportError as error:
        return _missing_package(error)
    try:
        desk_port = 0 if options.no_desk else options.desk_port or options.port + 1
        serve.serve(options.host, options.port, options.name, options.path, desk_port)
    except serve.StartError as error:
        return _fail(str(error))
    return 0


def _on_the_data(module: str, install: str = "run") -> Callable[[list[str]], int]:
    """A command of a module, loaded when the data are open; `install` is the target of make that has its packages."""

    def command(arguments: list[str]) -> int:
        try:
            site.configure()
            # The choices of a command may come from the snapshot: without one it cannot be parsed.
            return int(import_module(module).main(arguments)) if _opens() else 1
        except site.SiteError as error:
            return _fail(str(error))
        except ImportError as error:
            return _missing_package(error, install)

    return command


def _dev(arguments: list[str]) -> int:
    from dashboard.server import dev  # noqa: PLC0415

    return dev.main(arguments)


def _desk(arguments: list[str]) -> int:
    options = desk.parser().parse_args(arguments)
    try:
        site.configure()
        if not _opens():
            return 1
    except site.SiteError as error:
        return _fail(str(error))
    except ImportError as error:
        return _missing_package(error)
    return desk.become(options.host, options.port, options.path)


def _opens() -> bool:
    """Open the snapshot; False, with one line on stderr, if none is complete. A line names a stand-in too."""
    from data.shown import opened  # noqa: PLC0415
    from data.snapshot import SnapshotError  # noqa: PLC0415

    try:
        warning = opened().warning
    except SnapshotError as error:
        _fail(str(error))
        return False
    if warning:
        _fail(warning)
    return True


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m dashboard",
        description="Serve the Atalaya dashboard.",
        epilog="Other commands: 'python -m dashboard page --help' writes a page or a figure to a file, "
        "'site --help' all pages, 'briefing --help' a briefing; 'desk --help' serves the desk alone, 'mcp --help' "
        "answers machines, 'dev --help' serves all for those who change it.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8501, help="port (default: 8501)")
    parser.add_argument(
        "--name", action="append", default=[], help="host name or address that the server answers to; may be repeated"
    )
    parser.add_argument("--path", default="", help="URL prefix behind a proxy, e.g. atalaya")
    parser.add_argument("--public", help="public address, used in links, citations and QR codes")
    parser.add_argument("--contact", help="mail address or page where readers can write to you")
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--desk-port", type=int, help="port of the desk (default: the next one after --port)")
    either.add_argument("--no-desk", action="store_true", help="serve no desk")
    return parser


def _fail(problem: str) -> int:
    sys.stderr.write(f"atalaya: {problem}\n")
    return 1


def _missing_package(error: ImportError, target: str = "run") -> int:
    return _fail(f"a package is missing ({error}). Run 'make {target}', which installs what is needed.")


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "briefing": _on_the_data("dashboard.briefing.command"),
    "desk": _desk,
    "dev": _dev,
    "mcp": _on_the_data("dashboard.mcp.command", "mcp"),
    "page": _on_the_data("dashboard.server.command"),
    "site": _on_the_data("dashboard.server.site_command"),
}

if __name__ == "__main__":
    sys.exit(main())
