"""Files that people write and programs read, and the domain values that they stand for."""
