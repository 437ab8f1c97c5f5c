"""Every filter, by mouse and by keyboard."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page


@dataclass(frozen=True)
class Hand:
    """The hand of a reader on a page."""

    page: Page

    def click(self, target: Locator, x: float | None = None, y: float | None = None) -> None:
        where = None if x is None or y is None else {"x": x, "y": y}
        target.click(position=where)  # type: ignore[arg-type]

    def radio(self, name: str) -> None:
        self.click(self.page.get_by_role("radio", name=name))

    def switch(self, key: str) -> None:
        self.click(self.page.locator(f".st-key-pick-{key} label").first, 10, 10)

    def option(self, key: str, name: str) -> None:
        self.page.locator(f".st-key-pick-{key} input").click()
        self.click(self.page.get_by_role("option", name=name, exact=True))

    def state(self, name: str) -> None:
        self.option("state", name)

    def erased(self, key: str) -> None:
        self.pressed(f".st-key-pick-{key} input", "Backspace")

    def removed(self, name: str) -> None:
        self.click(self.page.get_by_label(f"Remove {name}"))

    def stepped(self, key: str, button: str) -> None:
        self.click(self.page.locator(f".st-key-pick-{key} button[aria-label={button}]"))

    def typed(self, key: str, text: str) -> None:
        self.page.locator(f".st-key-pick-{key} input").focus()
        self.page.keyboard.type(text, delay=20)
        self.page.get_by_role("option", name=text, exact=True).wait_for()
        self.page.keyboard.press("Enter")

    def filled(self, key: str, text: str) -> None:
        self.page.locator(f".st-key-pick-{key} input").fill(text)
        self.page.keyboard.press("Enter")

    def pressed(self, selector: str, *keys: str) -> None:
        self.page.locator(selector).first.focus()
        for key in keys:
            self.page.keyboard.press(key)


REGION, ROUTES, EXPLORE = "/region?lang=en&year=2015", "/routes?lang=en&state=ARG", "/explore?lang=en&state=ARG"
CONTROLS: dict[str, tuple[str, Callable[[Hand], None], str, str]] = {
    "segments, mouse": (REGION, lambda hand: hand.radio("Count"), "measure", "count"),
    "segments, keys": (
        REGION,
        lambda hand: hand.pressed(".st-key-pick-measure [role=radio][aria-checked=true]", "ArrowRight", "Space"),
        "measure",
        "count",
    ),
    "list, mouse": (ROUTES, lambda hand: hand.option("position", "as origin"), "position", "origin"),
    "list, keys": (
        ROUTES,
        lambda hand: hand.pressed(".st-key-pick-position input", "ArrowDown", "ArrowDown", "Enter"),
        "position",
        "origin",
    ),
    "switch, mouse": (
        REGION,
        lambda hand: hand.switch("latest"),
        "latest",
        "1",
    ),
    "switch, keys": (ROUTES, lambda hand: hand.pressed(".st-key-pick-questioned input", "Space"), "questioned", "1"),
    "states added, mouse": (ROUTES, lambda hand: hand.state("Brazil"), "state", "ARG,BRA"),
    "states added, keys": (ROUTES, lambda hand: hand.typed("state", "Brazil"), "state", "ARG,BRA"),
    "states removed, mouse": (ROUTES, lambda hand: hand.removed("Argentina"), "state", "none"),
    "states removed, keys": (
        ROUTES,
        lambda hand: hand.erased("state"),
        "state",
        "none",
    ),
    "forms added, mouse": (
        ROUTES + "&evidence=stated",
        lambda hand: hand.option("form", "Forced labor"),
        "form",
        "forced_labour",
    ),
    "number, mouse": (ROUTES, lambda hand: hand.stepped("arrows", "Decrease"), "arrows", "9"),
    "number, keys": (ROUTES, lambda hand: hand.pressed(".st-key-pick-minimum input", "ArrowUp"), "minimum", "2"),
    "number, typed": (
        ROUTES,
        lambda hand: hand.filled("minimum", "1234"),
        "minimum",
        "1234",
    ),
    "reading, mouse": (EXPLORE, lambda hand: hand.radio("Lines"), "reading", "lines"),
    "reading, keys": (
        EXPLORE,
        lambda hand: hand.pressed(".st-key-pick-reading [role=radio][aria-checked=true]", "ArrowRight", "Space"),
        "reading",
        "lines",
    ),
    "indicators added, mouse": (
        EXPLORE,
        lambda hand: hand.option("indicators", "Persons convicted"),
        "indicators",
        "detected_victims,persons_convicted",
    ),
    "indicators added, keys": (
        EXPLORE,
        lambda hand: hand.typed("indicators", "Recorded offenses"),
        "indicators",
        "detected_victims,offences",
    ),
    "states of the desk, mouse": (EXPLORE, lambda hand: hand.state("Brazil"), "state", "ARG,BRA"),
    "sex added, keys": (EXPLORE, lambda hand: hand.typed("sex", "Female"), "sex", "total,female"),
    "age removed, keys": (EXPLORE, lambda hand: hand.erased("age"), "age", "none"),
    "form of exploitation added, mouse": (
        EXPLORE,
        lambda hand: hand.option("exploitation", "Forced labor"),
        "exploitation",
        "total,forced_labour",
    ),
    "release, mouse": (EXPLORE, lambda hand: hand.option("edition", "14 April 2025"), "edition", "2025-04-14"),
    "scale, mouse": (
        EXPLORE,
        lambda hand: hand.switch("one_scale"),
        "one_scale",
        "1",
    ),
    "scale, keys": (EXPLORE, lambda hand: hand.pressed(".st-key-pick-one_scale input", "Space"), "one_scale", "1"),
}
