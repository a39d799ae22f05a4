"""Kudos: given, taken back, told and counted."""
