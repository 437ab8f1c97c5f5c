"""Write an archive: `python -m offline [--systems "linux-x86_64 ..."] [--pythons "3.12 3.13"] [--out dist]`.

`python -m offline --site FOLDER` packs pages that `python -m dashboard site FOLDER` has written.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from data.snapshot import SnapshotError
from offline import archive, build, targets, wheels

ROOT = Path(__file__).parent.parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the archive and print what is in it; returns the exit status: 1, with one line on stderr, if that fails."""
    options = _parser().parse_args(arguments)
    try:
        if options.site:
            return _packed(options.site, options.out)
        chosen = [targets.here()] if options.here else targets.targets(options.systems, options.pythons)
        if options.only_wheels:
            build.downloaded(ROOT, chosen, options.wheels)
            return 0
        path = build.archived(ROOT, chosen, options.wheels, options.out, _print)
    except (targets.TargetError, wheels.WheelError, SnapshotError) as error:
        sys.stderr.write(f"atalaya: {error}\n")
        return 1
    return _made(path)


def _packed(site: Path, out: Path) -> int:
    """Pack the files of a site."""
    path = out / f"atalaya-room-{json.loads((site / 'current.json').read_text('utf-8'))['id']}.zip"
    archive.pack(path, site)
    return _made(path)


def _made(path: Path) -> int:
    _print(f"{path} ({path.stat().st_size / 1e6:,.0f} MB)")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m offline", description="Write the offline archive.")
    parser.add_argument("--systems", default="", help=f"systems: {' '.join(targets.SYSTEMS)} (default: all)")
    parser.add_argument("--pythons", default="", help=f"versions of Python: {' '.join(targets.PYTHONS)} (default: all)")
    parser.add_argument("--here", action="store_true", help="only for this system and this Python")
    parser.add_argument("--site", type=Path, help="pack the pages in this folder, not the program")
    parser.add_argument("--only-wheels", action="store_true", help="download the wheels without writing an archive")
    parser.add_argument("--wheels", type=Path, default=ROOT / "dist" / "wheels", help="folder of downloaded wheels")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="folder of the archive")
    return parser


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
