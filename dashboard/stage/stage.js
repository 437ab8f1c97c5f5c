// The stage: hosts Plotly and shows one figure at a time. Each figure is fetched by its own address, so the browser can
// cache it; the lines of the basemap are fetched once. The stage steps through the years without the server: it fetches
// and draws the neighboring years while the browser is idle, and sends the year to the server when the reader stops. What
// is chosen in a control of ours it draws at once, while the server makes the rest of the page.
// A figure that is not on a phone is drawn at least `HALF` pixels wide, and below `TABLET` pixels in finer steps. Below
// `SHARED` pixels each, the style sheet puts two figures one below the other.
const WIDEST = 1760, MARGINS = 80, STEP = 80, PHONE = 640, HALF = 641, SHARED = 576, FINE = 20, TABLET = 960
// Figures in the cache; milliseconds from the last step until the server is notified; milliseconds per year during play.
const CACHED = 80, SEND_DELAY = 250, PLAY_INTERVAL = 1100
// Figures that other controls lead to, fetched while the line is idle.
const AHEAD = 6
const MAX_ZOOM = 8, ZOOM_STEP = 1.5
// Pixels: how far from an arrow still counts as on it, and how far a click may move.
const ARROW_MARGIN = 7, CLICK_MARGIN = 5
const CONFIG = { displayModeBar: false, scrollZoom: false, doubleClick: false, showTips: false }
// Milliseconds that the layout of the page may take to settle below the first view.
const LAYOUT_TIMEOUT = 700
const figures = new Map(), scripts = new Map(), stages = new WeakMap()
// By figure what the document's first view shows of it, until its stage is there; the stages that wait to take theirs over.
const pictures = new Map(), waiting = []
const saving = () => navigator.connection?.saveData || Boolean(document.querySelector("meta[name=save-data]"))
let ground

// ---- fetching

export function script(address) {
  if (!scripts.has(address))
    scripts.set(address, window.Plotly ? Promise.resolve() : new Promise((resolve, reject) => {
      const present = document.querySelector(`script[src="${address}"]`)
      const tag = present ?? Object.assign(document.createElement("script"), { src: address })
      tag.addEventListener("load", resolve)
      tag.addEventListener("error", reject)
      if (!present) document.head.append(tag)
    }))
  return scripts.get(address)
}

// Resolves once the style sheet has loaded or failed; code that measures the layout waits for it.
export function style(address) {
  const present = document.querySelector(`link[href="${address}"]`)
  const link = present ?? Object.assign(document.createElement("link"), { rel: "stylesheet", href: address })
  const loaded = link.sheet ? Promise.resolve() : new Promise(resolve => {
    link.addEventListener("load", resolve)
    // The next call tries again.
    link.addEventListener("error", () => { link.remove(); resolve() })
  })
  if (!present) document.head.append(link)
  return loaded
}

async function json(address) {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`)
  return answer.json()
}

export function fetchGround(address) {
  ground ??= json(address)
}

export function figure(address) {
  const cached = figures.get(address) ?? Promise.all([json(address), ground]).then(([figure, lines]) => decode(figure, lines))
  cached.catch(() => figures.delete(address))
  // Most recently used last.
  figures.delete(address)
  figures.set(address, cached)
  if (figures.size > CACHED) figures.delete(figures.keys().next().value)
  return cached
}

// Reverses the encoding of `wire.py`. A line is sent as its number in the basemap, as bends (second differences), or
// unchanged. Shapes of one style are one trace, which Plotly draws much faster; each shape keeps its own label.
function decode(figure, lines) {
  const line = encoded => Number.isInteger(encoded) ? lines[encoded] : encoded.bends ? runningSum(runningSum(encoded.bends)) : encoded
  figure.shapes ??= []
  let next = 0
  for (const trace of figure.data) {
    if (!trace.many) for (const axis of ["x", "y"]) trace[axis] = line(trace[axis])
    else {
      const own = figure.shapes.slice(next, next += trace.many), axis = trace.xaxis.slice(1)
      own.forEach((shape, at) => Object.assign(shape, { axis, x: line(trace.x[at]), y: line(trace.y[at]) }))
      Object.assign(trace, { x: joined(own.map(shape => shape.x)), y: joined(own.map(shape => shape.y)) })
      delete trace.many
    }
  }
  return figure
}

function runningSum(steps) {
  let at = 0
  return steps.map(step => step === null ? null : at += step)
}

// Joins lines into one, with gaps between them.
function joined(lines) {
  return lines.flatMap(line => [...line, null]).slice(0, -1)
}

// ---- the browser

function width(beside = 1) {
  const free = Math.min(window.innerWidth, WIDEST) - MARGINS
  if (window.innerWidth <= PHONE) return PHONE
  const room = beside > 1 && free / beside >= SHARED ? free / beside : free, step = room < TABLET ? FINE : STEP
  return Math.max(Math.floor(room / step) * step, HALF)
}

export function dark() {
  const [red, green, blue] = getComputedStyle(document.querySelector(".stApp")).backgroundColor.match(/\d+/g).map(Number)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128 ? 1 : 0
}

// Whether nothing of the page is on its way: Streamlit has a skeleton where the script of a part is not there yet.
const whole = () => document.querySelector("#root footer") && !document.querySelector("#root [data-testid=stSkeleton]")

async function settled() {
  while (!whole()) await new Promise(resolve => setTimeout(resolve, 100))
}

const seen = node => new Promise(resolve => new IntersectionObserver((entries, observer) => {
  if (!entries.some(entry => entry.isIntersecting)) return
  observer.disconnect()
  resolve()
}).observe(node))

export const idle = () => new Promise(resolve => window.requestIdleCallback ? requestIdleCallback(resolve) : setTimeout(resolve, 30))

// ---- positions on a map: its layout has no margins, and its axes have equal units and start at the upper left

// One pair of axes: the pixels of its corners, and the kilometers per pixel.
function panel(plate, axis) {
  const { layout, figure: { layout: drawn } } = plate
  const x = layout[`xaxis${axis}`].range, y = layout[`yaxis${axis}`].range
  const across = drawn[`xaxis${axis}`].domain, up = drawn[`yaxis${axis}`].domain
  const [wide, high] = [(across[1] - across[0]) * plate.clientWidth, (up[1] - up[0]) * plate.clientHeight]
  const scale = Math.max((x[1] - x[0]) / wide, (y[1] - y[0]) / high)
  const left = across[0] * plate.clientWidth, top = (1 - up[1]) * plate.clientHeight
  return { x, y, scale, left, top, right: left + (x[1] - x[0]) / scale, bottom: top + (y[1] - y[0]) / scale }
}

// The position of an event on a panel, in kilometers; undefined outside of the panel.
function place(plate, axis, event) {
  const box = plate.getBoundingClientRect(), { x, y, scale, left, top, right, bottom } = panel(plate, axis)
  const [across, down] = [event.clientX - box.left, event.clientY - box.top]
  if (across < left || across > right || down < top || down > bottom) return undefined
  return { x: x[0] + (across - left) * scale, y: y[1] - (down - top) * scale, scale }
}

const pen = document.createElement("canvas").getContext("2d")

function outline({ x, y }) {
  const path = new Path2D()
  x.forEach((at, point) => {
    if (at !== null) point && x[point - 1] !== null ? path.lineTo(at, y[point]) : path.moveTo(at, y[point])
  })
  return path
}

// The state whose label has the pointer on its text (`words` of `dashboard.charts.labels.targets`): its words are its own,
// though the marks and lands of its neighbors are nearer. The enlargements come first, as they cover the map.
function wordsAt(plate, event) {
  for (const { xaxis, meta, customdata, hovertext } of plate.figure.data.filter(trace => trace.meta?.words).reverse()) {
    const spot = place(plate, xaxis.slice(1), event)
    const here = spot && meta.words.find(([, x, y, left, bottom, right, top]) => {
      const [across, up] = [(spot.x - x) / spot.scale, (spot.y - y) / spot.scale]
      return left <= across && across <= right && bottom <= up && up <= top
    })
    if (here) return { label: hovertext[here[0]], opens: customdata[here[0]] }
  }
  return undefined
}

// The label under the pointer, else the topmost shape; the enlargements come first here, too.
function shapeAt(plate, event) {
  const words = wordsAt(plate, event)
  if (words) return words
  const { shapes } = plate.figure
  for (const axis of [...new Set(shapes.map(shape => shape.axis))].reverse()) {
    const spot = place(plate, axis, event)
    if (!spot) continue
    const here = shapes.filter(shape => shape.axis === axis)
    for (const shape of here) shape.path ??= outline(shape)
    pen.lineWidth = 2 * ARROW_MARGIN * spot.scale
    const inside = here.findLast(({ path }) => pen.isPointInPath(path, spot.x, spot.y))
    return inside?.opens ? inside : here.findLast(({ path, opens }) => opens && pen.isPointInStroke(path, spot.x, spot.y)) ?? inside
  }
  return undefined
}

/* The notes at the lower left corner of a figure, as text (`dashboard.charts.key.foot`). */
function footNotes(layout) {
  const notes = (layout.annotations ?? []).filter(note => note.yref === "paper" && note.y === 0 && note.yanchor === "bottom")
  return notes.map(note => new DOMParser().parseFromString(note.text.replaceAll("<br>", " "), "text/html").body.textContent)
}

class Stage {
  constructor(root) {
    this.plates = []
    this.sent = 0
    this.zoom = null
    this.direction = 1
    this.heading = element("p", { class: "plate-heading" })
    this.board = element("div", { class: "plate-board" })
    this.description = element("p", { class: "plate-caption" })
    this.label = element("div", { class: "plate-hover", "aria-hidden": "true", hidden: "" })
    this.years = element("div", { class: "plate-years", role: "group" })
    this.tools = element("div", { class: "plate-tools", role: "group" })
    this.frame = element("figure", { class: "plate", tabindex: "-1" }, this.years, this.heading, this.board, this.description)
    this.board.append(this.label, this.tools)
    root.replaceChildren(this.frame)
    // The choices, by filter, that the server does not know yet.
    this.chosen = {}
    this.onchoice = ({ detail }) => {
      if (!(detail.name in this.data.query)) return
      this.chosen[detail.name] = detail
      detail.shown.push(this.show())
    }
    document.addEventListener("choice", this.onchoice)
    this.onresize = () => { clearTimeout(this.resizing); this.resizing = setTimeout(() => this.show(), 150) }
    window.addEventListener("resize", this.onresize)
    this.board.addEventListener("wheel", event => this.wheel(event), { passive: false })
    this.board.addEventListener("mousemove", event => this.point(event))
    this.board.addEventListener("mouseleave", () => this.point())
    this.board.addEventListener("pointerdown", event => { this.pressed = event }, true)
    this.board.addEventListener("click", event => this.click(event))
    // The theme follows the class and style of Streamlit's frame.
    this.themeObserver = new MutationObserver(() => { this.theme = undefined; this.onresize() })
    this.themeObserver.observe(document.querySelector(".stApp"), { attributes: true, attributeFilter: ["class", "style"] })
  }

  close() {
    clearInterval(this.playing)
    clearTimeout(this.sendTimer)
    window.removeEventListener("resize", this.onresize)
    document.removeEventListener("choice", this.onchoice)
    this.themeObserver.disconnect()
    for (const plate of this.plates) window.Plotly?.purge(plate)
  }

  update({ data, setStateValue, setTriggerValue }, first) {
    Object.assign(this, { data, setStateValue, setTriggerValue })
    style(data.style)
    for (const [name, n] of Object.entries(data.reached)) if (n >= this.chosen[name]?.n) delete this.chosen[name]
    const step = data.step
    // The server's answer to an earlier step may arrive after later steps: only the latest counts.
    if (step && this.late && !lost()) this.send()
    else if (step && !this.sendTimer && step.n >= this.sent) {
      this.sent = step.n
      this.at = step.at
    }
    this.control()
    this.zoomers()
    takeAway(this)
    if (first) takeOver(this)
    return this.show()
  }

  // The address of the figure without width and theme.
  name(at = this.at, next = {}) {
    const { step, query, figure: base } = this.data, values = { ...query }
    for (const { name, text } of Object.values(this.chosen)) values[name] = text
    if (step) values[step.name] = step.span ? at.join("-") : at
    return `${base}?${new URLSearchParams({ ...values, ...next })}`
  }

  address(at = this.at, next = {}) {
    // Reading a color makes the browser compute all styles, so it is read once per theme.
    return `${this.name(at, next)}&width=${width(this.data.beside)}&dark=${this.theme ??= dark()}`
  }

  // ---- the years

  control() {
    const { step, labels } = this.data
    this.years.hidden = !step
    if (!step || this.years.dataset.made === JSON.stringify([step.low, step.high, step.span, labels])) return this.mark()
    this.years.dataset.made = JSON.stringify([step.low, step.high, step.span, labels])
    this.years.setAttribute("aria-label", labels.years)
    const prepare = () => { if (this.shown?.address === this.requested) this.prepare(this.requested) }
    this.years.onpointerenter = prepare
    const ends = step.span ? [labels.first, labels.last] : [labels.year]
    this.handles = ends.map((label, end) => element("input", {
      type: "range", min: step.low, max: step.high, step: 1, "aria-label": label,
      oninput: event => this.move(end, Number(event.target.value)), onfocus: prepare,
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
    this.output.textContent = step.span && ends[0] !== ends[1] ? ends.join(labels.dash) : ends[0]
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
    this.direction = [this.at].flat()[end] >= [before].flat()[end] ? 1 : -1
    this.afterStep()
  }

  neighbor(by) {
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
    if (whole || this.neighbor(1) === null || (span && this.at[1] === high)) this.at = span ? [low, low + (whole ? 0 : this.at[1] - this.at[0])] : low
    this.direction = 1
    this.playing = setInterval(() => {
      const next = this.neighbor(1)
      if (next === null) return this.stop()
      this.at = next
      this.afterStep()
    }, PLAY_INTERVAL)
    this.afterStep()
  }

  stop() {
    clearInterval(this.playing)
    this.playing = undefined
    this.mark()
  }

  afterStep() {
    this.mark()
    this.show()
    clearTimeout(this.sendTimer)
    this.sendTimer = setTimeout(() => {
      this.sendTimer = undefined
      this.send()
    }, SEND_DELAY)
  }

  send() {
    this.sent += 1
    this.late = lost()
    this.setStateValue("step", { at: this.at, n: this.sent })
  }

  // Keeps the place of a figure that is not drawn yet.
  expect({ heading, description, height }) {
    this.heading.textContent = heading
    this.heading.hidden = !heading
    this.description.textContent = description
    this.board.style.height = `${height}px`
  }

  // ---- the figures

  async show() {
    const address = this.address()
    this.frame.toggleAttribute("data-narrow", width() <= PHONE)
    // Already being drawn: the server only confirms it.
    if (address === this.requested) return
    this.requested = address
    const ready = this.plates.find(plate => plate.address === address && plate.drawn)
    if (ready) this.reveal(ready)
    else
      try {
        await this.wanted()
        if (this.requested !== address) return
        this.frame.setAttribute("aria-busy", "true")
        if (this.data.ground) fetchGround(this.data.ground)
        const [drawn] = await Promise.all([figure(address), script(this.data.plotly)])
        if (this.requested !== address) return
        const plate = await this.draw(address, drawn)
        if (this.requested !== address) return
        this.reveal(plate)
      } catch (error) {
        console.error(error)
        this.requested = undefined
        // The server may know that this choice leads to another view, or answer again soon.
        if (Object.keys(this.chosen).length || lost()) return
        this.description.textContent = this.data.labels.failed
        this.frame.removeAttribute("aria-busy")
        return
      }
    this.drawAhead(address)
  }

  // The drawing of the first view is enough until the page is there, and for a reader who saves data until a touch; one
  // who changes the view or touches the figure wants it at once. To save data, a figure without a drawing has to be seen.
  wanted() {
    if (this.drawing !== this.name()) return saving() && !this.shown ? seen(this.frame) : undefined
    this.touched ??= new Promise(resolve => ["pointerenter", "pointerdown", "focusin"].forEach(kind =>
      this.frame.addEventListener(kind, resolve, { once: true })))
    return saving() ? this.touched : Promise.race([this.touched, settled()])
  }

  async drawAhead(address) {
    await idle()
    if (saving()) return
    if (this.requested !== address || !this.shown) return
    // Prepare a spare plate for the next figure: updating a plate takes half the time of creating one.
    if (this.plates.length < 2) await this.draw(address, this.shown.figure)
    await this.prepare(address)
    if (!this.stepping()) this.fetchNext(address)
  }

  // Whether the years are in use.
  stepping() {
    return this.playing || this.years.matches(":hover, :focus-within")
  }

  // Fetches the figures that are one press away in the other controls, of those with the fewest options first.
  async fetchNext(address) {
    const offers = []
    document.dispatchEvent(new CustomEvent("offers", { detail: offers }))
    const mine = offers.filter(({ name }) => name in this.data.query).sort((one, other) => one.ids.length - other.ids.length)
    for (const next of mine.flatMap(({ name, ids }) => ids.map(id => ({ [name]: id }))).slice(0, AHEAD)) {
      if (this.requested !== address) return
      await figure(this.address(this.at, next)).catch(() => null)
      await idle()
    }
  }

  // Fetches the years before and after. While the years are in use it also draws them, and fetches one more in the reader's
  // direction; before that, a reader who saves data waits for them.
  async prepare(address) {
    const used = this.stepping()
    if (!this.data.step || (!used && saving())) return
    for (const by of used ? [this.direction, 2 * this.direction, -this.direction] : [-this.direction, this.direction]) {
      const at = this.neighbor(by)
      if (at === null) continue
      const near = this.address(at)
      const fetched = await figure(near).catch(() => null)
      await idle()
      if (this.requested !== address || fetched === null) return
      if (used && Math.abs(by) === 1 && !this.plates.some(plate => plate.address === near))
        await this.draw(near, fetched, this.address(this.neighbor(-by) ?? at))
    }
  }

  // Draws a figure on a hidden plate, but not on the one that has the address `spared`.
  async draw(address, drawn, spared) {
    const free = this.plates.find(plate => plate !== this.shown && plate.address !== spared)
    const plate = free ?? this.newPlate()
    Object.assign(plate, { address, figure: drawn, drawn: false })
    plate.style.height = `${drawn.layout.height}px`
    await this.paint(plate)
    if (!free) this.listen(plate)
    plate.drawn = plate.address === address
    return plate
  }

  newPlate() {
    const plate = element("div", { class: "plate-figure", "aria-hidden": "true" })
    this.plates.push(plate)
    this.board.prepend(plate)
    return plate
  }

  paint(plate) {
    plate.zoom = this.zoom
    return window.Plotly.react(plate, this.zoomedData(plate.figure), this.zoomedLayout(structuredClone(plate.figure.layout)), CONFIG)
  }

  reveal(plate) {
    if (plate.zoom !== this.zoom) this.paint(plate)
    for (const other of this.plates) {
      other.toggleAttribute("data-shown", other === plate)
      if (other === plate) other.removeAttribute("aria-hidden")
      else other.setAttribute("aria-hidden", "true")
    }
    this.shown = plate
    this.board.querySelector(".still")?.remove()
    this.drawing = undefined
    this.point()
    const { alt, description, heading, layout } = plate.figure
    // Paper is narrower than a screen: the print style sheet scales the figure down by this width.
    this.board.style.setProperty("--drawn", plate.clientWidth)
    this.board.style.height = plate.style.height
    plate.setAttribute("role", "img")
    // A picture hides its own letters from screen readers: its notes (sources and releases) are part of its name.
    plate.setAttribute("aria-label", [alt, ...footNotes(layout)].join(" "))
    this.heading.textContent = heading
    this.heading.hidden = !heading
    this.description.textContent = description
    this.frame.dataset.address = plate.address
    this.frame.removeAttribute("aria-busy")
  }

  // ---- the pointer: Plotly handles points, the stage itself handles shapes

  listen(plate) {
    // On the text of a label no mark beside it answers. A click may come before Plotly knows where the pointer is now.
    plate.on("plotly_beforehover", event => {
      const words = wordsAt(plate, event)
      if (words) {
        window.Plotly.Fx.unhover(plate)
        plate.pointed = false
        this.point(event)
      }
      return !words
    })
    plate.on("plotly_click", ({ points, event }) => {
      if (!wordsAt(plate, event)) this.open(points.map(point => point.customdata).find(Boolean))
    })
    plate.on("plotly_hover", () => { plate.pointed = true; this.point() })
    plate.on("plotly_unhover", () => { plate.pointed = false })
    plate.on("plotly_relayout", moved => {
      if (plate === this.shown && "xaxis.range[0]" in moved)
        this.zoom = plate.zoom = { x: [...plate.layout.xaxis.range], y: [...plate.layout.yaxis.range] }
    })
  }

  open(mark) {
    if (mark && this.data.opens) this.setTriggerValue("open", [mark].flat().map(part => part ?? "").join("."))
  }

  // Shows the label of the shape under the pointer, unless Plotly shows the label of a point.
  point(event) {
    const plate = this.shown, over = event && !plate?.pointed && !event.target.closest?.(".plate-tools")
    const shape = over && plate?.figure.shapes.length ? shapeAt(plate, event) : undefined
    this.board.toggleAttribute("data-opens", Boolean(shape?.opens && this.data.opens))
    this.label.hidden = !shape
    if (!shape) return
    if (this.label.dataset.label !== shape.label) {
      this.label.dataset.label = shape.label
      this.label.replaceChildren(...shape.label.split("<br>").map(line =>
        element(line.startsWith("<b>") ? "b" : "span", {}, line.replace(/<\/?b>/g, ""))))
    }
    const box = this.board.getBoundingClientRect(), { offsetWidth: wide, offsetHeight: high } = this.label
    const [x, y] = [event.clientX - box.left, event.clientY - box.top]
    this.label.style.left = `${x + 14 + wide > box.width ? Math.max(x - 14 - wide, 0) : x + 14}px`
    this.label.style.top = `${Math.min(Math.max(y - high / 2, 0), Math.max(box.height - high, 0))}px`
  }

  click(event) {
    const { clientX, clientY } = this.pressed ?? event
    if (!this.shown || this.shown.pointed || Math.hypot(event.clientX - clientX, event.clientY - clientY) > CLICK_MARGIN) return
    if (event.target.closest(".plate-tools")) return
    this.open(shapeAt(this.shown, event)?.opens)
  }

  // ---- zoom

  zoomers() {
    const { labels, zooms } = this.data
    this.tools.hidden = !zooms
    if (!zooms || this.tools.childElementCount) return
    const button = (sign, label, onclick) => element("button", { type: "button", "aria-label": label, title: label, onclick }, sign)
    this.tools.setAttribute("aria-label", labels.zoom)
    this.tools.append(
      button("+", labels.nearer, () => this.zoomBy(ZOOM_STEP)),
      button("−", labels.further, () => this.zoomBy(1 / ZOOM_STEP)),
      button("⤢", labels.whole, () => this.zoomBy(0)))
  }

  wheel(event) {
    // Without the modifier key the wheel scrolls the page, as usual.
    if (!this.data.zooms || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    this.zoomBy(event.deltaY < 0 ? ZOOM_STEP : 1 / ZOOM_STEP, event)
  }

  zoomBy(times, event) {
    const plate = this.shown
    if (!plate) return
    const { xaxis, yaxis } = plate.figure.layout
    const whole = { x: xaxis.range, y: yaxis.range }, now = this.zoom ?? whole
    const before = (whole.x[1] - whole.x[0]) / (now.x[1] - now.x[0]), after = Math.min(before * times, MAX_ZOOM)
    if (times === 0 || after <= 1.001) this.zoom = null
    else {
      const fixed = event && place(plate, "", event), middle = ([low, high]) => (low + high) / 2
      const near = ([low, high], at) => [at + (low - at) * before / after, at + (high - at) * before / after]
      this.zoom = { x: near(now.x, fixed?.x ?? middle(now.x)), y: near(now.y, fixed?.y ?? middle(now.y)) }
    }
    this.paint(plate)
  }

  zoomedLayout(layout) {
    // Only maps have equal units on both axes; other figures are not zoomed.
    if (!this.zoom || !layout.yaxis?.scaleanchor) return layout
    layout.xaxis = { ...layout.xaxis, range: [...this.zoom.x], fixedrange: false }
    layout.yaxis = { ...layout.yaxis, range: [...this.zoom.y], fixedrange: false }
    layout.dragmode = "pan"
    return layout
  }

  // Codes and badges are offset from their places by some pixels, which are fewer kilometers on a zoomed map.
  zoomedData({ data, layout }) {
    if (!this.zoom || !layout.yaxis?.scaleanchor) return data
    const length = ([low, high]) => high - low, less = length(this.zoom.x) / length(layout.xaxis.range) - 1
    const moved = (line, pixels, scale) => line.map((at, point) => at + pixels[point] * scale * less)
    return data.map(trace => {
      const { right, up, scale } = trace.meta ?? {}
      return right ? { ...trace, x: moved(trace.x, right, scale), y: moved(trace.y, up, scale) } : trace
    })
  }
}

// What the first view shows of a figure.
function picture(place) {
  const drawing = place.querySelector(".still")
  const heading = [...place.querySelectorAll(".plate-heading")].find(node => node.offsetHeight)?.textContent ?? ""
  return { drawing, heading, description: place.querySelector(".plate-caption").textContent, height: drawing.offsetHeight }
}

// Until the stage has drawn its own figure, it shows the drawing of the document's first view, if that has one of the same
// figure. The view goes when the page is whole and the place of its first figure lines up with it, so that nothing jumps.
function takeOver(stage) {
  const view = document.getElementById("first"), places = [...view?.querySelectorAll("[data-figure]") ?? []]
  if (!pictures.size) for (const place of places) pictures.set(place.dataset.figure, picture(place))
  const name = stage.name(), found = pictures.get(name)
  if (!found) return
  pictures.delete(name)
  stage.expect(found)
  stage.drawing = name
  if (!view) return stage.board.prepend(found.drawing)
  waiting.push([stage, found.drawing])
  if (places[0].dataset.figure === name) lineUp(stage, view, found.drawing)
}

function lineUp(stage, view, drawing) {
  let since
  const move = () => {
    // Nor while the reader looks for a state in the list.
    since = whole() && !view.querySelector("details[open]") ? since ?? performance.now() : undefined
    const distance = stage.board.getBoundingClientRect().top - drawing.getBoundingClientRect().top - view.scrollTop
    const early = since === undefined || Math.abs(distance) > 1 && performance.now() - since < LAYOUT_TIMEOUT
    if (early && view.isConnected) return requestAnimationFrame(move)
    const inside = view.contains(document.activeElement), down = view.scrollTop
    for (const [other, still] of waiting.splice(0)) if (!other.shown) other.board.prepend(still)
    view.remove()
    for (let box = stage.frame; box && down; box = box.parentElement) box.scrollTop = down
    if (inside) stage.frame.focus()
  }
  requestAnimationFrame(move)
}

export default function (args) {
  const root = args.parentElement, known = stages.get(root), stage = known ?? new Stage(root)
  stages.set(root, stage)
  stage.update(args, !known)
  return () => { stages.get(root)?.close(); stages.delete(root) }
}
