"""Fill a slide: its placeholders, text in the briefing's language, alternative texts, notes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Pt

from dashboard.briefing import words
from dashboard.briefing.content import Briefing
from dashboard.briefing.slides import letters, look, marks, template
from dashboard.charts.render.slide import DECORATIVE, SPACES, Box

# The most letters of a last word that does not stand alone on a line of a title.
SHORT = 5
ALIGNED = {"left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT, "center": PP_ALIGN.CENTER}
ANCHORED = {"top": MSO_ANCHOR.TOP, "middle": MSO_ANCHOR.MIDDLE, "bottom": MSO_ANCHOR.BOTTOM}


@dataclass(frozen=True)
class Type:
    """How text looks: size in points, color, weight, its position in the box, and the points after a paragraph."""

    size: float
    color: str = look.INK
    bold: bool = False
    align: str = "left"
    anchor: str = "top"
    after: float = 0.0


@dataclass(frozen=True)
class BriefingSlide:
    """One slide of a briefing, with the releases that its rows come from."""

    slide: Any
    briefing: Briefing
    releases: Sequence[str] = ()

    @property
    def foot(self) -> str:
        """The releases of the rows if they fit in a line, else those of UNODC; the notes have all of them."""
        text = self.briefing.lang.joined(self.releases)
        fits = letters.height(text, look.FOOT.width, look.TEXT) <= look.FOOT.height
        return text if text and fits else self.briefing.as_of

    @property
    def tag(self) -> str:
        """The language tag of the text."""
        return words.language_tag(self.briefing.lang)

    def fill(self, index: int, text: str, size: float = 0.0, box: Box | None = None) -> None:
        """Write into a placeholder, or remove it if there is no text; size and box override the layout's."""
        shape = next(one for one in self.slide.placeholders if one.placeholder_format.idx == index)
        if not text:
            shape.element.getparent().remove(shape.element)
            return
        if box:
            shape.left, shape.top, shape.width, shape.height = box.emu()
        write(shape.text_frame, text.split("\n"), size=size)

    def title(self, text: str, sizes: tuple[float, ...], box: Box) -> None:
        """Write the title in the largest size that fits; no line of it has but a short last word."""
        text = whole_end(text)
        size = letters.fitting(text, box.width, box.height, sizes, bold=True)
        shape = self.slide.shapes.title
        shape.left, shape.top, shape.width, shape.height = box.emu()
        write(shape.text_frame, [text], size=size)

    def say(self, box: Box, lines: Sequence[str], kind: Type, name: str) -> Any:  # noqa: ANN401 - a shape of python-pptx
        """Add a text box."""
        shape = self.slide.shapes.add_textbox(*box.emu())
        shape.name = name
        frame = shape.text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.word_wrap, frame.vertical_anchor = True, ANCHORED[kind.anchor]
        frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
        write(frame, lines, kind)
        return shape

    def free(self) -> int:
        """An id that no shape of the slide has, in groups either."""
        return max(int(one.get("id")) for one in self.slide.shapes.element.iter("{*}cNvPr")) + 1

    def note(self, lines: Iterable[str]) -> None:
        """Write the speaker's notes."""
        frame = self.slide.notes_slide.notes_text_frame
        write(frame, [line for line in "\n".join(lines).split("\n") if line])


def whole_end(text: str) -> str:
    """The text with its last two words on one line, if the last one is short."""
    start, _, last = text.rpartition(" ")
    return f"{start}\N{NO-BREAK SPACE}{last}" if start and len(last) <= SHORT else text


def begin(deck: Any, briefing: Briefing, kind: str, releases: Sequence[str] = ()) -> BriefingSlide:  # noqa: ANN401 - python-pptx
    """Add a slide of a kind, with the warning if there is one."""
    layout = deck.slide_layouts[list(template.LAYOUTS).index(kind)]
    return BriefingSlide(deck.slides.add_slide(layout), briefing, releases)


def finish(page: BriefingSlide) -> None:
    """Add the foot, last in the reading order; then set the language of all text."""
    tree = page.slide.shapes.element
    number = page.free()
    feet = {template.FOOT: ("As of", "ftr", page.foot), template.NUMBER: ("Page", "sldNum", "")}
    for offset, (index, (name, kind, text)) in enumerate(feet.items()):
        tree.append(parse_xml(_foot(number + offset, name, kind, index, page.tag)))
        if text:
            write(page.slide.shapes[-1].text_frame, [text])
    for root in (page.slide.element, page.slide.notes_slide.element):
        mark_language(root, page.tag)


def _foot(number: int, name: str, kind: str, index: int, tag: str) -> str:
    field = marks.page_number(tag) if kind == "sldNum" else ""
    return (
        f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/>'
        f'</p:cNvSpPr><p:nvPr><p:ph type="{kind}" idx="{index}"/></p:nvPr></p:nvSpPr><p:spPr/>'
        f"<p:txBody><a:bodyPr/><a:lstStyle/><a:p>{field}</a:p></p:txBody></p:sp>"
    )


def write(frame: Any, lines: Iterable[str], kind: Type | None = None, *, size: float = 0.0) -> None:  # noqa: ANN401 - python-pptx
    """Write lines of text as paragraphs."""
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = line
        if kind:
            paragraph.alignment = ALIGNED[kind.align]
            run.font.size, run.font.bold = Pt(kind.size), kind.bold
            run.font.color.rgb = look.rgb(kind.color)
            if kind.after:
                paragraph.space_after = Pt(kind.after)
        elif size:
            run.font.size = Pt(size)


def mark_language(root: Any, tag: str) -> None:  # noqa: ANN401 - an element of python-pptx
    """Set the language of text that has none; python-pptx itself has only a fixed list of languages."""
    for run in root.iter("{*}r"):
        properties = run.get_or_add_rPr()
        if "lang" not in properties.attrib:
            properties.set("lang", tag)


def describe(shape: Any, text: str) -> None:  # noqa: ANN401 - a shape of python-pptx
    """Give a shape its alternative text."""
    _properties(shape).set("descr", text)


def decorate(shape: Any) -> None:  # noqa: ANN401 - a shape of python-pptx
    """Mark a shape as decorative."""
    extension = parse_xml(DECORATIVE.replace("<a:extLst>", f"<a:extLst {SPACES}>", 1))
    _properties(shape).append(extension)


def _properties(shape: Any) -> Any:  # noqa: ANN401 - the name and the alternative text of a shape of python-pptx
    return next(shape.element.iter("{*}cNvPr"))
