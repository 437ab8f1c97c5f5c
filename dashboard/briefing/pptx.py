"""A briefing as PowerPoint: designed layouts, charts and maps to edit, notes, alternative texts, a QR code."""

import io
from datetime import datetime
from typing import Any

import segno
from pptx import Presentation

from dashboard.briefing.content import Briefing, Part
from dashboard.briefing.slides import look, metrics, parts, template
from dashboard.briefing.slides.look import Box
from dashboard.briefing.slides.page import TAGS, Page, Type, begin, describe, finish

CODE = Box(704, 150, 200, 200)
LEAD = Box(look.MARGIN, 246, 620, 60)
TITLES = (44.0, 38.0, 32.0, 27.0)


def write(briefing: Briefing) -> bytes:
    """The file of a briefing (.pptx)."""
    deck = Presentation(io.BytesIO(template.empty()))
    _properties(deck, briefing)
    first, *others = briefing.parts
    _title(deck, briefing, first)
    for part in others:
        parts.make(deck, briefing, part)
    held = io.BytesIO()
    deck.save(held)
    return held.getvalue()


def _properties(deck: Any, briefing: Briefing) -> None:  # noqa: ANN401 - a presentation of python-pptx
    """What the file says of itself; its day is the snapshot's."""
    told = deck.core_properties
    told.title, told.subject, told.language = briefing.title, briefing.subtitle, TAGS[briefing.lang.code]
    told.author, told.last_modified_by, told.comments, told.keywords = "Atalaya", "Atalaya", briefing.as_of, ""
    told.created = told.modified = datetime.fromisoformat(briefing.created)
    told.revision = 1


def _title(deck: Any, briefing: Briefing, part: Part) -> None:  # noqa: ANN401 - a presentation of python-pptx
    page = begin(deck, briefing, "title")
    page.title(part.title, TITLES, Box(look.MARGIN, 116, 620, 108))
    lead = f"{briefing.subtitle}. {part.lead}"
    size = metrics.fitting(lead, LEAD.width, LEAD.height, (18.0, 16.0, 14.0))
    page.fill(template.LEAD, lead, size, LEAD)
    remarks = "\n".join(parts.BULLET + one for one in part.remarks)
    room = Box(look.MARGIN, LEAD.bottom + 16, 620, look.BODY.bottom - LEAD.bottom - 16)
    page.fill(template.REMARKS, remarks, metrics.fitting(remarks, room.width, room.height, (14.0, 13.0, 12.0)), room)
    if briefing.address:
        _code(page, briefing)
    page.note("\n".join([part.notes, briefing.address]))
    finish(page)


def _code(page: Page, briefing: Briefing) -> None:
    """A QR code that opens the view, with the address under it."""
    held = io.BytesIO()
    segno.make(briefing.address, error="m").save(held, kind="png", scale=12, border=3)
    held.seek(0)
    picture = page.slide.shapes.add_picture(held, *CODE.emu())
    told = briefing.lang.text("Open this view")
    picture.name = told
    describe(picture, briefing.lang.labelled(told, briefing.address))
    picture.click_action.hyperlink.address = briefing.address
    page.say(
        Box(CODE.left, CODE.bottom + 8, CODE.width, 18),
        [told],
        Type(13, look.ON_BAND, bold=True, align="center"),
        told,
    )
    address = Box(CODE.left - 30, CODE.bottom + 28, CODE.width + 60, 40)
    size = metrics.fitting(briefing.address, address.width, address.height, (11.0, 10.0, 9.0))
    page.say(address, [briefing.address], Type(size, "dbe6ec", align="center"), briefing.address)
