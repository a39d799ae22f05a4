"""What goes wrong with channels and people in Slack, and who is told of it, once."""
