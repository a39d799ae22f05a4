"""Two groups, one of which tries something new, and what came of it."""
