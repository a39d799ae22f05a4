"""What teams are asked for: people, targets, channels, and what tells that they changed."""
