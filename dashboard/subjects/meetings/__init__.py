"""The slide show for meetings: its agendas and its page."""
