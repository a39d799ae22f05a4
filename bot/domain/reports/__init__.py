"""What is drawn up for somebody to read: digests, recaps, Home, preparation pages."""
