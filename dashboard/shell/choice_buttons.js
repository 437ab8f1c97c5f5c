// A choice among a few options as buttons in a row (a radio group of the WAI-ARIA Authoring Practices), or a switch.
const choices = new WeakMap(), STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }
let made = 0

class Choice {
  constructor(root) {
    this.sent = 0
    this.label = element("span", { id: `choice-${++made}`, class: "choice-label" })
    this.group = element("div", { role: "radiogroup", "aria-labelledby": this.label.id, onkeydown: event => this.key(event) })
    this.box = element("input", { type: "checkbox", role: "switch", onchange: () => this.put(this.box.checked ? "1" : "0") })
    this.frame = element("div", { class: "choice" })
    root.replaceChildren(this.frame)
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
    const { label, options, switch: one } = this.data, words = JSON.stringify([label, options])
    if (this.made === words) return
    this.made = words
    this.label.textContent = label
    this.group.replaceChildren(...options.map(([id, text]) =>
      element("button", { type: "button", role: "radio", onclick: () => this.put(id) }, text)))
    this.frame.replaceChildren(...(one ? [element("label", {}, this.box, this.label)] : [this.label, this.group]))
  }

  mark() {
    this.box.checked = this.chosen === "1"
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

  put(id) {
    if (id === this.chosen) return
    this.chosen = id
    this.mark()
    this.send()
  }

  send() {
    this.sent += 1
    this.late = lost()
    announce(this.data.name, this.chosen, this.sent)
    this.setStateValue("choice", { chosen: [this.chosen], n: this.sent })
  }
}

export default function (args) {
  const root = args.parentElement, choice = choices.get(root) ?? new Choice(root)
  choices.set(root, choice)
  choice.update(args)
  return () => choices.delete(root)
}
