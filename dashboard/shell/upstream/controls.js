// Translates Streamlit's own words, which are in English only, and names its controls that have no name.
// See controls.py for the issue this waits for.
const PAUSE = 60
const ATTRIBUTES = ["aria-label", "title", "placeholder"]
// Where Streamlit has words of its own as text (everything else on the page is ours): the link past the menu, the button for
// the pages that find no room in the band, lists and menus, dialogs, the search in a table, tooltips, and the uploader's errors.
const STREAMLIT_TEXT = "[data-testid=stSkipToContent], [data-testid=stTopNavSection], [role=menu], [role=listbox], [role=dialog], .gdg-search-bar," +
  " [data-testid=stTooltipContent], [role=tooltip], [data-testid=stFileChip] [role=alert]"
// Remembers Streamlit's word in each place that was translated, for a change of language.
const replaced = new WeakMap()

// Words with placeholders, e.g. "Remove {name}", are matched by patterns.
function patterns(words) {
  const literal = text => text.replace(/[.*+?^$()|[\]\\]/g, "\\$&")
  return Object.entries(words).filter(([word]) => word.includes("{"))
    .map(([word, ours]) => [new RegExp(`^${literal(word).replace(/\{\w+\}/g, "(.+)")}$`), ours])
}

function translation(word, { words, open }) {
  if (Object.hasOwn(words, word)) return words[word]
  for (const [pattern, ours] of open) {
    const match = pattern.exec(word)
    if (match) return ours.replace(/\{\w+\}/g, () => match[1])
  }
  return undefined
}

// Replaces the word and keeps the spaces around it.
function translated(text, book) {
  const word = text.trim(), ours = translation(word, book)
  return ours === undefined ? text : text.replace(word, () => ours)
}

function put(place, name, now, write, book) {
  const before = replaced.get(place)?.[name]
  // Streamlit may have changed the text since.
  const word = before && before.ours === now ? before.word : now
  const ours = translated(word, book)
  if (ours === now) return
  replaced.set(place, { ...replaced.get(place), [name]: { word, ours } })
  write(ours)
}

function translateText(part, book) {
  const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const text = texts.currentNode
    put(text, "text", text.nodeValue, ours => { text.nodeValue = ours }, book)
  }
}

function translateAll(book) {
  for (const [selector, label] of Object.entries(book.labels))
    for (const element of document.querySelectorAll(selector))
      if (element.getAttribute("aria-label") !== label) element.setAttribute("aria-label", label)
  for (const name of ATTRIBUTES)
    for (const element of document.querySelectorAll(`[${name}]`))
      put(element, name, element.getAttribute(name), ours => element.setAttribute(name, ours), book)
  for (const part of document.querySelectorAll(STREAMLIT_TEXT)) translateText(part, book)
  // Streamlit's drop zone has a name and yet the role presentation.
  for (const element of document.querySelectorAll("[data-testid=stFileUploaderDropzone][role=presentation]"))
    element.setAttribute("role", "group")
}

export function translateControls({ labels, words }) {
  const book = { labels, words, open: patterns(words) }
  let due
  // The phone's menu, lists and messages come and go without a run of the script. React Aria's live region is read out
  // at once, so it is translated at once; the rest waits until figures are painted.
  const observer = new MutationObserver(() => {
    for (const log of document.querySelectorAll("[data-live-announcer]")) translateText(log, book)
    due ??= setTimeout(() => { due = undefined; translateAll(book) }, PAUSE)
  })
  observer.observe(document.body, { childList: true, subtree: true, characterData: true, attributeFilter: ATTRIBUTES })
  translateAll(book)
  return () => { observer.disconnect(); clearTimeout(due) }
}
