"""Occasions to send something, and where the sending stands."""
