// A page that the menu opens makes two entries in the browser's history: Streamlit opens `/routes`, and when the page has
// run, its address gains the language and the chosen state. Back and Forward pass over the first entry, so that each page
// needs one press. We know of no issue about it. The Navigation API says which way the reader goes; a browser that lacks it
// stops at both entries.
let from, by = 0

function moved(event) {
  from = new URL(event.from.url).pathname
  by = Math.sign(navigation.currentEntry.index - event.from.index)
}

// Every address that is complete names its language. Where nothing lies behind the entry, the page stays as it is.
function passed(event) {
  const { currentEntry: { index } } = navigation
  if (new URLSearchParams(location.search).has("lang") || !(by < 0 || (by > 0 && navigation.entries()[index + by]))) return
  event.stopImmediatePropagation()
  history.go(by)
}

// Whether the last step of the reader stayed on a page; unknown, so assumed, without the Navigation API.
export function withinPage() {
  return from === undefined || from === location.pathname
}

export function passIncompleteEntries() {
  const { navigation } = window
  if (!navigation) return () => {}
  navigation.addEventListener("currententrychange", moved)
  // Before Streamlit's own listener.
  window.addEventListener("popstate", passed, true)
  return () => {
    navigation.removeEventListener("currententrychange", moved)
    window.removeEventListener("popstate", passed, true)
  }
}
