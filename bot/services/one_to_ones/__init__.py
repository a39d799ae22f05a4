"""One-to-ones: prepared, noted, and what was agreed at them."""
