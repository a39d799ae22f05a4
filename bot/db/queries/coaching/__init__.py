"""What managers and reps work on: talks, pairings, experiments, plans."""
