"""The layout of a page: header, notices, figures, links, footer, and the apology for a failed page.

Everything shown is in the reader's language; text from outside is escaped here.
"""

import html
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode

import streamlit as st

from dashboard import catalog, desk, site, static, store
from dashboard.shell import filters, filters_button, navigation
from dashboard.views.notices import sentences
from dashboard.words import data_version, disclaimer, fallback
from data.i18n import N_, Language

ASSETS = Path(__file__).parents[1] / "assets"
# The reader zooms with the browser; Plotly's own bar is in English and fails on touch.
PLOTLY = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}
# The longest text from outside shown inside a sentence, and the longest sentence with such a text, in characters.
LONGEST, LONGEST_NOTICE = 40, 400
# The links at the foot of every page, by slug; a page that does not exist has none.
FOOTER_LINKS = {"sources": N_("Sources and releases"), "about": N_("About and method")}
# Spaces that Python calls unprintable but French needs: a no-break space before a colon, a narrow one in a number.
FRENCH_SPACES = "\u00a0\u202f"
# How addresses of the web and of mail begin.
BEGINNING = re.compile("//|www|@", re.IGNORECASE)
ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in r"\`*_{}[]()#+-.!|~$:<>&"})


def style() -> None:
    """Load the stylesheets (brand, phones, print) if our own document does not link them already."""
    if not static.served():
        for name in static.STYLESHEETS:
            st.html(f"<style>{static.file(name).body.decode()}</style>")


def header(lang: Language, slug: str, title: str = "", purpose: str = "") -> None:
    """Show the page's title, its purpose, and the notices on the data and on its address.

    Args:
        title, purpose: in place of those that the page's script declares.
    """
    with st.container(key=f"header.{slug}", horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.title(title or navigation.title(lang, slug), anchor=False, width="content")
        st.markdown(purpose or navigation.purpose(lang, slug), width="stretch")
    filters_button.reserve()
    _to_document(lang, slug)
    warnings(lang)


def _to_document(lang: Language, slug: str) -> None:
    """On the desk, a link to the document of the page."""
    if slug in catalog.pages() and not static.served():
        reading(lang, slug, lang.text("Read this page as a document"))


def reading(lang: Language, slug: str, words: str) -> bool:
    """On the desk, a link to a page of the documents; False, with nothing shown, if it does not know where they are."""
    address = desk.document(st.context.url or "", f"{lang.code}/{slug}", site.public_address())
    if address:
        st.html(f'<a class="document" href="{_safe(address)}">{_safe(words)}</a>')
    return bool(address)


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


def figure(
    spec: dict[str, Any], alt: str, key: str, on_pick: Callable[[str], None] | None = None, *, description: str
) -> None:
    """Show a Plotly specification with its description.

    Args:
        spec: the finished specification, `{"data": [...], "layout": {...}}`.
        alt: its alternative text.
        key: unique on the page.
        on_pick: called with the id of the clicked mark: its `customdata`, joined by points.
        description: what is printed under the figure.
    """
    pick: Literal["ignore"] | Callable[[], None] = "ignore" if on_pick is None else partial(_picked, key, on_pick)
    st.plotly_chart(spec, theme=None, key=key, on_select=pick, selection_mode="points", config=PLOTLY, alt=alt)
    if description:
        st.markdown(description)


def link(lang: Language, page: str, label: str, **ids: str) -> None:
    """A link to another page (by slug) with the language and the ids, e.g. `area="CRI"`.

    A page that is not on the desk is read as a document.
    """
    if page not in navigation.scripts():
        reading(lang, f"{page}?{urlencode(ids)}", label)
        return
    if navigation.is_document(page):
        address = f"./{lang.code}/{page}" + f"?{urlencode(ids)}" * bool(ids)
        st.html(f'<a class="document" href="{_safe(address)}">{_safe(label)}</a>')
        return
    st.page_link(navigation.page(page, lang), label=label, query_params=filters.address(page, **ids))


def go(lang: Language, page: str, **ids: str) -> None:
    """Open another page with the language and the ids; ends this run."""
    st.switch_page(navigation.page(page, lang), query_params=filters.address(page, **ids))


def languages(lang: Language) -> None:
    """The control for the language."""
    with st.container(key="languages"):
        filters.choose_language(lang.text("Language"))


def footer(lang: Language) -> None:
    """Show the data version, that the site is independent, and links to releases, page About and contact."""
    lines = [
        f"<p>{_safe(data_version.built(lang, store.snapshot()))}</p>",
        f"<p>{_safe(disclaimer.independent(lang))}</p>",
    ]
    if contact := site.contact_link():
        label = lang.text("Contact")
        lines.append(f'<p><a href="{_safe(contact)}">{_safe(label)}</a></p>')
    with st.container(key="foot", gap=None):
        # Paper has the public address of the view.
        st.html(f'<footer data-address="{_safe(site.public_address())}">{"".join(lines)}</footer>')
        with st.container(horizontal=True, gap="medium"):
            for slug, label in FOOTER_LINKS.items():
                if slug in navigation.scripts():
                    link(lang, slug, lang.text(label))


def apology(lang: Language) -> None:
    """Show a message in place of a page whose script failed, with links to the other pages."""
    with st.container(key="apology"):
        st.error(lang.text("This part of the page cannot be shown. The error is ours and has been recorded."))
        st.markdown(lang.text("Load the page again. If that does not help, the other pages still work:"))
        with st.container(horizontal=True, gap="medium"):
            for slug in navigation.scripts():
                link(lang, slug, navigation.title(lang, slug))
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


def _picked(key: str, on_pick: Callable[[str], None]) -> None:
    points = st.session_state[key].selection.points
    marks = [point["customdata"] for point in points if point.get("customdata")]
    if marks:
        parts = marks[0] if isinstance(marks[0], list) else [marks[0]]
        on_pick(".".join(str(part or "") for part in parts))


def _safe(text: str) -> str:
    return html.escape(text)
