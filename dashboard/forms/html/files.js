// Pages that are files, which no server answers: what a control needs comes as scripts from files beside the page, since a
// browser fetches nothing from a disk. Loaded after page.js, whose names it uses.
const files = JSON.parse(said.dataset.files), awaited = new Map()

// What the server would have at an address: a script with a call of `arrived`.
function fileOf(address) {
  return new Promise((resolve, reject) => {
    const src = `${address.replace("?", ".").replaceAll("&", "_")}.js`
    const script = element("script", { src, onerror: () => reject(new Error(src)) })
    awaited.set(script, resolve)
    document.head.append(script)
  })
}

function arrived(content) {
  awaited.get(document.currentScript)(content)
}

// ---- views: the parts of the page that differ from the page as it first opens

const parts = () => [...content.querySelectorAll(":scope > .head, section")]
const initial = { title: document.title, all: content.querySelector(".sections").outerHTML, parts: parts().map(one => one.outerHTML) }
const first = { title: initial.title, count: initial.parts.length, parts: {} }

function put({ title, looks, count, parts: changed, all }) {
  const { id } = document.activeElement, open = [...content.querySelectorAll("details[open][id]")].map(one => one.id)
  document.title = title
  if (looks) document.head.append(element("style", {}, looks))
  if (all || parts().length !== count) content.querySelector(".sections").outerHTML = all ?? initial.all
  for (const [place, part] of parts().entries()) {
    const next = changed[place] ?? (all ? part.outerHTML : initial.parts[place])
    if (part.outerHTML !== next) part.outerHTML = next
  }
  for (const one of open) document.getElementById(one)?.setAttribute("open", "")
  document.getElementById(id)?.focus({ preventScroll: true })
  document.dispatchEvent(new Event("shown"))
}

let wanted = ""
async function show(query) {
  wanted = query
  if (query && !files.views.includes(query)) return lacking()
  try {
    const found = query ? await json(files.folder + query) : first
    if (wanted === query) replaced(query, found)
  } catch (error) {
    console.error(error)
    lacking()
  }
}

function replaced(query, found) {
  history.replaceState(null, "", location.pathname + (query && `?${query}`))
  for (const link of document.querySelectorAll(".languages a[href]")) link.search = query
  document.getElementById("lacking")?.remove()
  put(found)
}

// An address of a view that is not written shows the page as it first opens, and says so above it.
function lacking() {
  replaced("", first)
  content.prepend(element("p", { id: "lacking", class: "warning", role: "status" }, files.absent))
}

// A view of this page is shown in its place; another page is opened.
function go(address) {
  const to = new URL(address, location.href)
  if (to.pathname !== location.pathname) location.assign(to)
  else show(decodeURIComponent(to.search.slice(1)))
}

const chosenView = () => `${location.pathname}?${texts(new FormData(view()))}`
const chosen = target => target.selectedOptions?.[0].dataset.address ?? target.dataset.address
document.addEventListener("change", ({ target }) => {
  if (target.form !== view() || !("default" in target.dataset)) return
  go(chosen(target) ?? chosenView())
})
document.addEventListener("submit", event => {
  const { target } = event, address = target.matches(".chooser") && chosen(target.querySelector("select"))
  if (target !== view() && !address) return
  event.preventDefault()
  go(address || chosenView())
})
document.addEventListener("click", event => {
  const link = event.target.closest("a[href]")
  if (!link || link.target || link.hash || event.ctrlKey || event.metaKey || event.shiftKey || !link.pathname) return
  if (link.pathname !== location.pathname || !files.views.includes(decodeURIComponent(link.search.slice(1)))) return
  event.preventDefault()
  go(link.href)
})
// A show begins with the view of its address.
root.toggleAttribute("data-coming", Boolean(location.search))
document.addEventListener("shown", () => root.removeAttribute("data-coming"), { capture: true })
if (location.search) show(decodeURIComponent(location.search.slice(1)))

// ---- a page that was kept (`s/<snapshot>/`) says when there is a newer one

async function compare() {
  const home = new URL(files.root, location.href)
  // From a disk a browser fetches nothing: the foot of the page says the day of its data.
  if (home.protocol === "file:" || !home.pathname.endsWith(`/s/${files.snapshot}/`)) return
  const { id } = await (await fetch(new URL("../../current.json", home), { cache: "no-cache" })).json()
  if (id === files.snapshot) return
  const link = element("a", { href: new URL(`../../${files.document}${location.search}`, home) }, files.newest)
  content.prepend(element("p", { class: "warning", role: "status" }, `${files.newer} `, link))
}
compare().catch(() => null)
