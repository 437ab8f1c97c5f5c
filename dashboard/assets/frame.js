// Sets the language of the document, names Streamlit's own controls in it, and tells the server what it cannot know:
// how wide a figure may be, a dark theme. It speaks only when the answer differs from what the server already has.
const WIDEST = 1760, MARGINS = 80, STEP = 80, PHONE = 640

// In coarse steps, so that the drag of a window's edge is not a run of the script for every pixel.
function room() {
  const width = Math.min(window.innerWidth, WIDEST) - MARGINS
  return window.innerWidth <= PHONE ? PHONE : Math.floor(width / STEP) * STEP
}

function isDark() {
  const [red, green, blue] = getComputedStyle(document.querySelector(".stApp")).backgroundColor.match(/\d+/g).map(Number)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128
}

function name(labels) {
  for (const [selector, label] of Object.entries(labels))
    for (const element of document.querySelectorAll(selector))
      if (element.getAttribute("aria-label") !== label) element.setAttribute("aria-label", label)
  // Streamlit's place for files has a name and yet says that it is nothing.
  for (const element of document.querySelectorAll("[data-testid=stFileUploaderDropzone][role=presentation]"))
    element.setAttribute("role", "group")
}

export default function ({ data, setStateValue }) {
  document.documentElement.lang = data.lang
  name(data.labels)
  // The phone's menu comes and goes without a run of the script.
  const observer = new MutationObserver(() => name(data.labels))
  observer.observe(document.body, { childList: true, subtree: true })
  const tell = () => {
    const view = `${room()} ${isDark() ? "dark" : "light"}`
    if (data.view && view !== data.view) setStateValue("view", view)
  }
  tell()
  window.addEventListener("resize", tell)
  return () => {
    observer.disconnect()
    window.removeEventListener("resize", tell)
  }
}
