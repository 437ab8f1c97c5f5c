// The controls of a document. htmx sends the form `view` at each change and puts the answer into <main>; here are what the
// address leaves out, what was pressed before the scripts came, the years that play, and what the reader is told.
// Milliseconds: until the page looks busy; between two years that play. How often a busy server is asked again.
const PATIENCE = 300, PLAY_INTERVAL = 1100, TRIES = 3
const root = document.documentElement, content = document.getElementById("content"), said = document.getElementById("said")
const view = () => document.getElementById("view")
const controls = () => [...view()?.elements ?? []].filter(one => "default" in one.dataset)

// Nothing in a document is run as code, whatever an attribute says.
const refuse = function () { throw new Error("no code in attributes") }
htmx.registerExtension("atalaya", { init: api => api.initSecurity(null, refuse, refuse) })

function say(words) {
  said.textContent = ""
  if (words) requestAnimationFrame(() => { said.textContent = words })
}

// On a phone the menu is wider than the screen. Browsers without `scroll-initial-target` need this.
document.querySelector(".band nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" })

// ---- the address: as the server writes it, without filters at their defaults

function texts(data) {
  const found = new Map([...new Set(data.keys())].map(name => [name, data.getAll(name).at(-1)]))
  for (const { name, dataset } of controls()) {
    const given = data.getAll(name)
    if (dataset.kind === "several") found.set(name, given.filter(one => one !== "none").join(",") || "none")
    if (dataset.kind === "span") found.set(name, given.sort().join("-"))
    if (found.get(name) === dataset.default) found.set(name, undefined)
  }
  const order = view().dataset.order.split(" "), place = name => order.includes(name) ? order.indexOf(name) : order.length
  return new URLSearchParams([...found].filter(([, text]) => text !== undefined).sort(([one], [other]) => place(one) - place(other)))
}

// The drawings that fit this window are enough.
const widths = { phone: "(max-width: 640px)", tablet: "(max-width: 1119.98px)", desk: "(max-width: 1679.98px)", wall: "all" }
const drawing = () => Object.keys(widths).find(kind => matchMedia(widths[kind]).matches)
for (const width of Object.values(widths)) matchMedia(width).addEventListener("change", () => {
  if (document.querySelector(".plate .still > svg:only-child"))
    htmx.ajax("GET", location.href, { source: content, target: content, swap: "innerMorph show:none" })
})

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  if (ctx.target === content) ctx.request.headers["Atalaya-Drawing"] = drawing()
  if (ctx.sourceElement !== view()) return
  const query = texts(ctx.request.body).toString().replaceAll("%2C", ",").replaceAll("%3A", ":")
  ctx.request.action = location.pathname + (query && `?${query}`)
  ctx.request.body = new FormData()
})

// Whether a control was changed since the server wrote it.
function changed(one) {
  if (one.type === "checkbox" || one.type === "radio") return one.checked !== one.defaultChecked
  return one.options ? [...one.options].some(option => option.selected !== option.defaultSelected) : one.value !== one.defaultValue
}

// ---- waiting, and what comes

let waiting = 0, timer
document.addEventListener("htmx:before:request", () => {
  say("")
  waiting += 1
  timer ??= setTimeout(() => content.setAttribute("aria-busy", "true"), PATIENCE)
})
document.addEventListener("htmx:finally:request", () => {
  waiting -= 1
  if (waiting) return
  timer = clearTimeout(timer)
  content.removeAttribute("aria-busy")
})
document.addEventListener("htmx:error", () => { stop(); say(said.dataset.lost) })
// A server that is busy says when to ask again: a press counts then, unless another one came first.
let retry, refused = 0
document.addEventListener("htmx:before:request", () => clearTimeout(retry))
document.addEventListener("htmx:before:response", event => {
  const { sourceElement, response: { raw } } = event.detail.ctx, seconds = Number(raw.headers.get("Retry-After"))
  if (raw.ok) return void (refused = 0)
  event.preventDefault()
  stop()
  refused += 1
  if (seconds && refused <= TRIES && sourceElement === view()) retry = setTimeout(() => view().requestSubmit(), seconds * 1000)
  else say(said.dataset.lost)
})
// A server of files knows no header and sends the whole document.
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  if (/^\s*<!doctype/i.test(ctx.text) && ctx.target === content && !ctx.select)
    Object.assign(ctx, { select: "#content", swap: "innerMorph strip:true show:none" })
})
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const { activeElement } = document, typed = activeElement.type === "number" && activeElement.value
  // The controls say what the address says, also where only their attributes were replaced.
  view()?.reset()
  if (typed) activeElement.value = typed
  if (ctx.request?.anchor) document.getElementById(ctx.request.anchor)?.focus({ preventScroll: true })
  document.dispatchEvent(new Event("shown"))
})

// ---- the years

const sliders = years => [...years.querySelectorAll("input[type=range]")]

// The line of the sliders and the years in words, before the figure comes; the ends do not cross.
content.addEventListener("input", ({ target }) => {
  const years = target.closest(".plate-years"), all = years ? sliders(years) : []
  if (!all.length) return
  if (all.length > 1 && Number(all[0].value) > Number(all[1].value)) all[target === all[0] ? 1 : 0].value = target.value
  const { low, high, dash } = years.dataset, at = all.map(one => Number(one.value))
  const share = year => (year - low) / (high - low), line = years.querySelector(".plate-track").style
  line.setProperty("--from", all.length > 1 ? share(at[0]) : 0)
  line.setProperty("--to", share(at.at(-1)))
  years.querySelector("output").textContent = [...new Set(at)].join(dash)
})

// All years of a figure at the present choices, fetched when the reader comes near its slider: from then on a step is
// drawn at once, and the rest of the page follows.
const frames = new Map()
function ahead(figure) {
  const years = figure?.querySelector(".plate-years[data-years]")
  if (!years) return undefined
  const address = `${years.dataset.years}${years.dataset.years.includes("?") ? "&" : "?"}drawing=${drawing()}`
  if (!frames.has(address)) {
    const coming = fetch(address).then(answer => answer.ok ? answer.json() : undefined).catch(() => frames.delete(address))
    frames.set(address, { coming })
    coming.then(found => {
      if (!found?.years) return
      frames.get(address).found = found
      document.head.append(Object.assign(document.createElement("style"), { textContent: found.looks }))
    })
  }
  return frames.get(address).found
}

function draw(figure, year) {
  const words = ahead(figure)?.years[year]
  if (words === undefined) return
  for (const [place, html] of Object.entries(words)) {
    const found = figure.querySelector(place)
    if (found) found.innerHTML = html
  }
  document.dispatchEvent(new Event("drawn"))
}
for (const kind of ["pointerover", "focusin"])
  content.addEventListener(kind, ({ target }) => { if (target.closest(".plate-years")) ahead(target.closest("figure")) })
content.addEventListener("input", ({ target }) => {
  if (target.matches(".plate-years input[type=range]:only-child")) draw(target.closest("figure"), target.value)
})

let playing, next
function stop() {
  clearTimeout(next)
  playing = undefined
  mark()
}

function mark() {
  for (const button of document.querySelectorAll(".plate-play")) {
    button.dataset.play ??= button.title
    button.dataset.playing = button.id === playing
    button.title = button.id === playing ? button.dataset.pause : button.dataset.play
    button.setAttribute("aria-label", button.title)
  }
}

// One year on; from the last one, or from all years, it begins with the first.
function step() {
  const all = sliders(document.getElementById(playing).parentElement), [first, last = first] = all, { min, max } = first
  const whole = all.length > 1 && first.value === min && last.value === max
  const by = whole || last.value === max ? min - last.value + (whole ? 0 : last.value - first.value) : 1
  last.value = Number(last.value) + by
  if (all.length > 1) first.value = whole ? last.value : Number(first.value) + by
  for (const kind of ["input", "change"]) last.dispatchEvent(new Event(kind, { bubbles: true }))
  if (last.value === max) stop()
}

content.addEventListener("click", ({ target }) => {
  if (!target.matches(".plate-play")) return
  const starts = playing !== target.id
  stop()
  if (!starts) return
  playing = target.id
  mark()
  step()
})
content.addEventListener("change", event => { if (event.isTrusted && playing) stop() })
document.addEventListener("shown", () => {
  mark()
  clearTimeout(next)
  if (playing) next = setTimeout(step, PLAY_INTERVAL)
})

// ---- the start

root.dataset.scripts = ""
// After htmx has found the form.
setTimeout(() => { if (controls().some(changed)) view().requestSubmit() })
