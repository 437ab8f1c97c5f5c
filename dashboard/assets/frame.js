// Sets the language of the document, names Streamlit's own controls in it, and tells the server what it cannot know:
// how wide a figure may be, a dark theme. It speaks only when the answer differs from what the server already has.
const WIDEST = 1760, MARGINS = 80, STEP = 80, PHONE = 640, PAUSE = 60, ROW = 35
// Where Streamlit's own words stand as text; everything else in the page is ours.
const ITS_OWN = "[data-testid=stSkipToContent], [role=menu], [role=listbox], [role=dialog], .gdg-search-bar," +
  " [data-testid=stTooltipContent], [role=tooltip], [data-testid=stFileChip] [role=alert]"
const SPOKEN = ["aria-label", "title", "placeholder"]
const kept = new Map()

// In coarse steps, so that the drag of a window's edge is not a run of the script for every pixel.
function room() {
  const width = Math.min(window.innerWidth, WIDEST) - MARGINS
  return window.innerWidth <= PHONE ? PHONE : Math.floor(width / STEP) * STEP
}

function isDark() {
  const [red, green, blue] = getComputedStyle(document.querySelector(".stApp")).backgroundColor.match(/\d+/g).map(Number)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128
}

// The words of a language, fetched once: as a plain table, and those with places in them as patterns.
function book(words) {
  const key = typeof words === "string" ? words : JSON.stringify(words)
  if (!kept.has(key)) {
    const told = typeof words === "string" ? fetch(words).then(answer => answer.json()) : Promise.resolve(words)
    kept.set(key, told.then(read))
    kept.get(key).catch(() => kept.delete(key))
  }
  return kept.get(key)
}

function read({ labels, words, lost, paper }) {
  const literal = text => text.replace(/[.*+?^$()|[\]\\]/g, "\\$&")
  const open = Object.entries(words).filter(([word]) => word.includes("{"))
  const patterns = open.map(([word, ours]) => [new RegExp(`^${literal(word).replace(/\{\w+\}/g, "(.+)")}$`), ours])
  return { labels, lost, paper, words: new Map(Object.entries(words)), patterns }
}

// What was put in a place of its own is remembered: in another language it is found again by Streamlit's word.
const before = new WeakMap()

// In the place of a word, between the spaces that Streamlit leaves around it.
function ours(text, told) {
  const word = text.trim(), said = spoken(word, told)
  return said === undefined ? undefined : text.replace(word, () => said)
}

function spoken(word, { words, patterns }) {
  const whole = words.get(word)
  if (whole !== undefined) return whole
  for (const [pattern, said] of patterns) {
    const found = pattern.exec(word)
    if (found) return said.replace(/\{\w+\}/g, () => found[1])
  }
  return undefined
}

function put(place, name, now, tell, told) {
  const held = before.get(place)?.[name]
  // Streamlit may have written anew since.
  const word = held && held.ours === now ? held.word : now
  const said = ours(word, told) ?? word
  if (said === now) return
  before.set(place, { ...before.get(place), [name]: { word, ours: said } })
  tell(said)
}

function reword(part, told) {
  const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const text = texts.currentNode
    put(text, "text", text.nodeValue, said => { text.nodeValue = said }, told)
  }
}

function name(told) {
  for (const [selector, label] of Object.entries(told.labels))
    for (const element of document.querySelectorAll(selector))
      if (element.getAttribute("aria-label") !== label) element.setAttribute("aria-label", label)
  for (const spoken of SPOKEN)
    for (const element of document.querySelectorAll(`[${spoken}]`))
      put(element, spoken, element.getAttribute(spoken), said => element.setAttribute(spoken, said), told)
  for (const part of document.querySelectorAll(ITS_OWN)) reword(part, told)
  // Streamlit's place for files has a name and yet says that it is nothing.
  for (const element of document.querySelectorAll("[data-testid=stFileUploaderDropzone][role=presentation]"))
    element.setAttribute("role", "group")
}

// A server that no longer answers: what Streamlit says of it, in English, is put away, and ours says what to do.
const PATIENCE = 1500

function lost(words) {
  const made = document.getElementById("lost") ?? Object.assign(document.createElement("div"), { id: "lost", hidden: true })
  const part = (kind, text, more) => Object.assign(document.createElement(kind), { textContent: text, ...more })
  made.setAttribute("role", "status")
  made.replaceChildren(part("strong", words.title), part("span", words.advice),
    part("button", words.again, { type: "button", onclick: () => location.reload() }))
  if (!made.isConnected) document.body.append(made)
  return made
}

function watched(words) {
  const app = document.querySelector(".stApp"), note = lost(words)
  let waiting
  const look = () => {
    const gone = app.dataset.testConnectionState !== "CONNECTED"
    if (!gone) waiting = clearTimeout(waiting)
    if (!gone) note.hidden = true
    else waiting ??= setTimeout(() => { note.hidden = false }, PATIENCE)
    document.documentElement.toggleAttribute("data-lost", gone)
    if (gone) document.querySelector("[role=dialog]:not(.present) button[aria-label=Close]")?.click()
  }
  const observer = new MutationObserver(look)
  observer.observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] })
  observer.observe(document.body, { childList: true })
  look()
  return () => { observer.disconnect(); clearTimeout(waiting) }
}

// What paper cannot do: the address to come back by, and how many rows of a table that scrolls are not on it.
// The address needs no words: it is told even before they are here.
function papered(words) {
  const note = (place, text) => {
    const held = place.querySelector(":scope > .on-paper") ?? document.createElement("p")
    held.className = "on-paper"
    held.textContent = text
    place.append(held)
  }
  const tell = () => {
    for (const table of document.querySelectorAll("[data-testid=stDataFrame]")) {
      const grid = table.querySelector("[role=grid]"), all = Number(grid?.getAttribute("aria-rowcount")) - 1
      const seen = [...grid?.querySelectorAll("[role=row]") ?? []].length - 1
      const shown = Math.min(seen, Math.floor(table.getBoundingClientRect().height / ROW) - 1)
      if (words() && all > shown) note(table.parentElement, words().rows.replace("{n}", shown).replace("{all}", all))
    }
    const foot = document.querySelector("footer")
    if (foot) note(foot, decodeURI(location.href))
  }
  window.addEventListener("beforeprint", tell)
  return () => window.removeEventListener("beforeprint", tell)
}

// Streamlit puts what a button folds out at the end of the document: with the keys it would not be reached from there.
const REACHED = "a[href], button:not([disabled]), input:not([disabled]), textarea, [tabindex='0']"

function tabbed(event) {
  const body = document.querySelector("[data-testid=stPopoverBody]"), held = document.activeElement
  if (event.key !== "Tab" || !body) return
  const button = document.querySelector("[data-testid=stPopoverButton][aria-expanded=true]"), parts = [...body.querySelectorAll(REACHED)]
  if (held === button && !event.shiftKey && parts.length) {
    event.preventDefault()
    parts[0].focus()
  } else if (button && body.contains(held) && held === parts.at(event.shiftKey ? 0 : -1)) {
    event.preventDefault()
    button.focus()
    if (!event.shiftKey) button.click()
  }
}

// Streamlit calls this anew whenever the data change, and asks only the last call to clean up: each ends the one before.
let steps = 0, stop

export default function (part) {
  stop?.()
  stop = start(part)
  return () => stop?.()
}

function start({ data, setStateValue }) {
  document.documentElement.lang = data.lang
  let told, due, watching, over = false
  const papering = papered(() => told?.paper)
  const tidy = () => { due = undefined; name(told) }
  // The phone's menu, lists and messages come and go without a run of the script. What is read out at once is put at
  // once; the rest waits until figures are painted.
  const observer = new MutationObserver(() => {
    if (!told) return
    for (const log of document.querySelectorAll("[data-live-announcer]")) reword(log, told)
    due ??= setTimeout(tidy, PAUSE)
  })
  observer.observe(document.body, { childList: true, subtree: true, characterData: true, attributeFilter: SPOKEN })
  book(data.words).then(held => {
    if (over) return
    told = held
    name(told)
    watching = watched(told.lost)
  }).catch(console.error)
  const tell = () => {
    const theme = isDark() ? "dark" : "light", view = `${room()} ${theme}`
    // What folds out lies outside of Streamlit's own frame, which alone has the theme.
    document.documentElement.style.colorScheme = theme
    if (data.view && view !== data.view) setStateValue("view", view)
  }
  // Back and Forward within a page: the filters go back to what the address says. Streamlit itself takes the reader to
  // another page.
  const stepped = () => {
    if (data.paths.some(path => location.pathname.endsWith(`/${path}`)))
      setStateValue("history", { number: ++steps, query: location.search.slice(1) })
  }
  tell()
  window.addEventListener("resize", tell)
  window.addEventListener("popstate", stepped, true)
  document.addEventListener("keydown", tabbed, true)
  return () => {
    over = true
    observer.disconnect()
    watching?.()
    papering()
    clearTimeout(due)
    window.removeEventListener("resize", tell)
    window.removeEventListener("popstate", stepped, true)
    document.removeEventListener("keydown", tabbed, true)
  }
}
