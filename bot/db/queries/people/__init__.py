"""Who somebody is, what they set, and when they are away."""
