// Completes the address of a page that was opened without parameters, as the menu does: it gains the language and the
// chosen state in its own entry of the browser's history. What Streamlit writes makes an entry of its own, and on a busy
// machine comes before the browser has left the page before.
export default function ({ data }) {
  const here = data.paths.some(path => location.pathname.endsWith(`/${path}`))
  if (here && !new URLSearchParams(location.search).has("lang")) history.replaceState(history.state, "", `?${data.query}${location.hash}`)
}
