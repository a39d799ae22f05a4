"""SQL, by what it is about: rows in, domain values out."""
