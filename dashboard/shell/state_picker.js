// A list that is searched by typing, in most cases of states: an editable combobox with a list box, as the WAI-ARIA Authoring Practices
// describe it. What matches is decided here as in state_names.py, from the names which that module folded. The list lies in
// the browser's top layer (a popover), so that no surface of the page cuts it off.
// A list of at most `FEW` options lets the figures know them (`offerNext`).
const GAP = 4, LEAST = 180, MOST = 420, EDGE = 8, SHOWN_AT_REST = 120, FEW = 5, LETTERS = 4
const pickers = new WeakMap(), lists = new Map()
let made = 0

// ---- matching

export function fold(text) {
  return text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "").replace(/[.'’`]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ").trim()
}

// Options other than states are found by their words.
function rank(typed, [, words, codes = [], names = [fold(words)], subregion = []]) {
  const close = typed.replaceAll(" ", ""), whole = names.map(name => name.replaceAll(" ", ""))
  const begins = name => typed.split(" ").every(part => name.split(" ").some(word => word.startsWith(part)))
  if (codes.includes(close)) return 0
  if (whole.includes(close)) return 1
  if (whole[0].startsWith(close)) return 2
  if (whole.some(name => name.startsWith(close))) return 3
  if (names.some(begins)) return 4
  return close.length >= LETTERS && subregion.some(begins) ? 5 : null
}

// The entries that match a typed text, the best first; all for an empty text.
export function found(text, entries) {
  const typed = fold(text)
  if (!typed) return entries
  return entries.map(entry => [rank(typed, entry), entry]).filter(([place]) => place !== null)
    .sort(([one], [other]) => one - other).map(([, entry]) => entry)
}

// ---- the list of a language, fetched once

function list(address) {
  if (!lists.has(address)) {
    lists.set(address, fetch(address).then(answer => answer.json()))
    lists.get(address).catch(() => lists.delete(address))
  }
  return lists.get(address)
}

class Picker {
  constructor(root) {
    const id = `states-${++made}`
    this.id = id
    this.chosen = []
    this.entries = []
    this.sent = 0
    this.label = element("label", { for: id })
    this.chips = element("ul", { class: "states-chips" })
    this.input = element("input", {
      id, type: "text", role: "combobox", autocomplete: "off", autocapitalize: "none", spellcheck: "false",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list`,
      oninput: () => this.typed(), onkeydown: event => this.key(event), onblur: () => this.leave(),
      onfocus: () => this.input.select(),
      onclick: () => { if (!this.expanded) this.open("") },
    })
    this.clear = element("button", { type: "button", class: "states-clear", onclick: () => this.put([]) })
    // Keeps the focus in the field: a press would take it away, and the list would close under the finger.
    const stay = event => event.preventDefault()
    this.box = element("ul", { id: `${id}-list`, role: "listbox", class: "states-list", popover: "manual", onmousedown: stay })
    this.status = element("div", { role: "status", class: "states-status" })
    this.field = element("div", { class: "states-field" }, this.chips, this.input)
    this.field.onmousedown = event => { if (event.target === this.field) { event.preventDefault(); this.input.focus(); this.open("") } }
    this.frame = element("div", { class: "states" }, this.label, this.clear, this.field, this.box, this.status)
    this.move = () => this.place()
    root.replaceChildren(this.frame)
    this.withdraw = offerNext(() => ({ name: this.data.name, ids: this.few() }))
  }

  few() {
    const few = !this.data.many && this.entries.length <= FEW && this.frame.getClientRects().length
    return few ? this.entries.map(([id]) => id).filter(id => !this.chosen.includes(id)) : []
  }

  update({ data, setStateValue, setTriggerValue }) {
    Object.assign(this, { data, setStateValue, setTriggerValue })
    const late = this.late && !lost()
    // The server's answer to an earlier choice may arrive after a later one: only the latest counts.
    if (data.goes || data.n >= this.sent) {
      this.sent = data.n
      if (!late) this.chosen = data.chosen.map(([id]) => id)
      this.words = new Map(data.chosen)
    }
    if (late) this.send()
    this.frame.classList.toggle("states-large", data.large)
    this.label.textContent = data.label
    this.label.classList.toggle("states-unseen", data.unlabeled)
    if (data.many) this.box.setAttribute("aria-multiselectable", "true")
    this.box.setAttribute("aria-label", data.label)
    // A list without states has all its options already.
    if (data.only?.length === 0) this.entries = data.before
    const { source } = data
    list(source).then(found => {
      if (this.data.source !== source) return
      const only = data.only && new Set(data.only)
      this.texts = found.texts
      this.entries = [...data.before, ...found.states.filter(([id]) => !only || only.has(id)), ...data.after]
      this.frame.dataset.ready = ""
      this.show()
    }).catch(console.error)
    this.show()
  }

  name(id) {
    return this.words.get(id) ?? this.entries.find(([one]) => one === id)?.[1] ?? id
  }

  // The chips, the field at rest, and the way to clear.
  show() {
    const { many, every, placeholder } = this.data
    const remove = id => element("button", {
      type: "button", tabindex: "-1", "aria-label": (this.texts?.remove ?? "{name}").replace("{name}", this.name(id)),
      onmousedown: event => event.preventDefault(), onclick: () => this.put(this.chosen.filter(one => one !== id)),
    }, "×")
    const chip = id => element("li", {}, element("span", {}, this.name(id)), remove(id))
    this.chips.replaceChildren(...(many ? this.chosen.map(chip) : []))
    this.chips.hidden = !many || !this.chosen.length
    this.chips.setAttribute("aria-label", this.texts?.chosen ?? "")
    this.input.placeholder = many && this.chosen.length ? "" : placeholder
    if (this.expanded) this.list()
    else this.rest()
    this.clear.textContent = every
    this.clear.hidden = !every || !this.chosen.length
  }

  rest() {
    this.input.value = this.data.many || !this.chosen.length ? "" : this.name(this.chosen[0])
    // Typing replaces the name of the chosen state.
    if (document.activeElement === this.input) this.input.select()
  }

  get expanded() {
    return this.input.getAttribute("aria-expanded") === "true"
  }

  // ---- the open list

  open(text = this.input.value) {
    if (!this.expanded) {
      this.input.setAttribute("aria-expanded", "true")
      this.box.showPopover?.()
      window.addEventListener("scroll", this.move, true)
      window.addEventListener("resize", this.move)
      window.visualViewport?.addEventListener("resize", this.move)
    }
    this.list(text)
  }

  close() {
    if (!this.expanded) return
    this.listed = undefined
    this.input.setAttribute("aria-expanded", "false")
    this.input.removeAttribute("aria-activedescendant")
    this.box.hidePopover?.()
    this.status.textContent = ""
    window.removeEventListener("scroll", this.move, true)
    window.removeEventListener("resize", this.move)
    window.visualViewport?.removeEventListener("resize", this.move)
  }

  // Closes the list without a choice: the field shows again what is chosen.
  leave() {
    this.close()
    this.rest()
  }

  list(text = this.text ?? "") {
    this.text = text
    const matches = found(text, this.entries), none = this.texts?.none ?? ""
    // What is there already stays under the reader's finger, and so does the marked option.
    const listed = JSON.stringify([text, none, this.chosen, matches.map(([id, words]) => [id, words])])
    if (listed === this.listed) return this.place()
    this.listed = listed
    this.box.replaceChildren(...matches.map(([id, words], at) => element("li", {
      id: `${this.id}-${at}`, role: "option", "aria-selected": String(this.chosen.includes(id)),
      onclick: () => this.choose(id), onpointermove: () => this.mark(at, false),
    }, words)))
    this.matches = matches
    if (!matches.length) this.box.append(element("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, none))
    const at = text ? 0 : matches.findIndex(([id]) => !this.data.many && this.chosen.includes(id))
    this.place()
    this.mark(matches.length ? at : -1)
    this.announce(matches.length ? (this.texts?.counts[matches.length] ?? "") : none)
  }

  // After a moment: a screen reader first says the letter that was typed.
  announce(words) {
    clearTimeout(this.saying)
    this.saying = setTimeout(() => { if (this.expanded) this.status.textContent = words }, SHOWN_AT_REST)
  }

  mark(at, scroll = true) {
    const options = [...this.box.children]
    this.at = at
    options.forEach((option, place) => option.toggleAttribute("data-active", place === at))
    if (at < 0 || !options[at]) return this.input.removeAttribute("aria-activedescendant")
    this.input.setAttribute("aria-activedescendant", options[at].id)
    if (scroll) {
      const [box, option] = [this.box, options[at]]
      if (option.offsetTop < box.scrollTop) box.scrollTop = option.offsetTop
      const under = option.offsetTop + option.offsetHeight - box.clientHeight
      if (under > box.scrollTop) box.scrollTop = under
    }
  }

  // Under the field, or above it where there is more room: on a phone the keyboard takes the lower half.
  place() {
    const field = this.field.getBoundingClientRect(), { style } = this.box
    const high = window.visualViewport?.height ?? window.innerHeight
    const [below, above] = [high - field.bottom - GAP - EDGE, field.top - GAP - EDGE]
    const up = below < LEAST && above > below
    style.maxHeight = `${Math.max(Math.min(up ? above : below, MOST), LEAST / 2)}px`
    style.left = `${field.left}px`
    style.width = `${field.width}px`
    style.top = up ? "auto" : `${field.bottom + GAP}px`
    style.bottom = up ? `${window.innerHeight - field.top + GAP}px` : "auto"
  }

  // ---- what the reader does

  typed() {
    this.open(this.input.value)
  }

  key(event) {
    const { key, altKey } = event, last = (this.matches?.length ?? 0) - 1
    const to = { ArrowDown: this.at >= last ? 0 : this.at + 1, ArrowUp: this.at <= 0 ? last : this.at - 1, Home: 0, End: last }
    if (key === "Escape" && this.expanded) this.leave()
    else if (key === "Enter" && this.expanded) { if (this.matches[this.at]) this.choose(this.matches[this.at][0]) }
    else if (key === "ArrowUp" && altKey) this.leave()
    else if (key in to && this.expanded) this.mark(last < 0 ? -1 : to[key])
    else if (key === "ArrowDown" || key === "ArrowUp") this.open("")
    else if (key === "Backspace" && this.data.many && !this.input.value && this.chosen.length) this.put(this.chosen.slice(0, -1))
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  choose(id) {
    if (!this.data.many) {
      this.put([id])
      this.leave()
      return
    }
    this.input.value = ""
    this.text = ""
    this.put(this.chosen.includes(id) ? this.chosen.filter(one => one !== id) : [...this.chosen, id])
  }

  put(chosen) {
    const focused = document.activeElement === this.clear
    this.chosen = chosen
    this.send()
    this.show()
    if (focused && this.clear.hidden) this.input.focus()
  }

  send() {
    const choice = { chosen: this.chosen, n: ++this.sent }
    this.late = lost() && !this.data.goes
    announce(this.data.name, this.chosen.join(",") || "none", choice.n, () => {
      if (this.data.goes) this.setTriggerValue("choice", choice)
      // A later choice takes the place of one that the server does not know yet.
      else if (choice.n === this.sent) this.setStateValue("choice", choice)
    })
  }
}

export default function (args) {
  const root = args.parentElement, picker = pickers.get(root) ?? new Picker(root)
  pickers.set(root, picker)
  picker.update(args)
  return () => {
    pickers.get(root)?.close()
    pickers.get(root)?.withdraw()
    pickers.delete(root)
  }
}
