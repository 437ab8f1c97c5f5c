// A choice among a few options as buttons in a row (a radio group of the WAI-ARIA Authoring Practices), a switch, or a whole
// number (a spin button).
const choices = new WeakMap(), STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }
let made = 0

class Choice {
  constructor(root) {
    const id = `choice-${++made}`
    this.sent = 0
    this.label = element("span", { id, class: "choice-label" })
    this.group = element("div", { role: "radiogroup", "aria-labelledby": id, onkeydown: event => this.key(event) })
    this.box = element("input", { type: "checkbox", role: "switch", onchange: () => this.put(this.box.checked ? "1" : "0") })
    this.field = element("input", {
      id: `${id}-field`, type: "number", inputmode: "numeric", onchange: () => this.enter(), onkeydown: event => this.count(event),
    })
    const button = (sign, by) => element("button", { type: "button", tabindex: "-1", onclick: () => this.step(by) }, sign)
    this.buttons = [button("−", -1), button("+", 1)]
    this.frame = element("div", { class: "choice" })
    root.replaceChildren(this.frame)
    this.withdraw = offerNext(() => ({ name: this.data.name, ids: this.others() }))
  }

  // What one press chooses: another option, or the next number up or down.
  others() {
    if (!this.frame.getClientRects().length) return []
    const { kind, number, options } = this.data, at = Number(this.chosen)
    const near = kind === "number" ? [at + 1, at - 1].filter(to => to >= number.low && to <= number.high).map(String) : []
    return [...near, ...options.map(([id]) => id).filter(id => id !== this.chosen)]
  }

  update({ data, setStateValue }) {
    Object.assign(this, { data, setStateValue })
    const late = this.late && !lost()
    // The server's answer to an earlier choice may arrive after a later one: only the latest counts.
    if (data.n >= this.sent) [this.sent, this.chosen] = [data.n, late ? this.chosen : data.chosen[0]]
    this.words()
    this.mark()
    if (late) this.send()
  }

  words() {
    const { label, options, kind, number } = this.data, words = JSON.stringify([label, options, number])
    if (this.made === words) return
    this.made = words
    this.label.textContent = label
    this.group.replaceChildren(...options.map(([id, text]) =>
      element("button", { type: "button", role: "radio", onclick: () => this.put(id) }, text)))
    if (kind === "buttons") this.frame.replaceChildren(this.label, this.group)
    else if (kind === "switch") this.frame.replaceChildren(element("label", {}, this.box, this.label))
    else {
      const [less, more] = this.buttons
      for (const [button, text] of [[less, number.less], [more, number.more]]) button.setAttribute("aria-label", text)
      Object.assign(this.field, { min: number.low, max: number.high })
      const caption = element("label", { for: this.field.id, class: "choice-caption" }, this.label)
      this.frame.replaceChildren(caption, element("div", { class: "choice-number" }, less, this.field, more))
    }
  }

  mark() {
    this.box.checked = this.chosen === "1"
    // What is being typed stays.
    if (this.shown !== this.chosen) this.field.value = this.shown = this.chosen
    this.data.options.forEach(([id], at) => {
      const button = this.group.children[at], chosen = id === this.chosen
      button.setAttribute("aria-checked", String(chosen))
      button.tabIndex = chosen ? 0 : -1
    })
  }

  key(event) {
    const buttons = [...this.group.children], at = buttons.indexOf(event.target)
    if (!STEPS[event.key] || at < 0) return
    event.preventDefault()
    const next = buttons[(at + STEPS[event.key] + buttons.length) % buttons.length]
    next.focus()
    next.click()
  }

  // ---- a number

  count(event) {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key]
    if (event.key === "Enter") this.enter()
    if (!by) return
    event.preventDefault()
    this.step(by)
  }

  step(by) {
    this.enter()
    this.enter(Number(this.chosen) + by)
  }

  // Takes what was typed, or a number; none outside of the range.
  enter(entered = this.field.valueAsNumber) {
    const { low, high } = this.data.number
    if (!Number.isNaN(entered)) this.put(String(Math.min(Math.max(Math.round(entered), low), high)))
    this.field.value = this.chosen
  }

  // ---- all kinds

  put(id) {
    if (id === this.chosen) return
    this.chosen = id
    this.mark()
    if (!this.waits) this.send()
  }

  send() {
    const choice = { chosen: [this.chosen], n: ++this.sent }
    this.late = lost()
    // Of quick steps of a number the figure shows those that it can follow, and the last.
    this.waits = this.data.kind === "number"
    announce(this.data.name, this.chosen, choice.n, () => {
      this.waits = false
      if (this.data.kind === "number" && this.chosen !== choice.chosen[0]) this.send()
      // A later choice takes the place of one that the server does not know yet.
      else if (choice.n === this.sent) this.setStateValue("choice", choice)
    })
  }
}

export default function (args) {
  const root = args.parentElement, choice = choices.get(root) ?? new Choice(root)
  choices.set(root, choice)
  choice.update(args)
  return () => { choices.get(root)?.withdraw(); choices.delete(root) }
}
