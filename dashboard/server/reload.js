// For `make dev` only (`dashboard.server.dev`): loads the page again when the server has started again.
{
  const address = new URL("../../dev/start", document.currentScript.src)
  let known
  async function ask() {
    // A server that is just starting answers late; one that was ended in the middle of an answer does not.
    const start = await fetch(address).then(answer => answer.text(), () => known)
    // A page that fails stays as it was; why is in the terminal.
    if (known && start !== known && (await fetch(location.href)).status < 500) return location.reload()
    known = start
    setTimeout(ask, 100)
  }
  // The drawing that fits this window is enough.
  document.cookie = `drawing=${drawing()}; path=/; SameSite=Strict`
  ask()
}
