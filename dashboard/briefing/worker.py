"""The process that makes briefings for the server: `python -m dashboard.briefing.worker`, started by `queue`.

Each line of its input is an order in JSON. It answers with a line that has the number of bytes of the file, then the
file; -1 if there is no snapshot with the id of the order. It ends when its input ends.
"""

import json
import os
import sys
from contextlib import suppress

from dashboard import store
from dashboard.briefing import formats
from data.i18n import language

# The pages come first.
NICENESS = 5


def main() -> int:
    """Make what is asked for until the input ends; returns 0."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a library prints is no answer.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    store.tables()
    # The server has gone.
    with suppress(BrokenPipeError, KeyboardInterrupt):
        for line in sys.stdin.buffer:
            order = json.loads(line)
            snapshot = store.snapshot_of(order.pop("snapshot"))
            if snapshot is None:
                answers.write(b"-1\n")
            else:
                code = order.pop("code")
                with store.reading(snapshot):
                    content = formats.made(lang=language(code), **order)
                answers.write(b"%d\n" % len(content))
                answers.write(content)
            answers.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
