"""Removal on request: what has to go, where it stands in evidence and rows, and how it is taken out."""
