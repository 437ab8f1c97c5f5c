// Streamlit makes a browser-history entry of every change of the address. Here one press of Back leads to the page
// before: within a page the entry is rewritten, only another page makes a new one.
const push = history.pushState.bind(history)
history.pushState = (state, title, address) => {
  const stays = new URL(address, location.href).pathname === location.pathname
  return stays ? history.replaceState(state, title, address) : push(state, title, address)
}
