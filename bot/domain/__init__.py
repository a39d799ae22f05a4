"""The coaching method as plain Python: frozen values and pure functions; no Slack, no SQL, no clock."""
