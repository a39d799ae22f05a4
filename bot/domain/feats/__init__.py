"""What is worth a cheer: streaks, kudos, and celebrations of milestones."""
