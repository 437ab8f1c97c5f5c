"""Figures at addresses of their own, and the component that shows them."""
