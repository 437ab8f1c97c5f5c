// Keeps the reader's own agenda in this browser. A session without one gets what is kept here; a change in another tab
// reaches this one, too.
const NAME = "atalaya.agenda"
// What this tab has written, and what it has sent and the server has not yet taken.
let stop, written, sent

function kept() {
  try { return localStorage.getItem(NAME) } catch { return null }
}

function keep(text) {
  try { text ? localStorage.setItem(NAME, text) : localStorage.removeItem(NAME) } catch { /* a browser without storage keeps nothing */ }
}

function start({ data, setTriggerValue }) {
  const send = text => {
    if (!text || text === sent) return
    sent = text
    setTriggerValue("kept", text)
  }
  if (data.own === null) send(kept())
  else {
    sent = undefined
    // Only a change: what another tab has written meanwhile stays.
    if (data.own !== written) keep(written = data.own)
  }
  const changed = event => { if (event.key === NAME) send(event.newValue) }
  addEventListener("storage", changed)
  return () => removeEventListener("storage", changed)
}

// Streamlit calls this whenever the data change, but only cleans up the last call: each call stops the one before.
export default function (part) {
  stop?.()
  stop = start(part)
  return () => stop?.()
}
