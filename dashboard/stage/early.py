"""The early stage: paints the map of a page before Streamlit's own script loads.

The document includes the data for it. Once the page's own stage is ready, it takes over the painted figure.
"""

import html
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard import static
from dashboard.shell import choices, navigation
from dashboard.shell.filter_types import Ranged, Span
from dashboard.stage import component, request
from data.i18n import Language

# The colors that the style sheet of the stage takes from Streamlit's theme, which is not loaded yet.
COLORS = {
    "primary-color": "primaryColor",
    "background-color": "backgroundColor",
    "text-color": "textColor",
    "border-color": "borderColor",
}


def data(slug: str, query: Mapping[str, str], lang: Language) -> dict[str, Any]:
    """The data of the stage for the map at an address."""
    values = request.defaults(slug, query)
    years: Ranged | Span | None = choices.YEARS if slug == "routes" else choices.YEAR
    return component.data(lang, slug, values, years=None if values.get("latest") else years)


def board(slug: str, lang: Language) -> str:
    """The HTML element of the early map, which covers the page until the page's own stage takes over."""
    title = html.escape(navigation.title(lang, slug))
    return f'<div id="early" data-page="{slug}" hidden><header>{logo()}</header><h1>{title}</h1><div></div></div>'


@cache
def logo() -> str:
    """The logo of the header, as SVG."""
    return (Path(__file__).parents[1] / "assets" / "logo.svg").read_text("utf-8").strip()


def colors() -> str:
    """A style element with the theme's light and dark colors for the early map."""
    dark = "#early[data-dark]"
    return f"<style>{_rule('#early', 'light')} {_rule(dark, 'dark')}</style>"


def script(slug: str, query: Mapping[str, str], lang: Language, then: str) -> str:
    """A script that paints the map and then imports `then`, Streamlit's own script; in parallel both would be slow."""
    content = json.dumps(data(slug, query, lang)).replace("<", "\\u003c")
    first = f'const {{ early }} = await import("{static.address("stage.js")}"); await early({content})'
    return (
        f'<script type="module">try {{ {first} }} catch (error) {{ console.error(error) }}\nimport("{then}")</script>'
    )


def _rule(selector: str, theme: str) -> str:
    properties = (f"--st-{name}: {st.get_option(f'theme.{theme}.{option}')};" for name, option in COLORS.items())
    return f"{selector} {{ {' '.join(properties)} }}"
