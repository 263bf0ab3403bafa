"""What of each source and year is held, what is missing, and how that was found."""
