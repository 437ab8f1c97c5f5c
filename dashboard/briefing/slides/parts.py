"""A part of a briefing as slides: one thing a slide, and what must be said beside it as near as it fits."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from dashboard.briefing import shapes
from dashboard.briefing.content import Briefing, Chart, Part, Picture, Table
from dashboard.briefing.fitted import fitted
from dashboard.briefing.slides import cards, charts, drawn, look, metrics, tables, template
from dashboard.briefing.slides.look import Box
from dashboard.briefing.slides.page import Page, begin, finish

GAP = 8.0
# Points that remarks may take under figures or a chart.
ROOM = 130.0
BULLET = "• "


@dataclass
class Slides:
    """The slides of one part while they are made; `rest` are the remarks that have not been said yet."""

    deck: Any
    briefing: Briefing
    part: Part
    rest: list[str] = field(default_factory=list)
    made: list[Page] = field(default_factory=list)

    @property
    def bottom(self) -> float:
        """Where what is shown ends: at the warning, if there is one."""
        return look.STALE.top - GAP if self.briefing.stale else look.BODY.bottom

    def begin(self) -> Page:
        """The next slide with its title, which no other slide of the part has."""
        page = begin(self.deck, self.briefing, self.part.kind)
        self.made.append(page)
        number = f" ({len(self.made)})" if len(self.made) > 1 else ""
        page.title(f"{self.part.title}{number}", look.TITLE_SIZES, look.TITLE)
        return page

    def lead(self, page: Page) -> float:
        """The sentences to take along, on the first slide alone; returns where what is shown begins."""
        text = self.part.lead if page is self.made[0] else ""
        size = metrics.fitting(text, look.INNER, look.LEAD.height, (look.LEAD_SIZE, 14.0, 13.0, look.TEXT))
        tall = metrics.height(text, look.INNER, size) if text else 0.0
        page.fill(template.LEAD, text, size, Box(look.MARGIN, look.LEAD.top, look.INNER, max(tall, 1.0)))
        return look.LEAD.top + tall + GAP * bool(text) + 4

    def fitting(self, wide: float, room: float, sizes: tuple[float, ...]) -> tuple[str, float, float]:
        """Those of the remarks left that fit into so many points, in their order: words, size, and what they need."""
        every = [BULLET + one for one in self.rest]
        size = metrics.fitting("\n".join(every), wide, room, sizes)
        n = max(n for n in range(len(every) + 1) if n == 0 or metrics.height("\n".join(every[:n]), wide, size) <= room)
        self.rest = self.rest[n:]
        words = "\n".join(every[:n])
        return words, size, metrics.height(words, wide, size) if words else 0.0


def make(deck: Any, briefing: Briefing, part: Part) -> None:  # noqa: ANN401 - a presentation of python-pptx
    """All slides of a part."""
    slides = Slides(deck, briefing, part, list(part.remarks))
    if part.facts:
        _shown(slides, lambda page, box: cards.put(page, part.facts, box))
    if part.picture:
        _picture(slides, part.picture)
    if part.chart:
        _chart(slides, part.chart)
    if part.tables:
        _tables(slides)
    while slides.rest or not slides.made:
        _remarks(slides)
    for page in slides.made:
        page.note(part.notes)
        finish(page)


def _shown(slides: Slides, put: Callable[[Page, Box], None]) -> None:
    """A slide that shows one thing under the lead, with remarks at its end."""
    page = slides.begin()
    top = slides.lead(page)
    words, size, tall = slides.fitting(look.INNER, ROOM, look.UNDER)
    bottom = slides.bottom - tall
    put(page, Box(look.MARGIN, top, look.INNER, bottom - GAP * bool(words) - top))
    page.fill(template.REMARKS, words, size, Box(look.MARGIN, bottom, look.INNER, tall))


def _picture(slides: Slides, picture: Picture) -> None:
    """A map as large as the slide lets it be; the lead and as many remarks as fit stand at its right."""
    page, aside, lead = slides.begin(), look.ASIDE, slides.part.lead
    tall = slides.bottom - aside.top
    every = "\n".join([lead, "", *(BULLET + one for one in slides.rest)])
    size = metrics.fitting(every, aside.width, tall, look.BESIDE)
    said = metrics.height(lead, aside.width, size)
    page.fill(template.LEAD, lead, size, Box(aside.left, aside.top, aside.width, said))
    top = aside.top + said + size
    words, size, used = slides.fitting(aside.width, slides.bottom - top, (size,))
    drawing = fitted(shapes.drawing(picture.spec))
    box = Box(look.PICTURE.left, look.PICTURE.top, look.PICTURE.width, slides.bottom - look.PICTURE.top)
    drawn.put(page, drawing, box, slides.part.title, picture.alt)
    page.fill(template.REMARKS, words, size, Box(aside.left, top, aside.width, used))


def _chart(slides: Slides, chart: Chart) -> None:
    slides.rest[:0] = chart.remarks
    title = "" if chart.title == slides.part.title else chart.title
    _shown(slides, lambda page, box: charts.put(page, chart, box, title))


def _tables(slides: Slides) -> None:
    """Tables one under another, over as many slides as they need; remarks under the last, where there is room."""
    held, room = slides.part.tables, slides.bottom - look.BODY.top
    lead = metrics.height(slides.part.lead, look.INNER, look.LEAD_SIZE) + GAP
    first = room - lead * (not slides.made)
    plans = {size: tables.plan(held, size, first, room) for size in tables.ABOVE}
    size = min(plans, key=lambda size: (_slides(slides, plans[size], first, room), -size))
    for together, _ in plans[size]:
        page = slides.begin()
        top = slides.lead(page)
        for one in together:
            columns = tables.widths(one, look.INNER, size)
            used = tables.height(one, columns, size)
            tables.put(page, one, Box(look.MARGIN, top, look.INNER, used), columns, size)
            top += used + tables.GAP
        last = together[-1].rows[-1] == held[-1].rows[-1]
        words, smaller, tall = slides.fitting(look.INNER, (slides.bottom - top) * last, look.UNDER)
        page.fill(template.REMARKS, words, smaller, Box(look.MARGIN, top, look.INNER, tall))


def _slides(slides: Slides, plan: list[tuple[list[Table], float]], first: float, room: float) -> int:
    """How many slides a plan needs, with one more where its end leaves no room for the remarks."""
    needed = metrics.height("\n".join(BULLET + one for one in slides.rest), look.INNER, look.UNDER[-1])
    return len(plan) + (bool(slides.rest) and plan[-1][1] + needed > (first if len(plan) == 1 else room))


def _remarks(slides: Slides) -> None:
    """What has found no room so far, on a slide of its own."""
    page = slides.begin()
    top = slides.lead(page)
    words, size, tall = slides.fitting(look.INNER, slides.bottom - top, (16.0, 14.0, *look.UNDER))
    if not words:
        # Longer than a slide: no words of ours are, but a state's reply may be.
        words, size, tall = slides.rest.pop(0), look.UNDER[-1], slides.bottom - top
    page.fill(template.REMARKS, words, size, Box(look.MARGIN, top, look.INNER, tall))
