"""The reviewed list of disputed areas of the region: their names by language, the parties, how they are drawn."""

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
        slug: its key without the prefix.
        parties: ISO3 of the states that claim it, alphabetical.
        names: its name in every language, both names where the parties use two.
        note: what the dispute is about, in English.
        approximate: whether the drawn outline is our own rough one.
        whole, within: ISO3 whose polygon it is, or to which its drawn outline is cut; both empty when it is not drawn.
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
