"""Figures by address: drawing and sending them, and the component that shows them."""
