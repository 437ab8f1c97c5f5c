"""The drawing kit: ground, labels, key, panels, traces, and the renderers. It knows no subject."""
