// When the server no longer answers: close Streamlit's English dialog, and show our own note that says what to do. When it
// answers again, ask it for the page: a server that was restarted knows nothing of it.
// See connection.py for the issue this waits for.
const PATIENCE = 1500

function lostNote(words) {
  const note = document.getElementById("lost") ?? Object.assign(document.createElement("div"), { id: "lost", hidden: true })
  const part = (kind, text, more) => Object.assign(document.createElement(kind), { textContent: text, ...more })
  note.setAttribute("role", "status")
  note.replaceChildren(part("strong", words.title), part("span", words.advice),
    part("button", words.again, { type: "button", onclick: () => location.reload() }))
  if (!note.isConnected) document.body.append(note)
  return note
}

export function noteLostConnection(words, onReturn) {
  // Streamlit shows the state of the connection only in an attribute that is meant for its own tests.
  const app = document.querySelector(".stApp"), note = lostNote(words)
  let waiting
  const look = () => {
    const lost = app.dataset.testConnectionState !== "CONNECTED"
    if (!lost) waiting = clearTimeout(waiting)
    if (!lost) note.hidden = true
    else waiting ??= setTimeout(() => { note.hidden = false }, PATIENCE)
    const returned = !lost && document.documentElement.hasAttribute("data-lost")
    document.documentElement.toggleAttribute("data-lost", lost)
    if (returned) onReturn()
    // Streamlit's dialog has no class of its own; our own dialog is the stage (.present).
    if (lost) document.querySelector("[role=dialog]:not(.present) button[aria-label=Close]")?.click()
  }
  const observer = new MutationObserver(look)
  observer.observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] })
  observer.observe(document.body, { childList: true })
  look()
  return () => { observer.disconnect(); clearTimeout(waiting) }
}
