"""The proxy before the replicas, as `deploy/` configures it. Only this file knows which one it is."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from deploy.replicas import listed
from tests.browser.conftest import ROOT

DEPLOY = ROOT / "deploy"
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
# For tests that need the proxy.
WITH_PROXY = pytest.mark.skipif(not Path(NGINX).exists(), reason="nginx is missing (apt-get install nginx-light)")
# The address of the desk in the configuration.
DESK = "172.29.8.20:8502"
# That of the store.
STORE = "172.29.8.40:9000"
PLAIN = "listen 127.0.0.1:{port};\n"


def start(
    folder: Path, port: int, replicas: Sequence[int], listen: str = PLAIN, desk: int = 9, store: int = 0
) -> subprocess.Popen[bytes]:
    """The proxy on a port of this machine, before the replicas on others.

    Args:
        folder: gets all that the proxy writes, its log (`proxy.log`) too. In a container this is `/tmp`.
        listen: the lines on where and how it listens.
        desk: the port of the desk; nobody listens on the usual one.
        store: the port of a store with the site as files; 0: there is none.
    """
    # As root nginx would give its files to another user, who cannot enter the folders of tests.
    directives = "daemon off;" + (" user root;" if os.geteuid() == 0 else "")
    command = [NGINX, "-c", str(configured(folder, port, replicas, listen, desk, store)), "-g", directives]
    with (folder / "proxy.log").open("ab") as log:
        return subprocess.Popen(command, stdout=log, stderr=log)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the proxy."""
    process.terminate()
    process.wait(20)


def configured(
    folder: Path, port: int, replicas: Sequence[int], listen: str = PLAIN, desk: int = 9, store: int = 0
) -> Path:
    """The configuration of the repository for these ports."""
    text = (DEPLOY / "nginx.conf").read_text("utf-8").replace("/tmp/nginx", f"{folder}/nginx")  # noqa: S108 - not used here
    assert DESK in text
    text = text.replace(DESK, f"127.0.0.1:{desk}")
    path = folder / "nginx.conf"
    (folder / "nginx").mkdir(exist_ok=True)
    if store:
        site = (DEPLOY / "nginx" / "site.conf").read_text("utf-8")
        assert STORE in site
        (folder / "nginx" / "site.conf").write_text(site.replace(STORE, f"127.0.0.1:{store}"), encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    addresses = [f"127.0.0.1:{replica}" for replica in replicas]
    (folder / "nginx" / "replicas.conf").write_text(listed(addresses), encoding="utf-8")
    (folder / "nginx" / "listen.conf").write_text(listen.replace("{port}", str(port)), encoding="utf-8")
    return path
