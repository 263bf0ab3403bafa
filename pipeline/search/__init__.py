"""The full text index over the current texts of all releases."""
