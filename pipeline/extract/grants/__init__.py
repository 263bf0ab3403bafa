"""Grants: who gives or promises how much to whom, where, for what and when, read off one sentence."""

from pipeline.extract.grants.find import find
from pipeline.extract.grants.grant import Grant

__all__ = ["Grant", "find"]
