"""When a rep hears of a gap, what may come of it, and what it costs them."""
