"""Makes the manifest of a changed snapshot true again, so that a process opens it."""

import hashlib
import json
from pathlib import Path
from typing import Any

from data.snapshot import MANIFEST, sealed


def seal(folder: Path, **changes: Any) -> None:
    """Write the present hash and size of each table of a snapshot, and some changes, into its manifest."""
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    for resource in manifest["resources"]:
        content = (folder / resource["path"]).read_bytes()
        resource |= {"size": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
    (folder / MANIFEST).write_text(json.dumps(sealed(manifest | changes)), encoding="utf-8")
