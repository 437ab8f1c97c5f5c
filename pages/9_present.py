from dashboard.present import agenda, board
from dashboard.shell import filters, layout

lang = filters.spoken()
filters.use(*agenda.SPECS)
layout.header(lang, "present")
board.show(lang)
