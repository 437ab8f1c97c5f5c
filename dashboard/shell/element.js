// Makes an element: `on...` are its event handlers, `undefined` is no attribute. Served as one file with each script that
// needs it (`FILES` in static.py).
export function element(kind, attributes = {}, ...children) {
  const node = document.createElement(kind)
  for (const [name, value] of Object.entries(attributes))
    if (name.startsWith("on")) node[name] = value
    else if (value !== undefined) node.setAttribute(name, value)
  node.append(...children)
  return node
}

// Whether the connection to the server is lost (upstream/connection.js): what is chosen now has to be sent again.
export const lost = () => document.documentElement.hasAttribute("data-lost")

// Tells the figures of the page (stage.js) of a choice in a control, with its number, before the server knows it.
export function announce(name, text, n) {
  document.dispatchEvent(new CustomEvent("choice", { detail: { name, text, n } }))
}
