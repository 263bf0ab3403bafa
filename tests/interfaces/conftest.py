"""The served archive of the pages' tests, for what programs ask of it."""

from tests.serve.conftest import archive_file, site, start

__all__ = ["archive_file", "site", "start"]
