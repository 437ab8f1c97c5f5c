"""Small wheels, and a small folder as the archive leaves it: quick to install, with a server that says one line."""

import hashlib
import json
import shutil
import sys
from pathlib import Path
from zipfile import ZipFile

from packaging.tags import sys_tags
from packaging.utils import parse_wheel_filename

from offline import words
from offline.laptop import machine

ROOT = Path(__file__).parents[2]
WHEELS = ROOT / "dist" / "wheels"
SERVER = """import sys, demo
print("Atalaya:", demo.WORD, sys.argv[1:], flush=True)
"""


def wheel(folder: Path, name: str, tag: str = "py3-none-any", body: str = "WORD = 'hello'\n") -> Path:
    """A wheel of one module in the standard format: the module, METADATA, WHEEL and RECORD."""
    about = f"{name}-1.0.dist-info"
    files = {
        f"{name}.py": body,
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{about}/WHEEL": f"Wheel-Version: 1.0\nGenerator: sample\nRoot-Is-Purelib: true\nTag: {tag}\n",
    }
    path = folder / f"{name}-1.0-{tag}.whl"
    with ZipFile(path, "w") as archive:
        for file, text in files.items():
            archive.writestr(file, text)
        archive.writestr(f"{about}/RECORD", "".join(f"{file},,\n" for file in (*files, f"{about}/RECORD")))
    return path


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def entry(path: Path, name: str, marker: str = "") -> str:
    """The lines of a lock file for a wheel."""
    return f"{name}==1.0{marker} \\\n    --hash=sha256:{digest(path)}\n"


def sealed(root: Path) -> None:
    """List the hashes of all files, as the archive does."""
    sums = {path.relative_to(root).as_posix(): digest(path) for path in sorted(root.rglob("*")) if path.is_file()}
    sums.pop("SHA256SUMS", None)
    (root / "SHA256SUMS").write_text("".join(f"{hashed}  {name}\n" for name, hashed in sums.items()), "utf-8")


def installer() -> Path | None:
    """The wheel of uv for this machine, among those of other systems."""
    here = set(sys_tags())
    return next((path for path in WHEELS.glob("uv-*.whl") if here & parse_wheel_filename(path.name)[3]), None)


def folder(root: Path, server: str = SERVER, unpacked: int = 1000) -> Path:
    """A folder that this computer can start: our own start scripts, one small wheel, and that of uv."""
    program, wheels = root / "program", root / "wheels"
    laptop = program / "offline" / "laptop"
    shutil.copytree(ROOT / "offline" / "laptop", laptop, ignore=shutil.ignore_patterns("__pycache__"))
    wheels.mkdir()
    (program / "offline" / "__init__.py").write_text("")
    (program / "dashboard").mkdir()
    (program / "dashboard" / "__main__.py").write_text(server)
    demo = wheel(wheels, "demo")
    uv = shutil.copy(installer() or "", wheels)
    target = {"uv": Path(uv).name, "unpacked": unpacked}
    contents = {"sentences": words.sentences(), "names": words.names()}
    contents["targets"] = {machine.system(): {machine.python(): target}}
    (laptop / "contents.json").write_text(json.dumps(contents), "utf-8")
    (laptop / "requirements.txt").write_text(entry(demo, "demo"))
    sealed(root)
    return root


def python() -> str:
    """The Python outside of any environment, which is what a laptop has."""
    return str(getattr(sys, "_base_executable", sys.executable))
