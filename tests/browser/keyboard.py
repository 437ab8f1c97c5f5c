"""Keys, and how the browser shows the focus."""

from typing import Any

from playwright.sync_api import Page

# The focused element, its name, its box, the outline that shows it (its own, its frame's, or its slider's thumb's), and
# whether something else lies over its middle.
FOCUS = """() => {
  const focused = document.activeElement
  if (!focused || focused === document.body) return null
  // A cell that a table's canvas draws has no place of its own: its table is what is outlined.
  const shown = focused.tagName === 'TD' ? focused.closest('[data-testid=stDataFrame]') ?? focused : focused
  const box = shown.getBoundingClientRect(), outlines = []
  const outlined = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
  for (let part = focused, up = 0; part && up < 16; part = part.parentElement, up++)
    if (outlined(getComputedStyle(part))) outlines.push(getComputedStyle(part).outlineColor)
  const thumb = getComputedStyle(focused, '::-webkit-slider-thumb')
  if (focused.type === 'range' && outlined(thumb)) outlines.push(thumb.outlineColor)
  // The outline lies around the element: the color beside it is its ground.
  const middle = Math.min(box.top + box.height / 2, innerHeight - 1)
  const beside = document.elementsFromPoint(Math.max(box.left - 4, 0), middle)
  const paint = beside.map(one => getComputedStyle(one).backgroundColor).find(color => !/, 0\\)$/.test(color))
  const ground = paint ?? 'rgb(255, 255, 255)'
  const spot = [box.left + box.width / 2, middle]
  const over = document.elementFromPoint(...spot)
  // A table's canvas draws its cells and lies under what scrolls it; a switch lies under its own picture; the language
  // lies under the clear button that opens its list.
  const around = focused.closest('label, [data-testid=stDataFrame], .plate-track, .st-key-languages [role=group]')
  const named = focused.getAttribute('aria-label') || focused.labels?.[0]?.textContent
    || focused.textContent || focused.title
  return {
    // Before the words of a folded part stands the name of its icon.
    name: (named ?? '').trim().replace(/^keyboard_arrow_(right|down)/, ''),
    tag: focused.tagName, role: focused.getAttribute('role'), type: focused.type ?? '',
    box: [box.left, box.top, box.width, box.height], outlines, ground,
    covered: focused.tagName !== 'TD'
      && !(over && (focused.contains(over) || over.contains(focused) || around?.contains(over))),
    inText: getComputedStyle(focused).display === 'inline',
    table: Boolean(focused.closest('[data-testid=stDataFrame]')),
  }
}"""
MOST = 120


def focus(page: Page) -> dict[str, Any] | None:
    """The focused element; None if there is none."""
    return page.evaluate(FOCUS)


def tab_to(page: Page, name: str, key: str = "Tab") -> dict[str, Any]:
    """Press the key until something with this name has the focus."""
    passed = []
    for _ in range(MOST):
        page.keyboard.press(key)
        focused = focus(page)
        passed.append(focused and focused["name"][:40])
        if focused and focused["name"].startswith(name):
            return focused
    raise AssertionError(f"{name} is not reached: {passed}")
