"""Finds ministers and other persons in office, and hides every person's name from the search for places."""

from pipeline.extract.persons.find import find

__all__ = ["find"]
