// Sets the language of the document, names Streamlit's own controls in it, and tells the server what it cannot know:
// a narrow screen, a dark theme. It speaks only when the answer differs from what the server already has.
const NARROW = window.matchMedia("(max-width: 640px)")

function isDark() {
  const [red, green, blue] = getComputedStyle(document.querySelector(".stApp")).backgroundColor.match(/\d+/g).map(Number)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128
}

function name(labels) {
  for (const [selector, label] of Object.entries(labels))
    for (const element of document.querySelectorAll(selector))
      if (element.getAttribute("aria-label") !== label) element.setAttribute("aria-label", label)
}

export default function ({ data, setStateValue }) {
  document.documentElement.lang = data.lang
  name(data.labels)
  // The phone's menu comes and goes without a run of the script.
  const observer = new MutationObserver(() => name(data.labels))
  observer.observe(document.body, { childList: true, subtree: true })
  const tell = () => {
    const view = `${NARROW.matches ? "narrow" : "wide"} ${isDark() ? "dark" : "light"}`
    if (view !== data.view) setStateValue("view", view)
  }
  tell()
  NARROW.onchange = tell
  return () => {
    observer.disconnect()
    NARROW.onchange = null
  }
}
