"""Reproducible copies of the data for release to others, and the differences between them."""
