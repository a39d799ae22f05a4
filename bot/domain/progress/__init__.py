"""How far a rep has come, and how far that should be by now: targets, pace, scorecards."""
