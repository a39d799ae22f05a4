"""A team's fortnight against the sandbox: what `make demo` shows."""
