// Streamlit opens a link of its menu or of a page in the same tab even if Ctrl, Cmd or Shift is pressed with it, which asks
// for a new tab or window. We know of no issue about it. What it never learns of, the browser does by itself.
function pressed(event) {
  if ((event.ctrlKey || event.metaKey || event.shiftKey) && event.target.closest("a[href]")) event.stopPropagation()
}

export function openInNewTab() {
  document.addEventListener("click", pressed, true)
  return () => document.removeEventListener("click", pressed, true)
}
