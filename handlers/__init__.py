"""What Slack sends us: request → parsed → one service call in one transaction → message → reply."""
