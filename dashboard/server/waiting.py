"""The controls of a page as its first view shows them: with the same words, laid out by the same rules, not usable yet.

The browser wraps them as it will wrap those of the page, so that nothing moves when the page comes. A phone has the one
button that will show them.
"""

import html
from collections.abc import Mapping
from typing import Any, cast

from dashboard.shell import filters_button
from dashboard.subjects import shared
from dashboard.subjects.states import filters as states_filters
from dashboard.views.filters import Flag, Many, One, Shown, named, option
from data.i18n import Language

# By page the controls above its figure, in the order of its script.
CONTROLS: dict[str, tuple[One | Many | Flag, ...]] = {
    "region": (shared.INDICATOR, states_filters.MEASURE, states_filters.SUBREGION, states_filters.LATEST),
    "country": (shared.AREA, shared.EDITION),
}
# The controls in a folded part below them, or below the figure: the phone's button names what is chosen in them too.
MORE: dict[str, tuple[Shown, ...]] = {
    "region": (shared.EDITION,),
}
# Those with a button for each option.
BUTTONS = (states_filters.MEASURE,)


def controls(lang: Language, slug: str, values: Mapping[str, Any]) -> str:
    """The controls of a page of `CONTROLS` in HTML, hidden from screen readers and keys.

    Args:
        values: of the page's filters, by name.
    """
    row = "".join(_control(lang, spec, values[spec.name]) for spec in CONTROLS[slug])
    chosen = {spec: values[spec.name] for spec in (*CONTROLS[slug], *MORE.get(slug, ()))}
    words = filters_button.label(lang, named(lang, cast("Mapping[Shown, Any]", chosen)))
    button = f'<button class="filters-button" disabled>{_safe(words)}</button>'
    return f'<div class="waiting" inert aria-hidden="true"><div class="waiting-row">{row}</div>{button}</div>'


def buttons(words: Mapping[str, bool]) -> str:
    """Buttons in one row that come with the page, hidden from screen readers and keys.

    Args:
        words: of each button, and whether it opens a part of the page.
    """
    each = "".join(
        f"<button disabled{' data-opening' * opening}>{_safe(one)}</button>" for one, opening in words.items()
    )
    return f'<div class="waiting waiting-buttons" inert aria-hidden="true">{each}</div>'


def _control(lang: Language, spec: One | Many | Flag, chosen: Any) -> str:  # noqa: ANN401 - the value of any filter
    """One control as its script builds it (`choice_buttons.js`, `state_picker.js`)."""
    label = _safe(lang.text(spec.caption))
    if isinstance(spec, Flag):
        box = f'<input type="checkbox" disabled{" checked" * chosen}>'
        return f'<div class="choice"><label>{box}<span class="choice-label">{label}</span></label></div>'
    if spec in BUTTONS:
        buttons = (
            f'<button disabled aria-checked="{str(code == chosen).lower()}">{_safe(option(lang, spec, code))}</button>'
            for code in spec.options
        )
        group = f'<div role="radiogroup">{"".join(buttons)}</div>'
        return f'<div class="choice"><span class="choice-label">{label}</span>{group}</div>'
    if isinstance(spec, One):
        return _list(label, f'<input disabled value="{_safe(option(lang, spec, chosen))}">')
    # The list of several; where some are chosen it has a button that empties it.
    every, many = _safe(lang.text("All states")), '<ul class="states-list" aria-multiselectable="true"></ul>'
    if not chosen:
        return _list(label, f'<input disabled placeholder="{every}">', many)
    chips = "".join(f"<li>{_safe(option(lang, spec, code))}<button disabled>×</button></li>" for code in chosen)
    clear = f'<button class="states-clear" disabled>{every}</button>'
    return _list(label, f'<ul class="states-chips">{chips}</ul><input disabled>', f"{clear}{many}")


def _list(label: str, field: str, beside: str = "") -> str:
    return f'<div class="states"><label>{label}</label>{beside}<div class="states-field">{field}</div></div>'


def _safe(text: str) -> str:
    return html.escape(text)
