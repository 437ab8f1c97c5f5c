"""The proxies before the replicas and desks, as `deploy/` configures them. Only this file knows which ones they are."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.browser.conftest import ROOT, free_port

DEPLOY = ROOT / "deploy"
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
HAPROXY = shutil.which("haproxy") or "/usr/sbin/haproxy"
# For tests that need the proxies.
WITH_PROXY = pytest.mark.skipif(
    not (Path(NGINX).exists() and Path(HAPROXY).exists()),
    reason="nginx or HAProxy is missing (apt-get install nginx-light haproxy)",
)
# The address of HAProxy in the configuration of nginx, and that of the store.
BALANCE = "172.29.8.9"
STORE = "172.29.8.40:9000"
PLAIN = "listen 127.0.0.1:{port};\n"
# A line of HAProxy's configuration with the first server of a kind; those of the others are like it.
FIRST = re.compile(r"( +server (?:replica|busy|desk))1 \S+(.*)")


class Proxy:
    """Both processes of a proxy."""

    def __init__(self, *processes: subprocess.Popen[bytes]) -> None:
        self.processes = processes

    def poll(self) -> int | None:
        """The exit status of one that has ended."""
        return next((one.returncode for one in self.processes if one.poll() is not None), None)

    def stop(self) -> None:
        """End them."""
        for one in self.processes:
            one.terminate()
        for one in self.processes:
            one.wait(20)


def start(
    folder: Path,
    port: int,
    replicas: Sequence[int],
    listen: str = PLAIN,
    desks: Sequence[int] = (9,),
    store: int = 0,
) -> Proxy:
    """The proxy on a port of this machine, before the replicas on others.

    Args:
        folder: gets all that the proxy writes; in a container this is `/tmp`. `proxy.log` is of nginx, `balance.log`
            of HAProxy.
        listen: the lines on where and how it listens.
        desks: the ports of the desks; nobody listens on the usual one.
        store: the port of a store with the site as files; 0: there is none.
    """
    # As root nginx would give its files to another user, who cannot enter the folders of tests.
    directives = "daemon off;" + (" user root;" if os.geteuid() == 0 else "")
    pages, desk = free_port(), free_port()
    nginx = [NGINX, "-c", str(configured(folder, port, (pages, desk), listen, store)), "-g", directives]
    haproxy = [HAPROXY, "-db", "-f", str(balanced(folder, (pages, desk), replicas, desks))]
    with (folder / "proxy.log").open("ab") as log, (folder / "balance.log").open("ab") as own:
        return Proxy(subprocess.Popen(haproxy, stdout=own, stderr=own), subprocess.Popen(nginx, stdout=log, stderr=log))


def balanced(folder: Path, listens: tuple[int, int], replicas: Sequence[int], desks: Sequence[int]) -> Path:
    """The configuration of HAProxy in the repository, for these ports."""
    lines = []
    for line in (DEPLOY / "haproxy.cfg").read_text("utf-8").splitlines():
        if first := FIRST.fullmatch(line):
            ports = desks if "desk" in first[1] else replicas
            options = first[2].replace("cookie 1", "cookie {0}").replace("/desk1", "/desk{0}")
            lines += [f"{first[1]}{n} 127.0.0.1:{port}{options.format(n)}" for n, port in enumerate(ports, 1)]
        elif not line.startswith("    server "):
            lines.append(line)
    text = "\n".join([*lines, ""])
    for usual, port in zip(("bind :8501", "bind :8502"), listens, strict=True):
        assert text.count(usual) == 1
        text = text.replace(usual, f"bind 127.0.0.1:{port}")
    path = folder / "haproxy.cfg"
    path.write_text(text, encoding="utf-8")
    return path


def configured(folder: Path, port: int, balance: tuple[int, int], listen: str = PLAIN, store: int = 0) -> Path:
    """The configuration of nginx in the repository, for these ports."""
    text = (DEPLOY / "nginx.conf").read_text("utf-8").replace("/tmp/nginx", f"{folder}/nginx")  # noqa: S108 - not used here
    for usual, used in zip((8501, 8502), balance, strict=True):
        assert f"{BALANCE}:{usual}" in text
        text = text.replace(f"{BALANCE}:{usual}", f"127.0.0.1:{used}")
    path = folder / "nginx.conf"
    (folder / "nginx").mkdir(exist_ok=True)
    if store:
        site = (DEPLOY / "nginx" / "site.conf").read_text("utf-8")
        assert STORE in site
        (folder / "nginx" / "site.conf").write_text(site.replace(STORE, f"127.0.0.1:{store}"), encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    (folder / "nginx" / "listen.conf").write_text(listen.replace("{port}", str(port)), encoding="utf-8")
    return path
