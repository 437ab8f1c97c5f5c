"""A folder that goes with the run, in whatever way the run ends."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

# It waits until the run has ended, as that closes its standard input; then it removes the files and the folder. Another
# program of the run, such as Spark's, may still write there for a moment.
SWEEPER = """
import os, pathlib, shutil, sys, time
sys.stdin.read()
for file in sys.argv[2:]:
    pathlib.Path(file).unlink(missing_ok=True)
for _ in range(50):
    shutil.rmtree(sys.argv[1], ignore_errors=True)
    if not os.path.exists(sys.argv[1]):
        break
    time.sleep(0.1)
"""


@contextmanager
def swept_folder(prefix: str, parent: Path | None = None, *files: Path) -> Iterator[Path]:
    """A new folder that is removed at the end of the block, or when the run is killed (SIGKILL included).

    Args:
        prefix: how its name begins.
        parent: the folder it is in; by default that of the system for temporary files.
        files: others that go with it.

    Raises:
        OSError: the folder cannot be made, or no program can be started.
    """
    folder = Path(mkdtemp(prefix=prefix, dir=parent))
    try:
        # In a session of its own, so that what ends the run does not end the sweeper.
        command = [sys.executable, "-I", "-S", "-c", SWEEPER, str(folder), *map(str, files)]
        sweeper = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603 - our own text
        try:
            yield folder
        finally:
            sweeper.communicate()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
