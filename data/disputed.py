"""The reviewed list of disputed areas in the region: names by language, the parties, and which polygon shows each."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data.i18n import in_every_language

HERE = Path(__file__).parent / "reference" / "disputed"
AREAS = HERE / "areas.toml"
SHAPES = HERE / "shapes.geojson"
PREFIX = "disputed:"


@dataclass(frozen=True)
class Disputed:
    """One disputed area.

    Attributes:
        slug: the key without its prefix.
        parties: ISO3 of the states that claim it, alphabetical.
        names: the name by language; both names where the parties use different ones.
        note: what the dispute is about, in English.
        approximate: whether the outline on the map is our own rough sketch.
        whole, within: ISO3 of the country whose whole polygon it is, or whose polygon clips our outline; both empty if
            it is not on the map.
    """

    slug: str
    parties: tuple[str, ...]
    names: dict[str, str]
    note: str
    approximate: bool
    whole: str = ""
    within: str = ""

    @property
    def key(self) -> str:
        """The key in the table of boundaries."""
        return PREFIX + self.slug


@cache
def disputed_areas() -> dict[str, Disputed]:
    """Every listed area by its key, in the order of the file."""
    listed = tomllib.loads(AREAS.read_text("utf-8"))["area"]
    areas = [
        Disputed(**{**entry, "parties": tuple(entry["parties"]), "names": in_every_language(entry["names"])})
        for entry in listed
    ]
    return {area.key: area for area in areas}
