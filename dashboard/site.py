"""Settings of a server that its pages use; all may be empty.

They are its public address, where readers can write, and which other sites may show its figures in their pages.
"""

import os
import re
from ipaddress import ip_address
from urllib.parse import urlsplit

PUBLIC = "ATALAYA_PUBLIC_ADDRESS"
CONTACT = "ATALAYA_CONTACT"
EMBED = "ATALAYA_EMBED_SITES"
# A site by scheme, host and perhaps port; the first part of the host may stand for all of its subdomains.
_SITE = re.compile(r"https?://(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]{1,5})?")
# The characters of an address that need no quoting, in a link, a citation or a QR code either.
_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_HOST = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


class SiteError(ValueError):
    """A setting cannot be used; the text says which, why and what to write, in one line."""


def public_address() -> str:
    """The address at which readers find this site, without a slash at its end; "" if none is set.

    Raises:
        SiteError: the setting is not such an address.
    """
    return checked_address(os.environ.get(PUBLIC, ""))


def contact() -> str:
    """The mail address or page where readers can write; "" if none is set.

    Raises:
        SiteError: the setting is neither.
    """
    given = os.environ.get(CONTACT, "").strip()
    if not given or _MAIL.fullmatch(given):
        return given
    if is_address(given, path=False):
        return given
    raise SiteError(
        f"{CONTACT} (--contact) is {given!r}: write a mail address, or an address that begins with https://."
    )


def contact_link() -> str:
    """The contact as the target of a link; "" if none is set."""
    given = contact()
    return f"mailto:{given}" if "@" in given and "//" not in given else given


def embed_sites() -> tuple[str, ...]:
    """The sites whose pages may show our figures in a frame, as `frame-ancestors` has them; by default none.

    Raises:
        SiteError: one of them is not a site.
    """
    sites = tuple(part for part in re.split(r"[\s,]+", os.environ.get(EMBED, "")) if part)
    for one in sites:
        if one != "*" and not _SITE.fullmatch(one):
            raise SiteError(
                f"{EMBED} has {one!r}: write sites such as https://example.org https://*.example.com, or * for all."
            )
    return sites


def settings() -> tuple[object, ...]:
    """All of them: what a page says may depend on each."""
    return public_address(), contact(), embed_sites()


def configure(public: str | None = None, contact_at: str | None = None) -> None:
    """Set the first two for this process and check all; None keeps the value of the environment.

    Raises:
        SiteError: one of them cannot be used.
    """
    for name, given in ((PUBLIC, public), (CONTACT, contact_at)):
        if given is not None:
            os.environ[name] = given
    settings()


def checked_address(given: str) -> str:
    """A public address without the slash at its end; "" for none.

    Raises:
        SiteError: it is not one, or only this machine can open it.
    """
    address = given.strip().rstrip("/")
    if not address:
        return ""
    if not is_address(address, path=True):
        raise SiteError(
            f"{PUBLIC} (--public) is {given!r}: write an address such as https://example.org or "
            "https://example.org/atalaya, without parameters."
        )
    if _is_this_machine(urlsplit(address).hostname or ""):
        raise SiteError(f"{PUBLIC} (--public) is {given!r}: only this machine can open that. Leave it out.")
    return address


def is_address(given: str, *, path: bool) -> bool:
    """Whether a text is an address of the web; with `path`, one that links can be appended to."""
    try:
        parts = urlsplit(given)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or parts.username is not None or not given.isprintable() or " " in given:
        return False
    if not (_HOST.fullmatch(host) or _ip(host)):
        return False
    return not path or (
        not (parts.query or parts.fragment or "?" in given or "#" in given) and bool(_PATH.fullmatch(parts.path))
    )


def _ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_this_machine(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    return _ip(host) and (ip_address(host).is_loopback or ip_address(host).is_unspecified)
