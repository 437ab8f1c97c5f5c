"""`/.well-known/security.txt` (RFC 9116): where to report a weakness; only where the site has a contact."""

from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from dashboard import site
from data.i18n import LANGUAGES

PATH = "/.well-known/security.txt"
# The standard asks for a date less than a year ahead, after which the file no longer counts.
VALID = timedelta(days=180)


def text(now: datetime) -> str:
    """The content of the file; empty if the site has no contact."""
    if not site.contact():
        return ""
    until = (now + VALID).replace(hour=0, minute=0, second=0, microsecond=0)
    public = site.public_address()
    lines = [
        f"Contact: {site.contact_link()}",
        f"Expires: {until.strftime('%Y-%m-%dT%H:%M:%SZ')}",
        f"Preferred-Languages: {', '.join(LANGUAGES)}",
        *([f"Canonical: {public}{PATH}"] if public else []),
    ]
    return "".join(f"{line}\n" for line in lines)


def routes() -> list[Route]:
    """The route of the file."""
    return [Route(PATH, _answer)]


async def _answer(_request: Request) -> PlainTextResponse:
    content = text(datetime.now(UTC))
    return PlainTextResponse(content or "no contact is set\n", 200 if content else 404)
