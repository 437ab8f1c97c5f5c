// Adds to a printed page its address, and under each table that scrolls how many of its rows are printed.
const ROW_HEIGHT = 35

export function notePrintedRows(words) {
  const note = (place, text) => {
    const line = place.querySelector(":scope > .on-paper") ?? document.createElement("p")
    line.className = "on-paper"
    line.textContent = text
    place.append(line)
  }
  const annotate = () => {
    // Streamlit draws a table on a canvas; the grid beside it, for screen readers, counts the rows.
    for (const table of document.querySelectorAll("[data-testid=stDataFrame]")) {
      const grid = table.querySelector("[role=grid]"), all = Number(grid?.getAttribute("aria-rowcount")) - 1
      const loaded = [...grid?.querySelectorAll("[role=row]") ?? []].length - 1
      const shown = Math.min(loaded, Math.floor(table.getBoundingClientRect().height / ROW_HEIGHT) - 1)
      if (words() && all > shown) note(table.parentElement, words().rows.replace("{n}", shown).replace("{all}", all))
    }
    // The address needs no words: it is printed even before they are loaded. Readers find the view at the public one.
    const foot = document.querySelector("footer"), site = foot?.dataset.address
    if (site) note(foot, site + decodeURI(location.pathname.replace(/.*(?=\/)/, "") + location.search))
  }
  window.addEventListener("beforeprint", annotate)
  return () => window.removeEventListener("beforeprint", annotate)
}
