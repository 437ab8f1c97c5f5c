"""Write the list of replicas for nginx: `python -m deploy.replicas 172.29.8.11:8501 172.29.8.12:8501 ...`."""

import re
import sys
from collections.abc import Sequence

ADDRESS = re.compile(r"[A-Za-z0-9.-]+:[0-9]{1,5}")
# A replica that did not answer is left out for some seconds, then tried again.
FAILING = "max_fails=1 fail_timeout=5s"
HEAD = "# Written by `python -m deploy.replicas {}`."


def listed(addresses: Sequence[str]) -> str:
    """The lines for nginx.

    Args:
        addresses: `host:port` of each replica, as nginx reaches it.

    Raises:
        ValueError: there is none, one is there twice, or one is not such an address.
    """
    wrong = [address for address in addresses if not ADDRESS.fullmatch(address)]
    if wrong or not addresses or len(set(addresses)) < len(addresses):
        raise ValueError(f"write each replica once, as host:port; given: {' '.join(addresses) or 'none'}")
    lines = ["zone replicas 64k;", "least_conn;", *(f"server {one} {FAILING};" for one in addresses), "keepalive 32;"]
    return "\n".join(
        [HEAD.format(" ".join(addresses)), "upstream replicas {", *(f"    {line}" for line in lines), "}", ""]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the list; returns the exit status: 1, with one line on stderr, if an address is wrong."""
    try:
        sys.stdout.write(listed(sys.argv[1:] if arguments is None else arguments))
    except ValueError as error:
        sys.stderr.write(f"atalaya: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
