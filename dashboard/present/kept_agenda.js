// Keeps the reader's own agenda in this browser. A session without one gets what is kept here; a change in another tab
// reaches this one, too.
const NAME = "atalaya.agenda"
// Milliseconds until an agenda is sent again that the server has not taken: it had no time, or the message was lost while
// the page ran again. One that cannot be read is not sent again after some tries.
const PAUSE = 3000, MOST = 5
// What this tab has written, what it has sent and the server has not yet taken, how often the server asked for it again,
// and how often this tab has tried since.
let stop, written, sent, asked = 0, tries = 0

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
  let later
  if (data.own === null) {
    if (data.again !== asked) {
      asked = data.again
      tries = 0
    } else send(kept())
    later = setTimeout(() => {
      if (tries++ < MOST) {
        sent = undefined
        send(kept())
      }
    }, PAUSE)
  } else {
    tries = 0
    sent = undefined
    // Only a change: what another tab has written meanwhile stays.
    if (data.own !== written) keep(written = data.own)
  }
  const changed = event => { if (event.key === NAME) send(event.newValue) }
  addEventListener("storage", changed)
  return () => {
    clearTimeout(later)
    removeEventListener("storage", changed)
  }
}

// Streamlit calls this whenever the data change, but only cleans up the last call: each call stops the one before.
export default function (part) {
  stop?.()
  stop = start(part)
  return () => stop?.()
}
