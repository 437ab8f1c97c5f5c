from dashboard.present import agenda, board
from dashboard.shell import filters, layout
from data.i18n import N_

TITLE = N_("Present")
PURPOSE = N_("Scenes for the meeting room.")

lang = filters.spoken()
filters.use(*agenda.SPECS)
layout.header(lang, "present")
board.show(lang)
