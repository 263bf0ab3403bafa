"""Errors that a person reads: each says what is wrong and names the mend."""


class ArchiveError(Exception):
    """Something outside the code is wrong (a file, a disk, an option); the message names the mend."""


class NewerSchemaError(ArchiveError):
    """The database was written by a newer version of this program."""


class SourceError(ArchiveError):
    """A source file breaks the format; the message names file, key and mend."""


class WarcError(ArchiveError):
    """A WARC file is missing, truncated or does not hold what a capture says."""


class BusyError(ArchiveError):
    """Another process holds the lock that this one needs."""
