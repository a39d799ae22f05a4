"""What is kept of people, for how long, who asked for it; and how it goes."""
