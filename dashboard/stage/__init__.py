"""Figures by name and filters: as SVG in documents, as pictures, and as data of the show."""
