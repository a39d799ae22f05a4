"""What to coach: diagnosis, links from behaviour to result, habits of the best, pairing."""
