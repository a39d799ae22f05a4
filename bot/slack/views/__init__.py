"""Modals: pure functions from domain values, and the reading of what was filled in."""
