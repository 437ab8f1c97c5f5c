"""What search engines read: `/robots.txt`, and where the site has a public address a list of all its documents."""

from collections.abc import Iterator
from html import escape

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard import catalog, site
from dashboard.forms.html.addresses import Addresses
from dashboard.views.address import read
from dashboard.views.page import Page
from data.i18n import LANGUAGES, language

ROBOTS = "/robots.txt"
SITEMAP = "/sitemap.xml"
# Pictures and files for programs are no pages. A page with a filter, or a passport, has a query: its canonical address
# has none. Pages of an earlier data version are for those who cite them.
CLOSED = ("/api/", "/picture/", "/figures/", "/embed/", "/desk/", "/signed/", "/s/", "/*?")
DAY = {"Cache-Control": "public, max-age=86400"}


def routes() -> list[Route]:
    """The routes of both files."""
    return [Route(ROBOTS, _robots), Route(SITEMAP, _sitemap)]


def documents(code: str) -> Iterator[str]:
    """The public addresses of all documents in a language without filters: every page, state and letter.

    Of pages that two states choose the index alone is listed: they are too many.
    """
    for page in catalog.pages().values():
        if page.named and not page.index:
            # There are as many as rows: other pages link to them.
            continue
        if page.index or not page.path:
            yield _address(code, page.index or page)
        if len(page.path) == 1:
            (first,) = page.path
            yield from (_address(code, page, **{first.name: (option,)}) for option in first.options)


def _address(code: str, page: Page, **texts: tuple[str, ...]) -> str:
    return Addresses(language(code), page, read(page.filters, texts).values).canonical()


async def _robots(_request: Request) -> Response:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    root = site.public_address()
    return PlainTextResponse("\n".join([*lines, *([f"Sitemap: {root}{SITEMAP}"] if root else []), ""]), headers=DAY)


async def _sitemap(_request: Request) -> Response:
    if not site.public_address():
        return PlainTextResponse("no public address is set\n", 404)
    every = (address for code in LANGUAGES for address in documents(code))
    entries = "".join(f"<url><loc>{escape(address)}</loc></url>" for address in every)
    start = '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return Response(f"{start}{entries}</urlset>", media_type="application/xml", headers=DAY)
