"""The first view of a page: what its document shows before Streamlit has started, and without scripts.

It has the page's title, its figure with the links of its marks, links to the years before and after, and what a reader
without scripts needs: the other pages, the release, the disclaimers, the data. It lies where the page will show the
same, and goes when the page is there (`first.js`).
"""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from dashboard import store
from dashboard.export import api_addresses
from dashboard.shell import choices, navigation
from dashboard.shell.filters import LANGUAGE
from dashboard.shell.layout import FOOTER_LINKS
from dashboard.stage import component, request, still, wire
from dashboard.subjects import question
from dashboard.subjects.states import query as states_query
from dashboard.words import data_version, disclaimer
from data.i18n import Language

ASSETS, STAGE = (Path(__file__).parents[1] / folder for folder in ("assets", "stage"))
# By page the figure of its first view.
FIGURES = {"region": "region", "routes": "routes"}
# By page the table with the rows of its view.
TABLES = {"region": "observations", "routes": "flows"}

HERE = ' aria-current="page"'
# Before the first paint: that scripts run, and the theme that the reader chose in Streamlit's menu, if any.
BEGIN = """
  document.getElementById("first").dataset.scripts = ""
  const chosen = (localStorage.getItem(`stActiveTheme-${location.pathname}-v2`) ?? "").toLowerCase()
  document.getElementById("first").style.colorScheme = ["dark", "light"].find(one => chosen.includes(one)) ?? ""
"""


class View(NamedTuple):
    """The first view of a page in HTML: an element at the top of the body, and a style sheet."""

    body: str
    style: str


def view(
    lang: Language, slug: str, query: Mapping[str, str], notices: Sequence[str] = (), *, phone: bool = False
) -> View:
    """The first view of a page of `FIGURES` at an address; nothing of the address is in it as text.

    Args:
        notices: which data are old or could not be renewed.
        phone: whether the browser is known to be a phone's.
    """
    name = FIGURES[slug]
    values = request.defaults(name, query)
    figure = still.still(lang, name, values, partial(_opened, lang, slug, values), phone=phone)
    title, purpose = _safe(navigation.title(lang, slug)), _safe(navigation.purpose(lang, slug))
    map_ = " data-map" * (name in component.MAPS and values.get("picture", "map") == "map")
    parts = (
        f"<header>{logo()}{_pages(lang, slug)}</header>",
        f'<div class="head"><div class="title"><h1>{title}</h1><p>{purpose}</p></div>'
        f'<div class="controls"><p>{_safe(_without_scripts(lang))}</p></div></div>',
        f'<figure class="plate">{_years(lang, slug, values)}{_headings(figure.headings)}'
        f'<div class="plate-board"><div class="still"{map_}{" data-phone" * phone}>{figure.drawings}</div></div>'
        f'<figcaption class="plate-told">{_safe(figure.description)}</figcaption></figure>',
        f"<section>{''.join(_foot(lang, slug, values, notices))}</section>",
    )
    start = f'<main id="first" data-page="{slug}" data-figure="{wire.address(name)}">'
    return View(f"{start}<script>{BEGIN}</script>{''.join(parts)}</main>", f"{_sheet()}{figure.style}")


@cache
def logo() -> str:
    """The logo of the header, as SVG."""
    return (ASSETS / "logo.svg").read_text("utf-8").strip()


@cache
def script() -> str:
    """The script that starts Streamlit after the first view."""
    return (Path(__file__).parent / "first.js").read_text("utf-8")


@cache
def _sheet() -> str:
    """The style sheet of every first view: the colors of all pages, the stage, and its own."""
    colors = re.search(r":root \{.*?\n\}", (ASSETS / "theme.css").read_text("utf-8"), re.DOTALL)
    sheets = (STAGE / "stage.css", Path(__file__).parent / "first.css")
    return "\n".join([colors[0] if colors else "", *(path.read_text("utf-8") for path in sheets)])


def _pages(lang: Language, slug: str) -> str:
    """Links to the pages, as in the menu."""
    first = next(iter(navigation.scripts()))
    links = (
        _link(_address(lang, "" if page == first else page), navigation.title(lang, page), HERE * (page == slug))
        for page in navigation.scripts()
        if page not in navigation.UNLISTED
    )
    label = _safe(lang.text("Pages"))
    return f'<nav aria-label="{label}">{"".join(links)}</nav>'


def _years(lang: Language, slug: str, values: Mapping[str, Any]) -> str:
    """The year of the figure between links to the one before and the one after; where there is no year, nothing."""
    if values.get("latest"):
        return ""
    spec: Any = choices.YEARS if slug == "routes" else choices.YEAR
    span = slug == "routes"
    first, last = values[spec.name] if span else (values[spec.name],) * 2
    label = lang.text("Years") if span else lang.text("Year")
    shown = f"{first}–{last}" if first != last else str(first)
    # From all years a step leads to the last one.
    steps = (
        ((first - 1, last - 1), (first + 1, last + 1)) if (first, last) != (spec.low, spec.high) else ((last, last),)
    )
    links = [
        (before, _step(lang, slug, values, (before, after) if span else before, "prev" if before < first else "next"))
        for before, after in steps
        if spec.low <= before and after <= spec.high
    ]
    back = [link for year, link in links if year < first]
    on = [link for year, link in links if year >= first]
    year = f'<span class="plate-year">{shown}</span>'
    return f'<nav class="plate-years" aria-label="{_safe(label)}">{"".join([*back, year, *on])}</nav>'


def _step(lang: Language, slug: str, values: Mapping[str, Any], at: int | tuple[int, int], way: str) -> str:
    """The link to the same view of another year."""
    spec: Any = choices.YEARS if slug == "routes" else choices.YEAR
    words = spec.write(at).replace("-", "–")
    one, _, other = words.partition("–")
    chosen = request.chosen(FIGURES[slug], {**values, spec.name: at}) | {spec.name: spec.write(at)}
    return _link(_address(lang, slug, **chosen), one if one == other else words, f' rel="{way}"')


def _headings(headings: Mapping[str, str]) -> str:
    """The headings of the drawings, each with the classes of those that have it."""
    kinds = {text: [kind for kind, one in headings.items() if one == text] for text in headings.values()}
    return "".join(f'<p class="plate-heading {" ".join(of)}">{_safe(text)}</p>' for text, of in kinds.items() if text)


def _foot(lang: Language, slug: str, values: Mapping[str, Any], notices: Sequence[str]) -> Iterable[str]:
    """The data of the view, the release and the disclaimers."""
    rows = lang.text("The rows of this view as a file (CSV)")
    yield f"<p>{_link(_data(slug, values), rows)}</p>"
    words = (
        data_version.built(lang, store.snapshot()),
        *notices,
        disclaimer.independent(lang),
        disclaimer.disclaimer(lang),
    )
    yield from (f"<p>{_safe(line)}</p>" for line in words)
    links = (_link(_address(lang, page), lang.text(label)) for page, label in FOOTER_LINKS.items())
    yield f"<p>{' '.join(links)}</p>"


def _data(slug: str, values: Mapping[str, Any]) -> str:
    """The address of the rows of a view in the API."""
    if slug == "routes":
        rows, years = {"evidence": values["evidence"]}, values["years"]
    else:
        rows = {"indicator": states_query.measured(values["indicator"], values["measure"])}
        years = () if values["latest"] else (values["year"], values["year"])
    span = dict(zip((question.FROM, question.TO), years, strict=False))
    return f".{api_addresses.ROOT}/{TABLES[slug]}?{urlencode({**rows, **span, question.FORMAT: 'csv'})}"


def _opened(lang: Language, slug: str, values: Mapping[str, Any], mark: str) -> str:
    """The address of what a mark of the figure opens: a state, or the records behind an arrow."""
    area, _, arrow = mark.partition(".")
    if arrow:
        return _address(lang, slug, **request.chosen(FIGURES[slug], values), **{choices.ARROW.name: arrow})
    return _address(lang, "country", **{choices.AREA.name: area})


def _without_scripts(lang: Language) -> str:
    return lang.text("Scripts are off in this browser. The figure and its links work; the filters do not.")


def _address(lang: Language, slug: str, **parameters: str) -> str:
    """An address of a page, relative to any document of the site."""
    return f"./{slug}?{urlencode({LANGUAGE.name: lang.code} | parameters)}"


def _link(address: str, words: str, attributes: str = "") -> str:
    return f'<a href="{_safe(address)}"{attributes}>{_safe(words)}</a>'


def _safe(text: str) -> str:
    return html.escape(text)
