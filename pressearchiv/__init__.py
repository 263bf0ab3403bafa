"""The archive from Python: `Archive("archive.db")` or `Archive("https://…")`, as data frames.

>>> from pressearchiv import Archive, Filters
"""

from archive.errors import ArchiveError
from archive.parameters import ParameterError
from pressearchiv.archive import Archive
from pressearchiv.asking import Filters
from pressearchiv.reader import UnknownReleaseError

__all__ = ["Archive", "ArchiveError", "Filters", "ParameterError", "UnknownReleaseError"]
