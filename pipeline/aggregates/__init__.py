"""Figures that pages show at once: mentions by month, what is named together, grants told more than once."""
