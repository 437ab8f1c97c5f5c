"""Start the observatory from its folder, without a network: `python -m offline.laptop [--port N] [--silent]`."""

import sys

OLDEST = (3, 11)


def main() -> int:
    """Start and serve until stopped; returns the exit status, 1 with one sentence when that cannot be."""
    if sys.version_info < OLDEST:
        sys.stderr.write("atalaya: Python 3.11 or later is needed; this is %s.\n" % sys.version.split()[0])  # noqa: UP031
        return 1
    # Imported late: an old Python should end in one line, not in a syntax error.
    from offline.laptop import start  # noqa: PLC0415

    return start.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
