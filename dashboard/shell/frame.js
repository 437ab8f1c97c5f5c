// The frame around a page: sets the language of the document, starts the overrides of shell/upstream/ (which are served
// as one file with this one), and reports to the server the width of figures, the theme, Back and Forward,
// and that a lost connection is there again.
const WIDEST = 1760, MARGINS = 80, STEP = 80, PHONE = 640
const fetched = new Map()
let steps = 0, returns = 0, stop

// In coarse steps, so that resizing the window does not rerun the script for every pixel.
function figureWidth() {
  const width = Math.min(window.innerWidth, WIDEST) - MARGINS
  return window.innerWidth <= PHONE ? PHONE : Math.floor(width / STEP) * STEP
}

// Streamlit gives a component its theme only as CSS variables, so take the background color.
function isDark() {
  const [red, green, blue] = getComputedStyle(document.querySelector(".stApp")).backgroundColor.match(/\d+/g).map(Number)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128
}

// The words of a language: fetched once from an address, or given with the run.
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
  let words, stopped = false
  const stops = [openInNewTab(), keepPopoverInTabOrder(), notePrintedRows(() => words?.paper)]
  dictionary(data.words).then(found => {
    if (stopped) return
    words = found
    stops.push(translateControls(words), noteLostConnection(words.lost, () => setStateValue("returns", ++returns)))
  }).catch(console.error)
  const look = () => {
    const theme = isDark() ? "dark" : "light", view = `${figureWidth()} ${theme}`
    // Popovers are outside Streamlit's own frame, and only that frame has the theme.
    document.documentElement.style.colorScheme = theme
    if (data.view && view !== data.view) setStateValue("view", view)
  }
  // Within a page the filters follow the address; Streamlit itself handles a step to another page. After a quick Back, the
  // page of `data` may not be the one that the reader comes from: the Navigation API, in browsers that have it, knows that.
  let from
  const moved = event => { from = new URL(event.from.url).pathname }
  const step = () => {
    if ((from ?? location.pathname) === location.pathname && data.paths.some(path => location.pathname.endsWith(`/${path}`)))
      setStateValue("history", { number: ++steps, query: location.search.slice(1) })
  }
  look()
  window.addEventListener("resize", look)
  window.addEventListener("popstate", step)
  window.navigation?.addEventListener("currententrychange", moved)
  return () => {
    stopped = true
    for (const one of stops) one()
    window.removeEventListener("resize", look)
    window.removeEventListener("popstate", step)
    window.navigation?.removeEventListener("currententrychange", moved)
  }
}

// Streamlit calls this whenever the data change, but only cleans up the last call: each call stops the one before.
export default function (part) {
  stop?.()
  stop = start(part)
  return () => stop?.()
}
