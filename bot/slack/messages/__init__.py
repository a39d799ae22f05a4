"""Messages as pure functions: a domain value in, text and blocks out."""
