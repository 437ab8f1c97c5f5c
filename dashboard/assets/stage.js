// Hosts Plotly once and shows one figure at a time. A figure comes by its address, so that the browser keeps it; the
// lines of the ground come once. The years are stepped here and painted at once: beside the figure that is seen, the
// ones before and after it stand ready for who is at the years, drawn while nothing else is to be done. The server
// hears when the steps rest.
const WIDEST = 1760, MARGINS = 80, STEP = 80, PHONE = 640
const KEPT = 80, REST = 250, BEAT = 1100, DOUBT = 4000, LINGER = 70, CLOSEST = 8, NEARER = 1.5, WARM = 3
const CONFIG = { displayModeBar: false, scrollZoom: false, doubleClick: false, showTips: false }
const COMING = ["pointerover", "focusin", "input", "keydown", "pointerdown"], MAKING = ["click", "keydown"]
const WALKING = /^(Arrow(Up|Down)|Home|End|Page)/
const figures = new Map(), stages = new WeakMap(), scripts = new Map()
// How long Streamlit waits for the early map, and that for the page's own.
const PATIENCE = 3000, MOMENT = 120, LONGEST = 20000, SETTLED = 700
let ground, first

function script(address) {
  if (!scripts.has(address))
    scripts.set(address, window.Plotly ? Promise.resolve() : new Promise((resolve, reject) => {
      const held = document.querySelector(`script[src="${address}"]`)
      const tag = held ?? Object.assign(document.createElement("script"), { src: address })
      tag.addEventListener("load", resolve)
      tag.addEventListener("error", reject)
      if (!held) document.head.append(tag)
    }))
  return scripts.get(address)
}

// Settled once the style is there, or cannot be had: what measures its place waits for it.
function style(address) {
  const held = document.querySelector(`link[href="${address}"]`)
  const link = held ?? Object.assign(document.createElement("link"), { rel: "stylesheet", href: address })
  const come = link.sheet ? Promise.resolve() : new Promise(resolve => {
    link.addEventListener("load", resolve)
    // The next who asks tries again.
    link.addEventListener("error", () => { link.remove(); resolve() })
  })
  if (!held) document.head.append(link)
  return come
}

async function json(address) {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`)
  return answer.json()
}

function figure(address) {
  let held = figures.get(address)
  figures.delete(address)
  held ??= Promise.all([json(address), ground]).then(([told, lines]) => placed(told, lines))
  held.catch(() => figures.delete(address))
  figures.set(address, held)
  if (figures.size > KEPT) figures.delete(figures.keys().next().value)
  return held
}

// The lines of the ground are numbers into a list that every figure shares; shapes that look alike are lists of lines.
// Other long lines are told by their second differences in some unit, long words by their number in the figure.
function placed(told, lines) {
  const said = value => Array.isArray(value) ? value.map(said) : Number.isInteger(value) ? told.words[value] : value
  const whole = line => Number.isInteger(line) ? lines[line] : line?.bends ? walked(walked(line.bends), line.unit) : line
  for (const trace of told.data) {
    // Which land each ring belongs to: the lines of a land are parted by gaps as well.
    if (trace.lands)
      trace.meta = { lands: said(trace.lands), rings: trace.x.flatMap((line, land) => Array(rings(whole(line))).fill(land)) }
    for (const words of ["text", "hovertext"]) if (words in trace) trace[words] = said(trace[words])
    for (const axis of ["x", "y"]) {
      if (!(axis in trace)) continue
      trace[axis] = !trace.lands ? whole(trace[axis])
        : trace[axis].every(Number.isInteger) ? joined(trace[axis], lines) : strung(trace[axis].map(whole))
    }
    delete trace.lands
  }
  return told
}

function rings(line) {
  return 1 + line.reduce((gaps, value) => gaps + (value === null), 0)
}

function walked(steps, unit = 1) {
  let at = 0
  return steps.map(step => step === null ? null : (at += step) * unit)
}

// One list for all figures: what is the same needs not be compared by its points.
function joined(numbers, lines) {
  const key = numbers.join()
  if (!lines.joined) lines.joined = new Map()
  if (!lines.joined.has(key)) lines.joined.set(key, strung(numbers.map(number => lines[number])))
  return lines.joined.get(key)
}

// Several lines as one, with gaps between them.
function strung(lines) {
  return lines.flatMap(line => [...line, null]).slice(0, -1)
}

function room() {
  const width = Math.min(window.innerWidth, WIDEST) - MARGINS
  return window.innerWidth <= PHONE ? PHONE : Math.max(Math.floor(width / STEP) * STEP, STEP * 8)
}

// Before Streamlit has put up its theme: the reader's choice of it that the browser kept, else the system's.
function darkSoon() {
  const chosen = localStorage.getItem(`stActiveTheme-${location.pathname}-v2`) ?? ""
  return /dark/i.test(chosen) || (!/light/i.test(chosen) && matchMedia("(prefers-color-scheme: dark)").matches) ? 1 : 0
}

function dark() {
  const [red, green, blue] = getComputedStyle(document.querySelector(".stApp")).backgroundColor.match(/\d+/g).map(Number)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128 ? 1 : 0
}

// For every trace of every drawing Plotly looks through its whole schema to learn which attributes hold arrays, a third
// of its time. The answer only depends on the trace's type and on which of its values are arrays.
function quickened(schema) {
  const asked = schema?.findArrayAttributes
  if (!asked || asked.kept) return
  const answers = new Map()
  const arrays = (values, depth) => Object.keys(values).filter(name => name[0] !== "_").map(name => {
    const value = values[name]
    if (Array.isArray(value) || ArrayBuffer.isView(value)) return `${name};`
    return depth && value && Object.getPrototypeOf(value) === Object.prototype ? `${name}(${arrays(value, depth - 1)})` : ""
  }).join("")
  schema.findArrayAttributes = trace => {
    const key = `${trace.type} ${arrays(trace, 3)}`
    if (!answers.has(key)) answers.set(key, asked(trace))
    return [...answers.get(key)]
  }
  schema.findArrayAttributes.kept = true
}

// Shapes that are one trace answer each with its own words, the uppermost first: for Plotly the trace is, for a moment,
// the shape pointed at.
function parted(module) {
  const asked = module?.hoverPoints
  if (!asked || asked.parted) return
  module.hoverPoints = (pointer, x, y, mode, options) => {
    const { trace } = pointer.cd[0], { lands, rings } = trace.meta ?? {}
    if (!rings || !trace._polygons) return asked(pointer, x, y, mode, options)
    const at = [pointer.xa.c2p(x), pointer.ya.c2p(y)], all = trace._polygons
    const land = rings[all.findLastIndex(ring => ring.contains(at))]
    if (land === undefined) return undefined
    try {
      trace.text = lands[land]
      trace._polygons = all.filter((_, ring) => rings[ring] === land)
      return asked(pointer, x, y, mode, options)
    } finally {
      delete trace.text
      trace._polygons = all
    }
  }
  module.hoverPoints.parted = true
}

// The fields of a protobuf message: numbers as numbers, all else as bytes. What is no such message ends early.
function* fields(bytes) {
  let at = 0
  const number = () => {
    let value = 0, times = 1, byte
    do { byte = bytes[at++]; value += (byte & 127) * times; times *= 128 } while (byte > 127)
    return value
  }
  while (at < bytes.length) {
    const key = number(), kind = key & 7
    if (kind === 0) yield [key >> 3, number()]
    else {
      const size = kind === 2 ? number() : kind === 1 ? 8 : 4
      yield [key >> 3, bytes.subarray(at, at += size)]
    }
  }
}

// What each widget holds, by its key, in a message of Streamlit's browser to its server: truth, number, words.
function held(message) {
  const inner = (bytes, wanted) => [...fields(bytes)].flatMap(([field, value]) => field === wanted ? [value] : [])
  const text = bytes => new TextDecoder().decode(bytes)
  const widgets = inner(message, 11).flatMap(run => inner(run, 2)).flatMap(states => inner(states, 1))
  return Object.fromEntries(widgets.map(widget => {
    const { 1: id, 3: truth, 5: number, 6: word, 9: words } = Object.fromEntries(fields(widget))
    const value = truth !== undefined ? Boolean(truth)
      : number !== undefined ? (number % 2 ? -(number + 1) / 2 : number / 2)
      : word ? [text(word)] : words && inner(words, 1).map(text)
    return [text(id).replace(/^\$\$ID-[0-9a-f]+-/, ""), value]
  }))
}

// Streamlit's browser tells its server what every widget holds, whichever way it was changed; the stages hear it, too.
// A message that asks for another figure waits, for a moment at most, until that figure has come: drawn beside the run
// and painted after the run's answer it would be twice as late. Messages keep their order.
const hearers = new Set(), leaving = new WeakMap(), send = WebSocket.prototype.send
WebSocket.prototype.send = function (message) {
  let coming
  try {
    if (hearers.size && message instanceof Uint8Array) {
      const told = held(message)
      for (const stage of hearers) coming = stage.hear(told) ?? coming
    }
  } catch (error) {
    console.error(error)
  }
  const before = leaving.get(this)
  if (!coming && !before) return send.call(this, message)
  const moment = new Promise(resolve => setTimeout(resolve, MOMENT))
  const gone = Promise.all([before, coming && Promise.race([coming, moment])]).catch(() => null).then(() => {
    if (leaving.get(this) === gone) leaving.delete(this)
    if (this.readyState === WebSocket.OPEN) send.call(this, message)
  })
  leaving.set(this, gone)
}

// What a key presses: the option that a list's field has come to, the last of what a field holds, a step of a number.
function keyed(target, key) {
  const field = target.matches("[role=combobox]")
  if (field && key === "Enter") return document.getElementById(target.getAttribute("aria-activedescendant"))
  if (field && key === "Backspace" && !target.value) return [...target.parentElement.querySelectorAll("[data-tag] button")].at(-1)
  if (target.type !== "number") return undefined
  if (key === "Enter") return target
  const way = { ArrowUp: "Up", ArrowDown: "Down" }[key]
  return way ? target.closest("[class*=st-key-]")?.querySelector(`[data-testid=stNumberInputStep${way}]`) : undefined
}

// Of a long list only some are there.
function options(field) {
  const there = document.getElementById(field.getAttribute("aria-controls"))?.querySelectorAll("[role=option]") ?? []
  return Number(there[0]?.getAttribute("aria-setsize") ?? there.length)
}

const rested = timeout => new Promise(resolve =>
  window.requestIdleCallback ? requestIdleCallback(resolve, { timeout }) : setTimeout(resolve, 30))

function element(kind, attributes = {}, ...children) {
  const made = document.createElement(kind)
  for (const [name, value] of Object.entries(attributes))
    if (name.startsWith("on")) made[name] = value
    else if (value !== undefined) made.setAttribute(name, value)
  made.append(...children)
  return made
}

class Stage {
  constructor(root) {
    this.plates = []
    this.sent = 0
    this.zoom = null
    this.way = 1
    this.heading = element("p", { class: "plate-heading" })
    this.board = element("div", { class: "plate-board" })
    this.told = element("p", { class: "plate-told" })
    this.years = element("div", { class: "plate-years", role: "group" })
    this.tools = element("div", { class: "plate-tools", role: "group" })
    this.frame = element("figure", { class: "plate" }, this.years, this.heading, this.board, this.told)
    this.board.append(this.tools)
    root.replaceChildren(this.frame)
    this.onresize = () => { clearTimeout(this.resizing); this.resizing = setTimeout(() => this.show(), 150) }
    window.addEventListener("resize", this.onresize)
    this.board.addEventListener("wheel", event => this.wheel(event), { passive: false })
    this.hinted = {}
    this.presses = {}
    this.byKeys = true
    this.onchoice = event => this.overhear(event)
    for (const kind of MAKING) document.addEventListener(kind, this.onchoice, true)
    this.oncoming = event => this.ponder(event)
    for (const kind of COMING) document.addEventListener(kind, this.oncoming, true)
    this.themed = new MutationObserver(this.onresize)
  }

  // On the page, with a server that hears the steps.
  arrive() {
    this.here = true
    this.themed.observe(document.querySelector(".stApp"), { attributes: true, attributeFilter: ["class", "style"] })
  }

  close() {
    clearInterval(this.playing)
    clearTimeout(this.resting)
    clearTimeout(this.doubting)
    hearers.delete(this)
    window.removeEventListener("resize", this.onresize)
    for (const kind of MAKING) document.removeEventListener(kind, this.onchoice, true)
    clearTimeout(this.pondering)
    for (const kind of COMING) document.removeEventListener(kind, this.oncoming, true)
    this.themed.disconnect()
    for (const plate of this.plates) window.Plotly?.purge(plate)
  }

  update({ data, setStateValue, setTriggerValue }) {
    Object.assign(this, { data, setStateValue, setTriggerValue })
    hearers.add(this)
    style(data.style)
    ground ??= json(data.ground)
    const step = data.step
    // An answer to an earlier step may come after later ones were made: only the latest word counts.
    if (step && !this.resting && step.n >= this.sent) {
      this.sent = step.n
      this.at = step.at
    }
    this.control()
    this.zoomers()
    if (this.untold) this.tell()
    if (Object.keys(this.hinted).length) this.doubt()
    return this.show()
  }

  // A choice made in one of the page's own controls is painted from the click or the key that makes it, before the
  // browser tells the server: what it tells corrects what was foreseen.
  overhear({ type, target, key, altKey, ctrlKey, metaKey }) {
    if (!target.closest || altKey || ctrlKey || metaKey) return
    const news = this.offered(type === "click" ? target : keyed(target, key), type === "click")
    for (const [name, value] of Object.entries(news ?? {})) (this.presses[name] ??= []).push(value)
    if (news) this.foresee(news)
  }

  hear(held) {
    const { hints, query } = this.data, before = this.heard ?? query, news = {}
    this.heard = { ...before }
    for (const name of Object.keys(hints)) {
      // What the server has confirmed by now needs no foresight, and from here on it may say something else.
      if (this.hinted[name] === query[name] && !this.presses[name]?.length) delete this.hinted[name]
      const value = this.written(name, held[name])
      if (value === undefined || value === before[name]) continue
      this.heard[name] = value
      if (!this.overtaken(name, value)) news[name] = value
    }
    if (!Object.keys(news).length) return undefined
    this.foresee(news)
    return figures.get(this.wanted)
  }

  // What the browser tells may be of a press that later ones, of which it has not told yet, have already corrected.
  overtaken(name, value) {
    const made = this.presses[name] ?? []
    this.presses[name] = made.slice(made.indexOf(value) + 1 || made.length)
    return this.presses[name].length > 0
  }

  // As an address says it; undefined for words that are not among the choices.
  written(name, value) {
    if (!Array.isArray(value)) return value === undefined ? undefined : String(Number(value))
    const ids = value.map(word => this.data.hints[name].words[word])
    return ids.includes(undefined) ? undefined : ids.join() || "none"
  }

  // The server's word holds in the end: what it does not confirm is forgotten. What it does confirm is kept as well,
  // for its answers to earlier choices may still be on their way: as long as answers come, nothing is doubted.
  foresee(news) {
    Object.assign(this.hinted, news)
    this.doubt()
    this.show()
  }

  doubt() {
    clearTimeout(this.doubting)
    this.doubting = setTimeout(() => { this.hinted = {}; this.presses = {}; this.show() }, DOUBT)
  }

  // Who rests on a choice, with the pointer or the keys, mostly takes it: its figure is drawn beside the one that is
  // seen, and stands ready. Streamlit puts its own focus on the first of a list that opens: nobody rests there yet.
  ponder({ type, target, key, clientX, clientY, pointerType }) {
    const spot = `${clientX} ${clientY}`
    if (type === "pointerdown") this.spot = spot
    if (type === "keydown" || type === "pointerdown") this.byKeys = type === "keydown"
    // A finger that is put down may be about to scroll.
    if (type === "pointerdown") return void (pointerType === "mouse" && this.aim(target))
    // After a press another option may come to lie under a pointer that has not moved.
    if (!target.closest || (type === "pointerover" && spot === this.spot)) return
    const typed = type === "input", field = target.matches("[role=combobox]")
    // A list says of its options that they have the focus, while its field has it.
    if (type === "focusin" && (field || target !== document.activeElement)) return
    if (type === "keydown" ? !field || !WALKING.test(key) : typed && !field && target.type !== "number") return
    clearTimeout(this.pondering)
    this.pondered = undefined
    if ((type === "focusin" && !this.byKeys) || (field && type === "pointerover")) return
    // Where the keys have come to in a list shows once the list has dealt with them; of letters, once they leave one.
    const found = () => !field ? target : typed && options(target) !== 1 ? undefined : keyed(target, "Enter")
    if (field || this.offered(target)) this.pondering = setTimeout(() => this.aim(found(), LINGER), LINGER)
  }

  aim(target, patience) {
    clearTimeout(this.pondering)
    this.pondered = this.offered(target)
    if (this.pondered) this.sketch(this.pondered, patience)
  }

  // What a press there would choose, or does, as an address says it.
  offered(target, pressed = false) {
    if (!target || target.closest(":disabled")) return undefined
    const hints = this.data?.hints ?? {}, choice = target.closest("button, label, [role=radio], [role=option]")
    // The options of a list lie outside of their field.
    const list = choice?.closest("[role=listbox]")?.id
    const place = list ? document.querySelector(`[aria-controls="${CSS.escape(list)}"]`) : target
    const name = Object.keys(hints).find(name => place?.closest(`.st-key-${name}`))
    if (!name) return undefined
    const now = this.hinted[name] ?? this.data.query[name], value = this.taken(hints[name], now, target, choice, pressed)
    return value === undefined || value === now ? undefined : { [name]: value }
  }

  taken({ one, words }, now, target, choice, pressed) {
    const id = words[choice?.textContent.trim()] ?? words[choice?.closest("[data-tag]")?.textContent.trim()]
    if (one || id !== undefined) return one ? id : this.changed(now, id)
    const turned = target.closest("label")?.querySelector("[role=switch]")
    // A click on the switch itself has turned it, one beside it is about to.
    if (turned) return String(pressed ? Number(turned.checked === (target === turned)) : 1 - now)
    if (choice?.matches("[data-testid^=stNumberInputStep]"))
      return String(Number(now) + (choice.dataset.testid.endsWith("Up") ? 1 : -1))
    return target.type === "number" && target.value && target.checkValidity() ? String(Number(target.value)) : undefined
  }

  // Of a list of ids: with this one, or without it.
  changed(now, id) {
    const ids = now === "none" ? [] : now.split(",")
    return (ids.includes(id) ? ids.filter(one => one !== id) : [...ids, id]).join() || "none"
  }

  // With patience, once the browser has nothing else to do: no longer than that, for a press may be near.
  async sketch(news, patience) {
    const wanted = this.wanted, address = this.address(this.at, news)
    if (!this.here || this.playing || navigator.connection?.saveData) return
    if (!this.shown || address === wanted || this.plates.some(plate => plate.address === address && plate.drawn)) return
    const told = await figure(address).catch(() => null)
    if (patience) await rested(patience)
    if (told && this.wanted === wanted && this.pondered === news) await this.draw(address, told)
  }

  address(at = this.at, news = {}) {
    const { step, query, figure: base } = this.data
    const asked = { ...query, ...this.hinted, ...news, width: room(), dark: this.here ? dark() : darkSoon() }
    if (step) asked[step.name] = step.span ? at.join("-") : at
    return `${base}?${new URLSearchParams(asked)}`
  }

  // ---- the years

  control() {
    const { step, labels } = this.data
    this.years.hidden = !step
    if (!step || this.years.dataset.made === JSON.stringify([step.low, step.high, step.span, labels])) return this.mark()
    this.years.dataset.made = JSON.stringify([step.low, step.high, step.span, labels])
    this.years.setAttribute("aria-label", labels.years)
    const come = () => { if (this.shown?.address === this.wanted) this.prepare(this.wanted) }
    this.years.onpointerenter = come
    const ends = step.span ? [labels.first, labels.last] : [labels.year]
    this.handles = ends.map((label, end) => element("input", {
      type: "range", min: step.low, max: step.high, step: 1, "aria-label": label,
      oninput: event => this.move(end, Number(event.target.value)), onfocus: come,
    }))
    this.output = element("output", { class: "plate-year", "aria-hidden": "true" })
    this.player = element("button", { type: "button", class: "plate-play", onclick: () => this.playing ? this.stop() : this.play() })
    const track = element("div", { class: "plate-track" }, ...this.handles)
    const end = year => element("span", { class: "plate-end", "aria-hidden": "true" }, String(year))
    const name = element("span", { class: "plate-label" }, labels.years)
    this.years.replaceChildren(this.player, name, this.output, end(step.low), track, end(step.high))
    this.mark()
  }

  mark() {
    if (!this.data.step) return
    const { step, labels } = this.data
    const ends = step.span ? this.at : [this.at]
    ends.forEach((year, end) => { if (Number(this.handles[end].value) !== year) this.handles[end].value = year })
    this.output.textContent = step.span && ends[0] !== ends[1] ? ends.join("–") : ends[0]
    const share = year => (year - step.low) / Math.max(step.high - step.low, 1)
    const track = this.handles[0].parentElement.style
    track.setProperty("--from", step.span ? share(ends[0]) : 0)
    track.setProperty("--to", share(ends.at(-1)))
    const label = this.playing ? labels.pause : labels.play
    this.player.setAttribute("aria-label", label)
    this.player.title = label
    this.player.dataset.playing = Boolean(this.playing)
  }

  move(end, year) {
    const before = this.at
    clearInterval(this.playing)
    this.playing = undefined
    if (!this.data.step.span) this.at = year
    else this.at = end === 0 ? [year, Math.max(year, this.at[1])] : [Math.min(year, this.at[0]), year]
    this.end = end
    this.way = [this.at].flat()[end] >= [before].flat()[end] ? 1 : -1
    this.stepped()
  }

  shifted(by) {
    const { low, high, span } = this.data.step
    if (!span) return this.at + by >= low && this.at + by <= high ? this.at + by : null
    if (this.playing) return this.at[1] + by <= high && this.at[0] + by >= low ? this.at.map(year => year + by) : null
    const next = [...this.at]
    next[this.end ?? 1] += by
    return next[0] >= low && next[1] <= high && next[0] <= next[1] ? next : null
  }

  play() {
    const { low, high, span } = this.data.step
    const whole = span && this.at[0] === low && this.at[1] === high
    if (whole || this.shifted(1) === null || (span && this.at[1] === high)) this.at = span ? [low, low + (whole ? 0 : this.at[1] - this.at[0])] : low
    this.way = 1
    this.playing = setInterval(() => {
      const next = this.shifted(1)
      if (next === null) return this.stop()
      this.at = next
      this.stepped()
    }, BEAT)
    this.stepped()
  }

  stop() {
    clearInterval(this.playing)
    this.playing = undefined
    this.mark()
  }

  stepped() {
    this.mark()
    this.show()
    clearTimeout(this.resting)
    this.resting = setTimeout(() => {
      this.resting = undefined
      this.sent += 1
      this.tell()
    }, REST)
  }

  tell() {
    this.untold = !this.here
    if (this.here) this.setStateValue("step", { at: this.at, n: this.sent })
  }

  // ---- the figures

  async show() {
    const address = this.address()
    // What is on its way already is not drawn a second time when the server confirms it.
    if (address === this.wanted) return
    this.wanted = address
    const ready = this.plates.find(plate => plate.address === address && plate.drawn)
    if (ready) this.reveal(ready)
    else
      try {
        const [told] = await Promise.all([figure(address), script(this.data.plotly)])
        quickened(window.Plotly.PlotSchema)
        if (this.wanted !== address) return
        const plate = await this.draw(address, told)
        if (this.wanted !== address) return
        this.reveal(plate)
      } catch (error) {
        console.error(error)
        this.wanted = undefined
        this.told.textContent = this.data.labels.failed
        return
      }
    this.ahead(address)
  }

  async ahead(address) {
    await rested()
    if (!this.here || this.wanted !== address || !this.shown) return
    // One more plate stands ready for whatever comes next: to change one takes half the time of making it.
    if (this.plates.length < 2) await this.warm(await this.draw(address, this.shown.told), address)
    this.prepare(address)
  }

  // The first changes of a plate take the browser twice as long as all later ones: they are made before any is asked.
  async warm(plate, address) {
    for (let turn = 0; turn < WARM; turn++) {
      await rested()
      if (this.wanted !== address || plate.address !== address) return
      const { data, layout } = structuredClone(plate.told)
      await window.Plotly.react(plate, data, this.zoomed(layout), CONFIG)
    }
  }

  // The next step in the way the reader goes, then the one back; only for who is at the years, since it takes bytes.
  async prepare(address) {
    if (!this.data.step || !(this.playing || this.years.matches(":hover, :focus-within"))) return
    for (const by of [this.way, 2 * this.way, -this.way]) {
      const at = this.shifted(by)
      if (at === null) continue
      const near = this.address(at)
      const told = await figure(near).catch(() => null)
      await rested()
      if (this.wanted !== address || told === null) return
      if (Math.abs(by) === 1 && !this.plates.some(plate => plate.address === near)) await this.draw(near, told, this.address(this.shifted(-by) ?? at))
    }
  }

  async draw(address, told, spared) {
    const free = this.plates.find(plate => plate !== this.shown && plate.address !== spared)
    const plate = free ?? this.made()
    Object.assign(plate, { address, told, drawn: false })
    const layout = this.zoomed(structuredClone(told.layout))
    plate.style.height = `${layout.height}px`
    await window.Plotly.react(plate, this.nearby(told), layout, CONFIG)
    plate._fullData.forEach(trace => parted(trace._module))
    if (!free) this.listen(plate)
    plate.zoom = this.zoom
    plate.drawn = plate.address === address
    return plate
  }

  made() {
    const plate = element("div", { class: "plate-figure", "aria-hidden": "true" })
    this.plates.push(plate)
    this.board.prepend(plate)
    return plate
  }

  reveal(plate) {
    if (plate.zoom !== this.zoom) this.range(plate)
    for (const other of this.plates) {
      other.toggleAttribute("data-shown", other === plate)
      if (other === plate) other.removeAttribute("aria-hidden")
      else other.setAttribute("aria-hidden", "true")
    }
    this.shown = plate
    // Paper is narrower than a screen: the print style sheet makes the figure as small as it has to be.
    this.board.style.setProperty("--drawn", plate._fullLayout.width)
    this.board.style.height = plate.style.height
    plate.setAttribute("role", "img")
    plate.setAttribute("aria-label", plate.told.told)
    this.heading.textContent = plate.told.heading
    this.heading.hidden = !plate.told.heading
    this.told.textContent = plate.told.told
    this.frame.dataset.address = plate.address
    this.frame.toggleAttribute("data-narrow", room() <= PHONE)
  }

  listen(plate) {
    plate.on("plotly_click", ({ points }) => {
      const mark = points.map(point => point.customdata).find(Boolean)
      if (mark && this.data.opens) this.setTriggerValue("open", [mark].flat().map(part => part ?? "").join("."))
    })
    plate.on("plotly_relayout", moved => {
      if (plate === this.shown && "xaxis.range[0]" in moved) {
        this.zoom = { x: [...plate.layout.xaxis.range], y: [...plate.layout.yaxis.range] }
        plate.zoom = this.zoom
      }
    })
  }

  // ---- nearer and further

  zoomers() {
    const { labels, zooms } = this.data
    this.tools.hidden = !zooms
    if (!zooms || this.tools.childElementCount) return
    const button = (sign, label, onclick) => element("button", { type: "button", "aria-label": label, title: label, onclick }, sign)
    this.tools.setAttribute("aria-label", labels.zoom)
    this.tools.append(
      button("+", labels.nearer, () => this.nearer(NEARER)),
      button("−", labels.further, () => this.nearer(1 / NEARER)),
      button("⤢", labels.whole, () => this.nearer(0)))
  }

  wheel(event) {
    // Without the key the wheel scrolls the page, as everywhere else.
    if (!this.data.zooms || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    this.nearer(event.deltaY < 0 ? NEARER : 1 / NEARER, event)
  }

  nearer(times, at) {
    const plate = this.shown
    if (!plate) return
    const { xaxis, yaxis } = plate.told.layout
    const whole = { x: xaxis.range, y: yaxis.range }, now = this.zoom ?? whole
    const wide = whole.x[1] - whole.x[0], times_now = wide / (now.x[1] - now.x[0])
    const wanted = Math.min(times_now * times, CLOSEST)
    if (times === 0 || wanted <= 1.001) this.zoom = null
    else {
      const place = this.place(plate, at), share = times_now / wanted
      const near = ([low, high], middle) => [middle + (low - middle) * share, middle + (high - middle) * share]
      this.zoom = { x: near(now.x, place?.x ?? (now.x[0] + now.x[1]) / 2), y: near(now.y, place?.y ?? (now.y[0] + now.y[1]) / 2) }
    }
    this.range(plate)
  }

  place(plate, at) {
    if (!at) return null
    const { xaxis, yaxis } = plate._fullLayout, box = plate.getBoundingClientRect()
    return { x: xaxis.p2c(at.clientX - box.left - xaxis._offset), y: yaxis.p2c(at.clientY - box.top - yaxis._offset) }
  }

  zoomed(layout) {
    // Only maps have equal units on both axes; what is no map is seen whole.
    if (!this.zoom || !layout.yaxis?.scaleanchor) return layout
    layout.xaxis = { ...layout.xaxis, range: [...this.zoom.x], fixedrange: false }
    layout.yaxis = { ...layout.yaxis, range: [...this.zoom.y], fixedrange: false }
    layout.dragmode = "pan"
    return layout
  }

  range(plate) {
    plate.zoom = this.zoom
    window.Plotly.react(plate, this.nearby(plate.told), this.zoomed(structuredClone(plate.told.layout)), CONFIG)
  }

  // Codes and badges stand some pixels from their places: seen from nearer, that is fewer kilometres.
  nearby({ data, layout }) {
    if (!this.zoom || !layout.yaxis?.scaleanchor) return data
    const width = ([low, high]) => high - low, less = width(this.zoom.x) / width(layout.xaxis.range) - 1
    const moved = (line, pixels, scale) => line.map((at, point) => at + pixels[point] * scale * less)
    return data.map(trace => {
      const { right, up, scale } = trace.meta ?? {}
      return right ? { ...trace, x: moved(trace.x, right, scale), y: moved(trace.y, up, scale) } : trace
    })
  }
}

// The map of the document's address, painted while Streamlit is not read yet; ends when it is on the screen.
export async function early(data) {
  const cover = document.getElementById("early")
  cover.toggleAttribute("data-dark", darkSoon() === 1)
  cover.hidden = false
  first = { cover, stage: new Stage(cover.lastElementChild), overdue: setTimeout(() => taken()?.close(), LONGEST) }
  // What Streamlit has to say in its own words is not to be covered.
  const heard = setInterval(() => {
    if (document.querySelector("[data-testid=stAlert], [data-testid=stException], [role=dialog]")) cover.hidden = true
    if (!cover.isConnected) clearInterval(heard)
  }, 250)
  await Promise.race([first.stage.update({ data }), new Promise(resolve => setTimeout(resolve, PATIENCE))])
  await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)))
}

function taken() {
  const held = first
  clearTimeout(held?.overdue)
  first = undefined
  held?.cover.remove()
  return held?.stage
}

// The early stage of the same figure moves into the page as it is (painted, zoomed, stepped), once the page's own
// place for it has come to rest where the early one lies: nothing is seen to jump.
function arrived(root, data) {
  if (first?.stage.data.figure !== data.figure) {
    taken()?.close()
    return new Stage(root)
  }
  const { stage } = first, begun = performance.now()
  const move = () => {
    const way = root.getBoundingClientRect().top - stage.frame.getBoundingClientRect().top
    if (first && Math.abs(way) > 1 && performance.now() - begun < SETTLED) return requestAnimationFrame(move)
    if (root.isConnected) root.replaceChildren(stage.frame)
    root.style.minHeight = ""
    taken()
  }
  root.style.minHeight = `${stage.frame.offsetHeight}px`
  requestAnimationFrame(move)
  return stage
}

export default function (args) {
  const root = args.parentElement
  if (!stages.has(root)) {
    stages.set(root, arrived(root, args.data))
    stages.get(root).arrive()
    stages.get(root).update(args)
    stages.get(root).ahead(stages.get(root).wanted)
  } else stages.get(root).update(args)
  return () => { stages.get(root)?.close(); stages.delete(root) }
}

// What the stage before an audience needs in order to draw figures as the pages do.
export const drawing = { figure, script, style, quickened, dark, element, rested, begin: address => { ground ??= json(address) } }
