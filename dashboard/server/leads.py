"""What the first view of a page has above its figures, and which figures these are.

It says what the page says in the same place, in the same words, and is as high.
"""

import html
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from dashboard.parts import country, home
from dashboard.server import waiting
from dashboard.shell import state_flows
from dashboard.store import areas
from dashboard.subjects import shared
from dashboard.subjects.home import query as home_query
from dashboard.subjects.home import words as home_words
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.states import profile, profile_words
from dashboard.words import terms
from data.i18n import Language

# The address of a page, with parameters by name.
Address = Callable[..., str]
# By page the figure of its first view, whose filters are those of the page.
FIGURES = {"home": "region_change", "region": "region", "country": "series"}


class Picture(NamedTuple):
    """A figure of a first view.

    Attributes:
        name: of `dashboard.catalog`; values: of its filters, by name.
        above: HTML that stands above it.
        half: whether the page shows another one beside it.
    """

    name: str
    values: Mapping[str, Any]
    above: str = ""
    half: bool = False


class Lead(NamedTuple):
    """The HTML above the figures of a page, and the figures."""

    above: str
    pictures: Sequence[Picture]


def lead(lang: Language, slug: str, values: Mapping[str, Any], address: Address) -> Lead:
    """What the first view of a page of `FIGURES` shows.

    Args:
        values: of the page's filters, by name.
        address: of a page with some parameters.
    """
    return _home(lang, address) if slug == "home" else _country(lang, values)


def _home(lang: Language, address: Address) -> Lead:
    """The headline, the key figures with links to their views, links to the states, and both figures."""
    title, note = home.lead(lang)
    facts = (
        f"<p><strong>{_safe(fact.figure)}</strong></p><p>{_link(address(lang, page, **filters), fact.label)}</p>"
        f"<p>{_safe(fact.note)}</p>"
        for fact, page, filters in home.key_figures(lang)
    )
    states = (
        f"<li>{_link(address(lang, 'country', **{shared.AREA.name: area}), lang.country(area))}</li>"
        for area in lang.sorted_countries(areas())
    )
    find = f"<summary>{_safe(lang.text('Find your country'))}</summary><ul>{''.join(states)}</ul>"
    above = (
        f'<div class="headline">{home.heading(title)}<p>{_safe(note)}</p></div>{_without_scripts(lang)}'
        f'<div class="facts">{_boxes(facts)}</div><details class="find">{find}</details>'
    )
    found = home_query.overview()
    if found is None:
        return Lead(above, [])
    words = "".join(f"<p>{_safe(paragraph)}</p>" for paragraph in home.changes(lang, found))
    change = f'<h2>{_safe(lang.text("Are more victims detected?"))}</h2><div class="changing">{words}</div>'
    pictures = [Picture("region_change", {}, change)]
    if groups := home_query.breakdowns():
        who = home_words.who(lang, groups, found.largest)
        title = f"<h2>{_safe(lang.text('Who are the detected victims?'))}</h2>"
        pictures.append(Picture("region_victims", {}, f'{title}<div class="changing"><p>{_safe(who)}</p></div>'))
    return Lead(above, pictures)


def _country(lang: Language, values: Mapping[str, Any]) -> Lead:
    """The name and the sentence of a state, its key figures, its victims by group and its first map."""
    area, edition = values[shared.AREA.name], values[shared.EDITION.name]
    head = _head(lang, "country", lang.country(area), country.opening(lang, area, edition), values)
    titles, figures = country.titles(lang), profile.latest(area, edition)
    cards = (
        f"<p>{_safe(terms.term(lang, 'indicator', one.indicator))}</p>"
        f"<p><strong>{_safe(profile_words.key_figure(lang, one.row))}</strong></p>"
        f"<p>{_lines(country.card_lines(lang, one, area, edition))}</p>"
        f'<p class="waiting" aria-hidden="true">{_safe(profile_words.source_of(lang, one.indicator))}</p>'
        for one in figures or profile.latest_offences(area, edition)
    )
    below = f'<p class="remark">{_lines(country.remarks(lang, area, edition))}</p>'
    # The list of sections and the buttons, which come with the page.
    buttons = waiting.buttons(
        {
            lang.text("Briefing"): True,
            lang.text("One page to print (PDF)"): False,
            lang.text("Terms on this page"): True,
        }
    )
    rest = f'<p class="contents" aria-hidden="true">{_safe(" · ".join(titles.values()))}</p>{buttons}'
    above = f'{head}<h2>{_safe(titles["key-figures"])}</h2><div class="cards">{_boxes(cards)}</div>{below}{rest}'
    groups, title = profile.groups(area, edition), f"<h2>{_safe(titles['victims'])}</h2>"
    lacking = profile_words.no_profile(lang, groups, profile.record(area, edition).years)
    below = f'<p class="remark">{_safe(lacking)}</p>' if lacking else ""
    maps = _flows(lang, area, edition, values, titles["flows"])
    if groups:
        return Lead(
            above, [Picture("victims", values, title), *(one._replace(above=below + one.above) for one in maps)]
        )
    return Lead(f"{above}{title}{below}", maps)


def _flows(lang: Language, area: str, edition: str, values: Mapping[str, Any], title: str) -> list[Picture]:
    """The first map of a state: its citizens abroad, else those detected here, else routes that reports describe."""
    ends = state_flows.in_order(area, edition)
    drawn = [position for position, found in ends.items() if found.first]
    if not drawn:
        return _described(lang, area, edition, values)
    words = profile_words.flows_title(lang, area, ends[drawn[0]], drawn[0])
    given = {routes_filters.EVIDENCE.name: "counted", routes_filters.POSITION.name: drawn[0]}
    numbers, caption = (
        country.flow_numbers(lang, area, edition, drawn),
        country.flow_caption(lang, area, edition, drawn[0]),
    )
    above = f"<h2>{_safe(title)}</h2>{_caption(numbers)}<h3>{_safe(words)}</h3>{_caption(caption)}"
    return [Picture("state_routes", {**given, **values}, above, half=len(drawn) > 1)]


def _described(lang: Language, area: str, edition: str, values: Mapping[str, Any]) -> list[Picture]:
    """The map of the routes that reports describe; none if they describe none."""
    selection = routes_filters.of_state(area, "stated", edition)
    if routes_query.arrows(selection).every.is_empty():
        return []
    title = routes_words.described(lang, routes_words.period(lang, selection))
    given = {routes_filters.EVIDENCE.name: "stated", routes_filters.POSITION.name: routes_filters.POSITION.default}
    return [Picture("state_routes", {**given, **values}, f"<h3>{_safe(title)}</h3>")]


def _head(lang: Language, slug: str, title: str, sentence: str, values: Mapping[str, Any]) -> str:
    """Title, sentence of one or more lines, and the controls, or without scripts a note in their place."""
    words = f"<h1>{_safe(title)}</h1><p>{_lines(sentence.splitlines())}</p>"
    below = f"{_without_scripts(lang)}{waiting.controls(lang, slug, values)}"
    return f'<div class="head"><div class="title">{words}</div>{below}</div>'


def _without_scripts(lang: Language) -> str:
    words = lang.text("Scripts are off in this browser. The figure and its links work; the filters do not.")
    return f'<p class="note">{_safe(words)}</p>'


def _boxes(contents: Iterable[str]) -> str:
    return "".join(f"<div>{content}</div>" for content in contents)


def _caption(words: str) -> str:
    return f'<p class="caption">{_safe(words)}</p>' if words else ""


def _lines(lines: Iterable[str]) -> str:
    return "<br>".join(map(_safe, lines))


def _link(address: str, words: str) -> str:
    return f'<a href="{_safe(address)}">{_safe(words)}</a>'


def _safe(text: str) -> str:
    return html.escape(text)
