"""Replicas of the dashboard on loopback behind nginx, with the configuration of `deploy/`."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.replicas import listed
from tests.browser.conftest import ROOT, free_port, wait_until_ready
from tests.faults.processes import resident

DEPLOY = ROOT / "deploy"
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
# For tests that need the proxy.
WITH_NGINX = pytest.mark.skipif(not Path(NGINX).exists(), reason="nginx is missing (apt-get install nginx-light)")
PLAIN = 'listen 127.0.0.1:{port};\nset $secure "";\n'


class Cluster:
    """Some replicas and the proxy before them.

    Args:
        folder: gets the proxy's files and what each process prints.
        replicas: how many.
        settings: of the replicas, as in the environment.
    """

    def __init__(self, folder: Path, replicas: int, settings: Mapping[str, str]) -> None:
        self.folder, self.settings = folder, settings
        self.port = free_port()
        self.ports = [free_port() for _ in range(replicas)]
        self.monitors = {port: free_port() for port in self.ports}
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        self._proxy: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where the proxy answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def started(self) -> list[int]:
        """The ports of the replicas that run, ready or not."""
        return [port for port, process in self._processes.items() if process.poll() is None]

    def start(self, port: int) -> None:
        """Start one replica, without waiting for it."""
        command = [sys.executable, "-m", "dashboard", "--port", str(port)]
        own = {"ATALAYA_PROXIES": "127.0.0.1", "ATALAYA_MONITOR": f"127.0.0.1:{self.monitors[port]}"}
        settings = {**os.environ, **own, **self.settings}
        with self.log(port).open("ab") as log:
            self._processes[port] = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log, stderr=log)

    def log(self, port: int) -> Path:
        """The file with what a replica printed."""
        return self.folder / f"replica-{port}.log"

    def wait(self, port: int) -> None:
        """Wait until a replica is ready."""
        wait_until_ready(f"http://127.0.0.1:{port}", self._processes[port])

    def kill(self, port: int) -> None:
        """Kill one replica, as a machine does that loses its power."""
        self._processes[port].kill()
        self._processes[port].wait(20)

    def resident(self, port: int) -> float:
        """The memory of a replica, in MB."""
        return resident(self._processes[port].pid)

    def spent(self, port: int) -> float:
        """The processor time of a replica since its start, in seconds."""
        fields = Path(f"/proc/{self._processes[port].pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def open(self) -> None:
        """Start the replicas one after the other, then the proxy."""
        for port in self.ports:
            self.start(port)
            self.wait(port)
        self._proxy = start_proxy(configured(self.folder, self.port, self.ports))
        wait_until_ready(self.address, self._proxy)

    def close(self) -> None:
        """End every process."""
        for process in filter(None, (self._proxy, *self._processes.values())):
            process.terminate()
        for process in filter(None, (self._proxy, *self._processes.values())):
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(20)


@contextmanager
def cluster(folder: Path, replicas: int, **settings: str) -> Iterator[Cluster]:
    """Replicas behind a proxy, ready, and ended afterwards."""
    made = Cluster(folder, replicas, settings)
    try:
        made.open()
        yield made
    finally:
        made.close()


def configured(folder: Path, port: int, replicas: Sequence[int], listen: str = PLAIN) -> Path:
    """The configuration of the repository for these ports; all that nginx writes goes to `folder`."""
    text = (DEPLOY / "nginx.conf").read_text("utf-8").replace("/tmp/nginx", f"{folder}/nginx")  # noqa: S108 - not used here
    path = folder / "nginx.conf"
    path.write_text(text, encoding="utf-8")
    (folder / "nginx").mkdir(exist_ok=True)
    addresses = [f"127.0.0.1:{replica}" for replica in replicas]
    (folder / "nginx" / "replicas.conf").write_text(listed(addresses), encoding="utf-8")
    (folder / "nginx" / "listen.conf").write_text(listen.replace("{port}", str(port)), encoding="utf-8")
    return path


def start_proxy(configuration: Path) -> subprocess.Popen[bytes]:
    """nginx with a configuration; what it prints is in `proxy.log` beside it."""
    # As root nginx would give its files to another user, who cannot enter the folders of tests.
    directives = "daemon off;" + (" user root;" if os.geteuid() == 0 else "")
    with configuration.with_name("proxy.log").open("ab") as log:
        return subprocess.Popen([NGINX, "-c", str(configuration), "-g", directives], stdout=log, stderr=log)
