"""How a link to a view looks in a message or on a social network: Open Graph tags with title, sentence and picture.

Addresses have to be absolute there, so only a site with a public address has a picture and an address in its tags.
"""

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from dashboard import site
from dashboard.forms.html.addresses import Addresses
from dashboard.forms.html.making import Making
from dashboard.server import descriptions
from dashboard.stage import captions, pictures, request
from dashboard.views.page import Graphic, Section, every
from data.i18n import Language

# Characters of a description that a card shows at most.
LONGEST = 300
SHAPE = "card"
# Keeps a range on one line.
JOINER = "\N{WORD JOINER}"


class Card(NamedTuple):
    """A figure that may stand for a view: its name and its parameters (`request.query`)."""

    figure: str
    texts: Mapping[str, str]

    @property
    def picture(self) -> pictures.PictureRequest:
        """Its picture."""
        return pictures.PictureRequest(self.figure, tuple(self.texts.items()), SHAPE)


def of(making: Making, heading: str, lead: str, sections: Sequence[Section]) -> str:
    """The tags of a declared page, for the head of its document; its first figure that has a card stands for it."""
    lang, page = making.lang, making.addresses.page
    graphics = (one for section in sections for one in every(section.blocks) if isinstance(one, Graphic))
    cards = [Card(one.name, request.query(one.name, one.values, lang.code)) for one in graphics]
    if not cards:
        title, words = f"{lang.text(page.title)} · Atalaya", lang.text(page.purpose)
    elif heading:
        # The name of a state is no sentence: what is said of it first is.
        sentence = f"{lead.partition('. ')[0].removesuffix('.')}."
        title = heading if heading.endswith((".", "?")) or not lead else sentence
        words = lead.replace("\n", " ") or lang.text(page.purpose)
    else:
        drawn = captions.caption(cards[0].figure, cards[0].texts)
        title, words = drawn.title, f"{drawn.measure}. {drawn.description}".removesuffix(" ")
    shared = Addresses(lang, page, making.addresses.values).shared
    tags = _written(lang, _plain(title), _cut(_plain(words)), _shared(shared, cards))
    return tags + descriptions.head(making, heading or lang.text(page.title), _plain(words))


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


def _shared(address: str, cards: Sequence[Card]) -> Iterable[tuple[str, str]]:
    """The absolute address of a view, and of the picture of its first figure that has a card; none if none is public.

    Args:
        address: empty without a public address.
    """
    if not address:
        return
    yield "og:url", address
    shown = next((one for one in cards if pictures.offered(one.picture)), None)
    if shown is None:
        return
    picture = urlencode({**shown.texts, pictures.SHAPE: SHAPE})
    yield "og:image", f"{site.public_address()}/picture/{shown.figure}.png?{picture}"
    form = pictures.SHAPES[SHAPE]
    yield "og:image:type", "image/png"
    yield "og:image:width", str(form.width)
    yield "og:image:height", str(form.height)
    around = pictures.words(shown.picture)
    yield "og:image:alt", " ".join(filter(None, [around.number, f"{around.title}.", around.alt]))
    yield "twitter:card", "summary_large_image"
