// The figures of the stage: fetches and decodes them, and loads what draws them. Served as one file with present.js.
const figures = new Map()
let ground, drawing

// Makes an element: `on...` are its event handlers.
function element(kind, attributes = {}, ...children) {
  const node = document.createElement(kind)
  for (const [name, value] of Object.entries(attributes)) name.startsWith("on") ? node[name] = value : node.setAttribute(name, value)
  node.append(...children)
  return node
}

// Resolves once Plotly is there; the next call tries again if it did not come.
function plotly(address) {
  drawing ??= window.Plotly ? Promise.resolve() : new Promise((resolve, reject) => {
    document.head.append(element("script", { src: address, onload: resolve, onerror: () => { drawing = undefined; reject(new Error(address)) } }))
  })
  return drawing
}

async function json(address) {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`)
  return answer.json()
}

// A figure by its address; the lines of the basemap, to which figures refer, are fetched once.
function figure(address, basemap) {
  ground ??= json(basemap).catch(error => { ground = undefined; throw error })
  if (!figures.has(address)) {
    const made = Promise.all([json(address), ground]).then(([figure, lines]) => decode(figure, lines))
    made.catch(() => figures.delete(address))
    figures.set(address, made)
  }
  return figures.get(address)
}

// Reverses the encoding of `wire.py`. A line is sent as its number in the basemap, as bends (second differences), or
// unchanged. Shapes of one style are one trace.
function decode(figure, lines) {
  const line = encoded => Number.isInteger(encoded) ? lines[encoded] : encoded.bends ? runningSum(runningSum(encoded.bends)) : encoded
  for (const trace of figure.data) {
    for (const axis of ["x", "y"]) trace[axis] = trace.many ? joined(trace[axis].map(line)) : line(trace[axis])
    delete trace.many
  }
  return figure
}

function runningSum(steps) {
  let at = 0
  return steps.map(step => step === null ? null : at += step)
}

// Joins lines into one, with gaps between them.
function joined(lines) {
  return lines.flatMap(line => [...line, null]).slice(0, -1)
}

const idle = () => new Promise(resolve => window.requestIdleCallback ? requestIdleCallback(resolve) : setTimeout(resolve, 30))
