from dashboard import filters, layout
from dashboard.present import agenda, board

lang = filters.spoken()
filters.use(*agenda.ASKED)
layout.header(lang, "present")
board.show(lang)
