// The slide show of page Present, from the data in its document. It fetches the drawings of all scenes when the page opens, so
// that no step needs the server. It covers the page, which is inert meanwhile. A second window can show the speaker's
// notes: both windows exchange their steps through a BroadcastChannel, or through localStorage where there is none.
// Pixels of the full screen; below SMALL wide, figures are drawn for a phone (PHONE wide).
const WIDTH = 1920, HEIGHT = 1080, SMALL = 900, PHONE = 640
// Figures are drawn at half size. Milliseconds between updates of the clock; characters of a note that fits beside the
// tools; limits of a figure's height in pixels before scaling.
const SCALE = 2, TICK = 500, SHORT_NOTE = 170, MIN_HEIGHT = 240, MAX_HEIGHT = 440
const STORED = "atalaya.present", LAST = "atalaya.present.said", DARK = "atalaya.present.dark", OWN = "atalaya.agenda"
// Milliseconds in which the scenes run by themselves, and the least that each of them stands.
const WHOLE = 60000, LEAST = 4000
// The least part of its usual size at which a figure is legible.
const NEARLY = 0.9
const SIGNS = {
  before: "M15 5l-7 7 7 7", after: "M9 5l7 7-7 7", list: "M4 6h16M4 12h16M4 18h16", blank: "M4 5h16v12H4zM9 21h6",
  play: "M8 5l11 7-11 7z", halt: "M8 5v14M16 5v14",
  reset: "M5 12a7 7 0 1 1 2 5M5 19v-5h5", full: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5", leave: "M6 6l12 12M18 6L6 18",
}
const byId = id => document.getElementById(id)
const idle = () => new Promise(resolve => window.requestIdleCallback ? requestIdleCallback(resolve) : setTimeout(resolve, 30))
let present

const unit = () => Math.min(innerWidth / WIDTH, innerHeight / HEIGHT)
const small = () => innerWidth < SMALL
const clock = seconds => {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60]
  return [...(hours ? [hours, String(minutes).padStart(2, "0")] : [minutes]), String(rest).padStart(2, "0")].join(":")
}

// Messages between the windows of one browser. Receiving a message twice has no further effect.
class Windows {
  constructor(receive) {
    if (window.BroadcastChannel) {
      this.channel = new BroadcastChannel(STORED)
      this.channel.onmessage = event => receive(event.data)
    }
    addEventListener("storage", event => { if (event.key === LAST && event.newValue && !this.channel) receive(JSON.parse(event.newValue)) })
  }

  send(message) {
    if (this.channel) this.channel.postMessage(message)
    else store(LAST, { ...message, stamp: performance.now() })
  }
}

function store(name, value) {
  try { localStorage.setItem(name, JSON.stringify(value)) } catch { /* without storage the show still works */ }
}

function stored(name) {
  try { return JSON.parse(localStorage.getItem(name)) } catch { return null }
}

// What is stored as a text: the reader's own agenda.
function text(name) {
  try { return localStorage.getItem(name) } catch { return null }
}

function icon(sign) {
  const holder = document.createElement("span")
  holder.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${SIGNS[sign]}"/></svg>`
  return holder.firstChild
}

function button(label, onclick, sign, more = {}) {
  return element("button", { type: "button", "aria-label": label, title: label, onclick, ...more }, ...(sign ? [icon(sign)] : []))
}

// That of the page's own band.
function logo() {
  const sign = document.querySelector(".band svg").cloneNode(true)
  sign.setAttribute("class", "present-logo")
  return sign
}

// An interval is not broken at its dash.
const whole = text => text.replace(/(\d)([–-])(\d)/g, "$1\u2060$2\u2060$3")

class Present {
  constructor() {
    this.at = 1
    this.timer = { before: 0, since: null }
    // Light unless the presenter chose otherwise: a projector shows the colors of the handout.
    this.dark = stored(DARK) === true
    this.windows = new Windows(message => this.receive(message))
    addEventListener("keydown", event => this.key(event))
    addEventListener("resize", () => this.measure())
    document.addEventListener("fullscreenchange", () => this.onFullScreen())
    setInterval(() => this.tick(), TICK)
  }

  // ---- the page

  update(data) {
    const first = !this.data, same = JSON.stringify(data) === JSON.stringify(this.data)
    this.data = data
    if (!same) this.build()
    this.page()
    if (data.notes) this.followStage()
    else if (first && (data.at || data.guided)) {
      const last = stored(STORED)
      if (last?.stage && last.meeting === data.key) this.timer = last.timer
      this.open(data.at || 1, false)
      if (data.guided) this.guide()
    }
  }

  // The page as the server wrote it, of which a change of a control replaces parts: its buttons get their work, and the
  // titles become buttons.
  page() {
    this.start = document.querySelector(".present-start")
    this.start.onclick = () => this.open(1, true)
    byId("show-dark").onclick = () => this.toggleDark()
    byId("show-dark").setAttribute("aria-pressed", this.dark)
    for (const [place, title] of document.querySelectorAll(".present-agenda h3").entries())
      title.replaceChildren(element("button", { type: "button", onclick: () => this.open(place + 1, true) }, whole(this.data.scenes[place].title)))
    this.progress()
  }

  toggleDark() {
    this.dark = !this.dark
    store(DARK, this.dark)
    byId("show-dark").setAttribute("aria-pressed", this.dark)
    this.build()
  }

  progress() {
    const { labels, scenes } = this.data, drawn = scenes.filter(scene => scene.figure).length
    const left = this.places?.filter(place => place.waiting).length ?? drawn
    const words = this.failed ? labels.failed : left ? labels.loading : labels.ready, ready = document.querySelector(".present-ready")
    if (ready.textContent !== words) ready.textContent = words
    if (this.stage) this.stage.dataset.ready = this.failed ? "failed" : left ? "no" : "yes"
  }

  // ---- building

  build() {
    const { labels, scenes, notes } = this.data
    const shown = this.stage?.hasAttribute("data-open")
    this.stage?.remove()
    this.at = Math.min(this.at, scenes.length)
    this.live = element("p", { class: "present-live", "aria-live": "polite" })
    this.blank = element("div", { class: "present-blank", hidden: "" })
    this.list = element("nav", { class: "present-list", "aria-label": labels.list, hidden: "" },
      element("ol", {}, ...scenes.map((scene, place) => element("li", {}, element("button", { type: "button", onclick: () => { this.toggleList(); this.go(place + 1) } }, `${place + 1}. ${scene.title}`)))),
      element("p", { class: "present-keys" }, [labels.before, labels.after, labels.number, labels.list, labels.play, labels.blank, labels.run, labels.full, labels.keys, labels.leave].join(" · ")))
    this.count = element("span", { class: "present-count" })
    this.clock = button(labels.time, () => this.toggleClock())
    this.clock.className = "present-clock"
    this.places = scenes.map(scene => this.scene(scene))
    const tool = (sign, onclick) => button(labels[sign], onclick, sign, { "data-tool": sign })
    this.player = tool("play", () => this.play(!this.playing))
    const tools = [
      tool("before", () => this.go(this.at - 1)), this.count, tool("after", () => this.go(this.at + 1)),
      ...(notes ? [] : [this.player]), tool("list", () => this.toggleList(this.list.hidden)), this.clock, tool("reset", () => this.resetClock()),
      ...(notes ? [] : [tool("blank", () => this.toggleBlank()), tool("full", () => this.toggleFullScreen()), tool("leave", () => this.close())]),
    ]
    this.bar = element("div", { class: "present-bar", role: "toolbar", "aria-label": labels.tools }, ...tools)
    const body = notes ? [this.notesSection()] : this.places.map(place => place.section)
    this.stage = element("div", { class: "present", role: "dialog", "aria-modal": "true", "aria-label": this.data.meeting, tabindex: "-1", lang: this.data.lang, inert: "" },
      element("div", { class: "present-sheet" }, ...body, this.list, this.bar), this.live, this.blank)
    this.stage.toggleAttribute("data-notes", Boolean(notes))
    this.stage.toggleAttribute("data-dark", this.dark)
    document.body.append(this.stage)
    this.measure()
    if (shown) this.open(this.at, false)
    if (!notes) this.fetch()
  }

  scene({ title, heading, kind, facts, lines, as_of: asOf, figure }) {
    const bare = !figure && !asOf, place = { waiting: Boolean(figure), figure }
    const key = facts.map(({ label, figure: number, note }) => element("div", {}, element("dt", {}, label), element("dd", {}, element("b", {}, number), ...(note ? [element("span", {}, note)] : []))))
    place.foot = element("div", { class: "present-foot" })
    this.below(place, asOf ? [asOf] : [])
    place.plot = element("div", { class: "present-plot" })
    place.space = element("div", { class: "present-room" }, element("div", { class: "present-board" }, place.plot))
    place.section = element("div", { class: "present-scene", "data-kind": kind, "data-away": "", inert: "" },
      ...(bare ? [logo()] : []),
      element("h2", { tabindex: "-1" }, whole(title)),
      element("div", { class: "present-lead" }, ...heading.split("\n").filter(Boolean).map(line => element("p", { class: "present-heading" }, whole(line))), ...(key.length ? [element("dl", { class: "present-facts" }, ...key)] : [])),
      ...(lines.length ? [element("div", { class: "present-lines" }, ...lines.map(line => element("p", {}, line)))] : []),
      ...(figure ? [place.space] : []), ...(asOf ? [place.foot] : []))
    return place
  }

  // ---- figures

  // The address of a figure in the height that is left, which depends on the length of titles and notes in a language.
  address(place) {
    const { address, query, stage } = place.figure
    const look = small() ? { width: PHONE } : { ...stage, stage: this.height(place) }
    return `${address}?${new URLSearchParams({ ...query, ...look, dark: Number(this.dark) })}`
  }

  height({ figure, space }) {
    const usual = Number(figure.stage.stage), left = Math.floor(space.clientHeight / (SCALE * unit()) / 4) * 4
    const most = Math.min(Math.max(left, MIN_HEIGHT), MAX_HEIGHT)
    // Files have some heights: the largest that need not be much smaller than it was drawn.
    const tall = figure.heights ? Math.max(...figure.heights.filter(one => one * NEARLY < most), Math.min(...figure.heights)) : most
    return Math.abs(tall - usual) < 4 ? usual : tall
  }

  // Fetches all figures at once, then shows one after another, those nearest to the current scene first.
  async fetch() {
    const { places } = this, order = places.map((_, at) => at).sort((one, two) => Math.abs(one + 1 - this.at) - Math.abs(two + 1 - this.at))
    this.failed = false
    const waiting = order.map(at => places[at]).filter(place => place.figure)
    const addresses = waiting.map(place => this.address(place)), figures = addresses.map(json)
    // One that fails before its turn is reported in its turn.
    for (const one of figures) one.catch(() => null)
    try {
      for (const [at, place] of waiting.entries()) {
        const drawn = await figures[at]
        await idle()
        if (places !== this.places) return
        this.draw(place, drawn)
        // Its own notes, or letters that came late, may leave it another height.
        const fitting = this.address(place)
        if (fitting !== addresses[at]) this.draw(place, await json(fitting))
      }
    } catch (error) {
      console.error(error)
      this.failed = places === this.places
    }
    this.progress()
  }

  draw(place, { svg, layout, alt, source, notes }) {
    place.small = small()
    Object.assign(place.plot.style, place.small ? { width: "", height: "" } : { width: `${place.figure.stage.width}px`, height: `${layout.height}px` })
    place.tall = layout.height
    place.plot.innerHTML = svg
    place.plot.setAttribute("role", "img")
    place.plot.setAttribute("aria-label", alt)
    this.below(place, [source, ...notes].filter(Boolean))
    place.waiting = false
    this.measure(place)
    this.progress()
  }

  // Short notes go beside the tools, long ones above them.
  below({ foot }, notes) {
    if (notes.length) foot.replaceChildren(...notes.map(note => element("p", {}, note)))
    foot.toggleAttribute("data-long", foot.textContent.length > SHORT_NOTE)
  }

  measure(...only) {
    if (!this.stage) return
    this.stage.toggleAttribute("data-small", small())
    // Its buttons are never smaller than a finger, so that on a low screen it takes more of the width.
    this.stage.style.setProperty("--bar-width", `${this.bar.offsetWidth}px`)
    if (!only.length && this.places.some(place => place.small !== undefined && place.small !== small())) return this.build()
    for (const place of only.length ? only : this.places) {
      if (!place.tall || place.small) continue
      // A figure that was made for a screen of other proportions is shown a little smaller rather than cut.
      const usual = SCALE * unit(), fitting = place.space.clientHeight / place.tall
      const times = fitting < usual && fitting > NEARLY * usual ? fitting : usual
      place.plot.style.transform = `scale(${times})`
      place.space.toggleAttribute("data-tall", place.tall * times > place.space.clientHeight + 1)
      place.space.hasAttribute("data-tall") ? place.space.setAttribute("tabindex", "0") : place.space.removeAttribute("tabindex")
      Object.assign(place.plot.parentElement.style, { width: `${place.figure.stage.width * times}px`, height: `${place.tall * times}px` })
    }
  }

  // ---- the show

  open(at, whole) {
    const fresh = !this.isOpen
    this.cover(true)
    if (whole) this.toggleFullScreen(true)
    if (fresh && whole && this.timer.since === null && !this.timer.before) this.timer = { before: 0, since: Date.now() }
    this.go(at)
  }

  get isOpen() {
    return Boolean(this.stage?.hasAttribute("data-open"))
  }

  // The stage covers the page, of which nothing can be reached meanwhile; or the page is there again.
  cover(on) {
    this.stage.toggleAttribute("data-open", on)
    for (const other of document.body.children) other.inert = on === (other !== this.stage)
  }

  close() {
    if (!this.isOpen || this.data.notes) return
    this.cover(false)
    this.play(false)
    this.toggleList(false)
    this.blank.hidden = true
    this.toggleFullScreen(false)
    this.setAddress(0)
    this.send()
    this.start.focus()
  }

  // Shows a scene; `alone` if the scenes run by themselves: then the focus stays, and only the live region says what is new.
  go(at, alone = false) {
    if (!alone) this.play(false)
    this.at = Math.min(Math.max(at, 1), this.places.length)
    this.places.forEach(({ section }, place) => { section.inert = section.toggleAttribute("data-away", place + 1 !== this.at) })
    const { title } = this.data.scenes[this.at - 1]
    this.live.textContent = `${this.at} / ${this.places.length}. ${title}`
    this.count.textContent = `${this.at} / ${this.places.length}`
    this.list.querySelectorAll("button").forEach((one, place) => place + 1 === this.at ? one.setAttribute("aria-current", "step") : one.removeAttribute("aria-current"))
    if (this.data.notes) this.showNotes()
    else {
      if (!alone && this.list.hidden && !this.bar.contains(document.activeElement)) this.places[this.at - 1].section.querySelector("h2").focus({ preventScroll: true })
      this.stage.scrollTop = 0
      this.setAddress(this.at)
    }
    this.send()
    this.tick()
  }

  setAddress(at) {
    // A file has no view of each scene.
    if (window.fileOf) return
    const address = new URL(location.href)
    at ? address.searchParams.set("scene", at) : address.searchParams.delete("scene")
    address.searchParams.delete("guided")
    history.replaceState(history.state, "", address)
    // Nor do the controls of the page open the stage again.
    for (const name of ["scene", "guided"]) byId("view")?.querySelector(`[name=${name}]`)?.remove()
  }

  // ---- scenes that run by themselves

  // Starts the run at once, unless the reader wants little motion: then the button starts it.
  guide() {
    this.play(!matchMedia("(prefers-reduced-motion: reduce)").matches)
    this.player.focus()
  }

  play(on) {
    if (on && this.at === this.places.length) this.go(1)
    this.playing = on
    this.rest()
    const label = this.data.labels[on ? "halt" : "play"]
    this.player.replaceChildren(icon(on ? "halt" : "play"))
    this.player.title = label
    this.player.setAttribute("aria-label", label)
  }

  // The current scene stands for its part of the time, from now on.
  rest() {
    this.due = Date.now() + Math.max(WHOLE / this.places.length, LEAST)
  }

  advance() {
    if (!this.playing) return
    if (!this.blank.hidden || this.places[this.at - 1].waiting) return this.rest()
    if (Date.now() < this.due) return
    if (this.at === this.places.length) return this.play(false)
    this.rest()
    this.go(this.at + 1, true)
  }

  toggleBlank(on = this.blank.hidden) {
    this.blank.hidden = !on
    this.live.textContent = on ? this.data.labels.blanked : this.data.scenes[this.at - 1].title
    this.send()
  }

  toggleList(on = false) {
    if (this.list.hidden === !on) return
    this.list.hidden = !on
    if (on) this.list.querySelector("[aria-current]")?.focus()
    else this.stage.focus()
  }

  // `whole` is what the reader asked for last. The browser enters and leaves full screen a moment later, and may refuse.
  toggleFullScreen(on = !this.whole) {
    this.whole = on
    if (on) this.stage.requestFullscreen?.().catch(() => { this.whole = Boolean(document.fullscreenElement) })
    else if (document.fullscreenElement) document.exitFullscreen()
  }

  // The browser handles the Esc key that leaves full screen: close the show as well.
  onFullScreen() {
    const whole = Boolean(document.fullscreenElement)
    if (whole && !this.whole) document.exitFullscreen()
    else if (!whole && this.whole) { this.whole = false; this.close() }
    // Before, nothing outside of the full screen could take the focus.
    if (!whole && this.stage.inert) this.start.focus()
    this.measure()
  }

  key(event) {
    if (!this.isOpen || event.ctrlKey || event.metaKey || event.altKey) return
    const actions = {
      ArrowRight: () => this.go(this.at + 1), PageDown: () => this.go(this.at + 1), ArrowLeft: () => this.go(this.at - 1), PageUp: () => this.go(this.at - 1),
      Home: () => this.go(1), End: () => this.go(this.places.length), b: () => this.toggleBlank(), ".": () => this.toggleBlank(),
      l: () => this.toggleList(this.list.hidden), ...(this.data.notes ? {} : { p: () => this.play(!this.playing) }), t: () => this.toggleClock(), f: () => this.toggleFullScreen(), Escape: () => this.list.hidden ? this.close() : this.toggleList(),
      // Clickers send F5 to start a show; a reload would lose the stage if the server is gone.
      F5: () => this.toggleFullScreen(true),
      "?": () => this.toggleList(this.list.hidden),
    }
    // A number opens the scene that has it in the list.
    if (/^[1-9]$/.test(event.key) && Number(event.key) <= this.places.length) actions[event.key] = () => this.go(Number(event.key))
    if (event.key === " " && event.target.tagName !== "BUTTON") actions[" "] = actions[event.shiftKey ? "ArrowLeft" : "ArrowRight"]
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!action) return
    event.preventDefault()
    // On a blank screen every key returns to the current scene.
    if (!this.blank.hidden && event.key !== "Escape") this.toggleBlank(false)
    else action()
  }

  // ---- the time

  get seconds() {
    const { before = 0, since } = this.timer
    return (before + (since === null ? 0 : Date.now() - since)) / 1000
  }

  toggleClock() {
    const { since } = this.timer
    this.timer = since === null ? { ...this.timer, since: Date.now() } : { before: this.seconds * 1000, since: null }
    this.send({ timed: true })
    this.tick()
  }

  resetClock() {
    this.timer = { before: 0, since: this.timer.since === null ? null : Date.now() }
    this.send({ timed: true })
    this.tick()
  }

  tick() {
    if (!this.clock) return
    this.advance()
    const { labels } = this.data, runs = this.timer.since !== null, label = runs ? labels.pause : labels.run
    this.clock.textContent = clock(this.seconds)
    if (this.clock.title === label) return
    this.clock.title = label
    this.clock.dataset.runs = runs
    this.clock.setAttribute("aria-label", label)
  }

  // ---- the second window

  // Sends a step or a change of the clock; only the stage, not the notes, sends whether it is open.
  send(more = {}) {
    if (this.receiving) return
    const message = { meeting: this.data.key, at: this.at, timer: this.timer, ...more }
    if (!this.data.notes) Object.assign(message, { stage: this.isOpen, blank: !this.blank.hidden })
    if (!this.data.notes) store(STORED, message)
    this.windows.send(message)
  }

  receive(message) {
    if (!this.data || message.meeting !== this.data.key) return
    this.receiving = true
    if (message.asks && !this.data.notes) { this.receiving = false; return this.send() }
    if (message.timer) this.timer = message.timer
    if (this.data.notes) { if ("stage" in message) this.state(message) }
    else if (!("stage" in message) && this.isOpen && message.at && !message.timed) this.go(message.at)
    if (this.data.notes && message.stage) this.go(message.at)
    this.receiving = false
    if (!this.data.notes && !("stage" in message)) this.send()
    this.tick()
  }

  notesSection() {
    const { labels } = this.data
    this.speaker = { title: element("h2", { tabindex: "-1" }), notes: element("div", { class: "present-words" }), next: element("p", { class: "present-next" }), state: element("p", { class: "present-state", role: "status" }, labels.alone) }
    return element("div", { class: "present-speaker" }, this.speaker.state, this.speaker.title, this.speaker.notes, this.speaker.next)
  }

  state({ stage, blank }) {
    const { labels } = this.data
    this.speaker.state.textContent = !stage ? labels.alone : blank ? labels.blanked : labels.follows
  }

  followStage() {
    const last = stored(STORED)
    this.cover(true)
    this.receiving = true
    if (last?.meeting === this.data.key) { this.timer = last.timer; this.at = last.at }
    this.go(this.at)
    this.receiving = false
    this.windows.send({ meeting: this.data.key, asks: true })
  }

  showNotes() {
    const { labels, scenes } = this.data, { title, notes } = scenes[this.at - 1], next = scenes[this.at]
    this.speaker.title.textContent = title
    const words = notes || labels.silent
    this.speaker.notes.replaceChildren(...words.split("\n").filter(Boolean).map(line => element("p", {}, line)))
    this.speaker.next.textContent = next ? labels.next.replace("{title}", next.title) : labels.last
  }
}

// ---- the reader's own agenda: the last one that was loaded is kept in this browser

function keep() {
  const kept = byId("kept-agenda"), shown = document.querySelector("#own-agenda [name=kept]")?.value
  if (!kept) return
  if (shown) try { localStorage.setItem(OWN, shown) } catch { /* a browser without storage keeps nothing */ }
  const own = text(OWN)
  kept.hidden = !own
  kept.elements.kept.value = own ?? ""
  kept.querySelector("[data-forget]").onclick = () => {
    localStorage.removeItem(OWN)
    kept.hidden = true
  }
  // The address asks for it: a new window with notes, or another language.
  if (own && "wanted" in kept.dataset) kept.submit()
}

// The controls of a page with an agenda that was sent send it again.
document.addEventListener("change", ({ target }) => { if (target.form === byId("view") && target.form.method === "post") target.form.requestSubmit() })

function begin() {
  keep()
  const data = byId("show-data")
  if (!data || "coming" in document.documentElement.dataset) return
  present ??= new Present()
  present.update(JSON.parse(data.textContent))
}

begin()
document.addEventListener("shown", begin)
