"""How much room words take on a slide: in Arial, which Office has; LibreOffice has a font of the same widths."""

from functools import partial

from dashboard.charts.render import metrics

width = partial(metrics.width, face="arial")
height = partial(metrics.height, face="arial")
wrapped = partial(metrics.wrapped, face="arial")
fitting = partial(metrics.fitting, face="arial")
