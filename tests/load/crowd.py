"""A crowd of clients in a process of its own: inside it a reader would seem to wait when only the crowd is busy."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, cast

from tests.faults.processes import ROOT, until

# Seconds that it may take to start, and that it lives at most beside those of its scene: then it ends itself.
START, MOST = 60.0, 600
READY = "ready\n"


class Crowd:
    """A scene of `tests.load.attackers` that waits for its beginning; `words` gets what it says.

    Args:
        seconds: that its scene takes.
    """

    def __init__(self, process: "subprocess.Popen[bytes]", words: IO[bytes], seconds: float = 0) -> None:
        self.process, self.words, self.most = process, words, MOST + seconds

    def begin(self) -> None:
        """Let it begin."""
        cast("IO[bytes]", self.process.stdin).write(b"\n")

    def over(self) -> bool:
        """Whether it has ended."""
        return self.process.poll() is not None

    def answers(self) -> Any:
        """Wait for its end; what it was answered."""
        assert self.process.wait(self.most) == 0, "the crowd failed: see its own words"
        self.words.seek(len(READY))
        return json.loads(self.words.read())


@contextmanager
def crowd(scene: str, **arguments: Any) -> Iterator[Crowd]:
    """Start the process of a scene, and end it at the end."""
    command = [sys.executable, "-m", "tests.load.attackers", scene, json.dumps(arguments)]
    with (
        tempfile.TemporaryFile() as words,
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=words, bufsize=0) as process,
    ):
        made = Crowd(process, words, arguments.get("seconds", 0))
        try:
            until(lambda: made.over() or os.fstat(words.fileno()).st_size, START)
            assert not made.over(), "the crowd did not start: see its own words"
            yield made
        finally:
            process.kill()
