// What readers take away of a figure: pictures to save or copy, and where the operator allows it the code that shows the
// figure on another site. Served as one file with stage.js, which calls `takeAway` on each update.

// Pixels: the height of a frame on another site, where its content scrolls if it needs more.
const FRAME_HEIGHT = 640

// Whether this browser can copy a picture: only on HTTPS or on its own machine.
const canCopy = () => Boolean(window.ClipboardItem && navigator.clipboard?.write)

export function takeAway(stage) {
  const { labels } = stage.data.take
  if (!stage.take) {
    stage.take = element("details", { class: "plate-take", ontoggle: () => stage.take.open && fillMenu(stage) }, element("summary"))
    stage.frame.append(stage.take)
  }
  stage.take.firstChild.textContent = labels.take
  if (stage.take.open) fillMenu(stage)
}

// The address of what is made of the figure on screen, in full.
function pictureAddress(stage, root, ending = "", more = {}) {
  const { pathname, searchParams } = new URL(stage.name(), document.baseURI)
  const query = new URLSearchParams([...searchParams, ...Object.entries(more)])
  return new URL(`${root}/${pathname.split("/").pop()}${ending}?${query}`, document.baseURI).href
}

// The content, for the figure that is on screen now; the same elements remain, so that the reader's place is not lost.
function fillMenu(stage) {
  const { root } = stage.data.take, shapes = ["slide", "phone"]
  if (!stage.take.querySelector("div")) stage.take.append(menuContent(stage, shapes))
  for (const link of stage.take.querySelectorAll(".pictures a"))
    link.href = pictureAddress(stage, "./picture", `.${link.dataset.kind}`, { shape: link.dataset.shape })
  const code = stage.take.querySelector("textarea")
  if (!code) return
  const frame = element("iframe", {
    src: pictureAddress(stage, `${root}/embed`), title: (stage.heading.textContent || stage.description.textContent).split(/\n|\. /)[0],
    width: "100%", height: FRAME_HEIGHT, style: "border: 0", loading: "lazy",
  })
  code.value = frame.outerHTML
}

function menuContent(stage, shapes) {
  const { labels, root } = stage.data.take, status = element("output", { "aria-live": "polite" })
  const link = (shape, kind) => element("a", {
    download: "", "data-shape": shape, "data-kind": kind, "aria-label": `${labels[shape]}, ${kind.toUpperCase()}`,
  }, kind.toUpperCase())
  const rows = shapes.flatMap(shape => [
    element("p", {}, labels[shape]), element("div", { class: "pictures" }, link(shape, "png"), link(shape, "svg")),
  ])
  const said = words => { status.textContent = ""; requestAnimationFrame(() => { status.textContent = words }) }
  const copied = copying => copying.then(() => said(labels.copied), () => said(labels.failed))
  const picture = element("button", { type: "button", onclick: () => copied(copyPicture(stage)) }, labels.copy)
  picture.hidden = !canCopy()
  const box = element("div", {}, ...rows, picture)
  if (root) {
    const field = element("textarea", { readonly: "", rows: 4, "aria-label": labels.code, onfocus: () => field.select() })
    const button = element("button", {
      type: "button", onclick: () => copied(navigator.clipboard.writeText(field.value)),
    }, labels.copy_code)
    button.hidden = !navigator.clipboard?.writeText
    box.append(element("p", {}, labels.code), field, button)
  }
  box.append(status)
  return box
}

// Begun in the click itself, with the picture still on its way: a browser allows no copying later.
function copyPicture(stage) {
  const address = pictureAddress(stage, "./picture", ".png", { shape: "slide" })
  const picture = fetch(address).then(answer => answer.ok ? answer.blob() : Promise.reject(new Error(String(answer.status))))
  return navigator.clipboard.write([new ClipboardItem({ "image/png": picture })])
}
