"""A page with every block, which is no page of the product; it stands at the address of page About."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from dashboard.subjects.meetings import agendas
from dashboard.subjects.states import filters as states_filters
from dashboard.views.figure import Values
from dashboard.views.filters import Flag, Form, Many, One, Span, Whole
from dashboard.views.page import (
    Beside,
    Block,
    BriefingFiles,
    Chooser,
    Code,
    Controls,
    Entries,
    Entry,
    Everything,
    Files,
    Fold,
    Graphic,
    Heading,
    KeyFigure,
    KeyFigures,
    Link,
    Links,
    Page,
    Pairs,
    Passport,
    Preview,
    Remarks,
    Section,
    Show,
    Table,
    Terms,
    Text,
    WorkbookCheck,
    Workbooks,
)
from dashboard.views.rows import Rows
from dashboard.words import tables
from data.i18n import N_, Language

SLUG = "about"
SPICE = One("spice", ("salt", "pepper"), "salt", label="Spice", words={"salt": "Salt", "pepper": "Pepper"})
PLACE = One("place", ("PER", "ARG"), "PER", label="Place")
AREA = One("area", ("PER", "ARG"), "PER", label="State")
PLACES = Many("places", ("PER", "ARG"), label="Places", empty=N_("All states"))
SPOONS = Whole("spoons", (1, 9), usual=3, label="Spoons")
SEASONS = Span("seasons", (2001, 2009), (2001, 2009), label="Seasons")
HOT = Flag("hot", label="Hot")
DISH, LOST = Form("dish", r"[a-z_]+", label="Dish"), Form("lost", r"[a-z]+", label="Lost")
REGION = states_filters.REGION
FILTERS = (SPICE, PLACE, PLACES, SPOONS, SEASONS, HOT, DISH, LOST, *REGION)
DISHES = pl.DataFrame({"Dish": ["Soup", "Stew"], "Eaten": ["12", "7"]})
MARKS = ("soup", "stew")
STATES = {"PER": "Peru", "ARG": "Argentina"}
# What the page was asked for: the values, and the folds that were opened.
SEEN: list[Values] = []
OPENED: list[str] = []


def link_of(mark: str) -> Link | None:
    """What a mark opens: a dish, the page of a state, or nothing."""
    links = {"soup": Link("", "", {"dish": "soup", "spice": "pepper"}), "PER": Link("country", "", {"area": "PER"})}
    return links.get(mark)


def folded() -> Sequence[Block]:
    """The content of the fold."""
    OPENED.append("fold")
    return (Text(("Behind the fold.",)),)


def passports(values: Values) -> list[Passport]:
    """The passports that are open."""
    dish, lost = values.value(DISH), values.value(LOST)
    known = (Text((f"Passport of {dish}.",)),) if dish in MARKS else ()
    return [Passport(DISH, "The dish", known)] * bool(dish) + [Passport(LOST, "What is lost", ())] * bool(lost)


def chosen(values: Values) -> str:
    """A sentence with all values."""
    return f"{values.value(SPICE)}, {values.value(PLACE)}, {'+'.join(values.value(PLACES))}, {values.value(SPOONS)}."


def graphics(values: Values) -> tuple[Graphic, Graphic]:
    """A figure with a slider and marks, and one without."""
    year = None if values.value(states_filters.LATEST) else states_filters.YEAR
    return Graphic("region", dict(values.given), "map", years=year, opens=link_of), Graphic(
        "region_change", {}, "change"
    )


def sections(_lang: Language, values: Values) -> tuple[Section, ...]:
    """The page: each class of block at least once."""
    SEEN.append(values)
    map_, change = graphics(values)
    table = Table("dishes", "All dishes", tables.sheet(DISHES), key=DISH, marks=MARKS, searched=True)
    still = Table("words", "Some words", tables.sheet(pl.DataFrame({"Word": ["A *long* word"]})), wrapped=True)
    rows = Rows("dishes", "Dishes", SLUG, lambda: DISHES, FILTERS)
    here, there = Link("", "With pepper", {"spice": "pepper"}), Link("region", "The map", {"year": "2015"})
    return (
        Section(
            "",
            "",
            (
                Controls((SPICE, PLACE, PLACES), (SPOONS, SEASONS, HOT), buttons=("spice",), alphabetical=("place",)),
                Text((chosen(values), "Second *paragraph*.")),
                BriefingFiles(),
                Terms("Terms", ("A term: what it means.",)),
                Chooser("Open a dish", DISH, (("soup", "Soup"), ("stew", "Stew")), ""),
                Chooser("Find a state", AREA, (("ARG", "Argentina"), ("PER", "Peru")), "country", large=True),
                here,
            ),
        ),
        Section("Numbers #1", "numbers", (
            Links((Link("", "Numbers", anchor="numbers"), Link("", "Rows", anchor="rows"))),
            KeyFigures((
                KeyFigure("Dishes", "2", ("one line", "another"), Link("", "Soup", {"dish": "soup"}, "passport-dish")),
                KeyFigure("The map", "35", link=there),
            )),
            Links((there, here)),
            map_,
            Preview(Link("region", "Look there"), replace(map_, part="there", years=None)),
            Beside(((change,), (Heading("Beside it"), Graphic("region_change", {}, "change")), ())),
        )),
        Section("Rows", "rows", (
            Beside(((table, Files(rows)), passports(values))),
            still,
            Text(("Small print.",), "small"),
            Text(("A notice.",), "notice"),
            Remarks(("One remark.", "Another remark.")),
            Pairs((("License", "CC BY"),), "https://example.org", "The publisher"),
            Pairs((("Only", "a pair"),)),
            Entries("Replies", (Entry("A reply", 0, "https://example.org/1"), Entry("An answer", 1)), "Open"),
            Code("As code", "rows = 1", "python"),
            Links((Link("", "With salt", {"spice": "salt"}), Link("region", "All maps"))),
            Workbooks({"report": "Report"}, {"report": STATES}, (2015, 2026), (2018, 2020), "ARG"),
            WorkbookCheck(),
            Everything(rows, (("Dishes: 2 rows", rows),)),
            Fold("more", "What is behind", folded),
            Link("", "To the numbers", anchor="numbers"),
            Show(agendas.delivered("national_authorities"), "national_authorities", here, there, area="CRI"),
        )),
    )  # fmt: skip


MADE_UP = Page(
    slug=SLUG,
    title=N_("About and method"),
    purpose=N_("What the figures mean, and what we do with them."),
    sections=sections,
    filters=FILTERS,
    heading=lambda lang, values: f"Dishes of {lang.country(values.value(PLACE))}",
    lead=lambda _lang, _values: "First *line*.\nSecond line.",
    implied=lambda given: {"spice": "pepper"} if "hot" in given and "spice" not in given else {},
)
