"""What a person without a mouse has: the keys, and what the browser shows of where the focus is."""

from typing import Any

from playwright.sync_api import Page

# The focused element, its name, its box, the outline that shows it (its own, its frame's, or its slider's thumb's), and
# whether something else lies over its middle.
FOCUS = """() => {
  const held = document.activeElement
  if (!held || held === document.body) return null
  // A cell that a table's canvas draws has no place of its own: its table is what is outlined.
  const shown = held.tagName === 'TD' ? held.closest('[data-testid=stDataFrame]') ?? held : held
  const box = shown.getBoundingClientRect(), outlines = []
  const outlined = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
  for (let part = held, up = 0; part && up < 16; part = part.parentElement, up++)
    if (outlined(getComputedStyle(part))) outlines.push(getComputedStyle(part).outlineColor)
  const thumb = getComputedStyle(held, '::-webkit-slider-thumb')
  if (held.type === 'range' && outlined(thumb)) outlines.push(thumb.outlineColor)
  // The outline lies around the element: what is seen beside it is its ground.
  const middle = Math.min(box.top + box.height / 2, innerHeight - 1)
  const beside = document.elementsFromPoint(Math.max(box.left - 4, 0), middle)
  const painted = beside.map(one => getComputedStyle(one).backgroundColor).find(colour => !/, 0\\)$/.test(colour))
  const ground = painted ?? 'rgb(255, 255, 255)'
  const spot = [box.left + box.width / 2, middle]
  const over = document.elementFromPoint(...spot)
  // A table's canvas draws its cells and lies under what scrolls it; a switch lies under its own picture.
  const around = held.closest('label, [data-testid=stDataFrame], .plate-track')
  const named = held.getAttribute('aria-label') || held.labels?.[0]?.textContent || held.textContent || held.title
  return {
    name: (named ?? '').trim(), tag: held.tagName, role: held.getAttribute('role'), type: held.type ?? '',
    box: [box.left, box.top, box.width, box.height], outlines, ground,
    covered: held.tagName !== 'TD' && !(over && (held.contains(over) || over.contains(held) || around?.contains(over))),
    inText: getComputedStyle(held).display === 'inline',
    table: Boolean(held.closest('[data-testid=stDataFrame]')),
  }
}"""
MOST = 120


def focus(page: Page) -> dict[str, Any] | None:
    """Where the focus is; None where it is nowhere."""
    return page.evaluate(FOCUS)


def tab_to(page: Page, name: str, key: str = "Tab") -> dict[str, Any]:
    """Press the key until something with this name has the focus."""
    passed = []
    for _ in range(MOST):
        page.keyboard.press(key)
        held = focus(page)
        passed.append(held and held["name"][:40])
        if held and held["name"].startswith(name):
            return held
    raise AssertionError(f"{name} is not reached: {passed}")
