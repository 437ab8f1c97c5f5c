// Streamlit puts the body of a popover at the end of the document, where the Tab key does not reach it from its button.
// We know of no issue about it.
const FOCUSABLE = "a[href], button:not([disabled]), input:not([disabled]), textarea, [tabindex='0']"

function tabbed(event) {
  // The button and the body of an open popover; Streamlit does not link the two by an id.
  const body = document.querySelector("[data-testid=stPopoverBody]"), focused = document.activeElement
  if (event.key !== "Tab" || !body) return
  const button = document.querySelector("[data-testid=stPopoverButton][aria-expanded=true]")
  const parts = [...body.querySelectorAll(FOCUSABLE)]
  if (focused === button && !event.shiftKey && parts.length) {
    event.preventDefault()
    parts[0].focus()
  } else if (button && body.contains(focused) && focused === parts.at(event.shiftKey ? 0 : -1)) {
    event.preventDefault()
    button.focus()
    if (!event.shiftKey) button.click()
  }
}

export function keepPopoverInTabOrder() {
  document.addEventListener("keydown", tabbed, true)
  return () => document.removeEventListener("keydown", tabbed, true)
}
