"""Passports: where a figure comes from."""
