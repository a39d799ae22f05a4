"""What is celebrated: milestones and kudos."""
