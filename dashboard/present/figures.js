// Figures of the server: fetches them and, for readers who explore one, decodes them for Plotly and loads it. Served as one
// file with present.js, for the stage, and with page.js.
const fetched = new Map()
let loading

// Makes an element: `on...` are its event handlers.
function element(kind, attributes = {}, ...children) {
  const node = document.createElement(kind)
  for (const [name, value] of Object.entries(attributes)) name.startsWith("on") ? node[name] = value : node.setAttribute(name, value)
  node.append(...children)
  return node
}

// Resolves once Plotly is there; the next call tries again if it did not come.
function plotly(address) {
  loading ??= window.Plotly ? Promise.resolve() : new Promise((resolve, reject) => {
    document.head.append(element("script", { src: address, onload: resolve, onerror: () => { loading = undefined; reject(new Error(address)) } }))
  })
  return loading
}

// What is at an address, fetched once; again if it did not come. A page that is a file loads it as a script (`files.js`).
function json(address) {
  if (!fetched.has(address)) {
    const coming = window.fileOf?.(address) ?? fetch(address).then(answer => answer.ok ? answer.json() : Promise.reject(new Error(`${address}: ${answer.status}`)))
    coming.catch(() => fetched.delete(address))
    fetched.set(address, coming)
  }
  return fetched.get(address)
}

// A figure by its address, and that of the lines of the basemap, to which maps refer; `apart` as in `decode`.
async function figure(address, basemap, apart = false) {
  const [made, lines] = await Promise.all([json(address), basemap && json(basemap)])
  return decode(made, lines, apart)
}

// Reverses the encoding of `wire.py`. A line is sent as its number in the basemap, as bends (second differences), or
// unchanged. Shapes of one style are one trace, which is drawn faster; `apart`, each is a trace with its own label.
function decode(figure, lines, apart) {
  const line = encoded => Number.isInteger(encoded) ? lines[encoded] : encoded.bends ? runningSum(runningSum(encoded.bends)) : encoded
  let next = 0
  const data = figure.data.flatMap(({ many, ...trace }) => {
    if (!many) return [{ ...trace, x: line(trace.x), y: line(trace.y) }]
    const [x, y] = [trace.x.map(line), trace.y.map(line)], labels = figure.shapes.slice(next, next += many)
    if (!apart) return [{ ...trace, x: joined(x), y: joined(y) }]
    return labels.map(({ label }, at) => ({ ...trace, x: x[at], y: y[at], text: label, hoveron: "fills", hoverinfo: "text" }))
  })
  return { ...figure, data }
}

function runningSum(steps) {
  let at = 0
  return steps.map(step => step === null ? null : at += step)
}

// Joins lines into one, with gaps between them.
function joined(lines) {
  return lines.flatMap(line => [...line, null]).slice(0, -1)
}
