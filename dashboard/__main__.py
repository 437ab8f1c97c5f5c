"""Serve the dashboard: `python -m dashboard [--host 127.0.0.1] [--port 8501] [--name observatory.example.org]`."""

import argparse
import sys

OLDEST = (3, 11)


def main(arguments: list[str] | None = None) -> int:
    """Serve until stopped; returns the exit status, 1 with one line on stderr when it cannot start."""
    wishes = _parser().parse_args(arguments)
    if sys.version_info < OLDEST:
        return _fail(f"Python {OLDEST[0]}.{OLDEST[1]} or later is needed; this is {sys.version.split()[0]}.")
    # Imported late: an old Python or a missing package should end in one line, not in a traceback.
    try:
        from dashboard import server  # noqa: PLC0415
        from data.snapshot import SnapshotError  # noqa: PLC0415
    except ImportError as error:
        return _fail(f"a package is missing ({error}). Run 'make run', which installs what is needed.")
    try:
        server.serve(wishes.host, wishes.port, wishes.name)
    except (server.StartError, SnapshotError) as error:
        return _fail(str(error))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dashboard", description="Serve the Atalaya dashboard.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8501, help="port (default: 8501)")
    parser.add_argument("--name", action="append", default=[], help="host name to answer to; may be repeated")
    return parser


def _fail(problem: str) -> int:
    sys.stderr.write(f"atalaya: {problem}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
