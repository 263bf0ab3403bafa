"""A crawl process prints a trace for defects of our own code only."""

import logging

import pytest

from archive.errors import ArchiveError
from crawler.worker import is_defect


@pytest.mark.parametrize(
    ("error", "shown"), [(ArchiveError("the disk is full"), False), (KeyError("x"), True)]
)
def test_trouble_outside_leaves_no_trace_in_the_log(error: Exception, shown: bool) -> None:
    trace = (type(error), error, None)
    record = logging.LogRecord("scrapy.core.scraper", logging.ERROR, "x.py", 1, "Spider error", (), trace)
    assert is_defect(record) is shown


def test_a_record_without_an_error_is_shown() -> None:
    assert is_defect(logging.LogRecord("scrapy.core.scraper", logging.INFO, "x.py", 1, "fine", (), None))
