"""What was logged: added, read one by one, and summed up."""
