"""Time expressions of German texts, found and resolved to the days they mean."""

from pipeline.extract.dates.find import find

__all__ = ["find"]
