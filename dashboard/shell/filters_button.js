// The button of a phone's page that shows and hides its controls: the style sheet follows an attribute of the document.
const SHOWN = "data-filters"

function toggle(button, shown) {
  document.documentElement.toggleAttribute(SHOWN, shown)
  button.setAttribute("aria-expanded", String(shown))
}

export default function ({ parentElement, data }) {
  let button = parentElement.querySelector("button")
  if (!button) {
    button = Object.assign(document.createElement("button"), { type: "button", className: "filters-button" })
    button.onclick = () => toggle(button, button.getAttribute("aria-expanded") !== "true")
    toggle(button, false)
    parentElement.replaceChildren(button)
  }
  button.textContent = data.label
  return () => document.documentElement.removeAttribute(SHOWN)
}
