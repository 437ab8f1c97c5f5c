"""The drawing kit: ground, labels, key, panels, traces, and the renderers. Independent of the subjects."""
