// "Explore this figure": Plotly, which is fetched when a reader asks for it, draws a figure in the place of its drawing, to
// zoom, move, select and point at. Served as one file with page.js.
// As in `stage/still.py`, figures of phones are drawn for one width; others in steps of STEP pixels. The key of a figure,
// and the countries beside its map, have axes of their own, which stay.
const NARROW = 640, STEP = 80, KEY = /^[xy]axis[89]$/, AXIS = /^[xy]axis\d*$/
// Pixels above a figure for Plotly's buttons, which a finger has to find on a phone.
const BAR = 28, LARGE_BAR = 48
const UNUSED = ["toImage", "autoScale2d"]
const darkness = matchMedia("(prefers-color-scheme: dark)")
const exploring = JSON.parse(said.dataset.explore ?? "null")
const explored = () => document.querySelectorAll("figure[data-explored]")
const placeOf = figure => figure.querySelector(".plate-live")

function addressOf(figure) {
  const wide = placeOf(figure).parentElement.clientWidth
  const width = innerWidth <= NARROW ? NARROW : Math.max(Math.floor(wide / STEP) * STEP, NARROW + 1)
  return `${figure.querySelector("[data-figure]").dataset.figure}&width=${width}&dark=${Number(darkness.matches)}`
}

// Draws what the figure shows now, if it is not drawn already.
async function explore(target) {
  const place = placeOf(target), address = addressOf(target), wide = place.parentElement.clientWidth
  if (place.dataset.address === address + wide) return
  place.dataset.address = address + wide
  place.setAttribute("aria-busy", "true")
  try {
    const isMap = target.querySelector(".still[data-map]")
    const coming = figure(address, isMap && address.replace(/[^/]*$/, "ground"), true)
    const [made] = await Promise.all([coming, plotly(exploring.plotly)])
    if (place.dataset.address !== address + wide) return
    // Plotly changes the traces that it is given.
    await window.Plotly.react(place, made.data.map(trace => ({ ...trace })), freed(made.layout, wide, isMap), {
      displayModeBar: true, displaylogo: false, showSendToCloud: false, scrollZoom: true, modeBarButtonsToRemove: UNUSED,
      locale: root.lang, locales: { [root.lang]: { dictionary: exploring.words } },
    })
    place.removeAllListeners("plotly_relayout")
    if (isMap) {
      place.on("plotly_relayout", change => { if (Object.keys(change).some(name => name.includes("range"))) anchor(place, made) })
      // The part that was seen before is seen again.
      if (place.layout.xaxis.range[0] !== made.layout.xaxis.range[0]) anchor(place, made)
    }
    place.setAttribute("aria-label", made.alt)
    target.dataset.explored = "here"
  } catch (error) {
    console.error(error)
    if (place.dataset.address !== address + wide) return
    back(target)
    say(exploring.failed)
  }
  place.removeAttribute("aria-busy")
}

// The layout with axes that a reader can zoom, with room for Plotly's buttons, in the colors of the figure. A finger moves
// the page until its owner presses one of them.
function freed(layout, width, isMap) {
  const axes = Object.keys(layout).filter(name => AXIS.test(name) && !KEY.test(name))
  const free = Object.fromEntries(axes.map(name => [name, { ...layout[name], fixedrange: false }]))
  const { color } = layout.font, modebar = { color, activecolor: color, bgcolor: "rgba(0,0,0,0)" }
  const coarse = matchMedia("(pointer: coarse)").matches, bar = coarse ? LARGE_BAR : BAR
  const room = { width, height: layout.height + bar, margin: { ...layout.margin, t: layout.margin.t + bar } }
  const dragmode = coarse ? false : isMap ? "pan" : "zoom"
  return { ...structuredClone({ ...layout, ...free, ...room }), dragmode, modebar, uirevision: "explored" }
}

// Codes and badges stand some pixels beside their places, which are fewer kilometers on a map that is zoomed.
function anchor(place, { data, layout }) {
  const numbers = [...data.keys()].filter(at => data[at].meta?.right), length = ([low, high]) => high - low
  const moved = (letter, side) => numbers.map(at => {
    const { [`${letter}axis`]: axis, [letter]: line, meta } = data[at], name = axis.replace(letter, `${letter}axis`)
    const less = length(place.layout[name].range) / length(layout[name].range) - 1
    return line.map((one, point) => one + meta[side][point] * meta.scale * less)
  })
  window.Plotly.restyle(place, { x: moved("x", "right"), y: moved("y", "up") }, numbers)
}

// Shows the drawing again.
function back(figure) {
  const place = placeOf(figure), inside = place.contains(document.activeElement)
  figure.removeAttribute("data-explored")
  place.removeAttribute("data-address")
  place.removeAttribute("aria-busy")
  window.Plotly?.purge(place)
  place.replaceChildren()
  press()
  if (inside) figure.querySelector("[data-figure]").focus()
}

function press() {
  for (const button of document.querySelectorAll("[data-figure]"))
    button.setAttribute("aria-pressed", button.closest("figure").hasAttribute("data-explored"))
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-figure]"), chosen = button?.closest("figure")
  if (!button) return
  if (chosen.hasAttribute("data-explored")) return back(chosen)
  chosen.dataset.explored = "coming"
  press()
  explore(chosen)
})
document.addEventListener("keydown", ({ key, target }) => {
  const last = target.closest("figure[data-explored]") ?? [...explored()].at(-1)
  if (key === "Escape" && last) back(last)
})
// The wheel moves the page, as everywhere, unless a key is held.
document.addEventListener("wheel", event => {
  if (event.target.closest(".plate-live") && !event.ctrlKey && !event.metaKey) event.stopPropagation()
}, { capture: true, passive: true })

function again() {
  press()
  for (const figure of explored()) explore(figure)
}
document.addEventListener("shown", again)
darkness.addEventListener("change", again)
addEventListener("resize", () => { clearTimeout(again.soon); again.soon = setTimeout(again, 150) })
press()
