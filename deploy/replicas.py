"""Write the list of replicas for nginx: `python -m deploy.replicas 172.29.8.11:8501 172.29.8.12:8501 ...`."""

import re
import sys
from collections.abc import Sequence

ADDRESS = re.compile(r"[A-Za-z0-9.-]+:[0-9]{1,5}")
# A replica that did not answer is left out for some seconds, then tried again.
FAILING = "max_fails=1 fail_timeout=5s"
HEAD = "# Written by `python -m deploy.replicas {}`."
COOKIE = "# The cookie names the replica of a reader's session; without one, that with the fewest connections answers."
ANSWERED = "# The replica that answered: after a failed try nginx lists all that it tried, this one last."


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
    names = {address: f"replica{number}" for number, address in enumerate(addresses, 1)}
    parts = [HEAD.format(" ".join(addresses)), _group("all", [_server(address) for address in addresses], fewest=True)]
    for first, name in names.items():
        others = [f"{_server(address)} backup" for address in addresses if address != first]
        parts.append(_group(name, [_server(first), *others]))
    chosen = [f"{name} {name};" for name in names.values()]
    answered = [f'"~{re.escape(address)}$" {name};' for address, name in names.items()]
    parts += [f"{COOKIE}\n{_map('$cookie_atalaya_replica', '$replica', ['default all;', *chosen])}"]
    parts += [f"{ANSWERED}\n{_map('$upstream_addr', '$answered', ['default all;', *answered])}"]
    return "\n".join(parts)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the list; returns the exit status: 1, with one line on stderr, if an address is wrong."""
    try:
        sys.stdout.write(listed(sys.argv[1:] if arguments is None else arguments))
    except ValueError as error:
        sys.stderr.write(f"atalaya: {error}\n")
        return 1
    return 0


def _server(address: str) -> str:
    return f"server {address} {FAILING}"


def _group(name: str, servers: Sequence[str], *, fewest: bool = False) -> str:
    lines = [f"zone {name} 64k;", *["least_conn;"] * fewest, *(f"{server};" for server in servers), "keepalive 32;"]
    return _block(f"upstream {name}", lines)


def _map(given: str, found: str, lines: Sequence[str]) -> str:
    return _block(f"map {given} {found}", lines)


def _block(title: str, lines: Sequence[str]) -> str:
    return "\n".join((f"{title} {{", *(f"    {line}" for line in lines), "}", ""))


if __name__ == "__main__":
    sys.exit(main())
