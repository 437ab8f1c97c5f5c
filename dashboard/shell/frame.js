// The frame around a page: sets the language of the document, starts the overrides of shell/upstream/ (which are served
// as one file with this one), and reports to the server how wide a figure may be, a dark theme, and Back and Forward.
const WIDEST = 1760, MARGINS = 80, STEP = 80, PHONE = 640
const fetched = new Map()
let steps = 0, stop

// In coarse steps, so that the drag of a window's edge is not a run of the script for every pixel.
function figureWidth() {
  const width = Math.min(window.innerWidth, WIDEST) - MARGINS
  return window.innerWidth <= PHONE ? PHONE : Math.floor(width / STEP) * STEP
}

// Streamlit tells a component of its theme by CSS variables alone: the color of its frame says whether it is dark.
function isDark() {
  const [red, green, blue] = getComputedStyle(document.querySelector(".stApp")).backgroundColor.match(/\d+/g).map(Number)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128
}

// The words of a language, fetched once, or those that came with the run.
function dictionary(source) {
  if (typeof source !== "string") return Promise.resolve(source)
  if (!fetched.has(source)) {
    fetched.set(source, fetch(source).then(answer => answer.json()))
    fetched.get(source).catch(() => fetched.delete(source))
  }
  return fetched.get(source)
}

function start({ data, setStateValue }) {
  document.documentElement.lang = data.lang
  let words, over = false
  const stops = [keepPopoverInTabOrder(), notePrintedRows(() => words?.paper)]
  dictionary(data.words).then(found => {
    if (over) return
    words = found
    stops.push(translateControls(words), noteLostConnection(words.lost))
  }).catch(console.error)
  const look = () => {
    const theme = isDark() ? "dark" : "light", view = `${figureWidth()} ${theme}`
    // Popovers lie outside of Streamlit's own frame, which alone has the theme.
    document.documentElement.style.colorScheme = theme
    if (data.view && view !== data.view) setStateValue("view", view)
  }
  // Within a page the filters follow the address; to another page Streamlit itself takes the reader.
  const step = () => {
    if (data.paths.some(path => location.pathname.endsWith(`/${path}`)))
      setStateValue("history", { number: ++steps, query: location.search.slice(1) })
  }
  look()
  window.addEventListener("resize", look)
  window.addEventListener("popstate", step)
  return () => {
    over = true
    for (const one of stops) one()
    window.removeEventListener("resize", look)
    window.removeEventListener("popstate", step)
  }
}

// Streamlit calls this again whenever the data change, and lets only the last call clean up: each ends the one before.
export default function (part) {
  stop?.()
  stop = start(part)
  return () => stop?.()
}
