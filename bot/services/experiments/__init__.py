"""Experiments: planned, read out, told."""
