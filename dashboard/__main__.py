"""Serve the dashboard: `python -m dashboard [--host 127.0.0.1] [--port 8501] [--name example.org] [--path atalaya]`.

`python -m dashboard briefing --out FILE [--area CRI [--with USA]] [--lang es] [--format pptx]` writes a briefing.
"""

import argparse
import gc
import sys

OLDEST = (3, 11)
BRIEFING = "briefing"


def main(arguments: list[str] | None = None) -> int:
    """Serve until stopped, or write a briefing; returns the exit status, 1 with one line on stderr when it cannot."""
    given = sys.argv[1:] if arguments is None else arguments
    if sys.version_info < OLDEST:
        return _fail(f"Python {OLDEST[0]}.{OLDEST[1]} or later is needed; this is {sys.version.split()[0]}.")
    return _briefing(given[1:]) if given[:1] == [BRIEFING] else _serve(_parser().parse_args(given))


def _serve(wishes: argparse.Namespace) -> int:
    # What is loaded stays: looking through it again and again for garbage takes an eighth of the time of a start.
    gc.disable()
    # Imported late: an old Python or a missing package should end in one line, not in a traceback.
    try:
        from dashboard.server import serve  # noqa: PLC0415
        from data.snapshot import SnapshotError  # noqa: PLC0415
    except ImportError as error:
        return _lacking(error)
    try:
        serve.serve(wishes.host, wishes.port, wishes.name, wishes.path)
    except (serve.StartError, SnapshotError) as error:
        return _fail(str(error))
    finally:
        # A start that was refused has not come to it.
        gc.enable()
    return 0


def _briefing(arguments: list[str]) -> int:
    try:
        from data.snapshot import SnapshotError  # noqa: PLC0415
    except ImportError as error:
        return _lacking(error)
    try:
        # What can be asked for follows from the snapshot: without one not even the command can be read.
        from dashboard.briefing import command  # noqa: PLC0415

        return command.main(arguments)
    except ImportError as error:
        return _lacking(error)
    except SnapshotError as error:
        return _fail(str(error))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m dashboard",
        description="Serve the Atalaya dashboard.",
        epilog="'python -m dashboard briefing --help' tells how a briefing is written.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8501, help="port (default: 8501)")
    parser.add_argument("--name", action="append", default=[], help="host name to answer to; may be repeated")
    parser.add_argument("--path", default="", help="what stands before every address behind a proxy, e.g. atalaya")
    return parser


def _fail(problem: str) -> int:
    sys.stderr.write(f"atalaya: {problem}\n")
    return 1


def _lacking(error: ImportError) -> int:
    return _fail(f"a package is missing ({error}). Run 'make run', which installs what is needed.")


if __name__ == "__main__":
    sys.exit(main())
