#!/usr/bin/python3
"""A window of WebKit, which Debian's WebKitWebDriver starts; what its console says is on standard output.

Its own MiniBrowser keeps the console of a driven window to itself. This runs in the system's Python, which has Debian's
`python3-gi`.
"""

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")

from gi.repository import Gtk, WebKit2  # noqa: E402 - the versions come first

context = WebKit2.WebContext.get_default()
context.set_automation_allowed(True)
view = WebKit2.WebView(
    web_context=context,
    is_controlled_by_automation=True,
    settings=WebKit2.Settings(enable_write_console_messages_to_stdout=True),
)
context.connect(
    "automation-started", lambda _, session: session.connect("create-web-view", lambda _session: view) and None
)
window = Gtk.Window()
window.add(view)
window.show_all()
Gtk.main()
