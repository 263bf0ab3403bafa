"""Amounts of money in German text: found at a currency, read to the left of it, and turned into numbers."""

from pipeline.extract.amounts.find import find

__all__ = ["find"]
