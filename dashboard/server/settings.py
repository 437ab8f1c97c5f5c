"""Settings of a server that only its operator needs, from the environment; all may be empty.

| variable | meaning |
|---|---|
| `ATALAYA_PROXIES` | addresses or networks of our proxies, whose headers name the client's address and scheme |
| `ATALAYA_HSTS` | seconds for which browsers shall open this site by TLS only |
| `ATALAYA_MONITOR` | address and port of metrics and probes, such as `127.0.0.1:9464`; empty: none |
| `ATALAYA_LOG` | `text` (default) or `json` |
| `ATALAYA_DESK` | the address of the desk, such as `https://example.org/desk`; empty: this server's own desk, if any |
| `ATALAYA_AHEAD` | `yes` (default), or `no`: documents are made only when they are asked for |
"""

import ipaddress
import os
from typing import NamedTuple

from dashboard import site

PROXIES = "ATALAYA_PROXIES"
HSTS = "ATALAYA_HSTS"
MONITOR = "ATALAYA_MONITOR"
LOG = "ATALAYA_LOG"
DESK = "ATALAYA_DESK"
AHEAD = "ATALAYA_AHEAD"
TEXT = "text"
JSON = "json"
LAST_PORT = 65_535


class SettingError(ValueError):
    """A setting cannot be used; the text says which, why and what to write, in one line."""


class Settings(NamedTuple):
    """The settings of this server.

    Attributes:
        proxies: addresses or networks whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
        hsts: seconds; 0: no header.
        monitor: host and port of the monitor; None: there is none.
        log: `text` or `json`.
        desk: the address of the desk, without a slash at its end; empty: none is given.
        ahead: whether documents are made before they are asked for.
    """

    proxies: tuple[str, ...] = ()
    hsts: int = 0
    monitor: tuple[str, int] | None = None
    log: str = TEXT
    desk: str = ""
    ahead: bool = True


def settings() -> Settings:
    """The settings in the environment.

    Raises:
        SettingError: one of them cannot be used.
    """
    return Settings(_proxies(), _hsts(), _monitor(), _log(), _desk(), _ahead())


def _proxies() -> tuple[str, ...]:
    given = tuple(part.strip() for part in os.environ.get(PROXIES, "").split(",") if part.strip())
    for one in given:
        try:
            ipaddress.ip_network(one)
        except ValueError as error:
            raise SettingError(
                f"{PROXIES} has {one!r}: write addresses or networks, such as 10.0.0.7,10.1.0.0/16."
            ) from error
    return given


def _hsts() -> int:
    given = os.environ.get(HSTS, "").strip() or "0"
    if not (given.isascii() and given.isdigit()):
        raise SettingError(f"{HSTS} is {given!r}: write a number of seconds, such as 31536000.")
    return int(given)


def _monitor() -> tuple[str, int] | None:
    given = os.environ.get(MONITOR, "").strip()
    if not given:
        return None
    host, _, port = given.rpartition(":")
    if not host or not (port.isascii() and port.isdigit() and int(port) <= LAST_PORT):
        raise SettingError(f"{MONITOR} is {given!r}: write an address and a port, such as 127.0.0.1:9464.")
    return host.strip("[]"), int(port)


def _log() -> str:
    given = os.environ.get(LOG, "").strip() or TEXT
    if given not in {TEXT, JSON}:
        raise SettingError(f"{LOG} is {given!r}: write {TEXT} or {JSON}.")
    return given


def _desk() -> str:
    given = os.environ.get(DESK, "").strip().rstrip("/")
    if given and not site.is_address(given, path=True):
        raise SettingError(f"{DESK} is {given!r}: write an address such as https://example.org/desk.")
    return given


def _ahead() -> bool:
    given = os.environ.get(AHEAD, "").strip() or "yes"
    if given not in {"yes", "no"}:
        raise SettingError(f"{AHEAD} is {given!r}: write yes or no.")
    return given == "yes"
