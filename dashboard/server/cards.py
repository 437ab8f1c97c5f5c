"""How a link to a view looks in a message or on a social network: Open Graph tags with title, sentence and picture.

Addresses have to be absolute there, so only a site with a public address has a picture and an address in its tags.
"""

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from dashboard import site
from dashboard.forms.html.addresses import Addresses
from dashboard.server import descriptions
from dashboard.stage import captions, pictures, request
from dashboard.views.figure import Values
from dashboard.views.page import Graphic, Page, Section, every
from data.i18n import Language

# Characters of a description that a card shows at most.
LONGEST = 300
SHAPE = "card"
# Keeps a range on one line.
JOINER = "\N{WORD JOINER}"


class Card(NamedTuple):
    """The figure that stands for a view: its name and its parameters (`request.query`); both empty without a figure."""

    figure: str
    texts: Mapping[str, str]


def of(lang: Language, page: Page, values: Values, heading: str, lead: str, sections: Sequence[Section]) -> str:
    """The tags of a declared page, for the head of its document; its first figure stands for it."""
    found = next((one for section in sections for one in every(section.blocks) if isinstance(one, Graphic)), None)
    shown = Card(found.name, request.query(found.name, found.values, lang.code)) if found else Card("", {})
    if found is None:
        title, words = f"{lang.text(page.title)} · Atalaya", lang.text(page.purpose)
    elif heading:
        # The name of a state is no sentence: what is said of it first is.
        sentence = f"{lead.partition('. ')[0].removesuffix('.')}."
        title = heading if heading.endswith((".", "?")) or not lead else sentence
        words = lead.replace("\n", " ") or lang.text(page.purpose)
    else:
        drawn = captions.caption(shown.figure, shown.texts)
        title, words = drawn.title, f"{drawn.measure}. {drawn.description}".removesuffix(" ")
    addresses = Addresses(lang, page, values)
    tags = _written(lang, _plain(title), _cut(_plain(words)), _shared(addresses.shared, shown))
    here = site.public_address() or addresses.up.rstrip("/")
    return tags + (descriptions.block(lang, here) if page.describes_data else "")


def _written(lang: Language, title: str, words: str, addresses: Iterable[tuple[str, str]]) -> str:
    named = [("og:type", "website"), ("og:site_name", "Atalaya"), ("og:locale", lang.code)]
    named += [("og:title", title), ("og:description", words), *addresses]
    lines = [f'<meta name="description" content="{html.escape(words)}">']
    lines += [f'<meta property="{name}" content="{html.escape(text)}">' for name, text in named]
    return "".join(lines)


def _plain(words: str) -> str:
    # Some readers of these tags show a joiner as a box.
    return words.replace(JOINER, "")


def _cut(words: str) -> str:
    """The first sentences of a description, as many as a card shows."""
    if len(words) <= LONGEST:
        return words
    whole = words[:LONGEST].rpartition(". ")[0]
    return f"{whole}." if whole else f"{words[: LONGEST - 1].rpartition(' ')[0]}…"


def _shared(address: str, shown: Card) -> Iterable[tuple[str, str]]:
    """The absolute address of a view, and of its picture if it has one; nothing without a public address."""
    if not address:
        return
    yield "og:url", address
    if not shown.figure:
        return
    picture = urlencode({**shown.texts, pictures.SHAPE: SHAPE})
    yield "og:image", f"{site.public_address()}/picture/{shown.figure}.png?{picture}"
    form = pictures.SHAPES[SHAPE]
    yield "og:image:type", "image/png"
    yield "og:image:width", str(form.width)
    yield "og:image:height", str(form.height)
    yield "og:image:alt", captions.caption(shown.figure, shown.texts).description
    yield "twitter:card", "summary_large_image"
