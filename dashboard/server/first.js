// Starts Streamlit when the first view is painted. The stage removes the view; a page without its figure has no such stage.
const view = document.getElementById("first"), PATIENCE = 2000
const start = () => document.body.append(document.getElementById("later").content)
// The browser says so only after it has painted: a frame later that is the whole document.
const painted = () => new PerformanceObserver((list, paints) => {
  // The first paint may be the ground alone.
  if (!list.getEntriesByName("first-contentful-paint").length) return
  paints.disconnect()
  start()
}).observe({ type: "paint", buffered: true })
document.hidden ? start() : requestAnimationFrame(() => setTimeout(painted))
let ended
const watch = setInterval(() => {
  // Not while the reader looks for a state in the list.
  if (view.querySelector("details[open]")) return
  if (document.querySelector("#root footer") && !document.querySelector("#root [data-testid=stSkeleton]")) ended ??= performance.now()
  if (performance.now() - ended > PATIENCE) view.remove()
  if (!view.isConnected) clearInterval(watch)
}, 250)
