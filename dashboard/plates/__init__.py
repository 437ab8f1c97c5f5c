"""Plates: the pages' figures with their words, each behind an address of its own, and the stage that shows them."""
