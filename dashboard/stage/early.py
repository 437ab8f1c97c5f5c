"""The early stage: the map of a document's address, painted before Streamlit itself is read.

The document carries what the stage must know; the page's own stage takes the painted figure over when it comes.
"""

import html
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard import static
from dashboard.shell import choices
from dashboard.shell.specs import Ranged, Span
from dashboard.stage import component, request
from dashboard.words import terms
from data.i18n import Language

# What the stage's style sheet takes from Streamlit's theme, which is not there yet.
COLOURS = {
    "primary-color": "primaryColor",
    "background-color": "backgroundColor",
    "text-color": "textColor",
    "border-color": "borderColor",
}


def data(slug: str, query: Mapping[str, str], lang: Language) -> dict[str, Any]:
    """What the stage must know to paint the map of an address."""
    values = request.defaults(slug, query)
    years: Ranged | Span | None = choices.YEARS if slug == "routes" else choices.YEAR
    return component.data(lang, slug, values, years=None if values.get("latest") else years)


def board(slug: str, lang: Language) -> str:
    """The place of the early map, above everything until the page's own has taken it over."""
    title = html.escape(terms.term(lang, "page", slug))
    return f'<div id="early" data-page="{slug}" hidden><header>{logo()}</header><h1>{title}</h1><div></div></div>'


@cache
def logo() -> str:
    """The name and its sign as they stand in the band."""
    return (Path(__file__).parents[1] / "assets" / "logo.svg").read_text("utf-8").strip()


def colours() -> str:
    """The theme's colours for the early map, light and dark."""
    dark = "#early[data-dark]"
    return f"<style>{_rule('#early', 'light')} {_rule(dark, 'dark')}</style>"


def script(slug: str, query: Mapping[str, str], lang: Language, then: str) -> str:
    """Paint the map, and only then start `then`, Streamlit's own script: together they would both be late."""
    content = json.dumps(data(slug, query, lang)).replace("<", "\\u003c")
    first = f'const {{ early }} = await import("{static.address("stage.js")}"); await early({content})'
    return (
        f'<script type="module">try {{ {first} }} catch (error) {{ console.error(error) }}\nimport("{then}")</script>'
    )


def _rule(selector: str, theme: str) -> str:
    colors = (f"--st-{name}: {st.get_option(f'theme.{theme}.{option}')};" for name, option in COLOURS.items())
    return f"{selector} {{ {' '.join(colors)} }}"
