"""A document under construction."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dashboard.charts.render.inline import Looks
from dashboard.forms.html.addresses import Addresses
from dashboard.views.filters import Spec
from data.i18n import Language


@dataclass(frozen=True)
class Making:
    """A document under construction.

    Attributes:
        values: of the filters of the page, by name.
        drawings: the classes of the drawings that are enough (`dashboard.stage.still`); empty for all.
        looks: those of its figures so far.
        controlled: the names of the filters that have a control so far.
        offers: what it offers of its rows so far (`dashboard.forms.html.files.Offer`).
        named: how often each id has been asked for.
        small: whether what is made shares the width of a wide screen with something else.
        desk: whether there is a desk to link to.
        level: that of a heading within a section: 2 before the first section that has one itself.
    """

    lang: Language
    addresses: Addresses
    values: Mapping[str, Any]
    drawings: Collection[str] = ()
    looks: Looks = field(default_factory=Looks)
    controlled: set[str] = field(default_factory=set)
    offers: list[Any] = field(default_factory=list)
    named: dict[str, int] = field(default_factory=dict)
    small: bool = False
    desk: bool = False
    level: int = 3

    @property
    def half(self) -> "Making":
        """The same document, for what stands beside something else."""
        return replace(self, small=True)

    def at(self, level: int) -> "Making":
        """The same document, for headings of another level."""
        return replace(self, level=level)

    def id(self, name: str) -> str:
        """An id that no other element has."""
        self.named[name] = self.named.get(name, 0) + 1
        return name if self.named[name] == 1 else f"{name}-{self.named[name]}"

    def take(self, spec: Spec[Any]) -> bool:
        """Whether a filter has no control yet; from now on it has one."""
        first = spec.name not in self.controlled
        self.controlled.add(spec.name)
        return first

    def hidden(self) -> dict[str, str]:
        """The parameters of the address that no control has."""
        return {name: text for name, text in self.addresses.query.items() if name not in self.controlled}
