"""A whole installation on its way from an SQLite file into an empty PostgreSQL."""
