"""What a figure of a page shows: its drawings, its years, and its pictures to take away."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, cast

import orjson
from markupsafe import Markup, escape

from dashboard import site
from dashboard.catalog import figures
from dashboard.forms.html.file_addresses import ABSENT
from dashboard.forms.html.making import Making
from dashboard.stage.still import Still, preview, still
from dashboard.views.filters import Ranged, Span, Spec, settled, steps, usual
from dashboard.views.page import Graphic, Preview
from data.i18n import N_

# The pictures below a figure.
SHAPES = {"slide": N_("Picture for a slide"), "phone": N_("Picture for a phone")}
ENDINGS = ("png", "svg")


class YearLink(NamedTuple):
    """A link to another year of a figure: `prev` or `next`, its address and words."""

    rel: str
    address: str
    words: str


class End(NamedTuple):
    """A slider: its id, its label and its year."""

    id: str
    label: str
    year: int


class YearSlider(NamedTuple):
    """The years of a figure.

    Attributes:
        label: of them all; words: the years shown, with `dash` between two.
        low, high: the first and the last one that there are.
        steps: links to others; sliders: empty if the filter has a control elsewhere.
        name, default: of the filter.
        frames: the address of the figure in all its years; empty if a step has two ends.
    """

    label: str
    words: str
    dash: str
    low: int
    high: int
    steps: Sequence[YearLink]
    sliders: Sequence[End]
    name: str
    default: str
    frames: str

    @property
    def part(self) -> tuple[float, float]:
        """The part of its line that is marked: from 0 to 1."""
        shares = [round((one.year - self.low) / (self.high - self.low), 4) for one in self.sliders]
        return (0.0, shares[0]) if len(shares) == 1 else (shares[0], shares[1])


class PictureLinks(NamedTuple):
    """A shape of a picture in words, and its addresses by ending."""

    words: str
    addresses: Mapping[str, str]


class Plate(NamedTuple):
    """A figure.

    Attributes:
        id: of its element.
        words: what stands in the frame, by the selector of its element, in HTML; also the drawings.
        about: whether there is more to be known of it.
        map, small: how the style sheet lays it out.
        years: None if it has none.
        live: the address of what a reader explores, or empty; desk: that of the page on the desk, or empty.
        frame: the address of the code that shows it on another site; empty if no site may.
    """

    id: str
    words: Mapping[str, Markup]
    about: bool
    map: bool
    small: bool
    years: YearSlider | None
    live: str
    desk: str
    pictures: Sequence[PictureLinks]
    frame: str


class Glimpse(NamedTuple):
    """A figure of another page: its heading, its drawing in HTML, and its notes in one paragraph."""

    heading: str
    drawing: str
    notes: str


def glimpse(making: Making, block: Preview) -> Glimpse:
    """A figure of another page, small."""
    shown, opened = block.graphic, _links(making, block.graphic)
    drawn, svg = preview(making.lang, shown.name, shown.values, opened, making.looks, making.id("p"))
    said = (drawn.source, *drawn.notes)
    return Glimpse(drawn.heading.replace("\n", " · "), svg, " ".join(f"{one.removesuffix('.')}." for one in said))


def _links(making: Making, block: Graphic) -> Callable[[str], str]:
    """The address of what a mark opens, which is the same in each drawing of a figure; empty if it opens nothing."""

    @cache
    def opened(mark: str) -> str:
        link = block.opens(mark) if block.opens else None
        return making.addresses.link(link) if link else ""

    return opened


def plate(making: Making, block: Graphic) -> Plate:
    """A figure with its years and its pictures."""
    id_, lang = making.id(f"figure-{block.name}"), making.lang
    drawn = still(
        lang,
        block.name,
        block.values,
        _links(making, block),
        making.looks,
        small=making.small,
        wanted=making.drawings,
        prefix=making.id("f"),
    )
    figure = figures()[block.name]
    shows = not drawn.drawn.blank
    is_map = drawn.drawn.mapped and figure.zooms and block.values.get("picture", "map") == "map"
    pictures = [PictureLinks(lang.text(words), _pictures(making, block, shape)) for shape, words in SHAPES.items()]
    years = _years(making, block.years, block.part) if block.years else None
    # What needs a server is not in a file.
    files = making.addresses.files
    return Plate(
        id_,
        _words(drawn),
        bool(drawn.drawn.more),
        is_map,
        making.small,
        years,
        making.addresses.live(block) if shows and figure.explored and not files else "",
        making.addresses.desk() if making.desk else "",
        [one for one in pictures if one.addresses],
        making.addresses.frame(block) if site.embed_sites() and not files else "",
    )


def _pictures(making: Making, block: Graphic, shape: str) -> dict[str, str]:
    """The addresses of a figure as a picture, by ending."""
    addresses = {ending: making.addresses.picture(block, ending, shape) for ending in ENDINGS}
    return {ending: address for ending, address in addresses.items() if address}


def frames(making: Callable[[int], tuple[Making, Graphic]], years: Ranged) -> bytes:
    """A figure in each of its years, for a script that steps through them, as JSON.

    `looks` is a style sheet; `years` has by year what stands in the frame (`Plate.words`).

    Args:
        making: the document and the figure of a year; all documents share their looks.
    """
    made = {}
    sheet = ""
    for year in range(years.low, years.high + 1):
        document, block = making(year)
        made[str(year)] = plate(document, block).words
        sheet = document.looks.sheet
    return orjson.dumps({"looks": sheet, "years": made})


def _words(made: Still) -> dict[str, Markup]:
    """What stands in the frame of a figure, in the order of the page."""
    drawn, line = made.drawn, Markup("<p>{}</p>")
    measure = Markup("<span>{}</span>").format(drawn.measure) if drawn.measure else ""
    return {
        ".plate-heading": Markup("{} {}").format(drawn.title, measure),
        ".still": Markup(made.drawings),  # noqa: S704 - made by `inline`, which escapes
        ".plate-caption": escape(drawn.description),
        ".plate-source": escape(drawn.source),
        ".plate-marks": escape(" ".join(drawn.marks)),
        ".plate-about > div": Markup("").join(map(line.format, drawn.more)),
    }


def _years(making: Making, spec: Ranged | Span, part: str) -> YearSlider | None:
    """The years of a figure; None if there is only one."""
    spec = settled(spec, making.values)
    lang, chosen, span = making.lang, making.values[spec.name], isinstance(spec, Span)
    if spec.low == spec.high:
        return None
    first, last = chosen if span else (chosen, chosen)
    ends = ((lang.text("First year"), first), (lang.text("Last year"), last)) if span else ((lang.text("Year"), first),)
    free = making.take(spec)
    # A file has each year of one end as a view, but not all periods.
    free = free and not (span and making.addresses.files)
    sliders = [End(making.id(f"view-{spec.name}"), label, year) for label, year in ends] if free else []
    return YearSlider(
        lang.text("Years") if span else lang.text("Year"),
        lang.span((first, last)),
        lang.dash,
        spec.low,
        spec.high,
        list(_steps(making, spec)),
        sliders,
        spec.name,
        spec.write(usual(cast("Spec[Any]", spec), making.values)),
        "" if span or making.addresses.files else making.addresses.frames(part, spec.name),
    )


def _steps(making: Making, spec: Ranged | Span) -> Iterable[YearLink]:
    """Links to the years before and after, as far as they lead somewhere."""
    chosen = making.values[spec.name]
    for one in steps(spec, chosen):
        address = making.addresses.view({spec.name: spec.write(one)})
        if address != ABSENT:
            words = making.lang.span(one if isinstance(spec, Span) else (one, one))
            yield YearLink("prev" if one < chosen else "next", address, words)
