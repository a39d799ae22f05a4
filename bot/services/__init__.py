"""Use cases: each takes a session and the instant, and never commits."""
