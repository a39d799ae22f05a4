"""The coaching method as plain Python: frozen values and pure functions; no Slack, SQL or clock."""
