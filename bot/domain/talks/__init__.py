"""One-to-ones: when they are due, what to ask, notes and commitments."""
