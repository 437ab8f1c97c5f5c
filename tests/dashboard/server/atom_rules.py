"""What RFC 4287 asks of a feed document, as far as our feeds need it."""

from datetime import datetime

from lxml import etree

ATOM = {"a": "http://www.w3.org/2005/Atom"}
# Sections 4.1.1 and 4.1.2: exactly one of each, in the feed and in each entry.
ONCE = ("id", "title", "updated")


def faults(content: bytes) -> list[str]:
    """The rules that a document breaks."""
    feed = etree.fromstring(content)
    if feed.tag != "{http://www.w3.org/2005/Atom}feed":
        return ["the root is not a feed"]
    entries = feed.xpath("a:entry", namespaces=ATOM)
    found = [f"{place}: {fault}" for place, one in [("feed", feed), *enumerate(entries)] for fault in _each(one)]
    found += [] if feed.xpath("a:link[@rel='self'][@href]", namespaces=ATOM) else ["feed: no link to itself"]
    if not feed.xpath("a:author/a:name[normalize-space()]", namespaces=ATOM):
        found += [
            f"{place}: no author" for place, one in enumerate(entries) if not one.xpath("a:author", namespaces=ATOM)
        ]
    names = feed.xpath("a:entry/a:id/text()", namespaces=ATOM)
    found += [] if len(set(names)) == len(names) else ["two entries have one id"]
    return found


def _each(one):
    for name in ONCE:
        texts = one.xpath(f"a:{name}/text()", namespaces=ATOM)
        if len(texts) != 1 or not texts[0].strip():
            yield f"{name}: {len(texts)}"
    for text in one.xpath("a:id/text()", namespaces=ATOM):
        if ":" not in text or " " in text:
            yield f"no IRI: {text}"
    for text in one.xpath("a:updated/text()", namespaces=ATOM):
        # RFC 3339, with an offset.
        if datetime.fromisoformat(text).tzinfo is None:
            yield f"no moment: {text}"
    alternates = one.xpath("a:link[@rel='alternate']", namespaces=ATOM)
    if len({(link.get("type"), link.get("hreflang")) for link in alternates}) != len(alternates) or not alternates:
        yield f"{len(alternates)} alternate links"
    if any(not link.get("href") for link in one.xpath("a:link", namespaces=ATOM)):
        yield "a link without an address"
