from dashboard.shell import filters, layout, page_filters
from data.i18n import N_

TITLE = N_("Home")
PURPOSE = N_("Trafficking in persons in the Americas: what the 35 states report.")

lang = filters.spoken()
filters.use(*page_filters.of("home"))
layout.header(lang, "home")
layout.link(lang, "region", lang.text("The map of the region"))
