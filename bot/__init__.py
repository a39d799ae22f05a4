"""Pacesetter: a Slack bot that coaches sales teams on behaviours, not results."""
