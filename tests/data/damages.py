"""Ways in which a folder of snapshots can be damaged, each with what is said of it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import polars as pl

from data.place import HERE
from data.pointer import POINTER
from data.snapshot import MANIFEST, Snapshot, sealed
from data.verified import SnapshotFault
from tests.sealing import seal

# The ids of no snapshot, and of the one before the current one.
NOTHING, EARLIER = "feedfacecafe", "0" * 12


class Damage(NamedTuple):
    """What is done to a place (its folder, the id of its current snapshot), and the file and the fault then named."""

    do: Callable[[Path, str], object]
    file: str
    reason: str

    def fault(self, name: str) -> SnapshotFault:
        """The fault of a place whose current snapshot has this id."""
        return SnapshotFault(self.file.format(id=name), self.reason)


def halve(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def flip(path: Path, place: int, bit: int = 0) -> None:
    """Change one bit of the byte at a place, which may count from the end."""
    content = bytearray(path.read_bytes())
    content[place] ^= 1 << bit
    path.write_bytes(content)


def replace_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def misspell(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace("United Nations", "United Nation5", 1), encoding="utf-8")


def leave_out_a_table(folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    del manifest["resources"][0]
    (folder / MANIFEST).write_text(json.dumps(sealed(manifest)), encoding="utf-8")


def make_place(home: Path) -> str:
    """Put two snapshots into a folder: the published one, whose id is returned, and `EARLIER`, which lacks Brazil."""
    real = Snapshot.open(str(HERE))
    for name in (real.id, EARLIER):
        shutil.copytree(real.root, home / name)
    path = home / EARLIER / "observations.parquet"
    pl.read_parquet(path).filter(pl.col("area") != "BRA").write_parquet(path)
    # Of version 2 of the contract, whose manifests are sealed.
    seal(home / EARLIER, id=EARLIER, created="2026-01-02T00:00:00Z", contract=2)
    seal(home / real.id, contract=2)
    (home / POINTER).write_text(f"{real.id}\n", encoding="utf-8")
    return real.id


PACKAGE = f"{{id}}/{MANIFEST}"
DAMAGES: dict[str, Damage] = {
    "no pointer": Damage(lambda home, _: (home / POINTER).unlink(), POINTER, "missing"),
    "an empty pointer": Damage(lambda home, _: (home / POINTER).write_text("\n"), POINTER, "damaged"),
    "a pointer of other bytes": Damage(lambda home, _: (home / POINTER).write_bytes(b"\xff\0/.."), POINTER, "damaged"),
    "a pointer to nothing": Damage(
        lambda home, _: (home / POINTER).write_text(NOTHING), f"{NOTHING}/{MANIFEST}", "missing"
    ),
    "no folder": Damage(lambda home, name: shutil.rmtree(home / name), PACKAGE, "missing"),
    "a file for a folder": Damage(
        lambda home, name: (shutil.rmtree(home / name), (home / name).write_text("")), PACKAGE, "missing"
    ),
    "no manifest": Damage(lambda home, name: (home / name / MANIFEST).unlink(), PACKAGE, "missing"),
    "half a manifest": Damage(lambda home, name: halve(home / name / MANIFEST), PACKAGE, "damaged"),
    "an empty manifest": Damage(lambda home, name: (home / name / MANIFEST).write_text(""), PACKAGE, "damaged"),
    "a manifest of a list": Damage(lambda home, name: (home / name / MANIFEST).write_text("[]"), PACKAGE, "damaged"),
    "a word of the manifest": Damage(lambda home, name: misspell(home / name / MANIFEST), PACKAGE, "damaged"),
    "a manifest without a table": Damage(
        lambda home, name: leave_out_a_table(home / name), PACKAGE, "of another version"
    ),
    "a manifest of another id": Damage(lambda home, name: seal(home / name, id=NOTHING), PACKAGE, "damaged"),
    "no table": Damage(lambda home, name: (home / name / "flows.parquet").unlink(), "{id}/flows.parquet", "missing"),
    "half a table": Damage(
        lambda home, name: halve(home / name / "evidence.parquet"), "{id}/evidence.parquet", "damaged"
    ),
    "a folder for a table": Damage(
        lambda home, name: replace_by_folder(home / name / "roles.parquet"), "{id}/roles.parquet", "unreadable"
    ),
    "a bit of a page": Damage(
        lambda home, name: flip(home / name / "observations.parquet", 5000), "{id}/observations.parquet", "damaged"
    ),
    "a bit near the footer": Damage(
        lambda home, name: flip(home / name / "observations.parquet", -40, 7), "{id}/observations.parquet", "damaged"
    ),
    "a bit of the polygons": Damage(
        lambda home, name: flip(home / name / "boundaries.parquet", 5000), "{id}/boundaries.parquet", "damaged"
    ),
}
