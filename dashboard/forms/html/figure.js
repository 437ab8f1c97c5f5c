// What a document adds by scripts to its figures, lists and code: zoom, words at the pointer, search, copying. Served as one
// file with page.js.
// How much nearer a map can be, and by how much with each turn of the wheel; pixels of a move.
const MOST = 8, STEP_OF_ZOOM = 1.5, MOVED = 5
const zooms = new Map()

// ---- zoom: the part of a drawing that is seen, by figure; a new drawing of the same figure shows the same part

function frame(figure) {
  const { times, x, y } = zooms.get(figure.id)
  for (const svg of figure.querySelectorAll(".still > svg")) {
    const [, , wide, high] = (svg.dataset.whole ??= svg.getAttribute("viewBox")).split(/[ ,]+/).map(Number)
    const [across, down] = [wide / times, high / times]
    const from = (middle, part, all) => Math.min(Math.max(middle * all - part / 2, 0), all - part)
    svg.setAttribute("viewBox", [from(x, across, wide), from(y, down, high), across, down].join(" "))
  }
  figure.querySelector(".plate-board").toggleAttribute("data-zoomed", times > 1)
}

// Shows the part around a place, as parts of the whole, and no more than there is.
function see(figure, times, x, y) {
  const within = value => Math.min(Math.max(value, 0.5 / times), 1 - 0.5 / times)
  zooms.set(figure.id, { times, x: within(x), y: within(y) })
  frame(figure)
}

// What is at `across` and `down`, as parts of what is seen, stays there.
function zoom(figure, by, across = 0.5, down = 0.5) {
  const { times, x, y } = zooms.get(figure.id) ?? { times: 1, x: 0.5, y: 0.5 }, next = Math.min(Math.max(times * by, 1), MOST)
  const moved = (middle, part) => middle + (part - 0.5) * (1 / times - 1 / next)
  see(figure, next, moved(x, across), moved(y, down))
}

document.addEventListener("click", ({ target }) => {
  const by = target.closest("[data-zoom]")?.dataset.zoom
  if (by !== undefined) zoom(target.closest("figure"), Number(by))
})

// The wheel moves the page, as everywhere, unless a key is held.
function turned(event) {
  const svg = (event.ctrlKey || event.metaKey) && event.target.closest(".still > svg")
  if (!svg) return
  event.preventDefault()
  const { left, top, width, height } = svg.getBoundingClientRect()
  zoom(svg.closest("figure"), event.deltaY < 0 ? STEP_OF_ZOOM : 1 / STEP_OF_ZOOM, (event.clientX - left) / width, (event.clientY - top) / height)
}

// Listeners of the maps alone: with one of the document, a browser would ask it before it moves the page at all.
function listen() {
  for (const still of document.querySelectorAll(".still[data-map]")) still.onwheel = turned
}
listen()
document.addEventListener("shown", listen)

document.addEventListener("pointerdown", event => {
  const board = event.target.closest(".plate-board[data-zoomed]"), svg = event.target.closest("svg")
  if (!board || !svg || event.button) return
  const figure = board.closest("figure"), begun = zooms.get(figure.id), { width, height } = svg.getBoundingClientRect()
  const move = at => {
    const [across, down] = [event.clientX - at.clientX, event.clientY - at.clientY]
    if (Math.hypot(across, down) < MOVED && !board.dataset.moved) return
    board.dataset.moved = ""
    see(figure, begun.times, begun.x + across / width / begun.times, begun.y + down / height / begun.times)
  }
  const end = () => {
    removeEventListener("pointermove", move)
    setTimeout(() => delete board.dataset.moved)
  }
  addEventListener("pointermove", move)
  for (const kind of ["pointerup", "pointercancel"]) addEventListener(kind, end, { once: true })
})
// A mark that has the focus is in sight.
content.addEventListener("focusin", ({ target }) => {
  if (!target.matches(".plate-board[data-zoomed] .still a")) return
  const figure = target.closest("figure"), { times, x, y } = zooms.get(figure.id), mark = markOf(target)
  const { left, top, width, height } = target.ownerSVGElement.getBoundingClientRect()
  const [across, down] = [(mark.left + mark.width / 2 - left) / width, (mark.top + mark.height / 2 - top) / height]
  if (Math.min(across, down) >= 0 && Math.max(across, down) <= 1) return
  see(figure, times, x + (across - 0.5) / times, y + (down - 0.5) / times)
  // The browser has moved the page to where the mark was.
  target.closest(".plate-board").scrollIntoView({ block: "center" })
})

// A link of the drawing is not opened by the end of a move, nor dragged.
document.addEventListener("click", event => { if (event.target.closest("[data-moved]")) event.preventDefault() }, true)
document.addEventListener("dragstart", event => { if (event.target.closest(".still")) event.preventDefault() })
for (const kind of ["shown", "drawn"]) document.addEventListener(kind, () => {
  for (const id of zooms.keys()) if (document.getElementById(id)) frame(document.getElementById(id))
})

// ---- what a mark says, at the pointer or beside the mark that has the focus

const markOf = link => (link.querySelector("circle, use") ?? link).getBoundingClientRect()

function words(event) {
  const link = event.target.closest?.(".still a")
  for (const label of document.querySelectorAll(".plate-hover")) label.remove()
  if (!link) return
  const title = link.querySelector("title")
  // The browser's own label would come later, over this one.
  if (title) link.setAttribute("aria-label", title.textContent)
  title?.remove()
  const label = Object.assign(document.createElement("div"), { className: "plate-hover", ariaHidden: "true" })
  const lines = link.getAttribute("aria-label").split(/\s?; /)
  label.append(...lines.map(textContent => Object.assign(document.createElement("span"), { textContent })))
  link.closest(".plate-board").append(label)
  const mark = markOf(link), focus = event.type === "focusin"
  const [x, y] = focus ? [mark.left + mark.width / 2, mark.bottom] : [event.clientX + 12, event.clientY + 12]
  label.style.left = `${Math.max(Math.min(x, innerWidth - label.offsetWidth - 16), 0)}px`
  const above = Math.min(y - label.offsetHeight - 24, innerHeight - label.offsetHeight - 8)
  label.style.top = `${y + label.offsetHeight > innerHeight ? Math.max(above, 0) : y}px`
}
for (const kind of ["pointermove", "pointerleave", "focusin", "focusout"]) content.addEventListener(kind, words)
// The words of a mark that has the focus move with it: the browser itself moves the page to a mark out of sight.
addEventListener("scroll", () => words({ type: "focusin", target: document.querySelector(".still a:focus-visible") ?? document.body }))

// ---- search in a list of several or in a table, and the end of such a list

const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
content.addEventListener("input", ({ target }) => {
  if (!("finds" in target.dataset)) return
  for (const one of target.closest("[data-list]").querySelectorAll(target.dataset.finds))
    one.hidden = !fold(`${one.textContent} ${one.dataset.names ?? ""}`).includes(fold(target.value.trim()))
})
document.addEventListener("shown", () => {
  for (const field of document.querySelectorAll("[data-finds]"))
    if (field.value) field.dispatchEvent(new Event("input", { bubbles: true }))
})
const close = but => { for (const list of document.querySelectorAll(".several [open]")) if (list !== but) list.open = false }
document.addEventListener("click", ({ target }) => close(target.closest(".several details")))
document.addEventListener("keydown", event => {
  if (event.key !== "Escape") return
  for (const label of document.querySelectorAll(".plate-hover")) label.remove()
  const list = event.target.closest(".several [open]")
  close()
  list?.querySelector("summary").focus()
})

// ---- copying and sharing

// Begun in the press itself, with the file still on its way: a browser allows no copying later.
async function copyFile(address, kind) {
  const file = fetch(address).then(answer => answer.ok ? answer.blob() : Promise.reject(new Error(String(answer.status))))
  // Where the browser refuses before it looks at the file.
  file.catch(() => null)
  await navigator.clipboard.write([new ClipboardItem({ [kind]: file })])
}

// The address of the view leads to the figure.
const linkTo = figure => `${location.href.replace(/#.*/, "")}#${figure.id}`

// What is copied: the code beside the button, the link to its figure, or the file of the first link beside it.
document.addEventListener("click", ({ target }) => {
  const { copy, copied, failed } = target.dataset, beside = target.parentElement
  if (copy === undefined) return
  const text = async () => navigator.clipboard.writeText(copy ? linkTo(target.closest("figure")) : beside.querySelector("code").textContent)
  const copying = copy.includes("/") ? copyFile(beside.querySelector("a").href, copy) : text()
  copying.then(() => say(copied), () => say(failed))
})

// The reader may choose no way to share: that is no error.
document.addEventListener("click", ({ target }) => {
  if (!("share" in target.dataset)) return
  navigator.share({ title: document.title, url: linkTo(target.closest("figure")) })
    .catch(({ name }) => { if (name !== "AbortError") say(target.dataset.failed) })
})
document.documentElement.toggleAttribute("data-shares", "share" in navigator)
