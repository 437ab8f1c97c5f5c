"""The layout of a page: its frame, header, notices, links, footer, and the apology for a failed page.

Everything shown is in the reader's language; text from outside is escaped here.
"""

import html
import re
from functools import cache
from urllib.parse import urlencode

import streamlit as st

from dashboard import desk, menu, site, static, store
from dashboard.charts.colors import THEMES, Theme
from dashboard.charts.medium import LAPTOP, PHONE, Medium
from dashboard.shell import filters, navigation
from dashboard.views.filters import LANGUAGE
from dashboard.views.notices import sentences
from dashboard.words import data_version, disclaimer, fallback
from data.i18n import Language

# The color of the words in the file of our logo.
WHITE = "#fff"
# The longest text from outside shown inside a sentence, and the longest sentence with such a text, in characters.
LONGEST = 40
LONGEST_NOTICE = 400
# Spaces that Python calls unprintable but French needs: a no-break space before a colon, a narrow one in a number.
FRENCH_SPACES = "\u00a0\u202f"
# How addresses of the web and of mail begin.
BEGINNING = re.compile("//|www|@", re.IGNORECASE)
ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in r"\`*_{}[]()#+-.!|~$:<>&"})


def frame(lang: Language, title: str) -> None:
    """What stands around every page: its title in the browser, the logo and the languages."""
    icon = str(static.ASSETS / "favicon.svg")
    st.set_page_config(page_title=f"{title} · Atalaya", page_icon=icon, layout="wide")
    st.logo(_logo(medium().theme), size="large")
    with st.container(horizontal=True, horizontal_alignment="right"):
        filters.choose_language(lang.text("Language"))


@cache
def _logo(theme: Theme) -> str:
    """Our logo as SVG, its words in the color of the words of a theme."""
    return (static.ASSETS / "logo.svg").read_text("utf-8").replace(WHITE, THEMES[theme].ink)


def medium() -> Medium:
    """The place of a figure, as far as Streamlit tells: the theme, and whether the device is a phone."""
    phone = "Mobi" in (st.context.headers.get("User-Agent") or "")
    return (PHONE if phone else LAPTOP)._replace(dark=st.context.theme.type == "dark")


def header(lang: Language, slug: str, title: str = "", purpose: str = "") -> None:
    """Show the page's title, its purpose, a link to its document, and the notices on the data and on its address.

    Args:
        title, purpose: in place of those that the page declares.
    """
    st.title(title or menu.title(lang, slug), anchor=False)
    st.markdown(purpose or menu.purpose(lang, slug))
    query = urlencode(filters.parameters())
    reading(lang, f"{slug}?{query}" if query else slug, lang.text("Read this page as a document"))
    warnings(lang)


def reading(lang: Language, slug: str, words: str) -> bool:
    """A link to a page of the documents; False, with nothing shown, if the desk does not know where they are."""
    address = desk.document(st.context.url or "", f"{lang.code}/{slug}", site.public_address())
    if address:
        st.html(f'<a href="{_safe(address)}">{_safe(words)}</a>')
    return bool(address)


def outside(address: str) -> str:
    """An address of another site, or of this one from the root of its documents; empty if nobody knows where it is."""
    if not address.startswith("/"):
        return address
    return desk.document(st.context.url or "", address.removeprefix("/"), site.public_address())


def warnings(lang: Language) -> None:
    """Show a warning if the snapshot is not the current one, and the notices on the address."""
    if warning := fallback.notice(lang, store.snapshot()):
        st.warning(plain(warning, LONGEST_NOTICE))
    notices(lang)


def notices(lang: Language) -> None:
    """Show a warning for every parameter of the address that was not understood or names another snapshot."""
    found = sentences(
        lang, filters.notices(), store.snapshot(), safe=lambda text: unlinked(plain(text, LONGEST_NOTICE))
    )
    for sentence in found:
        st.warning(sentence)


def link(lang: Language, page: str, label: str, **ids: str) -> None:
    """A link to another page (by slug) with the language and the ids, e.g. `area="CRI"`.

    A page that is not on the desk is read as a document.
    """
    if page in menu.scripts():
        st.page_link(navigation.page(page, lang), label=label, query_params={LANGUAGE.name: lang.code, **ids})
    else:
        reading(lang, f"{page}?{urlencode(ids)}", label)


def go(lang: Language, page: str, **ids: str) -> None:
    """Open another page with the language and the ids; ends this run."""
    st.switch_page(navigation.page(page, lang), query_params={LANGUAGE.name: lang.code, **ids})


def footer(lang: Language) -> None:
    """Show the data version, that the site is independent, and links to releases, page About and contact."""
    lines = [
        f"<p>{_safe(data_version.built(lang, store.snapshot()))}</p>",
        f"<p>{_safe(disclaimer.independent(lang))}</p>",
    ]
    if contact := site.contact_link():
        label = lang.text("Contact")
        lines.append(f'<p><a href="{_safe(contact)}">{_safe(label)}</a></p>')
    st.divider()
    st.html(f"<footer>{''.join(lines)}</footer>")
    with st.container(horizontal=True, gap="medium"):
        for slug, label in menu.AT_FOOT.items():
            if slug in menu.scripts():
                link(lang, slug, lang.text(label))


def apology(lang: Language) -> None:
    """Show a message in place of a page whose script failed, with links to the other pages."""
    st.error(lang.text("This part of the page cannot be shown. The error is ours and has been recorded."))
    st.markdown(lang.text("Load the page again. If that does not help, the other pages still work:"))
    with st.container(horizontal=True, gap="medium"):
        for slug in menu.scripts():
            link(lang, slug, menu.title(lang, slug))
    footer(lang)


def plain(text: str, longest: int = LONGEST) -> str:
    """Text from outside for use in Markdown: cut to `longest` characters, every special sign escaped."""
    short = text if len(text) <= longest else text[: longest - 1] + "…"
    if not short.isprintable():
        short = "".join(sign for sign in short if sign in FRENCH_SPACES or sign.isprintable())
    return short.translate(ESCAPED)


def unlinked(plain: str) -> str:
    """Escaped text of an address or a file in which Streamlit finds no address to make a link of.

    It looks for them after the escapes are read, so a space without width is put where an address would begin.
    """
    return BEGINNING.sub("\\g<0>\u200b", plain)


def _safe(text: str) -> str:
    return html.escape(text)
