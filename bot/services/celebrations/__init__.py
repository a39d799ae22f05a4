"""Milestones: found as entries come in, announced, told, and taken back (design §2.6)."""
