"""Replicas of the dashboard on loopback behind the proxy of `deploy/`."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.browser.conftest import ROOT, free_port, wait_until_ready
from tests.faults.processes import processor_seconds, resident
from tests.load import proxy
from tests.load.proxy import WITH_PROXY

__all__ = ["WITH_PROXY", "Cluster", "cluster"]


class Cluster:
    """Some replicas and the proxy before them.

    Args:
        folder: gets the proxy's files and what each process prints.
        replicas: how many.
        settings: of the replicas, as in the environment.
        room: the folder for the proxy's own files, if it is another one.
    """

    def __init__(self, folder: Path, replicas: int, settings: Mapping[str, str], room: Path | None = None) -> None:
        self.folder, self.settings, self.room = folder, settings, room or folder
        # The folder of the program that is started from now on.
        self.root = ROOT
        self.port = free_port()
        self.ports = [free_port() for _ in range(replicas)]
        self.monitors = {port: free_port() for port in self.ports}
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        self._proxy: proxy.Proxy | None = None

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
        command = [sys.executable, "-m", "dashboard", "--no-desk", "--port", str(port)]
        own = {"ATALAYA_PROXIES": "127.0.0.1", "ATALAYA_MONITOR": f"127.0.0.1:{self.monitors[port]}"}
        settings = {**os.environ, **own, **self.settings}
        with self.log(port).open("ab") as log:
            self._processes[port] = subprocess.Popen(command, cwd=self.root, env=settings, stdout=log, stderr=log)

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

    @contextmanager
    def hanging(self, port: int) -> Iterator[None]:
        """Stop one replica for a while: it accepts connections and does not answer."""
        self._processes[port].send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._processes[port].send_signal(signal.SIGCONT)

    def proxy_log(self, name: str = "proxy") -> str:
        """What the proxy has written so far; `balance`: on who is left out."""
        return (self.room / f"{name}.log").read_text("utf-8")

    def stop(self, port: int) -> None:
        """End one replica, as an update does."""
        self._processes[port].terminate()
        self._processes[port].wait(60)

    def resident(self, port: int) -> float:
        """The memory of a replica, in MB."""
        return resident(self._processes[port].pid)

    def spent(self, port: int) -> float:
        """The processor time of a replica since its start, in seconds."""
        return processor_seconds(self._processes[port].pid)

    def open(self) -> None:
        """Start the replicas one after the other, then the proxy."""
        for port in self.ports:
            self.start(port)
            self.wait(port)
        self._proxy = proxy.start(self.room, self.port, self.ports)
        wait_until_ready(self.address, self._proxy)

    def close(self) -> None:
        """End every process."""
        if self._proxy:
            self._proxy.stop()
        for process in self._processes.values():
            process.terminate()
        for process in self._processes.values():
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(20)


@contextmanager
def cluster(folder: Path, replicas: int, room: Path | None = None, **settings: str) -> Iterator[Cluster]:
    """Replicas behind a proxy, ready, and ended afterwards."""
    made = Cluster(folder, replicas, settings, room)
    try:
        made.open()
        yield made
    finally:
        made.close()
