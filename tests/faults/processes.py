"""Real processes for fault tests: servers, builds, and an object store. All on this machine."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pyarrow.fs import S3FileSystem

from data.pointer import POINTER
from tests.browser.conftest import free_port
from tests.data.damages import make_place

ROOT = Path(__file__).parents[2]
# Seconds that a server may take to start, and a thing to happen, on a busy machine.
START, WAIT = 240, 180
STORE = ROOT / ".venv-store" / "bin" / "weed"
# What a store consists of, all in one process, and that it stays small and on this machine.
PARTS = ("master", "volume", "filer", "s3")
SMALL = ("-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-filer", "-s3", "-master.volumeSizeLimitMB=64", "-volume.max=50")
SMALL += ("-s3.port.iceberg=0", "-s3.port.lance=0")
KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": "us-east-1"}
# Without these the keys are looked for in the network.
ALONE = {"AWS_EC2_METADATA_DISABLED": "true"}
LEAN = {"POLARS_MAX_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


class Server(NamedTuple):
    """A running dashboard: its process, its port, the file with its log."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of an answer."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def ready(self) -> dict[str, Any]:
        """What `/readyz` says."""
        found: dict[str, Any] = json.loads(self.get("/readyz")[1])
        return found


@contextmanager
def served(place: str, log: Path, root: Path = ROOT, **settings: str) -> Iterator[Server]:
    """A dashboard over a place that looks at it twice a second, of the program in a folder."""
    port = free_port()
    environment = {**os.environ, **LEAN, "ATALAYA_SNAPSHOT": place, "ATALAYA_POLL": "0.5", **settings}
    words = [sys.executable, "-m", "dashboard", "--no-desk", "--port", str(port)]
    with (
        log.open("wb") as out,
        subprocess.Popen(words, cwd=root, env=environment, stdout=subprocess.DEVNULL, stderr=out) as process,
    ):
        server = Server(process, port, log)
        try:
            until(lambda: process.poll() is not None or _answers(server), START)
            assert process.poll() is None, log.read_text()
            yield server
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()


def ended(place: str, **settings: str) -> tuple[int, str]:
    """Exit status and stderr of a dashboard that does not start."""
    environment = {**os.environ, **LEAN, "ATALAYA_SNAPSHOT": place, **settings}
    words = [sys.executable, "-m", "dashboard", "--no-desk", "--port", str(free_port())]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=START)
    return done.returncode, done.stderr


def resident(process: int) -> float:
    """The memory of a process, by its id, in MB."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def processor_seconds(process: int, *, children: bool = False) -> float:
    """The time of the processor that a process has used, by its id; with `children`, that of all it started, too."""
    # After the name, which may have spaces: fields 14 to 17 of proc(5), in ticks; the last two are of ended children.
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    own = sum(map(int, fields[11 : 15 if children else 13])) / os.sysconf("SC_CLK_TCK")
    living = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split() if children else []
    return own + sum(processor_seconds(int(one), children=True) for one in living)


def until(condition: Callable[[], object], seconds: float = WAIT) -> None:
    """Wait until something is so; an error after some seconds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds} seconds"
        time.sleep(0.05)


def _answers(server: Server) -> bool:
    try:
        return server.get("/readyz")[0] == 200
    except OSError:
        return False


@contextmanager
def s3(folder: Path, port: int = 0) -> Iterator[tuple[subprocess.Popen[bytes], dict[str, str]]]:
    """An object store (SeaweedFS), lost at the end, with an empty bucket `atalaya`; gives its process and its settings.

    The settings have the key of its owner. Each policy of `deploy/store` has a key with its name as id and secret, and
    who has no key reads files.

    Args:
        port: where it listens, as the one before it did; 0: any port.
    """
    if not STORE.exists():
        pytest.skip("the packages of tests/faults/requirements.lock are not installed: make prove")
    port = port or free_port()
    ports = {f"{part}.port{more}": free_port() for part in PARTS for more in ("", ".grpc")} | {"s3.port": port}
    policies = {path.stem: path.read_text("utf-8") for path in (ROOT / "deploy" / "store").glob("*.json")}
    owner = {"name": "owner", "credentials": [_key(KEYS["AWS_ACCESS_KEY_ID"])], "actions": ["Admin"]}
    others = [{"name": name, "credentials": [_key(name)], "policyNames": [name]} for name in policies]
    known = {
        "policies": [{"name": name, "content": text} for name, text in policies.items()],
        "identities": [owner, *others, {"name": "anonymous", "actions": ["Read:atalaya"]}],
    }
    endpoint = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(dir=folder) as inside, (folder / "s3.log").open("ab") as log:
        (Path(inside) / "keys.json").write_text(json.dumps(known), encoding="utf-8")
        words = [str(STORE), "server", *SMALL, f"-dir={inside}", f"-s3.config={inside}/keys.json"]
        words += [f"-{name}={number}" for name, number in ports.items()]
        with subprocess.Popen(words, stdout=log, stderr=log, cwd=inside) as process:
            try:
                until(lambda: process.poll() is not None or _listens(port))
                assert process.poll() is None, (folder / "s3.log").read_text()
                own = {"access_key": KEYS["AWS_ACCESS_KEY_ID"], "secret_key": KEYS["AWS_SECRET_ACCESS_KEY"]}
                S3FileSystem(**own, endpoint_override=endpoint, allow_bucket_creation=True).create_dir("atalaya")
                yield process, {**KEYS, **ALONE, "AWS_ENDPOINT_URL": endpoint}
            finally:
                process.kill()
                process.wait(30)
                for number in ports.values():
                    for left in Path(tempfile.gettempdir()).glob(f"seaweedfs-*-{number}.sock"):
                        left.unlink()


def _key(name: str) -> dict[str, str]:
    return {"accessKey": name, "secretKey": name}


def _listens(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def make_home(folder: Path) -> str:
    """A place with the published snapshot, which is current, and one without Brazil; returns the id of the first."""
    folder.mkdir(parents=True, exist_ok=True)
    make_place(folder)
    return (folder / POINTER).read_text().strip()
