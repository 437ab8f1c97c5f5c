"""The first view of a page: what its document shows before Streamlit has started, and without scripts.

It has what the page has above its figure (`leads.py`), the figure with the links of its marks, links to the years
before and after, and what a reader without scripts needs: the other pages, the release, the disclaimers, the data. It
lies where the page will show the same, and goes when the page is there (`first.js`).
"""

import html
from collections.abc import Iterable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from dashboard import static, store
from dashboard.catalog import figures
from dashboard.charts.render.inline import Looks
from dashboard.export import api_addresses
from dashboard.parts import home
from dashboard.server import waiting
from dashboard.server.leads import FIGURES, Picture, lead
from dashboard.shell import navigation
from dashboard.shell.layout import FOOTER_LINKS
from dashboard.stage import component, pictures, request, still, wire
from dashboard.subjects import question, shared
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.states import filters as states_filters
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states.victims import VICTIMS
from dashboard.views.filters import LANGUAGE
from dashboard.words import data_version, disclaimer
from data.i18n import Language

ASSETS, STAGE = (Path(__file__).parents[1] / folder for folder in ("assets", "stage"))
# The pages whose figure has years; by page the filter of its years.
YEARS: dict[str, Any] = {"region": states_filters.YEAR}

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


def view(lang: Language, slug: str, query: Mapping[str, str], *, phone: bool = False) -> View:
    """The first view of a page of `FIGURES` at an address; nothing of the address is in it as text.

    Args:
        phone: whether the browser is known to be a phone's.
    """
    values, looks = request.defaults(FIGURES[slug], query), Looks()
    found = lead(lang, slug, values, _address)
    parts = (
        f"<header>{logo()}{_pages(lang, slug)}</header>",
        found.above,
        *(_figure(lang, slug, picture, looks, phone=phone) for picture in found.pictures),
        f"<section>{''.join(_foot(lang, slug, values))}</section>",
    )
    start = f'<main id="first" data-page="{slug}"><script>{BEGIN}</script>'
    return View(f"{start}{''.join(parts)}</main>", f"{_sheet(slug in waiting.CONTROLS)}{looks.sheet}")


def _figure(lang: Language, slug: str, picture: Picture, looks: Looks, *, phone: bool) -> str:
    """A figure with what stands above it."""
    name, values = picture.name, picture.values
    small = phone or picture.half
    figure = still.still(lang, name, values, partial(_opened, lang, slug, picture), looks, small=small)
    kinds = {"data-map": figures()[name].zooms and values.get("picture", "map") == "map", "data-small": small}
    marks, half = "".join(f" {mark}" for mark, so in kinds.items() if so), " data-half" * picture.half
    # As the stage names it, which takes it over.
    address = f"{wire.address(name)}?{urlencode(request.query(name, values, lang.code))}"
    return (
        f'{picture.above}<figure class="plate"{half} data-figure="{_safe(address)}">{_years(lang, slug, values)}'
        f'{_headings(figure.headings)}<div class="plate-board"><div class="still"{marks}>{figure.drawings}</div></div>'
        f'<figcaption class="plate-caption">{_safe(figure.description)}</figcaption>'
        f"{_pictures(lang, name, values)}</figure>"
    )


def _pictures(lang: Language, name: str, values: Mapping[str, Any]) -> str:
    """Links to the pictures of a figure, in the part that `take.js` makes on the stage."""
    labels, texts = component.take_labels(lang), request.query(name, values, lang.code)
    rows = (
        f'<p>{_safe(labels[shape])}</p><div class="pictures">'
        + "".join(
            _link(
                f"./picture/{name}.{kind}?{urlencode({**texts, pictures.SHAPE: shape})}",
                kind.upper(),
                ' download rel="nofollow"',
            )
            for kind in ("png", "svg")
        )
        + "</div>"
        for shape in ("slide", "phone")
    )
    return f'<details class="plate-take"><summary>{_safe(labels["take"])}</summary><div>{"".join(rows)}</div></details>'


@cache
def logo() -> str:
    """The logo of the header, as SVG."""
    return (ASSETS / "logo.svg").read_text("utf-8").strip()


@cache
def script() -> str:
    """The script that starts Streamlit after the first view."""
    return (Path(__file__).parent / "first.js").read_text("utf-8")


@cache
def _sheet(controls: bool) -> str:
    """The style sheet of a first view: the colors of all pages, the stage, the controls if it has any, and its own."""
    own = static.CONTROLS if controls else ()
    sheets = (ASSETS / "colors.css", STAGE / "stage.css", STAGE / "take.css", *own, Path(__file__).parent / "first.css")
    return "\n".join(path.read_text("utf-8") for path in sheets)


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
    if slug not in YEARS or values.get("latest"):
        return ""
    spec: Any = YEARS[slug]
    at: int = values[spec.name]
    back = [_step(lang, slug, values, at - 1, "prev")] if at > spec.low else []
    on = [_step(lang, slug, values, at + 1, "next")] if at < spec.high else []
    year = f'<span class="plate-year">{lang.span((at,))}</span>'
    return f'<nav class="plate-years" aria-label="{_safe(lang.text("Year"))}">{"".join([*back, year, *on])}</nav>'


def _step(lang: Language, slug: str, values: Mapping[str, Any], at: int, way: str) -> str:
    """The link to the same view of another year."""
    spec: Any = YEARS[slug]
    words = lang.span((at,))
    chosen = request.chosen(FIGURES[slug], {**values, spec.name: at}) | {spec.name: spec.write(at)}
    return _link(_address(lang, slug, **chosen), words, f' rel="{way}"')


def _headings(headings: Mapping[str, str]) -> str:
    """The headings of the drawings, each with the classes of those that have it."""
    kinds = {text: [kind for kind, one in headings.items() if one == text] for text in headings.values()}
    return "".join(f'<p class="plate-heading {" ".join(of)}">{_safe(text)}</p>' for text, of in kinds.items() if text)


def _foot(lang: Language, slug: str, values: Mapping[str, Any]) -> Iterable[str]:
    """The data of the view, the release and the disclaimers."""
    rows = lang.text("The rows of this view as a file (CSV)")
    yield f"<p>{_link(_data(slug, values), rows)}</p>"
    words = (
        data_version.built(lang, store.snapshot()),
        disclaimer.independent(lang),
        disclaimer.disclaimer(lang),
    )
    yield from (f"<p>{_safe(line)}</p>" for line in words)
    links = (_link(_address(lang, page), lang.text(label)) for page, label in FOOTER_LINKS.items())
    yield f"<p>{' '.join(links)}</p>"


def _data(slug: str, values: Mapping[str, Any]) -> str:
    """The address of the rows of a view in the API."""
    rows = {"indicator": VICTIMS}
    years: tuple[int, ...] = ()
    if slug == "region":
        rows = {"indicator": states_query.measured(values["indicator"], values["measure"])}
        years = () if values["latest"] else (values["year"], values["year"])
    elif slug == "country":
        rows = {shared.AREA.name: values[shared.AREA.name]}
    span = dict(zip((question.FROM, question.TO), years, strict=False))
    return f".{api_addresses.ROOT}/observations?{urlencode({**rows, **span, question.FORMAT: 'csv'})}"


def _opened(lang: Language, slug: str, picture: Picture, mark: str) -> str:
    """The address of what a mark of a figure opens: the map of a year, a state, a figure, or records of an arrow.

    Empty for a group of victims of the region: it opens nothing.
    """
    if picture.name == "region_change":
        return _address(lang, "region", **home.year(int(mark)))
    if picture.name == "region_victims":
        return ""
    area, _, arrow = mark.partition(".")
    if not arrow:
        return _address(lang, "country", **{shared.AREA.name: area})
    if slug == "country":
        spec = (
            row_keys.FIGURE
            if picture.name == "victims"
            else row_keys.ARROWS_OF[picture.values[routes_filters.EVIDENCE.name]]
        )
        given = {spec.name: mark if picture.name == "victims" else arrow}
        return _address(lang, slug, **{shared.AREA.name: picture.values[shared.AREA.name]}, **given)
    return ""


def _address(lang: Language, slug: str, **parameters: str) -> str:
    """An address of a page, relative to any document of the site."""
    return f"./{slug}?{urlencode({LANGUAGE.name: lang.code} | parameters)}"


def _link(address: str, words: str, attributes: str = "") -> str:
    return f'<a href="{_safe(address)}"{attributes}>{_safe(words)}</a>'


def _safe(text: str) -> str:
    return html.escape(text)
