"""Domain values → Block Kit messages and views; the client that sends them; Slack's errors."""
