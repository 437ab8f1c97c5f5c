"""Keys, and how the browser shows the focus."""

from typing import Any

from playwright.sync_api import Page

# The focused element, its name, its box, the outline that shows it (its own, of a radio's words, or the edge of a mark;
# that of a slider's thumb no script can read), and whether something else lies over its middle.
FOCUS = """() => {
  const focused = document.activeElement
  if (!focused || focused === document.body) return null
  const field = focused.matches('input[type=radio], input[type=checkbox]')
  const box = focused.getBoundingClientRect(), outlines = []
  const outlined = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
  const drawn = focused.closest('.still') ? [...focused.children] : []
  for (const part of [focused, field ? focused.nextElementSibling : null].filter(Boolean))
    if (outlined(getComputedStyle(part))) outlines.push(getComputedStyle(part).outlineColor)
  for (const part of drawn)
    if (parseFloat(getComputedStyle(part).strokeWidth) >= 2) outlines.push(getComputedStyle(part).stroke)
  // The outline lies around the element: the color beside it is its ground.
  const middle = Math.min(box.top + box.height / 2, innerHeight - 1)
  const beside = document.elementsFromPoint(Math.max(box.left - 4, 0), middle)
  const paint = beside.map(one => getComputedStyle(one).backgroundColor).find(color => !/, 0\\)$/.test(color))
  const ground = paint ?? getComputedStyle(document.body).backgroundColor
  const over = document.elementFromPoint(box.left + box.width / 2, middle)
  const around = focused.closest('label, .still, .plate-track')
  const named = focused.getAttribute('aria-label') || focused.labels?.[0]?.textContent
    || focused.querySelector('title')?.textContent || focused.getAttribute('aria-labelledby')?.split(' ')
      .map(id => document.getElementById(id).textContent).join(' ') || focused.textContent
  return {
    name: (named ?? '').trim(),
    tag: focused.tagName, role: focused.getAttribute('role'), type: focused.type ?? '',
    box: [box.left, box.top, box.width, box.height], outlines, ground,
    covered: !(over && (focused.contains(over) || over.contains(focused) || around?.contains(over))),
    inText: getComputedStyle(focused).display === 'inline',
    table: Boolean(focused.closest('table')),
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
