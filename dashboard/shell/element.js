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

// Milliseconds after which the server learns of a choice, even if no figure shows it yet.
const LATEST = 250
const painted = () => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)))

// Tells the figures of the page (stage.js) of a choice in a control, with its number. The server learns of it (`send`) when
// they show it: what it sends for the rest of the page would take the browser's time from the figure.
export function announce(name, text, n, send) {
  const shown = []
  document.dispatchEvent(new CustomEvent("choice", { detail: { name, text, n, shown } }))
  if (!shown.length) return send()
  Promise.race([Promise.all(shown).then(painted), new Promise(resolve => setTimeout(resolve, LATEST))]).then(send)
}

// Lets the figures know which choices are one press away in a control (`next`: its filter and their ids), when they ask.
export function offerNext(next) {
  const answer = ({ detail }) => detail.push(next())
  document.addEventListener("offers", answer)
  return () => document.removeEventListener("offers", answer)
}
