"""Starts of a small folder, each in a process of its own: first, second, and everything that may go wrong."""

import os
import shutil
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from offline import build, targets
from tests.offline import samples

pytestmark = pytest.mark.usefixtures("downloaded")
INSTALLING = "Installing what is needed"


@pytest.fixture
def root(tmp_path):
    return samples.folder(tmp_path / "stick")


@pytest.fixture
def start(root, tmp_path):
    """Start the folder and wait for its end; returns the exit status and both outputs."""
    place = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "LANG": "C.UTF-8"}

    def run(*words, **more):
        command = [samples.python(), "-m", "offline.laptop", "--silent", *words]
        variables = os.environ | place | more
        program = root / "program"
        ended = subprocess.run(command, cwd=program, env=variables, capture_output=True, text=True, check=False)
        assert "Traceback" not in ended.stderr
        return ended

    return run


def installed(folder):
    """The modules that were installed under a folder."""
    return [path.parent.name for path in folder.rglob("demo.py")]


def test_the_first_start_installs_and_the_second_finds_it(root, start):
    first = start()
    assert (first.returncode, first.stderr) == (0, "")
    assert INSTALLING in first.stdout
    assert "Atalaya is ready at http://127.0.0.1:85" in first.stdout
    assert installed(root / "env") == ["site-packages"]
    second = start()
    assert second.returncode == 0
    assert INSTALLING not in second.stdout


def test_messages_are_in_the_language_of_the_computer(start):
    assert "Instalando lo necesario" in start(LANG="es_CR.UTF-8").stdout
    assert "Iniciando" in start("--lang", "pt").stdout


def test_environment_variables_of_the_computer_are_ignored(root, start, tmp_path):
    server = "import os, sys\nprint('Atalaya', flush=True)\n"
    server += "strange = ('PYTHONPATH', 'ATALAYA', 'STREAMLIT', 'PIP_I', 'UV_')\n"
    server += "sys.stderr.write(repr([name for name in os.environ if name.startswith(strange)]))"
    (root / "program" / "dashboard" / "__main__.py").write_text(server)
    samples.sealed(root)
    strange = {"PYTHONPATH": str(tmp_path), "ATALAYA_SNAPSHOT": "x", "STREAMLIT_SERVER_PORT": "1", "PIP_INDEX_URL": "x"}
    strange |= {"UV_INDEX_URL": "x", "UV_CACHE_DIR": "/dev/null", "UV_PYTHON": "2.7"}
    assert start(**strange).stderr == "[]"


@pytest.mark.parametrize("name", ["program/dashboard/__main__.py", "README.txt"])
def test_a_damaged_file_is_named_and_nothing_is_started(root, start, name):
    (root / "README.txt").write_text("read me")
    samples.sealed(root)
    (root / name).write_text("damaged")
    ended = start()
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"atalaya: These files are incomplete: {name}.")
    assert not (root / "env").exists()


@pytest.mark.parametrize("name", ["demo", "uv"])
def test_a_damaged_wheel_is_named_and_nothing_is_installed(root, start, name):
    damaged = next((root / "wheels").glob(f"{name}-*.whl"))
    damaged.write_bytes(damaged.read_bytes()[:-1])
    ended = start()
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"atalaya: These files are incomplete: wheels/{damaged.name}.")
    assert list(root.glob("env/*")) == []


def test_a_wheel_that_differs_from_the_lock_is_refused(root, start):
    """Even if the list of hashes was changed to match."""
    samples.wheel(root / "wheels", "demo", body="WORD = 'altered'\n")
    samples.sealed(root)
    ended = start()
    assert ended.returncode == 1
    assert ended.stderr.startswith("atalaya: The libraries could not be installed:")
    assert ended.stderr.count("\n") == 1
    assert list((root / "env").iterdir()) == []


def test_an_interrupted_installation_is_not_used(root, start):
    start()
    (environment,) = (root / "env").iterdir()
    (environment / "atalaya.stamp").unlink()
    shutil.rmtree(environment / "lib")
    ended = start()
    assert ended.returncode == 0
    assert INSTALLING in ended.stdout
    assert installed(root / "env") == ["site-packages"]


def test_a_newer_archive_in_the_same_folder_is_installed_again(root, start):
    start()
    (root / "program" / "dashboard" / "new.py").write_text("")
    samples.sealed(root)
    assert INSTALLING in start().stdout
    assert len(list((root / "env").iterdir())) == 1


def test_two_starts_at_once_do_not_interfere(start):
    """As after two clicks: each start installs for itself, and both serve."""
    with ThreadPoolExecutor(2) as pool:
        ran = [pool.submit(start) for _ in range(2)]
    assert [(future.result().returncode, future.result().stderr) for future in ran] == [(0, ""), (0, "")]
    assert INSTALLING not in start().stdout


def test_old_remains_of_an_interrupted_start_are_deleted(root, start):
    for name, age in (("old", 7200), ("fresh", 60)):
        (root / "env" / name / "lib").mkdir(parents=True)
        os.utime(root / "env" / name, (time.time() - age,) * 2)
    assert start().returncode == 0
    assert len([path for path in (root / "env").iterdir() if path.name != "fresh"]) == 1
    assert (root / "env" / "fresh").exists()


def test_a_requested_port_that_is_taken_is_one_sentence(start):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ended = start("--port", str(port))
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"atalaya: Another program has port {port}: start again")
    other = int(ended.stderr.rpartition("--port ")[2].rstrip(".\n"))
    assert port < other < port + 50


def test_a_server_that_ends_at_once_is_reported(root, start):
    (root / "program" / "dashboard" / "__main__.py").write_text("raise SystemExit('no snapshot')")
    samples.sealed(root)
    ended = start()
    assert ended.returncode == 1
    assert "no snapshot" in ended.stderr
    assert "atalaya: The observatory stopped before it was ready" in ended.stderr


@pytest.mark.parametrize(("script", "shell"), [("start.sh", "sh"), ("start.command", "sh")])
def test_scripts_find_a_python_or_say_so(tmp_path, script, shell):
    """A path without any Python, and one whose Python is too old."""
    (tmp_path / "program").mkdir()
    (tmp_path / script).write_bytes(build.scripts([targets.here()])[script])
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("dirname", "cat"):
        (tools / name).symlink_to(shutil.which(name))
    (tools / "python3").write_text("#!/bin/sh\nexit 1\n")
    (tools / "python3").chmod(0o755)
    command = [shutil.which(shell), script]
    ended = subprocess.run(command, cwd=tmp_path, env={"PATH": str(tools)}, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert [line.split()[0] for line in ended.stderr.splitlines()] == ["This", "Esta", "Este", "Cet"]
    (tools / "python3").write_text(f'#!/bin/sh\nexec "{samples.python()}" "$@"\n')
    package = tmp_path / "program" / "offline"
    (package / "laptop").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "laptop" / "__init__.py").touch()
    Path(package / "laptop" / "__main__.py").write_text("import sys; print('started with', sys.argv[1:])")
    ended = subprocess.run(
        [*command, "--port", "9"], cwd=tmp_path, env={"PATH": str(tools)}, capture_output=True, text=True, check=False
    )
    assert ended.stdout == "started with ['--port', '9']\n"
