"""What was and is to be sent, by key, and which requests were handled."""
