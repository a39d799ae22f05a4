"""What the bot does in Slack, a module for each thing that people use it for."""
