"""The other direction: people at Slack, and what Slack sends to the bot because of them."""
